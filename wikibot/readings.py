"""Takes every page of a configuration apart, once. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from wikibot.config import Config, ReportTable, RolesTable, StaffTable, TeamTable
from wikibot.dated import DatedPage, dated_pages
from wikibot.model import Goal, Link, ListedBlocker, Page, Roles, Roster, Site, Update
from wikibot.period import Period, month_with, quarter_with, weeks_of, weeks_up_to
from wikibot.titles import normal_title, translated
from wikibot.wikitext.goals import read_goals
from wikibot.wikitext.links import read_links
from wikibot.wikitext.recorded import read_listed_blockers
from wikibot.wikitext.regions import Broken, Region, read_regions
from wikibot.wikitext.roles import read_roles
from wikibot.wikitext.rosters import read_roster
from wikibot.wikitext.updates import read_recorded, read_updates

TREND_WEEKS = 8

RosterKind = Literal["team", "staff"]


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
class ReportPage:
    """What the bot wrote on the report of a week, as far as later reports go back to it."""

    title: str
    updates: tuple[Update, ...]
    blockers: tuple[ListedBlocker, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """Every page of a configuration, taken apart."""

    pages: Mapping[str, Page]
    rosters: tuple[RosterPage, ...]
    roles: tuple[RolesPage, ...]
    updates: tuple[tuple[str, Update], ...]
    goals: tuple[tuple[str, Goal], ...]
    reported: Mapping[Period, ReportPage]
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
    for team in config.team:
        titles += [page.title for page in update_pages(config, team, period)]
        titles += [page.title for page in goal_pages(config, team, period)]
    if config.contacts:
        titles.append(config.contacts.page)
    if config.report:
        titles += report_pages(config.report, period)
        if config.report.reminder_days:
            titles += [team.reminder for team in config.team if team.reminder]
    titles += [source for title in titles if (source := translated(title))]
    return tuple(dict.fromkeys(titles))


def update_pages(config: Config, team: TeamTable, period: Period) -> tuple[DatedPage, ...]:
    """The pages on which a team writes updates, as far as the reports on a period need them."""
    return _dated(config, team.updates, period)


def goal_pages(config: Config, team: TeamTable, period: Period) -> tuple[DatedPage, ...]:
    """The pages with a team's goals for a period, and for those that it is in."""
    return _dated(config, team.goals, period)


def report_pages(report: ReportTable, period: Period) -> tuple[str, ...]:
    """The index, and the reports of the weeks around with the months and quarters that they are in.

    The week after is there for the index, which knows of it when it was written too early.
    """
    weeks = report_weeks(report, period)
    periods: list[Period] = [*weeks, weeks[-1].after()]
    if report.monthly:
        periods += [month_with(week) for week in weeks]
    if report.quarterly:
        starts = report.fiscal_year_starts
        periods += [quarter_with(week, fiscal_year_starts=starts) for week in weeks]
    return tuple(dict.fromkeys((report.base, *(f"{report.base}/{each}" for each in periods))))


def report_weeks(report: ReportTable | None, period: Period) -> tuple[Period, ...]:
    """The weeks that the reports on ``period`` go back to, in order.

    For a week these are the weeks of its trend, and all of the month and quarter that it is in.
    """
    weeks = set(weeks_of(period))
    if period.kind == "week" and report:
        weeks |= {*weeks_up_to(period, TREND_WEEKS)}
        if report.monthly:
            weeks |= {*weeks_of(month_with(period))}
        if report.quarterly:
            starts = report.fiscal_year_starts
            weeks |= {*weeks_of(quarter_with(period, fiscal_year_starts=starts))}
    return tuple(sorted(weeks))


def _dated(config: Config, titles: Iterable[str], period: Period) -> tuple[DatedPage, ...]:
    weeks = report_weeks(config.report, period)
    starts = config.report.fiscal_year_starts if config.report else 1
    found = (
        page for title in titles for page in dated_pages(title, weeks, fiscal_year_starts=starts)
    )
    return tuple(dict.fromkeys(found))


def people_pages(config: Config) -> tuple[str, ...]:
    """Titles of the pages that people write about people: team pages, staff lists, roles pages."""
    tables: tuple[TeamTable | StaffTable | RolesTable, ...]
    tables = (*config.team, *config.staff, *config.roles)
    return tuple(dict.fromkeys(table.page for table in tables))


def read(config: Config, site: Site, pages: Mapping[str, Page], *, period: Period) -> Readings:
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
    names = [name for team in config.team for name in (team.name, *team.aliases)]
    updated = (page for team in config.team for page in update_pages(config, team, period))
    goals = (page.title for team in config.team for page in goal_pages(config, team, period))
    regions = {title: read_regions(text(title)) for title in pages}
    return Readings(
        pages=pages,
        rosters=tuple(rosters),
        roles=tuple(roles),
        updates=tuple(
            (page.title, update)
            for page in dict.fromkeys(updated)
            for update in read_updates(text(page.title), site=site, teams=names, day=page.day)
        ),
        goals=tuple(
            (title, goal)
            for title in dict.fromkeys(goals)
            for goal in read_goals(text(title), site=site)
        ),
        reported=dict(_reported(config, period, text, site)),
        links={title: _links(title, text(title), site) for title in people_pages(config)},
        regions={title: found for title, (found, _) in regions.items()},
        broken={title: broken for title, (_, broken) in regions.items()},
    )


def _reported(
    config: Config, period: Period, text: Callable[[str], str], site: Site
) -> Iterator[tuple[Period, ReportPage]]:
    if config.report:
        for week in report_weeks(config.report, period):
            title = f"{config.report.base}/{week}"
            if source := text(title):
                updates = read_recorded(source, site=site)
                yield week, ReportPage(title, updates, read_listed_blockers(source, site=site))


def _links(title: str, text: str, site: Site) -> tuple[Link, ...]:
    """The links of a page to pages that should be there, their targets as the wiki stores them.

    User and talk pages are often not there, and no harm done; files, categories and special pages
    are not pages in this sense.
    """
    others = (
        site.user_prefixes
        | site.file_prefixes
        | site.category_prefixes
        | site.talk_prefixes
        | site.special_prefixes
    )
    found = []
    for link in read_links(text, site=site):
        target = link.target
        if target.startswith("/"):
            target = title + target.rstrip("/")
        namespace = target.partition(":")[0].strip().lower() if ":" in target else ""
        if namespace in others:
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
