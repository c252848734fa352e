"""The page of all reports: the newest one, and the archive by year. Pure."""

from collections.abc import Iterator, Sequence

from wikibot.messages import Messages
from wikibot.period import Period
from wikibot.reports.page import Place
from wikibot.wikitext import escape


def index_body(periods: Sequence[Period], place: Place, words: Messages) -> str:
    """What stands on the page ``<base>``; ``periods`` are those that have a report."""
    return "\n".join(_lines(periods, place, words)).strip()


def _lines(periods: Sequence[Period], place: Place, words: Messages) -> Iterator[str]:
    weeks = sorted((p for p in periods if p.kind == "week"), reverse=True)
    if weeks:
        newest = place.title(weeks[0])
        yield words("report-newest", page=escape.page(newest, str(weeks[0])))
        yield ""
        # the colon: a title without a namespace is not one of Template:, even with “:” in it
        yield f"{{{{:{newest}}}}}"
        yield ""
    for year in sorted({_year(period) for period in periods}, reverse=True):
        of_year = [period for period in periods if _year(period) == year]
        yield f"== {year} =="
        for kind in ("quarter", "month"):
            found = sorted((p for p in of_year if p.kind == kind), reverse=True)
            if found:
                links = ", ".join(escape.page(place.title(p), str(p)) for p in found)
                yield f"* {words(f'report-{kind}s', pages=links)}"
        for week in sorted((p for p in of_year if p.kind == "week"), reverse=True):
            link = escape.page(place.title(week), str(week))
            first, last = words.date(week.first), words.date(week.last)
            yield f"* {words('report-week', page=link, first=first, last=last)}"
        yield ""


def _year(period: Period) -> int:
    """The calendar year of a period: that of its last day, a week's as ISO 8601 has it."""
    return period.year if period.kind == "week" else period.last.year
