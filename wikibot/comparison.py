"""Texts compared line by line: two of them, or two that were made from a third. Pure."""

from collections.abc import Iterator
from difflib import SequenceMatcher, unified_diff

Lines = tuple[int, int]  # first and last, counted from 1


def unified(old: str, new: str, *, before: str, after: str) -> str:
    """A unified diff, ``""`` for equal texts; ``before`` and ``after`` label the two."""
    lines = unified_diff(
        old.splitlines(keepends=True),
        new.splitlines(keepends=True),
        fromfile=before,
        tofile=after,
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of page\n" for line in lines
    )


def touched_twice(base: str, one: str, other: str) -> tuple[Lines, ...]:
    """The lines of ``base`` that were changed both in ``one`` and, otherwise, in ``other``.

    What is put between two lines touches both. The same change on both sides is none.
    """
    found: list[Lines] = []
    theirs = list(_changes(base, other))
    for mine in _changes(base, one):
        for their in theirs:
            first, last = max(mine[0], their[0]), min(mine[1], their[1])
            put_between = mine[0] == mine[1] or their[0] == their[1]
            if mine != their and (first < last or (put_between and first == last)):
                found.append((first + 1, max(first + 1, last)))
    return _joined(found)


def has_changes_of(base: str, one: str, other: str) -> bool:
    """Whether all that ``other`` changed in ``base`` is changed just so in ``one``, too."""
    return set(_changes(base, other)) <= set(_changes(base, one))


def _changes(base: str, new: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Which lines of ``base`` were replaced, half-open, and what stands there instead."""
    before, after = base.splitlines(), new.splitlines()
    # a line that is often there (a blank one) is a line like any other
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, start_2, end_2 in matcher.get_opcodes():
        if kind != "equal":
            yield start, end, tuple(after[start_2:end_2])


def _joined(found: list[Lines]) -> tuple[Lines, ...]:
    joined: list[Lines] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)
