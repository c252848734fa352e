"""Rosters: who is on a team page, by which name, username and title.

``read_roster`` follows the layout that the configuration gives; without one it takes the lists,
tables and other forms that can only be rosters.
"""

from itertools import accumulate

from wikibot.model import Layout, Roster, Site, Span, Unmatched
from wikibot.wikitext import layouts
from wikibot.wikitext.blocks import Blocks, Section, Table, scan
from wikibot.wikitext.roster_cards import from_cards
from wikibot.wikitext.roster_draft import Candidate, Page
from wikibot.wikitext.roster_lists import from_lists
from wikibot.wikitext.roster_prose import from_headings, from_prose
from wikibot.wikitext.roster_tables import from_tables

__all__ = ["Candidate", "candidates", "read_roster"]

_MOST = 15_000  # entries (items, cells, headings) of a page; what comes after is not read
# Which forms are looked for, by the ``layout`` of the configuration; ``None`` looks for all.
_FORMS = {
    "bullets": (from_lists,),
    "table": (from_tables,),
    "headings": (from_headings,),
    None: (from_lists, from_tables, from_cards, from_headings, from_prose),
}


def read_roster(text: str, *, layout: Layout = Layout(), site: Site = Site()) -> Roster:
    """The people on a page of wikitext, in the order of the page.

    Lines inside the roster that do not fit are in ``unmatched``. When the layout names a section
    that the page has not, ``section_found`` is false and nobody is found. Never raises.
    """
    blocks = scan(text, site=site)
    region = layouts.region(blocks, layout)
    if region is None:
        return Roster(section=layout.section or "", section_found=False)
    found = candidates(blocks, region, layout, site=site)
    taken = _choose(found)
    if not taken:
        return _nobody(region.section, layout)
    taken.sort(key=lambda candidate: candidate.start)
    section = region.section or _section_of(blocks, taken[0])
    people = [person for candidate in taken for person in candidate.people]
    goes_on = _terms_beside(blocks, found, taken)
    unmatched = [row for candidate in (*taken, *goes_on) for row in candidate.unmatched]
    unmatched.sort(key=lambda row: row.line)
    return Roster(
        tuple(sorted(people, key=lambda person: person.span)),
        (*unmatched, *_unread(blocks, region)),
        section.title,
        section.line if section.level else blocks.line_at(taken[0].start),
    )


def candidates(
    blocks: Blocks, region: layouts.Region, layout: Layout, *, site: Site
) -> list[Candidate]:
    """All that may be a roster in a region, each read as the roster that it would be."""
    page = Page(blocks.within(region.span), layout, site)
    inside = _readable(page.blocks, region.span)
    return [found for form in _FORMS[layout.layout] for found in form(page, inside)]


def _readable(blocks: Blocks, inside: Span) -> Span:
    """The beginning of ``inside`` that holds as many entries as a roster may have at most."""
    entries = [(found.span.start, len(found.items)) for found in (*blocks.lists, *blocks.galleries)]
    entries += [(table.span.start, _cells(table)) for table in blocks.tables]
    entries += [(section.span.start, 1) for section in blocks.sections]
    entries.sort()
    counted = accumulate((count for _, count in entries), initial=0)
    for (start, _), before in zip(entries, counted, strict=False):
        if before > _MOST and start > inside.start:
            return Span(inside.start, min(start, inside.end))
    return inside


def _unread(blocks: Blocks, region: layouts.Region) -> list[Unmatched]:
    """Where the page was not read any more, if it is too long."""
    end = _readable(blocks.within(region.span), region.span).end
    if end >= region.span.end:
        return []
    line, section = blocks.line_at(end), blocks.section_at(end).title
    why = "from here on the page is longer than any roster, and is not read"
    return [Unmatched(f"line {line}", section, line, why)]


def _cells(table: Table) -> int:
    return 5 + sum(len(row.cells) for row in table.rows)


def _section_of(blocks: Blocks, candidate: Candidate) -> Section:
    """The section that a roster stands in; of people in headings, the one around these."""
    if candidate.kind == "headings":
        return [blocks.sections[0], *blocks.sections_at(candidate.start)][-2]
    return blocks.section_at(candidate.start)


def _choose(found: list[Candidate]) -> list[Candidate]:
    best = max((candidate.sure for candidate in found), default=0)
    return [candidate for candidate in found if candidate.sure == best] if best else []


def _terms_beside(
    blocks: Blocks, found: list[Candidate], taken: list[Candidate]
) -> list[Candidate]:
    """Lists of terms not taken, beside one that is: between them stands an empty line, perhaps."""
    sections = {blocks.section_at(each.start).span.start for each in taken if each.kind == "terms"}
    return [
        each
        for each in found
        if each.kind == "terms"
        and not each.sure
        and blocks.section_at(each.start).span.start in sections
    ]


def _nobody(section: Section | None, layout: Layout) -> Roster:
    """No roster. Where the configuration says that there is one, that is worth one line."""
    if layout == Layout():
        return Roster()
    what = {"bullets": "list", "table": "table"}.get(layout.layout or "", "list or table")
    where = "under this heading" if section else "on the page"
    why = f"no {what} {where} reads as a roster"
    if layout.columns and "name" in layout.columns:
        why += f" with the names in column {layout.columns['name']}"
    elif layout.pattern:
        why += f" with the pattern {layout.pattern}"
    title, line = (section.title, section.line) if section else ("", 1)
    return Roster((), (Unmatched(title, title, line, why),), title, line if section else 0)
