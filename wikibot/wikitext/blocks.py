"""Where the headings, lists and tables of a page stand: a scanner of lines, with spans.

It follows MediaWiki's own passes (BlockLevelPass, Parser::handleTables): what can be masked is
masked first, then each line is looked at once. All spans count from the start of the page.
Headings are found at once; lists and tables when they are asked for.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise

from wikibot.model import Site, Span
from wikibot.wikitext.html_blocks import HtmlReader
from wikibot.wikitext.inline import plain
from wikibot.wikitext.masks import COMMENT, Piece, mask, pieces
from wikibot.wikitext.tables import LINE, Cell, Row, Table, TableReader, trim

__all__ = ["Blocks", "Cell", "Item", "ItemList", "Label", "Row", "Section", "Table", "scan", "trim"]

# More than any page for people has; reading stops there, and Blocks.unread says so.
MOST_LINES = 30_000
MOST_PARTS = 100_000  # list items, cells and tags
_BLANK = " \t\r" + COMMENT
_HEADING = re.compile(rf"^{COMMENT}*+=[^\n]*+", re.MULTILINE)
_OTHER_LINE = re.compile(r"[^\n]++")
_TABLE_MARK = re.compile(rf"^[{_BLANK}:]*+(\{{\||\|\}})", re.MULTILINE)
_NEXT_LINE = re.compile(rf"\r?\n(?:[ \t\r]*+{COMMENT}[{_BLANK}]*+\n)*+")
_BOLD_LINE = re.compile(rf"^[{_BLANK}]*+(?:'''|<b>|<strong>)[^\n]++", re.MULTILINE | re.IGNORECASE)
_BOLD = re.compile(r"'''(?P<quotes>(?:[^']|'(?!''))+)'''|<(b|strong)>(?P<tag>[^<>]+)</\2>", re.I)
# Where the term of "; term : text" ends: a colon outside links, tags and addresses.
_TERM_PART = re.compile(r"\[\[|\]\]|\[(?=https?:|//)|\]|<[^<>]*>|:(?!//)")
_CAPTION = re.compile(r"\|(?:\s*(?:alt|link|page|lang|class)\s*=[^|\n]*\|)*", re.IGNORECASE)


@dataclass(frozen=True)
class Section:
    """A heading, and what it heads: ``body`` up to the next heading, ``span`` its subsections too.

    ``title`` is the heading's text as a reader sees it; ``heading`` the source between the ``=``.
    The first section is the lead: level 0, title ``""``.
    """

    level: int
    heading: Span
    body: Span
    span: Span
    line: int
    _text: str = field(repr=False, compare=False)
    _site: Site = field(repr=False, compare=False)

    @cached_property
    def title(self) -> str:
        return plain(self.heading.of(self._text), site=self._site)


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: ``marker`` as written (``*``, ``##``, ``*:``), ``span`` its whole line.

    ``; term : text`` on one line is two items. An item of a list in HTML has the marker that it
    would have in wikitext; ``span`` is its element, without the list in it. The marker of a line
    of a gallery is ``<gallery>``, its content the caption.
    """

    marker: str
    content: Span
    span: Span
    line: int

    @property
    def depth(self) -> int:
        return 1 if self.marker == "<gallery>" else len(self.marker)


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items on lines that follow each other, or those of one list in HTML, or of a gallery."""

    items: tuple[Item, ...]

    @property
    def line(self) -> int:
        return self.items[0].line

    @property
    def span(self) -> Span:
        return Span(self.items[0].span.start, self.items[-1].span.end)


@dataclass(frozen=True, slots=True)
class Label:
    """A line that is bold as a whole, as people write headings: ``content`` without the marks."""

    content: Span
    span: Span
    line: int


@dataclass(frozen=True, slots=True)
class _Structure:
    lists: tuple[ItemList, ...]
    tables: tuple[Table, ...]
    cut: int | None


@dataclass(frozen=True)
class Blocks:
    """A scanned page, or the part of it that begins in ``region``.

    ``lists`` and ``galleries`` are those outside tables; :meth:`items` reads inside a cell.
    """

    text: str
    masked: str
    pieces: tuple[Piece, ...]
    sections: tuple[Section, ...]
    region: Span
    _starts: Sequence[int] = field(repr=False)  # of lines of source
    _section_starts: Sequence[int] = field(repr=False)
    _parents: Sequence[int] = field(repr=False)  # of sections; -1 for none
    _cut: int | None = None  # where the region ends early

    def within(self, span: Span) -> "Blocks":
        """The same page, with nothing but what begins in ``span``, at most so many lines of it.

        The ``region`` of what is given is what is left of ``span``.
        """
        last = bisect_right(self._starts, span.start) - 1 + MOST_LINES
        if last >= len(self._starts) or self._starts[last] > span.end:
            return replace(self, region=span, _cut=None)
        return replace(self, region=Span(span.start, self._starts[last]), _cut=self._starts[last])

    @property
    def lists(self) -> tuple[ItemList, ...]:
        return self._structure.lists

    @property
    def tables(self) -> tuple[Table, ...]:
        """In the order in which they begin, those in others too."""
        return self._structure.tables

    @property
    def unread(self) -> int:
        """The line at which reading stopped, as there was too much; 0 when all was read."""
        cuts = [cut for cut in (self._cut, self._structure.cut) if cut is not None]
        return self.line_at(min(cuts)) if cuts else 0

    @cached_property
    def _structure(self) -> _Structure:
        return _structure(self)

    @cached_property
    def galleries(self) -> tuple[ItemList, ...]:
        """The captions of ``<gallery>`` in the region, in and outside tables."""
        found = []
        for piece in self.pieces:
            if piece.name == "gallery" and self.region.start <= piece.start < self.region.end:
                lines = _OTHER_LINE.finditer(self.text, piece.inner_start, piece.inner_end)
                items = tuple(_gallery_line(self, line) for line in lines)
                if items:
                    found.append(ItemList(items))
        return tuple(found)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Bold lines in the region that may stand for headings."""
        found = []
        for line in _BOLD_LINE.finditer(self.masked, self.region.start, self.region.end):
            span = trim(self.masked, Span(*line.span()))
            said = span.of(self.masked)
            whole = _BOLD.fullmatch(said.rstrip(":").rstrip(_BLANK))
            if whole and len(said) <= 300:
                name = "quotes" if whole["quotes"] else "tag"
                content = Span(span.start + whole.start(name), span.start + whole.end(name))
                found.append(Label(trim(self.masked, content), span, self.line_at(span.start)))
        return tuple(found)

    def line_at(self, offset: int) -> int:
        """The number of the line, from 1, in which ``offset`` stands."""
        return bisect_right(self._starts, offset)

    def section_at(self, offset: int) -> Section:
        """The section under whose heading ``offset`` stands."""
        return self.sections[bisect_right(self._section_starts, offset) - 1]

    def sections_at(self, offset: int) -> list[Section]:
        """All sections that ``offset`` stands in, the outermost first; not the lead."""
        found = []
        index = bisect_right(self._section_starts, offset) - 1
        while index > 0:
            found.append(self.sections[index])
            index = self._parents[index]
        return found[::-1]

    def lines(self, span: Span) -> Iterator[Span]:
        """The lines of ``span`` that are not empty; lines of comments alone are not there."""
        for match in _OTHER_LINE.finditer(self.masked, span.start, span.end):
            start, end = match.span()
            if match[0][-1] == "\r":
                end -= 1
            if start < end and (COMMENT not in match[0] or match[0].strip(_BLANK)):
                yield Span(start, end)

    def item(self, line: Span) -> Item | None:
        """The list item that a line is, or ``None``; of ``; term : text`` the term."""
        return next(iter(self._items(line)), None)

    def items(self, span: Span) -> tuple[Item, ...]:
        """All list items in a slice of the page such as a cell, in order."""
        found = [item for line in self.lines(span) for item in self._items(line)]
        if "<" in self.masked[span.start : span.end]:
            reader = HtmlReader(self.masked, self._starts, MOST_PARTS)
            reader.read(span.start, span.end)
            found.extend(item for _, item in _html_items(self, reader, found))
            found.sort(key=lambda item: item.span)
        return tuple(found)

    def _items(self, line: Span) -> list[Item]:
        start = _skip(self.masked, line.start, line.end, COMMENT)
        end = _skip(self.masked, start, line.end, "*#:;")
        return _line_items(self, line, self.masked[start:end], end) if end > start else []


def scan(text: str, *, site: Site = Site()) -> Blocks:
    """Find headings, lists and tables of a page; never raises, linear in the length of text."""
    found = pieces(text)
    masked = mask(text, found)
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]
    sections, parents = _sections(text, masked, starts, site)
    heads = [section.span.start for section in sections]
    region = Span(0, len(text) + 1)
    return Blocks(text, masked, tuple(found), sections, region, starts, heads, parents)


def _skip(masked: str, start: int, end: int, chars: str) -> int:
    while start < end and masked[start] in chars:
        start += 1
    return start


# --- sections -----------------------------------------------------------------------------------


def _heading(masked: str, start: int, end: int) -> tuple[int, Span] | None:
    """Level and content of a heading line."""
    line = masked[start:end]
    bare = line.rstrip(_BLANK)
    size = len(bare.lstrip(COMMENT))
    start += len(bare) - size
    bare = bare[len(bare) - size :]
    left = size - len(bare.lstrip("="))
    right = size - len(bare.rstrip("="))
    level = min(6, (left - 1) // 2 if left == size else min(left, right))  # "=====": less of it
    if level <= 0:
        return None
    return level, trim(masked, Span(start + level, start + size - level))


def _sections(
    text: str, masked: str, starts: Sequence[int], site: Site
) -> tuple[tuple[Section, ...], list[int]]:
    heads = [
        (*line.span(), *heading)
        for line in _HEADING.finditer(masked)
        if (heading := _heading(masked, *line.span())) is not None
    ]
    ends = [len(text)] * len(heads)  # where the section with its subsections ends
    parents = [-1]
    open_heads: list[int] = []
    for index, (start, _, level, _) in enumerate(heads):
        while open_heads and heads[open_heads[-1]][2] >= level:
            ends[open_heads.pop()] = start
        parents.append(open_heads[-1] + 1 if open_heads else -1)
        open_heads.append(index)
    lead_end = heads[0][0] if heads else len(text)
    lead = Span(0, lead_end)
    sections = [Section(0, Span(0, 0), lead, lead, 1, text, site)]
    following = [*(start for start, *_ in heads[1:]), len(text)]
    for index, (start, end, level, content) in enumerate(heads):
        body = Span(min(end + 1, following[index]), following[index])
        span = Span(start, ends[index])
        line = bisect_right(starts, start)
        sections.append(Section(level, content, body, span, line, text, site))
    return tuple(sections), parents


# --- lists and tables ---------------------------------------------------------------------------


def _structure(blocks: Blocks) -> _Structure:
    """The lists and tables that begin in the region of ``blocks``."""
    masked, region = blocks.masked, blocks.region
    depth = 0
    for mark in _TABLE_MARK.finditer(masked, 0, region.start):
        depth = depth + 1 if mark[1] == "{|" else max(depth - 1, 0)
    if depth:  # the region stands in a table: what is in it depends on what is before it
        whole = replace(blocks, region=Span(0, len(masked) + 1), _cut=None)._structure
        return _Structure(
            tuple(found for found in whole.lists if region.start <= found.span.start < region.end),
            tuple(found for found in whole.tables if region.start <= found.span.start < region.end),
            whole.cut,
        )
    html = HtmlReader(masked, blocks._starts, MOST_PARTS)
    if "<" in masked[region.start : region.end]:
        html.read(region.start, min(region.end, len(masked)))
    outer = [(t.span.start, t.span.end) for t in html.tables if t.depth == 1]
    outer.sort()
    reader = TableReader(masked, blocks._starts)
    items: list[Item] = []
    budget = MOST_PARTS
    cut = html.cut if html.cut is not None else blocks._cut
    for line in LINE.finditer(masked, region.start):
        start, end = line.span()
        if budget <= 0 and (cut is None or start < cut):
            cut = start
        if (cut is not None and start >= cut) or (start >= region.end and not reader.open):
            break
        if masked[end - 1] == "\r":
            end -= 1
        if (marker := line["item"]) is not None:
            if not reader.open and not _inside(outer, start):
                found = _line_items(blocks, Span(start, end), marker, line.end("item"))
                items.extend(found)
                budget -= len(found)
        elif line["open"]:
            reader.begin(line.start("open"), start, end)
            budget -= 1
        elif reader.open:
            budget -= 1 + reader.part(line["part"], line.start("part"), start, end)
    reader.finish(len(masked) if cut is None else cut)
    tables = _nested([*reader.done, *html.tables])
    lists = _lists(blocks, items)
    lists.extend(_html_lists(blocks, html, items, tables))
    lists.sort(key=lambda found: found.items[0].span)
    return _Structure(tuple(lists), tables, cut)


def _inside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    index = bisect_left(spans, (offset,)) - 1
    return index >= 0 and offset < spans[index][1]


def _nested(tables: list[Table]) -> tuple[Table, ...]:
    """In the order of their starts; ``depth`` counts the tables around, of both kinds."""
    tables.sort(key=lambda table: (table.span.start, -table.span.end))
    if len({table.markup for table in tables}) < 2:
        return tuple(tables)
    found: list[Table] = []
    ends: list[int] = []
    for table in tables:
        while ends and ends[-1] <= table.span.start:
            ends.pop()
        ends.append(table.span.end)
        found.append(replace(table, depth=len(ends)))
    return tuple(found)


def _line_items(blocks: Blocks, line: Span, marker: str, content_start: int) -> list[Item]:
    masked = blocks.masked
    number = bisect_right(blocks._starts, line.start)
    if marker[-1] == ";":
        colon = _term_end(masked, content_start, line.end)
        if colon is not None:
            term = trim(masked, Span(content_start, colon))
            text = trim(masked, Span(colon + 1, line.end))
            return [
                Item(marker, term, Span(line.start, colon), number),
                Item(marker[:-1] + ":", text, Span(colon, line.end), number),
            ]
    return [Item(marker, trim(masked, Span(content_start, line.end)), line, number)]


def _term_end(masked: str, start: int, end: int) -> int | None:
    depth = 0
    for match in _TERM_PART.finditer(masked, start, end):
        said = match[0]
        if said == ":" and depth == 0:
            return match.start()
        if said[0] == "<":
            if not said.endswith("/>") and not said.lower().startswith("<br"):
                depth = max(depth - 1, 0) if said.startswith("</") else depth + 1
        elif said[0] == "[":
            depth += 1
        elif said[0] == "]":
            depth = max(depth - 1, 0)
    return None


def _lists(blocks: Blocks, items: Sequence[Item]) -> list[ItemList]:
    """Items in runs: a line that is not there (a comment) does not part them, any other does."""
    lists: list[ItemList] = []
    begin = 0
    for index, (item, following) in enumerate(pairwise(items), 1):
        if item.span.end == following.span.start:  # a term and its text
            continue
        between = _NEXT_LINE.match(blocks.masked, item.span.end)
        if between is None or between.end() != following.span.start:
            lists.append(ItemList(tuple(items[begin:index])))
            begin = index
    if items:
        lists.append(ItemList(tuple(items[begin:])))
    return lists


def _html_lists(
    blocks: Blocks, html: HtmlReader, line_items: Sequence[Item], tables: Sequence[Table]
) -> list[ItemList]:
    outer = [(table.span.start, table.span.end) for table in tables if table.depth == 1]
    runs: dict[int, list[Item]] = {}
    for list_start, item in _html_items(blocks, html, line_items):
        if not _inside(outer, item.span.start):
            runs.setdefault(list_start, []).append(item)
    return [ItemList(tuple(items)) for items in runs.values()]


def _html_items(
    blocks: Blocks, html: HtmlReader, line_items: Sequence[Item]
) -> Iterator[tuple[int, Item]]:
    """Items in HTML that stand in no item of a line, up to the next of these; their list's start.

    Where both are mixed, lines win: a list that was not closed does not swallow the page.
    """
    lines = [(item.span.start, item.span.end) for item in line_items]
    for item in html.items:
        start, end = item.span.start, item.span.end
        if _inside(lines, start):
            continue
        following = bisect_left(lines, (start,))
        content = item.content
        if following < len(lines) and lines[following][0] < end:
            end = lines[following][0]
            content = trim(blocks.masked, Span(content.start, max(end, content.start)))
        yield item.list_start, Item(item.marker, content, Span(start, end), blocks.line_at(start))


def _gallery_line(blocks: Blocks, line: re.Match[str]) -> Item:
    start, end = line.span()
    bar = _CAPTION.search(blocks.text, start, end)
    content = trim(blocks.text, Span(bar.end() if bar else end, end))
    return Item("<gallery>", content, Span(start, end), blocks.line_at(start))
