"""Everything that was read from all pages of a configuration, joined. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wikibot.config import WEEKDAYS, Config, RolesTable, StaffTable, TeamTable
from wikibot.dated import DatedPage, dated_pages
from wikibot.duties import Duty, resolve_duties
from wikibot.members import Member, MemberIndex, join_members
from wikibot.model import Account, Goal, Page, Person, Site, Tickets, Update
from wikibot.past import Past
from wikibot.period import Period, weeks_of
from wikibot.readings import Readings, RosterPage, goal_pages, update_pages
from wikibot.runs import Lapse
from wikibot.titles import normal_username
from wikibot.words import fold


@dataclass(frozen=True, slots=True)
class Facts:
    """What the wiki knows. ``accounts`` is ``None`` on a wiki without accounts; ``templates`` are
    those that the pages of this configuration are made of, by title.
    """

    accounts: Mapping[str, Account] | None = None
    exists: Mapping[str, bool] = field(default_factory=dict)
    templates: Mapping[str, Page] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TeamUpdate:
    """An update, and the configured team that it is about (``""``: none of them)."""

    team: str
    page: str
    update: Update


@dataclass(frozen=True, slots=True)
class TeamGoal:
    """A goal, and the team on whose goals page it stands."""

    team: str
    page: str
    goal: Goal


@dataclass(frozen=True, slots=True)
class World:
    """What only reports ask for: team pages as they stood at both ends of the period, by title,
    what Phabricator knows of the teams' projects, and why something could not be learnt.
    ``reminded`` are the summaries of the bot's edits of talk pages since the period began,
    ``accounts`` those who may be reminded, as they are now; ``unreminded`` is why these could not
    be learnt. ``asked`` is false where nobody asked, and nothing may be concluded. ``lapses`` is
    what went wrong with the bot itself of late.
    """

    history: Mapping[str, tuple[Page, Page]] = field(default_factory=dict)
    tickets: Tickets = Tickets()
    problems: tuple[str, ...] = ()
    reminded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    unreminded: str = ""
    asked: bool = True
    lapses: tuple[Lapse, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that was read from all pages of a configuration, joined."""

    config: Config
    site: Site
    readings: Readings
    facts: Facts
    people: MemberIndex
    duties: tuple[Duty, ...]
    updates: tuple[TeamUpdate, ...]
    recorded: tuple[TeamUpdate, ...]
    goals: tuple[TeamGoal, ...]
    period: Period
    today: date
    until: date
    world: World
    teams: Mapping[str, TeamTable]  # by name
    past: Past = Past()

    @property
    def pages(self) -> Mapping[str, Page]:
        return self.readings.pages

    @property
    def members(self) -> tuple[Member, ...]:
        return self.people.members

    @property
    def deadline(self) -> date:
        """The last day for updates of the week that is reported on."""
        report = self.config.report
        weekday = report.deadline if report else "Friday"
        return self.period.first + timedelta(days=WEEKDAYS.index(weekday))

    def team(self, name: str) -> TeamTable:
        """The configured team of that name."""
        return self.teams[name]

    def contacts_of(self, duty: Duty) -> tuple[str, ...]:
        """The pages to write on about a role of which nobody knows who answers for it.

        Those of the teams that hold it, else that of its roles page, else those of the teams that
        the roles page is of, else the one for everything.
        """
        names = self.config.teams_by_name()
        texts = (fold(h.holder.name.text) for h in duty.holdings if h.kind == "team")
        config = self.config.contacts
        choices = (
            [self.team(names[text]).contact for text in texts],
            [duty.table.contact],
            [self.team(name).contact for name in duty.table.teams],
            [config.fallback if config else None],
        )
        found = (tuple(dict.fromkeys(filter(None, choice))) for choice in choices)
        return next((pages for pages in found if pages), ())

    def contact_of(self, team: TeamTable) -> str:
        """The page to write on to a team, else the one for everything; ``""`` without either."""
        config = self.config.contacts
        return team.contact or (config.fallback if config else None) or ""

    def is_readable(self, title: str) -> bool:
        """Whether there is a page of wikitext with something on it."""
        page = self.pages[title]
        there = page.exists and not page.redirect and page.model == "wikitext"
        return there and bool(page.text.strip())

    def unread(self) -> frozenset[str]:
        """Team pages, staff lists and roles pages from which nobody and nothing could be read."""
        rosters = (
            page.title
            for page in self.readings.rosters
            if not page.roster.people and not self.is_empty(page)
        )
        return frozenset((*rosters, *(p.title for p in self.readings.roles if not p.roles.roles)))

    def is_empty(self, page: RosterPage) -> bool:
        """Whether nobody is on the roster of a team that may have nobody.

        Not when the page is missing or blank, or has not the section of the configuration.
        """
        allowed = isinstance(page.table, TeamTable) and page.table.may_be_empty
        there = self.is_readable(page.title) and page.roster.section_found
        return allowed and there and not page.roster.people

    def sources_of(self, title: str) -> tuple[str, ...]:
        """The pages that decide what the bot writes on ``title``, other than itself."""
        config = self.config
        if config.contacts and title in config.contacts.published:
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

    def shrunk_sources(self, title: str) -> tuple[str, ...]:
        """Those of :meth:`sources_of` that name suddenly fewer than half, each with a clause."""
        shrunk = self.past.shrunk()
        return tuple(f"“{s}” {shrunk[s]}" for s in self.sources_of(title) if s in shrunk)

    def silent_teams(self) -> tuple[TeamTable, ...]:
        """Teams that should have an update dated in the period, and have none.

        Not those one of whose pages cannot be read at present: they may have.
        """
        unread = self.unreadable_writers()
        heard = {
            found.team
            for found in self.updates
            if found.update.date and self.period.contains(found.update.date)
        }
        return tuple(
            team
            for team in self.config.team
            if team.reports and team.updates and team.name not in heard | unread
        )

    def unreadable_writers(self) -> frozenset[str]:
        """Teams one of whose pages for updates of the period is there and cannot be read."""
        return frozenset(
            team.name
            for team in self.config.team
            for page in self.pages_of_period(team)
            if is_unreadable(self.pages[page.title])
        )

    def pages_of_period(self, team: TeamTable) -> tuple[DatedPage, ...]:
        """The pages for updates of a team in the period, without those of the weeks before it."""
        starts = self.config.report.fiscal_year_starts if self.config.report else 1
        weeks = weeks_of(self.period)
        found = (p for t in team.updates for p in dated_pages(t, weeks, fiscal_year_starts=starts))
        return tuple(found)

    def expected(self, team: TeamTable) -> tuple[str, ...]:
        """The pages on which a team's update for the period should stand; at least one.

        Of titles with a day in them, those that are there; else that of today, or of the deadline.
        """
        found = self.pages_of_period(team)
        plain = [page.title for page in found if page.title in team.updates]
        dated = [page for page in found if page.title not in team.updates]
        there = [page.title for page in dated if self.pages[page.title].exists]
        day = self.today if self.period.contains(self.today) else self.deadline
        due = [page.title for page in dated if page.day == day] or [p.title for p in dated[:1]]
        return (*plain, *(there or due))

    def member_of(self, person: Person) -> Member | None:
        """The member that a person on a staff list is: by username, else by full name."""
        return self.people.find(name=person.name.text, username=person.username)


def is_unreadable(page: Page) -> bool:
    """Whether there is a page of which nobody knows what it says; an empty one says nothing."""
    return bool(page.problem) or (page.exists and (page.redirect or page.model != "wikitext"))


def join(
    readings: Readings,
    *,
    config: Config,
    site: Site,
    facts: Facts,
    period: Period,
    today: date,
    until: date,
    world: World = World(),
) -> Directory:
    """Resolve who is who.

    ``period`` is what is reported on, ``until`` the day up to which updates were awaited.
    """
    names = config.teams_by_name()
    writers = _teams_by_page((team, update_pages(config, team, period)) for team in config.team)
    owners = _teams_by_page((team, goal_pages(config, team, period)) for team in config.team)
    accounts = facts.accounts or {}
    renamed = {normal_username(old): a.renamed_to for old, a in accounts.items() if a.renamed_to}
    people = MemberIndex(join_members(readings, config, renamed=renamed))
    return Directory(
        config=config,
        site=site,
        readings=readings,
        facts=facts,
        people=people,
        duties=resolve_duties(readings, people, config),
        updates=tuple(
            TeamUpdate(_team_of(update, writers[title], names), title, update)
            for title, update in readings.updates
        ),
        recorded=tuple(
            TeamUpdate(_team_of(update, (), names), page.title, update)
            for page in readings.reported.values()
            for update in page.updates
        ),
        goals=tuple(
            TeamGoal(_owner_of(goal, owners[title], names), title, goal)
            for title, goal in readings.goals
        ),
        period=period,
        today=today,
        until=until,
        world=world,
        teams={team.name: team for team in config.team},
    )


def _teams_by_page(
    claims: Iterable[tuple[TeamTable, Iterable[DatedPage]]],
) -> Mapping[str, tuple[str, ...]]:
    """The teams that each page is of."""
    found: dict[str, list[str]] = {}
    for team, pages in claims:
        for page in pages:
            found.setdefault(page.title, []).append(team.name)
    return {title: tuple(dict.fromkeys(teams)) for title, teams in found.items()}


def _team_of(update: Update, writers: Sequence[str], names: Mapping[str, str]) -> str:
    """The configured team of an update; the page's only team when the update names none."""
    if update.team:
        return names.get(fold(update.team), "")
    return writers[0] if len(writers) == 1 else ""


def _owner_of(goal: Goal, owners: Sequence[str], names: Mapping[str, str]) -> str:
    """The team of a goal: that of its section, else the page's only team."""
    if team := names.get(fold(goal.section)):
        return team
    return owners[0] if len(owners) == 1 else ""
