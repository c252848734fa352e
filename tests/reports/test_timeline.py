"""Which update counts for a team in which week."""

from datetime import date

import pytest

from tests.reports.offices import STATUS, UPDATES, configured, directory, team, update
from wikibot.period import parse
from wikibot.reports.timeline import TeamReport, Timeline, latest, timeline

OTHER = "Office/Other updates"
CONFIG = configured([team("Search", updates=[UPDATES, OTHER]), team("Print")])


def line(page: str = "", *, other: str = "", week: str = "2026-W47", **reports: str) -> Timeline:
    """What is told of a page of updates, of another one, and of reports: ``w46="…"``."""
    pages = {UPDATES: page, OTHER: other}
    pages |= {f"{STATUS}/2026-{name.upper()}": text for name, text in reports.items()}
    return timeline(directory(pages, week=week, config=CONFIG))


def headline(said: TeamReport) -> str:
    return said.update.headline.text if said.update.headline else ""


def told(found: Timeline) -> dict[str, dict[str, list[str]]]:
    """Of each week and team the headlines, the one that counts first, then the newest."""
    return {
        str(week): {
            name: [headline(said), *(headline(each) for each in reversed(said.earlier))]
            for name, said in teams.items()
        }
        for week, teams in found.items()
    }


def search(day: str, text: str) -> str:
    return update("Search", day, headline=text)


def recorded(name: str, day: str, text: str) -> str:
    return f"{{{{Status report team\n| team = {name}\n| date = {day}\n| headline = {text}\n}}}}\n"


def test_the_update_with_the_latest_date_counts_and_earlier_ones_are_kept_in_order() -> None:
    days = ("2026-11-18", "2026-11-20", "2026-11-16", "2026-11-19")
    found = line("".join(search(day, day[-2:]) for day in days))
    assert told(found) == {"2026-W47": {"Search": ["20", "19", "18", "16"]}}
    said = found[parse("2026-W47")]["Search"]
    assert [each.date.day for each in said.earlier] == [16, 18, 19]


def test_of_two_on_one_day_the_one_further_down_counts() -> None:
    page = search("2026-11-20", "above") + search("2026-11-20", "below")
    assert told(line(page)) == {"2026-W47": {"Search": ["below", "above"]}}


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        (("2026-11-20", "2026-11-20", "2026-11-13"), "0"),  # the newest is on top
        (("2026-11-27", "2026-11-20", "2026-11-20"), "1"),
        (("2026-11-27", "2026-11-20", "2026-11-20", "2026-11-13"), "1"),
        (("", "2026-11-20", "2026-11-20", "2026-11-13", ""), "1"),
        (("2026-11-13", "2026-11-20", "2026-11-20"), "2"),
        (("2026-11-20", "2026-11-20", "2026-11-27"), "1"),
        (("2026-11-20", "2026-11-20"), "1"),
        (("2026-11-20", "2026-11-13", "2026-11-20"), "2"),
    ],
)
def test_of_two_on_one_day_the_one_that_was_added_last_counts(
    days: tuple[str, ...], counts: str
) -> None:
    page = "".join(search(day, str(place)) for place, day in enumerate(days))
    assert headline(line(page)[parse("2026-W47")]["Search"]) == counts


def test_each_page_has_an_order_of_its_own() -> None:
    old = search("2026-11-06", "old")
    two = search("2026-11-20", "above") + search("2026-11-20", "below")
    later = search("2026-11-27", "later")
    assert told(line(old, other=two + old)).keys() == {"2026-W45", "2026-W47"}
    assert told(line(later, other=two + old))["2026-W47"] == {"Search": ["above", "below"]}
    assert told(line(later, other=old + two))["2026-W47"] == {"Search": ["below", "above"]}


def test_a_team_may_report_on_any_of_its_pages() -> None:
    page = search("2026-11-17", "first page")
    found = line(page, other=search("2026-11-16", "other page"))
    assert told(found) == {"2026-W47": {"Search": ["first page", "other page"]}}
    assert found[parse("2026-W47")]["Search"].page == UPDATES
    found = line(page, other=search("2026-11-18", "other page"))
    assert found[parse("2026-W47")]["Search"].page == OTHER
    assert [each.page for each in found[parse("2026-W47")]["Search"].earlier] == [UPDATES]


def test_each_week_has_its_own() -> None:
    days = ("2026-11-15", "2026-11-16", "2026-11-22", "2026-11-23")
    assert told(line("".join(search(day, day) for day in days))) == {
        "2026-W46": {"Search": ["2026-11-15"]},
        "2026-W47": {"Search": ["2026-11-22", "2026-11-16"]},
        "2026-W48": {"Search": ["2026-11-23"]},
    }


def test_weeks_are_in_order_whatever_the_order_on_the_page() -> None:
    days = ("2026-11-23", "2026-11-02", "2026-11-16")
    assert list(told(line("".join(search(day, day) for day in days)))) == [
        "2026-W45",
        "2026-W47",
        "2026-W48",
    ]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2020-12-31", "2020-W53"),
        ("2021-01-03", "2020-W53"),
        ("2021-01-04", "2021-W01"),
        ("2024-12-29", "2024-W52"),
        ("2024-12-30", "2025-W01"),
    ],
)
def test_around_the_new_year_weeks_are_those_of_iso_8601(day: str, week: str) -> None:
    assert list(told(line(search(day, "x"), week=week))) == [week]


def test_updates_without_a_day_or_a_team_are_of_no_week() -> None:
    page = search("", "x") + search("2026-11-31", "x") + update("Ferries", "2026-11-20")
    assert line(page) == {}


# --- what reports have recorded -------------------------------------------------------------------


def test_a_week_that_is_gone_from_the_update_pages_is_taken_from_its_report() -> None:
    found = line(search("2026-11-20", "new"), w46=recorded("Search", "2026-11-13", "old"))
    assert told(found) == {"2026-W46": {"Search": ["old"]}, "2026-W47": {"Search": ["new"]}}
    assert found[parse("2026-W46")]["Search"].page == f"{STATUS}/2026-W46"


def test_the_report_fills_in_teams_that_are_gone_and_no_others() -> None:
    report = recorded("Search", "2026-11-12", "recorded") + recorded("Print", "2026-11-13", "paper")
    assert told(line(search("2026-11-11", "page"), w46=report)) == {
        "2026-W46": {"Search": ["page"], "Print": ["paper"]}
    }


def test_the_week_that_is_reported_on_is_never_taken_from_its_report() -> None:
    """What a team takes back would stay for ever."""
    report = recorded("Search", "2026-11-20", "taken back")
    assert line(w47=report) == {}
    assert line(w46=report) == {}  # wherever it was recorded: the day counts
    assert told(line(w47=report, week="2026-W48")) == {"2026-W47": {"Search": ["taken back"]}}


def test_a_month_is_told_from_the_reports_of_its_weeks() -> None:
    found = line(w46=recorded("Search", "2026-11-13", "old"), week="2026-11")
    assert told(found) == {"2026-W46": {"Search": ["old"]}}


def test_a_report_has_the_newest_update_above_the_earlier_ones() -> None:
    """Other than on a page of updates: of two on one day the one further up counts there."""
    days = (("2026-11-13", "last"), ("2026-11-13", "before"), ("2026-11-12", "first"))
    report = "".join(recorded("Search", day, text) for day, text in days)
    assert told(line(w46=report)) == {"2026-W46": {"Search": ["last", "before", "first"]}}


def test_teams_are_found_by_their_aliases_and_strangers_are_not() -> None:
    config = configured([team("Search", aliases=["CirrusSearch"])])
    text = recorded("cirrussearch", "2026-11-13", "x") + recorded("Ferries", "2026-11-13", "y")
    found = timeline(directory({f"{STATUS}/2026-W46": text}, config=config))
    assert told(found) == {"2026-W46": {"Search": ["x"]}}


# --- the last that was said -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "day"),
    [("2026-W44", None), ("2026-W45", 2), ("2026-W46", 2), ("2026-W47", 16), ("2026-W50", 16)],
)
def test_the_last_update_in_a_week_or_before_it(week: str, day: int | None) -> None:
    found = line(search("2026-11-02", "x") + search("2026-11-16", "y"))
    said = latest(found, "Search", parse(week))
    assert (said.date if said else None) == (date(2026, 11, day) if day else None)
    assert latest(found, "Print", parse(week)) is None
