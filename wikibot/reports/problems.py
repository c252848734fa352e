"""What is missing from a report, and why. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from wikibot.config import TeamTable
from wikibot.dated import dated_pages
from wikibot.directory import Directory, is_unreadable
from wikibot.model import Lack, LackKind
from wikibot.period import weeks_of

ProblemKind = Literal[
    "page", "goals", "team", "no-date", "bad-date", "half", "phabricator", "history"
]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the report should have and has not.

    ``kind`` is the message (``report-problem-<kind>``) that says why. ``where`` is a page,
    ``line`` counts from 1 (0: the whole), ``what`` is a date or a team as the page says it;
    ``why`` tells the operator more, a clause or sentences in English that reach no page.

    Of Phabricator, ``projects`` are those of which nothing could be learnt for the reason ``lack``.
    """

    kind: ProblemKind
    where: str
    line: int = 0
    what: str = ""
    why: str = ""
    projects: tuple[str, ...] = ()
    lack: LackKind | None = None

    @property
    def serious(self) -> bool:
        """Whether it is not for the editors of a page to mend, but for whoever runs the bot."""
        return self.kind in ("phabricator", "history") or bool(self.kind == "page" and self.why)


def problems(directory: Directory) -> tuple[Problem, ...]:
    """All that could not be read for the report on the period of the directory.

    What has no date is of no week; it is told in the report of the week that is going on.
    """
    return tuple(
        dict.fromkeys((*page_problems(directory), *_updates(directory), *_world(directory)))
    )


def page_problems(directory: Directory) -> Iterator[Problem]:
    """Pages that cannot be read. Where one for updates is not there, the team is missing anyway."""
    config = directory.config
    with_goals = {found.page for found in directory.goals}
    for team in config.team:
        for page in directory.pages_of_period(team):
            there = directory.pages[page.title]
            if is_unreadable(there):
                yield Problem("page", page.title, what=team.name, why=there.problem)
        for title in _goals_of_now(directory, team):
            there = directory.pages[title]
            dated = title not in team.goals  # that of a quarter may not be there yet
            if is_unreadable(there) or not (dated or directory.is_readable(title)):
                yield Problem("page", title, what=team.name, why=there.problem)
            elif directory.is_readable(title) and title not in with_goals:
                yield Problem("goals", title)


def _goals_of_now(directory: Directory, team: TeamTable) -> tuple[str, ...]:
    """A team's pages of goals for the period, without those of the periods before it."""
    report = directory.config.report
    starts = report.fiscal_year_starts if report else 1
    weeks = weeks_of(directory.period)[-1:]
    pages = (p for t in team.goals for p in dated_pages(t, weeks, fiscal_year_starts=starts))
    return tuple(page.title for page in pages)


def _updates(directory: Directory) -> Iterator[Problem]:
    current = directory.period.contains(directory.today)
    for found in sorted(directory.updates, key=lambda f: (f.page, f.update.line)):
        update = found.update
        if update.date is None:
            if current:
                kind: ProblemKind = "bad-date" if update.raw_date else "no-date"
                yield Problem(kind, found.page, update.line, update.raw_date, update.problem)
        elif not directory.period.contains(update.date):
            continue
        elif not found.team:
            yield Problem("team", found.page, update.line, update.team)
        elif update.problem:
            yield Problem("half", found.page, update.line, found.team, update.problem)


def _world(directory: Directory) -> Iterator[Problem]:
    yield from _phabricator(directory.world.tickets.problems)
    states = (page for pair in directory.world.history.values() for page in pair)
    whys = (*directory.world.problems, *(page.problem for page in states if page.problem))
    for why in dict.fromkeys(whys):
        yield Problem("history", "", why=why)


def _phabricator(lacks: Mapping[str, Lack]) -> Iterator[Problem]:
    """A problem for each kind of reason, with all projects that it holds for."""
    kinds: dict[LackKind, dict[str, list[str]]] = {}
    for slug, lack in sorted(lacks.items()):
        kinds.setdefault(lack.kind, {}).setdefault(lack.why, []).append(slug)
    for kind, reasons in sorted(kinds.items()):
        projects = tuple(sorted(slug for slugs in reasons.values() for slug in slugs))
        whys = [f"{', '.join(slugs)}: {why}" for why, slugs in reasons.items()]
        why = next(iter(reasons)) if len(reasons) == 1 else " ".join(whys)
        yield Problem("phabricator", "", why=why, projects=projects, lack=kind)
