"""Calls of one template on a page, with their arguments: balanced, linear, never failing.

mwparserfromhell reads calls too, but its time grows with the square of unclosed braces, and it
gives nothing of a call that is not closed. The rules are those of the preprocessor
(https://www.mediawiki.org/wiki/Preprocessor_ABNF), except that a ``[[`` without its ``]]`` does not
hide the end of the call: people forget it, and what follows should still be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from wikibot.model import Span
from wikibot.wikitext.masks import pieces

_TOKEN = re.compile(r"\{\{+|\}\}+|\[\[|\]\]|\|")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NAME = re.compile(r"((?:[^=<{\[|]|<!--(?:[^-]|-(?!->))*-->)*)=")
_LONGEST_NAME = 500  # a title has at most 255 bytes, but there may be comments


@dataclass(frozen=True, slots=True)
class Argument:
    """``name`` is ``""`` for a positional argument; ``value`` is its source, not trimmed."""

    name: str
    value: Span


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a template; ``problem`` says what is not closed, ``""`` when all is."""

    span: Span
    arguments: tuple[Argument, ...]
    problem: str


def read_calls(text: str, *, name: str) -> tuple[Call, ...]:
    """All calls of the template ``name``, in the order of the page, whatever their prefix.

    ``Template:Status update`` and ``User:Atlas bot/status_update`` are both ``Status update``:
    only what comes after the last ``/`` or ``:`` counts, its first letter in either case. Of a
    call that is not closed, the arguments up to the next call, heading, or the end are given.
    """
    if "<!--" not in text and any(word[1:] not in text for word in name.split()):
        return ()  # most pages call none
    found = sorted(_calls(text, name), key=lambda call: call.start)
    starts = [*(call.start for call in found), len(text)]
    return tuple(_call(text, call, upto) for call, upto in zip(found, starts[1:], strict=True))


def without_comments(source: str) -> str:
    """``source`` without its comments."""
    return _COMMENT.sub("", source)


@dataclass(slots=True)
class _Open:
    """A run of ``count`` opening braces; ``bars`` in its arguments, ``links`` open inside it.

    The bars of a link count only when the link turns out not to be closed.
    """

    start: int
    count: int
    bars: list[int] = field(default_factory=list)
    links: list[list[int]] = field(default_factory=list)
    end: int = 0  # of the call; 0 while it is open


def _calls(text: str, name: str) -> Iterator[_Open]:
    stack: list[_Open] = []
    for position, token in _tokens(text):
        match token[:2]:
            case "{{":
                stack.append(_Open(position, len(token)))
            case "}}":
                for call in _close(stack, position, position + len(token)):
                    if _is_called(text, call, name):
                        yield call
            case "[[" if stack:
                stack[-1].links.append([])
            case "]]" if stack and stack[-1].links:
                stack[-1].links.pop()
            case "|" if stack:
                bars = stack[-1].links[-1] if stack[-1].links else stack[-1].bars
                bars.append(position)
    for call in stack:
        if _is_called(text, call, name):
            yield call


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """What opens, closes and separates, outside comments and tags that hide their content."""
    position = 0
    for piece in [*pieces(text, literal_only=True), None]:
        for match in _TOKEN.finditer(text, position, piece.start if piece else len(text)):
            yield match.start(), match[0]
        position = piece.end if piece else len(text)


def _close(stack: list[_Open], position: int, end: int) -> Iterator[_Open]:
    """The calls that a run of closing braces ends, the inner ones first."""
    while stack and end - position >= 2:
        opened = stack.pop()
        outside, count = opened.start, opened.count
        take = min(3, count, end - position)
        position += take
        opened.start += count - take
        opened.end = position
        if take == 2:
            yield opened
        if count - take >= 2:
            stack.append(_Open(outside, count - take))


def _is_called(text: str, call: _Open, name: str) -> bool:
    start = call.start + (2 if call.end else call.count)
    end = min([*call.bars[:1], *(link[0] for link in call.links if link), call.end or len(text)])
    if end - start > _LONGEST_NAME:
        return False
    said = " ".join(without_comments(text[start:end].removesuffix("}}")).replace("_", " ").split())
    last = re.split("[:/]", said)[-1].strip()
    return last[:1].upper() + last[1:] == name


def _call(text: str, call: _Open, upto: int) -> Call:
    """``upto``: where the next call begins, which ends one that is not closed."""
    problem = "a “[[” in it is not closed by “]]”" if call.links else ""
    end, inner_end = call.end, call.end - 2
    if not call.end:
        problem = "its “{{” is not closed by “}}”"
        heading = text.find("\n=", call.start, upto)
        end = inner_end = heading if heading >= 0 else upto
    bars = sorted([*call.bars, *(bar for link in call.links for bar in link)])
    bars = [bar for bar in bars if bar < inner_end]
    values = pairwise([*bars, inner_end])
    arguments = tuple(_argument(text, bar + 1, stop) for bar, stop in values)
    return Call(Span(call.start, end), arguments, problem)


def _argument(text: str, start: int, end: int) -> Argument:
    match = _NAME.match(text, start, end)
    if match is None:
        return Argument("", Span(start, end))
    name = " ".join(without_comments(match[1]).replace("_", " ").split())
    return Argument(name, Span(match.end(), end))
