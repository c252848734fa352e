"""Joins what all pages of a configuration say: teams, members, duties, updates.

Pure. :func:`read` takes every page apart once; :func:`join` puts the parts together with what the
wiki knows of accounts and links. A person who cannot be resolved stays unresolved, with the
candidates: checks turn that into findings, nothing here guesses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Literal

from wikibot.config import Config, RolesTable, StaffTable, TeamTable
from wikibot.model import (
    Account,
    Holder,
    Link,
    Page,
    Part,
    Person,
    Role,
    Roles,
    Roster,
    Site,
    Update,
)
from wikibot.period import Period
from wikibot.titles import normal_title
from wikibot.wikitext.links import read_links
from wikibot.wikitext.regions import Broken, Region, read_regions
from wikibot.wikitext.roles import read_roles
from wikibot.wikitext.rosters import read_roster
from wikibot.wikitext.updates import read_updates
from wikibot.words import CATCH_ALL, TITLE_WORDS, VACANT_WORDS

RosterKind = Literal["team", "staff"]
HoldingKind = Literal["person", "title", "team", "vacant", "ambiguous", "unknown", "unused title"]


def fold(text: str) -> str:
    """The form in which names and titles are compared: case and blanks do not count."""
    return " ".join(text.casefold().split())


def catch_alls(config: Config) -> frozenset[str]:
    """Activities that many roles may have at once, folded."""
    return CATCH_ALL | {fold(phrase) for phrase in config.checks.catch_all}


# --- what the pages say -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The roster of a team page or of a staff list."""

    kind: RosterKind
    table: TeamTable | StaffTable
    roster: Roster

    @property
    def title(self) -> str:
        return self.table.page


@dataclass(frozen=True, slots=True)
class RolesPage:
    """The roles of a roles page."""

    table: RolesTable
    roles: Roles

    @property
    def title(self) -> str:
        return self.table.page


@dataclass(frozen=True, slots=True)
class Readings:
    """Every page of a configuration, taken apart."""

    pages: Mapping[str, Page]
    rosters: tuple[RosterPage, ...]
    roles: tuple[RolesPage, ...]
    updates: tuple[tuple[str, Update], ...]
    links: Mapping[str, tuple[Link, ...]]
    regions: Mapping[str, tuple[Region, ...]]
    broken: Mapping[str, tuple[Broken, ...]]

    def with_pages(self, more: Mapping[str, Page]) -> "Readings":
        """The same with further pages, whose sections are looked at and nothing else."""
        return replace(self, pages={**self.pages, **more})

    def usernames(self) -> frozenset[str]:
        """All accounts that rosters and roles name."""
        people = (p.username for r in self.rosters for p in r.roster.people)
        holders = (h.username for page in self.roles for r in page.roles.roles for h in r.holders)
        return frozenset(part.text for part in (*people, *holders) if part)

    def link_targets(self) -> frozenset[str]:
        """Pages that watched pages link to, other than themselves."""
        return frozenset(li.target for links in self.links.values() for li in links if li.target)

    def anchor_targets(self) -> frozenset[str]:
        """Pages whose sections watched pages link to."""
        links = (link for links in self.links.values() for link in links)
        return frozenset(link.target for link in links if link.target and link.anchor)


def watched(config: Config, period: Period) -> tuple[str, ...]:
    """Titles of all pages that a run looks at, each once, in the order of the configuration."""
    titles = list(people_pages(config))
    titles += [title for team in config.team for title in team.updates]
    if config.contacts:
        titles.append(config.contacts.page)
    if config.report:
        weeks = (period.before(), period, period.after())
        titles += [config.report.base, *(f"{config.report.base}/{week}" for week in weeks)]
    return tuple(dict.fromkeys(titles))


def people_pages(config: Config) -> tuple[str, ...]:
    """Titles of the pages that people write about people: team pages, staff lists, roles pages."""
    tables: tuple[TeamTable | StaffTable | RolesTable, ...]
    tables = (*config.team, *config.staff, *config.roles)
    return tuple(dict.fromkeys(table.page for table in tables))


def read(config: Config, site: Site, pages: Mapping[str, Page]) -> Readings:
    """Take the pages apart. A page that is missing, or not wikitext, reads as an empty one."""

    def text(title: str) -> str:
        page = pages[title]
        return "" if page.redirect or page.model != "wikitext" else page.text

    rosters = [
        RosterPage(kind, table, read_roster(text(table.page), layout=table.roster, site=site))
        for kind, table in _roster_tables(config)
    ]
    roles = [
        RolesPage(table, read_roles(text(table.page), layout=table.roles, site=site))
        for table in config.roles
    ]
    update_pages = dict.fromkeys(title for team in config.team for title in team.updates)
    regions = {title: read_regions(text(title)) for title in pages}
    return Readings(
        pages=pages,
        rosters=tuple(rosters),
        roles=tuple(roles),
        updates=tuple(
            (title, update)
            for title in update_pages
            for update in read_updates(text(title), site=site)
        ),
        links={title: _links(title, text(title), site) for title in people_pages(config)},
        regions={title: found for title, (found, _) in regions.items()},
        broken={title: broken for title, (_, broken) in regions.items()},
    )


def _links(title: str, text: str, site: Site) -> tuple[Link, ...]:
    """The links of a page to pages that should be there, their targets as the wiki stores them.

    User and talk pages are often not there, and no harm done; files, categories and special pages
    are not pages in this sense.
    """
    others = site.user_prefixes | site.file_prefixes | site.category_prefixes | {"special", "media"}
    found = []
    for link in read_links(text, site=site):
        target = link.target
        if target.startswith("/"):
            target = title + target.rstrip("/")
        namespace = target.partition(":")[0].strip().lower() if ":" in target else ""
        if namespace in others or "talk" in namespace:
            continue
        try:
            found.append(replace(link, target=normal_title(target, site) if target else ""))
        except ValueError:
            continue  # MediaWiki makes no link of it either
    return tuple(found)


def _roster_tables(config: Config) -> Iterator[tuple[RosterKind, TeamTable | StaffTable]]:
    for team in config.team:
        yield "team", team
    for staff in config.staff:
        yield "staff", staff


# --- what they say together ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """What the wiki knows. ``accounts`` is ``None`` on a wiki without accounts."""

    accounts: Mapping[str, Account] | None = None
    exists: Mapping[str, bool] = field(default_factory=dict)


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
    names from the configuration.
    """

    name: str
    username: str
    title: str
    team: str
    aliases: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def teams(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.team for entry in self.entries))

    def is_called(self, name: str) -> bool:
        return fold(name) in {fold(self.name), *(fold(alias) for alias in self.aliases)}


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


@dataclass(frozen=True, slots=True)
class TeamUpdate:
    """An update, and the configured team that it is about (``""``: none of them)."""

    team: str
    page: str
    update: Update


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that was read from all pages of a configuration, joined."""

    config: Config
    site: Site
    readings: Readings
    facts: Facts
    members: tuple[Member, ...]
    duties: tuple[Duty, ...]
    updates: tuple[TeamUpdate, ...]
    period: Period
    today: date

    @property
    def pages(self) -> Mapping[str, Page]:
        return self.readings.pages

    def team(self, name: str) -> TeamTable:
        """The configured team of that name."""
        return next(team for team in self.config.team if team.name == name)

    def unread(self) -> frozenset[str]:
        """Team pages, staff lists and roles pages from which nobody and nothing could be read."""
        rosters = (p.title for p in self.readings.rosters if not p.roster.people)
        return frozenset((*rosters, *(p.title for p in self.readings.roles if not p.roles.roles)))

    def sources_of(self, title: str) -> tuple[str, ...]:
        """The pages that decide what the bot writes on ``title``, other than itself."""
        config = self.config
        if config.contacts and title == config.contacts.page:
            return (*(t.page for t in config.team), *(t.page for t in config.roles))
        if any(team.page == title for team in config.team):
            return (*(t.page for t in config.staff), *(t.page for t in config.roles))
        followers: tuple[RolesTable | StaffTable, ...] = (*config.roles, *config.staff)
        for table in followers:
            if table.page == title:
                return tuple(
                    t.page for t in config.team if not table.teams or t.name in table.teams
                )
        return ()

    def silent_teams(self) -> tuple[TeamTable, ...]:
        """Teams that should have an update dated in the period, and have none."""
        heard = {
            found.team
            for found in self.updates
            if found.update.date and self.period.contains(found.update.date)
        }
        return tuple(
            team
            for team in self.config.team
            if team.reports and team.updates and team.name not in heard
        )

    def member_of(self, person: Person) -> Member | None:
        """The member that a person on a staff list is: by username, else by full name."""
        return find_member(self.members, name=person.name.text, username=person.username)


def join(
    readings: Readings,
    *,
    config: Config,
    site: Site,
    facts: Facts,
    period: Period,
    today: date,
) -> Directory:
    """Resolve who is who. ``period`` is the week that is reported on."""
    members = _members(readings, config)
    duties = tuple(
        Duty(page.title, page.table, role, _holdings(role, members, page.table, config))
        for page in readings.roles
        for role in page.roles.roles
    )
    return Directory(
        config=config,
        site=site,
        readings=readings,
        facts=facts,
        members=members,
        duties=duties,
        updates=tuple(
            TeamUpdate(_team_of(update, title, config), title, update)
            for title, update in readings.updates
        ),
        period=period,
        today=today,
    )


def _members(readings: Readings, config: Config) -> tuple[Member, ...]:
    groups: list[list[Entry]] = []
    by_username: dict[str, list[Entry]] = {}
    by_name: dict[str, list[Entry]] = {}
    for page in readings.rosters:
        if not isinstance(page.table, TeamTable):
            continue
        for person in page.roster.people:
            entry = Entry(page.title, page.table.name, person)
            name = fold(person.name.text)
            username = person.username.text if person.username else ""
            group = by_username.get(username) if username else None
            if group is None and name in by_name:
                same_name = by_name[name]
                known = _username_of(same_name)
                if not username or not known or username == known:
                    group = same_name
            if group is None:
                group = []
                groups.append(group)
            group.append(entry)
            by_name.setdefault(name, group)
            if username:
                by_username.setdefault(username, group)
    return tuple(_member(group, config) for group in groups)


def _username_of(entries: Iterable[Entry]) -> str:
    return next((e.person.username.text for e in entries if e.person.username), "")


def _member(entries: list[Entry], config: Config) -> Member:
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
    return Member(
        name=name,
        username=_username_of(entries) or (extra.username if extra and extra.username else ""),
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
            if member.username == username.text:
                return member
    called = [member for member in members if member.is_called(name)]
    if len(called) != 1:
        return None
    if username and called[0].username and len(name.split()) < 2:
        return None
    return called[0]


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
    if not text or fold(text) in VACANT_WORDS | {fold(word) for word in config.checks.vacant}:
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


def _team_of(update: Update, title: str, config: Config) -> str:
    """The configured team of an update; the page's only team when the update names none."""
    if update.team:
        return next((t.name for t in config.team if fold(t.name) == fold(update.team)), "")
    teams = [team.name for team in config.team if title in team.updates]
    return teams[0] if len(teams) == 1 else ""
