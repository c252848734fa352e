"""Takes every page of a configuration apart, once. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Literal, TypeVar

from wikibot.config import Config, ReportTable, RolesTable, StaffTable, TeamTable
from wikibot.dated import DatedPage, dated_pages
from wikibot.model import Goal, Link, ListedBlocker, Page, Roles, Roster, Site, Update
from wikibot.period import Period, month_with, quarter_with, week_of, weeks_of, weeks_up_to
from wikibot.titles import normal_title, translated
from wikibot.wikitext.goals import read_goals
from wikibot.wikitext.links import read_links
from wikibot.wikitext.recorded import read_listed_blockers
from wikibot.wikitext.regions import Broken, Region, read_regions
from wikibot.wikitext.roles import read_roles
from wikibot.wikitext.rosters import read_roster
from wikibot.wikitext.updates import read_recorded, read_updates
from wikibot.words import fold

TREND_WEEKS = 8

_K = TypeVar("_K")
_V = TypeVar("_V")

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
    """Every page of a configuration, taken apart.

    ``updates_on`` and ``goals_on`` are by page, ``reported`` is by week, the last three by title.
    """

    pages: Mapping[str, Page] = field(default_factory=dict)
    rosters: tuple[RosterPage, ...] = ()
    roles: tuple[RolesPage, ...] = ()
    updates_on: Mapping[DatedPage, tuple[Update, ...]] = field(default_factory=dict)
    goals_on: Mapping[str, tuple[Goal, ...]] = field(default_factory=dict)
    reported: Mapping[Period, ReportPage] = field(default_factory=dict)
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    regions: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    broken: Mapping[str, tuple[Broken, ...]] = field(default_factory=dict)

    @property
    def updates(self) -> tuple[tuple[str, Update], ...]:
        """All updates with the titles of their pages, in the order of the configuration."""
        return tuple((page.title, u) for page, found in self.updates_on.items() for u in found)

    @property
    def goals(self) -> tuple[tuple[str, Goal], ...]:
        """All goals with the titles of their pages, in the order of the configuration."""
        return tuple((title, goal) for title, found in self.goals_on.items() for goal in found)

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
    if contacts := config.contacts:
        titles += contacts.published
    if config.runs.page:
        titles.append(config.runs.page)
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


def report_periods(report: ReportTable, period: Period) -> tuple[Period, ...]:
    """The reports that a run for ``period`` writes: of a week, those on its month and quarter too.

    A month or quarter that was asked for by name is written whether or not they usually are.
    """
    found = [period]
    if period.kind == "week":
        if report.monthly:
            found.append(month_with(period))
        if report.quarterly:
            starts = report.fiscal_year_starts
            found.append(quarter_with(period, fiscal_year_starts=starts))
    return tuple(found)


def written_reports(report: ReportTable, period: Period) -> tuple[str, ...]:
    """The titles of the reports that a run for ``period`` writes, and that of the index."""
    periods = report_periods(report, period)
    return (report.base, *(f"{report.base}/{each}" for each in periods))


def writable_reports(report: ReportTable, period: Period) -> tuple[str, ...]:
    """Those, and the reports of weeks before that late updates may still change."""
    weeks = report_weeks(report, period) if period.kind == "week" else ()
    days = timedelta(days=report.frozen_after)
    late = (week for week in weeks if week < period and week.last + days >= period.first)
    return (*written_reports(report, period), *(f"{report.base}/{week}" for week in late))


def report_weeks(report: ReportTable | None, period: Period) -> tuple[Period, ...]:
    """The weeks that the reports on ``period`` go back to, in order.

    For a week these are the weeks of its trend, and all of the month and quarter that it is in;
    before each of them, those from which the age of blockers comes, and the trends of reports that
    are not frozen yet.
    """
    weeks = set(weeks_of(period))
    if report:
        late = min(report.frozen_after // 7 + 1, TREND_WEEKS)
        weeks |= {*weeks_up_to(weeks_of(period)[0], TREND_WEEKS + late)}
    if period.kind == "week" and report:
        if report.monthly:
            weeks |= {*weeks_of(month_with(period))}
        if report.quarterly:
            starts = report.fiscal_year_starts
            weeks |= {*weeks_of(quarter_with(period, fiscal_year_starts=starts))}
    return tuple(sorted(weeks))


def _dated(config: Config, titles: Iterable[str], period: Period) -> tuple[DatedPage, ...]:
    titles = tuple(titles)
    weeks = report_weeks(config.report, period) if any("{" in title for title in titles) else ()
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


def read(
    config: Config,
    site: Site,
    pages: Mapping[str, Page],
    *,
    period: Period,
    earlier: Readings | None = None,
) -> Readings:
    """Take the pages apart. A page that is missing, or not wikitext, reads as an empty one.

    ``earlier`` is what was read before with the same configuration, site and period; a page that
    still has the text that it had then is not read again.
    """
    old = earlier or Readings()
    same = {t for t, page in pages.items() if t in old.pages and _text(old.pages[t]) == _text(page)}

    def again(known: Mapping[_K, _V], key: _K, title: str, reader: Callable[[str], _V]) -> _V:
        """What is known under the key if the text is the same, else what the reader says of it."""
        return known[key] if title in same and key in known else reader(_text(pages[title]))

    rosters = dict(enumerate(page.roster for page in old.rosters))
    roles = dict(enumerate(page.roles for page in old.roles))
    regions = {title: (found, old.broken[title]) for title, found in old.regions.items()}
    names = [name for team in config.team for name in (team.name, *team.aliases)]
    updated = (page for team in config.team for page in update_pages(config, team, period))
    aims = (page.title for team in config.team for page in goal_pages(config, team, period))
    # An old report is not written any more: what people do to it is not a finding
    kept = set(pages) - set(report_pages(config.report, period) if config.report else ())
    kept |= set(writable_reports(config.report, period) if config.report else ())
    marked = {title: again(regions, title, title, read_regions) for title in pages if title in kept}
    updates_on = {
        page: again(
            old.updates_on,
            page,
            page.title,
            partial(read_updates, site=site, teams=names, day=page.day, near=period.last),
        )
        for page in dict.fromkeys(updated)
    }
    heard = _heard(config, period, updates_on)
    return Readings(
        pages=pages,
        rosters=tuple(
            RosterPage(
                kind,
                table,
                again(rosters, n, table.page, partial(read_roster, layout=table.roster, site=site)),
            )
            for n, (kind, table) in enumerate(_roster_tables(config))
        ),
        roles=tuple(
            RolesPage(
                table,
                again(roles, n, table.page, partial(read_roles, layout=table.roles, site=site)),
            )
            for n, table in enumerate(config.roles)
        ),
        updates_on=updates_on,
        goals_on={
            title: again(old.goals_on, title, title, partial(read_goals, site=site))
            for title in dict.fromkeys(aims)
        },
        reported={
            week: again(
                old.reported,
                week,
                title,
                partial(
                    _report_page,
                    title,
                    site=site,
                    silent=_silent(config, heard.get(week, frozenset())),
                ),
            )
            for week, title in _week_pages(config, period)
            if _text(pages[title])
        },
        links={
            title: again(old.links, title, title, partial(_links, title, site=site))
            for title in people_pages(config)
        },
        regions={title: found for title, (found, _) in marked.items()},
        broken={title: broken for title, (_, broken) in marked.items()},
    )


def _text(page: Page) -> str:
    """What is read of a page."""
    return "" if page.redirect or page.model != "wikitext" else page.text


def _week_pages(config: Config, period: Period) -> Iterator[tuple[Period, str]]:
    """The weeks that reports go back to, and the titles of their reports."""
    if config.report:
        for week in report_weeks(config.report, period):
            yield week, f"{config.report.base}/{week}"


def _heard(
    config: Config, period: Period, updates: Mapping[DatedPage, tuple[Update, ...]]
) -> Mapping[Period, frozenset[str]]:
    """The names, folded, of the teams that have updates of each week on their pages."""
    known = {name: fold(team) for name, team in config.teams_by_name().items()}
    writers: dict[str, set[str]] = {}
    for team in config.team:
        for page in update_pages(config, team, period):
            writers.setdefault(page.title, set()).add(fold(team.name))
    found: dict[Period, set[str]] = {}
    for page, said in updates.items():
        for update in said:
            if update.date:
                name = fold(update.team)
                names = {known.get(name, name)} if name else writers[page.title]
                if len(names) == 1:
                    found.setdefault(week_of(update.date), set()).update(names)
    return {week: frozenset(names) for week, names in found.items()}


def _silent(config: Config, heard: frozenset[str]) -> frozenset[str]:
    """What the other teams are called, or were called when the report was written."""
    teams = (team for team in config.team if fold(team.name) not in heard)
    return frozenset(fold(name) for team in teams for name in (team.name, *team.aliases))


def _report_page(title: str, text: str, *, site: Site, silent: frozenset[str]) -> ReportPage:
    """What of a report later ones may need: its blockers, and what the teams said who are
    ``silent`` elsewhere.
    """
    updates = read_recorded(text, site=site, teams=silent) if silent else ()
    rows = "\n".join(line for line in text.split("\n") if "blocker|" in line)  # a row is a line
    return ReportPage(title, updates, read_listed_blockers(rows, site=site))


def _links(title: str, text: str, *, site: Site) -> tuple[Link, ...]:
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
