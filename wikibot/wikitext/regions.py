"""Managed regions: the parts of a page that the bot owns, between a pair of marks.

``{{Wikibot region|task=contacts}}`` … ``{{Wikibot region end}}``, whatever the prefix of the
templates, or ``<!-- Wikibot region: task=contacts -->`` … ``<!-- Wikibot region end -->``. A
region may have further attributes (``role=Programme lead``), and has ``hash=`` once the bot wrote
it: the beginning of the SHA-256 of what stands between the marks. When that does not agree, people
edited the inside.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from unicodedata import normalize

from wikibot.model import Part, Span
from wikibot.wikitext.escape import argument, decode
from wikibot.wikitext.masks import pieces

Style = Literal["comment", "template"]

_COMMENT = re.compile(
    r"\s*[Ww]ikibot region(?:\s+(?P<end>end)\s*|\s*(?::(?P<attributes>.*))?)", re.S
)
_TEMPLATE = re.compile(
    r"(?:[^|]*[:/])?\s*[Ww]ikibot[ _]+region(?P<end>[ _]+end)?\s*(?:\|.*)?", re.S
)
# A comment that begins as a mark and, for want of its “-->”, has swallowed the next one.
_DAMAGED = re.compile(r"<!--\s*[Ww]ikibot region(?:(?!-->).)*?<!--\s*[Ww]ikibot region", re.S)
_ATTRIBUTE: Mapping[Style, re.Pattern[str]] = {
    "comment": re.compile(r"(?<![^\s:])([\w-]+)\s*=\s*"),
    "template": re.compile(r"\|\s*([\w-]+)\s*=\s*"),
}
_CLOSE: Mapping[Style, str] = {"comment": "-->", "template": "}}"}
_BEFORE_HASH: Mapping[Style, str] = {"comment": " hash=", "template": "|hash="}


@dataclass(frozen=True, slots=True)
class Region:
    """A managed region. ``outer`` includes the marks, ``inner`` is what stands between them.

    ``attributes`` are those other than task and hash. ``edited``: there is a hash, and ``inner``
    is not what the bot wrote.
    """

    task: str
    attributes: Mapping[str, str]
    outer: Span
    inner: Span
    line: int
    edited: bool
    style: Style
    hash: Part | None

    def body(self, text: str) -> str:
        """What stands between the marks, without the line breaks next to them."""
        return self.inner.of(text).removeprefix("\n").removesuffix("\n")


@dataclass(frozen=True, slots=True)
class Broken:
    """A mark that makes no region, and why: a clause that is no whole sentence."""

    line: int
    why: str


def read_regions(text: str) -> tuple[tuple[Region, ...], tuple[Broken, ...]]:
    """The regions of a page, and the marks that do not pair, both in the order of the page.

    Marks in comments of other kinds, ``<nowiki>``, ``<pre>`` and arguments are none. What is
    nested or stands twice (same task, same attributes) is no region: which one is meant is open.
    """
    if "ikibot" not in text:
        return (), ()
    found: list[Region] = []
    broken: list[Broken] = []
    opened: list[_Mark] = []
    nested = False
    for mark in _marks(text):
        if mark.begins:
            if opened:
                nested = True
                why = f"this region begins inside the one of line {opened[-1].line}"
                broken.append(Broken(mark.line, why))
            opened.append(mark)
        elif not opened:
            broken.append(Broken(mark.line, "this mark ends a region that does not begin"))
        else:
            first = opened.pop()
            if not opened and not nested:
                match _region(text, first, mark):
                    case Region() as region:
                        found.append(region)
                    case Broken() as why_not:
                        broken.append(why_not)
            nested = nested and bool(opened)
    broken += [Broken(mark.line, "this region has no end") for mark in opened]
    single, twice = _without_duplicates(found)
    return single, tuple(sorted([*broken, *twice], key=lambda each: each.line))


def fill(text: str, region: Region, body: str) -> tuple[tuple[Span, str], ...]:
    """The replacements that put ``body`` between the marks of a region of ``text``, with its hash.

    Nothing when all is as it should be. ``body`` is wikitext whose comments, tags and templates
    are closed; it stands on lines of its own.
    """
    inner = _inner(body)
    changes = []
    digest = _digest(inner)
    if region.hash is None:
        close = _CLOSE[region.style]
        mark = text[region.outer.start : region.inner.start].removesuffix(close).rstrip()
        at = region.outer.start + len(mark)
        changes.append((Span(at, at), _BEFORE_HASH[region.style] + digest))
    elif region.hash.text != digest:
        changes.append((region.hash.span, digest))
    if region.inner.of(text) != inner:
        changes.append((region.inner, inner))
    return tuple(changes)


def wrap(
    task: str,
    body: str,
    *,
    attributes: Mapping[str, str] | None = None,
    style: Style = "comment",
    prefix: str = "",
) -> str:
    """A region with its marks, for a new page. ``prefix`` goes before the names of templates."""
    inner = _inner(body)
    pairs = {"task": task, **(attributes or {}), "hash": _digest(inner)}
    if style == "template":
        marked = "".join(f"|{name}={argument(value)}" for name, value in pairs.items())
        name = f"{prefix}Wikibot region"
        return f"{{{{{name}{marked}}}}}{inner}{{{{{name} end}}}}"
    marked = " ".join(f"{name}={_in_comment(value)}" for name, value in pairs.items())
    return f"<!-- Wikibot region: {marked} -->{inner}<!-- Wikibot region end -->"


@dataclass(frozen=True, slots=True)
class _Mark:
    style: Style
    begins: bool
    span: Span
    line: int
    attributes: dict[str, Part]


def _marks(text: str) -> Iterator[_Mark]:
    line, counted = 1, 0
    for piece in pieces(text):
        if piece.kind not in ("comment", "template"):
            continue
        style: Style = "comment" if piece.kind == "comment" else "template"
        grammar = _COMMENT if style == "comment" else _TEMPLATE
        match = grammar.fullmatch(text, piece.inner_start, piece.inner_end)
        if match:
            line += text.count("\n", counted, piece.start)
            counted = piece.start
            span = Span(piece.start, piece.end)
            inner = Span(piece.inner_start, piece.inner_end)
            yield _Mark(style, not match["end"], span, line, _attributes(text, inner, style))


def _attributes(text: str, inner: Span, style: Style) -> dict[str, Part]:
    """Attributes by name in lower case; a value reaches up to the next name."""
    matches = list(_ATTRIBUTE[style].finditer(text, inner.start, inner.end))
    ends = [match.start() for match in matches] + [inner.end]
    found = {}
    for match, end in zip(matches, ends[1:], strict=True):
        source = text[match.end() : end].rstrip()
        span = Span(match.end(), match.end() + len(source))
        found[match[1].lower()] = Part(" ".join(decode(source).split()), span)
    return found


def _region(text: str, first: _Mark, last: _Mark) -> Region | Broken:
    if first.style != last.style:
        why = f"this region begins as a {first.style} and ends as a {last.style}"
        return Broken(first.line, why)
    if "task" not in first.attributes:
        return Broken(first.line, "this region names no task")
    inner = Span(first.span.end, last.span.start)
    if damaged := _DAMAGED.search(text, inner.start, inner.end):
        line = first.line + text.count("\n", first.span.start, damaged.start())
        return Broken(line, "this mark does not end: its comment goes on to the next mark")
    known = first.attributes.get("hash")
    return Region(
        task=first.attributes["task"].text,
        attributes={
            name: part.text
            for name, part in first.attributes.items()
            if name not in ("task", "hash")
        },
        outer=Span(first.span.start, last.span.end),
        inner=inner,
        line=first.line,
        edited=bool(known and known.text and known.text != _digest(inner.of(text))),
        style=first.style,
        hash=known,
    )


def _without_duplicates(found: list[Region]) -> tuple[tuple[Region, ...], list[Broken]]:
    groups: dict[tuple[str, frozenset[tuple[str, str]]], list[Region]] = {}
    for region in found:
        key = (region.task, frozenset(region.attributes.items()))
        groups.setdefault(key, []).append(region)
    single = tuple(group[0] for group in groups.values() if len(group) == 1)
    twice = [
        Broken(region.line, f"the same region begins on line {group[0].line}")
        for group in groups.values()
        for region in group[1:]
    ]
    return single, twice


def _inner(body: str) -> str:
    # MediaWiki stores NFC; anything else would differ from what it was at each further run
    return normalize("NFC", f"\n{body}\n")


def _digest(inner: str) -> str:
    return sha256(normalize("NFC", inner).replace("\r\n", "\n").encode()).hexdigest()[:12]


def _in_comment(value: str) -> str:
    return argument(value).replace("--", "-&#45;").replace(">", "&gt;")
