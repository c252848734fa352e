"""Roles in lists of terms: *;Forum* and *:Contact: Ana*, *;Chair* and *:Ana*."""

from collections.abc import Iterator, Sequence

from wikibot.model import Holder, Span
from wikibot.wikitext import holders as who
from wikibot.wikitext import layouts, role_words
from wikibot.wikitext.activities import Groups
from wikibot.wikitext.blocks import ItemList
from wikibot.wikitext.inline import fold
from wikibot.wikitext.labelled import Labelled, labelled
from wikibot.wikitext.roles_draft import LONGEST_LABEL, Draft
from wikibot.words import is_vacant


def read_terms(draft: Draft, items: ItemList) -> bool:
    """*;Forum* and *:Contact: Ana*, *;Chair* and *:Ana*, *;Editor* and *:writes news*."""
    terms = [(term, below) for term, below in _terms(draft, items) if not term.struck]
    announced = layouts.announces_roles(draft.blocks, items.span.start, site=draft.site)
    offices = [term for term, _ in terms if role_words.is_office(_term(term))]
    held = [
        (term, below, people) for term, below in terms if (people := _term_holders(term, below))
    ]
    sure = [people for _, _, people in held if any(map(who.is_sure, people))]
    by_holders = len(held) * 2 > len(terms) and (announced or len(sure) * 3 >= len(held))
    if not by_holders and len(offices) * 2 <= len(terms) and not (announced and held):
        return False
    for term, below in terms:
        people = _term_holders(term, below)
        if any(map(who.is_sure, who.all_people(term.seen, 0, len(term.seen.text)))):
            continue  # a roster: the term is the person
        groups = Groups()
        for row in [] if people else below:
            part = row.seen.whole(0, len(row.seen.text))
            if not is_vacant(row.said):
                groups.activity(part, row.line)
        end = below[-1].span.end if below else term.span.end
        name = term.seen.part(*(term.label or (0, len(term.seen.text))))
        if name.text and len(name.text) <= LONGEST_LABEL:
            span = Span(term.span.start, end)
            draft.add(name, span, holders=people, groups=groups, line=term.line)
    return True


def _terms(draft: Draft, items: ItemList) -> Iterator[tuple[Labelled, list[Labelled]]]:
    term: Labelled | None = None
    below: list[Labelled] = []
    for item in items.items:
        if not draft.has_room(item.span.start):
            break
        row = labelled(draft, item)
        if item.marker.endswith(";"):
            if term:
                yield term, below
            term, below = row, []
        elif term:
            below.append(row)
    if term:
        yield term, below


def _term(row: Labelled) -> str:
    return row.text or fold(row.seen.text)


def _term_holders(term: Labelled, below: Sequence[Labelled]) -> tuple[Holder, ...]:
    """Those whom the term's own line, a definition *Contact: …* or a bare definition names."""
    if term.people:
        return term.people
    related = [row for row in below if row.held and role_words.is_person_label(row.text)]
    if related:
        return tuple(holder for row in related for holder in row.people)
    bare = [who.all_people(row.seen, 0, len(row.seen.text)) for row in below if not row.label]
    return tuple(h for people in bare if _are_sure(people) for h in people)


def _are_sure(people: Sequence[Holder]) -> bool:
    """Whether somebody is surely a person, or it says that there is nobody."""
    return any(who.is_sure(holder) or is_vacant(holder.name.text) for holder in people)
