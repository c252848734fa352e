"""Rosters in tables: a row is a person, or a cell is one, or a cell holds a list of them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wikibot.model import Part, Person, Span, Unmatched
from wikibot.wikitext import entries, layouts, names
from wikibot.wikitext.blocks import Cell, Table
from wikibot.wikitext.grid import GridRow, grid
from wikibot.wikitext.inline import View, fold
from wikibot.wikitext.roster_draft import (
    LONGEST_SOURCE,
    Announcement,
    Candidate,
    Page,
    announcement,
    is_placeholder,
    is_title,
    speaks_of_else,
    speaks_of_people,
)
from wikibot.wikitext.roster_lists import from_items
from wikibot.wikitext.roster_words import NAME_HEADS, PEOPLE, THING_HEADS, THINGS, WORK_HEADS
from wikibot.words import is_vacant

_DEEPEST = 4  # tables nested deeper than this are not for people
_WIDEST = 8  # columns in which names are looked for when no head says where they are


def from_tables(page: Page, inside: Span) -> Iterator[Candidate]:
    """Each table that begins in ``inside`` as the roster that it would be, and lists in its cells.

    Only a table that is no roster itself is looked into.
    """
    starts = [table.span.start for table in page.blocks.tables]
    for table in page.blocks.tables:
        if table.depth > _DEEPEST or not inside.start <= table.span.start < inside.end:
            continue
        rows = grid(table)
        while rows and _is_label(rows[0]):  # a caption in a cell
            rows = rows[1:]
        heads = layouts.heads(page.blocks, rows, site=page.site)
        found = _by_rows(page, table, rows, heads)
        if page.layout.columns or page.layout.layout:
            if found:
                yield found
            continue
        cards = None if heads else _by_cells(page, table, rows)
        if cards and (found is None or len(cards.people) > len(found.people)):
            found = cards
        if found:
            yield found
        if found is None or not found.sure:
            yield from _lists_in_cells(page, rows, heads, starts)


# --- a row is a person --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    title: int | None
    username: int | None
    header: bool
    known: bool  # the head of the name column says that it holds people


def _by_rows(
    page: Page, table: Table, rows: Sequence[GridRow], heads: dict[int, str] | None
) -> Candidate | None:
    columns = _columns(page, rows, heads)
    if columns is None:
        return None
    people: list[Person] = []
    unmatched: list[Unmatched] = []
    likely = 0
    for row in rows[1:] if columns.header else rows:
        for read in _read_row(page, row, columns):
            if isinstance(read, Unmatched):
                unmatched.append(read)
            else:
                people.append(read)
                likely += bool(read.username) or names.looks_like_name(read.name.text)
    sure, why = _sure(page, table, columns, people, likely, len(people) + len(unmatched))
    return Candidate(
        "table", table.span.start, table.line, tuple(people), tuple(unmatched), sure, why
    )


def _columns(page: Page, rows: Sequence[GridRow], heads: dict[int, str] | None) -> _Columns | None:
    if page.layout.columns:
        told = {p: layouts.named_column(heads, head) for p, head in page.layout.columns.items()}
        name = told.get("name")
        if name is None:
            return None
        return _Columns(name, told.get("title"), told.get("username"), heads is not None, True)
    body = rows[1:] if heads else rows
    if heads:
        users = layouts.column_of(heads, layouts.USER_HEADS)
        name = layouts.column_of(heads, layouts.NAME_HEADS | NAME_HEADS, but=_others(heads, users))
        if name is not None and (_is_of_work(heads, name) or _are_groups(heads)):
            return None
        if name is None:
            name = users
        if name is not None:
            title = layouts.column_of(heads, layouts.TITLE_HEADS, but=[name])
            if users in (None, name):
                users = _account_column(page, body, name)
            return _Columns(name, title, users, True, True)
    column = _name_column(page, body, linked_only=heads is not None)
    if column is None:
        return None
    title = layouts.column_of(heads, layouts.TITLE_HEADS, but=[column]) if heads else None
    if not heads:
        title = _title_column(page, body, column)
    return _Columns(column, title, _account_column(page, body, column), heads is not None, False)


def _is_of_work(heads: dict[int, str], name: int) -> bool:
    """Whether a table says who does what, or what there is: *Task, Who, Due*; *Name, Status*."""
    beside = set[str]().union(*(layouts.words(heads[c]) for c in heads if c != name))
    of_people = layouts.words(heads[name]) & PEOPLE
    if "author" in layouts.words(heads[name]) and "title" in beside:
        return True
    if beside & THING_HEADS and (not of_people or name != min(heads)):
        return not beside & (layouts.TITLE_HEADS | layouts.USER_HEADS)
    if not beside & WORK_HEADS:
        return False
    if name != min(heads):
        return True
    return not of_people and not beside & (layouts.TITLE_HEADS | layouts.USER_HEADS)


def _are_groups(heads: dict[int, str]) -> bool:
    """Whether each column is a group of people: *Developers*, *Testers*."""
    return len(heads) > 1 and all(speaks_of_people(head) for head in heads.values())


def _others(heads: dict[int, str], users: int | None) -> list[int]:
    """Columns of accounts, titles, projects, though there is a word for people in their heads."""
    others = layouts.TITLE_HEADS | layouts.USER_HEADS | THINGS | WORK_HEADS | {"team", "group"}
    return [
        column
        for column, head in heads.items()
        if column == users or (layouts.words(head) & others and len(heads) > 1)
    ]


def _name_column(page: Page, body: Sequence[GridRow], *, linked_only: bool) -> int | None:
    """The first column whose cells begin with a user or, without heads, with a full name."""
    for wanted in (_begins_with_user,) if linked_only else (_begins_with_user, _begins_with_name):
        for column in range(1 if linked_only else _WIDEST):
            seen = [view for row in body if (view := _cell(page, row, column)) is not None]
            said = [view for view in seen if fold(view.text)]
            if said and sum(map(wanted, said)) * 2 > len(said) and len(said) * 2 > len(body):
                return _names_before(page, body, column) if column else column
    return None


def _names_before(page: Page, body: Sequence[GridRow], accounts: int) -> int:
    """The column of full names before a column of accounts that are like them: *Ana*, *Ana Ruiz*.

    Without such a column it is the accounts that are the names.
    """
    for column in range(accounts):
        alike = 0
        for row in body:
            name, account = _cell(page, row, column), _cell(page, row, accounts)
            link = entries.first_user(account, 0, len(account.text)) if account else None
            if name and link and link.username and names.is_full_name(fold(name.text)):
                key = link.username.text.casefold()
                alike += any(word in key for word in fold(name.text).casefold().split())
        if alike * 2 > len(body):
            return column
    return accounts


def _begins_with_user(seen: View) -> bool:
    reading = entries.read_item(seen)
    return reading is not None and reading.link is not None


def _begins_with_name(seen: View) -> bool:
    reading = entries.read_item(seen)
    return reading is not None and names.looks_like_name(fold(seen.text[slice(*reading.name)]))


def _title_column(page: Page, body: Sequence[GridRow], name: int) -> int | None:
    """Without heads: the column where most cells are job titles, else the only other one."""
    widest = max((max(row.cells) for row in body if row.cells), default=0)
    for column in range(min(widest + 1, _WIDEST)):
        seen = [fold(view.text) for row in body if (view := _cell(page, row, column))]
        said = [text for text in seen if text]
        if column != name and said and 2 * sum(map(names.looks_like_title, said)) >= len(said):
            return column
    return None


def _account_column(page: Page, body: Sequence[GridRow], name: int) -> int | None:
    """The column whose cells are nothing but a link to a user."""
    for column in range(_WIDEST):
        if column == name:
            continue
        seen = [view for row in body if (view := _cell(page, row, column))]
        said = [view for view in seen if fold(view.text)]
        alone = sum(len(x.links) == 1 and _is_account(x) for x in said)
        if said and alone * 2 > len(said):
            return column
    return None


def _is_account(seen: View) -> bool:
    link = seen.links[0]
    return link.username is not None and not fold(seen.text[: link.start] + seen.text[link.end :])


def _cell(page: Page, row: GridRow, column: int) -> View | None:
    """What a reader sees of a cell that is written in this row."""
    return page.view(row.cells[column].content) if column in row.own else None


def _read_row(page: Page, row: GridRow, columns: _Columns) -> Iterator[Person | Unmatched]:
    """The people of a row, or why there are none; nothing for a row without anybody."""
    cell = row.cells.get(columns.name)
    if cell is None or columns.name not in row.own or _is_label(row):
        return
    section = page.blocks.section_at(row.row.span.start).title
    text = page.blocks.text
    if cell.content.end - cell.content.start > LONGEST_SOURCE or _hides(page, cell):
        shown = fold(text[cell.content.start : cell.content.end][:200])
        yield Unmatched(shown, section, row.row.line, "there is no name in the cell")
        return
    if columns.username is not None and not fold(page.view(cell.content).text):
        cell = _linked(page, row, columns.username) or cell
    several = _several(page, cell)
    title = _cell_part(page, row, columns.title)
    if len(several) > 1:
        for seen, reading in several:
            yield page.person(seen, reading, seen.whole(*reading.name).span, title)
        return
    seen = page.view(cell.content)
    read = _one(seen)
    if isinstance(read, str):
        yield Unmatched(fold(seen.text)[:200], section, row.row.line, read)
    elif read is not None:
        username = _username(page, row, columns) or (read.link.username if read.link else None)
        person = page.person(seen, read, row.row.span)
        yield Person(
            person.name, username, title or person.title, section, row.row.line, row.row.span
        )


def _linked(page: Page, row: GridRow, column: int) -> Cell | None:
    """The cell of the account, when it links a user: who gives no name goes by that."""
    seen = _cell(page, row, column)
    return row.cells[column] if seen and entries.first_user(seen, 0, len(seen.text)) else None


def _is_label(row: GridRow) -> bool:
    """A row with one wide cell is a label for those below it."""
    return len(row.row.cells) == 1 and row.row.cells[0].colspan > 1


def _hides(page: Page, cell: Cell) -> bool:
    """Whether a cell says something that is not read: a template. Files say nothing."""
    return "{{" in cell.content.of(page.blocks.text) and not fold(page.view(cell.content).text)


def _several(page: Page, cell: Cell) -> list[tuple[View, entries.Reading]]:
    """Those whom a cell names one after the other: users, or an item for each."""
    seen = page.view(cell.content)
    items = page.blocks.items(cell.content)
    if len(items) > 1:
        views = [page.view(item.content) for item in items]
        read = [(view, entries.read_item(view)) for view in views]
        return [(v, r) for v, r in read if r and _is_person(v, r)]
    if sum(link.username is not None for link in seen.links) < 2:
        return []
    found = entries.read_names(seen, 0, len(seen.text))
    return [(seen, reading) for reading in found if _is_person(seen, reading)]


def _is_person(seen: View, reading: entries.Reading) -> bool:
    name = fold(seen.text[slice(*reading.name)])
    struck = seen.is_struck(*reading.name)
    return not struck and (reading.link is not None or names.looks_like_name(name))


def _one(seen: View) -> entries.Reading | str | None:
    """The one whom a cell names; why it names nobody; ``None`` if that is nothing to speak of."""
    said = fold(seen.text)
    if not said or is_vacant(said):
        return None
    link = entries.first_user(seen, 0, len(seen.text))
    outside = names.without_mail(seen.outside)
    if link:
        name = (link.start, link.end)
        before = seen.trim(0, link.start)
        if names.is_full_name(fold(seen.text[slice(*before)]).rstrip(" (,–-")):
            return entries.read_item(seen)
    else:
        stop = seen.outside.find("\n")
        name = seen.trim(0, stop if stop >= 0 else len(seen.text))
    reading = entries.with_title(seen, outside, name, len(seen.text), link)
    if seen.is_struck(*reading.name):
        return None
    text = fold(seen.text[slice(*reading.name)])
    if not link and not names.could_be_name(text):
        return f"“{text[:60]}” does not look like a name"
    if not link and is_placeholder(text):
        return None
    return reading


def _cell_part(page: Page, row: GridRow, column: int | None) -> Part | None:
    """The content of a cell; of a list in it, the item if there is but one."""
    cell = row.cells.get(column) if column is not None else None
    if cell is None or cell.content.end - cell.content.start > LONGEST_SOURCE:
        return None
    items = page.blocks.items(cell.content)
    if len(items) > 1:
        return None
    seen = page.view(items[0].content if items else cell.content)
    outside = names.without_mail(seen.outside)
    if not fold(outside) or is_vacant(fold(seen.text)):
        return None
    end = len(seen.text)
    notes = entries.title_in(seen, outside, 0, end)
    if notes and names.looks_like_title(fold(seen.text)):
        return seen.part(*seen.trim(seen.trim(0, end)[0], notes[1]))
    return seen.part(0, end)


def _username(page: Page, row: GridRow, columns: _Columns) -> Part | None:
    cell = row.cells.get(columns.username) if columns.username is not None else None
    if cell is None:
        return None
    seen = page.view(cell.content)
    if link := entries.first_user(seen, 0, len(seen.text)):
        return link.username
    part = seen.part(0, len(seen.text))
    return part if names.could_be_name(part.text) else None


def _sure(
    page: Page, table: Table, columns: _Columns, people: Sequence[Person], likely: int, count: int
) -> tuple[int, str]:
    linked = sum(person.username is not None for person in people)
    titled = sum(bool(p.title) and names.looks_like_title(p.title.text) for p in people if p.title)
    full = sum(p.username is not None or names.is_full_name(p.name.text) for p in people)
    if not people or len(people) * (3 if columns.known else 2) <= count:
        return 0, f"{len(people)} of {count} rows name a person"
    if page.layout.columns or page.layout.layout == "table":
        return 2, f"{len(people)} of {count} rows name a person, where the configuration says"
    said = announcement(page, table.span.start)
    caption = layouts.caption(page.blocks, table, site=page.site)
    if said.of_else or speaks_of_else(caption):
        return 0, "the words above announce something else"
    evident = full * 2 >= len(people) or (columns.title is not None and titled) or said.near
    if columns.known and evident:
        return 2, f"a column head says so, and {likely} of {len(people)} look like names"
    if linked * 2 > len(people):
        return 2, f"{linked} of {len(people)} rows begin with a link to a user"
    announced = said.near or speaks_of_people(caption)
    plain = titled * 2 >= len(people) or (announced and full * 2 >= len(people))
    if not columns.header and likely * 10 >= len(people) * 8 and plain:
        return 2, f"{likely} of {len(people)} rows begin with a name"
    return 0, "nothing says that these are people"


# --- a cell is a person -------------------------------------------------------------------------


def _by_cells(page: Page, table: Table, rows: Sequence[GridRow]) -> Candidate | None:
    """Cards side by side: each cell has a name, and a title or a link to the account."""
    people: list[Person] = []
    said = 0
    for row in rows:
        for cell in row.row.cells:
            seen = page.view(cell.content)
            if not fold(seen.text):
                continue
            said += 1
            reading = entries.read_item(seen)
            if reading and is_vacant(fold(seen.text[slice(*reading.name)])):
                said -= 1
                continue
            if reading is None or not _is_person(seen, reading):
                continue
            title = seen.text[slice(*reading.title)] if reading.title else ""
            if reading.link or (names.looks_like_title(title) and "\n" in seen.text):
                people.append(page.person(seen, reading, cell.content))
    if len(people) < 2 or len(people) * 10 < said * 8:
        return None
    if announcement(page, table.span.start).of_else:
        return None
    why = f"{len(people)} of {said} cells name a person"
    return Candidate("cells", table.span.start, table.line, tuple(people), (), 2, why)


# --- a cell holds a list ------------------------------------------------------------------------


def _lists_in_cells(
    page: Page,
    rows: Sequence[GridRow],
    heads: dict[int, str] | None,
    starts: Sequence[int],
) -> Iterator[Candidate]:
    for row in rows[1:] if heads else rows:
        for column in sorted(row.own):
            content = row.cells[column].content
            nested = bisect_left(starts, content.start)
            if nested < len(starts) and starts[nested] < content.end:
                continue
            items = page.blocks.items(content)
            if items:
                said = _head(page, rows, row, heads, column)
                yield from from_items(page, items, floor=content.start, said=said)


def _head(
    page: Page,
    rows: Sequence[GridRow],
    row: GridRow,
    heads: dict[int, str] | None,
    column: int,
) -> Announcement | None:
    """What the head of the column, or the first cell of the row, says of a list."""
    above = rows[0].cells.get(column) if heads else None
    for cell in (above, row.cells.get(0) if column else None):
        if cell is None or not layouts.len_ok(cell.content):
            continue
        seen = page.view(cell.content)
        said = fold(seen.text)
        if is_title(said):
            return Announcement(f"the head: {said}", True, seen.part(0, len(seen.text)))
        if speaks_of_people(said):
            return Announcement(f"the head: {said}", True)
        if speaks_of_else(said):
            return Announcement(of_else=True)
    return None
