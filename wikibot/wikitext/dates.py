"""Days as people write them: read where they can be read in one way only.

English, German, French and Spanish are read everywhere, and the names of months and weekdays of
one language more. A date without a year needs a day that it is near to; nothing here looks at a
clock.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

from wikibot.wikitext.inline import fold

LONGEST = 200  # characters; no heading with a date in it is longer
_QUOTED = 80  # characters that a sentence quotes

_MONTHS = """
    january february march april may june july august september october november december
""".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MORE_MONTHS = """
    januar februar märz april mai juni juli august september oktober november dezember
    jan feb mär apr mai jun jul aug sep okt nov dez
    jänner feber mrz april mai juni juli august sept oktober november dezember
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    janv févr mars avr mai juin juil août sept oct nov déc
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    ene feb mar abr may jun jul ago sept oct nov dic
    enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre
""".split()
_MORE_WEEKDAYS = """
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    montag dienstag mittwoch donnerstag freitag sonnabend sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo
""".split()
_DAY = r"(?P<day>[0-9]{1,2})(?![0-9])(?:st\b|nd\b|rd\b|th\b|er\b|[.ºª°])?"
_TO_DAY = r"(?:\s*[-–—]\s*[0-9]{1,2}(?![0-9])(?:st\b|nd\b|rd\b|th\b|\.)?)?"  # 16–20 November
_YEAR = r"(?:,?\s+(?:(?:de|del|of)\s+)?(?P<year>[0-9]{4}))?"
_FORMS = (
    r"(?P<year>[0-9]{4})(?P<dot>[-/.])(?P<month>[0-9]{1,2})(?P=dot)(?P<day>[0-9]{1,2})",
    r"(?P<first>[0-9]{1,2})(?P<dot>/|-|\.\s?)(?P<second>[0-9]{1,2})(?P=dot)(?P<year>[0-9]{4})",
    r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<short>[0-9]{2})",
    r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.\s?(?P<two>[0-9]{2})",
    r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.(?P<year>(?!))?",
    rf"{_DAY}{_TO_DAY}\s*(?:(?:of|de)\s+)?(?P<name>MONTH)\.?{_YEAR}",
    rf"(?P<name>MONTH)\.?\s+{_DAY}{_TO_DAY}{_YEAR}",
    r"(?P<year>[0-9]{4})\s?[年년]\s?(?P<month>[0-9]{1,2})\s?[月월]\s?(?P<day>[0-9]{1,2})\s?[日일]",
)
_WEEK = r"(?:week|wk|kw|cw|woche|kalenderwoche|semaine|semana)"
_WEEK_FORMS = (
    r"(?P<year>[0-9]{4})[- ]?W(?P<week>[0-9]{1,2})",
    rf"(?P<year>[0-9]{{4}})(?:\s?[,/-]\s?|\s+){_WEEK}\.?\s?(?P<week>[0-9]{{1,2}})",
    rf"(?:W\s?|{_WEEK}\.?\s?)(?P<week>[0-9]{{1,2}})"
    r"(?:(?:\s?[,/-]\s?|\s+)(?:(?:of|de)\s+)?(?P<year>[0-9]{4}))?",
    r"(?P<week>[0-9]{1,2})\.\s?(?:kw|woche|kalenderwoche)(?:\s?[,/-]?\s?(?P<year>[0-9]{4}))?",
)
# What is meant for a date or a week, be it one or not: 18 Ocotber 2026, W47/26, 2026-W60
_WORD = r"[^\W\d_]{3,12}"
_ANY_YEAR = r"(?:[0-9]{4}|['’]?[0-9]{2})"
_LIKE = re.compile(
    rf"(?:{_WORD}\.?,?\s+)?[0-9]{{1,2}}[a-zºª.]{{0,3}}\s*(?:(?:of|de)\s+)?{_WORD}[.,]?\s+"
    rf"(?:del?\s+)?{_ANY_YEAR}"
    rf"|(?:{_WORD}\.?,?\s+)?{_WORD}\.?\s+[0-9]{{1,2}}[a-z.]{{0,3}},?\s+{_ANY_YEAR}"
    r"|20[0-9]{6}|[0-9]{2}\s?/\s?[0-9]{2}"
    r"|(?:[^\W\d_]{2,3}\.?,?\s+)?[0-9]{1,2}\.\s?[0-9]{1,2}\.(?:\s?[0-9]{1,4})?"
    r"|[0-9]{1,4}(?P<dot>[-/])[0-9]{1,2}(?P=dot)[0-9]{1,4}"
    rf"|(?:[0-9]{{2,4}}[\s,/-]*)?(?:W|(?:{_WEEK}|sem|s)\.?\s?)[0-9]{{1,2}}"
    r"(?:[\s,/'’-]*[0-9]{2,4})?",
    re.IGNORECASE,
)
_LIKE_WEEK = re.compile(rf"(?:W\s?|(?:{_WEEK})\.?\s?)[0-9]{{1,2}}(?!\w)", re.IGNORECASE)
_A_WEEK = re.compile(rf"(?<!\w)(?:W\s?|{_WEEK}\.?\s?)[0-9]{{1,2}}(?!\w)", re.IGNORECASE)
_VAGUE = re.compile(
    rf"(?:(?:W\s?|{_WEEK}\.?\s?)[0-9]{{1,2}}|[0-9]{{1,2}}\.\s?(?:kw|woche|kalenderwoche)"
    r"|[0-9]{1,2}\.\s?[0-9]{1,2}\.|[-–— (),]|to|bis)+",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:(?P<before>{_WORD})\.?\s+)?[0-9]{{1,2}}(?:[a-z.]{{0,3}}\s+(?P<after>{_WORD}))?\.?"
)
_YEARLESS = ("year", "two", "short")  # the groups that say a year


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


def is_like_date(text: str) -> bool:
    """Whether a heading is meant for a date or a week, be it one or not: 18 Ocotber 2026, W47."""
    if len(text) > LONGEST or not any(char in "0123456789" for char in text):
        return False
    folded = fold(text).strip(" :()[]*")
    if _LIKE.fullmatch(folded) or _LIKE_WEEK.match(folded):
        return True
    named = _NAMED.fullmatch(folded)  # 18 Ocotber
    name = ((named["before"] or named["after"] or "") if named else "").casefold()
    return bool(name and get_close_matches(name, _forms("en").months, n=1, cutoff=0.75))


def is_vague(text: str) -> bool:
    """Whether a text is nothing but weeks and days without a year, in figures: W47, 18.11."""
    return bool(_VAGUE.fullmatch(fold(text)))


def find_week(text: str) -> Said | None:
    """A week without a year in a heading, as long as it is not known which: Search, W47."""
    folded = fold(text[: LONGEST + 1])
    match = _A_WEEK.search(folded) if len(folded) <= LONGEST else None
    return (
        Said(match[0], (), f"{folded[: match.start()]} {folded[match.end() :]}") if match else None
    )


def weekday_of(text: str, *, language: str = "en") -> int | None:
    """The weekday that a heading is, 0 for Monday; ``None`` for any other."""
    return _weekdays(language).get(fold(text).casefold().rstrip(".:")) if len(text) < 40 else None


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
    text = folded[starts[0] : ends[-1]]
    if text.count("(") > text.count(")") and folded.startswith(")", ends[-1]):
        ends[-1] += 1  # Week 47 (16–20 November)
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
    days = [match for form in forms.days for match in form.finditer(text)]
    weeks = [match for form in forms.weeks for match in form.finditer(text)]
    yearless = [match for match in days if not _has_year(match)]
    alone = [match for match in weeks if not _has_year(match)]
    matches = [match for match in (*days, *weeks) if _has_year(match)]
    whole = _outside(text, [match.span() for match in (*days, *weeks)])
    if not whole:  # 1.2.26 is a version, perhaps
        matches = [match for match in matches if "two" not in match.groupdict()]
    found = [(*match.span(), _days(match, forms.months, near)) for match in matches]
    if found:  # 16 November – 20 November 2026, but not the first of 1.2. 2026-11-20
        by = next((days[0] for *_, days in found if days), near)
        yearless = [m for m in yearless if "name" in m.groupdict() or _goes_on(text, m.end())]
        found += [(*match.span(), _days(match, forms.months, by)) for match in yearless]
    elif whole:
        yearless += alone
        found = [(*match.span(), _days(match, forms.months, near)) for match in yearless]
    end = 0
    for one in sorted(found, key=lambda one: (one[0], -one[1])):
        if one[0] >= end:
            end = one[1]
            yield one


def _has_year(match: re.Match[str]) -> bool:
    said = match.groupdict()
    return any(said.get(name) is not None for name in _YEARLESS)


def _goes_on(text: str, end: int) -> bool:
    """Whether behind a day comes the end of a range."""
    return text[end:].lstrip().startswith(("-", "–", "—", "to ", "bis "))


def _outside(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether nothing but marks stands outside the spans; words between two may be “to”."""
    end = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            between = text[end:start].strip(" .,:;–—-()[]|/").casefold()
            if between and not (end and between in ("to", "bis", "au", "al", "a", "until")):
                return False
            end = stop
    return not text[end:].strip(" .,:;–—-()[]|/")


def _days(match: re.Match[str], months: Mapping[str, int], near: date | None) -> tuple[date, ...]:
    said = match.groupdict()
    if "short" in said:  # which of three numbers is the year, nobody knows
        return ()
    if "week" in said:
        if said["year"]:
            return tuple(_monday(int(said["year"]), int(said["week"])))
        if near is None:
            return ()
        mondays = [
            monday
            for year in (near.year, near.year - 1, near.year + 1)
            for monday in _monday(year, int(said["week"]))
        ]
        return tuple(sorted(mondays, key=lambda day: abs(day - near))[:1])
    if "first" in said:
        year, first, second = int(said["year"]), int(said["first"]), int(said["second"])
        readings = [_day(year, second, first)]
        if not said["dot"].startswith("."):
            readings.append(_day(year, first, second))
        return tuple(dict.fromkeys(day for day in readings if day))
    number = int(said["month"]) if "month" in said else months.get(said["name"].casefold(), 0)
    of_year = f"20{said['two']}" if said.get("two") else said["year"]
    if of_year:
        days = [_day(int(of_year), number, int(said["day"]))]
    elif near:
        years = (near.year, near.year - 1, near.year + 1)
        days = [_day(year, number, int(said["day"])) for year in years]
        nearest = sorted((day for day in days if day), key=lambda day: abs(day - near))
        return tuple(nearest[:1])
    else:
        return ()
    return tuple(day for day in days if day)


def _monday(year: int, week: int) -> Iterator[date]:
    """The first day of a week; nothing where there is no such week."""
    with suppress(ValueError):
        yield date.fromisocalendar(year, week, 1)


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
    months = {name: index % 12 + 1 for index, name in enumerate(_MORE_MONTHS)} | months
    weekdays = {*_WEEKDAYS, *(name[:3] for name in _WEEKDAYS), "tues", "thur", "thurs"}
    weekdays |= {*_MORE_WEEKDAYS}
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


@lru_cache(maxsize=32)
def _weekdays(language: str) -> Mapping[str, int]:
    """Numbers by name in lower case; no abbreviations but the English ones: “Do” is a word."""
    found = {name: number for name, number in _names("day", language) if len(name) > 3}
    found |= {name: index % 7 for index, name in enumerate(_MORE_WEEKDAYS)}
    found |= {name[:3]: number for number, name in enumerate(_WEEKDAYS)}
    return found | {name: number for number, name in enumerate(_WEEKDAYS)}


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
