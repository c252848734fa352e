"""The page of a month's or quarter's report, as parts of wikitext. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from wikibot.model import PagePart
from wikibot.period import Period
from wikibot.reports.markup import GOAL, ROW, TEAM, Pen, breaking, fitted, size_of, table
from wikibot.reports.page import (
    Place,
    blocker_line,
    blocker_parameters,
    blocker_table,
    heading_lines,
    overview_table,
    problem_lines,
)
from wikibot.reports.rollup import DoneItem, RollUp, StatedGoal, TeamRollUp
from wikibot.wikitext import escape


def rollup_parts(report: RollUp, place: Place, pen: Pen) -> tuple[PagePart, ...]:
    """The parts of the page ``<base>/<period>``, with as much of each list as has room."""
    return fitted(lambda room: tuple(_parts(report, place, replace(pen, room=room))), size_of)


def _parts(report: RollUp, place: Place, pen: Pen) -> Iterator[PagePart]:
    words = pen.words
    yield PagePart(("part", "overview"), "", "\n".join(_overview(report, place, pen)))
    last = report.weeks[-1] if report.weeks else None
    for key, heading, lines in (
        ("goals", words("report-goals"), _goals(report, pen)),
        (
            "blockers",
            words("report-blockers"),
            blocker_table(report.blockers, last, pen, goes_on=True) if last else iter(()),
        ),
        ("gone", words("report-gone-blockers"), pen.few(_gone(report, pen))),
    ):
        if body := "\n".join(lines):
            yield PagePart(("part", key), heading, body)
    for team in report.teams:
        yield PagePart(("team", team.team), escape.heading(team.team), _team(team, pen))
    if report.silent:
        names = [escape.item(name) for name in report.silent]
        body = words("report-silent", teams=words.joined(names), count=len(names))
        yield PagePart(("part", "missing"), words("report-missing"), "\n".join(breaking([body])))
    if report.problems:
        body = "\n".join(pen.few(problem_lines(report.problems, pen)))
        yield PagePart(("part", "problems"), words("report-problems"), body)


def _overview(report: RollUp, place: Place, pen: Pen) -> Iterator[str]:
    yield from heading_lines(report.period, place, pen)
    words = pen.words
    if report.weeks:
        yield words("report-weeks", weeks=words.joined([_week(w, place) for w in report.weeks]))
        yield ""
    title = place.title(report.period)
    rows = [
        pen.call(
            ROW,
            {
                "team": escape.section_of(title, team.team, team.team),
                **_standing(team, pen),
                **pen.trend(team.trend, report.weeks),
            },
        )
        for team in report.teams
    ]
    yield overview_table(report.period, rows, pen)


def _week(week: Period, place: Place) -> str:
    return escape.page(place.title(week), str(week))


def _goals(report: RollUp, pen: Pen) -> Iterator[str]:
    if report.goals:
        words = pen.words
        columns = {"team": 10, "goal": 0, "status": 14}
        heads = [(words(f"report-{key}"), width) for key, width in columns.items()]
        rows = [_goal(stated, pen) for stated in report.goals]
        yield from table(words("report-goals-of", period=str(report.period)), heads, rows)


def _goal(stated: StatedGoal, pen: Pen) -> str:
    goal, page = stated.stated.goal, stated.stated.page
    due = pen.words.date(goal.due) if goal.due else escape.argument(goal.raw_due)
    return pen.call(
        GOAL,
        {
            "team": escape.argument(stated.stated.team),
            "goal": pen.item(goal.goal),
            "owner": escape.argument(goal.owner),
            "kind": stated.kind,
            "status": escape.argument(goal.status),
            "due": due,
            "page": escape.page(page, page),
        },
    )


def _gone(report: RollUp, pen: Pen) -> Iterator[str]:
    for each in report.gone:
        yield "* " + pen.words(
            "report-gone-after",
            blocker=blocker_line(each.blocker, pen),
            weeks=each.blocker.weeks(each.week),
            week=str(each.week),
        )


def _team(team: TeamRollUp, pen: Pen) -> str:
    update, page = team.last.update, team.last.page
    done = [_done(each, pen) for each in pen.shown(team.done)]
    data = {
        "team": escape.argument(team.team),
        "source": pen.words("report-reported", count=team.reported, weeks=len(team.trend)),
        **_standing(team, pen),
        "done": pen.listed(done, of=len(team.done)),
        "open": pen.items(update.next, page=page),
        **blocker_parameters(team.waits, team.blocks, pen),
        "risks": pen.items(update.risks, page=page),
    }
    return pen.call(TEAM, data, lines=True)


def _standing(team: TeamRollUp, pen: Pen) -> dict[str, str]:
    """How the team stands by its last update."""
    update = team.last.update
    return {
        "kind": team.last.health,
        "health": escape.argument(update.health),
        "headline": pen.item(update.headline) if update.headline else "",
    }


def _done(done: DoneItem, pen: Pen) -> str:
    return pen.words("report-done-in", item=pen.item(done.item), week=str(done.week))
