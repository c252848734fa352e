"""Roles in a table of facts about one thing: *!Maintainer: | Ana, Acme - docs*."""

from collections.abc import Sequence

from wikibot.model import Holder, Part, Span
from wikibot.wikitext import holders as who
from wikibot.wikitext import role_words
from wikibot.wikitext.blocks import Cell
from wikibot.wikitext.grid import GridRow
from wikibot.wikitext.inline import view
from wikibot.wikitext.roles_draft import Draft


def read_facts(draft: Draft, rows: Sequence[GridRow]) -> bool:
    """*!Maintainer: | Ana, Acme - docs*: label and value a row; whether the table is such a one."""
    pairs = [(row.row.cells[0], row.row.cells[1]) for row in rows if len(row.row.cells) == 2]
    if not pairs or len(pairs) < len([row for row in rows if len(row.row.cells) > 1]):
        return False
    if not all(_is_label(draft, first) and not second.header for first, second in pairs):
        return False
    found = False
    for row in rows:
        if len(row.row.cells) != 2:
            continue
        label = draft.part(row.row.cells[0].content)
        if not role_words.is_person_label(label.text.rstrip(" :")):
            continue
        found = True
        bare = _without_colon(draft, row.row.cells[0].content)
        content = row.row.cells[1].content
        people, part = _people_with_firm(draft, content)
        draft.add(bare, row.row.span, holders=people, stated=part, line=row.row.line)
    return found


def _is_label(draft: Draft, cell: Cell) -> bool:
    source = cell.content.of(draft.blocks.text)
    return cell.header or source.rstrip("'").rstrip().endswith(":") or source.startswith("'''")


def _without_colon(draft: Draft, content: Span) -> Part:
    seen = view(draft.blocks.text, content.start, content.end, site=draft.site)
    return seen.part(0, len(seen.text.rstrip(" :\n")))


def _people_with_firm(draft: Draft, content: Span) -> tuple[tuple[Holder, ...], Part | None]:
    """*Ana Ruiz, Acme - docs<br>Bo Li*: people by line, with their firm and what they did."""
    if content.end - content.start > who.LONGEST:
        return (), None
    seen = view(draft.blocks.text, content.start, content.end, site=draft.site)
    part = seen.whole(0, len(seen.text))
    found: list[Holder] = []
    start = 0
    while start < len(seen.text):
        newline = seen.text.find("\n", start)
        end = len(seen.text) if newline < 0 else newline
        found += who.with_firm(seen, start, end)
        start = end + 1
    return tuple(found), part if part.text else None
