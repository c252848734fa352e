"""Rosters in lists: bullets, numbers, terms with their definitions, captions of galleries."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from wikibot.model import Part, Person, Span, Unmatched
from wikibot.wikitext import entries, layouts, names
from wikibot.wikitext.blocks import Item
from wikibot.wikitext.inline import View, fold
from wikibot.wikitext.roster_draft import (
    Announcement,
    Candidate,
    Page,
    announcement,
    is_label,
    is_nobody,
    is_placeholder,
    is_title,
    of_line,
    speaks_of_people,
)
from wikibot.wikitext.roster_words import VOTES
from wikibot.words import is_vacant

_SENTENCE = re.compile(r"[.!?](?:\s|$)|https?:|@")
_LONGEST_DEFINITION = 60  # characters of a definition that may be a title


def from_lists(page: Page, inside: Span) -> Iterator[Candidate]:
    """Each list and gallery that begins in ``inside`` as the roster that it would be."""
    for found in page.blocks.lists:
        if inside.start <= found.span.start < inside.end:
            yield from from_items(page, found.items)
    if page.layout.pattern is None:
        for found in page.blocks.galleries:
            if inside.start <= found.span.start < inside.end:
                yield from from_items(page, found.items)


def from_items(
    page: Page, items: Sequence[Item], *, floor: int | None = None, said: Announcement | None = None
) -> Iterator[Candidate]:
    """A list as a roster; ``floor`` and ``said`` are of the cell that it stands in."""
    if len(items) > 1 and items[0].marker == ";" and items[1].marker[-1] in "*#":
        said = of_line(page, items[0].content)
        items = items[1:]
    if any(item.marker[-1] == ";" for item in items):
        yield from _from_terms(page, items)
    rows = [_row(page, item) for item in items if item.marker[-1] in "*#>"]
    if not rows:
        return
    if not any(row.fit for row in rows):
        said = Announcement()  # nobody asks
    said = said or announcement(page, items[0].span.start, floor=floor)
    yield _from_rows(page, rows, said)


# --- rows ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    item: Item
    seen: View
    readings: tuple[entries.Reading, ...]  # more than one: a label and those who are named after it
    label: Part | None  # the words before several names
    fit: int  # 3 linked user, 2 name and title, 1 a name, 0 none of them
    full: bool  # linked, or a name of more than one word
    signed: bool = False  # nothing but a signature

    @property
    def said(self) -> str:
        return fold(self.seen.text)


def _row(page: Page, item: Item) -> _Row:
    seen = page.view(item.content)
    pattern = layouts.pattern(page.layout.pattern) if page.layout.pattern else None
    if pattern is None and (labelled := entries.read_label(seen)):
        label, several = labelled
        text = fold(seen.text[slice(*label)])
        if speaks_of_people(text) or (len(several) > 1 and is_title(text)):
            return _Row(item, seen, tuple(several), seen.part(*label), 2, True)
    reading = entries.by_pattern(seen, pattern) if pattern else entries.read_item(seen)
    if reading is None:
        signed = None if pattern else entries.read_signature(seen)
        readings = (signed,) if signed else ()
        return _Row(item, seen, readings, None, 0, bool(signed), bool(signed))
    if item.marker == "<gallery>" and reading.link and _goes_on(seen, reading):
        return _Row(item, seen, (), None, 0, False)  # Ana at a party
    name = fold(seen.text[slice(*reading.name)])
    if pattern is None and not reading.link:
        if is_label(name, _after(seen, reading)):
            return _Row(item, seen, (reading,), None, 0, False)
        if len(joined := entries.read_pair(seen, reading.name)) > 1:
            title_of_all = seen.part(*reading.title) if reading.title else None
            return _Row(item, seen, tuple(joined), title_of_all, 0, False)
    title = fold(seen.text[slice(*reading.title)]) if reading.title else ""
    full = names.is_full_name(name)
    if reading.link:
        return _Row(item, seen, (reading,), None, 3, True)
    if names.looks_like_name(name):
        fit = 2 if title and names.looks_like_title(title) else 1
    else:
        fit = 1 if names.could_be_name(name) and names.looks_like_title(title) else 0
    return _Row(item, seen, (reading,), None, fit, full)


def _after(seen: View, reading: entries.Reading) -> str:
    """What an item says after the name."""
    return fold(seen.text[reading.name[1] :])


def _goes_on(seen: View, reading: entries.Reading) -> bool:
    """Whether a sentence goes on after the name, on its line and without a mark."""
    return seen.text[reading.name[1] :].lstrip(" ")[:1].isalpha()


def _problem(row: _Row) -> str | None:
    """Why an item of a roster is no person; ``""`` when that is nothing to speak of."""
    said = row.said
    if not said:
        return "" if row.item.content.start >= row.item.content.end else "there is no name in it"
    if is_vacant(said):
        return ""
    if not row.readings:
        return "it does not fit the layout"
    for reading in row.readings:
        name = fold(row.seen.text[slice(*reading.name)])
        if row.seen.is_struck(*reading.name) or is_vacant(name):
            return ""
        if not reading.link and len(row.readings) == 1:
            after = _after(row.seen, reading)
            if not names.is_full_name(name) and is_nobody(after):
                return ""  # an office that nobody has
            if is_label(name, after):
                return f"“{name[:60]}” is a label"
        caption = row.item.marker == "<gallery>"  # most captions tell of the picture
        is_name = names.looks_like_name if caption else names.could_be_name
        prose = len(name.split()) > 3 and not names.looks_like_name(name)
        if not reading.link and (prose or not is_name(name)):
            return f"“{name[:60]}” does not look like a name"
        if not reading.link and is_placeholder(name):
            return ""
    return None


def _says_nobody(row: _Row) -> bool:
    """An empty item, a placeholder, or a struck out person."""
    return row.fit == 0 and _problem(row) == ""


# --- bullets ------------------------------------------------------------------------------------


def _from_rows(page: Page, rows: Sequence[_Row], said: Announcement) -> Candidate:
    titles = _titles_above(rows)
    kept = _at_depths(rows)
    sure, why = _sure(page, kept, said)
    people: list[Person] = []
    unmatched: list[Unmatched] = []
    for row in kept if sure else ():
        problem = _problem(row)
        if problem is None:
            title = titles.get(row.item.span.start, said.title)
            people.extend(_people(page, row, title))
        elif problem:
            shown = row.said or fold(row.item.content.of(page.blocks.text))
            section = page.blocks.section_at(row.item.span.start).title
            unmatched.append(Unmatched(shown[:200], section, row.item.line, problem))
    first = rows[0].item
    kind = "gallery" if first.marker == "<gallery>" else "bullets"
    return Candidate(kind, first.span.start, first.line, tuple(people), tuple(unmatched), sure, why)


def _people(page: Page, row: _Row, title: Part | None) -> Iterator[Person]:
    if len(row.readings) == 1 and row.label is None:
        yield page.person(row.seen, row.readings[0], row.item.span, title)
        return
    for reading in row.readings:
        start, end = reading.name
        span = row.seen.whole(start, end).span
        yield page.person(row.seen, reading, span, row.label or title)


def _at_depths(rows: Sequence[_Row]) -> list[_Row]:
    """The rows where people stand; what is deeper tells of them, what is above groups them.

    That is the first depth where most items are full names, else the one with most names. Deeper
    rows stay when nearly all of them name somebody beyond doubt: a lead and her team.
    """
    by_depth: dict[int, list[_Row]] = {}
    for row in rows:
        by_depth.setdefault(row.item.depth, []).append(row)
    fits = {depth: sum(row.fit > 0 for row in found) for depth, found in by_depth.items()}
    full = {depth: sum(row.fit > 0 and row.full for row in by_depth[depth]) for depth in by_depth}
    most = (depth for depth in sorted(full) if full[depth] * 10 >= len(by_depth[depth]) * 7)
    best = next(most, max(fits, key=lambda depth: (fits[depth], -depth)))
    depths = {best} | {
        depth
        for depth, found in by_depth.items()
        if 3 * sum(row.fit >= 2 for row in found) > 2 * len(found)
    }
    return [row for row in rows if row.item.depth in depths]


def _titles_above(rows: Sequence[_Row]) -> dict[int, Part]:
    """Start of item → the title that the item above it is: *Treasurer*, then *Ana* below it."""
    found: dict[int, Part] = {}
    title: dict[int, Part] = {}  # by depth
    for row in rows:
        depth = row.item.depth
        title = {above: part for above, part in title.items() if above < depth}
        label = row.seen.trim(0, len(row.seen.text.rstrip(" :")))
        if row.fit == 0 and is_title(fold(row.seen.text[slice(*label)])):
            title[depth] = row.seen.part(*label)
        elif depth - 1 in title:
            found[row.item.span.start] = title[depth - 1]
    return found


def _sure(page: Page, rows: Sequence[_Row], said: Announcement) -> tuple[int, str]:
    count = sum(not _says_nobody(row) and not row.signed for row in rows)
    linked = sum(row.fit == 3 for row in rows)
    titled = sum(row.fit >= 2 for row in rows)
    named = sum(row.fit >= 1 for row in rows)
    full = sum(row.fit >= 1 and row.full for row in rows)
    if said.of_else and not page.told:
        return 0, "the words above announce something else"
    if said.near or linked:  # nicks, pairs and labels say nothing by themselves, nor against it
        count -= min(sum(_is_neutral(row) for row in rows), named)
    known = linked > 1 and said.near and said.of_people
    if not named or named * 3 < count or (named * 2 < count + (not known) and not page.told):
        return 0, f"{named} of {count} items name a person"
    if _is_tally(rows) and not page.told:
        return 0, "the items say how somebody voted"
    if linked * 2 > count:
        return 2, f"{linked} of {count} items begin with a link to a user"
    if page.told:
        return 2, f"{named} of {count} items name a person, where the configuration says"
    if titled * 2 > count and (count > 1 or said.phrase):
        return 2, f"{titled} of {count} items are a name and a title"
    if said.near and named * 10 >= count * 7 and (said.of_people or full == count):
        return 2, f"{named} of {count} items begin with a name, after {said.phrase}"
    if said.near and said.of_people and full > 1 and (full * 2 > count or known):
        return 2, f"{full} of {count} items begin with a full name, after {said.phrase}"
    if said.phrase and not said.near and full * 10 >= count * 8:
        return 2, f"{full} of {count} items begin with a full name, after {said.phrase}"
    if linked and named == count and full == count:
        return 2, f"all items begin with a full name, {linked} of them linked"
    bare = rows[0].item.marker != "<gallery>"
    if bare and count >= 4 and full * 10 >= count * 8 and named * 10 >= count * 9:
        return 1, f"{named} of {count} items look like names"
    return 0, "nothing says that these are people"


def _is_neutral(row: _Row) -> bool:
    """Whether an item is a nick and what it does, two people at once, or a label."""
    if row.fit or not row.readings or row.signed:
        return False
    name = fold(row.seen.text[slice(*row.readings[0].name)])
    if is_label(name, _after(row.seen, row.readings[0])):
        return True
    return _problem(row) is None and (len(row.readings) > 1 or " " not in name)


def _is_tally(rows: Sequence[_Row]) -> bool:
    votes = sum(
        fold(row.seen.text[slice(*reading.title)]).casefold().strip(".! ") in VOTES
        for row in rows
        for reading in row.readings
        if reading.title
    )
    return votes * 2 > len(rows)


# --- terms --------------------------------------------------------------------------------------

_Terms = list[tuple[_Row, list[_Row]]]


def _from_terms(page: Page, items: Sequence[Item]) -> Iterator[Candidate]:
    """Terms that are people, with a title as definition; or titles, with people as definitions.

    A list that names nobody is no roster, unless it goes on with one: see ``read_roster``.
    """
    terms: _Terms = []
    for item in items:
        if item.marker[-1] == ";":
            terms.append((_row(page, item), []))
        elif item.marker[-1] == ":" and terms:
            terms[-1][1].append(_row(page, item))
    said = announcement(page, items[0].span.start)
    if said.of_else and not page.told:
        return
    named = [term for term, below in terms if term.fit and not _has_people(term, below)]
    linked = sum(term.fit == 3 for term in named)
    full = sum(term.full for term in named)
    of_people: set[Span] = set()
    if linked * 2 > len(terms) or (
        named and len(named) * 10 >= len(terms) * 8 and (said.near or (said.phrase and full))
    ):
        of_people = {term.item.span for term in named}
        people = list(_people_as_terms(page, terms, of_people))
        why = f"{len(named)} of {len(terms)} terms name a person"
    else:
        people = list(_titles_as_terms(page, terms))
        why = "the terms are titles, and who holds them comes after"
    unmatched = tuple(_left_out(page, terms, of_people, people))
    if people or unmatched:
        first, sure = items[0], 2 if people else 0
        why = why if people else "no term is a title or a person"
        yield Candidate("terms", first.span.start, first.line, tuple(people), unmatched, sure, why)


def _has_people(term: _Row, definitions: Sequence[_Row]) -> bool:
    """Whether a term that could be a name stands over other people: *Friends*, *Lead Analysts*."""
    if term.fit > 1 or (term.full and not _is_title_term(term)):
        return False
    name = term.said.rstrip(" :").casefold()
    return any(row.fit == 3 and name not in row.said.casefold() for row in definitions)


def _people_as_terms(page: Page, terms: _Terms, of_people: Collection[Span]) -> Iterator[Person]:
    for term, definitions in terms:
        if term.item.span in of_people and _problem(term) is None:
            last = definitions[-1].item if definitions else term.item
            span = Span(term.item.span.start, last.span.end)
            title = next(filter(None, map(_definition, definitions)), None)
            yield page.person(term.seen, term.readings[0], span, title)


def _titles_as_terms(page: Page, terms: _Terms) -> Iterator[Person]:
    for term, definitions in terms:
        if not _is_title_term(term):
            continue
        title = term.seen.part(0, len(term.seen.text.rstrip(" :")))
        for row in definitions:
            if row.full and _problem(row) is None:
                yield from _people(page, row, title)


def _is_title_term(term: _Row) -> bool:
    """Whether a term is a title, be it of one person or of several: *Analyst*, *Analysts*."""
    said = term.said.rstrip(" :")
    return any(map(is_title, (said, *names.singulars(said))))


def _left_out(
    page: Page, terms: _Terms, of_people: Collection[Span], people: Sequence[Person]
) -> Iterator[Unmatched]:
    """The lines that begin with a link to a user and are not read.

    What stands below the terms ``of_people`` tells of these people.
    """
    read = {person.line for person in people}
    for term, definitions in terms:
        above = f"“{term.said.rstrip(' :')[:60]}”"
        for row in (term,) if term.item.span in of_people else (term, *definitions):
            problem = _problem(row)
            if row.fit < 3 or problem == "" or row.item.line in read:
                continue
            known = row is term or _is_title_term(term)
            why = "it does not fit the layout" if known else f"the term {above} is no known title"
            section = page.blocks.section_at(row.item.span.start).title
            yield Unmatched(row.said[:200], section, row.item.line, problem or why)


def _definition(row: _Row) -> Part | None:
    """What is said of a person, if it is short enough to be a title."""
    text = names.without_mail(row.seen.outside)
    title = entries.title_in(row.seen, text, 0, len(text))
    prose = _SENTENCE.search(row.seen.text)
    if title is None or prose or title[1] - title[0] > _LONGEST_DEFINITION:
        return None
    part = row.seen.part(*title)
    return part if names.looks_like_title(part.text) or not part.text[0].islower() else None
