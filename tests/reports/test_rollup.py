"""What the report of a month or a quarter says, before it is a page."""

from datetime import date, timedelta

import pytest

from tests.reports.offices import (
    STATUS,
    UPDATES,
    configured,
    directory,
    rolled_up,
    team,
    update,
)
from wikibot.period import parse
from wikibot.reports.rollup import RollUp, rollup
from wikibot.reports.story import story

OCTOBER = "Office/Goals FY2026-27 Q1"
GOALS = "Office/Goals FY2026-27 Q2"


def said(name: str, week: str, **more: str) -> str:
    return update(name, (parse(week).first + timedelta(days=4)).isoformat(), **more)


def done(report: RollUp, name: str = "Search") -> list[tuple[str, str]]:
    (found,) = (each for each in report.teams if each.team == name)
    return [(each.item.text, str(each.week)) for each in found.done]


# --- which weeks ----------------------------------------------------------------------------------


def test_a_month_is_made_of_the_weeks_whose_thursday_is_in_it() -> None:
    page = "".join(said("Search", week, done=week) for week in ("2026-W44", "2026-W45", "2026-W48"))
    report = rolled_up({UPDATES: page + said("Search", "2026-W49", done="x")}, "2026-11")
    assert [str(week) for week in report.weeks] == [f"2026-W{n}" for n in (45, 46, 47, 48)]
    assert done(report) == [("2026-W45", "2026-W45"), ("2026-W48", "2026-W48")]
    (found,) = report.teams
    assert (found.trend, found.reported) == (("unknown", None, None, "unknown"), 2)


def test_a_quarter_is_made_of_thirteen_weeks_or_so() -> None:
    report = rolled_up({}, "FY2026-27 Q2")
    assert (str(report.weeks[0]), str(report.weeks[-1])) == ("2026-W40", "2026-W53")


def test_weeks_that_have_not_begun_are_left_out() -> None:
    report = rolled_up({}, "2026-11", today=date(2026, 11, 17))
    assert [str(week) for week in report.weeks] == ["2026-W45", "2026-W46", "2026-W47"]


def test_a_month_to_come_has_no_weeks_and_nobody_is_silent() -> None:
    page = said("Search", "2026-W44", blocked_by="Print: paper")
    report = rolled_up({UPDATES: page}, "2026-11", today=date(2026, 10, 30))
    assert (report.weeks, report.teams, report.silent) == ((), (), ())
    assert (report.blockers, report.gone) == ((), ())


def test_in_a_run_for_a_week_that_is_over_the_month_goes_on_to_today() -> None:
    page = said("Search", "2026-W46", done="early") + said("Search", "2026-W48", done="late")
    found = directory({UPDATES: page}, week="2026-W46", today=date(2026, 11, 27))
    report = rollup(found, story(found), parse("2026-11"))
    assert [str(week) for week in report.weeks][-1] == "2026-W48"
    assert done(report) == [("early", "2026-W46"), ("late", "2026-W48")]


def test_in_a_run_for_a_week_to_come_the_month_goes_on_to_that_week() -> None:
    found = directory({}, week="2026-W48", today=date(2026, 11, 11))
    report = rollup(found, story(found), parse("2026-11"))
    assert str(report.weeks[-1]) == "2026-W48"


def test_a_month_that_is_long_over_is_told_from_the_reports_of_its_weeks() -> None:
    week = "{{Status report team\n| team = Search\n| date = 2024-11-15\n| done =\n* tiles\n}}"
    pages = {f"{STATUS}/2024-W46": week, UPDATES: said("Search", "2026-W47", done="x")}
    report = rolled_up(pages, "2024-11", today=date(2026, 11, 20))
    assert done(report) == [("tiles", "2024-W46")]


# --- teams ----------------------------------------------------------------------------------------


def test_what_was_done_is_told_once_with_the_week_that_said_it_first() -> None:
    page = (
        said("Search", "2026-W45", done="\n* Index\n* tiles")
        + said("Search", "2026-W46", done="\n* new\n*  INDEX")
        + said("Search", "2026-W47", done="\n* ''tiles''")
    )
    assert done(rolled_up({UPDATES: page}, "2026-11")) == [
        ("Index", "2026-W45"),
        ("tiles", "2026-W45"),
        ("new", "2026-W46"),
    ]


def test_what_earlier_updates_of_a_week_say_was_done_counts_and_stands_first() -> None:
    page = update("Search", "2026-11-20", done="late") + update(
        "Search", "2026-11-16", done="early"
    )
    assert [text for text, _ in done(rolled_up({UPDATES: page}, "2026-11"))] == ["early", "late"]


def test_still_open_is_what_came_next_in_the_last_update() -> None:
    page = said("Search", "2026-W46", next="old", risks="old") + said(
        "Search", "2026-W47", next="new"
    )
    (found,) = rolled_up({UPDATES: page}, "2026-11").teams
    assert [item.text for item in found.last.update.next] == ["new"]
    assert found.last.update.risks == ()


def test_silent_are_teams_that_should_report_and_did_not_in_any_week() -> None:
    config = configured(
        [
            team("Search"),
            team("Print"),
            team("Kitchen", reports=False),
            team("Archive", updates=[]),
        ]
    )
    page = said("Search", "2026-W45") + said("Print", "2026-W44")
    report = rolled_up({UPDATES: page}, "2026-11", config=config)
    assert [each.team for each in report.teams] == ["Search"]
    assert report.silent == ("Print",)


# --- blockers -------------------------------------------------------------------------------------


def test_blockers_are_those_of_the_last_week() -> None:
    page = (
        said("Search", "2026-W40", blocked_by="Print: paper")
        + said("Search", "2026-W45", blocked_by="Print: paper")
        + said("Print", "2026-W47", blocking="Search: paper")
        + said("Search", "2026-W49", blocked_by="Map Data: tiles")
    )
    report = rolled_up({UPDATES: page}, "2026-11", today=date(2027, 1, 1))
    (one,) = report.blockers
    assert (one.on, str(one.since), one.named_by) == ("Print", "2026-W40", "both")
    assert report.gone == ()
    (found, other) = report.teams
    assert found.waits == other.blocks == (one,)


def test_blockers_that_are_gone_are_told_with_the_week_that_named_them_last() -> None:
    page = (
        said("Search", "2026-W44", blocked_by="Print: paper")
        + said("Search", "2026-W45", blocked_by="\n* Map Data: tiles\n* Print: paper")
        + said("Map Data", "2026-W46")
        + said("Search", "2026-W47", blocked_by="Map Data: tiles")
        + said("Search", "2026-W48")
    )
    report = rolled_up({UPDATES: page}, "2026-11", today=date(2026, 12, 20))
    assert [(g.blocker.on, str(g.week), g.blocker.weeks(g.week)) for g in report.gone] == [
        ("Print", "2026-W45", 2),
        ("Map Data", "2026-W47", 3),
    ]


@pytest.mark.parametrize(
    ("named", "gone", "standing"),
    [
        ("45 47 48", [], ["45"]),  # it returned
        ("45 47", ["47"], []),  # it returned, and was gone again: once
        ("45", ["45"], []),
        ("45 46 47 48", [], ["45"]),
        ("46 48", [], ["46"]),
    ],
)
def test_what_returns_is_not_gone(named: str, gone: list[str], standing: list[str]) -> None:
    page = "".join(
        said("Search", f"2026-W{week}", **({"blocked_by": "Print: paper"} if week in named else {}))
        for week in ("45", "46", "47", "48")
    )
    report = rolled_up({UPDATES: page}, "2026-11")
    assert [str(each.week) for each in report.gone] == [f"2026-W{week}" for week in gone]
    assert [str(each.since) for each in report.blockers] == [f"2026-W{week}" for week in standing]


def test_something_like_what_stands_is_gone_all_the_same() -> None:
    north, south = "\n* Print: maps of the north", "\n* Print: maps of the south"
    page = said("Search", "2026-W45", blocked_by=north + south)
    page += said("Search", "2026-W47", blocked_by=north)
    report = rolled_up({UPDATES: page}, "2026-11")
    assert [each.blocker.what.text for each in report.gone] == ["maps of the south"]


def test_what_was_gone_in_the_first_week_is_told_and_what_was_gone_before_is_not() -> None:
    page = (
        said("Search", "2026-W43", blocked_by="Tools (CI): runner")
        + said("Search", "2026-W44", blocked_by="Print: paper")
        + said("Search", "2026-W45")
    )
    report = rolled_up({UPDATES: page}, "2026-11")
    assert [each.blocker.on for each in report.gone] == ["Print"]


# --- goals ----------------------------------------------------------------------------------------

TABLE = """== {} ==
{{| class="wikitable"
! Goal !! Status
|-
| {} || {}
|}}
"""


def goals_of(
    pages: dict[str, str], period: str, *, week: str = "2026-W42"
) -> list[tuple[str, ...]]:
    names = ("Print", "Search")
    config = configured([team(name, goals=["Office/Goals {quarter}"]) for name in names])
    found = directory(pages, week=week, config=config)
    report = rollup(found, story(found), parse(period, fiscal_year_starts=7))
    return [(g.stated.team, g.stated.goal.goal.text, g.kind) for g in report.goals]


def test_goals_are_by_team_in_the_order_of_the_configuration_with_what_their_status_means() -> None:
    page = (
        TABLE.format("Ferries", "Sail", "?")
        + TABLE.format("Search", "Index", "on track")
        + TABLE.format("Print", "Paper", "blocked")
    )
    assert goals_of({GOALS: page}, "2026-10") == [
        ("Print", "Paper", "off-track"),
        ("Search", "Index", "on-track"),
        ("", "Sail", "unknown"),
    ]


def test_goals_of_the_quarter_before_are_not_those_of_this_one() -> None:
    """They are read, because trends go back that far."""
    pages = {
        OCTOBER: TABLE.format("Search", "Of summer", "done"),
        GOALS: TABLE.format("Search", "Of autumn", "green"),
    }
    assert directory(pages, week="2026-W42").goals == ()  # no team has goals there
    now = [("Search", "Of autumn", "on-track")]
    assert goals_of(pages, "FY2026-27 Q2") == goals_of(pages, "2026-10") == now
    before = [("Search", "Of summer", "done")]
    assert goals_of(pages, "FY2026-27 Q1", week="2026-W38") == before


def test_goals_on_a_page_without_a_day_are_those_of_any_period() -> None:
    config = configured([team("Search", goals=["Office/Goals"])])
    pages = {"Office/Goals": TABLE.format("Search", "Index", "late")}
    for period in ("2026-11", "2025-01", "FY2026-27 Q2"):
        report = rolled_up(pages, period, config=config)
        assert [(g.stated.goal.goal.text, g.kind) for g in report.goals] == [("Index", "at-risk")]
