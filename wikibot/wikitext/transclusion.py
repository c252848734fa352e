"""What of a template's page shows where it is called, and marks on it that lack their partner.

https://www.mediawiki.org/wiki/Transclusion says what the tags do; how braces pair is the
preprocessor's rule (https://www.mediawiki.org/wiki/Preprocessor_ABNF).
"""

import re

from wikibot.wikitext.masks import pieces

_ONLY = re.compile(r"<onlyinclude(?:\s[^<>]*)?>", re.I)
_ONLY_END = re.compile(r"</onlyinclude\s*+>", re.I)
# one without end runs to the end of the page
_NO = re.compile(r"<noinclude(?:\s[^<>]*)?(?:/>|(?<!/)>(?:.*?</noinclude\s*>|.*))", re.I | re.S)
_TAG = re.compile(r"</?includeonly(?:[\s/][^<>]*)?>", re.I)
_RUN = re.compile(r"\{\{+|\[\[+|\}\}+|\]\]+")


def transcluded(text: str) -> str:
    """The wikitext that a call puts in, without comments and what is literal (``<nowiki>``)."""
    text = _without_literal(text)
    if only := _only(text):
        text = "".join(only)
    return _TAG.sub("", _NO.sub("", text))


def _only(text: str) -> list[str]:
    """What stands in ``<onlyinclude>``; without an end there is no further one either."""
    found: list[str] = []
    position = 0
    while start := _ONLY.search(text, position):
        end = _ONLY_END.search(text, start.end())
        if not end:
            break
        found.append(text[start.end() : end.start()])
        position = end.end()
    return found


def has_parameter(shown: str, name: str) -> bool:
    """Whether ``{{{name}}}`` is somewhere in a text that is transcluded."""
    return bool(re.search(rf"\{{\{{\{{\s*{re.escape(name)}\s*[|}}]", shown))


def is_lua(shown: str) -> bool:
    """Whether a module makes the text: it sees all arguments, whether they are named here or not.

    https://www.mediawiki.org/wiki/Extension:Scribunto
    """
    return "#invoke:" in shown.lower()


def unpaired(text: str) -> str:
    """A mark that lacks its partner, so that the page shows something else than was meant.

    ``""`` when there is none. Not an open ``<noinclude>``: many pages end with one.
    """
    bare = _without_literal(text)
    if "<!--" in bare:
        return "<!--"
    for tag in ("includeonly", "onlyinclude"):
        opened = len(re.findall(rf"<{tag}(?:\s[^<>]*)?(?<!/)>", bare, re.I))
        if opened != len(re.findall(rf"</{tag}\s*>", bare, re.I)):
            return f"<{tag}>"
    return _unpaired_braces(transcluded(text))


def _without_literal(text: str) -> str:
    """A comment that does not end is kept as its beginning; it hides the rest."""
    parts, position = [], 0
    for piece in pieces(text, literal_only=True):
        if piece.kind == "mark":
            continue
        parts.append(text[position : piece.start])
        if piece.kind == "comment" and piece.end == piece.inner_end:
            parts.append("<!--")
        position = piece.end
    return "".join((*parts, text[position:]))


def _unpaired_braces(text: str) -> str:
    """``{{`` or ``}}`` if there is one without a partner.

    Links count, too: braces that close inside of a link that is still open do not.
    """
    stack: list[tuple[str, int]] = []
    for run in _RUN.findall(text):
        mark, left = run[0], len(run)
        if mark in "{[":
            stack.append((mark, left))
            continue
        opener, most = ("{", 3) if mark == "}" else ("[", 2)
        while left >= 2 and stack and stack[-1][0] == opener:
            _, count = stack.pop()
            taken = min(most, count, left)
            left -= taken
            if count - taken >= 2:
                stack.append((opener, count - taken))
        if mark == "}" and left >= 2 and not stack:
            return "}}"
    return "{{" if any(mark == "{" for mark, _ in stack) else ""
