"""Roles with a table of their own: *Activity | holder*, the heading or caption is the role.

Where the second head only says that holders stand below (*Activity | Job title*), they do.
"""

from collections.abc import Iterable, Sequence

from wikibot.model import Holder, Part
from wikibot.wikitext import role_words
from wikibot.wikitext.activities import Groups, has_items, read_cell
from wikibot.wikitext.blocks import Cell, Table
from wikibot.wikitext.grid import GridRow
from wikibot.wikitext.roles_draft import Draft


def read_activities(draft: Draft, table: Table, rows: Sequence[GridRow]) -> bool:
    """One role: the heading above is its name, the second head its holders."""
    section = draft.section(table.span.start)
    name, span = Part("", table.span), table.span
    if section.level:
        name, span = draft.part(section.heading), section.span
    elif table.caption:
        name = draft.part(table.caption)
    if not name.text:
        cells = rows[0].cells
        said = " | ".join(cells[column].content.of(draft.blocks.text) for column in sorted(cells))
        draft.refuse(said, table.span.start, "no heading says which role this is")
        return True
    head = rows[0].cells.get(1)
    below = head is not None and role_words.is_generic_holder_head(draft.part(head.content).text)
    if below:
        held = [draft.stated(cell.content, all_hold=True) for cell in _second(rows)]
        stated = [each for each in held if each.part]
    else:
        stated = [draft.stated(head.content, all_hold=True)] if head else []
    draft.add(
        name,
        span,
        holders=_each_once(holder for each in stated for holder in each.holders),
        stated=stated[0].part if len(stated) == 1 else None,
        groups=_activities(draft, rows, holders_below=below),
    )
    return True


def _second(rows: Sequence[GridRow]) -> list[Cell]:
    """The cells below the second head, one that reaches over several rows once."""
    return [row.cells[1] for row in rows[1:] if 1 in row.own]


def _each_once(holders: Iterable[Holder]) -> tuple[Holder, ...]:
    """Holders without those said before: each row may name the same ones."""
    found: dict[tuple[str, str], Holder] = {}
    for holder in holders:
        username = holder.username.text if holder.username else ""
        found.setdefault((holder.name.text, username), holder)
    return tuple(found.values())


def _activities(draft: Draft, rows: Sequence[GridRow], *, holders_below: bool) -> Groups:
    """All cells below the heads; unless holders stand there, a second cell is not understood."""
    blocks, groups = draft.blocks, Groups()
    labels = has_items(blocks, [row.cells[0].content for row in rows[1:] if 0 in row.own])
    for row in rows[1:]:
        for column in sorted(row.own):
            cell = row.cells[column]
            if column == 1 and holders_below:
                continue
            if column:
                draft.refuse(
                    draft.part(cell.content).text,
                    cell.content.start,
                    "the table's second column says who does it in its head, not in its cells",
                    line=cell.line,
                )
            elif cell.header and len(row.own) == 1 and labels and _is_head(draft, cell):
                groups.label(draft.part(cell.content), cell.line, lasting=True)
            else:
                read_cell(blocks, cell.content, groups, site=draft.site, labels=labels)
        groups.end_cell()
    return groups


def _is_head(draft: Draft, cell: Cell) -> bool:
    return bool(draft.part(cell.content).text) and not has_items(draft.blocks, [cell.content])
