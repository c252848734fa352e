"""Who holds a role: what a cell, or what follows a label, says of people, titles and teams."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wikibot.model import Holder, Part, Site, Span
from wikibot.wikitext import names
from wikibot.wikitext.blocks import Blocks
from wikibot.wikitext.inline import View, fold, view
from wikibot.words import is_vacant

LONGEST = 4000  # source of a cell of holders or of a list item; what is longer is prose
_DASH = re.compile(r"\s[-–—]+(?:\s|$)")
_NICK = re.compile(r"[\w.-]{2,30}")
_NUMBER = re.compile(r"\d[\d.,:+-]*\s?\w{0,2}")
# *www.example.org*, *ci.example.org*: two dots, or one and an ending that people's nicks have not
HOST = (
    r"(?P<host>(?:[\w-]{1,63}\.){2,6}[a-z]{2,12}"
    r"|[\w-]{1,63}\.(?:com|info|io|lan|local|net|org))(?![\w.])"
)
_HOST = re.compile(HOST, re.IGNORECASE)
# Before the second of two who hold a role: *Ana, deputy: Bo*.
DEPUTIES = frozenset(
    """
    alternate alternates backup backups deputies deputy stellvertreter substitute
    assistant stand-in stellvertreterin stellvertretung vertreter vertreterin vertretung vice
    adjoint adjointe suppléant suppléante suplente vicario vice zastępca zastępczyni
    """.split()
)
_FIRM = re.compile(
    r"[A-Z]{2,}(?:[ -]\w+)?"
    r"|.*\b(?:AG|Co|Corp|GmbH|Inc|Institute?|Labs?|LLC|Ltd|Universi\w+)\b.*"
)
_GROUPS = frozenset(
    """
    admins all anyone board committee contributors council crew department developers everybody
    everyone group maintainers members office staff stewards team teams volunteers
    """.split()
)
_PROSE = frozenset(
    """
    a are be been between but can from has have he his if into is it its may must no not or she
    should than that their then there they this to was we were when which who will with you
    """.split()
)
_TITLE_LENGTH = 6  # words; a longer one with a title's word in it is a sentence


@dataclass(frozen=True, slots=True)
class Stated:
    """What a place says of holders: the whole of it, and who they are one by one.

    ``understood`` is false when there is text, but nobody in it who could hold a role.
    """

    part: Part | None = None
    holders: tuple[Holder, ...] = ()

    @property
    def understood(self) -> bool:
        return self.part is None or bool(self.holders) or is_vacant(self.part.text)


def as_said(seen: View, start: int, end: int) -> tuple[Holder, ...]:
    """*Senior Program Manager: Ana, Bo (interim)*: a title before a colon, then people.

    For places that name holders and nothing else: all that is said is a holder.
    """
    ranges: list[names.Range] = []
    colon = names.label_end(seen, start, end)
    if colon is not None:
        ranges.extend(names.split(seen, start, colon))
        start = colon + 1
    ranges.extend(names.split(seen, start, end))
    return names.holders(seen, ranges)


def plausible(seen: View, start: int, end: int) -> tuple[Holder, ...]:
    """Those entries that can hold a role: users, links, names, nicks, titles, teams, nobody.

    What follows a dash is a note; so is a label that is no title (*Docs: Ana*). Prose and its
    parts are left out.
    """
    return tuple(
        holder
        for holder in _entries(seen, start, end, labels=True)
        if holder.username
        or is_vacant(holder.name.text)
        or _is_linked(seen, holder)
        or _can_hold(holder.name.text)
    )


def all_people(seen: View, start: int, end: int) -> tuple[Holder, ...]:
    """The people that a line names, when it names people and nothing else; else nobody.

    Teams and links to pages may stand among people. *Ana, deputy: Bo* are two, the second with
    a note.
    """
    colon = names.label_end(seen, start, end)
    if colon is None:
        return _all_people(seen, start, end)
    comma = max(seen.outside.rfind(mark, start, colon) for mark in ",;")
    label = fold(seen.text[comma + 1 : colon])
    if comma < 0 or label.casefold() not in DEPUTIES:
        return ()
    if names.label_end(seen, colon + 1, end) is not None:
        return ()
    first, second = _all_people(seen, start, comma), _all_people(seen, colon + 1, end)
    if not first or not second:
        return ()
    return *first, *(replace(holder, note=holder.note or label) for holder in second)


def _all_people(seen: View, start: int, end: int) -> tuple[Holder, ...]:
    found = tuple(_entries(seen, start, end, labels=False))
    people = [h for h in found if _is_somebody(h)]
    others = (holder for holder in found if not _is_somebody(holder))
    named = all(_is_group(h.name.text) or _is_linked(seen, h) for h in others)
    return found if people and named else ()


def _is_somebody(holder: Holder) -> bool:
    text = holder.name.text
    return bool(holder.username) or is_vacant(text) or is_person(text)


def is_person(text: str) -> bool:
    """Whether ``text`` is a name or a nick."""
    return names.looks_like_name(text) or bool(
        _NICK.fullmatch(text) and not _NUMBER.fullmatch(text) and not _HOST.fullmatch(text)
    )


def is_sure(holder: Holder) -> bool:
    """Whether a holder can be nothing but a person: a linked user, a name of two words."""
    text = holder.name.text
    return bool(holder.username) or (" " in text and names.looks_like_name(text))


def of_cell(blocks: Blocks, content: Span, *, site: Site, all_hold: bool = False) -> Stated:
    """What a cell says of holders: in its list if it has one, else in its text.

    ``all_hold``: nothing but holders stands here (:func:`as_said`).
    """
    if content.end - content.start > LONGEST:
        return Stated()
    read = as_said if all_hold else plausible
    items = blocks.items(content)
    if items:
        each = [view(blocks.text, i.content.start, i.content.end, site=site) for i in items]
        said = fold(", ".join(fold(seen.text) for seen in each))
        return Stated(
            Part(said, Span(items[0].span.start, items[-1].content.end)),
            tuple(holder for seen in each for holder in read(seen, 0, len(seen.text))),
        )
    seen = view(blocks.text, content.start, content.end, site=site)
    part = seen.whole(0, len(seen.text))
    if not part.text or not _unstruck(seen).strip():
        return Stated()
    return Stated(part, read(seen, 0, len(seen.text)))


def _entries(seen: View, start: int, end: int, *, labels: bool) -> Iterator[Holder]:
    """One by one, without addresses, struck out beginnings and what follows a dash."""
    outside = _unstruck(seen)
    ranges: list[names.Range] = []
    notes: list[str] = []
    for first, last in names.split(seen, start, end):
        colon = names.label_end(seen, first, last) if labels else None
        if colon is not None:
            if names.looks_like_title(fold(seen.text[first:colon])):
                ranges.append((first, colon))
                notes.append("")
            first = colon + 1
        dash = _DASH.search(outside, first + 1, last)
        note = fold(seen.text[dash.end() : last]) if dash else ""
        stop = dash.start() if dash else last
        ranges.append(_bare(outside, first, stop))
        notes.append(note)
    for bounds, note in zip(ranges, notes, strict=True):
        for holder in names.holders(seen, [bounds]) if bounds[0] < bounds[1] else ():
            yield replace(holder, note=holder.note or note)


def _unstruck(seen: View) -> str:
    """The text outside links, with what is struck out and mail addresses blanked out."""
    outside = names.without_mail(seen.outside)
    parts = []
    position = 0
    for start, end in sorted(seen.struck):
        if end > position:
            start = max(start, position)
            parts += [outside[position:start], " " * (end - start)]
            position = end
    return "".join([*parts, outside[position:]])


def _bare(outside: str, start: int, end: int) -> names.Range:
    """Without blanks and blanked-out mail addresses at the ends."""
    while start < end and outside[start].isspace():
        start += 1
    while start < end and outside[end - 1].isspace():
        end -= 1
    return start, end


def _is_linked(seen: View, holder: Holder) -> bool:
    """Whether a link to a page or an outside address is the entry: a team, a person elsewhere."""
    index = bisect_right(seen.links, holder.name.span.start, key=lambda link: link.span.start) - 1
    if index < 0 or len(holder.name.text.split()) > _TITLE_LENGTH:
        return False
    link = seen.links[index]
    return holder.name.span.start < link.span.end and any(map(str.isalpha, holder.name.text))


def _can_hold(text: str) -> bool:
    said = text.casefold().split()
    if not said or _NUMBER.fullmatch(text) or not any(map(str.isalpha, text)):
        return False
    if len(said) == 1 or names.looks_like_name(text):
        return len(text) <= 60 and "/" not in text
    if len(said) > _TITLE_LENGTH or _PROSE & set(said):
        return False
    return _is_group(text) or names.looks_like_title(text)


def _is_group(text: str) -> bool:
    said = text.casefold().split()
    return 0 < len(said) <= _TITLE_LENGTH and said[-1] in _GROUPS


def with_firm(seen: View, start: int, end: int) -> tuple[Holder, ...]:
    """*Ana Ruiz, Acme - docs*: with a dash, the first name alone; else all names but firms."""
    dash = _DASH.search(seen.outside, start, end)
    found = [h for h in plausible(seen, start, end) if h.username or is_person(h.name.text)]
    if dash:
        note = fold(seen.text[dash.end() : end])
        return tuple(replace(holder, note=note) for holder in found[:1])
    if any(map(is_sure, found)):  # beside full names, other words are what they did
        found = [h for h in found if h.username or names.looks_like_name(h.name.text)]
    return tuple(h for i, h in enumerate(found) if not i or not _FIRM.fullmatch(h.name.text))
