"""Roles pages: each role, who holds it, and what it is responsible for.

Three forms are read: a heading per role with a table *Activity | holder*; a table with a role and
its holders in each row; a list *Role: holders*.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wikibot.model import (
    Holder,
    Layout,
    Part,
    Role,
    Roles,
    Site,
    Span,
    Unmatched,
)
from wikibot.wikitext import layouts, names
from wikibot.wikitext.activities import Groups, all_of, has_items, part_of, read_cell
from wikibot.wikitext.blocks import Blocks, Cell, Item, ItemList, Section, Table, scan
from wikibot.wikitext.grid import GridRow, grid
from wikibot.wikitext.inline import View, fold, view

_LONGEST = 4000  # source of a cell of holders or of a list item; what is longer is prose
_AFTER_LABEL = re.compile(r"\s*(?:[:–—]|-(?=\s))\s*")


@dataclass(slots=True)
class _Found:
    roles: list[Role] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)


def read_roles(text: str, *, layout: Layout = Layout(), site: Site = Site()) -> Roles:
    """The roles on a page of wikitext, in the order of the page.

    What stands in a roles table and is not understood is in ``unmatched``. When the layout names
    a section that the page has not, ``section_found`` is false. Never raises.
    """
    blocks = scan(text, site=site)
    region = layouts.region(blocks, layout)
    if region is None:
        return Roles(section=layout.section or "", section_found=False)
    found = _Found()
    if layout.layout != "bullets":
        for table in blocks.tables:
            if table.depth == 1 and region.span.start <= table.span.start < region.span.end:
                _from_table(blocks, table, layout, site, found)
    if layout.layout in ("bullets", None) and not found.roles:
        for items in blocks.lists:
            if region.span.start <= items.span.start < region.span.end:
                _from_list(blocks, items, site, found, told=layout.layout == "bullets")
    if not found.roles:
        return _nothing(region.section, layout, found)
    section = region.section or _heading_of(blocks, found.roles)
    line = section.line if section.level else found.roles[0].line
    return Roles(tuple(found.roles), tuple(found.unmatched), section.title, line)


def _nothing(section: Section | None, layout: Layout, found: _Found) -> Roles:
    """No roles. Where the configuration says that there are some, that is worth one line."""
    if layout == Layout():
        return Roles(unmatched=tuple(found.unmatched))
    title, line = (section.title, section.line) if section else ("", 1)
    where = "under this heading" if section else "on the page"
    row = Unmatched(title, title, line, f"nothing {where} reads as a role")
    return Roles((), (*found.unmatched, row), title, line if section else 0)


def _heading_of(blocks: Blocks, roles: Sequence[Role]) -> Section:
    """The heading above the first role: its own, or the one above where roles are headings."""
    first = blocks.section_at(roles[0].span.start)
    if first.heading != roles[0].name.span and first.title != roles[0].name.text:
        return first
    above = [
        section
        for section in blocks.sections[1:]
        if section.level < first.level and section.span.start < first.span.start < section.span.end
    ]
    return above[-1] if above else first


# --- tables -------------------------------------------------------------------------------------


def _from_table(blocks: Blocks, table: Table, layout: Layout, site: Site, found: _Found) -> None:
    rows = grid(table)
    heads = layouts.heads(blocks, rows, site=site)
    if layout.columns:
        columns = {
            part: column
            for part, head in layout.columns.items()
            if (column := layouts.named_column(heads, head)) is not None
        }
        if "role" in columns or "name" in columns:
            body = rows[1:] if heads else rows
            _role_rows(
                blocks,
                body,
                columns.get("role", columns.get("name", 0)),
                columns.get("holder", columns.get("title", 1)),
                columns.get("activity"),
                site,
                found,
            )
        return
    if heads is None:
        return
    if layout.layout != "table" and _is_activity_table(heads):
        _activity_table(blocks, table, rows, site, found)
        return
    holder = _holder_column(heads)
    role = layouts.column_of(heads, layouts.ITEM_HEADS, but=[] if holder is None else [holder])
    if role is None and holder:
        role = layouts.column_of(heads, layouts.NAME_HEADS, but=[holder])
    if role is None and holder and not heads.get(0, "-"):
        role = 0  # a head without words, above what is held
    if holder is not None and role is not None:
        duties = layouts.column_of(heads, layouts.DUTY_HEADS, but=[holder, role])
        _role_rows(blocks, rows[1:], role, holder, duties, site, found)
    elif _is_activity_table(heads):
        _activity_table(blocks, table, rows, site, found)


def _is_activity_table(heads: Mapping[int, str]) -> bool:
    """*Activity | holder*: the second head says who, it is not a word for it."""
    first = layouts.words(heads.get(0, ""))
    if not first or not first <= layouts.ACTIVITY_HEADS | {"and", "or"}:
        return False
    second = layouts.words(heads.get(1, ""))
    generic = layouts.HOLDER_HEADS | layouts.NAME_HEADS | {"for", "of", "point", "to", "is", "in"}
    return len(heads) <= 2 and not (second and second <= generic)


def _holder_column(heads: Mapping[int, str]) -> int | None:
    column = layouts.column_of(heads, layouts.HOLDER_HEADS)
    return column if column is not None else layouts.column_of(heads, layouts.NAME_HEADS)


def _activity_table(
    blocks: Blocks, table: Table, rows: Sequence[GridRow], site: Site, found: _Found
) -> None:
    """One role: the heading above is its name, the second head its holders."""
    section = blocks.section_at(table.span.start)
    if section.level:
        name = part_of(blocks, section.heading, site=site)
        span = section.span
        line = section.line
    elif table.caption:
        name, span, line = part_of(blocks, table.caption, site=site), table.span, table.line
    else:
        name, span, line = Part("", table.span), table.span, table.line
    if not name.text:
        said = fold(" | ".join(cell.content.of(blocks.text) for cell in rows[0].cells.values()))
        found.unmatched.append(
            Unmatched(said[:200], section.title, table.line, "no heading says which role this is")
        )
        return
    stated, holders = _holders(blocks, rows[0].cells.get(1), site)
    groups = Groups()
    contents = [row.cells[0].content for row in rows[1:] if 0 in row.own]
    labels = has_items(blocks, contents)
    for row in rows[1:]:
        for column in sorted(row.own):
            cell = row.cells[column]
            if column == 0 and cell.header and len(row.own) == 1 and labels:
                part = part_of(blocks, cell.content, site=site)
                if part.text and not has_items(blocks, [cell.content]):
                    groups.label(part, cell.line, lasting=True)
                    continue
            if column == 0:
                read_cell(blocks, cell.content, groups, site=site, labels=labels)
            elif cell.content.start < cell.content.end:
                _not_understood(blocks, cell, site, found)
        groups.end_cell()
    found.roles.append(Role(name, holders, groups.done(), section.title, line, span, stated))


def _not_understood(blocks: Blocks, cell: Cell, site: Site, found: _Found) -> None:
    said = part_of(blocks, cell.content, site=site).text
    if said:
        found.unmatched.append(
            Unmatched(
                said[:200],
                blocks.section_at(cell.content.start).title,
                cell.line,
                "the table's second column says who does it in its head, not in its cells",
            )
        )


def _holders(
    blocks: Blocks, cell: Cell | None, site: Site
) -> tuple[Part | None, tuple[Holder, ...]]:
    """What a cell says of holders, whole and taken apart."""
    if cell is None or cell.content.end - cell.content.start > _LONGEST:
        return None, ()
    content = cell.content
    items = [item for line in blocks.lines(content) if (item := blocks.item(line))]
    if items:
        each = [view(blocks.text, i.content.start, i.content.end, site=site) for i in items]
        stated = Part(
            fold(", ".join(fold(seen.text) for seen in each)),
            Span(items[0].span.start, items[-1].content.end),
        )
        return stated, tuple(h for seen in each for h in split_holders(seen, 0, len(seen.text)))
    seen = view(blocks.text, content.start, content.end, site=site)
    part = seen.whole(0, len(seen.text))
    if not part.text:
        return None, ()
    return part, split_holders(seen, 0, len(seen.text))


def split_holders(seen: View, start: int, end: int) -> tuple[Holder, ...]:
    """*Senior Program Manager: Ana, Bo (interim)*: the title before a colon, then people."""
    ranges: list[names.Range] = []
    colon = names.label_end(seen, start, end)
    if colon is not None:
        ranges.extend(names.split(seen, start, colon))
        start = colon + 1
    ranges.extend(names.split(seen, start, end))
    return names.holders(seen, ranges)


def _role_rows(
    blocks: Blocks,
    rows: Sequence[GridRow],
    role: int,
    holder: int,
    duties: int | None,
    site: Site,
    found: _Found,
) -> None:
    """One role a row."""
    for row in rows:
        cell = row.cells.get(role)
        if cell is None or not (row.own - {role} or role in row.own):
            continue
        name = (
            part_of(blocks, cell.content, site=site)
            if layouts.len_ok(cell.content)
            else Part("", cell.content)
        )
        section = blocks.section_at(row.row.span.start).title
        if not name.text:
            said = " ".join(
                part_of(blocks, row.cells[column].content, site=site).text
                for column in sorted(row.own)
                if layouts.len_ok(row.cells[column].content)
            )
            if said.strip():
                found.unmatched.append(
                    Unmatched(fold(said)[:200], section, row.row.line, "the row names no role")
                )
            continue
        stated, holders = _holders(blocks, row.cells.get(holder), site)
        groups = Groups()
        if duties is not None and duties in row.cells:
            content = row.cells[duties].content
            read_cell(blocks, content, groups, site=site, labels=has_items(blocks, [content]))
        found.roles.append(
            Role(name, holders, groups.done(), section, row.row.line, row.row.span, stated)
        )


# --- lists --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Labelled:
    item: Item
    seen: View
    label: names.Range | None
    rest: names.Range
    bold: bool
    people: bool  # the rest names people, or says that there is nobody


def _from_list(blocks: Blocks, items: ItemList, site: Site, found: _Found, *, told: bool) -> None:
    rows = [_labelled(blocks, item, site) for item in items.items if item.depth == 1]
    if not rows:
        return
    section = blocks.section_at(items.span.start).title
    labelled = [row for row in rows if row.label]
    held = [row for row in labelled if row.people]
    bold = [row for row in labelled if row.bold]
    duties = len(bold) * 2 > len(rows) and (
        told or layouts.announces_roles(blocks, items.span.start, site=site)
    )
    if len(held) * 2 <= len(rows) and not duties:
        return
    if layouts.speaks_of_else(section) and not told:
        return
    below = _items_below(items)
    for row in rows:
        if row.label is None:
            said = fold(row.seen.text)
            if said:
                found.unmatched.append(
                    Unmatched(
                        said[:200], section, row.item.line, "it does not read as role: holders"
                    )
                )
            continue
        found.roles.append(_list_role(blocks, row, below[row.item.line], section, site))


def _items_below(items: ItemList) -> dict[int, list[Item]]:
    """Line of an item of depth 1 → the deeper items that follow it."""
    below: dict[int, list[Item]] = {}
    line = 0
    for item in items.items:
        if item.depth == 1:
            line = item.line
            below[line] = []
        elif line:
            below[line].append(item)
    return below


def _list_role(
    blocks: Blocks, row: _Labelled, below: Sequence[Item], section: str, site: Site
) -> Role:
    assert row.label is not None
    groups = Groups()
    holders: tuple[Holder, ...] = ()
    stated = None
    if row.people:
        holders = names.holders(row.seen, names.split(row.seen, *row.rest))
        part = row.seen.whole(*row.rest)
        stated = part if part.text else None
    elif (part := row.seen.whole(*row.rest)).text:
        groups.activity(part, row.item.line)
    for item in below:
        part = all_of(blocks, item.content, site=site)
        if part.text:
            groups.activity(part, item.line)
    end = below[-1].span.end if below else row.item.span.end
    return Role(
        row.seen.part(*row.label),
        holders,
        groups.done(),
        section,
        row.item.line,
        Span(row.item.span.start, end),
        stated,
    )


def _labelled(blocks: Blocks, item: Item, site: Site) -> _Labelled:
    long = item.content.end - item.content.start > _LONGEST
    end = item.content.start if long else item.content.end
    seen = view(blocks.text, item.content.start, end, site=site)
    nothing = _Labelled(item, seen, None, (0, len(seen.text)), False, False)
    colon = names.label_end(seen, 0, len(seen.text))
    bold = _bold_label(blocks, item)
    if bold and (colon is None or colon > bold):
        after = _AFTER_LABEL.match(seen.text, bold)
        if after is None:
            return nothing
        label, rest = (0, bold), (after.end(), len(seen.text))
    elif colon is not None:
        label, rest = (0, colon), (colon + 1, len(seen.text))
    else:
        return nothing
    label = seen.trim(*label)
    text = fold(seen.text[slice(*label)])
    if not text or len(text) > 80 or len(text.split()) > 8:
        return nothing
    return _Labelled(item, seen, label, rest, bool(bold), _names_people(seen, rest))


def _bold_label(blocks: Blocks, item: Item) -> int | None:
    """Where, in visible characters, the bold beginning of an item ends."""
    source = item.content.of(blocks.text)
    close = source.find("'''", 3) if source.startswith("'''") else -1
    if close < 0:
        return None
    inner = view(source, 3, close)
    return len(inner.text.rstrip(" :"))


def _names_people(seen: View, rest: names.Range) -> bool:
    """Whether all entries are linked users, names, nicks or words for nobody."""
    found = names.holders(seen, names.split(seen, *rest))
    if not found:
        return not fold(seen.text[slice(*rest)])
    return all(
        holder.username
        or names.looks_like_name(holder.name.text)
        or names.is_vacant(holder.name.text)
        or re.fullmatch(r"[\w.-]{2,30}", holder.name.text)
        for holder in found
    )
