"""What MediaWiki takes out of the way before it looks at lines: comments, tags, templates.

The rules are those of the preprocessor (https://www.mediawiki.org/wiki/Preprocessor_ABNF): an
unclosed comment runs to the end of the page, an unclosed extension tag or template is plain text.
One pass, linear in the length of the text.
"""

import re
from dataclasses import dataclass
from typing import Literal

COMMENT = "\x01"  # for a character of a comment or mark: as if it were not there
OPAQUE = "\x02"  # stands for a character of anything else that was masked: a word, say
_RESERVED = str.maketrans({COMMENT: "\ufffd", OPAQUE: "\ufffd"})

# Tags whose content is not wikitext of the page's own flow.
_TAGS = (
    "categorytree ce chem gallery graph hiero html imagemap includeonly indicator inputbox"
    " mapframe maplink math nowiki poem pre ref references score source"
    " syntaxhighlight templatedata templatestyles timeline"
).split()
# Tags that a reader of the page sees nothing of, but for what stands between them: translatable
# text (https://www.mediawiki.org/wiki/Help:Extension:Translate), what is transcluded.
MARKS = r"</?(?:translate|tvar|languages|section|noinclude|onlyinclude)(?:[\s/|][^<>\n]*)?>|</>"
_LITERAL = frozenset(
    "ce chem html math nowiki pre score source syntaxhighlight templatedata".split()
)
_START = re.compile(
    rf"(?P<comment><!--)|(?P<mark>{MARKS})|<(?P<tag>{'|'.join(_TAGS)})(?:\s[^<>]*|/)?>"
    r"|(?P<open>\{\{+)|(?P<close>\}\}+)",
    re.IGNORECASE,
)
_CLOSERS = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in _TAGS}

Kind = Literal["comment", "mark", "nowiki", "tag", "template"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of source that is masked: ``inner`` is what stands between its marks."""

    kind: Kind
    start: int
    end: int
    inner_start: int
    inner_end: int
    name: str = ""  # of a tag, in lower case


def pieces(text: str, *, literal_only: bool = False) -> list[Piece]:
    """The outermost masked pieces of ``text``, in order; they do not overlap.

    ``literal_only``: comments, marks and tags with literal text, wherever they are, in templates
    too.
    """
    found: list[Piece] = []
    braces: list[tuple[int, int]] = []  # open runs: where, how many
    unclosed: set[str] = set()  # tags of which no closing tag follows any more
    position = 0
    while match := _START.search(text, position):
        start, position = match.span()
        if match["comment"]:
            close = text.find("-->", position)
            inner_end, position = (close, close + 3) if close >= 0 else (len(text),) * 2
            found.append(Piece("comment", start, position, match.end(), inner_end))
        elif match["mark"]:
            found.append(Piece("mark", start, position, position, position))
        elif match["tag"]:
            name = match["tag"].lower()
            if literal_only and name not in _LITERAL:
                continue
            if match[0].endswith("/>"):
                inner_start = inner_end = position
            elif name in unclosed:
                continue
            elif closer := _CLOSERS[name].search(text, position):
                inner_start, inner_end, position = position, closer.start(), closer.end()
            else:
                unclosed.add(name)
                continue
            kind: Kind = "nowiki" if name == "nowiki" else "tag"
            found.append(Piece(kind, start, position, inner_start, inner_end, name))
        elif literal_only:
            continue
        elif match["open"]:
            braces.append((start, len(match["open"])))
        else:
            found.extend(_templates(braces, start, position))
    return _outermost(found)


def _templates(braces: list[tuple[int, int]], position: int, end: int) -> list[Piece]:
    """Match a run of closing braces with the open ones; takes what it uses from ``braces``."""
    found = []
    while braces and end - position >= 2:
        start, count = braces.pop()
        take = min(3, count, end - position)
        opening = start + count - take
        found.append(Piece("template", opening, position + take, opening + take, position))
        position += take
        if count - take >= 2:
            braces.append((start, count - take))
    return found


def _outermost(found: list[Piece]) -> list[Piece]:
    found.sort(key=lambda piece: (piece.start, -piece.end))
    kept: list[Piece] = []
    for piece in found:
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def mask(text: str, found: list[Piece] | None = None) -> str:
    """``text`` with all pieces replaced by :data:`COMMENT` or :data:`OPAQUE`; same length.

    Line breaks inside pieces are gone, as they start no new line for MediaWiki.
    """
    parts = []
    position = 0
    for piece in pieces(text) if found is None else found:
        parts.append(text[position : piece.start].translate(_RESERVED))
        unseen = piece.kind in ("comment", "mark") or piece.name == "includeonly"
        mark = COMMENT if unseen else OPAQUE
        parts.append(mark * (piece.end - piece.start))
        position = piece.end
    parts.append(text[position:].translate(_RESERVED))
    return "".join(parts)
