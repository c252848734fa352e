"""What the report of a month or a quarter says, as data: its weeks, rolled up. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from wikibot.dated import pages_of_days
from wikibot.directory import Directory, TeamGoal
from wikibot.health import HealthKind, kind_of
from wikibot.model import Item
from wikibot.period import Period, week_of, weeks_of
from wikibot.reports.blockers import Blocker, gone
from wikibot.reports.problems import Problem, page_problems
from wikibot.reports.story import Story
from wikibot.reports.timeline import TeamReport
from wikibot.reports.weekly import Trend, trend
from wikibot.words import fold


@dataclass(frozen=True, slots=True)
class DoneItem:
    """Something that was done, and the week in which it was reported first."""

    item: Item
    week: Period


@dataclass(frozen=True, slots=True)
class TeamRollUp:
    """A team's weeks. ``last`` is its last update of the period; what comes next there is still
    open, and its risks stand.
    """

    team: str
    trend: Trend
    last: TeamReport
    done: tuple[DoneItem, ...]
    waits: tuple[Blocker, ...]
    blocks: tuple[Blocker, ...]

    @property
    def reported(self) -> int:
        """In how many weeks the team reported."""
        return sum(health is not None for health in self.trend)


@dataclass(frozen=True, slots=True)
class GoneBlocker:
    """A blocker that is not named any more; ``week`` is the one in which it was named last."""

    blocker: Blocker

    @property
    def week(self) -> Period:
        return self.blocker.seen


@dataclass(frozen=True, slots=True)
class StatedGoal:
    """A goal, and what its status means."""

    stated: TeamGoal
    kind: HealthKind


@dataclass(frozen=True, slots=True)
class RollUp:
    """``weeks`` are those of the period that have begun; ``silent`` the teams that should report
    and have not done so in any of them.
    """

    period: Period
    weeks: tuple[Period, ...]
    teams: tuple[TeamRollUp, ...]
    silent: tuple[str, ...]
    goals: tuple[StatedGoal, ...]
    blockers: tuple[Blocker, ...]
    gone: tuple[GoneBlocker, ...]
    problems: tuple[Problem, ...]


def rollup(directory: Directory, told: Story, period: Period) -> RollUp:
    """The report on a month or quarter, as far as it has come."""
    latest_week = max(week_of(directory.today), directory.period)
    if directory.period.kind != "week":
        latest_week = week_of(directory.today)
    weeks = tuple(week for week in weeks_of(period) if week <= latest_week)
    standing = _standing(told, weeks)
    teams = tuple(_teams(directory, told, weeks, standing))
    heard = {team.team for team in teams}
    return RollUp(
        period=period,
        weeks=weeks,
        teams=teams,
        silent=tuple(
            t.name for t in directory.config.team if t.reports and t.updates and t.name not in heard
        )
        if weeks
        else (),
        goals=tuple(
            StatedGoal(goal, kind_of(goal.goal.status)) for goal in _goals(directory, period)
        ),
        blockers=standing,
        gone=tuple(_gone(told, weeks)),
        problems=tuple(dict.fromkeys(page_problems(directory))),
    )


def _standing(told: Story, weeks: Sequence[Period]) -> tuple[Blocker, ...]:
    known = [week for week in weeks if week in told.blockers]
    return told.blockers[known[-1]] if known else ()


def _teams(
    directory: Directory, told: Story, weeks: Sequence[Period], standing: Sequence[Blocker]
) -> list[TeamRollUp]:
    found = []
    for team in directory.config.team:
        reports = [told.line[w][team.name] for w in weeks if team.name in told.line.get(w, {})]
        if reports:
            found.append(
                TeamRollUp(
                    team.name,
                    trend(told.line, team.name, weeks),
                    reports[-1],
                    tuple(_done(reports)),
                    waits=tuple(b for b in standing if b.waiting == team.name),
                    blocks=tuple(b for b in standing if b.on == team.name),
                )
            )
    return found


def _done(reports: Sequence[TeamReport]) -> list[DoneItem]:
    """What was done, each thing once: some report it again in the week after."""
    found: dict[str, DoneItem] = {}
    for report in reports:
        for said in (*report.earlier, report):
            for item in said.update.done:
                found.setdefault(fold(item.text), DoneItem(item, week_of(report.date)))
    return list(found.values())


def _goals(directory: Directory, period: Period) -> list[TeamGoal]:
    """The goals on pages that are about the period; others are read for the weeks around it."""
    order = {team.name: place for place, team in enumerate(directory.config.team)}
    table = directory.config.report
    starts = table.fiscal_year_starts if table else 1
    titles = {title for team in directory.config.team for title in team.goals}
    thursdays = [week.first + timedelta(days=3) for week in weeks_of(period)]  # all in the period
    pages = {
        page.title
        for title in titles
        for page in pages_of_days(title, thursdays, fiscal_year_starts=starts)
    }
    return sorted(
        (goal for goal in directory.goals if goal.page in pages),
        key=lambda g: (order.get(g.team, len(order)), g.page, g.goal.line),
    )


def _gone(told: Story, weeks: Sequence[Period]) -> list[GoneBlocker]:
    """Those that are gone for good, each once: not those that returned within the weeks."""
    found: list[Blocker] = []
    standing = _standing(told, weeks)
    for week in reversed(weeks):
        if (now := told.blockers.get(week)) is not None:
            returned = gone((*standing, *found), now)
            found[:0] = gone(gone(told.blockers.get(week.before(), ()), now), returned)
    return [GoneBlocker(blocker) for blocker in found]
