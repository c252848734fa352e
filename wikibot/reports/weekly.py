"""What the report of a week says, as data: who reported, how it stands, who did not. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wikibot.config import TeamTable
from wikibot.directory import Directory, TeamUpdate
from wikibot.errors import Trouble
from wikibot.health import HealthKind
from wikibot.model import Finding, Ticket, Update
from wikibot.period import Period, parse, weeks_up_to
from wikibot.readings import TREND_WEEKS
from wikibot.reports.blockers import Blocker, gone
from wikibot.reports.people import PersonChange, people_changes
from wikibot.reports.problems import Problem, problems
from wikibot.reports.story import Story
from wikibot.reports.timeline import TeamReport, Timeline, latest
from wikibot.tickets import merged

Trend = tuple[HealthKind | None, ...]


@dataclass(frozen=True, slots=True)
class TeamSection:
    """All that a report says of one team; ``said`` is ``None`` for one that has not reported.

    ``waits`` are the blockers of which it is the team that waits, ``blocks`` those of which it is
    the other one, whoever names them. ``tickets`` is ``None`` when they could not be learnt.
    """

    team: str
    said: TeamReport | None
    waits: tuple[Blocker, ...]
    blocks: tuple[Blocker, ...]
    tickets: tuple[Ticket, ...] | None

    @property
    def says_something(self) -> bool:
        """Whether anything is known; else there may still be something on the page."""
        return bool(self.said or self.waits or self.blocks or self.tickets)


@dataclass(frozen=True, slots=True)
class HealthChange:
    """A team whose health is another than when it said last how it stands."""

    team: str
    before: HealthKind
    after: HealthKind


@dataclass(frozen=True, slots=True)
class Report:
    """A report on a week.

    ``teams`` are in the order of the configuration; ``missing`` are those that should have
    reported, ``expected`` has the pages on which. ``trend`` has the health of each team of both in
    the last weeks, the week itself last. ``unknown`` are updates of teams that the configuration
    does not have, ``problems`` what else is missing. ``findings`` are those that are open at
    present. ``None`` is what was not learnt: who joined and left, findings of a week that is over.
    ``awaited`` is the day up to which the missing may still report, ``None`` once it is over;
    ``heard`` is when they did so last.
    """

    period: Period
    teams: tuple[TeamSection, ...]
    missing: tuple[TeamTable, ...]
    expected: Mapping[str, tuple[str, ...]]
    trend_weeks: tuple[Period, ...]
    trend: Mapping[str, Trend]
    health_changes: tuple[HealthChange, ...]
    blockers: tuple[Blocker, ...]
    new_blockers: tuple[Blocker, ...]
    gone_blockers: tuple[Blocker, ...]
    people: tuple[PersonChange, ...] | None
    findings: tuple[Finding, ...] | None
    unknown: tuple[TeamUpdate, ...]
    problems: tuple[Problem, ...] | None
    awaited: date | None
    heard: Mapping[str, date]


def weekly(directory: Directory, told: Story, findings: Sequence[Finding]) -> Report:
    """The report on the week of the directory."""
    week = directory.period
    now = told.blockers[week]
    before = told.blockers.get(week.before(), ())
    missing = tuple(t for t in directory.silent_teams() if t.name not in told.line.get(week, {}))
    sections = tuple(_sections(directory, told))
    weeks = weeks_up_to(week, TREND_WEEKS)
    known = {s.team for s in sections if s.said} | {t.name for t in missing}
    shown = [team.name for team in directory.config.team if team.name in known]
    current = week.contains(directory.today)
    return Report(
        period=week,
        teams=sections,
        missing=missing,
        expected={team.name: directory.expected(team) for team in missing},
        trend_weeks=weeks,
        trend={team: trend(told.line, team, weeks) for team in shown},
        health_changes=tuple(_health_changes(told.line, week, shown)),
        blockers=now,
        new_blockers=tuple(b for b in now if b.since == week),
        gone_blockers=gone(before, now),
        people=people_changes(directory) if _has_history(directory) else None,
        findings=tuple(f for f in findings if _is_open(f)) if current else None,
        unknown=tuple(sorted(_unknown(directory), key=lambda f: (f.page, f.update.line))),
        problems=tuple(p for p in problems(directory) if p.kind != "team")  # they are unknown
        if directory.world.asked
        else None,
        awaited=directory.deadline if directory.until < directory.deadline else None,
        heard={
            team.name: said.date
            for team in missing
            if (said := latest(told.line, team.name, week)) is not None
        },
    )


def _has_history(directory: Directory) -> bool:
    return directory.world.asked and not directory.world.problems


def trend(line: Timeline, team: str, weeks: Sequence[Period]) -> Trend:
    """How a team stood in each week; ``None`` where it has not reported."""
    said = (line.get(week, {}).get(team) for week in weeks)
    return tuple(each.health if each else None for each in said)


def _sections(directory: Directory, told: Story) -> list[TeamSection]:
    week = directory.period
    found = []
    for team in directory.config.team:
        said = told.line.get(week, {}).get(team.name)
        section = TeamSection(
            team.name,
            said,
            waits=tuple(b for b in told.blockers[week] if b.waiting == team.name),
            blocks=tuple(b for b in told.blockers[week] if b.on == team.name),
            tickets=_tickets(directory, team),
        )
        if section.says_something or section.tickets is None:
            found.append(section)
    return found


def _tickets(directory: Directory, team: TeamTable) -> tuple[Ticket, ...] | None:
    tickets = directory.world.tickets
    if any(slug not in tickets.found for slug in team.phabricator):
        return None
    return merged(tickets, team.phabricator)


def _health_changes(line: Timeline, week: Period, teams: Sequence[str]) -> list[HealthChange]:
    found = []
    for team in teams:
        now = line.get(week, {}).get(team)
        before = _stated(line, team, week)
        if now and before and now.health not in ("unknown", before):
            found.append(HealthChange(team, before, now.health))
    return found


def _stated(line: Timeline, team: str, week: Period) -> HealthKind | None:
    """The last that a team said before ``week`` of how it stands; other words say nothing."""
    for before in sorted((w for w in line if w < week), reverse=True):
        said = line[before].get(team)
        for each in (said, *reversed(said.earlier)) if said else ():
            if each.health != "unknown":
                return each.health
    return None


def earlier(said: TeamReport) -> list[TeamReport]:
    """What a team said before in the week, the newest first, but for updates that say nothing."""
    return [each for each in reversed(said.earlier) if _says_something(each.update)]


def _says_something(update: Update) -> bool:
    """Whether there is more to an update than its day."""
    return bool(
        update.health
        or update.headline
        or update.done
        or update.next
        or update.blocked_by
        or update.blocking
        or update.risks
    )


def _is_open(finding: Finding) -> bool:
    """Missing and unclear updates have a place of their own; some are not the teams' business."""
    return not finding.code.startswith("update-") and finding.code != "contact-missing"


def _unknown(directory: Directory) -> list[TeamUpdate]:
    week = directory.period
    return [
        found
        for found in directory.updates
        if not found.team and found.update.date and week.contains(found.update.date)
    ]


def reports_listed(directory: Directory, *, base: str, listed: str) -> tuple[Period, ...]:
    """The periods that have a report, newest first within a kind.

    ``base`` is the title above the reports, ``listed`` wikitext with links to them. What was
    loaded of the reports around is believed more than the list.
    """
    report = directory.config.report
    starts = report.fiscal_year_starts if report else 1
    found = set()
    for name in re.findall(rf"\[\[:?{re.escape(base)}/([^\[\]|/]+)[|\]]", listed):
        try:
            found.add(parse(name, fiscal_year_starts=starts))
        except Trouble:  # somebody listed a period that there is not
            continue
    for title, page in directory.pages.items():
        if title.startswith(f"{base}/"):
            try:
                period = parse(title.removeprefix(f"{base}/"), fiscal_year_starts=starts)
            except Trouble:  # another page below the reports
                continue
            (found.add if page.exists else found.discard)(period)
    return tuple(sorted(found, reverse=True))
