"""Roles with their holders resolved: people, job titles that people have, teams, nobody. Pure.

What cannot be resolved stays unresolved, with what comes near: nothing here guesses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from wikibot.config import Config, RolesTable
from wikibot.members import Member, MemberIndex
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


def resolve_duties(readings: Readings, members: MemberIndex, config: Config) -> tuple[Duty, ...]:
    """Every role of every roles page, in the order of the configuration and the pages."""
    teams = config.teams_by_name()
    found = []
    for page in readings.roles:
        near = MemberIndex(m for m in members.members if set(m.teams) & set(page.table.teams))
        if not near.members:
            near = members
        resolver = _Resolver(near, members, teams, config.vacant_words)
        found += [
            Duty(page.title, page.table, role, resolver.holdings(role)) for role in page.roles.roles
        ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Finds out who the holders on one page are.

    ``near`` are the people of the teams that the page is about, who are meant before others;
    ``teams`` are by their names as they are compared.
    """

    near: MemberIndex
    everybody: MemberIndex
    teams: Mapping[str, str]
    vacant: frozenset[str]

    def holdings(self, role: Role) -> tuple[Holding, ...]:
        if role.stated and len(role.holders) > 1:
            # A job title may contain the very words and commas that separate holders.
            whole = self.resolve(Holder(role.stated))
            if whole.kind in ("title", "person", "team"):
                return (whole,)
        return tuple(map(self.resolve, role.holders))

    def resolve(self, holder: Holder) -> Holding:
        text = holder.name.text
        both = (self.near, self.everybody)
        for group in both:
            if member := group.find(name=text, username=holder.username):
                return Holding(holder, "person", (member,))
        members = self.everybody.members
        if holder.username:
            return Holding(holder, "unknown", candidates=_names_like(text, members))
        if is_vacant(text, self.vacant):
            return Holding(holder, "vacant")
        for group in both:
            if titled := group.with_title(text, fold(text).removesuffix("s")):
                return Holding(holder, "title", titled)
        if team := self.teams.get(fold(text)):
            return Holding(holder, "team", self.everybody.of_team(team))
        for group in both:
            first = group.with_first_name(text)
            if len(first) == 1:
                return Holding(holder, "person", first)
            if first:
                return Holding(holder, "ambiguous", candidates=tuple(m.name for m in first))
        if called := self.everybody.called(text):
            return Holding(holder, "ambiguous", candidates=tuple(_described(m) for m in called))
        if set(fold(text).split()) & TITLE_WORDS:
            return Holding(holder, "unused title", candidates=_titles_like(text, members))
        return Holding(holder, "unknown", candidates=_names_like(text, members))


def _described(member: Member) -> str:
    return f"{member.name} ({member.username or member.team})"


def _titles_like(text: str, members: Iterable[Member]) -> tuple[str, ...]:
    return _nearest(text, (member.title for member in members if member.title))


def _names_like(text: str, members: Iterable[Member]) -> tuple[str, ...]:
    return _nearest(text, (name for m in members for name in (m.name, *m.aliases)))


def _nearest(text: str, choices: Iterable[str]) -> tuple[str, ...]:
    by_fold = {fold(choice): choice for choice in choices}
    return tuple(by_fold[near] for near in get_close_matches(fold(text), by_fold, n=3, cutoff=0.5))
