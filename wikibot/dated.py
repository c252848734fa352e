"""Titles that have a day or a period in them, such as ``Stand-up/{date}``. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wikibot.period import Period, month_with, quarter_with


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
    ``{quarter}`` (FY2026-27 Q2) are periods as reports name them.
    """
    if "{" not in title:
        return (DatedPage(title, None),)
    found: dict[str, DatedPage] = {}
    for week in weeks:
        places = {
            "week": str(week),
            "month": str(month_with(week)),
            "quarter": str(quarter_with(week, fiscal_year_starts=fiscal_year_starts)),
        }
        days = [week.first + timedelta(days=number) for number in range(7)]
        for day in days if "{date}" in title else days[:1]:
            stands_for = day if "{date}" in title or "{week}" in title else None
            name = title.format(date=day.isoformat(), **places)
            found.setdefault(name, DatedPage(name, stands_for))
    return tuple(found.values())
