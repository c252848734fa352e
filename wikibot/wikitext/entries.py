"""One entry of a roster: the name, the title and the account in a list item, a cell, a caption."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wikibot.wikitext import names
from wikibot.wikitext.inline import INVISIBLE, Shown, View, fold
from wikibot.wikitext.roster_words import NO_TITLES, NOTES

LONGEST = 600  # visible characters; a longer item is prose
_MOST_WORDS = 6  # of a title that has no word for a title
_PROSE = re.compile(r"[.!?](?:\s+\w|\s*$)|^\.|https?:|mailto:|@")
_SIGNATURE = re.compile(r"\d{1,2}:\d{2},? (?:\d|[^\W\d_])|\((?:UTC|CES?T)\)")
# What parts a name from a title: a comma, a colon, a bracket, a dash with a blank beside it.
_PARTING = re.compile(
    r"\s*[,;:\n]\s*|\s+=\s+|\s*(?:\.{3,}|…)\s*|\s+[-–—]+\s*|[-–—]+\s+|\s*[–—]\s*|\s*(?=\()"
)
_SIGNED = re.compile(r"\s*(?:\([^()\n]{0,40}\)\s*)?\d{1,2}:\d{2}, [^\n]{6,40}$")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
_TITLE_FIRST = re.compile(r"\s*([^\n]+?)\s*[:–—-]\s*")  # Manager: Ana
_LEADING = re.compile(rf"[\s,;:=….–—{INVISIBLE}-]*")
_SEGMENT = re.compile(r"[^,;()\n–—]+?(?=\s+-+\s|\s*[,;()\n–—]|\s*$)")
_NICK = re.compile(
    r"\W*(?:a\.?k\.?a\.?|alt|irc|nick(?:name)?|user(?:name)?|github|on irc|talk|tel|@)\W",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(?:until|till|since|from|bis|seit|ab|jusqu|depuis|hasta|desde)\b", re.I)
_DATE = re.compile(r"(?:^|\D)(?:19|20)\d\d(?:\D|$)|^\W*\d[\d\W]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one entry says of a person; ranges count visible characters.

    ``link`` leads to the account; most often its label is the name.
    """

    name: names.Range
    title: names.Range | None
    link: Shown | None


def first_user(seen: View, start: int, end: int) -> Shown | None:
    """The first link to a user in a visible range."""
    return next((x for x in seen.links if x.username and start < x.end and x.start < end), None)


def read_item(seen: View) -> Reading | None:
    """Take an entry apart: the link or the words before the first parting mark are the name."""
    start, end = seen.trim(0, len(seen.text))
    if start >= end or end - start > LONGEST or _SIGNATURE.search(seen.text):
        return None
    return read_range(seen, start, end)


def read_signature(seen: View) -> Reading | None:
    """Who signed a line that says nothing else: *Ana (talk) 14:02, 11 August 2010 (UTC)*."""
    link = first_user(seen, *seen.trim(0, len(seen.text)))
    if link is None or any(map(str.isalnum, seen.text[: link.start])):
        return None
    return (
        Reading((link.start, link.end), None, link)
        if _SIGNED.match(seen.outside, link.end)
        else None
    )


def read_range(seen: View, start: int, end: int) -> Reading | None:
    """Like :func:`read_item`, of a part of what is visible."""
    link = first_user(seen, start, end)
    if any(
        x.kind == "page" and x.start <= start and ":" in seen.text[x.start : x.end]
        for x in seen.links
    ):
        return None  # a page of another namespace
    outside = names.without_mail(seen.outside)
    if link and link.start <= start:
        return with_title(seen, outside, seen.trim(link.start, link.end), end, link)
    before = _TITLE_FIRST.fullmatch(seen.outside, start, link.start) if link else None
    if link and link.end >= end and before and _is_office(before[1]):
        return Reading(seen.trim(link.start, link.end), before.span(1), link)
    stop = _link_after_name(seen, start, end)
    name = seen.trim(start, _name_end(outside, start, stop))
    if name[0] >= name[1]:
        return None
    if swapped := _title_first(seen, outside, name, end):
        return swapped
    account = _account(outside, name, end, link)
    if account and account.start - name[1] > 3:  # *Ana Ruiz, chair – User:Ana*
        before_it = with_title(seen, outside, name, account.start, None)
        return replace(before_it, link=account)
    if account:
        after = with_title(seen, outside, (account.start, account.end), end, account)
        return Reading(name, after.title, account)
    return with_title(seen, outside, name, end, None)


def _link_after_name(seen: View, start: int, end: int) -> int:
    """Where the first link begins, when a full name and a blank stand before it; else ``end``."""
    link = next((x for x in seen.links if start < x.start < end), None)
    if link and seen.text[link.start - 1].isspace():
        before = fold(seen.text[start : link.start])
        return link.start if names.is_full_name(before) else end
    return end


def _title_first(seen: View, outside: str, first: names.Range, end: int) -> Reading | None:
    """*Treasurer: Ana Ruiz*, when the words before are a title and one name comes after."""
    title, mark = fold(seen.text[slice(*first)]), _LEADING.match(outside, first[1], end)
    if mark is None or not mark[0].strip() or "," in mark[0] or len(title.split()) > 5:
        return None
    rest = seen.trim(mark.end(), _name_end(outside, mark.end(), end))
    name = fold(seen.text[slice(*rest)])
    if not names.looks_like_title(title) or not names.looks_like_name(name):
        return None
    return Reading(rest, first, None) if not _AND.search(outside, *rest) else None


_AND = re.compile(r"\s(?:and|und|et|y|e|&)\s|/", re.IGNORECASE)


def _account(outside: str, name: names.Range, end: int, link: Shown | None) -> Shown | None:
    """The link to an account that comes right after a name or in the brackets after it."""
    if link is None or link.start < name[1]:
        return None
    between = outside[name[1] : link.start].strip()
    closed = outside[link.end : end].lstrip()[:1]
    if between == "" or (between == "(" and closed == ")"):
        return link
    alone = not outside[link.end : end].strip() and between[-1:] in "–—-:,"
    return link if alone and names.looks_like_name(fold(outside[slice(*name)])) else None


def _is_office(text: str) -> bool:
    """Whether a title stands here, and not somebody and her title: *Ana Ruiz, chair*."""
    first = _PARTING.split(text, maxsplit=1)[0]
    return names.looks_like_title(text) and not names.is_full_name(first)


def _name_end(outside: str, start: int, end: int) -> int:
    """Where the words of a name end that begin at ``start``."""
    for parting in _PARTING.finditer(outside, start + 1, end):
        if "," in parting[0] and names.DEGREE.match(outside, parting.start(), end):
            continue
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
    start = max(name[1], link.end if link else 0)
    bracketed: names.Range | None = None
    if inner and names.looks_like_title(inner[2]):
        bracketed = (name[0] + inner.start(2), name[0] + inner.end(2))
        name = (name[0], name[0] + inner.end(1))
    bracket = _BRACKETS.match(outside, start, end)
    if bracket is not None:
        inside = title_in(seen, outside, *bracket.span(1))
        after = title_in(seen, outside, bracket.end(), end)
        if inside and names.looks_like_title(seen.text[slice(*inside)]):
            titled_too = after and names.looks_like_title(seen.text[slice(*after)])
            return Reading(name, after if titled_too else inside, link)
        nick = _is_nick(bracket[1], link)
        return Reading(name, after or bracketed or (None if nick else inside), link)
    return Reading(name, title_in(seen, outside, start, end) or bracketed, link)


def _is_nick(text: str, link: Shown | None) -> bool:
    """Whether what stands in brackets after a name is a nick: one word in lower case, say."""
    if link and link.username and names.same_name(text, link.username.text):
        return True
    word = text.strip()
    return " " not in word and not _says_title(word) and not word[:1].isupper()


def _says_title(text: str) -> bool:
    """Whether there is a job title in ``text``, of one or of several: *lead*, *developers*."""
    return names.looks_like_title(text) or any(
        names.looks_like_title(word.removesuffix("s")) for word in _WORD.findall(text)
    )


def title_in(seen: View, outside: str, start: int, end: int) -> names.Range | None:
    """The title in what stands beside a name.

    Left out are marks, notes (*interim*), nicks, dates, and places of work, when they stand by
    themselves; of *Acme Ltd, UK (Chair)* the title is *Chair*.
    """
    leading = _LEADING.match(outside, start, end)
    start = leading.end() if leading else start
    while start < end and (outside[end - 1].isspace() or outside[end - 1] in ",;"):
        end -= 1
    segments = list(_segments(outside, start, end))
    titles = [n for n, (a, b) in enumerate(segments) if _says_title(seen.text[a:b])]
    if titles:
        first, last = titles[0], len(segments) - 1
        while last > titles[-1] and _is_beside(seen.text[slice(*segments[last])]):
            last -= 1
        return _balanced(outside, segments[first][0], segments[last][1], end)
    said = [seen.text[a:b] for a, b in segments]
    if not any(char.isalnum() for text in said for char in text) or _is_prose(seen.text[start:end]):
        return None
    if any(_is_place(text) for text in said) or all(_is_beside(text) for text in said):
        return None
    if any(x.kind == "web" and x.start <= start and end <= x.end for x in seen.links):
        return None  # a home page, an address
    last = len(segments) - 1
    while _is_beside(said[last]):
        last -= 1
    return _balanced(outside, segments[0][0], segments[last][1], end)


def _segments(outside: str, start: int, end: int) -> Iterator[names.Range]:
    for match in _SEGMENT.finditer(outside[:end], start):
        if match[0].strip():
            lead = len(match[0]) - len(match[0].lstrip(" \t-"))
            yield match.start() + lead, match.end()


def _balanced(outside: str, start: int, end: int, limit: int) -> names.Range:
    """With the bracket that closes one in the range, or the full stop of an abbreviation."""
    if outside.count("(", start, end) > outside.count(")", start, end):
        close = outside.find(")", end, limit)
        return start, close + 1 if close >= 0 else end
    return start, end


def _is_beside(text: str) -> bool:
    """Whether a segment is no part of a title: a note, a date, a nick, a place."""
    found = {word.casefold() for word in _WORD.findall(text)}
    return (
        not any(map(str.isalnum, text))
        or bool(found and found <= NOTES)
        or bool(_DATE.search(text) or _SINCE.match(text))
        or bool(_NICK.match(f"{text} "))
        or _is_place(text)
    )


def _is_prose(text: str) -> bool:
    """Whether words without a title among them tell of somebody, instead of naming a task."""
    return len(text.split()) > _MOST_WORDS or _PROSE.search(text) is not None


def _is_place(text: str) -> bool:
    return not _says_title(text) and any(
        word.casefold() in NO_TITLES for word in _WORD.findall(text)
    )


def by_pattern(seen: View, expression: re.Pattern[str]) -> Reading | None:
    """An entry as the configuration describes it; ``None`` when it does not fit."""
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
        title = _bare(seen, *match.span("title"))
    return Reading(name, title, link) if name[0] < name[1] else None


def _bare(seen: View, start: int, end: int) -> names.Range | None:
    start, end = seen.trim(start, end)
    while start < end and seen.outside[end - 1] in ",;":
        start, end = seen.trim(start, end - 1)
    return (start, end) if any(map(str.isalnum, seen.text[start:end])) else None


def read_label(seen: View) -> tuple[names.Range, list[Reading]] | None:
    """*Developers: Ana, Bo Li and Cy*: the label, and each of those who are named after it."""
    start, end = seen.trim(0, len(seen.text))
    colon = names.label_end(seen, start, end) if end - start <= LONGEST else None
    if colon is None or _SIGNATURE.search(seen.text):
        return None
    found = read_names(seen, colon + 1, end)
    return (seen.trim(start, colon), found) if found else None


def read_pair(seen: View, name: names.Range) -> list[Reading]:
    """The people of a name that is several, joined by *and*; nobody if it is not."""
    return read_names(seen, *name) if _AND.search(seen.text[slice(*name)]) else []


def read_names(seen: View, start: int, end: int) -> list[Reading]:
    """Those named in *Ana (lead), Bo and Cy (developers)*; nobody if an entry is no name.

    A note in the plural is of all that *and* joins.
    """
    found: list[Reading] = []
    ends: list[int] = []
    joined: list[int] = []
    last = start
    for first, after in names.split(seen, start, end):
        if not _AND.search(seen.text[max(last - 1, 0) : first + 1]):
            joined = []
        first, last = seen.trim(first, after)
        if first >= last:
            continue
        reading = read_range(seen, first, last)
        name = fold(seen.text[slice(*reading.name)]) if reading else ""
        if reading is None or not (reading.link or names.looks_like_name(name)):
            return []
        found.append(reading)
        ends.append(last)
        joined.append(len(found) - 1)
        if reading.title and seen.text[slice(*reading.title)].endswith("s"):
            for number in joined:
                if found[number].title is None:
                    found[number] = replace(found[number], title=reading.title)
    if any(reading.title for reading in found):
        found = [_with_note(seen, *each) for each in zip(found, ends, strict=True)]
    return found


def _with_note(seen: View, reading: Reading, end: int) -> Reading:
    """With what stands in brackets after a name, where others have a title there."""
    note = _BRACKETS.fullmatch(seen.outside, reading.name[1], end)
    if reading.title or note is None or _is_beside(note[1]):
        return reading
    return replace(reading, title=seen.trim(*note.span(1)))
