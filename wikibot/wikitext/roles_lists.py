"""Roles in lists: *Role: Ana, Bo (interim)*, *Role - what it does*, *Maintainer: Ana*."""

from collections.abc import Sequence

from wikibot.model import Part, Span
from wikibot.wikitext import layouts, role_words
from wikibot.wikitext.blocks import Item, ItemList
from wikibot.wikitext.labelled import Labelled, add_labelled, are_held_surely, labelled
from wikibot.wikitext.roles_draft import LONGEST_LABEL, Draft
from wikibot.wikitext.roles_terms import read_terms


def read_lists(draft: Draft) -> set[int]:
    """Read the lists of the region; gives the starts of those that say roles."""
    read = set()
    for items in draft.blocks.lists:
        if _read_list(draft, items):
            read.add(items.span.start)
    return read


def _read_list(draft: Draft, items: ItemList) -> bool:
    told = draft.layout.layout == "bullets"
    section = draft.section(items.span.start)
    if layouts.speaks_of_else(section.title) and not told:
        return False
    if any(item.marker.endswith(";") for item in items.items):
        return read_terms(draft, items)
    bullets = [item for item in items.items if item.marker[-1] in "*#"]
    bullets = [item for item in bullets if draft.has_room(item.span.start)]
    rows = [labelled(draft, item) for item in bullets]
    if not rows:
        return False
    rows = _with_dashes(draft, bullets, rows)
    announced = told or layouts.announces_roles(draft.blocks, items.span.start, site=draft.site)
    if _read_relations(draft, items, rows, announced=announced):
        return True
    for depth in sorted({row.depth for row in rows}):
        level = [row for row in rows if row.depth == depth and not row.struck]
        if _says_roles(level, announced=announced):
            _list_roles(draft, items, level, depth)
            _above(draft, rows, depth)
            return True
    return False


def _with_dashes(draft: Draft, bullets: Sequence[Item], rows: Sequence[Labelled]) -> list[Labelled]:
    """*Network - Bo* beside *Memory - [[User:Ana]]*: where dashes part most, they part the others.

    Items of one depth are alike.
    """
    found = list(rows)
    levels: dict[int, list[int]] = {}
    for i, row in enumerate(rows):
        levels.setdefault(row.depth, []).append(i)
    for level in levels.values():
        held = sum(rows[i].held for i in level)
        if held * 2 > len(level):
            for i in level:
                if not rows[i].label:
                    found[i] = labelled(draft, bullets[i], by_dash=True)
    return found


def _above(draft: Draft, rows: Sequence[Labelled], depth: int) -> None:
    """Items over that depth with none below them: *Docs - Ana* beside *Core* and its parts."""
    last: Labelled | None = None
    for row in [*rows, None]:
        alone = last and (row is None or row.depth <= last.depth)
        if last and alone and last.depth < depth and last.held and are_held_surely([last]):
            add_labelled(draft, last, ())
        last = row


def _says_roles(rows: Sequence[Labelled], *, announced: bool) -> bool:
    """Whether most items name who holds something, or what somebody with an office does."""
    held = [row for row in rows if row.held]
    if not any(row.people for row in held):
        held = []
    if len(held) * 2 > len(rows) and (announced or are_held_surely(held)):
        return True
    labels = [row for row in rows if row.label and not role_words.is_no_role(row.text)]
    offices = [row for row in labels if role_words.is_office(row.text)]
    bold = [row for row in labels if row.bold]
    if len(bold) * 2 > len(rows) and (announced or len(offices) * 2 > len(rows)):
        return True
    return announced and len(offices) * 2 > len(rows)


def _list_roles(draft: Draft, items: ItemList, rows: Sequence[Labelled], depth: int) -> None:
    below = _below(items, depth)
    for row in rows:
        if row.label:
            add_labelled(draft, row, below.get(row.line, []))
        elif row.depth == 1:
            draft.refuse(row.seen.text, row.span.start, "it does not read as role: holders")


def _below(items: ItemList, depth: int) -> dict[int, list[Item]]:
    """Line of an item at ``depth`` → the deeper items that follow it."""
    below: dict[int, list[Item]] = {}
    line = 0
    for item in items.items:
        if item.depth == depth:
            line = item.line
            below[line] = []
        elif item.depth < depth:
            line = 0
        elif line:
            below[line].append(item)
    return below


# --- how people stand to something --------------------------------------------------------------


def _read_relations(
    draft: Draft, items: ItemList, rows: Sequence[Labelled], *, announced: bool
) -> bool:
    """*Maintainer: Ana* under a service: the item, label or heading above is the role."""
    relations = {row.span for row in rows if row.held and role_words.is_relation(row.text)}
    others = [
        row for row in rows if row.span not in relations and row.held and are_held_surely([row])
    ]
    if not relations or len(others) > len(relations):
        return False
    whole, name = items.span, draft.label_above(items.span.start)
    if name:
        whole = Span(min(name.span.start, whole.start), whole.end)
    elif not announced:
        section = draft.section(items.span.start)
        whole, name = section.span, draft.part(section.heading)
    held: list[Labelled] = []  # of the list as a whole
    below: dict[Span, tuple[Labelled, list[Labelled]]] = {}  # by the item above
    above: dict[int, Labelled] = {}
    for row in rows:
        above[row.depth] = row
        if row.span in relations:
            parent = above.get(row.depth - 1)
            if parent:
                below.setdefault(parent.span, (parent, []))[1].append(row)
            else:
                held.append(row)
    for parent, children in below.values():
        subject = parent.seen.part(*(parent.label or (0, len(parent.seen.text))))
        _add_subject(draft, subject, Span(parent.span.start, children[-1].span.end), children)
    if held and name:
        _add_subject(draft, name, whole, held)
    return bool(below) or bool(held and name and name.text)


def _add_subject(draft: Draft, name: Part, whole: Span, held: Sequence[Labelled]) -> None:
    if not name.text or len(name.text) > LONGEST_LABEL:
        return
    people = tuple(holder for row in held for holder in row.people)
    stated = held[0].seen.whole(*held[0].rest) if len(held) == 1 else None
    draft.add(name, whole, holders=people, stated=stated)
