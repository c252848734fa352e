"""ISO weeks, months and fiscal quarters: what reports are about."""

import re
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from typing import Literal

from wikibot.errors import Trouble

Kind = Literal["week", "month", "quarter"]

_LAST_YEAR = 9998  # a period of 9999 may end in a year that Python's dates do not have
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"FY([0-9]{4})(?:-([0-9]{2}))? Q([0-9])")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days with a name: ``2026-W47``, ``2026-11``, ``FY2026-27 Q2``.

    ``year`` is the ISO 8601 year of a week, the calendar year of a month, and the calendar year
    in which the fiscal year of a quarter begins. ``fiscal_year_starts`` (a month, 1 to 12) counts
    for quarters only. Periods of one kind sort by time. :class:`Trouble` for one that cannot be.
    """

    kind: Kind
    year: int
    number: int
    fiscal_year_starts: int = 1

    def __post_init__(self) -> None:
        if not MINYEAR <= self.year <= _LAST_YEAR:
            raise Trouble(f"There is no period in the year {self.year}; use {MINYEAR} to 9998.")
        if not 1 <= self.fiscal_year_starts <= 12:
            raise Trouble(
                f"A fiscal year cannot start in month {self.fiscal_year_starts}; use 1 to 12."
            )
        most = self._in_year(self.year)
        if not 1 <= self.number <= most:
            raise Trouble(
                f"The year {self.year} has no {self.kind} {self.number}; use 1 to {most}."
            )

    def __str__(self) -> str:
        match self.kind:
            case "week":
                return f"{self.year:04}-W{self.number:02}"
            case "month":
                return f"{self.year:04}-{self.number:02}"
            case "quarter":
                return f"{_fiscal_year(self.year, self.fiscal_year_starts)} Q{self.number}"

    @property
    def first(self) -> date:
        """The first day."""
        if self.kind == "week":
            return date.fromisocalendar(self.year, self.number, 1)
        return self._month(0)

    @property
    def last(self) -> date:
        """The last day, which belongs to the period."""
        match self.kind:
            case "week":
                return self.first + timedelta(days=6)
            case "month":
                return self._month(1) - timedelta(days=1)
            case "quarter":
                return self._month(3) - timedelta(days=1)

    def before(self) -> "Period":
        """The period of the same kind that ends the day before this one."""
        if self.number > 1:
            return self._with(self.year, self.number - 1)
        if self.year == MINYEAR:
            raise Trouble(f"There is no {self.kind} before {self}.")
        return self._with(self.year - 1, self._in_year(self.year - 1))

    def after(self) -> "Period":
        """The period of the same kind that begins the day after this one."""
        if self.number < self._in_year(self.year):
            return self._with(self.year, self.number + 1)
        if self.year == _LAST_YEAR:
            raise Trouble(f"There is no {self.kind} after {self}.")
        return self._with(self.year + 1, 1)

    def contains(self, day: date) -> bool:
        """Whether ``day`` is one of its days."""
        return self.first <= day <= self.last

    def _with(self, year: int, number: int) -> "Period":
        return Period(self.kind, year, number, self.fiscal_year_starts)

    def _in_year(self, year: int) -> int:
        """How many periods of this kind a year has."""
        match self.kind:
            case "week":
                # ISO 8601: 28 December is always in the last week of its year
                return date(year, 12, 28).isocalendar().week
            case "month":
                return 12
            case "quarter":
                return 4

    def _month(self, later: int) -> date:
        """The first day of the month that is ``later`` months after the first one."""
        months = self.number - 1 + later
        if self.kind == "quarter":
            months = (self.number - 1) * 3 + self.fiscal_year_starts - 1 + later
        return date(self.year + months // 12, months % 12 + 1, 1)


def parse(text: str, *, fiscal_year_starts: int = 1) -> Period:
    """The period of a name as :class:`Period` prints it; :class:`Trouble` says what is wrong.

    A fiscal year that starts in January is written ``FY2026``, any other ``FY2026-27``.
    """
    if match := _WEEK.fullmatch(text):
        return Period("week", int(match[1]), int(match[2]))
    if match := _MONTH.fullmatch(text):
        return Period("month", int(match[1]), int(match[2]))
    if match := _QUARTER.fullmatch(text):
        period = Period("quarter", int(match[1]), int(match[3]), fiscal_year_starts)
        if str(period) != text:
            raise Trouble(
                f"“{text}” is no quarter of a fiscal year that starts in month"
                f" {fiscal_year_starts}; write {period}."
            )
        return period
    raise Trouble(
        f"“{text}” is not a period; write a week as 2026-W47, a month as 2026-11,"
        f" a quarter as {_fiscal_year(2026, fiscal_year_starts)} Q2."
    )


def week_of(day: date) -> Period:
    """The ISO week that ``day`` is in."""
    year, week, _ = day.isocalendar()
    return Period("week", year, week)


def month_of(day: date) -> Period:
    """The month that ``day`` is in."""
    return Period("month", day.year, day.month)


def quarter_of(day: date, *, fiscal_year_starts: int) -> Period:
    """The fiscal quarter that ``day`` is in."""
    months = (day.month - fiscal_year_starts) % 12
    year = day.year if day.month >= fiscal_year_starts else day.year - 1
    return Period("quarter", year, months // 3 + 1, fiscal_year_starts)


def period_with(day: date, kind: Kind, *, fiscal_year_starts: int) -> Period:
    """The period of a kind that ``day`` is in."""
    match kind:
        case "week":
            return week_of(day)
        case "month":
            return month_of(day)
        case "quarter":
            return quarter_of(day, fiscal_year_starts=fiscal_year_starts)


def _fiscal_year(year: int, starts: int) -> str:
    return f"FY{year:04}" if starts == 1 else f"FY{year:04}-{(year + 1) % 100:02}"


def weeks_of(period: Period) -> tuple[Period, ...]:
    """The ISO weeks of a period, in order; a week is its own.

    A week that reaches over two months, or quarters, is of the one that has its Thursday, as ISO
    8601 does with years; so each week belongs to just one.
    """
    if period.kind == "week":
        return (period,)
    week = week_of(period.first)
    if _thursday(week) < period.first:
        week = week.after()
    found = []
    while _thursday(week) <= period.last:
        found.append(week)
        week = week.after()
    return tuple(found)


def month_with(week: Period) -> Period:
    """The month that a week counts for, see :func:`weeks_of`."""
    return month_of(_thursday(week))


def quarter_with(week: Period, *, fiscal_year_starts: int) -> Period:
    """The fiscal quarter that a week counts for, see :func:`weeks_of`."""
    return quarter_of(_thursday(week), fiscal_year_starts=fiscal_year_starts)


def weeks_up_to(week: Period, count: int) -> tuple[Period, ...]:
    """The ``count`` weeks that end with ``week``, in order; fewer at the beginning of time."""
    found = [week]
    while len(found) < count and found[-1].first.year > MINYEAR:
        found.append(found[-1].before())
    return tuple(reversed(found))


def _thursday(week: Period) -> date:
    return week.first + timedelta(days=3)
