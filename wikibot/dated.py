"""Titles that have a day or a period in them, such as ``Stand-up/{date}``. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wikibot.period import Period, month_of, quarter_of, week_of


@dataclass(frozen=True, slots=True)
class DatedPage:
    """A title, and the day that it stands for: of a week the Monday; ``None`` for none."""

    title: str
    day: date | None


def dated_pages(
    title: str, weeks: Sequence[Period], *, fiscal_year_starts: int
) -> tuple[DatedPage, ...]:
    """The pages that a title of the configuration means in some weeks; each once.

    ``{date}`` is a day (2026-11-18), ``{week}`` (2026-W47), ``{month}`` (2026-11) and
    ``{quarter}`` (FY2026-27 Q2) are periods as reports name them, with each day of the weeks in
    them: what is written on a Sunday may stand on the page of the next month.
    """
    days = [week.first + timedelta(days=number) for week in weeks for number in range(7)]
    return pages_of_days(title, days, fiscal_year_starts=fiscal_year_starts)


def pages_of_days(
    title: str, days: Iterable[date], *, fiscal_year_starts: int
) -> tuple[DatedPage, ...]:
    """As :func:`dated_pages`, for just some days."""
    if "{" not in title:
        return (DatedPage(title, None),)
    found: dict[str, DatedPage] = {}
    for day in days:
        week = week_of(day)
        name = title.format(
            date=day.isoformat(),
            week=week,
            month=month_of(day),
            quarter=quarter_of(day, fiscal_year_starts=fiscal_year_starts),
        )
        first = day if "{date}" in title else week.first if "{week}" in title else None
        found.setdefault(name, DatedPage(name, first))
    return tuple(found.values())
