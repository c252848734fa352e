"""Reads the case files of ``tests/*/cases``: plain text that an editor can extend.

A line that begins with ``%%`` starts a part; everything below it, up to the next such line, is
the part's text, but for blank lines at its end. ``%% case: NAME`` starts a case. Lines above the
first case are a comment.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """``parts`` are ``(head, text)`` in the order of the file, for example ``("page: A", …)``."""

    name: str
    parts: tuple[tuple[str, str], ...]

    def texts(self, kind: str) -> dict[str, str]:
        """Texts of the parts ``%% kind: key``, by key."""
        return {
            head.removeprefix(f"{kind}: "): text
            for head, text in self.parts
            if head.startswith(f"{kind}: ")
        }

    def text(self, kind: str) -> str:
        """The text of the part ``%% kind``; an empty one when the case has none."""
        return next((text for head, text in self.parts if head == kind), "")


def read_cases(folder: Path) -> list[Case]:
    """The cases of all files in ``folder``, named ``file: case``."""
    return [case for file in sorted(folder.glob("*.txt")) for case in _cases(file)]


def _cases(file: Path) -> list[Case]:
    cases: list[Case] = []
    for block in f"\n{file.read_text('utf-8')}".split("\n%% case: ")[1:]:
        name, _, rest = block.partition("\n")
        parts = []
        for part in f"\n{rest}".split("\n%% ")[1:]:
            head, _, text = part.partition("\n")
            text = text.rstrip("\n")
            parts.append((head.strip(), f"{text}\n" if text else ""))
        cases.append(Case(f"{file.stem}: {name.strip()}", tuple(parts)))
    return cases
