"""Titles that have a day or a period in them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.dated import DatedPage, dated_pages, pages_of_days
from wikibot.period import month_of, parse, quarter_of, week_of


def pages(title: str, *weeks: str, starts: int = 7) -> dict[str, str]:
    """The titles and the days that they stand for, ``""`` for none."""
    found = dated_pages(title, [parse(week) for week in weeks], fiscal_year_starts=starts)
    return {page.title: page.day.isoformat() if page.day else "" for page in found}


def test_a_title_without_a_day_is_itself() -> None:
    assert pages("Updates", "2026-W46", "2026-W47") == {"Updates": ""}
    assert pages("Updates") == {"Updates": ""}


def test_a_day_is_each_of_a_week() -> None:
    found = pages("Stand-up/{date}", "2026-W47")
    assert found == {f"Stand-up/2026-11-{day}": f"2026-11-{day}" for day in range(16, 23)}


def test_a_week_stands_for_its_monday() -> None:
    assert pages("Notes {week}", "2020-W53", "2021-W01") == {
        "Notes 2020-W53": "2020-12-28",
        "Notes 2021-W01": "2021-01-04",
    }


def test_months_and_quarters_stand_for_no_day_and_are_there_once() -> None:
    assert pages("{month}", "2026-W46", "2026-W47") == {"2026-11": ""}
    assert pages("{quarter}", "2026-W46", "2026-W47") == {"FY2026-27 Q2": ""}
    assert pages("{quarter}", "2026-W46", starts=1) == {"FY2026 Q4": ""}


@pytest.mark.parametrize(
    ("week", "titles"),
    [
        ("2026-W31", ["2026-07", "2026-08"]),  # of July; ends on Sunday, 2 August
        ("2026-W40", ["2026-09", "2026-10"]),  # of October; begins on Monday, 28 September
    ],
)
def test_a_week_that_reaches_over_two_months_has_the_pages_of_both(
    week: str, titles: list[str]
) -> None:
    """What is written on its Sunday stands on the page of the month that has begun."""
    assert list(pages("{month}", week)) == titles


def test_a_month_beside_a_day_is_the_month_of_that_day() -> None:
    found = pages("{month}/{date}", "2026-W49")
    assert list(found) == ["2026-11/2026-11-30", *(f"2026-12/2026-12-0{n}" for n in range(1, 7))]
    assert found["2026-11/2026-11-30"] == "2026-11-30"


def test_a_week_beside_a_month_stands_for_its_monday() -> None:
    assert pages("{month}/{week}", "2026-W49") == {
        "2026-11/2026-W49": "2026-11-30",
        "2026-12/2026-W49": "2026-11-30",
    }


def test_without_weeks_there_are_no_pages() -> None:
    assert pages("{date}") == {}


def test_just_some_days() -> None:
    found = pages_of_days("{month}", [date(2026, 11, 30)], fiscal_year_starts=7)
    assert found == (DatedPage("2026-11", None),)


@given(st.dates(date(1900, 1, 1), date(2300, 1, 1)), st.integers(1, 12))
def test_each_day_is_on_a_page_of_its_week(day: date, starts: int) -> None:
    week = week_of(day)
    for name, title in (
        ("{date}", day.isoformat()),
        ("{week}", str(week)),
        ("{month}", str(month_of(day))),
        ("{quarter}", str(quarter_of(day, fiscal_year_starts=starts))),
    ):
        assert title in {p.title for p in dated_pages(name, [week], fiscal_year_starts=starts)}
