"""What the readers of rosters share: the page, what announces people, a person, a candidate."""

import re
from dataclasses import dataclass, field
from itertools import islice

from wikibot.model import Layout, Part, Person, Site, Span, Unmatched
from wikibot.wikitext import entries, layouts, names
from wikibot.wikitext.blocks import Blocks, Section, trim
from wikibot.wikitext.inline import View, fold, view
from wikibot.wikitext.roster_words import (
    DAYS,
    NOMINEES,
    OTHERS,
    PEOPLE,
    PLACEHOLDER_PHRASES,
    PLACEHOLDERS,
    STATES,
    THINGS,
)
from wikibot.words import is_vacant

LONGEST_SOURCE = 5 * entries.LONGEST  # source of an item or cell that may name a person
_POINTING = frozenset("below following folgende folgenden suivantes suivants siguientes".split())
_LONGEST_LINE = 300
_LONGEST_INTRODUCTION = 40  # lines
# Ends a line that goes on in the list below: the members of the team *are*
_LINKING = re.compile(
    r"\b(?:are|is|were|includes?|including|comprises|(?:consists?|made up) of|besteht aus|sind"
    r"|sont|comprend|son|incluye|são|sono|zijn)\W*$",
    re.IGNORECASE,
)
# What comes after tells where or of what the people are: members *of the project*
_OF = re.compile(r"\b(?:of|behind)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:works?\s+)?(?:of|behind|in|on|for|at|with|from)\b", re.IGNORECASE)
_POINTER = re.compile(r"(?:see|siehe|voir|véase|ver|zie|vedi)\b|\[?https?:", re.IGNORECASE)
_BOLD_LINE = re.compile(r"'''(?!')[^\n]+?'''\s*:?|<b>[^<\n]+</b>\s*:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A list or table that may be a roster: what was read from it, how sure it is, and why.

    ``sure``: 2 taken, 1 taken when there is nothing better, 0 not taken.
    """

    kind: str
    start: int
    line: int
    people: tuple[Person, ...]
    unmatched: tuple[Unmatched, ...]
    sure: int
    why: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the words before a list or table say of it.

    ``near``: the line before or the heading right above speaks of people; else a heading further
    up does. ``title`` is a job title that is given to all below: a bold line, a heading.
    """

    phrase: str = ""
    near: bool = False
    title: Part | None = None
    of_people: bool = False  # near, and of people by its words, not by a title alone
    of_else: bool = False  # of tools, nominees, links: of no people of this roster


@dataclass(frozen=True, slots=True)
class Page:
    """A scanned page, and how it is to be read."""

    blocks: Blocks
    layout: Layout
    site: Site
    introductions: dict[int, str] = field(default_factory=dict)  # start of section → its line

    @property
    def told(self) -> bool:
        """Whether the configuration says where people stand."""
        return self.layout != Layout()

    def view(self, span: Span) -> View:
        """What a reader sees of ``span``; nothing of what is too long to name a person."""
        end = span.end if span.end - span.start <= LONGEST_SOURCE else span.start
        return view(self.blocks.text, span.start, end, site=self.site)

    def person(
        self, seen: View, reading: entries.Reading, span: Span, title: Part | None = None
    ) -> Person:
        """What was read of an entry as a person; ``title`` is for those who have none."""
        own = seen.part(*reading.title) if reading.title else None
        return Person(
            seen.part(*reading.name),
            reading.link.username if reading.link else None,
            own or title,
            self.blocks.section_at(span.start).title,
            self.blocks.line_at(span.start),
            span,
        )


# --- what announces people ----------------------------------------------------------------------


def announcement(page: Page, start: int, *, floor: int | None = None) -> Announcement:
    """What the words above ``start`` say; ``floor`` is where the cell begins that it stands in."""
    nearest = page.blocks.section_at(start)
    line = _line_before(page, nearest.body.start if floor is None else floor, start)
    if line and (said := of_line(page, line)):
        return said
    above = [*page.blocks.sections_at(start)[::-1], page.blocks.sections[0]]
    for section in above:
        near = section is nearest
        if speaks_of_else(section.title):
            return Announcement(of_else=True)
        if speaks_of_people(section.title):
            return Announcement(f"the heading: {section.title}", near, of_people=near)
        among = near and any(speaks_of_people(other.title) for other in above)
        if near and is_title(section.title):
            title = Part(section.title, section.heading)
            return Announcement(f"the heading: {section.title}", near, title, among)
        if among and layouts.words(section.title) & STATES:
            return Announcement(f"the heading: {section.title}", near, of_people=True)
        if near and layouts.words(section.title) & THINGS:
            return Announcement()
    for section in above:
        if said_before := _introduction(page, section):
            return Announcement(f"the introduction: {said_before}")
    return Announcement()


def speaks_of_people(text: str) -> bool:
    """Whether a heading or line announces people, rather than what people have."""
    text = text[-_LONGEST_LINE:]
    found = layouts.words(text)
    if not found & PEOPLE:
        return False
    if not found & THINGS or _LINKING.search(text):
        return True
    line = text.rstrip().endswith(":")
    head = layouts.words((_OF if not line else _PREPOSITION).split(text, maxsplit=1)[0])
    return bool(head & PEOPLE) and not head & THINGS


def speaks_of_else(text: str) -> bool:
    """Whether a heading or line announces nominees, votes or links."""
    found = layouts.words(text)
    return bool(found & NOMINEES) or bool(found & OTHERS and not found & PEOPLE)


def is_title(text: str) -> bool:
    """Whether a short heading or label is a job title and nothing else: Vice Chair."""
    head = names.TITLE_OF.split(text)[0]  # Head of Research; Duties of the chair
    return (
        0 < len(text.split()) <= 5
        and names.looks_like_title(head)
        and head.split()[-1].casefold() not in THINGS | OTHERS
        and not re.search(r"[.!?]", text)
    )


def is_placeholder(text: str) -> bool:
    """Whether a name still waits for its reader: “your name”."""
    said = text.casefold()
    return bool(layouts.words(text) & PLACEHOLDERS) or any(p in said for p in PLACEHOLDER_PHRASES)


def is_nobody(after: str) -> bool:
    """Whether what stands after an office says in words that nobody has it: *: offen*, *- N.N.*"""
    return any(map(str.isalnum, after)) and is_vacant(after)


def is_label(name: str, after: str) -> bool:
    """Whether words and a colon only label what comes after: *Monday: Ana*, *Guests: 12*."""
    rest = after[1:].strip()
    number = rest[:1].isdigit() and not any(map(str.isalpha, rest))  # Full members: 12
    if not after.startswith(":") or (names.is_full_name(name) and not number):
        return False
    return (
        rest[:1].isdigit()
        or bool(layouts.words(name) & DAYS)
        or bool(_POINTER.match(rest))
        or layouts.words(rest) <= DAYS
    )


def of_line(page: Page, line: Span) -> Announcement | None:
    """What the line before says; ``None`` leaves it to the heading."""
    seen = page.view(line)
    said = fold(seen.text)
    label = said.rstrip(" :")
    if speaks_of_else(label):
        return Announcement(of_else=True)
    if speaks_of_people(said) or is_title(label):
        bold = _BOLD_LINE.fullmatch(line.of(page.blocks.text).strip())
        short = bold and len(label.split()) <= 5
        title = seen.part(0, len(seen.text.rstrip(" :\n"))) if short else None
        of_people = title is None or speaks_of_people(said)
        return Announcement(f"the line before it: {said}", True, title, of_people)
    # Whatever the heading says: it announces something else.
    return Announcement() if said.endswith(":") else None


def _line_before(page: Page, floor: int, start: int) -> Span | None:
    """The last line of text from ``floor`` to ``start``, if it is a short one and no item."""
    blocks = page.blocks
    end = start
    while end > floor:
        begin = max(blocks.masked.rfind("\n", floor, end - 1) + 1, floor)
        line = trim(blocks.masked, Span(begin, end))
        if line.start < line.end:
            short = line.end - line.start <= _LONGEST_LINE
            return line if short and blocks.masked[line.start] not in "*#|!=" else None
        end = begin
    return None


def _introduction(page: Page, section: Section) -> str:
    """The line of a section's own prose that says that people are listed below."""
    known = page.introductions
    if section.body.start not in known:
        known[section.body.start] = _pointing(page, section.body)
    return known[section.body.start]


def _pointing(page: Page, body: Span) -> str:
    for line in islice(page.blocks.lines(body), _LONGEST_INTRODUCTION):
        if line.end - line.start > LONGEST_SOURCE:
            continue
        if page.blocks.masked[line.start : line.start + 1] in ("*", "#", ";", ":", "{", "|"):
            return ""
        said = fold(page.view(line).text)
        found = layouts.words(said)
        points = found & _POINTING or said.endswith(":") or _LINKING.search(said)
        if points and found & PEOPLE and not speaks_of_else(said):
            return said[:_LONGEST_LINE]
    return ""
