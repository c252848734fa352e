"""Roles in lines of text: *Chair: Ana and Bo*, or a bold office and what it does."""

import re
from collections.abc import Iterator, Sequence

from wikibot.model import Span
from wikibot.wikitext import holders as who
from wikibot.wikitext import layouts, role_words
from wikibot.wikitext.blocks import trim
from wikibot.wikitext.labelled import Labelled, add_labelled, label_of
from wikibot.wikitext.masks import COMMENT
from wikibot.wikitext.roles_draft import Draft

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_lines(draft: Draft) -> None:
    """Lines of text: *Chair: Ana and Bo*, **Editor** *- writes news*, outside lists and tables."""
    region = draft.blocks.region
    for section in draft.blocks.sections:
        body = Span(max(section.body.start, region.start), min(section.body.end, region.end))
        if body.start >= body.end or layouts.speaks_of_else(section.title):
            continue
        held: list[Labelled] = []
        bold: list[Labelled] = []
        for row in _text_lines(draft, body):
            if row.struck or not row.label or not row.held:
                _offices(draft, held)
                held = []
            if row.struck or not row.label or not row.bold:
                _described(draft, bold)
                bold = []
            if row.label and not row.struck:
                if row.held:
                    held.append(row)
                elif row.bold:
                    bold.append(row)
        _offices(draft, held)
        _described(draft, bold)


def _offices(draft: Draft, run: Sequence[Labelled]) -> None:
    """Lines in a row that name people: half of them begin with an office."""
    offices = sum(role_words.is_office(row.text) for row in run)
    if offices * 2 >= len(run) and any(any(map(who.is_sure, row.people)) for row in run):
        for row in run:
            add_labelled(draft, row, ())


def _described(draft: Draft, run: Sequence[Labelled]) -> None:
    """Lines in a row with bold labels and text: most of the labels are offices."""
    offices = sum(role_words.is_office(row.text) for row in run)
    if len(run) > 1 and offices * 2 > len(run):
        for row in run:
            if not row.empty:
                add_labelled(draft, row, ())


def _text_lines(draft: Draft, body: Span) -> Iterator[Labelled]:
    """Lines that stand in no list or table, parted at ``<br>``; no empty ones."""
    blocks = draft.blocks
    for line in blocks.lines(body):
        source = line.of(blocks.masked)
        labelled = ":" in source or source.startswith(("'", "<", COMMENT))
        if not labelled or source[0] in " *#:;|!=" or draft.in_block(line.start):
            continue
        start = line.start
        breaks = _BREAK.finditer(blocks.masked, line.start, line.end)
        for end in [*(found.start() for found in breaks), line.end]:
            bare = trim(blocks.masked, Span(start, end))
            if opening := _BREAK.match(blocks.masked, bare.start, bare.end):
                bare = trim(blocks.masked, Span(opening.end(), bare.end))
            if bare.start < bare.end and draft.has_room(bare.start):
                yield label_of(draft, bare, span=bare, line=blocks.line_at(bare.start))
            start = end
