"""What the report of a week says, before it is a page."""

from datetime import timedelta

import pytest

from tests.reports.offices import (
    NAMES,
    STATUS,
    UPDATES,
    configured,
    directory,
    team,
    update,
    weekly_report,
)
from wikibot.directory import World
from wikibot.model import Finding, Ticket, Tickets
from wikibot.period import parse
from wikibot.reports.weekly import Report, reports_listed

WEEK = parse("2026-W47")


def said(name: str, week: str, **more: str) -> str:
    """An update of the Friday of a week."""
    return update(name, (parse(week).first + timedelta(days=4)).isoformat(), **more)


def reporting(report: Report) -> list[str]:
    return [section.team for section in report.teams if section.said]


# --- teams ----------------------------------------------------------------------------------------


def test_teams_are_in_the_order_of_the_configuration() -> None:
    page = "".join(said(name, "2026-W47") for name in reversed(NAMES))
    assert reporting(weekly_report({UPDATES: page})) == list(NAMES)


def test_only_the_week_counts() -> None:
    days = ("2026-11-15", "2026-11-23", "2026-11-31", "")
    page = "".join(update("Search", day) for day in days)
    report = weekly_report({UPDATES: page})
    assert report.teams == ()
    assert "Search" in [each.name for each in report.missing]


def test_missing_are_those_that_should_report_and_did_not() -> None:
    config = configured(
        [
            team("Search"),
            team("Print"),
            team("Kitchen", reports=False),
            team("Archive", updates=[]),
        ]
    )
    report = weekly_report({UPDATES: said("Search", "2026-W47")}, config=config)
    assert [each.name for each in report.missing] == ["Print"]


def test_a_team_that_need_not_report_may_do_so() -> None:
    config = configured([team("Kitchen", reports=False)])
    report = weekly_report({UPDATES: said("Kitchen", "2026-W47")}, config=config)
    assert reporting(report) == ["Kitchen"]
    assert report.missing == ()


def test_a_silent_team_has_a_section_when_others_speak_of_it() -> None:
    page = said("Search", "2026-W47", blocked_by="Map Data: tiles", blocking="Print: index")
    report = weekly_report({UPDATES: page})
    assert [(each.team, bool(each.said)) for each in report.teams] == [
        ("Search", True),
        ("Map Data", False),
        ("Print", False),
    ]
    search, maps, printing = report.teams
    assert search.waits == maps.blocks != ()
    assert search.blocks == printing.waits != ()
    assert maps.waits == printing.blocks == ()


def test_a_silent_team_has_a_section_while_what_it_said_before_stands() -> None:
    page = said("Search", "2026-W46", blocked_by="the town: papers")
    (section,) = weekly_report({UPDATES: page}).teams
    assert (section.team, section.said) == ("Search", None)
    assert [blocker.what.text for blocker in section.waits] == ["the town: papers"]


def test_a_team_with_nothing_but_tickets_has_a_section() -> None:
    config = configured(
        [team("Search", phabricator=["search"]), team("Print", phabricator=["print"])],
        phabricator={"url": "https://phabricator.example"},
    )
    tickets = Tickets(found={"search": (Ticket(1, "Index", "", "closed"),), "print": ()})
    report = weekly_report({}, config=config, world=World(tickets=tickets))
    (section,) = report.teams
    assert (section.team, section.said, [t.number for t in section.tickets]) == (
        "Search",
        None,
        [1],
    )
    assert [each.name for each in report.missing] == ["Search", "Print"]


def test_updates_of_unknown_teams_are_kept_apart_in_the_order_of_the_page() -> None:
    page = (
        said("Ferries", "2026-W47")
        + said("", "2026-W47", done="who?")
        + said("Ferries", "2026-W46")
        + said("Search", "2026-W47")
        + said("Cranes", "2026-W47")
    )
    report = weekly_report({UPDATES: page})
    assert [found.update.team for found in report.unknown] == ["Ferries", "", "Cranes"]
    assert reporting(report) == ["Search"]


# --- health ---------------------------------------------------------------------------------------


def test_the_trend_goes_over_eight_weeks_the_week_itself_last() -> None:
    health = {"2026-W39": "red", "2026-W40": "green", "2026-W45": "amber", "2026-W47": "so-so"}
    page = "".join(said("Search", week, health=word) for week, word in health.items())
    report = weekly_report({UPDATES: page})
    assert [str(week) for week in report.trend_weeks] == [f"2026-W{n}" for n in range(40, 48)]
    nothing = [None] * 4
    assert list(report.trend["Search"]) == ["on-track", *nothing, "at-risk", None, "unknown"]


def test_the_trend_is_that_of_the_teams_that_report_or_should() -> None:
    config = configured([team("Search"), team("Print"), team("Kitchen", reports=False)])
    report = weekly_report({UPDATES: said("Search", "2026-W47")}, config=config)
    assert report.trend == {
        "Search": (*[None] * 7, "unknown"),
        "Print": (None,) * 8,
    }


def test_the_trend_goes_over_the_new_year() -> None:
    page = said("Search", "2025-W52", health="red") + said("Search", "2026-W02", health="green")
    report = weekly_report({UPDATES: page}, week="2026-W02")
    assert [str(week) for week in report.trend_weeks][-3:] == ["2025-W52", "2026-W01", "2026-W02"]
    assert report.trend["Search"][-3:] == ("off-track", None, "on-track")


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ({"2026-W46": "green", "2026-W47": "red"}, [("on-track", "off-track")]),
        ({"2026-W46": "green", "2026-W47": "good"}, []),
        ({"2026-W47": "red"}, []),
        ({"2026-W46": "red"}, []),
        ({"2026-W44": "red", "2026-W47": "green"}, [("off-track", "on-track")]),
        ({"2026-W45": "red", "2026-W46": "green", "2026-W47": "green"}, []),
        ({"2026-W46": "green", "2026-W47": "who knows"}, []),
        ({"2026-W46": "green", "2026-W47": ""}, []),
        ({"2026-W46": "who knows", "2026-W47": "red"}, []),
        ({"2026-W45": "green", "2026-W46": "", "2026-W47": "red"}, [("on-track", "off-track")]),
        ({"2026-W45": "green", "2026-W46": "who knows", "2026-W47": "green"}, []),
        ({"2026-W47": "red", "2026-W48": "green"}, []),
    ],
)
def test_health_is_compared_with_the_last_that_was_stated_before(
    words: dict[str, str], changes: list[tuple[str, str]]
) -> None:
    page = "".join(said("Search", week, health=word) for week, word in words.items())
    report = weekly_report({UPDATES: page})
    assert [(c.before, c.after) for c in report.health_changes] == changes


def test_of_two_updates_in_a_week_the_one_that_counts_is_compared() -> None:
    page = (
        said("Search", "2026-W46", health="green")
        + update("Search", "2026-11-16", health="red")
        + update("Search", "2026-11-17", health="green")
    )
    assert weekly_report({UPDATES: page}).health_changes == ()


def test_what_an_earlier_update_of_a_week_states_is_stated() -> None:
    page = (
        update("Search", "2026-11-10", health="green")
        + update("Search", "2026-11-11", done="more")
        + said("Search", "2026-W47", health="red")
    )
    [change] = weekly_report({UPDATES: page}).health_changes
    assert (change.before, change.after) == ("on-track", "off-track")


# --- blockers -------------------------------------------------------------------------------------


def test_new_blockers_and_those_that_are_gone() -> None:
    before = "\n* Map Data: tiles\n* Print: paper"
    now = "\n* Map Data: tiles\n* Tools (CI): runner"
    page = said("Search", "2026-W46", blocked_by=before) + said(
        "Search", "2026-W47", blocked_by=now
    )
    report = weekly_report({UPDATES: page})
    assert [b.on for b in report.blockers] == ["Map Data", "Tools (CI)"]
    assert [b.on for b in report.new_blockers] == ["Tools (CI)"]
    assert [b.on for b in report.gone_blockers] == ["Print"]


def test_what_comes_back_soon_is_as_old_as_it_was() -> None:
    page = (
        said("Search", "2026-W45", blocked_by="Print: paper")
        + said("Search", "2026-W46")
        + said("Search", "2026-W47", blocked_by="Print: paper")
    )
    report = weekly_report({UPDATES: page})
    assert report.new_blockers == ()
    assert [str(b.since) for b in report.blockers] == ["2026-W45"]


def test_what_nobody_mentions_any_more_in_a_quiet_week_is_not_gone() -> None:
    page = said("Search", "2026-W46", blocked_by="Print: paper")
    report = weekly_report({UPDATES: page})
    assert [b.on for b in report.blockers] == ["Print"]
    assert report.gone_blockers == report.new_blockers == ()


# --- a week that is over, or to come --------------------------------------------------------------

FINDING = Finding("role-vacant", "error", "Office/Roles", "", 3, "x")
UNCLEAR = Finding("update-missing", "error", UPDATES, "", 0, "x")


def test_findings_are_told_in_the_week_that_goes_on_but_for_those_about_updates() -> None:
    found = [UNCLEAR, FINDING]
    assert weekly_report({}, findings=found).findings == (FINDING,)
    for today in (WEEK.first - timedelta(days=1), WEEK.last + timedelta(days=1)):
        assert weekly_report({}, findings=found, today=today).findings is None


@pytest.mark.parametrize("week", ["2026-W30", "2026-W46", "2026-W48", "2027-W20"])
def test_a_week_that_is_over_or_to_come_is_told_of_what_there_is(week: str) -> None:
    """The updates of later weeks change nothing in the report of an earlier one."""
    page = said("Search", "2026-W47", health="red", blocked_by="Print: paper")
    report = weekly_report({UPDATES: page}, week=week, today=WEEK.last)
    assert reporting(report) == []
    assert [each.name for each in report.missing] == list(NAMES)
    assert [b.on for b in report.blockers] == (["Print"] if parse(week) > WEEK else [])
    assert report.health_changes == ()


# --- which reports there are ----------------------------------------------------------------------


def listed(text: str, **reports: str) -> list[str]:
    pages = {f"{STATUS}/{name}": text for name, text in reports.items()}
    found = directory(pages)
    return [str(period) for period in reports_listed(found, base=STATUS, listed=text)]


def test_reports_are_those_that_are_listed_and_those_that_are_there_newest_first() -> None:
    text = f"[[:{STATUS}/2020-W53|x]] [[{STATUS}/2024-02]] [[{STATUS}/FY2019-20 Q3|y]]"
    assert listed(text, **{"2026-W46": "x", "2026-11": "x"}) == [
        "2026-W46",
        "2020-W53",
        "FY2019-20 Q3",
        "2026-11",
        "2024-02",
    ]


def test_what_is_listed_and_known_not_to_be_there_is_left_out() -> None:
    assert listed(f"[[{STATUS}/2026-W45]] [[{STATUS}/2026-W47]]") == []


@pytest.mark.parametrize(
    "text",
    [
        "[[Elsewhere/2020-W01]]",
        f"[[{STATUS}/2021-W53]]",
        f"[[{STATUS}/2020-W01/Talk]]",
        f"[[{STATUS}/Help]]",
        f"{STATUS}/2020-W01",
        f"[[{STATUS}X2020-W01]]",
        f"[[{STATUS}/FY2019 Q1]]",
    ],
)
def test_what_is_no_report_is_not_listed(text: str) -> None:
    assert listed(text) == []


def test_a_base_with_marks_in_it_is_just_a_title() -> None:
    found = directory({})
    text = "[[A+ (x)/Status/2020-W01|x]] [[AA x/Status/2020-W02]]"
    assert [str(p) for p in reports_listed(found, base="A+ (x)/Status", listed=text)] == [
        "2020-W01"
    ]
