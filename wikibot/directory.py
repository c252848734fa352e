"""Everything that was read from all pages of a configuration, joined. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wikibot.config import Config, RolesTable, StaffTable, TeamTable
from wikibot.duties import Duty, resolve_duties
from wikibot.members import Member, find_member, join_members
from wikibot.model import Account, Page, Person, Site, Update
from wikibot.period import Period
from wikibot.readings import Readings
from wikibot.titles import normal_username
from wikibot.words import fold


@dataclass(frozen=True, slots=True)
class Facts:
    """What the wiki knows. ``accounts`` is ``None`` on a wiki without accounts."""

    accounts: Mapping[str, Account] | None = None
    exists: Mapping[str, bool] = field(default_factory=dict)


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
    until: date

    @property
    def pages(self) -> Mapping[str, Page]:
        return self.readings.pages

    def team(self, name: str) -> TeamTable:
        """The configured team of that name."""
        return next(team for team in self.config.team if team.name == name)

    def is_readable(self, title: str) -> bool:
        """Whether there is a page of wikitext with something on it."""
        page = self.pages[title]
        there = page.exists and not page.redirect and page.model == "wikitext"
        return there and bool(page.text.strip())

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

    def unread_sources(self, title: str) -> tuple[str, ...]:
        """Those of :meth:`sources_of` from which nothing could be read.

        While there are any, nothing that is missing there may be concluded to be wrong here.
        """
        unread = self.unread()
        return tuple(source for source in self.sources_of(title) if source in unread)

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
    until: date,
) -> Directory:
    """Resolve who is who.

    ``period`` is the week that is reported on, ``until`` the day up to which updates were awaited.
    """
    accounts = facts.accounts or {}
    renamed = {normal_username(old): a.renamed_to for old, a in accounts.items() if a.renamed_to}
    members = join_members(readings, config, renamed=renamed)
    return Directory(
        config=config,
        site=site,
        readings=readings,
        facts=facts,
        members=members,
        duties=resolve_duties(readings, members, config),
        updates=tuple(
            TeamUpdate(_team_of(update, title, config), title, update)
            for title, update in readings.updates
        ),
        period=period,
        today=today,
        until=until,
    )


def _team_of(update: Update, title: str, config: Config) -> str:
    """The configured team of an update; the page's only team when the update names none."""
    if update.team:
        return next((t.name for t in config.team if fold(t.name) == fold(update.team)), "")
    teams = [team.name for team in config.team if title in team.updates]
    return teams[0] if len(teams) == 1 else ""
