"""Roles with their holders resolved: people, job titles that people have, teams, nobody. Pure.

What cannot be resolved stays unresolved, with what comes near: nothing here guesses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from wikibot.config import Config, RolesTable
from wikibot.members import Member, find_member
from wikibot.model import Holder, Role
from wikibot.readings import Readings
from wikibot.words import TITLE_WORDS, fold, is_vacant

HoldingKind = Literal["person", "title", "team", "vacant", "ambiguous", "unknown", "unused title"]


@dataclass(frozen=True, slots=True)
class Holding:
    """A holder of a role, resolved.

    ``members`` are the people who hold the role by this; ``candidates`` what comes near when
    nobody does (names, or job titles).
    """

    holder: Holder
    kind: HoldingKind
    members: tuple[Member, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A role of a roles page with its holders resolved."""

    page: str
    table: RolesTable
    role: Role
    holdings: tuple[Holding, ...]

    @property
    def members(self) -> tuple[Member, ...]:
        """Who holds the role, each once."""
        return tuple(dict.fromkeys(m for h in self.holdings for m in h.members))


def resolve_duties(
    readings: Readings, members: tuple[Member, ...], config: Config
) -> tuple[Duty, ...]:
    """Every role of every roles page, in the order of the configuration and the pages."""
    return tuple(
        Duty(page.title, page.table, role, _holdings(role, members, page.table, config))
        for page in readings.roles
        for role in page.roles.roles
    )


def _holdings(
    role: Role, members: tuple[Member, ...], table: RolesTable, config: Config
) -> tuple[Holding, ...]:
    if role.stated and len(role.holders) > 1:
        # A job title may contain the very words and commas that separate holders.
        whole = _resolve(Holder(role.stated), members, table, config)
        if whole.kind in ("title", "person", "team"):
            return (whole,)
    return tuple(_resolve(holder, members, table, config) for holder in role.holders)


def _resolve(
    holder: Holder, members: tuple[Member, ...], table: RolesTable, config: Config
) -> Holding:
    text = holder.name.text
    near = tuple(m for m in members if set(m.teams) & set(table.teams)) or members
    if member := find_member(near, name=text, username=holder.username) or find_member(
        members, name=text, username=holder.username
    ):
        return Holding(holder, "person", (member,))
    if holder.username:
        return Holding(holder, "unknown", candidates=_names_like(text, members))
    if is_vacant(text, config.vacant_words):
        return Holding(holder, "vacant")
    for titled in (_titled(near, text), _titled(members, text)):
        if titled:
            return Holding(holder, "title", titled)
    for team in config.team:
        if fold(team.name) == fold(text):
            everyone = tuple(m for m in members if team.name in m.teams)
            return Holding(holder, "team", everyone)
    for group in (near, members):
        first = tuple(m for m in group if fold(m.name).split()[:1] == [fold(text)])
        if len(first) == 1:
            return Holding(holder, "person", first)
        if first:
            return Holding(holder, "ambiguous", candidates=tuple(m.name for m in first))
    called = tuple(m for m in members if m.is_called(text))
    if called:
        return Holding(holder, "ambiguous", candidates=tuple(_described(m) for m in called))
    if set(fold(text).split()) & TITLE_WORDS:
        return Holding(holder, "unused title", candidates=_titles_like(text, members))
    return Holding(holder, "unknown", candidates=_names_like(text, members))


def _described(member: Member) -> str:
    return f"{member.name} ({member.username or member.team})"


def _titled(members: Iterable[Member], text: str) -> tuple[Member, ...]:
    wanted = {fold(text), fold(text).removesuffix("s")}
    return tuple(m for m in members if m.title and fold(m.title) in wanted)


def _titles_like(text: str, members: Iterable[Member]) -> tuple[str, ...]:
    return _nearest(text, (member.title for member in members if member.title))


def _names_like(text: str, members: Iterable[Member]) -> tuple[str, ...]:
    return _nearest(text, (name for m in members for name in (m.name, *m.aliases)))


def _nearest(text: str, choices: Iterable[str]) -> tuple[str, ...]:
    by_fold = {fold(choice): choice for choice in choices}
    return tuple(by_fold[near] for near in get_close_matches(fold(text), by_fold, n=3, cutoff=0.5))
