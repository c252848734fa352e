"""Roles in tables: which kind a table is of, and those with a role and its holders in each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wikibot.model import Holder, Span
from wikibot.wikitext import holders as who
from wikibot.wikitext import layouts, role_words
from wikibot.wikitext.activities import Groups, has_items, read_cell
from wikibot.wikitext.blocks import Cell, Table
from wikibot.wikitext.grid import GridRow, grid
from wikibot.wikitext.roles_activities import read_activities
from wikibot.wikitext.roles_draft import Draft
from wikibot.wikitext.roles_facts import read_facts
from wikibot.wikitext.roles_matrix import read_letters, read_people

_DEEPEST = 4  # tables nested deeper than this are not read
_NO_CONTACT = frozenset("date details email info link mail phone time url voted votes".split())
_HOLDERS = layouts.HOLDER_HEADS | who.DEPUTIES - {"assistant", "vice"}
_DESCRIPTIONS = frozenset("description does notes scope".split())
_ROLE_ITSELF = layouts.ROLE_HEADS - {"function", "job", "office"}
_NO_KEY = frozenset("date due no nr start state status".split())


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says what: ``holders`` in the order of the table, the best one first."""

    role: int
    holders: tuple[int, ...]
    duties: int | None


def read_tables(draft: Draft) -> bool:
    """Read the tables of the region; whether there is one of *Activity | holder* among them.

    Of tables in each other the outermost that says roles is read.
    """
    activity_tables = False
    taken = 0  # up to here the page has been read
    for table in draft.blocks.tables:
        if table.depth > _DEEPEST or table.span.start < taken:
            continue
        before = len(draft.roles), len(draft.unmatched)
        activity_tables |= _read_table(draft, table)
        if (len(draft.roles), len(draft.unmatched)) != before:
            taken = table.span.end
    return activity_tables


def _read_table(draft: Draft, table: Table) -> bool:
    rows = grid(table)
    while rows and len(rows[0].cells) == 1 and rows[0].row.cells[0].colspan > 1:
        rows = rows[1:]  # the title of the table
    if not rows:
        return False
    heads = layouts.heads(draft.blocks, rows, site=draft.site)
    if draft.layout.columns:
        if columns := _told(draft, heads):
            _role_rows(draft, rows[1:] if heads else rows, columns, heads, all_hold=True)
        return False
    mixed = len({cell.header for cell in rows[0].row.cells}) > 1
    if (heads is None or mixed) and read_facts(draft, rows):
        return False
    if heads is None:
        _headless(draft, rows)
        return False
    if layouts.speaks_of_else(" ".join(heads.values())) or _speaks_of_else(draft, table):
        return False
    if read_letters(draft, rows):
        return False
    activities = _is_activity_table(heads) and all(c.colspan == 1 for c in rows[0].row.cells)
    if activities and draft.layout.layout != "table":
        return read_activities(draft, table, rows)
    if columns := _columns(draft, rows, heads):
        _role_rows(draft, rows[1:], columns, heads, all_hold=False)
        return False
    if read_people(draft, rows):
        return False
    return (activities or _is_shared_table(draft, rows, heads)) and read_activities(
        draft, table, rows
    )


def _speaks_of_else(draft: Draft, table: Table) -> bool:
    told = draft.layout.section is not None or draft.layout.layout is not None
    return not told and layouts.speaks_of_else(draft.section(table.span.start).title)


# --- which column is what -----------------------------------------------------------------------


def _told(draft: Draft, heads: Mapping[int, str] | None) -> Columns | None:
    """The columns that the configuration names; roster words are understood, too."""
    named = {
        part: column
        for part, head in (draft.layout.columns or {}).items()
        if (column := layouts.named_column(heads, head)) is not None
    }
    role = named.get("role", named.get("name"))
    if role is None:
        return None
    return Columns(
        role,
        (named.get("holder", named.get("title", 1 if role != 1 else 0)),),
        named.get("activity"),
    )


def _columns(draft: Draft, rows: Sequence[GridRow], heads: Mapping[int, str]) -> Columns | None:
    """Columns by their heads, or by what two columns hold when only the roles' head is known."""
    holders = _holder_columns(heads)
    role = _role_column(draft, rows, heads, holders)
    if role is None or _holds_lists(draft, rows, role):
        return None
    if not holders and role_words.is_activity_head(heads[role]):
        title = layouts.column_of(heads, layouts.TITLE_HEADS, but=[role])
        holders = () if title is None else (title,)
    if not holders and len(heads) == 2:
        holders = _people_beside(draft, rows, role)
    roles_said = role_words.is_role_head(heads.get(role, ""))
    words = layouts.DUTY_HEADS if roles_said else layouts.DUTY_HEADS - _DESCRIPTIONS
    duties = layouts.column_of(heads, words, but=[*holders, role])
    if not holders and not (roles_said and duties is not None):
        return None
    return Columns(role, holders, duties)


def _holder_columns(heads: Mapping[int, str]) -> tuple[int, ...]:
    usable = {
        column: text
        for column, text in heads.items()
        if not layouts.words(text) & _NO_CONTACT and not role_words.is_duty_head(text)
    }
    names = layouts.column_of(usable, layouts.NAME_HEADS)
    best = layouts.column_of(usable, layouts.HOLDER_HEADS)
    if names is not None and best is not None and _only_contact(usable, names, best):
        best = None
    if best is None:
        return () if names is None else (names,)
    others = (
        column for column in sorted(usable) if column != best and _share(usable[column]) >= 0.5
    )
    return (best, *others)


def _share(head: str) -> float:
    said = layouts.words(head)
    return len(said & _HOLDERS) / len(said) if said else 0


def _only_contact(heads: Mapping[int, str], names: int, best: int) -> bool:
    """*Position | Name | Contact*: the name holds the position, the contact is how to reach it."""
    positions = any(role_words.is_role_head(text) for c, text in heads.items() if c != names)
    return positions and layouts.words(heads[best]) <= {"contact", "contacts", "kontakt"}


def _role_column(
    draft: Draft, rows: Sequence[GridRow], heads: Mapping[int, str], holders: Sequence[int]
) -> int | None:
    """The column with the item's head; beside a column of holders, the first that can name one."""
    if holders:  # beside *Area* and *Who*, the column *Role* says which role
        named = {c: text for c, text in heads.items() if c not in holders}
        roles = [c for c, text in sorted(named.items()) if _is_role_itself(text)]
        if roles and not _holds_lists(draft, rows, roles[0]):
            return roles[0]
    column = layouts.column_of(heads, layouts.ITEM_HEADS, but=holders)
    if column is not None or not holders:
        return column
    responsible = _share(heads[holders[0]]) > 0
    for column in sorted(set(heads) - set(holders)):
        said = layouts.words(heads[column])
        if not responsible:  # only *Name*: that may be a roster
            if not heads[column] and column == 0:
                return column
            names = layouts.column_of({column: heads[column]}, layouts.NAME_HEADS)
            if names is not None:
                return column
        elif not (said and said <= _NO_KEY) and not _counts(draft, rows, column):
            return column
    return None


def _is_role_itself(head: str) -> bool:
    said = layouts.words(head)
    return bool(said) and said <= _ROLE_ITSELF


def _holds_lists(draft: Draft, rows: Sequence[GridRow], column: int) -> bool:
    """Whether the cells of a column are lists: what people do rather than what it is called."""
    cells = [row.cells[column].content for row in rows[1:] if column in row.own]
    return sum(has_items(draft.blocks, [cell]) for cell in cells) * 2 > len(cells)


def _counts(draft: Draft, rows: Sequence[GridRow], column: int) -> bool:
    """Whether a column holds bare numbers."""
    texts = [draft.part(row.cells[column].content).text for row in rows[1:] if column in row.own]
    return any(texts) and all(not text or text.strip(" .#").isdigit() for text in texts)


def _people_beside(draft: Draft, rows: Sequence[GridRow], role: int) -> tuple[int, ...]:
    """The other one of two columns, if half of its cells name people."""
    column = 1 - role
    stated = [draft.stated(row.cells[column].content) for row in rows[1:] if column in row.own]
    said = [each for each in stated if each.part]
    people = [each for each in said if any(map(who.is_sure, each.holders))]
    return (column,) if people and len(people) * 2 >= len(said) else ()


def _is_activity_table(heads: Mapping[int, str]) -> bool:
    """*Activity | holder*: the second head says who, it is not a word for it."""
    return (
        len(heads) <= 2
        and role_words.is_activity_head(heads.get(0, ""))
        and not role_words.is_generic_holder_head(heads.get(1, ""))
    )


def _is_shared_table(draft: Draft, rows: Sequence[GridRow], heads: Mapping[int, str]) -> bool:
    """*Activity | Job title*, lists below the first: one role, its holders in the second column."""
    return (
        set(heads) == {0, 1}
        and role_words.is_activity_head(heads[0])
        and role_words.is_generic_holder_head(heads[1])
        and draft.layout.layout != "table"
        and _holds_lists(draft, rows, 0)
    )


# --- a role a row -------------------------------------------------------------------------------


def _role_rows(
    draft: Draft,
    rows: Sequence[GridRow],
    columns: Columns,
    heads: Mapping[int, str] | None,
    *,
    all_hold: bool,
) -> None:
    """One role a row; a role that reaches over several rows is one."""
    group: list[GridRow] = []
    for row in rows:
        if columns.role not in row.cells or _is_divider(row, heads):
            continue
        if group and row.cells[columns.role] is not group[0].cells[columns.role]:
            _role_row(draft, group, columns, heads, all_hold=all_hold)
            group = []
        group.append(row)
    if group:
        _role_row(draft, group, columns, heads, all_hold=all_hold)


def _is_divider(row: GridRow, heads: Mapping[int, str] | None) -> bool:
    """A row that groups those below it, or a further row of heads."""
    cells = row.row.cells
    if len(row.cells) == 1:
        return cells[0].header or cells[0].colspan > 1
    return heads is not None and len(cells) > 1 and all(cell.header for cell in cells)


def _role_row(
    draft: Draft,
    rows: Sequence[GridRow],
    columns: Columns,
    heads: Mapping[int, str] | None,
    *,
    all_hold: bool,
) -> None:
    """One role, from its row or the rows that its cell reaches over."""
    first = rows[0]
    named = first.cells[columns.role]
    name = draft.part(named.content)
    if not name.text:
        said = " ".join(draft.part(first.cells[c].content).text for c in sorted(first.own))
        draft.refuse(said, first.row.span.start, "the row names no role", line=first.row.line)
        return
    cells = [
        (column, row.cells[column])
        for row in rows
        for column in columns.holders
        if column in row.own or (row is first and column in row.cells)
    ]
    groups = Groups()
    for row in rows:
        if columns.duties is not None and columns.duties in row.own:
            content = row.cells[columns.duties].content
            labels = has_items(draft.blocks, [content])
            read_cell(draft.blocks, content, groups, site=draft.site, labels=labels)
    stated = _said_of_holders(draft, cells, all_hold=all_hold)
    several = len(columns.holders) > 1
    start = min([first.row.span.start, named.content.start, *(c.content.start for _, c in cells)])
    draft.add(
        name,
        Span(start, rows[-1].row.span.end),
        holders=_all_holders(stated, heads if several else None),
        stated=stated[0][1].part if len(stated) == 1 else None,
        groups=groups,
        line=first.row.line,
    )


def _said_of_holders(
    draft: Draft, cells: Sequence[tuple[int, Cell]], *, all_hold: bool
) -> list[tuple[int, who.Stated]]:
    """What cells say, those aside that say nothing; what is not understood is noted."""
    found = []
    for column, cell in cells:
        stated = draft.stated(cell.content, all_hold=all_hold)
        if stated.part:
            found.append((column, stated))
            if not stated.understood:
                why = "it does not read as holders of a role"
                draft.refuse(stated.part.text, cell.content.start, why)
    return found


def _all_holders(
    stated: Sequence[tuple[int, who.Stated]], heads: Mapping[int, str] | None
) -> tuple[Holder, ...]:
    """Everybody; with ``heads``, the head of their column is their note if they have none."""
    if len(stated) == 1 and not heads:
        return stated[0][1].holders  # the same tuple where one cell is for many rows
    return tuple(
        replace(holder, note=holder.note or (heads or {}).get(column, ""))
        for column, each in stated
        for holder in each.holders
    )


def _headless(draft: Draft, rows: Sequence[GridRow]) -> None:
    """Without heads, two or three columns are roles only where the second links to users."""
    body = [row for row in rows if 0 in row.cells and 1 in row.cells]
    if not body or len(body) < len(rows) - 1 or max(len(row.cells) for row in body) > 3:
        return
    linked = 0
    for row in body:
        if _names_users(draft, row.cells[0]):
            return
        linked += _names_users(draft, row.cells[1])
    if linked * 2 > len(body):
        _role_rows(draft, body, Columns(0, (1,), None), None, all_hold=False)


def _names_users(draft: Draft, cell: Cell) -> bool:
    stated = draft.stated(cell.content)
    return any(holder.username for holder in stated.holders)
