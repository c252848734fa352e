"""The list of faults, ``faults.toml``, as data."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from wikibot.model import OutcomeKind

LIST = Path(__file__).with_name("faults.toml")


@checked(frozen=True, config=ConfigDict(extra="forbid"))
class Fault:
    """One entry of the list, whose head says what the keys are."""

    name: str
    by: Mapping[str, Mapping[str, Any]]
    at: str
    run: Literal["goes on", "stops", "does not begin"]
    code: Literal[0, 1, 2]
    page: Literal["South", "Whom to ask"] = "South"
    here: OutcomeKind | None = None
    says: str = ""
    heals: str = ""
    waits: float = 0

    @property
    def kind(self) -> str:
        """The function of ``network`` or ``acts`` that brings it about."""
        (kind,) = self.by
        return kind

    @property
    def arguments(self) -> Mapping[str, Any]:
        return self.by[self.kind]


def read() -> tuple[Fault, ...]:
    """All faults, in the order of the list."""
    data = tomllib.loads(LIST.read_text("utf-8"))
    return tuple(TypeAdapter(list[Fault]).validate_python(data["fault"]))


FAULTS = read()
