"""Who is who: the people of all team pages, joined. Pure.

People are the same when they have the same account, or the same name and no two accounts. An
account that was renamed counts as what it is called now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wikibot.config import Config, TeamTable
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

    def has_account(self, username: str) -> bool:
        """Whether the account is this person's, under its name of now or of before."""
        username = normal_username(username)
        return username != "" and username in (self.username, *self.old_usernames)


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
    return tuple(_member(group, config, renamed) for group in groups)


def _now(username: str, renamed: Mapping[str, str]) -> str:
    username = normal_username(username)
    return renamed.get(username, username)


def _username_of(entries: Iterable[Entry], renamed: Mapping[str, str]) -> str:
    usernames = (e.person.username.text for e in entries if e.person.username)
    return _now(next(usernames, ""), renamed)


def _member(entries: list[Entry], config: Config, renamed: Mapping[str, str]) -> Member:
    name = entries[0].person.name.text
    extra = next(
        (
            t
            for n, t in config.people.items()
            if fold(n) in {fold(e.person.name.text) for e in entries}
        ),
        None,
    )
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


def find_member(members: Iterable[Member], *, name: str, username: Part | None) -> Member | None:
    """The one member with that username, or, failing that, with exactly that full name.

    A username that no roster has does not fit a member who has another one, unless the name has
    at least two words: first names repeat, full names of one organisation hardly do.
    """
    members = tuple(members)
    if username:
        for member in members:
            if member.has_account(username.text):
                return member
    called = [member for member in members if member.is_called(name)]
    if len(called) != 1:
        return None
    if username and called[0].username and len(name.split()) < 2:
        return None
    return called[0]
