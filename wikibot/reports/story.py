"""What all reports of a run are told from: who said what in which week, and what blocked whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wikibot.directory import Directory
from wikibot.model import ListedBlocker
from wikibot.period import Period, week_of, weeks_of
from wikibot.readings import report_weeks
from wikibot.reports.blockers import Blocker, standing
from wikibot.reports.entries import team_names
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


def _recorded(directory: Directory) -> Mapping[Period, tuple[ListedBlocker, ...]]:
    """What earlier reports list, in the words of the configuration."""
    names = directory.config.teams_by_name() | {"": ""}
    return {
        week: tuple(
            replace(row, waiting=names[fold(row.waiting)], on=names[fold(row.on)])
            for row in page.blockers
            if fold(row.waiting) in names and fold(row.on) in names  # teams may have gone
        )
        for week, page in directory.readings.reported.items()
        if week < directory.period or directory.period.kind != "week"
    }
