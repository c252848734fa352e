"""Matrices of responsibility: cells are people under slots, or letters (RACI) under people.

https://en.wikipedia.org/wiki/Responsibility_assignment_matrix
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wikibot.model import Holder
from wikibot.wikitext import holders as who
from wikibot.wikitext import names, role_words
from wikibot.wikitext.blocks import Cell
from wikibot.wikitext.grid import GridRow
from wikibot.wikitext.roles_draft import Draft

_LETTERS = re.compile(r"[RASCIL](?:\s*[/,&+ ]?\s*[RASCIL])*")
_RESPONSIBLE = re.compile("[RA]")


def read_matrix(draft: Draft, rows: Sequence[GridRow]) -> bool:
    """Read a table as a matrix; whether it is one."""
    heads = _head_rows(rows)
    body = [row for row in rows[heads:] if 0 in row.cells and len(row.cells) > 1]
    if not heads or len(body) < 2 or max(len(row.cells) for row in body) < 3:
        return False
    slots = rows[heads - 1].cells
    cells = [(row, column) for row in body for column in sorted(row.own) if column]
    texts = [draft.part(row.cells[column].content).text for row, column in cells]
    said = [text for text in texts if text]
    if said and all(_LETTERS.fullmatch(text) or names.is_vacant(text) for text in said):
        if len({text for text in said if not names.is_vacant(text)}) < 2:
            return False  # marks rather than letters
        _letters(draft, body, slots)
        return True
    return _people(draft, body, slots)


def _head_rows(rows: Sequence[GridRow]) -> int:
    """How many rows of heads there are at the top."""
    count = 0
    for row in rows:
        if not all(cell.header for cell in row.row.cells):
            break
        count += 1
    return count


def _letters(draft: Draft, body: Sequence[GridRow], slots: dict[int, Cell]) -> None:
    """RACI: who has an R or an A in a row holds it. The names stand at the head of the table."""
    people = {
        column: who.of_cell(draft.blocks, cell.content, site=draft.site)
        for column, cell in slots.items()
        if column
    }
    for row in body:
        name = draft.part(row.cells[0].content)
        found: list[Holder] = []
        for column in sorted(row.cells):
            letters = draft.part(row.cells[column].content).text if column else ""
            if column in people and _RESPONSIBLE.search(letters):
                found += [replace(h, note=letters) for h in people[column].holders]
        if name.text:
            draft.add(name, row.row.span, holders=tuple(found), line=row.row.line)


def _people(draft: Draft, body: Sequence[GridRow], slots: dict[int, Cell]) -> bool:
    """Cells are people: the row is the role, or the column where the rows are times."""
    read: dict[tuple[int, int], who.Stated] = {}
    for index, row in enumerate(body):
        for column in row.cells:
            if column and column in row.own:
                content = row.cells[column].content
                stated = who.of_cell(draft.blocks, content, site=draft.site)
                if stated.part:
                    read[index, column] = stated
    people = [stated for stated in read.values() if _are_people(stated)]
    sure = [s for s in people if any(map(who.is_sure, s.holders))]
    if len(people) * 10 < len(read) * 8 or len(sure) * 3 < len(people):
        return False
    labels = [draft.part(row.cells[0].content) for row in body]
    times = sum(role_words.is_time(label.text) for label in labels)
    if times * 2 > len(labels):
        for column, cell in sorted(slots.items()):
            slot = draft.part(cell.content)
            keys = [(index, column) for index in range(len(body)) if (index, column) in read]
            if column and slot.text and keys:
                found = [h for key in keys for h in _noted(read[key], labels[key[0]].text)]
                draft.add(slot, cell.content, holders=tuple(found), line=cell.line)
        return True
    for index, (row, label) in enumerate(zip(body, labels, strict=True)):
        if label.text:
            found = [
                h
                for column in sorted(row.own)
                if (index, column) in read
                for h in _noted(read[index, column], _head(draft, slots, column))
            ]
            draft.add(label, row.row.span, holders=tuple(found), line=row.row.line)
    return True


def _are_people(stated: who.Stated) -> bool:
    return bool(stated.holders) and all(
        holder.username or names.is_vacant(holder.name.text) or who.is_person(holder.name.text)
        for holder in stated.holders
    )


def _noted(stated: who.Stated, note: str) -> Iterator[Holder]:
    """Those who are somebody; the slot as a note."""
    for holder in stated.holders:
        if not names.is_vacant(holder.name.text):
            yield replace(holder, note=holder.note or note)


def _head(draft: Draft, slots: dict[int, Cell], column: int) -> str:
    cell = slots.get(column)
    return draft.part(cell.content).text if cell else ""
