"""Roles in lists and lines: *Role: Ana, Bo (interim)*, *Role - what it does*, terms, offices."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wikibot.model import Holder, Part, Span
from wikibot.wikitext import holders as who
from wikibot.wikitext import layouts, names, role_words
from wikibot.wikitext.activities import Groups, all_of
from wikibot.wikitext.blocks import Item, ItemList, Section, trim
from wikibot.wikitext.inline import View, fold, view
from wikibot.wikitext.roles_draft import Draft

_AFTER_LABEL = re.compile(r"\s*(?:[:–—]|-(?=\s))\s*")
_DASH = re.compile(r"\s[-–—]\s")
_LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line *label: rest*; ranges count visible characters. ``people``: whom the rest names."""

    span: Span
    line: int
    depth: int
    seen: View
    label: names.Range | None
    rest: names.Range
    bold: bool
    people: tuple[Holder, ...]

    @property
    def text(self) -> str:
        return fold(self.seen.text[slice(*self.label)]) if self.label else ""

    @property
    def held(self) -> bool:
        """Whether people stand behind a label that may be a role."""
        return bool(self.people) and not role_words.is_no_role(self.text)

    @property
    def empty(self) -> bool:
        return not fold(self.seen.text[slice(*self.rest)])

    @property
    def struck(self) -> bool:
        return bool(self.label) and self.seen.is_struck(*(self.label or (0, 0)))


def read_lists(draft: Draft, inside: Span) -> set[int]:
    """Read the lists of a region; gives the starts of those that say roles."""
    read = set()
    for items in draft.blocks.lists:
        if inside.start <= items.span.start < inside.end and _read_list(draft, items):
            read.add(items.span.start)
    return read


def _read_list(draft: Draft, items: ItemList) -> bool:
    told = draft.layout.layout == "bullets"
    section = draft.section(items.span.start)
    if layouts.speaks_of_else(section.title) and not told:
        return False
    if any(item.marker.endswith(";") for item in items.items):
        return _read_terms(draft, items)
    rows = [labelled(draft, i) for i in items.items if i.marker[-1] in "*#"]
    if not rows:
        return False
    announced = told or layouts.announces_roles(draft.blocks, items.span.start, site=draft.site)
    if _read_relations(draft, rows, section, announced=announced):
        return True
    for depth in sorted({row.depth for row in rows}):
        level = [row for row in rows if row.depth == depth and not row.struck]
        if _says_roles(level, announced=announced):
            _list_roles(draft, items, level, depth)
            return True
    return False


# --- label and rest -----------------------------------------------------------------------------


def labelled(draft: Draft, item: Item) -> Labelled:
    """Take a list item apart."""
    return label_of(draft, item.content, span=item.span, line=item.line, depth=item.depth)


def label_of(draft: Draft, content: Span, *, span: Span, line: int, depth: int = 0) -> Labelled:
    """Take a line apart: a bold beginning is the label, or what stands before a colon."""
    long = content.end - content.start > who.LONGEST
    end = content.start if long else content.end
    seen = view(draft.blocks.text, content.start, end, site=draft.site)
    whole = (0, len(seen.text))
    bold = _bold_end(draft, content)
    parted = _part_label(seen, bold)
    if parted is None:
        return Labelled(span, line, depth, seen, None, whole, False, ())
    label, rest = seen.trim(*parted[0]), parted[1]
    text = fold(seen.text[slice(*label)])
    if not text or len(text) > _LONGEST_LABEL or len(text.split()) > 8:
        return Labelled(span, line, depth, seen, None, whole, False, ())
    people = who.all_people(seen, *rest)
    if parted[2] and not people:  # a dash parts anything from anything
        return Labelled(span, line, depth, seen, None, whole, False, ())
    return Labelled(span, line, depth, seen, label, rest, bool(bold), people)


def _part_label(seen: View, bold: int | None) -> tuple[names.Range, names.Range, bool] | None:
    """Label, rest, and whether nothing but a dash parts them."""
    end = len(seen.text)
    colon = names.label_end(seen, 0, end)
    if bold and (colon is None or colon > bold):
        after = _AFTER_LABEL.match(seen.text, bold)
        return ((0, bold), (after.end(), end), False) if after else None
    if colon is not None:
        return (0, colon), (colon + 1, end), False
    dash = _DASH.search(seen.outside)
    linked = seen.links and not seen.links[0].username and seen.links[0].start == 0
    if dash and (linked or any(x.username and x.start >= dash.end() for x in seen.links)):
        return (0, dash.start()), (dash.end(), end), True
    return None


def _bold_end(draft: Draft, content: Span) -> int | None:
    """Where, in visible characters, the bold beginning of a line ends."""
    text = draft.blocks.text
    for opening, closing in (("'''", "'''"), ("<b>", "</b>"), ("<strong>", "</strong>")):
        if text.startswith(opening, content.start, content.end):
            start = content.start + len(opening)
            close = text.find(closing, start, min(content.end, start + who.LONGEST))
            if close >= 0:
                inner = view(text, start, close, site=draft.site)
                return len(inner.text.rstrip(" :"))
    return None


# --- lists of roles -----------------------------------------------------------------------------


def _says_roles(rows: Sequence[Labelled], *, announced: bool) -> bool:
    """Whether most items name who holds something, or what somebody with an office does."""
    held = [row for row in rows if row.held]
    if len(held) * 2 > len(rows) and (announced or _sure(held)):
        return True
    labels = [row for row in rows if row.label and not role_words.is_no_role(row.text)]
    offices = [row for row in labels if role_words.is_office(row.text)]
    bold = [row for row in labels if row.bold]
    if len(bold) * 2 > len(rows) and (announced or len(offices) * 2 > len(rows)):
        return True
    return announced and len(offices) * 2 > len(rows)


def _sure(held: Sequence[Labelled]) -> bool:
    """Whether those behind the labels are people: linked, named in full, in several lines."""
    sure = sum(any(map(who.is_sure, row.people)) for row in held)
    offices = sum(role_words.is_office(row.text) for row in held)
    lists = sum(len(row.people) > 1 for row in held)
    said = [name for row in held for name in {holder.name.text for holder in row.people}]
    recurring = lists and len(set(said)) < len(said)
    return (sure + offices) * 3 >= len(held) or bool(recurring)


def _list_roles(draft: Draft, items: ItemList, rows: Sequence[Labelled], depth: int) -> None:
    below = _below(items, depth)
    for row in rows:
        if row.label:
            _add(draft, row, below.get(row.line, []))
        elif row.depth == 1:
            draft.refuse(row.seen.text, row.span.start, "it does not read as role: holders")


def _below(items: ItemList, depth: int) -> dict[int, list[Item]]:
    """Line of an item at ``depth`` → the deeper items that follow it."""
    below: dict[int, list[Item]] = {}
    line = 0
    for item in items.items:
        if item.depth == depth:
            line = item.line
            below[line] = []
        elif item.depth < depth:
            line = 0
        elif line:
            below[line].append(item)
    return below


def _add(draft: Draft, row: Labelled, below: Iterable[Item]) -> None:
    assert row.label is not None
    groups = Groups()
    stated = None
    end = row.span.end
    if row.people or row.empty:
        part = row.seen.whole(*row.rest)
        stated = part if part.text else None
    elif (part := row.seen.whole(*row.rest)).text:
        groups.activity(part, row.line)
    for item in below:
        end = item.span.end
        part = all_of(draft.blocks, item.content, site=draft.site)
        if part.text:
            groups.activity(part, item.line)
    draft.add(
        row.seen.part(*row.label),
        Span(row.span.start, end),
        holders=row.people,
        stated=stated,
        groups=groups,
        line=row.line,
    )


# --- how people stand to something --------------------------------------------------------------


def _read_relations(
    draft: Draft, rows: Sequence[Labelled], section: Section, *, announced: bool
) -> bool:
    """*Maintainer: Ana* under a service: the item above or the heading is the role."""
    relations = [row for row in rows if row.held and role_words.is_relation(row.text)]
    others = [row for row in rows if row not in relations and row.held and _sure([row])]
    if not relations or len(others) > len(relations):
        return False
    subjects: dict[Span, list[Labelled]] = {}
    above: dict[int, Labelled] = {}
    for row in rows:
        above[row.depth] = row
        if row.held and role_words.is_relation(row.text):
            parent = above.get(row.depth - 1)
            if parent:
                subjects.setdefault(parent.span, []).append(row)
            elif section.level and not announced:
                subjects.setdefault(section.heading, []).append(row)
    by_span = {row.span: row for row in rows}
    for span, held in subjects.items():
        if parent := by_span.get(span):
            name = parent.seen.part(*(parent.label or (0, len(parent.seen.text))))
            whole = parent.span
        else:
            name, whole = draft.part(section.heading), section.span
        if name.text and len(name.text) <= _LONGEST_LABEL:
            _add_subject(draft, name, whole, held)
    return bool(subjects)


def _add_subject(draft: Draft, name: Part, whole: Span, held: Sequence[Labelled]) -> None:
    people = tuple(holder for row in held for holder in row.people)
    stated = held[0].seen.whole(*held[0].rest) if len(held) == 1 else None
    span = Span(whole.start, max(whole.end, held[-1].span.end))
    draft.add(name, span, holders=people, stated=stated)


# --- terms and their definitions ----------------------------------------------------------------


def _read_terms(draft: Draft, items: ItemList) -> bool:
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
            if part.text:
                groups.activity(part, row.line)
        end = below[-1].span.end if below else term.span.end
        name = term.seen.part(*(term.label or (0, len(term.seen.text))))
        if name.text and len(name.text) <= _LONGEST_LABEL:
            span = Span(term.span.start, end)
            draft.add(name, span, holders=people, groups=groups, line=term.line)
    return True


def _terms(draft: Draft, items: ItemList) -> Iterator[tuple[Labelled, list[Labelled]]]:
    term: Labelled | None = None
    below: list[Labelled] = []
    for item in items.items:
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
    return any(who.is_sure(holder) or names.is_vacant(holder.name.text) for holder in people)


# --- lines of offices ---------------------------------------------------------------------------


def read_lines(draft: Draft, inside: Span) -> None:
    """Lines of text such as *Chair: Ana and Bo*, outside lists and tables."""
    for section in draft.blocks.sections:
        body = Span(max(section.body.start, inside.start), min(section.body.end, inside.end))
        if body.start >= body.end or layouts.speaks_of_else(section.title):
            continue
        run: list[Labelled] = []
        for row in _text_lines(draft, body):
            if row.held and not row.struck and not row.seen.text[:1].isspace():
                run.append(row)
            else:
                _offices(draft, run)
                run = []
        _offices(draft, run)


def _offices(draft: Draft, run: Sequence[Labelled]) -> None:
    """Lines in a row: half of them begin with an office, the others may be anything held."""
    offices = sum(role_words.is_office(row.text) for row in run)
    if offices * 2 >= len(run) and any(any(map(who.is_sure, row.people)) for row in run):
        for row in run:
            _add(draft, row, ())


def _text_lines(draft: Draft, body: Span) -> Iterator[Labelled]:
    """Lines of a section that stand in no list or table, but for empty ones."""
    blocks = draft.blocks
    for line in blocks.lines(body):
        bare = trim(blocks.masked, line)
        if bare.start < bare.end and not blocks.item(line) and not draft.in_table(line.start):
            yield label_of(draft, bare, span=line, line=blocks.line_at(line.start))
