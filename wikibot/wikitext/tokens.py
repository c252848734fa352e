"""The tokens of inline markup: links, quotes, tags, character references, in one pass.

Those that belong together are partners: ``[[`` and ``]]``, a tag and its end, two runs of quotes.
"""

import re
from dataclasses import dataclass

from wikibot.wikitext.masks import Piece, pieces

_STRUCK = frozenset({"s", "strike", "del"})
_TOKEN = re.compile(
    r"(?P<quotes>'{2,})|(?P<open>\[\[)|(?P<close>\]\]?)"
    r"|(?P<web>\[(?:https?:|ftp:|mailto:|irc:)?(?://|(?<=mailto:))[^\s\[\]<>\"]+[^\S\n]*)"
    r"|(?P<entity>&(?:[a-z][a-z0-9]{1,30}|\#[0-9]{1,7}|\#x[0-9a-f]{1,6});)"
    r"|</?(?P<tag>[a-z][a-z0-9]*)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Token:
    """``kind`` ends as ``""`` for what turned out to be plain text."""

    kind: str
    start: int
    end: int
    text: str = ""
    partner: "Token | None" = None
    piece: Piece | None = None
    holds_link: bool = False


def tokenize(source: str) -> list[Token]:
    """Tokens in order, those that belong together as partners; the rest is plain text."""
    tokens: list[Token] = []
    brackets: list[Token] = []
    tags: dict[str, list[Token]] = {}
    position = 0
    masked = pieces(source) if "<" in source or "{{" in source else []
    for piece in [*masked, None]:
        end = piece.start if piece else len(source)
        while match := _TOKEN.search(source, position, end):
            position = match.end()
            if match["close"]:
                position = _close_bracket(match.start(), match["close"], brackets, tokens)
                continue
            token = Token(_kind(match), match.start(), match.end(), match[0])
            tokens.append(token)
            if token.kind in ("link", "web"):
                brackets.append(token)
            elif match["tag"] and not match[0].endswith("/>"):
                _pair_tag(match["tag"].lower(), match[0], token, tags)
        if piece:
            kind = piece.kind if piece.kind in ("nowiki", "template") else "hidden"
            tokens.append(Token(kind, piece.start, piece.end, piece=piece))
            position = piece.end
    for token in brackets:
        token.kind = ""
    return tokens


def _kind(match: re.Match[str]) -> str:
    if match["quotes"]:
        return "quotes"
    if match["open"]:
        return "link"
    if match["web"]:
        return "web"
    if match["entity"]:
        return "entity"
    name = match["tag"].lower()
    return "break" if name == "br" else "struck" if name in _STRUCK else "hidden"


def _close_bracket(start: int, mark: str, brackets: list[Token], tokens: list[Token]) -> int:
    """Pair ``]`` or ``]]`` with what is open; gives where to read on."""
    if not brackets or (brackets[-1].kind == "link" and mark == "]"):
        return start + len(mark)
    opening = brackets.pop()
    end = start + (1 if opening.kind == "web" else 2)
    closing = Token("end", start, end, partner=opening)
    opening.partner = closing
    tokens.append(closing)
    if brackets:
        brackets[-1].holds_link = True
    return end


def _pair_tag(name: str, text: str, token: Token, tags: dict[str, list[Token]]) -> None:
    if not text.startswith("</"):
        tags.setdefault(name, []).append(token)
    elif tags.get(name):
        token.partner = tags[name].pop()
        token.partner.partner = token


def pair_quotes(tokens: list[Token]) -> None:
    """Bold and italics: each run of quotes ends what the last run of its length began."""
    open_runs: dict[int, Token] = {}
    for token in tokens:
        length = len(token.text)
        if opening := open_runs.pop(length, None):
            token.partner, opening.partner = opening, token
        else:
            open_runs[length] = token
