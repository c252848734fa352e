"""Who is who: the people of all team pages, joined. Pure.

People are the same when they have the same account, or the same name and no two accounts. An
account that was renamed counts as what it is called now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wikibot.config import Config, PersonTable, TeamTable
from wikibot.model import Part, Person
from wikibot.readings import Readings
from wikibot.titles import normal_username
from wikibot.words import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as one roster has them; ``team`` is ``""`` on a staff list."""

    page: str
    team: str
    person: Person


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the organisation: what the team pages say, joined.

    ``entries`` are the places on team pages, the home team's first. ``aliases`` are further
    names from the configuration. ``username`` is what the account is called now, ``old_usernames``
    what it was called before.
    """

    name: str
    username: str
    old_usernames: frozenset[str]
    title: str
    team: str
    aliases: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def teams(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.team for entry in self.entries))

    def is_called(self, name: str) -> bool:
        return fold(name) in {fold(self.name), *(fold(alias) for alias in self.aliases)}

    def answers_to(self, name: str) -> bool:
        """Whether ``name`` is the person's full name, an alias or the username, in any case."""
        return self.is_called(name) or (bool(name) and fold(name) == fold(self.username))


def join_members(
    readings: Readings, config: Config, *, renamed: Mapping[str, str]
) -> tuple[Member, ...]:
    """The people of all team pages; ``renamed`` says what accounts are called now.

    Usernames are compared as the wiki stores them.
    """
    groups: list[list[Entry]] = []
    by_username: dict[str, list[Entry]] = {}
    by_name: dict[str, list[Entry]] = {}
    for page in readings.rosters:
        if not isinstance(page.table, TeamTable):
            continue
        for person in page.roster.people:
            entry = Entry(page.title, page.table.name, person)
            name = fold(person.name.text)
            username = _now(person.username.text, renamed) if person.username else ""
            group = by_username.get(username) if username else None
            if group is None and name in by_name:
                same_name = by_name[name]
                known = _username_of(same_name, renamed)
                if not username or not known or username == known:
                    group = same_name
            if group is None:
                group = []
                groups.append(group)
            group.append(entry)
            by_name.setdefault(name, group)
            if username:
                by_username.setdefault(username, group)
    extras = [(fold(name), extra) for name, extra in config.people.items()]
    return tuple(_member(group, extras, renamed) for group in groups)


def _now(username: str, renamed: Mapping[str, str]) -> str:
    username = normal_username(username)
    return renamed.get(username, username)


def _username_of(entries: Iterable[Entry], renamed: Mapping[str, str]) -> str:
    usernames = (e.person.username.text for e in entries if e.person.username)
    return _now(next(usernames, ""), renamed)


def _member(
    entries: list[Entry], extras: Sequence[tuple[str, PersonTable]], renamed: Mapping[str, str]
) -> Member:
    """The entries of one person, joined; ``extras`` are what the configuration says, by name."""
    name = entries[0].person.name.text
    called = {fold(entry.person.name.text) for entry in entries}
    extra = next((extra for name, extra in extras if name in called), None)
    if extra and extra.team:
        entries = sorted(entries, key=lambda entry: entry.team != extra.team)
        name = entries[0].person.name.text
    title = next((e.person.title.text for e in entries if e.person.title), "")
    names = dict.fromkeys(e.person.name.text for e in entries[1:] if e.person.name.text != name)
    username = _username_of(entries, renamed)
    if not username and extra and extra.username:
        username = normal_username(extra.username)
    return Member(
        name=name,
        username=username,
        old_usernames=frozenset(old for old, new in renamed.items() if new == username),
        title=title,
        team=entries[0].team,
        aliases=(*(extra.aliases if extra else ()), *names),
        entries=tuple(entries),
    )


class MemberIndex:
    """The members by what identifies them, so that finding one is not looking at all.

    Of several, those come first who do among the members.
    """

    def __init__(self, members: Iterable[Member]) -> None:
        self.members = tuple(members)
        self._accounts: dict[str, Member] = {}
        self._names: dict[str, list[Member]] = {}
        self._first_names: dict[str, list[Member]] = {}
        self._titles: dict[str, list[Member]] = {}
        self._teams: dict[str, list[Member]] = {}
        for member in self.members:
            for username in (member.username, *member.old_usernames):
                if username:
                    self._accounts.setdefault(username, member)
            for name in {fold(member.name), *map(fold, member.aliases)}:
                self._names.setdefault(name, []).append(member)
            for first in fold(member.name).split()[:1]:
                self._first_names.setdefault(first, []).append(member)
            if member.title:
                self._titles.setdefault(fold(member.title), []).append(member)
            for team in member.teams:
                self._teams.setdefault(team, []).append(member)

    def with_account(self, username: str) -> Member | None:
        """The member who has that account, under its name of now or of before."""
        return self._accounts.get(normal_username(username))

    def called(self, name: str) -> tuple[Member, ...]:
        """Those whose full name or alias it is."""
        return tuple(self._names.get(fold(name), ()))

    def with_first_name(self, name: str) -> tuple[Member, ...]:
        """Those whose name begins with that one word."""
        return tuple(self._first_names.get(fold(name), ()))

    def with_title(self, *titles: str) -> tuple[Member, ...]:
        """Those who have one of the titles."""
        folded = dict.fromkeys(map(fold, titles))
        return tuple(member for title in folded for member in self._titles.get(title, ()))

    def of_team(self, team: str) -> tuple[Member, ...]:
        """Those who stand on the roster of that team."""
        return tuple(self._teams.get(team, ()))

    def find(self, *, name: str, username: Part | None) -> Member | None:
        """The one member with that username, or, failing that, with exactly that full name.

        A username that no roster has does not fit a member who has another one, unless the name
        has at least two words: first names repeat, full names of one organisation hardly do.
        """
        if username and (member := self.with_account(username.text)):
            return member
        called = self.called(name)
        if len(called) != 1:
            return None
        if username and called[0].username and len(name.split()) < 2:
            return None
        return called[0]
