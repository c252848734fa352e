"""The status updates of a page: ``{{Status update|team=…|date=…|health=…|…}}``, any number.

Arguments hold a list (an item for each bullet) or prose (an item for each paragraph). What cannot
be read is said in ``problem``; what can be is there all the same. Another form of update is
another reader beside :func:`_from_calls`, and its result is added in :func:`read_updates`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from wikibot.model import Item, Site, Update
from wikibot.period import Period
from wikibot.wikitext import blocks, escape
from wikibot.wikitext.calls import Call, read_calls, without_comments
from wikibot.wikitext.masks import mask

TEMPLATE: Final = "Status update"

_LONG = 80  # characters; of something longer, a message quotes the beginning
_TEXTS = ("team", "date", "health")
_LISTS = ("headline", "done", "next", "blocked by", "blocking", "risks")
_MARKER = re.compile(r"[*#:;]+")
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "none", "nothing"})
_MONTHS = """
    january february march april may june july august september october november december
""".split()
_DATES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[A-Za-z]+) (?P<year>[0-9]{4})"),
    re.compile(r"(?P<month>[A-Za-z]+) (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{4})"),
)


def read_recorded(text: str, *, site: Site = Site()) -> tuple[Update, ...]:
    return ()


def read_updates(
    text: str, *, site: Site = Site(), teams: object = (), day: object = None
) -> tuple[Update, ...]:
    """The updates of a page, in its order; never fails, linear in the length of ``text``."""
    return tuple(_from_calls(text, site))


def in_period(updates: Iterable[Update], period: Period) -> tuple[Update, ...]:
    """Those with a date in ``period``, in the order that they came in."""
    return tuple(each for each in updates if each.date and period.contains(each.date))


def read_date(text: str) -> date | None:
    """``2026-11-20``, ``20 November 2026`` or ``November 20, 2026``; ``None`` for anything else."""
    for form in _DATES:
        if match := form.fullmatch(text):
            month = match["month"].lower()
            try:
                number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
                return date(int(match["year"]), number, int(match["day"]))
            except ValueError:  # there is no such month, or no such day in it
                return None
    return None


def _from_calls(text: str, site: Site) -> Iterator[Update]:
    calls = read_calls(text, name=TEMPLATE)
    if not calls:
        return
    page = blocks.scan(text, site=site)
    for call in calls:
        said = {a.name.lower(): _value(a.value.of(text)) for a in call.arguments}
        words = {name: escape.shown(said.get(name, ""), site=site) for name in _TEXTS}
        if call.problem and not words["team"]:
            continue
        items = {name: tuple(_items(said.get(name, ""), site)) for name in _LISTS}
        day = read_date(words["date"])
        yield Update(
            team=words["team"],
            date=day,
            raw_date=words["date"],
            health=words["health"],
            headline=_joined(items["headline"]),
            done=items["done"],
            next=items["next"],
            blocked_by=items["blocked by"],
            blocking=items["blocking"],
            risks=items["risks"],
            section=page.section_at(call.span.start).title,
            line=page.line_at(call.span.start),
            problem="; ".join(_problems(call, said, words["date"], day)),
        )


def _problems(call: Call, said: dict[str, str], raw_date: str, day: date | None) -> Iterator[str]:
    if call.problem:
        yield f"the update cannot be read whole: {call.problem}"
    if not raw_date:
        yield "the update has no date; write it as date=2026-11-20"
    elif day is None:
        yield f"the date “{raw_date[:_LONG]}” cannot be read; write it as 2026-11-20"
    if said.get("", "").strip():
        yield "the update has text that belongs to no parameter; write its name and “=” before it"
    for name in said:
        if name not in ("", *_TEXTS, *_LISTS):
            yield f"the update has an unknown parameter “{name[:_LONG]}”"


def _value(source: str) -> str:
    """An argument without comments, and with the characters that it cannot hold itself.

    For these MediaWiki has two templates: https://www.mediawiki.org/wiki/Help:Magic_words#Other
    """
    return without_comments(source).replace("{{!}}", "|").replace("{{=}}", "=")


def _items(source: str, site: Site) -> Iterator[Item]:
    for entry in _entries(source):
        shown = escape.shown(entry, site=site)
        if shown.lower() not in _NOTHING:
            yield Item(shown, entry)


def _entries(source: str) -> Iterator[str]:
    """The source of each bullet, and of each paragraph between them, on one line."""
    prose: list[str] = []
    for line in _lines(source):
        marker = _MARKER.match(line)
        if line and not marker:
            prose.append(line)
            continue
        if prose:
            yield " ".join(prose)
            prose = []
        if marker:
            yield line[marker.end() :].strip()
    if prose:
        yield " ".join(prose)


def _lines(source: str) -> Iterator[str]:
    """The lines of an argument; a template in it stays in one piece."""
    start = 0
    for match in re.finditer(r"\n|\Z", mask(source)):
        yield source[start : match.start()].strip()
        start = match.end()


def _joined(items: tuple[Item, ...]) -> Item | None:
    """A headline is one item, however it was written."""
    if not items:
        return None
    return Item("; ".join(i.text for i in items), "; ".join(i.source for i in items))
