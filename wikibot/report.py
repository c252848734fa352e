"""What a report says, as data: who reported, how it stands, who did not. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from wikibot.config import TeamTable
from wikibot.directory import Directory, TeamUpdate
from wikibot.errors import Trouble
from wikibot.health import HealthKind as HealthKind  # those who import it from here still may
from wikibot.health import kind_of
from wikibot.model import Update
from wikibot.period import Period, parse


@dataclass(frozen=True, slots=True)
class TeamReport:
    """What a team says of the period: the last of its updates, and the page where it stands."""

    team: str
    page: str
    date: date
    update: Update

    @property
    def health(self) -> HealthKind:
        """What the update's word for the team's health means; ``unknown`` for any other word."""
        return kind_of(self.update.health)


@dataclass(frozen=True, slots=True)
class Report:
    """A report on a period.

    ``teams`` are in the order of the configuration, ``missing`` those that should have reported.
    ``unknown`` are updates of teams that the configuration does not have, ``unreadable`` the
    titles of update pages that are not there or cannot be read.
    """

    period: Period
    teams: tuple[TeamReport, ...]
    missing: tuple[TeamTable, ...]
    unknown: tuple[TeamUpdate, ...]
    unreadable: frozenset[str]


def weekly(directory: Directory) -> Report:
    """The report on the week of the directory.

    Of several updates of a team the one with the latest date counts; of those, the one that
    stands furthest down, because new sections are added there.
    """
    latest: dict[str, TeamReport] = {}
    unknown: list[TeamUpdate] = []
    for found in sorted(directory.updates, key=_place):
        day = found.update.date
        if day is None or not directory.period.contains(day):
            continue
        if not found.team:
            unknown.append(found)
        elif found.team not in latest or latest[found.team].date <= day:
            latest[found.team] = TeamReport(found.team, found.page, day, found.update)
    pages = {title for team in directory.config.team for title in team.updates}
    teams = tuple(latest[t.name] for t in directory.config.team if t.name in latest)
    return Report(
        period=directory.period,
        teams=teams,
        missing=directory.silent_teams(),
        unknown=tuple(unknown),
        unreadable=frozenset(t for t in pages if not directory.is_readable(t)),
    )


def _place(found: TeamUpdate) -> tuple[str, int, str]:
    return found.page, found.update.line, found.update.team


def weeks(directory: Directory, *, base: str, listed: str) -> tuple[Period, ...]:
    """The weeks that have a report, newest first, the week of the directory among them.

    ``base`` is the title above the reports, ``listed`` wikitext with links to them. What was
    loaded of the weeks around is believed more than the list.
    """
    found = set()
    for name in re.findall(rf"\[\[:?{re.escape(base)}/([0-9]{{4}}-W[0-9]{{2}})[|\]]", listed):
        try:
            found.add(parse(name))
        except Trouble:  # somebody listed a week that there is not
            continue
    for near in (directory.period.before(), directory.period.after()):
        if directory.pages[f"{base}/{near}"].exists:
            found.add(near)
        else:
            found.discard(near)
    return tuple(sorted({*found, directory.period}, reverse=True))
