"""One entry of a roster: the name, the title and the link in a list item or a cell."""

import re
from dataclasses import dataclass

from wikibot.wikitext import names
from wikibot.wikitext.inline import INVISIBLE, Shown, View

LONGEST = 600  # visible characters; a longer item is prose
_SIGNATURE = re.compile(r"\d{1,2}:\d{2},? (?:\d|[^\W\d_])|\((?:UTC|CES?T)\)")
# What parts a name from a title: a comma, a colon, a bracket, a dash with a blank beside it.
_PARTING = re.compile(r"\s*[,;:\n]\s*|\s+[-–—]+\s*|[-–—]+\s+|\s*[–—]\s*|\s*(?=\()")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
_TITLE_FIRST = re.compile(r"\s*([^\n]+?)\s*[:–—-]\s*")  # Manager: Ana
_LEADING = re.compile(rf"[\s,;:–—{INVISIBLE}-]*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one item or cell says of a person; ranges count visible characters."""

    name: names.Range
    title: names.Range | None
    link: Shown | None


def first_user(seen: View, start: int, end: int) -> Shown | None:
    return next((x for x in seen.links if x.username and start < x.end and x.start < end), None)


def read_item(seen: View) -> Reading | None:
    """Take an item apart: the link or the words before the first parting mark are the name."""
    start, end = seen.trim(0, len(seen.text))
    if start >= end or end - start > LONGEST or _SIGNATURE.search(seen.text):
        return None
    link = first_user(seen, start, end)
    outside = names.without_mail(seen.outside)
    if link and link.start <= start:
        return with_title(seen, outside, seen.trim(link.start, link.end), end, link)
    before = _TITLE_FIRST.fullmatch(seen.outside, 0, link.start) if link else None
    if link and link.end >= end and before and names.looks_like_title(before[1]):
        return Reading(seen.trim(link.start, link.end), before.span(1), link)
    name = seen.trim(start, _name_end(outside, start, end))
    return with_title(seen, outside, name, end, None) if name[0] < name[1] else None


def _name_end(outside: str, start: int, end: int) -> int:
    """Where the words of a name end that begin at ``start``."""
    for parting in _PARTING.finditer(outside, start + 1, end):
        bracket = outside.startswith("(", parting.end()) and not parting[0].strip()
        if not bracket or _titled(outside, parting.end(), end):
            return parting.start()
    return len(outside[:end].rstrip())


def _titled(outside: str, start: int, end: int) -> bool:
    """Whether the bracket at ``start`` holds a title or is followed by more."""
    bracket = _BRACKETS.match(outside, start, end)
    return bracket is not None and (bracket.end() >= end or outside[bracket.end()] in ",;:–—-")


def with_title(
    seen: View, outside: str, name: names.Range, end: int, link: Shown | None
) -> Reading:
    """What follows the name, without a nick in brackets and without a mail address."""
    inner = re.fullmatch(r"(.+?)\s*\(([^()]+)\)\s*", seen.text[name[0] : name[1]], re.DOTALL)
    bracketed: names.Range | None = None
    if inner and names.looks_like_title(inner[2]):
        bracketed = (name[0] + inner.start(2), name[0] + inner.end(2))
        name = (name[0], name[0] + inner.end(1))
    start = name[1] if not inner or bracketed is None else bracketed[1] + 1
    start = max(start, link.end if link else 0)
    bracket = _BRACKETS.match(outside, start, end)
    if bracket is None:
        rest = (_past_marks(outside, start, end), end)
        return Reading(name, _title(seen, outside, rest) or bracketed, link)
    nick = link and link.username and names.same_name(bracket[1], link.username.text)
    rest = (_past_marks(outside, bracket.end(), end), end)
    after = _title(seen, outside, rest) or bracketed
    if after or nick:
        return Reading(name, after, link)
    return Reading(name, _title(seen, outside, bracket.span(1)), link)


def _past_marks(outside: str, start: int, end: int) -> int:
    match = _LEADING.match(outside, start, end)
    return match.end() if match else start


def _title(seen: View, outside: str, title: names.Range) -> names.Range | None:
    start, end = title
    while start < end and outside[start].isspace():
        start += 1
    while start < end and (outside[end - 1].isspace() or outside[end - 1] in ",;"):
        end -= 1
    return (start, end) if start < end and any(map(str.isalnum, seen.text[start:end])) else None


def by_pattern(seen: View, expression: re.Pattern[str]) -> Reading | None:
    if len(seen.text) > LONGEST:
        return None
    match = expression.fullmatch(seen.outside)
    if not match or "name" not in expression.groupindex:
        return None
    name = seen.trim(*match.span("name"))
    link = first_user(seen, *name)
    if link:
        name = (link.start, link.end)
    title = None
    if "title" in expression.groupindex:
        title = _title(seen, seen.outside, match.span("title"))
    return Reading(name, title, link) if name[0] < name[1] else None
