"""Rosters: who is on a team page, by which name, username and title.

``read_roster`` follows the layout that the configuration gives; without one it takes the lists
and tables that can only be rosters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wikibot.model import Layout, Part, Person, Roster, Site, Span, Unmatched
from wikibot.wikitext import entries, layouts, names
from wikibot.wikitext.blocks import Blocks, Cell, Item, ItemList, Section, Table, scan
from wikibot.wikitext.grid import GridRow, grid
from wikibot.wikitext.inline import View, fold, view

_DEEPEST = 4  # tables nested deeper than this are not for people


def read_roster(text: str, *, layout: Layout = Layout(), site: Site = Site()) -> Roster:
    """The people on a page of wikitext, in the order of the page.

    Lines inside the roster that do not fit are in ``unmatched``. When the layout names a section
    that the page has not, ``section_found`` is false and nobody is found. Never raises.
    """
    blocks = scan(text, site=site)
    region = layouts.region(blocks, layout)
    if region is None:
        return Roster(section=layout.section or "", section_found=False)
    found = candidates(blocks, region, layout, site=site)
    taken = _choose(found)
    if not taken:
        return _nobody(region.section, layout)
    taken.sort(key=lambda candidate: candidate.start)
    section = region.section or blocks.section_at(taken[0].start)
    return Roster(
        tuple(person for candidate in taken for person in candidate.people),
        tuple(row for candidate in taken for row in candidate.unmatched),
        section.title,
        section.line if section.level else blocks.line_at(taken[0].start),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A list or table that may be a roster: what was read from it, how sure it is, and why.

    ``sure``: 2 taken, 1 taken when there is nothing better, 0 not taken.
    """

    kind: str
    start: int
    line: int
    people: tuple[Person, ...]
    unmatched: tuple[Unmatched, ...]
    sure: int
    why: str


def candidates(
    blocks: Blocks, region: layouts.Region, layout: Layout, *, site: Site
) -> list[Candidate]:
    """All lists and tables of a region, each as the roster that it would be."""
    found = []
    inside = region.span
    if layout.layout != "table":
        for items in blocks.lists:
            if inside.start <= items.span.start < inside.end:
                found.append(_from_list(blocks, items, layout, site))
    if layout.layout != "bullets":
        for table in blocks.tables:
            if table.depth <= _DEEPEST and inside.start <= table.span.start < inside.end:
                found.append(_from_table(blocks, table, layout, site))
    return [candidate for candidate in found if candidate is not None]


def _choose(found: list[Candidate]) -> list[Candidate]:
    best = max((candidate.sure for candidate in found), default=0)
    return [candidate for candidate in found if candidate.sure == best] if best else []


def _nobody(section: Section | None, layout: Layout) -> Roster:
    """No roster. Where the configuration says that there is one, that is worth one line."""
    if layout == Layout():
        return Roster()
    what = {"bullets": "list", "table": "table"}.get(layout.layout or "", "list or table")
    where = "under this heading" if section else "on the page"
    why = f"no {what} {where} reads as a roster"
    if layout.columns and "name" in layout.columns:
        why += f" with the names in column {layout.columns['name']}"
    elif layout.pattern:
        why += f" with the pattern {layout.pattern}"
    title, line = (section.title, section.line) if section else ("", 1)
    return Roster((), (Unmatched(title, title, line, why),), title, line if section else 0)


def _person(
    blocks: Blocks,
    seen: View,
    reading: entries.Reading,
    span: Span,
    line: int,
    title: Part | None = None,
) -> Person:
    if reading.title and title is None:
        title = seen.part(*reading.title)
    return Person(
        seen.part(*reading.name),
        reading.link.username if reading.link else None,
        title,
        blocks.section_at(span.start).title,
        line,
        span,
    )


# --- lists --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    item: Item
    seen: View
    reading: entries.Reading | None
    fit: int  # 3 linked user, 2 name and title, 1 a name, 0 none of them


def _from_list(blocks: Blocks, items: ItemList, layout: Layout, site: Site) -> Candidate | None:
    expression = layouts.pattern(layout.pattern) if layout.pattern else None
    rows = [_row(blocks, item, expression, site) for item in items.items if item.marker[-1] in "*#"]
    if not rows:
        return None
    depth = _depth(rows)
    rows = [row for row in rows if row.item.depth == depth]
    hint = ""
    if any(row.fit for row in rows):
        hint = layouts.announced(blocks, items.span.start, site=site)
    else_where = layouts.speaks_of_else(blocks.section_at(items.span.start).title)
    told = layout.section is not None or layout.layout is not None or expression is not None
    sure, why = _sure_of_list(rows, hint, told=told)
    if else_where and not told:
        sure, why = 0, "the heading announces something else"
    people, unmatched = [], []
    for row in rows if sure else []:
        said = fold(row.seen.text)
        section = blocks.section_at(row.item.span.start).title
        problem = _problem(row, said)
        if problem is None and row.reading:
            people.append(_person(blocks, row.seen, row.reading, row.item.span, row.item.line))
        elif problem:
            shown = said or fold(row.item.content.of(blocks.text))
            unmatched.append(Unmatched(shown[:200], section, row.item.line, problem))
    return Candidate(
        "bullets", items.span.start, items.line, tuple(people), tuple(unmatched), sure, why
    )


def _says_nobody(row: _Row) -> bool:
    """An empty item, a placeholder, or a struck out person."""
    return row.fit == 0 and _problem(row, fold(row.seen.text)) == ""


def _problem(row: _Row, said: str) -> str | None:
    """Why an item of a roster is no person; ``""`` when that is nothing to speak of."""
    if not said:
        return "" if row.item.content.start >= row.item.content.end else "there is no name in it"
    if names.is_vacant(said):
        return ""
    if row.reading is None:
        return "it does not fit the layout"
    name = row.seen.text[slice(*row.reading.name)]
    if row.seen.is_struck(*row.reading.name) or names.is_vacant(fold(name)):
        return ""
    if not row.reading.link and not names.could_be_name(fold(name)):
        return f"“{fold(name)[:60]}” does not look like a name"
    return None


def _row(blocks: Blocks, item: Item, expression: re.Pattern[str] | None, site: Site) -> _Row:
    if item.content.end - item.content.start > 5 * entries.LONGEST:
        return _Row(item, view("", site=site), None, 0)
    seen = view(blocks.text, item.content.start, item.content.end, site=site)
    reading = entries.by_pattern(seen, expression) if expression else entries.read_item(seen)
    if reading is None:
        return _Row(item, seen, None, 0)
    name = fold(seen.text[slice(*reading.name)])
    title = fold(seen.text[slice(*reading.title)]) if reading.title else ""
    if reading.link:
        fit = 3
    elif names.looks_like_name(name):
        fit = 2 if title and names.looks_like_title(title) else 1
    else:
        fit = 1 if names.could_be_name(name) and names.looks_like_title(title) else 0
    return _Row(item, seen, reading, fit)


def _depth(rows: Sequence[_Row]) -> int:
    """The depth at which the people stand; what is deeper tells of them, what is above groups."""
    fits: dict[int, int] = {}
    for row in rows:
        fits[row.item.depth] = fits.get(row.item.depth, 0) + (row.fit > 0)
    return max(fits, key=lambda depth: (fits[depth], -depth))


def _sure_of_list(rows: Sequence[_Row], hint: str, *, told: bool) -> tuple[int, str]:
    count = sum(not _says_nobody(row) for row in rows)
    linked = sum(row.fit == 3 for row in rows)
    titled = sum(row.fit >= 2 for row in rows)
    named = sum(row.fit >= 1 for row in rows)
    if not named or named * 3 < count or (named * 2 <= count and not told):
        return 0, f"{named} of {count} items name a person"
    if linked * 2 > count:
        return 2, f"{linked} of {count} items begin with a link to a user"
    if told:
        return 2, f"{named} of {count} items name a person, where the configuration says"
    if titled * 2 > count and (count > 1 or hint):
        return 2, f"{titled} of {count} items are a name and a title"
    if hint and named * 10 >= count * 7:
        return 2, f"{named} of {count} items begin with a name, after {hint}"
    full = sum(
        row.fit and " " in fold(row.seen.text[slice(*row.reading.name)])
        for row in rows
        if row.reading
    )
    if count >= 4 and full * 10 >= count * 8 and named * 10 >= count * 9:
        return 1, f"{named} of {count} items look like names"
    return 0, "nothing says that these are people"


# --- tables -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    title: int | None
    username: int | None
    header: bool
    known: bool  # the head of the name column says that it holds people


def _from_table(blocks: Blocks, table: Table, layout: Layout, site: Site) -> Candidate | None:
    rows = grid(table)
    heads = layouts.heads(blocks, rows, site=site)
    columns = _columns(blocks, rows, heads, layout, site)
    if columns is None:
        return None
    body = rows[1:] if columns.header else rows
    people: list[Person] = []
    unmatched: list[Unmatched] = []
    likely = 0
    for row in body:
        cell = row.cells.get(columns.name)
        if cell is None or columns.name not in row.own:
            continue
        read = _table_row(blocks, row, cell, columns, site)
        if isinstance(read, Unmatched):
            unmatched.append(read)
        elif read is not None:
            people.append(read)
            likely += bool(read.username) or names.looks_like_name(read.name.text)
    sure, why = _sure_of_table(
        blocks, table, columns, people, likely, len(people) + len(unmatched), layout, site
    )
    return Candidate(
        "table", table.span.start, table.line, tuple(people), tuple(unmatched), sure, why
    )


def _columns(
    blocks: Blocks,
    rows: Sequence[GridRow],
    heads: dict[int, str] | None,
    layout: Layout,
    site: Site,
) -> _Columns | None:
    if layout.columns:
        told = {part: layouts.named_column(heads, head) for part, head in layout.columns.items()}
        name = told.get("name")
        if name is None:
            return None
        return _Columns(name, told.get("title"), told.get("username"), heads is not None, True)
    if heads:
        users = layouts.column_of(heads, layouts.USER_HEADS)
        name = layouts.column_of(heads, layouts.NAME_HEADS)
        if name is None:
            name = users
        if name is not None:
            title = layouts.column_of(heads, layouts.TITLE_HEADS, but=[name])
            return _Columns(name, title, users if users != name else None, True, True)
    body = rows[1:] if heads else rows
    linked = [
        row
        for row in body
        if 0 in row.own
        and layouts.len_ok(row.cells[0].content)
        and view(blocks.text, row.cells[0].content.start, row.cells[0].content.end, site=site).links
    ]
    title = layouts.column_of(heads, layouts.TITLE_HEADS, but=[0]) if heads else 1
    if heads and title is None and not linked:
        return None
    return _Columns(0, title, None, heads is not None, False)


def _table_row(
    blocks: Blocks, row: GridRow, cell: Cell, columns: _Columns, site: Site
) -> Person | Unmatched | None:
    """A person, a row that is not understood, or ``None`` for a row without anybody."""
    section = blocks.section_at(row.row.span.start).title
    long = cell.content.end - cell.content.start > 5 * entries.LONGEST
    seen = view(
        blocks.text, cell.content.start, cell.content.start if long else cell.content.end, site=site
    )
    said = fold(seen.text)
    if long or (
        not said and cell.content.start < cell.content.end and not _only_media(blocks, cell)
    ):
        shown = fold(blocks.text[cell.content.start : cell.content.end][:200])
        return Unmatched(shown, section, row.row.line, "there is no name in the cell")
    if not said or names.is_vacant(said):
        return None
    link = entries.first_user(seen, 0, len(seen.text))
    if link:
        reading = entries.with_title(
            seen, names.without_mail(seen.outside), (link.start, link.end), len(seen.text), link
        )
    else:
        stop = seen.outside.find("\n")
        name = seen.trim(0, stop if stop >= 0 else len(seen.text))
        reading = entries.with_title(
            seen, names.without_mail(seen.outside), name, len(seen.text), None
        )
    if seen.is_struck(*reading.name):
        return None
    name_text = fold(seen.text[slice(*reading.name)])
    if not link and not names.could_be_name(name_text):
        return Unmatched(
            said[:200], section, row.row.line, f"“{name_text[:60]}” does not look like a name"
        )
    title = _cell_part(blocks, row, columns.title, site)
    username = reading.link.username if reading.link else None
    if columns.username is not None:
        username = _cell_username(blocks, row, columns.username, site) or username
    person = _person(blocks, seen, reading, row.row.span, row.row.line, title)
    return Person(person.name, username, person.title, section, row.row.line, row.row.span)


def _only_media(blocks: Blocks, cell: Cell) -> bool:
    """A cell with nothing but files, comments or references says nothing at all."""
    return "{{" not in blocks.text[cell.content.start : cell.content.end]


def _cell_part(blocks: Blocks, row: GridRow, column: int | None, site: Site) -> Part | None:
    """The content of a cell; of a list in it, the item if there is but one."""
    cell = row.cells.get(column) if column is not None else None
    if cell is None or cell.content.end - cell.content.start > 5 * entries.LONGEST:
        return None
    items = [item for line in blocks.lines(cell.content) if (item := blocks.item(line))]
    if len(items) > 1:
        return None
    content = items[0].content if items else cell.content
    seen = view(blocks.text, content.start, content.end, site=site)
    part = seen.part(0, len(seen.text))
    return part if part.text and not names.is_vacant(part.text) else None


def _cell_username(blocks: Blocks, row: GridRow, column: int, site: Site) -> Part | None:
    cell = row.cells.get(column)
    if cell is None or not layouts.len_ok(cell.content):
        return None
    seen = view(blocks.text, cell.content.start, cell.content.end, site=site)
    if link := entries.first_user(seen, 0, len(seen.text)):
        return link.username
    part = seen.part(0, len(seen.text))
    return part if names.could_be_name(part.text) else None


def _sure_of_table(
    blocks: Blocks,
    table: Table,
    columns: _Columns,
    people: Sequence[Person],
    likely: int,
    count: int,
    layout: Layout,
    site: Site,
) -> tuple[int, str]:
    linked = sum(person.username is not None for person in people)
    titled = sum(bool(p.title) and names.looks_like_title(p.title.text) for p in people if p.title)
    hint = layouts.announced(blocks, table.span.start, site=site) or layouts.caption(
        blocks, table, site=site
    )
    if not people or len(people) * (3 if columns.known else 2) <= count:
        return 0, f"{len(people)} of {count} rows name a person"
    if layout.columns or layout.layout == "table":
        return 2, f"{len(people)} of {count} rows name a person, where the configuration says"
    if layouts.speaks_of_else(blocks.section_at(table.span.start).title):
        return 0, "the heading announces something else"
    if columns.known and (likely * 2 >= len(people) or columns.title is not None):
        return 2, f"a column head says so, and {likely} of {len(people)} look like names"
    if linked * 2 > len(people):
        return 2, f"{linked} of {len(people)} rows begin with a link to a user"
    if (
        not columns.header
        and likely * 10 >= len(people) * 8
        and (titled * 2 >= len(people) or layouts.speaks_of_people(hint))
    ):
        return 2, f"{likely} of {len(people)} rows begin with a name"
    return 0, "nothing says that these are people"
