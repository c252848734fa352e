"""Matrices of responsibility: cells are people under slots, or letters (RACI) under people.

https://en.wikipedia.org/wiki/Responsibility_assignment_matrix
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wikibot.model import Holder, Span
from wikibot.wikitext import holders as who
from wikibot.wikitext import role_words
from wikibot.wikitext.blocks import Cell
from wikibot.wikitext.grid import GridRow
from wikibot.wikitext.roles_draft import Draft
from wikibot.words import is_vacant

_LETTERS = re.compile(r"[RASCIL](?:\s*[/,&+ ]?\s*[RASCIL]){0,5}")
_RESPONSIBLE = re.compile("[RA]")
_MOST_PEOPLE = 5  # whom the head of a column names


@dataclass(frozen=True, slots=True)
class _Matrix:
    """``slots`` is the last row of heads, with what reaches into it; ``body`` has row heads."""

    slots: Mapping[int, Cell]
    body: tuple[GridRow, ...]


def _matrix(rows: Sequence[GridRow]) -> _Matrix | None:
    """Rows with at least three columns below rows that are heads throughout."""
    heads = 0
    while heads < len(rows) and all(cell.header for cell in rows[heads].row.cells):
        heads += 1
    body = tuple(row for row in rows[heads:] if 0 in row.cells and len(row.cells) > 1)
    if not heads or not body or max(len(row.cells) for row in body) < 3:
        return None
    return _Matrix(rows[heads - 1].cells, body)


def read_letters(draft: Draft, rows: Sequence[GridRow]) -> bool:
    """RACI: who has an R or an A in a row holds it; whether the table is such a one.

    The names stand at the head, so the whole of a role begins there. The letters are the note.
    """
    matrix = _matrix(rows)
    if not matrix:
        return False
    letters: list[dict[int, str]] = []
    different: set[str] = set()
    for row in matrix.body:
        texts = {column: draft.part(row.cells[column].content).text for column in row.own if column}
        letters.append({column: text for column, text in texts.items() if _LETTERS.fullmatch(text)})
        if any(text and not is_vacant(text) for text in texts.values()) and not letters[-1]:
            return False
        different.update(letters[-1].values())
    if len(different) < 2:  # a mark, not a letter
        return False
    people = {
        column: draft.stated(cell.content).holders
        for column, cell in matrix.slots.items()
        if column
    }
    start = min(cell.content.start for cell in matrix.slots.values())
    for row, said in zip(matrix.body, letters, strict=True):
        found = tuple(
            replace(holder, note=said[column])
            for column in sorted(said)
            if _RESPONSIBLE.search(said[column])
            for holder in people.get(column, ())[:_MOST_PEOPLE]
        )
        if (name := draft.part(row.cells[0].content)).text:
            draft.add(name, Span(start, row.row.span.end), holders=found, line=row.row.line)
    return True


def read_people(draft: Draft, rows: Sequence[GridRow]) -> bool:
    """Cells are people: the row is the role, or the column where the rows are times.

    What stands on the other side is the note of each holder. Whether the table is such a one.
    """
    matrix = _matrix(rows)
    if not matrix:
        return False
    said = [
        (row, column, stated)
        for row in matrix.body
        for column in sorted(row.own)
        if column and (stated := draft.stated(row.cells[column].content)).part
    ]
    people = [stated for _, _, stated in said if _are_people(stated)]
    sure = sum(any(map(who.is_sure, stated.holders)) for stated in people)
    if not people or len(people) * 10 < len(said) * 8 or sure * 3 < len(people):
        return False
    times = sum(role_words.is_time(draft.part(row.cells[0].content).text) for row in matrix.body)
    by_column = times * 2 > len(matrix.body)
    held: dict[int, list[Holder]] = {}
    for row, column, stated in said:
        slot = matrix.slots.get(column)
        note = row.cells[0] if by_column else slot
        key = column if by_column else row.row.span.start
        text = draft.part(note.content).text if note else ""
        held.setdefault(key, []).extend(_noted(stated, text))
    if by_column:
        end = matrix.body[-1].row.span.end
        for column, cell in sorted(matrix.slots.items()):
            if column and (name := draft.part(cell.content)).text:
                whole = Span(cell.content.start, end)
                draft.add(name, whole, holders=tuple(held.get(column, ())), line=cell.line)
        return True
    for row in matrix.body:
        if (name := draft.part(row.cells[0].content)).text:
            found = tuple(held.get(row.row.span.start, ()))
            draft.add(name, row.row.span, holders=found, line=row.row.line)
    return True


def _are_people(stated: who.Stated) -> bool:
    return all(
        holder.username or is_vacant(holder.name.text) or who.is_person(holder.name.text)
        for holder in stated.holders
    ) and (bool(stated.holders) or stated.understood)


def _noted(stated: who.Stated, note: str) -> Iterator[Holder]:
    """Those who are somebody; an empty slot is no holder."""
    for holder in stated.holders:
        if not is_vacant(holder.name.text):
            yield replace(holder, note=holder.note or note)
