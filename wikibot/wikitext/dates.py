"""Days as people write them: read where they can be read in one way only.

English is read everywhere, and the names of months and weekdays of one language more. A date
without a year needs a day that it is near to; nothing here looks at a clock.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from typing import Literal

from wikibot.wikitext.inline import fold

LONGEST = 200  # characters; no heading with a date in it is longer
_QUOTED = 80  # characters that a sentence quotes

_MONTHS = """
    january february march april may june july august september october november december
""".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAY = r"(?P<day>[0-9]{1,2})(?![0-9])(?:st\b|nd\b|rd\b|th\b|er\b|[.ºª°])?"
_TO_DAY = r"(?:\s*[-–—]\s*[0-9]{1,2}(?![0-9])(?:st\b|nd\b|rd\b|th\b|\.)?)?"  # 16–20 November
_YEAR = r"(?:,?\s+(?:(?:de|del|of)\s+)?(?P<year>[0-9]{4}))?"
_FORMS = (
    r"(?P<year>[0-9]{4})(?P<dot>[-/.])(?P<month>[0-9]{1,2})(?P=dot)(?P<day>[0-9]{1,2})",
    r"(?P<first>[0-9]{1,2})(?P<dot>/|-|\.\s?)(?P<second>[0-9]{1,2})(?P=dot)(?P<year>[0-9]{4})",
    r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<short>[0-9]{2})",
    rf"{_DAY}{_TO_DAY}\s*(?:(?:of|de)\s+)?(?P<name>MONTH)\.?{_YEAR}",
    rf"(?P<name>MONTH)\.?\s+{_DAY}{_TO_DAY}{_YEAR}",
    r"(?P<year>[0-9]{4})\s?[年년]\s?(?P<month>[0-9]{1,2})\s?[月월]\s?(?P<day>[0-9]{1,2})\s?[日일]",
)
_WEEK_FORMS = (
    r"(?P<year>[0-9]{4})[- ]?W(?P<week>[0-9]{1,2})",
    r"(?:W|(?:week|wk|kw|woche|kalenderwoche|semaine|semana)\.?\s?)(?P<week>[0-9]{1,2})"
    r"(?:\s?[,/-]\s?|\s+)(?:(?:of|de)\s+)?(?P<year>[0-9]{4})",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A date in a text.

    ``text`` is what is written, ``rest`` what stands around it. ``days`` are the ways to read it:
    one; more where it is ambiguous; none where there is no such day, or no year.
    """

    text: str
    days: tuple[date, ...]
    rest: str = ""

    @property
    def day(self) -> date | None:
        """The day that is meant, where that is sure."""
        return self.days[0] if len(self.days) == 1 else None

    @property
    def problem(self) -> str:
        """Why there is no day, a sentence; ``""`` when there is one."""
        if len(self.days) == 1:
            return ""
        quoted = self.text[:_QUOTED]
        if self.days:
            return f"the date “{quoted}” can be read in two ways; write it as {self.days[0]}"
        return f"the date “{quoted}” cannot be read; write it as YYYY-MM-DD"


def read_date(text: str, *, language: str = "en") -> date | None:
    """The day that ``text`` is: ``2026-11-20``, ``Fri, Nov. 20th 2026``; ``None`` if not sure.

    With ``language`` (a code as MediaWiki has it) its names of months are understood, too.
    """
    return said_date(text, language=language).day


def said_date(text: str, *, language: str = "en", near: date | None = None) -> Said:
    """``text`` as a date, whatever it is; ``near`` decides about the year of one without."""
    folded = fold(text[: LONGEST + 1])
    if len(folded) <= LONGEST:
        forms = _forms(language)
        for form in forms.days:
            if match := form.fullmatch(folded):
                return Said(folded, _days(match, forms.months, near))
    return Said(folded, ())


def find_date(text: str, *, language: str = "en", near: date | None = None) -> Said | None:
    """The one date in a heading, with words around it; of an ISO week its Monday.

    Two dates of one week are the first of them; other two are one that is ambiguous. A date
    without a year counts only when nothing stands around it.
    """
    if len(text) > LONGEST or not any(char in "0123456789" for char in text):
        return None
    folded = fold(text)
    found = list(_found(folded, language, near))
    if not found:
        return None
    ends = [0, *(end for _, end, _ in found)]
    starts = [*(start for start, _, _ in found), len(folded)]
    rest = " ".join(folded[end:start] for end, start in zip(ends, starts, strict=True))
    days = tuple(dict.fromkeys(day for *_, days in found for day in days))
    sure = all(len(readings) == 1 for *_, readings in found)
    if sure and len({day.isocalendar()[:2] for day in days}) == 1:
        days = days[:1]
    return Said(folded[starts[0] : ends[-1]], days, fold(rest))


_Found = tuple[int, int, tuple[date, ...]]


def _found(text: str, language: str, near: date | None) -> Iterator[_Found]:
    """Where dates stand, none within another, and their readings."""
    forms = _forms(language)
    matches = [match for form in (*forms.days, *forms.weeks) for match in form.finditer(text)]
    yearless = [match for match in matches if match.groupdict().get("year", "") is None]
    found = [
        (*match.span(), _days(match, forms.months, near))
        for match in matches
        if match not in yearless or match.span() == (0, len(text))
    ]
    if found and yearless:  # 16 November – 20 November 2026
        by = next((days[0] for *_, days in found if days), near)
        found += [(*match.span(), _days(match, forms.months, by)) for match in yearless]
    end = 0
    for one in sorted(found, key=lambda one: (one[0], -one[1])):
        if one[0] >= end:
            end = one[1]
            yield one


def _days(match: re.Match[str], months: Mapping[str, int], near: date | None) -> tuple[date, ...]:
    said = match.groupdict()
    if "short" in said:  # which of three numbers is the year, nobody knows
        return ()
    if "week" in said:
        try:
            return (date.fromisocalendar(int(said["year"]), int(said["week"]), 1),)
        except ValueError:
            return ()
    if "first" in said:
        year, first, second = int(said["year"]), int(said["first"]), int(said["second"])
        readings = [_day(year, second, first)]
        if not said["dot"].startswith("."):
            readings.append(_day(year, first, second))
        return tuple(dict.fromkeys(day for day in readings if day))
    number = int(said["month"]) if "month" in said else months.get(said["name"].casefold(), 0)
    if said["year"]:
        days = [_day(int(said["year"]), number, int(said["day"]))]
    elif near:
        years = (near.year, near.year - 1, near.year + 1)
        days = [_day(year, number, int(said["day"])) for year in years]
        nearest = sorted((day for day in days if day), key=lambda day: abs(day - near))
        return tuple(nearest[:1])
    else:
        return ()
    return tuple(day for day in days if day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if MINYEAR <= year <= MAXYEAR else None
    except ValueError:  # there is no such month, or no such day in it
        return None


# --- what a language brings ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Forms:
    """``months`` are numbers by name in lower case, without a dot at the end."""

    months: Mapping[str, int]
    days: tuple[re.Pattern[str], ...]
    weeks: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=32)
def _forms(language: str) -> _Forms:
    english = {name: number for number, name in enumerate(_MONTHS, 1)}
    english |= {name[:3]: number for name, number in english.items()} | {"sept": 9}
    months: dict[str, int] = {}
    for name, number in [*english.items(), *_names("month", language)]:
        # a name that is another month in English could be read in two ways
        months[name] = number if months.get(name, number) == number else 0
    weekdays = {*_WEEKDAYS, *(name[:3] for name in _WEEKDAYS), "tues", "thur", "thurs"}
    weekdays |= {name for name, _ in _names("day", language)}
    month, weekday = _any_of(months), _any_of(weekdays)

    def pattern(form: str) -> re.Pattern[str]:
        form = form.replace("MONTH", month)
        before, after = rf"(?:{weekday}\.?,?\s+)?", rf"(?:,?\s+\(?{weekday}\b\)?)?"
        # not within a number, a path, a word
        return re.compile(
            rf"(?<![\w/])(?<![0-9][.-]){before}{form}{after}(?!\w|[/.-]?[0-9])", re.IGNORECASE
        )

    return _Forms(months, tuple(map(pattern, _FORMS)), tuple(map(pattern, _WEEK_FORMS)))


def _any_of(names: Mapping[str, int] | set[str]) -> str:
    return f"(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})"


def _names(what: Literal["month", "day"], language: str) -> Iterator[tuple[str, int]]:
    """The names that a language has for months or weekdays; none when it is not known."""
    if language in ("", "en"):
        return
    from babel import Locale, UnknownLocaleError  # here, as it is not needed for English
    from babel.dates import get_day_names, get_month_names

    for code in (language, language.partition("-")[0]):
        try:
            locale = Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
        names = get_month_names if what == "month" else get_day_names
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in names(width, context, locale).items():
                    yield fold(name).casefold().rstrip("."), number
        return
