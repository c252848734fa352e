"""Periods: names, days, neighbours."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.errors import Trouble
from wikibot.period import (
    Period,
    month_of,
    month_with,
    parse,
    period_with,
    quarter_of,
    quarter_with,
    week_of,
    weeks_of,
    weeks_up_to,
)

days = st.dates(date(1900, 1, 1), date(2300, 12, 31))
starts = st.integers(1, 12)
periods = st.one_of(
    days.map(week_of),
    days.map(month_of),
    st.builds(lambda day, start: quarter_of(day, fiscal_year_starts=start), days, starts),
)


@pytest.mark.parametrize(
    ("name", "starts", "first", "last", "before", "after"),
    [
        ("2026-W47", 1, "2026-11-16", "2026-11-22", "2026-W46", "2026-W48"),
        ("2020-W53", 1, "2020-12-28", "2021-01-03", "2020-W52", "2021-W01"),
        ("2021-W01", 1, "2021-01-04", "2021-01-10", "2020-W53", "2021-W02"),
        ("2025-W01", 1, "2024-12-30", "2025-01-05", "2024-W52", "2025-W02"),
        ("2026-11", 1, "2026-11-01", "2026-11-30", "2026-10", "2026-12"),
        ("2024-02", 1, "2024-02-01", "2024-02-29", "2024-01", "2024-03"),
        ("2026-12", 1, "2026-12-01", "2026-12-31", "2026-11", "2027-01"),
        ("FY2026-27 Q2", 7, "2026-10-01", "2026-12-31", "FY2026-27 Q1", "FY2026-27 Q3"),
        ("FY2026-27 Q3", 7, "2027-01-01", "2027-03-31", "FY2026-27 Q2", "FY2026-27 Q4"),
        ("FY2026-27 Q4", 7, "2027-04-01", "2027-06-30", "FY2026-27 Q3", "FY2027-28 Q1"),
        ("FY2099-00 Q1", 12, "2099-12-01", "2100-02-28", "FY2098-99 Q4", "FY2099-00 Q2"),
        ("FY2026 Q4", 1, "2026-10-01", "2026-12-31", "FY2026 Q3", "FY2027 Q1"),
    ],
)
def test_a_period_knows_its_days_and_its_neighbours(
    name: str, starts: int, first: str, last: str, before: str, after: str
) -> None:
    period = parse(name, fiscal_year_starts=starts)
    assert str(period) == name
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert (str(period.before()), str(period.after())) == (before, after)


@given(periods)
def test_a_name_reads_back_as_the_period(period: Period) -> None:
    assert parse(str(period), fiscal_year_starts=period.fiscal_year_starts) == period


@given(periods)
def test_periods_follow_one_another_without_a_gap(period: Period) -> None:
    assert period.before().after() == period == period.after().before()
    assert period.after().first - period.last == timedelta(days=1)
    assert period.before() < period < period.after()


@given(days, starts)
def test_a_day_is_in_its_period_and_not_in_the_next(day: date, starts: int) -> None:
    for period in (week_of(day), month_of(day), quarter_of(day, fiscal_year_starts=starts)):
        assert period.contains(day)
        assert not period.after().contains(day)
        assert not period.before().contains(day)


@pytest.mark.parametrize(
    ("name", "starts", "say"),
    [
        ("2021-W53", 1, "The year 2021 has no week 53; use 1 to 52."),
        ("2020-W54", 1, "The year 2020 has no week 54; use 1 to 53."),
        ("2026-W00", 1, "The year 2026 has no week 0; use 1 to 53."),
        ("2026-13", 1, "The year 2026 has no month 13; use 1 to 12."),
        ("FY2026-27 Q5", 7, "The year 2026 has no quarter 5; use 1 to 4."),
        (
            "FY2026-28 Q1",
            7,
            "“FY2026-28 Q1” is no quarter of a fiscal year that starts in month 7;"
            " write FY2026-27 Q1.",
        ),
        (
            "FY2026 Q1",
            7,
            "“FY2026 Q1” is no quarter of a fiscal year that starts in month 7;"
            " write FY2026-27 Q1.",
        ),
        ("FY2026 Q1", 13, "A fiscal year cannot start in month 13; use 1 to 12."),
        ("9999-W01", 1, "There is no period in the year 9999; use 1 to 9998."),
        (
            "last week",
            7,
            "“last week” is not a period; write a week as 2026-W47, a month as 2026-11,"
            " a quarter as FY2026-27 Q2.",
        ),
    ],
)
def test_what_is_not_a_period_is_said_in_a_sentence(name: str, starts: int, say: str) -> None:
    with pytest.raises(Trouble) as trouble:
        parse(name, fiscal_year_starts=starts)
    assert str(trouble.value) == say


@pytest.mark.parametrize("name", [" 2026-W47", "2026-W47\n", "2026-w47", "٢٠٢٦-W47", "2026-W4", ""])
def test_only_the_exact_name_counts(name: str) -> None:
    with pytest.raises(Trouble, match="is not a period"):
        parse(name)


def test_time_ends_with_a_sentence_too() -> None:
    with pytest.raises(Trouble, match="There is no month before 0001-01"):
        parse("0001-01").before()
    with pytest.raises(Trouble, match="There is no week after 9998-W53"):
        parse("9998-W53").after()


# --- weeks of other periods -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "starts", "first", "last"),
    [
        ("2026-W47", 7, "2026-W47", "2026-W47"),
        ("2026-11", 7, "2026-W45", "2026-W48"),  # 1 November is a Sunday, 30 November a Monday
        ("2026-12", 7, "2026-W49", "2026-W53"),
        ("2027-01", 7, "2027-W01", "2027-W04"),  # 1 January is a Friday
        ("2026-01", 7, "2026-W01", "2026-W05"),  # 1 January is a Thursday
        ("2024-02", 7, "2024-W05", "2024-W09"),  # both the first and the last day are Thursdays
        ("FY2026-27 Q2", 7, "2026-W40", "2026-W53"),
        ("FY2026-27 Q3", 7, "2027-W01", "2027-W12"),  # 31 March is a Wednesday
        ("FY2026 Q1", 1, "2026-W01", "2026-W13"),
    ],
)
def test_a_period_has_the_weeks_whose_thursday_is_in_it(
    name: str, starts: int, first: str, last: str
) -> None:
    weeks = weeks_of(parse(name, fiscal_year_starts=starts))
    assert (str(weeks[0]), str(weeks[-1])) == (first, last)


@given(periods)
def test_the_weeks_of_a_period_follow_one_another(period: Period) -> None:
    weeks = weeks_of(period)
    assert [week.after() for week in weeks[:-1]] == list(weeks[1:])
    assert {week.kind for week in weeks} == {"week"}
    if period.kind != "week":
        assert weeks_of(period.after())[0] == weeks[-1].after()


@given(days.map(week_of), starts)
def test_a_week_is_of_just_one_month_and_one_quarter(week: Period, start: int) -> None:
    month, quarter = month_with(week), quarter_with(week, fiscal_year_starts=start)
    for period in (month, quarter):
        assert week in weeks_of(period)
        for other in (period.before(), period.after()):
            assert week not in weeks_of(other)
        assert period.first <= week.last
        assert week.first <= period.last
    assert set(weeks_of(month)) <= set(weeks_of(quarter)) or (quarter.first.month != month.number)
    assert quarter.contains(month.first)


@pytest.mark.parametrize(
    ("week", "count", "weeks"),
    [
        ("2026-W47", 1, ["2026-W47"]),
        ("2021-W02", 3, ["2020-W53", "2021-W01", "2021-W02"]),
        ("2025-W02", 3, ["2024-W52", "2025-W01", "2025-W02"]),
        ("0001-W01", 3, ["0001-W01"]),
    ],
)
def test_the_weeks_that_end_with_a_week(week: str, count: int, weeks: list[str]) -> None:
    assert [str(each) for each in weeks_up_to(parse(week), count)] == weeks


@given(days, starts)
def test_the_period_of_a_kind_with_a_day(day: date, start: int) -> None:
    for kind in ("week", "month", "quarter"):
        period = period_with(day, kind, fiscal_year_starts=start)
        assert (period.kind, period.contains(day)) == (kind, True)
    assert period_with(day, "quarter", fiscal_year_starts=start).fiscal_year_starts == start
