"""A line *label: rest* of a roles page taken apart: list item, term or line of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wikibot.model import Holder, Span
from wikibot.wikitext import holders as who
from wikibot.wikitext import names, role_words
from wikibot.wikitext.activities import Groups, all_of
from wikibot.wikitext.blocks import Item
from wikibot.wikitext.inline import View, fold, view
from wikibot.wikitext.roles_draft import LONGEST_LABEL, Draft
from wikibot.words import is_vacant

_AFTER_LABEL = re.compile(r"\s*(?:[:–—]|-(?=\s))\s*")
_DASH = re.compile(r"\s[-–—]\s")
_HOST_FIRST = re.compile(rf"\s*{who.HOST}\s*(?:\s[-–—]\s|:\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line *label: rest*; ranges count visible characters.

    ``text`` is the label's, ``""`` for a line without one; ``people`` are those whom the rest
    names; ``held`` whether the label may be a role that they hold, or that nobody holds where
    the rest says so.
    """

    span: Span
    line: int
    depth: int
    seen: View
    label: names.Range | None
    rest: names.Range
    text: str = ""
    bold: bool = False
    people: tuple[Holder, ...] = ()
    held: bool = False

    @property
    def empty(self) -> bool:
        return not self.said

    @property
    def said(self) -> str:
        """What stands behind the label."""
        return fold(self.seen.text[slice(*self.rest)])

    @property
    def struck(self) -> bool:
        return bool(self.label) and self.seen.is_struck(*(self.label or (0, 0)))


def labelled(draft: Draft, item: Item, *, by_dash: bool = False) -> Labelled:
    """Take a list item apart."""
    return label_of(
        draft, item.content, span=item.span, line=item.line, depth=item.depth, by_dash=by_dash
    )


def label_of(
    draft: Draft, content: Span, *, span: Span, line: int, depth: int = 0, by_dash: bool = False
) -> Labelled:
    """Take a line apart: a bold beginning is the label, or what stands before a colon.

    A dash ends a label beside links; with ``by_dash`` it always does.
    """
    long = content.end - content.start > who.LONGEST
    end = content.start if long else content.end
    seen = view(draft.blocks.text, content.start, end, site=draft.site)
    nothing = Labelled(span, line, depth, seen, None, (0, len(seen.text)))
    bold = _bold_end(draft, content)
    parted = _part_label(seen, bold, by_dash=by_dash)
    if parted is None:
        return nothing
    label, rest, only_dash = seen.trim(*parted[0]), parted[1], parted[2]
    text = fold(seen.text[slice(*label)])
    if any(x.username and x.start < label[1] and label[0] < x.end for x in seen.links):
        return nothing  # a person is no role
    if not text or len(text) > LONGEST_LABEL or len(text.split()) > 8:
        return nothing
    people = who.all_people(seen, *rest)
    vacant = bool(fold(seen.text[slice(*rest)])) and is_vacant(seen.text[slice(*rest)])
    if only_dash and not people and not vacant:  # a dash parts anything from anything
        return nothing
    held = (bool(people) or vacant) and not role_words.is_no_role(text)
    return Labelled(span, line, depth, seen, label, rest, text, bool(bold), people, held)


def _part_label(
    seen: View, bold: int | None, *, by_dash: bool
) -> tuple[names.Range, names.Range, bool] | None:
    """Label, rest, and whether nothing but a dash parts them.

    A host name that follows belongs to the label: *Web: www.example.org - Ana*.
    """
    end = len(seen.text)
    colon = names.label_end(seen, 0, end)
    if bold and (colon is None or colon > bold):
        after = _AFTER_LABEL.match(seen.text, bold)
        return ((0, bold), (after.end(), end), False) if after else None
    if colon is not None:
        host = _HOST_FIRST.match(seen.outside, colon + 1)
        if host:
            return (0, host.end("host")), (host.end(), end), False
        return (0, colon), (colon + 1, end), False
    dash = _DASH.search(seen.outside)
    linked = seen.links and not seen.links[0].username and seen.links[0].start == 0
    if dash and (
        by_dash or linked or any(x.username and x.start >= dash.end() for x in seen.links)
    ):
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


def are_held_surely(held: Sequence[Labelled]) -> bool:
    """Whether those behind the labels are people: linked, named in full, in several lines."""
    sure = sum(any(map(who.is_sure, row.people)) for row in held)
    offices = sum(role_words.is_office(row.text) for row in held)
    lists = sum(len(row.people) > 1 for row in held)
    said = [name for row in held for name in {holder.name.text for holder in row.people}]
    recurring = lists and len(set(said)) < len(said)
    return (sure + offices) * 3 >= len(held) or bool(recurring)


def add_labelled(draft: Draft, row: Labelled, below: Iterable[Item]) -> None:
    assert row.label is not None
    groups = Groups()
    stated = None
    end = row.span.end
    if row.people or is_vacant(row.said):
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
