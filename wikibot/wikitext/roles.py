"""Roles pages: each role, who holds it, and what it is responsible for.

Read are tables (:mod:`~wikibot.wikitext.roles_tables`), lists
(:mod:`~wikibot.wikitext.roles_lists`), lines (:mod:`~wikibot.wikitext.roles_lines`) and sections
(:mod:`~wikibot.wikitext.roles_headings`).
Where tables *Activity | holder* say what each role does, nothing else on the page is a role.
"""

from collections.abc import Sequence

from wikibot.model import Layout, Role, Roles, Site, Unmatched
from wikibot.wikitext import layouts
from wikibot.wikitext.blocks import Blocks, Section, scan
from wikibot.wikitext.roles_draft import Draft
from wikibot.wikitext.roles_headings import read_headings
from wikibot.wikitext.roles_lines import read_lines
from wikibot.wikitext.roles_lists import read_lists
from wikibot.wikitext.roles_tables import read_tables


def read_roles(text: str, *, layout: Layout = Layout(), site: Site = Site()) -> Roles:
    """The roles on a page of wikitext, in the order of the page.

    What stands among roles and is not understood is in ``unmatched``. When the layout names a
    section that the page has not, ``section_found`` is false. Never raises.
    """
    blocks = scan(text, site=site)
    region = layouts.region(blocks, layout)
    if region is None:
        return Roles(section=layout.section or "", section_found=False)
    draft = Draft(blocks.within(region.span), site, layout)
    whole = layout.layout != "bullets" and read_tables(draft)
    if not whole and layout.layout != "table":
        read = set() if layout.layout == "headings" else read_lists(draft)
        if layout.layout != "headings":
            read_lines(draft)
        if layout.layout != "bullets":
            read_headings(draft, read)
    draft.end()
    roles = tuple(sorted(draft.roles, key=lambda role: (role.line, role.name.span)))
    unmatched = tuple(sorted(draft.unmatched, key=lambda row: row.line))
    if not roles:
        return _nothing(region.section, layout, unmatched)
    section = region.section or _heading_of(blocks, roles)
    line = section.line if section.level else roles[0].line
    return Roles(roles, unmatched, section.title, line)


def _nothing(section: Section | None, layout: Layout, unmatched: tuple[Unmatched, ...]) -> Roles:
    """No roles. Where the configuration says that there are some, that is worth one line."""
    if layout == Layout():
        return Roles(unmatched=unmatched)
    title, line = (section.title, section.line) if section else ("", 1)
    where = "under this heading" if section else "on the page"
    row = Unmatched(title, title, line, f"nothing {where} reads as a role")
    return Roles((), (*unmatched, row), title, line if section else 0)


def _heading_of(blocks: Blocks, roles: Sequence[Role]) -> Section:
    """The heading above the first role: its own, or the one above where roles are headings."""
    first = blocks.section_at(roles[0].span.start)
    if first.heading != roles[0].name.span and first.title != roles[0].name.text:
        return first
    above = [
        section
        for section in blocks.sections[1:]
        if section.level < first.level and section.span.start < first.span.start < section.span.end
    ]
    return above[-1] if above else first
