"""Goals in tables: a row is a goal, and the heads of the columns say who, how it stands, when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wikibot.model import Goal, Item, Site, Span
from wikibot.wikitext import colours, goal_text, layouts
from wikibot.wikitext.blocks import Blocks, Cell, Table
from wikibot.wikitext.dates import read_date
from wikibot.wikitext.goal_words import Field, Head, read_head, speaks_of_goals
from wikibot.wikitext.grid import GridRow, grid
from wikibot.words import VACANT_WORDS, fold

_COLOURS: Mapping[colours.Colour, str] = {
    "green": "on track",
    "yellow": "at risk",
    "red": "off track",
}
_FIRST_ROWS = 4  # above the heads there may be titles, not more
_LONGEST_NOTHING = 40  # characters
_SAMPLE = 100  # rows that tell what a column is for
_BOLD = ("'''", "<b>", "<strong>")
_Columns = dict[Field, int]


@dataclass(slots=True)
class _Page:
    """A scanned page. What its cells say is kept by place, as a cell may reach over many rows."""

    blocks: Blocks
    site: Site
    tables: list[Span]
    sources: dict[int, str] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    texts: dict[tuple[int, bool], str] = field(default_factory=dict)

    def item(self, cell: Cell) -> Item:
        start = cell.content.start
        if start not in self.items:
            self.items[start] = goal_text.goal_item(self._source(cell), site=self.site)
        return self.items[start]

    def said(self, cell: Cell | None, *, status: bool = False) -> str:
        """The words of a cell, as of a status or of anything else."""
        if cell is None:
            return ""
        key = (cell.content.start, status)
        if key not in self.texts:
            said = goal_text.said_of_status if status else goal_text.said
            self.texts[key] = said(self._source(cell), site=self.site)
        return self.texts[key]

    def status(self, cell: Cell | None) -> str:
        """The words of a cell, or what its colour says when it has none."""
        words = self.said(cell, status=True)
        if words or cell is None or not cell.attributes:
            return words
        colour = colours.background(cell.attributes.of(self.blocks.text))
        return _COLOURS[colour] if colour else ""

    def _source(self, cell: Cell) -> str:
        start = cell.content.start
        if start not in self.sources:
            span = _written(self.blocks, cell)
            source = goal_text.simplified(self.blocks, span, self.tables, site=self.site)
            self.sources[start] = source
        return self.sources[start]


def read(page: Blocks, site: Site) -> Iterator[tuple[int, Goal]]:
    """The goals of all tables with the places where they stand; of nested ones the outer one's."""
    found = _Page(page, site, [table.span for table in page.tables])
    end = 0
    for table in page.tables:
        if table.span.start < end:
            continue
        rows = grid(table)
        heads = _heads(found, table, rows)
        if heads is not None:
            end = table.span.end
            yield from _goals(found, rows, *heads)


# --- which column is which ----------------------------------------------------------------------


def _heads(page: _Page, table: Table, rows: Sequence[GridRow]) -> tuple[int, _Columns] | None:
    """The row of heads, and what its columns are; ``None`` for a table of something else."""
    announced = None
    for index, row in enumerate(rows[:_FIRST_ROWS]):
        read = _read_heads(page, row)
        if not read:
            continue
        if announced is None:
            announced = _is_announced(page, table)
        columns = _columns(page, read, rows[index + 1 : index + _SAMPLE], announced=announced)
        if columns is not None:
            return index, columns
    return None


def _read_heads(page: _Page, row: GridRow) -> dict[int, Head]:
    """What the cells of a row stand for as heads; nothing if it is no row of heads.

    Cells that do not look like heads must be nothing but the words: *Plan the project, Ana, in
    progress* has words that heads have, too.
    """
    if len(row.own) < 2:
        return {}
    found = {
        column: head
        for column, cell in row.cells.items()
        if layouts.len_ok(cell.content) and (head := read_head(page.said(cell)))
    }
    if not _looks_like_heads(page, row):
        found = {column: head for column, head in found.items() if head.whole}
    return found if len(found) > 1 else {}


def _looks_like_heads(page: _Page, row: GridRow) -> bool:
    return all(
        cell.header
        or cell.content.start == cell.content.end
        or cell.content.of(page.blocks.text).lower().startswith(_BOLD)
        for cell in row.cells.values()
    )


def _columns(
    page: _Page, heads: Mapping[int, Head], body: Sequence[GridRow], *, announced: bool
) -> _Columns | None:
    """The column of each field; ``None`` when these are no columns of goals.

    A word for anything that is done, such as *task*, needs more beside it than *who*: that would
    be a table of duties.
    """
    found: _Columns = {}
    for name in ("owner", "status", "due"):
        of_it = [column for column, head in heads.items() if head.field == name]
        if of_it:
            found[name] = min(of_it, key=lambda c: (not heads[c].whole, heads[c].rank, c))
    goal = _goal_column(page, heads, body)
    if goal is None:
        return None
    certainty = 2 if announced else heads[goal].certainty
    enough = "status" in found or ("owner" in found and (certainty > 1 or "due" in found))
    if not enough or certainty == 0:
        return None
    return {**found, "goal": goal}


def _goal_column(page: _Page, heads: Mapping[int, Head], body: Sequence[GridRow]) -> int | None:
    """The column with the strongest word, if it says as many different things as any.

    Where an objective reaches over the rows of its key results, these are the goals.
    """
    candidates = [column for column, head in heads.items() if head.field == "goal"]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    candidates.sort(key=lambda column: (-heads[column].certainty, column))
    said = {
        column: {
            row.cells[column].content.of(page.blocks.text)[:200]
            for row in body
            if column in row.own and len(row.row.cells) > 1 and _is_filled(row.cells[column])
        }
        for column in candidates
    }
    most = max(map(len, said.values()))
    return next(column for column in candidates if len(said[column]) * 10 >= most * 9)


def _is_filled(cell: Cell) -> bool:
    return cell.content.start < cell.content.end


def _is_announced(page: _Page, table: Table) -> bool:
    """Whether the caption or the headings above speak of goals."""
    caption = layouts.caption(page.blocks, table, site=page.site)
    above = page.blocks.sections_at(table.span.start)
    return speaks_of_goals(caption) or any(speaks_of_goals(section.title) for section in above)


# --- rows ---------------------------------------------------------------------------------------


def _goals(
    page: _Page, rows: Sequence[GridRow], first: int, columns: _Columns
) -> Iterator[tuple[int, Goal]]:
    head = rows[first].cells[columns["goal"]]
    for index, row in enumerate(rows[first + 1 :], first + 1):
        if _looks_like_heads(page, row) and (read := _read_heads(page, row)):
            again = _columns(page, read, rows[index + 1 : index + _SAMPLE], announced=True)
            if again is not None and again["goal"] in row.own:  # heads once more
                columns, head = again, row.cells[again["goal"]]
                continue
        cell = row.cells.get(columns["goal"])
        if cell is None or cell is head or _is_label(page, row, cell, columns):
            continue
        if goal := _goal(page, row, cell, columns):
            yield row.row.span.start, goal


def _is_label(page: _Page, row: GridRow, goal: Cell, columns: _Columns) -> bool:
    """Whether a row is a heading for those below it, or goes on with the goal above it."""
    column = columns["goal"]
    fields = {each for name, each in columns.items() if name != "goal"}
    if column not in row.own:
        own = (row.cells[each] for each in fields & row.own)
        return not any(_is_filled(cell) or cell.attributes for cell in own)
    if any(column < each < column + goal.colspan for each in fields):
        return True
    return len(row.row.cells) == 1 and _looks_like_heads(page, row)


def _goal(page: _Page, row: GridRow, cell: Cell, columns: _Columns) -> Goal | None:
    item = page.item(cell)
    if is_nothing(item.text):
        return None
    cells = {name: row.cells.get(column) for name, column in columns.items()}
    due = page.said(cells.get("due"))
    return Goal(
        goal=item,
        owner=page.said(cells.get("owner")),
        status=page.status(cells.get("status")),
        due=read_date(due.rstrip("."), language=page.site.language),
        raw_due=due,
        section=page.blocks.section_at(row.row.span.start).title,
        line=row.row.line,
    )


def is_nothing(text: str) -> bool:
    """Whether what stands in the place of a goal is none: dashes, *TBD*."""
    if not any(map(str.isalnum, text)):
        return True
    return len(text) < _LONGEST_NOTHING and fold(text).strip(" .()?") in VACANT_WORDS


def _written(blocks: Blocks, cell: Cell) -> Span:
    """What somebody wrote into a cell, also where MediaWiki takes it for attributes: *| May |*."""
    written = cell.attributes
    if _is_filled(cell) or written is None or "<" in blocks.text[written.end : written.end + 1]:
        return cell.content
    source = written.of(blocks.text)
    return cell.content if "=" in source or not source.strip() else written
