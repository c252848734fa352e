"""Rosters that are no lists: sentences and lines that name people, a heading for each person."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from wikibot.model import Part, Person, Span
from wikibot.wikitext import entries, layouts, names
from wikibot.wikitext.blocks import Section
from wikibot.wikitext.inline import View, fold
from wikibot.wikitext.roster_draft import (
    LONGEST_SOURCE,
    Candidate,
    Page,
    announcement,
    is_title,
    speaks_of_else,
    speaks_of_people,
)
from wikibot.wikitext.roster_words import PEOPLE

# Between those who are spoken of and their names. Longer phrases come first.
_NAMING = re.compile(
    r"\b(?:(?:currently )?(?:consists? of|comprises|includes?|is made up of|is composed of)"
    r"|besteht aus|bestehen aus|gehören|se compose de|est composée? de|comprend|incluye"
    r"|se compone de|(?:currently )?(?:are|were|is|sind|sont|son))\b:?\s*",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?](?=\s+[^\W\d_]|\s*$)")
_LABEL = re.compile(r"[^\n:]{1,200}:(?!//)")
_MOST = 10_000  # lines that are looked at
_MARKS = "*#:;|!{}=<"  # what a line of prose does not begin with; bold begins with '


def from_prose(page: Page, inside: Span) -> Iterator[Candidate]:
    """Each line of prose that names the members of a team."""
    tables = [table.span for table in page.blocks.tables if table.depth == 1]
    starts = [span.start for span in tables]
    masked = page.blocks.masked
    for line in islice(page.blocks.lines(inside), _MOST):
        if masked[line.start] in _MARKS or line.end - line.start > LONGEST_SOURCE:
            continue
        table = bisect_right(starts, line.start) - 1
        if table >= 0 and line.start < tables[table].end:
            continue
        if _LABEL.match(masked, line.start, line.end) or _NAMING.search(
            masked, line.start, line.end
        ):
            yield from _from_line(page, line)


def _from_line(page: Page, line: Span) -> Iterator[Candidate]:
    seen = page.view(line)
    if speaks_of_else(page.blocks.section_at(line.start).title):
        return
    for people, why, sure in (_labelled(page, seen, line), _sentence(page, seen)):
        if people:
            number = page.blocks.line_at(line.start)
            yield Candidate("prose", line.start, number, tuple(people), (), sure, why)
            return


def _labelled(page: Page, seen: View, line: Span) -> tuple[list[Person], str, int]:
    """*Members: Ana Ruiz, Bo Li*; *Chair: Ana Ruiz*."""
    read = entries.read_label(seen)
    if read is None:
        return [], "", 0
    label, found = read
    said = fold(seen.text[slice(*label)])
    if not (is_title(said) or (speaks_of_people(said) and len(said.split()) <= 5)):
        return [], "", 0
    if not all(_is_certain(seen, reading) for reading in found):
        return [], "", 0
    bold = page.blocks.text.startswith("'''", line.start)
    title = seen.part(*label) if is_title(said) or bold else None
    return _people(page, seen, found, title), f"the label: {said}", 1


def _sentence(page: Page, seen: View) -> tuple[list[Person], str, int]:
    """*The team includes Ana Ruiz (lead), Bo Li and Cy.*"""
    naming = _NAMING.search(seen.outside)
    if naming is None or not layouts.words(seen.text[: naming.start()]) & PEOPLE:
        return [], "", 0
    stop = _END.search(re.sub(r"\b\w{1,2}\.", "xx.", seen.outside), naming.end())
    end = stop.start() if stop else len(seen.text)
    if end - naming.end() > entries.LONGEST:
        return [], "", 0
    found = entries.read_names(seen, naming.end(), end)
    if len(found) < 2:
        return [], "", 0
    why = f"a sentence names them: {fold(seen.text[: naming.end()])[-80:]}"
    return _people(page, seen, found, None), why, 1


def _is_certain(seen: View, reading: entries.Reading) -> bool:
    return reading.link is not None or names.is_full_name(fold(seen.text[slice(*reading.name)]))


def _people(
    page: Page, seen: View, found: Sequence[entries.Reading], title: Part | None
) -> list[Person]:
    return [
        page.person(seen, reading, seen.whole(*reading.name).span, title)
        for reading in found
        if not seen.is_struck(*reading.name)
    ]


# --- a heading for each person ------------------------------------------------------------------


def from_headings(page: Page, inside: Span) -> Iterator[Candidate]:
    """Headings next to each other that are people, under words that announce people."""
    groups: dict[tuple[int, int], list[Section]] = {}
    parents: list[Section] = []
    for section in page.blocks.sections:
        while parents and parents[-1].level >= section.level:
            parents.pop()
        if section.level and inside.start <= section.span.start < inside.end:
            key = (parents[-1].body.start, section.level)
            groups.setdefault(key, []).append(section)
        parents.append(section)
    for sections in groups.values():
        if len(sections) > 1 or page.layout.layout == "headings":
            yield from _from_sections(page, sections)


def _from_sections(page: Page, sections: Sequence[Section]) -> Iterator[Candidate]:
    people = []
    linked = full = 0
    around = page.blocks.sections_at(sections[0].span.start)[:-1]
    above = around[-1].title if around else ""
    for section in sections:
        seen = page.view(section.heading)
        reading = entries.read_item(seen)
        if reading is None:
            continue
        name = fold(seen.text[slice(*reading.name)])
        if not (reading.link or names.looks_like_name(name)) or speaks_of_people(name):
            continue
        linked += reading.link is not None
        full += reading.link is not None or names.is_full_name(name)
        if seen.is_struck(*reading.name):
            continue
        person = page.person(seen, reading, section.span)
        title = person.title or _title_below(page, section)
        people.append(replace(person, title=title, section=above))
    if not people:
        return
    first = sections[0]
    said = announcement(page, first.span.start - 1) if first.span.start else None
    announced = said is not None and bool(said.phrase) and not said.of_else
    most = min(full, len(people)) * 10 >= len(sections) * 8
    told = page.layout.layout == "headings"
    near = announced and speaks_of_people(above)
    sure = 2 if told or linked * 2 > len(sections) or (near and most) else int(announced and most)
    why = f"{len(people)} of {len(sections)} headings name a person"
    yield Candidate("headings", first.span.start, first.line, tuple(people), (), sure, why)


def _title_below(page: Page, section: Section) -> Part | None:
    """The first line below a heading, when it is a title: *Tester*, *Role: Tester*."""
    line = next(iter(page.blocks.lines(section.body)), None)
    if line is None:
        return None
    item = page.blocks.item(line)
    seen = page.view(item.content if item else line)
    label = re.match(r"\s*(?:role|title|position|job|function|rolle|funktion)\s*:", seen.text, re.I)
    start, end = seen.trim(label.end() if label else 0, len(seen.text))
    return seen.part(start, end) if is_title(fold(seen.text[start:end])) else None
