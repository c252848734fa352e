"""Roles with a table of their own: *Activity | holder*, the heading or caption is the role."""

from collections.abc import Sequence

from wikibot.model import Part
from wikibot.wikitext import holders as who
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
    stated = who.Stated()
    if head:
        stated = draft.stated(head.content, all_hold=True)
    groups = _activities(draft, rows)
    draft.add(name, span, holders=stated.holders, stated=stated.part, groups=groups)
    return True


def _activities(draft: Draft, rows: Sequence[GridRow]) -> Groups:
    """All cells below the heads; a cell of the second column is not understood."""
    blocks, groups = draft.blocks, Groups()
    labels = has_items(blocks, [row.cells[0].content for row in rows[1:] if 0 in row.own])
    for row in rows[1:]:
        for column in sorted(row.own):
            cell = row.cells[column]
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
