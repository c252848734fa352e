"""Tables of wikitext, as MediaWiki's own pass over the lines sees them (Parser::handleTables)."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from wikibot.model import Span
from wikibot.wikitext.masks import COMMENT

# What each kind of line begins with; possessive, so that a line is passed over but once.
_BLANKS = rf"[ \t\r{COMMENT}]*+"
LINE = re.compile(
    rf"^(?:{_BLANKS}:*+{_BLANKS}(?P<open>\{{\|)|{_BLANKS}(?P<part>\|[-+}}]?|!)"
    rf"|{COMMENT}*+(?P<item>[*#:;]++))[^\n]*+",
    re.MULTILINE,
)
_SPAN_ATTRIBUTE = re.compile(r"(?<![\w-])(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,9})", re.IGNORECASE)
_BARS = re.compile(r"\|\|")
_BARS_OR_MARKS = re.compile(r"\|\||!!")
_LINKS = re.compile(r"\[\[|-\{")
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534  # https://html.spec.whatwg.org/multipage/tables.html


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``content`` reaches over the lines that continue it, a nested table too.

    ``rowspan`` 0 reaches down to the end of the table.
    """

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
    """A table; ``depth`` 1 for one that stands in no other, ``closed`` whether its end is marked.

    ``markup`` is ``"html"`` for a ``<table>``.
    """

    attributes: Span
    caption: Span | None
    rows: tuple[Row, ...]
    span: Span
    line: int
    depth: int
    closed: bool
    markup: str = "wikitext"


def trim(masked: str, span: Span) -> Span:
    """The span without blanks, line breaks and comments at its ends."""
    start, end = span.start, span.end
    while start < end and (masked[start].isspace() or masked[start] == COMMENT):
        start += 1
    while start < end and (masked[end - 1].isspace() or masked[end - 1] == COMMENT):
        end -= 1
    return Span(start, end)


def spans_of(attributes: str) -> tuple[int, int]:
    """``rowspan`` and ``colspan`` as a browser takes them."""
    found: dict[str, int] = {}
    for name, number in _SPAN_ATTRIBUTE.findall(attributes):
        found[name.lower()] = int(number)  # of several, the last one counts
    colspan = found.get("colspan", 1)
    return min(found.get("rowspan", 1), _MOST_ROWS), min(colspan or 1, _MOST_COLUMNS)


@dataclass(slots=True)
class OpenTable:
    """A table while its parts are read; a cell ends where the next part begins.

    ``cell`` is what is open: its kind (``|``, ``!`` or ``+`` for a caption), its attributes and
    where its content starts.
    """

    masked: str
    starts: Sequence[int]
    attributes: Span
    start: int
    markup: str = "wikitext"
    caption: Span | None = None
    rows: list[Row] = field(default_factory=list)
    row_start: int | None = None
    cells: list[Cell] = field(default_factory=list)
    cell: tuple[str, Span | None, int] | None = None
    ended: bool = False  # for the reader of the page, though not for MediaWiki's pass

    def close_cell(self, end: int) -> None:
        if not self.cell:
            return
        kind, attributes, start = self.cell
        self.cell = None
        if self.ended:
            return
        content = trim(self.masked, Span(start, end))
        if content.start == content.end:  # nothing is in it: text would go on its first line
            line_end = self.masked.find("\n", start, end)
            at = line_end if line_end >= 0 else end
            at -= at > start and self.masked[at - 1] == "\r"
            content = Span(at, at)
        if kind == "+":
            self.caption = self.caption or content
            return
        rowspan, colspan = spans_of(attributes.of(self.masked)) if attributes else (1, 1)
        line = bisect_right(self.starts, start)
        self.cells.append(Cell(kind == "!", attributes, content, rowspan, colspan, line))

    def close_row(self, end: int, reach: int = 0) -> None:
        """End the row; ``reach`` is where its own end is marked, if it is."""
        self.close_cell(end)
        if self.cells and self.row_start is not None:
            span = Span(self.row_start, max(reach, self.cells[-1].content.end))
            self.rows.append(Row(tuple(self.cells), span, self.cells[0].line))
        self.cells, self.row_start = [], None

    def done(self, end: int, content_end: int, depth: int, *, closed: bool) -> Table:
        self.close_row(content_end)
        return Table(
            self.attributes,
            self.caption,
            tuple(self.rows),
            Span(self.start, end),
            bisect_right(self.starts, self.start),
            depth,
            closed,
            self.markup,
        )


@dataclass(slots=True)
class TableReader:
    """Takes the lines that :data:`LINE` finds, in order; ``done`` are the tables that ended."""

    masked: str
    starts: Sequence[int]
    open: list[OpenTable] = field(default_factory=list)
    done: list[Table] = field(default_factory=list)

    def begin(self, mark: int, line_start: int, end: int) -> None:
        """A line with ``{|`` at ``mark``. Outside a cell it ends the table that is open."""
        if self.open and self.open[-1].cell is None:
            self.open[-1].close_row(line_start)
            self.open[-1].ended = True
        self.open.append(OpenTable(self.masked, self.starts, Span(mark + 2, end), line_start))

    def part(self, mark: str, at: int, line_start: int, end: int) -> int:
        """A line with ``|``, ``!``, ``|-``, ``|+`` or ``|}`` at ``at``; gives the cells begun."""
        table = self.open[-1]
        if mark == "|}":
            self._close(at + 2, line_start, closed=True)
        elif mark == "|-":
            table.close_row(line_start)
            table.row_start = line_start
        else:
            return self._cells(table, mark, at + len(mark), line_start, end)
        return 0

    def finish(self, end: int) -> None:
        """Close what is still open at the end of the page."""
        while self.open:
            self._close(end, end, closed=False)

    def _cells(self, table: OpenTable, mark: str, position: int, line_start: int, end: int) -> int:
        masked = self.masked
        separators = _BARS_OR_MARKS if mark == "!" else _BARS
        if mark == "|+":  # a browser ends the row before a caption
            table.close_row(line_start)
        else:
            table.close_cell(line_start)
            table.row_start = line_start if table.row_start is None else table.row_start
        count = 0
        while True:
            match = separators.search(masked, position, end)
            stop = match.start() if match else end
            attributes, start = self._content(position, stop)
            table.cell = (mark[-1], attributes, start)
            count += 1
            if not match:
                return count
            if count == _MOST_COLUMNS:  # what is further right stands in no column
                table.close_cell(stop)
                return count
            table.close_cell(stop)
            position = match.end()

    def _content(self, start: int, end: int) -> tuple[Span | None, int]:
        """Attributes of a cell, and where its content starts: behind its first ``|``, if any."""
        bar = self.masked.find("|", start, end)
        if bar < 0 or _LINKS.search(self.masked, start, bar):
            return None, start
        return Span(start, bar), bar + 1

    def _close(self, end: int, content_end: int, *, closed: bool) -> None:
        table = self.open.pop()
        self.done.append(table.done(end, content_end, len(self.open) + 1, closed=closed))
