"""Days as people write them."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.wikitext.dates import find_date, is_like_date, read_date, said_date, weekday_of

DAY = date(2026, 11, 20)
MONTHS = """
    January February March April May June July August September October November December
""".split()


@given(st.dates())
def test_a_date_is_read_in_each_of_its_forms(day: date) -> None:
    month, year = MONTHS[day.month - 1], f"{day.year:04}"
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day} {month} {year}") == day
    assert read_date(f"{day.day} {month[:3]} {year}") == day
    assert read_date(f"{month.upper()} {day.day}, {year}") == day
    assert read_date(f"{month} {day.day} {year}") == day
    assert read_date(f"Monday, {month[:3]}. {day.day} {year}") == day
    assert read_date(f"{day.day}.{day.month}.{year}") == day
    assert read_date(f"{day.day}. {day.month}. {year}") == day


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("20th November 2026", "en"),
        ("20th of November, 2026", "en"),
        ("Nov. 20 2026", "en"),
        ("Fri 20 Nov 2026", "en"),
        ("2026-11-20 (Friday)", "en"),
        ("2026/11/20", "en"),
        ("20/11/2026", "en"),
        ("11/20/2026", "en"),
        ("\u200e20\u00a0November  2026 ", "en"),
        ("20261120", "en"),
        ("20.11.26", "en"),
        ("20 noviembre 2026", "en"),
        ("Freitag, 20. Nov. 2026", "en"),
        ("20 novembre 2026", "ru"),
        ("20. November 2026", "de"),
        ("Freitag, 20. Nov. 2026", "de-formal"),
        ("20 novembre 2026", "fr"),
        ("vendredi 20 novembre 2026", "fr"),
        ("20 de noviembre de 2026", "es"),
        ("20 listopada 2026", "pl"),
        ("20 ноября 2026", "ru"),
        ("20. marraskuuta 2026", "fi"),
        ("2026年11月20日", "ja"),
        ("2026년 11월 20일", "ko"),
        ("November 20, 2026", "nobody-speaks-this"),
        ("November 20, 2026", "../x"),
    ],
)
def test_dates_of_many_kinds(text: str, language: str) -> None:
    assert read_date(text, language=language) == DAY


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-11", "2026-13-01", "0000-01-01", "٢٠٢٦-11-20", "3/5/2024", "3-5-2024"),
        *("31 November 2026", "20th November", "20/11/26", "20 Brumaire 2026", "2026-W47"),
        *(
            "2026-11-20T10:00",
            "x 2026-11-20",
            "20 listopada 2026",
            "W47",
            "18.11.",
            "2026" * 100_000,
        ),
    ],
)
def test_what_may_be_read_in_two_ways_or_none_is_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2026-11-20", ""),
        ("3/3/2024", ""),
        ("3/5/2024", "the date “3/5/2024” can be read in two ways; write it as 2024-05-03"),
        ("2026-02-31", "the date “2026-02-31” cannot be read; write it as YYYY-MM-DD"),
        ("soon", "the date “soon” cannot be read; write it as YYYY-MM-DD"),
    ],
)
def test_why_there_is_no_day(text: str, problem: str) -> None:
    assert said_date(text).problem == problem


@pytest.mark.parametrize(
    ("heading", "text", "rest", "day"),
    [
        ("Scrum of scrums, 18 November 2026", "18 November 2026", "Scrum of scrums,", "2026-11-18"),
        ("Week of 2026-11-16", "2026-11-16", "Week of", "2026-11-16"),
        ("2026-W47", "2026-W47", "", "2026-11-16"),
        ("Week 47 of 2026", "Week 47 of 2026", "", "2026-11-16"),
        ("Nov 16–20, 2026 (Ana)", "Nov 16–20, 2026", "(Ana)", "2026-11-16"),
        ("2026-11-16 to 2026-11-20", "2026-11-16 to 2026-11-20", "to", "2026-11-16"),
        ("16 Nov to 20 Nov 2026", "16 Nov to 20 Nov 2026", "to", "2026-11-16"),
        ("2026-11-09 – 2026-11-20", "2026-11-09 – 2026-11-20", "–", None),
        ("2026-W54", "2026-W54", "", None),
        ("20 November", "20 November", "", None),
    ],
)
def test_the_date_of_a_heading(heading: str, text: str, rest: str, day: str | None) -> None:
    said = find_date(heading)
    assert said is not None
    assert (said.text, said.rest) == (text, rest)
    assert said.day == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    "heading",
    ["", "Updates", "November 2026", "FY2026-27 Q2", "Release 1.2.14", "10.0.0.1", "May 5 people"],
)
def test_headings_without_a_date(heading: str) -> None:
    assert find_date(heading) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-150, 150))
def test_a_date_without_a_year_is_the_one_that_is_near(near: date, later: int) -> None:
    day = near + timedelta(days=later)
    if (day.month, day.day) != (2, 29):
        assert said_date(f"{day.day} {MONTHS[day.month - 1]}", near=near).day == day


@given(st.text(max_size=60), st.text(max_size=12), st.none() | st.dates())
def test_reading_never_fails(text: str, language: str, near: date | None) -> None:
    said_date(text, language=language, near=near)
    find_date(f"{text} 20 November 1 May 2026-11-20", language=language, near=near)


def test_nothing_of_babel_is_loaded_for_english() -> None:
    script = (
        "import sys; from wikibot.wikitext.dates import read_date; read_date('20 Nov 2026');"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        *(("W47", "2026-11-16"), ("KW 47", "2026-11-16"), ("CW47", "2026-11-16")),
        *(("Semaine 47", "2026-11-16"), ("47. KW", "2026-11-16"), ("W2", "2027-01-11")),
        *(("18.11.", "2026-11-18"), ("16.11. – 20.11.", "2026-11-16"), ("W54", None)),
        *(("2026 KW 47", "2026-11-16"), ("18.11.26", "2026-11-18"), ("20261118", "2026-11-18")),
    ],
)
def test_weeks_and_days_in_figures(heading: str, day: str | None) -> None:
    said = find_date(heading, near=DAY)
    assert said is not None
    assert said.day == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    "heading",
    [
        *("W47", "KW 47", "Week 47 – done", "18 Ocotber 2026", "Ocotber 18, 2026", "18 Ocotber"),
        *("W47/26", "20261350", "18.11.", "18/11", "2026-W60", "1. Brumaire 2026"),
        *("Mi, 18.11.", "18th November, 26", "Sem. 47"),
    ],
)
def test_what_is_meant_for_a_date(heading: str) -> None:
    assert is_like_date(heading)


@pytest.mark.parametrize(
    "heading",
    ["", "5 people", "Release 1.2.14", "1.2", "2026", "Plan of 2026", "Phase 2", "WP3", "Part 1/2"],
)
def test_what_is_not_meant_for_a_date(heading: str) -> None:
    assert not is_like_date(heading)


@pytest.mark.parametrize(
    ("heading", "number"),
    [("Monday", 0), ("Fri", 4), ("Mittwoch:", 2), ("dimanche", 6), ("Do", None), ("x" * 99, None)],
)
def test_weekdays(heading: str, number: int | None) -> None:
    assert weekday_of(heading, language="de") == number
