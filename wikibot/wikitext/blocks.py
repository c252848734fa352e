"""Where the headings, lists and tables of a page stand: a scanner of lines, with spans.

It follows MediaWiki's own passes (BlockLevelPass, Parser::handleTables): what can be masked is
masked first, then each line is looked at once. All spans count from the start of the page.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from wikibot.model import Site, Span
from wikibot.wikitext.inline import plain
from wikibot.wikitext.masks import COMMENT, Piece, mask, pieces

_BLANK = " \t\r" + COMMENT
_SPAN_ATTRIBUTE = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what it heads: ``body`` up to the next heading, ``span`` its subsections too.

    ``title`` is the heading's text as a reader sees it; ``heading`` the source between the ``=``.
    The first section is the lead: level 0, title ``""``.
    """

    level: int
    title: str
    heading: Span
    body: Span
    span: Span
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: ``marker`` as written (``*``, ``##``, ``*:``), ``span`` its whole line."""

    marker: str
    content: Span
    span: Span
    line: int

    @property
    def depth(self) -> int:
        return len(self.marker)


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items on lines that follow each other."""

    items: tuple[Item, ...]

    @property
    def line(self) -> int:
        return self.items[0].line

    @property
    def span(self) -> Span:
        return Span(self.items[0].span.start, self.items[-1].span.end)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``content`` reaches over the lines that continue it, a nested table too."""

    header: bool
    attributes: Span | None
    content: Span
    rowspan: int
    colspan: int
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; ``span`` from its ``|-`` (when it has one) to the end of its last cell."""

    cells: tuple[Cell, ...]
    span: Span
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``depth`` 1 for one that stands in no other, ``closed`` whether it has a ``|}``."""

    attributes: Span
    caption: Span | None
    rows: tuple[Row, ...]
    span: Span
    line: int
    depth: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Blocks:
    """A scanned page. ``lists`` are those outside tables; :meth:`lines` reads inside a cell."""

    text: str
    masked: str
    pieces: tuple[Piece, ...]
    sections: tuple[Section, ...]
    lists: tuple[ItemList, ...]
    tables: tuple[Table, ...]
    _starts: tuple[int, ...]  # of lines of source
    _section_starts: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """The number of the line, from 1, in which ``offset`` stands."""
        return bisect_right(self._starts, offset)

    def section_at(self, offset: int) -> Section:
        """The section under whose heading ``offset`` stands."""
        return self.sections[bisect_right(self._section_starts, offset) - 1]

    def lines(self, span: Span) -> Iterator[Span]:
        """The lines of ``span``, as MediaWiki sees them; lines of comments alone are not there."""
        return _lines(self.masked, span.start, span.end)

    def item(self, line: Span) -> Item | None:
        """The list item that a line is, or ``None``."""
        start = _skip(self.masked, line.start, line.end, COMMENT)
        end = _skip(self.masked, start, line.end, "*#:;")
        if end == start:
            return None
        content = trim(self.masked, Span(end, line.end))
        return Item(self.masked[start:end], content, line, self.line_at(start))


def scan(text: str, *, site: Site = Site()) -> Blocks:
    """Find headings, lists and tables of a page; never raises, linear in the length of text."""
    found = tuple(pieces(text))
    masked = mask(text, list(found))
    lines = list(_lines(masked, 0, len(masked)))
    starts = (0, *(match.end() for match in re.finditer("\n", text)))
    sections = _sections(text, masked, lines, starts, site)
    tables, outside = _tables(masked, lines, starts)
    blocks = Blocks(
        text,
        masked,
        found,
        sections,
        (),
        tables,
        starts,
        tuple(section.span.start for section in sections),
    )
    return replace(blocks, lists=_lists(blocks, outside))


def trim(masked: str, span: Span) -> Span:
    """The span without blanks, line breaks and comments at its ends."""
    start, end = span.start, span.end
    while start < end and (masked[start].isspace() or masked[start] == COMMENT):
        start += 1
    while start < end and (masked[end - 1].isspace() or masked[end - 1] == COMMENT):
        end -= 1
    return Span(start, end)


def _lines(masked: str, start: int, end: int) -> Iterator[Span]:
    while start <= end:
        newline = masked.find("\n", start, end)
        stop = end if newline < 0 else newline
        bare = stop - 1 if stop > start and masked[stop - 1] == "\r" else stop
        if masked.find(COMMENT, start, bare) < 0 or _skip(masked, start, bare, _BLANK) < bare:
            yield Span(start, bare)
        start = stop + 1


def _skip(masked: str, start: int, end: int, chars: str) -> int:
    while start < end and masked[start] in chars:
        start += 1
    return start


def _skip_back(masked: str, start: int, end: int, chars: str) -> int:
    while end > start and masked[end - 1] in chars:
        end -= 1
    return end


# --- sections -----------------------------------------------------------------------------------


def _heading(masked: str, line: Span) -> tuple[int, Span] | None:
    """Level and content of a heading line."""
    if line.start >= line.end or masked[line.start] != "=":
        return None
    end = _skip_back(masked, line.start, line.end, _BLANK)
    left = _skip(masked, line.start, end, "=") - line.start
    if left == end - line.start:  # nothing but "="
        if left < 3:
            return None
        level = min(6, (left - 1) // 2)
    else:
        level = min(6, left, end - _skip_back(masked, line.start, end, "="))
    if not level:
        return None
    return level, trim(masked, Span(line.start + level, end - level))


def _sections(
    text: str, masked: str, lines: list[Span], starts: tuple[int, ...], site: Site
) -> tuple[Section, ...]:
    heads = [(line, *heading) for line in lines if (heading := _heading(masked, line)) is not None]
    ends = [len(text)] * len(heads)  # where the section with its subsections ends
    open_heads: list[int] = []
    for index, (line, level, _) in enumerate(heads):
        while open_heads and heads[open_heads[-1]][1] >= level:
            ends[open_heads.pop()] = line.start
        open_heads.append(index)
    lead_end = heads[0][0].start if heads else len(text)
    lead = Span(0, lead_end)
    sections = [Section(0, "", Span(0, 0), lead, lead, 1)]
    for index, (line, level, content) in enumerate(heads):
        following = heads[index + 1][0].start if index + 1 < len(heads) else len(text)
        sections.append(
            Section(
                level,
                plain(content.of(text), site=site),
                content,
                Span(min(line.end + 1, following), following),
                Span(line.start, ends[index]),
                bisect_right(starts, line.start),
            )
        )
    return tuple(sections)


# --- tables -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _OpenTable:
    """A table while its lines are read; ends move as lines come."""

    attributes: Span
    start: int
    caption: Span | None = None
    rows: list[Row] = field(default_factory=list)
    row_start: int | None = None
    cells: list[Cell] = field(default_factory=list)
    cell: tuple[bool, Span | None, int] | None = None  # header, attributes, start of content
    cell_end: int = 0


@dataclass(slots=True)
class _TableReader:
    masked: str
    starts: tuple[int, ...]
    open: list[_OpenTable] = field(default_factory=list)
    done: list[Table] = field(default_factory=list)

    def line(self, line: Span) -> bool:
        """Take a line; whether it belongs to a table."""
        masked = self.masked
        start = _skip(masked, line.start, line.end, _BLANK)
        opening = _skip(masked, start, line.end, _BLANK + ":")
        if masked.startswith("{|", opening, line.end):
            self.open.append(_OpenTable(Span(opening + 2, line.end), line.start))
            return True
        if not self.open:
            return False
        table = self.open[-1]
        if masked.startswith("|}", start, line.end):
            self._close_table(line.end, closed=True)
        elif masked.startswith("|-", start, line.end):
            self._close_row(table)
            table.row_start = line.start
        elif masked.startswith("|+", start, line.end):
            self._close_cell(table)
            table.caption = table.caption or self._content(Span(start + 2, line.end))[1]
        elif start < line.end and masked[start] in "|!":
            self._cells(table, start, line)
        elif table.cell:
            table.cell_end = line.end
        return True

    def end(self, end: int) -> None:
        """Close what is still open at the end of the page."""
        while self.open:
            self._close_table(end, closed=False)

    def _cells(self, table: _OpenTable, start: int, line: Span) -> None:
        header = self.masked[start] == "!"
        separators = re.compile(r"\|\||!!" if header else r"\|\|")
        position = start + 1
        if table.row_start is None:
            table.row_start = line.start
        while True:
            match = separators.search(self.masked, position, line.end)
            end = match.start() if match else line.end
            self._close_cell(table)
            attributes, content = self._content(Span(position, end))
            table.cell, table.cell_end = (header, attributes, content.start), end
            if not match:
                return
            position = match.end()

    def _content(self, span: Span) -> tuple[Span | None, Span]:
        """Attributes and content of a cell: the part before its first ``|`` is attributes."""
        bar = self.masked.find("|", span.start, span.end)
        if bar < 0 or self.masked.find("[[", span.start, bar) >= 0:
            return None, span
        return Span(span.start, bar), Span(bar + 1, span.end)

    def _close_cell(self, table: _OpenTable) -> None:
        if not table.cell:
            return
        header, attributes, start = table.cell
        spans = {"rowspan": 1, "colspan": 1}
        if attributes:
            for name, number in _SPAN_ATTRIBUTE.findall(attributes.of(self.masked)):
                spans[name.lower()] = max(int(number), 1)
        table.cells.append(
            Cell(
                header,
                attributes,
                trim(self.masked, Span(start, table.cell_end)),
                spans["rowspan"],
                spans["colspan"],
                bisect_right(self.starts, start),
            )
        )
        table.cell = None

    def _close_row(self, table: _OpenTable) -> None:
        end = table.cell_end
        self._close_cell(table)
        if table.cells and table.row_start is not None:
            row = Span(table.row_start, max(end, table.cells[-1].content.end))
            table.rows.append(Row(tuple(table.cells), row, table.cells[0].line))
        table.cells, table.row_start = [], None

    def _close_table(self, end: int, *, closed: bool) -> None:
        table = self.open.pop()
        self._close_row(table)
        self.done.append(
            Table(
                table.attributes,
                table.caption,
                tuple(table.rows),
                Span(table.start, end),
                bisect_right(self.starts, table.start),
                len(self.open) + 1,
                closed,
            )
        )
        if self.open and self.open[-1].cell:
            self.open[-1].cell_end = end


def _tables(
    masked: str, lines: list[Span], starts: tuple[int, ...]
) -> tuple[tuple[Table, ...], list[Span]]:
    """The tables in order of their starts, and the lines that stand in none."""
    reader = _TableReader(masked, starts)
    outside = [line for line in lines if not reader.line(line)]
    reader.end(len(masked))
    return tuple(sorted(reader.done, key=lambda table: table.span.start)), outside


# --- lists --------------------------------------------------------------------------------------


def _lists(blocks: Blocks, outside: list[Span]) -> tuple[ItemList, ...]:
    lists: list[ItemList] = []
    run: list[Item] = []
    for line in outside:
        item = blocks.item(line)
        # A line that is not there (a comment) does not part a list; any other line does.
        if run and (item is None or not _adjoin(blocks, run[-1].span, item.span)):
            lists.append(ItemList(tuple(run)))
            run = []
        if item:
            run.append(item)
    if run:
        lists.append(ItemList(tuple(run)))
    return tuple(lists)


def _adjoin(blocks: Blocks, first: Span, second: Span) -> bool:
    """Whether nothing but a line break and comments stands between two lines."""
    between = blocks.masked[first.end : second.start]
    return between.count("\n") - between.count(COMMENT + "\n") <= 1 and not between.strip(
        _BLANK + "\n"
    )
