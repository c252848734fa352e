"""Roles that have a section of their own: the heading is the role, its list says what or who."""

from collections.abc import Sequence

from wikibot.model import Holder, Span
from wikibot.wikitext import holders as who
from wikibot.wikitext import layouts, role_words
from wikibot.wikitext.activities import Groups, all_of
from wikibot.wikitext.blocks import Item, ItemList, Section
from wikibot.wikitext.inline import view
from wikibot.wikitext.roles_draft import Draft

_LONGEST_HEADING = 6  # words
_FEWEST_DUTIES = 3


def read_headings(draft: Draft, inside: Span, read: set[int]) -> None:
    """Sections whose heading is a role; ``read`` are starts of lists that were read already."""
    sibling_levels = {
        draft.section(role.span.start).level for role in draft.roles if role.groups or role.holders
    }
    lists: dict[int, list[ItemList]] = {}
    for each in draft.blocks.lists:
        if inside.start <= each.span.start < inside.end:
            lists.setdefault(draft.section(each.span.start).span.start, []).append(each)
    above: list[Section] = []
    for section in draft.blocks.sections[1:]:
        while above and above[-1].span.end <= section.span.start:
            above.pop()
        above.append(section)
        own = lists.get(section.span.start, [])
        if not own or any(each.span.start in read for each in own):
            continue
        items = tuple(item for each in own for item in each.items if item.marker[-1] in "*#:")
        if not items or layouts.speaks_of_else(section.title):
            continue
        if any(layouts.speaks_of_reports(other.title) for other in above):
            continue
        sibling = section.level in sibling_levels
        if _is_role(above) or (sibling and _is_field_of_work(draft, section, items)):
            _add(draft, section, items)


def _is_role(above: Sequence[Section]) -> bool:
    """An office, or anything right under a heading that announces roles.

    ``above``: the section, last, below those in which it stands.
    """
    title = above[-1].title
    if len(title.split()) > _LONGEST_HEADING or role_words.is_no_role(title):
        return False
    announced = len(above) > 1 and layouts.speaks_of_roles(above[-2].title)
    return announced or role_words.is_office(title)


def _is_field_of_work(draft: Draft, section: Section, items: Sequence[Item]) -> bool:
    """On a page of roles, a short heading over nothing but items that speak of work."""
    if len(section.title.split()) > _LONGEST_HEADING // 2 or len(items) < _FEWEST_DUTIES:
        return False
    said = [all_of(draft.blocks, item.content, site=draft.site).text for item in items]
    duties = [text for text in said if role_words.says_duty(text)]
    return len(duties) * 3 >= len(said) * 2


def _add(draft: Draft, section: Section, items: Sequence[Item]) -> None:
    """The items are duties, unless all of them are people: then these hold the role."""
    name = draft.part(section.heading)
    if not name.text:
        return
    people = _people(draft, items)
    groups = Groups()
    if not people:
        for item in items:
            part = all_of(draft.blocks, item.content, site=draft.site)
            if part.text:
                groups.activity(part, item.line)
    draft.add(name, section.span, holders=people, groups=groups, line=section.line)


def _people(draft: Draft, items: Sequence[Item]) -> tuple[Holder, ...]:
    found: list[Holder] = []
    for item in items:
        if item.content.end - item.content.start > who.LONGEST:
            return ()
        seen = view(draft.blocks.text, item.content.start, item.content.end, site=draft.site)
        people = who.all_people(seen, 0, len(seen.text))
        if not people:
            return ()
        found += people
    return tuple(found) if sum(map(who.is_sure, found)) * 2 >= len(found) else ()
