"""Which update counts for a team in which week. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from wikibot.directory import Directory, TeamUpdate
from wikibot.health import HealthKind, kind_of
from wikibot.model import Update
from wikibot.period import Period, week_of


@dataclass(frozen=True, slots=True)
class TeamReport:
    """What a team says of a week: the last of its updates, and those before it in that week.

    ``page`` is where the update stands.
    """

    team: str
    page: str
    date: date
    update: Update
    earlier: tuple["TeamReport", ...] = ()

    @property
    def health(self) -> HealthKind:
        """What the update's word for the team's health means; ``unknown`` for any other word."""
        return kind_of(self.update.health)


Timeline = Mapping[Period, Mapping[str, TeamReport]]


def timeline(directory: Directory) -> Timeline:
    """For each week the teams that have reported, by name.

    Of several updates of a team the one with the latest date counts; of those, the one that was
    added last: further down, or further up on a page that has the newest on top. What has gone
    from a team's update pages is taken from the report that was made of it. In the week that goes
    on, people may take back what they said; there, only what cannot be read at present is.
    """
    found = _by_week(_as_added(directory.updates))
    recorded = _by_week(sorted(directory.recorded, key=_place, reverse=True))  # newest above
    unread = directory.unreadable_writers()
    for week, teams in recorded.items():
        if week >= week_of(directory.today):
            teams = {team: said for team, said in teams.items() if team in unread}
        found[week] = teams | found.get(week, {})
    return {week: teams for week, teams in sorted(found.items()) if teams}


def latest(line: Timeline, team: str, week: Period) -> TeamReport | None:
    """The last that a team said in ``week`` or before it."""
    weeks = [w for w, teams in line.items() if w <= week and team in teams]
    return line[max(weeks)][team] if weeks else None


def _by_week(updates: Iterable[TeamUpdate]) -> dict[Period, dict[str, TeamReport]]:
    """The reports on each week; of those on one day the last of ``updates`` counts."""
    groups: dict[tuple[Period, str], list[TeamReport]] = {}
    for found in updates:
        day = found.update.date
        if day is not None and found.team:
            said = TeamReport(found.team, found.page, day, found.update)
            groups.setdefault((week_of(day), found.team), []).append(said)
    weeks: dict[Period, dict[str, TeamReport]] = {}
    for (week, team), group in groups.items():
        *earlier, last = sorted(group, key=lambda said: said.date)  # stable
        weeks.setdefault(week, {})[team] = TeamReport(
            team, last.page, last.date, last.update, tuple(earlier)
        )
    return weeks


def _as_added(updates: Iterable[TeamUpdate]) -> Iterator[TeamUpdate]:
    """The updates of each page in the order in which people added them, by their dates."""
    for _, group in groupby(sorted(updates, key=_place), key=lambda found: found.page):
        found = list(group)
        days = [day for each in found if (day := each.update.date)]
        yield from reversed(found) if days and days[0] > days[-1] else found


def _place(found: TeamUpdate) -> tuple[str, int, str]:
    return found.page, found.update.line, found.update.team
