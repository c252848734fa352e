"""Roles that are headings: what stands below says what is done, or who does it.

A line in bold, or one that ends with a colon, is a heading for the list below it.
"""

from collections.abc import Container, Sequence

from wikibot.model import Holder, Part, Span
from wikibot.wikitext import holders as who
from wikibot.wikitext import layouts, role_words
from wikibot.wikitext.activities import Groups, all_of
from wikibot.wikitext.blocks import Item, ItemList, Section
from wikibot.wikitext.inline import view
from wikibot.wikitext.roles_draft import Draft
from wikibot.words import is_vacant

_LONGEST_HEADING = 6  # words
_FEWEST_DUTIES = 3
_FEWEST_BESIDE = 2  # where a neighbour is an office
_MOST_LINES = 3  # of text that names who holds the role of a section


def read_headings(draft: Draft, read: set[int]) -> None:
    """Headings that are roles; ``read`` are starts of lists that were read already."""
    named = {role.name.span for role in draft.roles}
    beside = {draft.section(role.span.start).level for role in draft.roles}
    done = set(read)
    lists: dict[Section, list[ItemList]] = {}
    for items in draft.blocks.lists:
        section = draft.section(items.span.start)
        lists.setdefault(section, []).append(items)
        if items.span.start not in done and _is_about_roles(draft, section):
            label = draft.label_above(items.span.start)
            if label and role_words.is_office(label.text):
                whole = Span(min(label.span.start, items.span.start), items.span.end)
                _add(draft, label, whole, _entries([items]))
                done.add(items.span.start)
    region = draft.blocks.region
    offices = {
        (_parent(draft, section), section.level)
        for section in draft.blocks.sections[1:]
        if section in lists and _is_about_roles(draft, section) and _is_role(draft, section)
    }
    for section in draft.blocks.sections[1:]:
        inside = region.start <= section.span.start < region.end
        if not inside or section.heading in named or not _is_about_roles(draft, section):
            continue
        own = lists.get(section, [])
        if any(items.span.start in done for items in own):
            continue
        entries = _entries(own)
        is_role = _is_role(draft, section)
        sister = entries and not is_role and _is_sister(draft, section, entries, offices)
        beside_roles = entries and section.level in beside and _is_work(draft, section, entries)
        if entries and (is_role or sister or beside_roles):
            _add(draft, draft.part(section.heading), section.span, entries)
        elif is_role and (people := _in_text(draft, section)):
            draft.add(draft.part(section.heading), section.span, holders=people)


def _entries(lists: Sequence[ItemList]) -> list[Item]:
    return [item for items in lists for item in items.items if item.marker[-1] in "*#:"]


def _is_about_roles(draft: Draft, section: Section) -> bool:
    """Whether no heading above says that this is minutes, votes, links."""
    above = draft.blocks.sections_at(section.span.start)
    return not layouts.speaks_of_else(section.title) and not any(
        layouts.speaks_of_reports(other.title) for other in above
    )


def _is_role(draft: Draft, section: Section) -> bool:
    """An office, or anything right under a heading that announces roles."""
    if len(section.title.split()) > _LONGEST_HEADING or role_words.is_no_role(section.title):
        return False
    above = draft.blocks.sections_at(section.span.start)
    announced = len(above) > 1 and layouts.speaks_of_roles(above[-2].title)
    return announced or role_words.is_office(section.title)


def _parent(draft: Draft, section: Section) -> int:
    """Where the section around a section begins; 0 for the page."""
    around = draft.blocks.sections_at(section.span.start)
    return around[-2].span.start if len(around) > 1 else 0


def _is_sister(
    draft: Draft, section: Section, items: Sequence[Item], offices: Container[tuple[int, int]]
) -> bool:
    """A short heading beside one that is an office, over nothing but work or nothing but people."""
    if (_parent(draft, section), section.level) not in offices:
        return False
    short = len(section.title.split()) <= _LONGEST_HEADING // 2
    if not short or role_words.is_no_role(section.title) or section.span.end > section.body.end:
        return False
    if _is_work(draft, section, items, fewest=_FEWEST_BESIDE):
        return True
    roster = layouts.words(section.title) & layouts.NAME_HEADS
    return not roster and bool(_people(draft, [item.content for item in items]))


def _is_work(
    draft: Draft, section: Section, items: Sequence[Item], *, fewest: int = _FEWEST_DUTIES
) -> bool:
    """Beside other roles, a short heading over nothing but items that speak of work."""
    if len(section.title.split()) > _LONGEST_HEADING // 2 or len(items) < fewest:
        return False
    if role_words.is_no_role(section.title):
        return False
    said = [all_of(draft.blocks, item.content, site=draft.site).text for item in items]
    return sum(map(role_words.says_duty, said)) * 3 >= len(said) * 2


def _add(draft: Draft, name: Part, span: Span, items: Sequence[Item]) -> None:
    """The items are duties, unless all of them are people: then these hold the role."""
    if not name.text:
        return
    people = _people(draft, [item.content for item in items])
    groups = Groups()
    for item in [] if people else items:
        part = all_of(draft.blocks, item.content, site=draft.site)
        if not is_vacant(part.text):
            groups.activity(part, item.line)
    draft.add(name, span, holders=people, groups=groups)


def _in_text(draft: Draft, section: Section) -> tuple[Holder, ...]:
    """The people whom the only lines of a section name."""
    lines = []
    for line in draft.blocks.lines(section.body):
        if line.of(draft.blocks.masked).strip():
            lines.append(line)
        if len(lines) > _MOST_LINES:
            return ()
    return _people(draft, lines)


def _people(draft: Draft, contents: Sequence[Span]) -> tuple[Holder, ...]:
    """All those whom some lines name, if these name people and nothing else."""
    found: list[Holder] = []
    for content in contents:
        if content.end - content.start > who.LONGEST:
            return ()
        seen = view(draft.blocks.text, content.start, content.end, site=draft.site)
        people = who.all_people(seen, 0, len(seen.text))
        if not people:
            return ()
        found += people
    known = sum(who.is_sure(holder) or is_vacant(holder.name.text) for holder in found)
    return tuple(found) if known * 2 >= len(found) else ()
