"""What all reports of a run are told from: who said what in which week, and what blocked whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from wikibot.directory import Directory
from wikibot.errors import Trouble
from wikibot.model import ListedBlocker
from wikibot.period import Period, parse, week_of, weeks_of
from wikibot.readings import report_weeks
from wikibot.reports.blockers import Blocker, Recorded, standing, team_names
from wikibot.reports.timeline import Timeline, timeline
from wikibot.words import fold


@dataclass(frozen=True, slots=True)
class Story:
    """``line`` is what teams said, by week; ``blockers`` what stood in the way in each week."""

    line: Timeline
    blockers: Mapping[Period, tuple[Blocker, ...]]


def story(directory: Directory) -> Story:
    """Everything up to the last week that the reports of this run are about."""
    line = timeline(directory)
    weeks = weeks_of(directory.period)
    far = report_weeks(directory.config.report, directory.period)[-1]
    last = max((*weeks, *(w for w in line if w <= min(week_of(directory.today), far))))
    blockers = standing(
        line,
        weeks[0],
        last,
        names=team_names(directory.config),
        site=directory.site,
        recorded=_recorded(directory),
    )
    return Story(line, blockers)


def _recorded(directory: Directory) -> Mapping[Period, tuple[Recorded, ...]]:
    """What earlier reports list, in the words of the configuration."""
    names = {
        fold(name): team.name
        for team in directory.config.team
        for name in (team.name, *team.aliases)
    }
    found: dict[Period, tuple[Recorded, ...]] = {}
    for week, page in directory.readings.reported.items():
        if week < directory.period or directory.period.kind != "week":
            listed = (_listed(each, names) for each in page.blockers)
            found[week] = tuple(each for each in listed if each)
    return found


def _listed(each: ListedBlocker, names: Mapping[str, str]) -> Recorded | None:
    try:
        since = parse(each.since)
    except Trouble:  # somebody edited the row
        return None
    if since.kind != "week":
        return None
    on = names.get(fold(each.on), "")
    return Recorded(names.get(fold(each.waiting), ""), on, each.text, since)
