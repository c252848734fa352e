"""What stands below the headings of a page, line by line, with the labels of status updates.

Outside are tables, preformatted text, templates on lines of their own, and what no reader sees.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from wikibot.model import Site, Span
from wikibot.wikitext.blocks import Blocks, Item, trim
from wikibot.wikitext.calls import without_comments
from wikibot.wikitext.inline import INVISIBLE, plain, view
from wikibot.wikitext.masks import COMMENT, OPAQUE
from wikibot.wikitext.update_values import without_dashes
from wikibot.wikitext.update_words import LONGEST_LABEL, Field, field_of

_LOOK_AT = 200  # characters of source in which a label with its markup ends
_SEPARATOR = re.compile(r"\s*[:：]|\s[-–—](?=\s)")
_UNSEEN = rf"</translate>|[{INVISIBLE}]"
_CLOSING = {
    False: re.compile(rf"(?:{_UNSEEN})*", re.IGNORECASE),
    True: re.compile(rf"(?:'{{2,5}}|</(?:b|strong|i|em|u|span|small)>|{_UNSEEN})*", re.IGNORECASE),
}
_BOLD = re.compile(r"'''(?P<quotes>[^'\n]+)'''|<(b|strong)>(?P<tag>[^<>\n]+)</\2>", re.I)
_STRUCK = re.compile(r"<(s|del|strike)(?:\s[^<>]*)?>.*</\1\s*>", re.IGNORECASE | re.DOTALL)
_NO_TEXT = re.compile(rf"(?:[{COMMENT}{OPAQUE}\s-]|</?[a-z][^<>]*>|__[A-Z]+__)*", re.IGNORECASE)

Kind = Literal["bullet", "indented", "term", "bold", "text", "struck"]


@dataclass(frozen=True, slots=True)
class Line:
    """A list item, a term (``;``), a line that is bold as a whole, or a paragraph.

    One that is struck out as a whole says nothing.

    ``field`` is what its label announces, ``None`` without a known one; ``source`` what stands
    behind the label, or all. ``depth`` counts the marks of a list, 0 outside lists. ``parent``:
    a deeper item follows, or below text a list.
    """

    kind: Kind
    depth: int
    line: int
    field: Field | None
    source: str
    start: int
    parent: bool = False


def read_lines(page: Blocks, site: Site) -> list[list[Line]]:
    """The lines of each section, without those of its subsections, in the order of the page."""
    entries = _entries(page, site)
    starts = [section.body.start for section in page.sections]
    found: list[list[Line]] = [[] for _ in starts]
    for index, (entry, following) in enumerate(pairwise([*entries, None])):
        assert entry is not None
        section = bisect_right(starts, entry.content.start) - 1
        parent = following is not None and _is_below(following, entry)
        if index + 1 < len(entries) and following is not None:
            parent = parent and bisect_right(starts, following.content.start) - 1 == section
        found[section] += _line(page, entry, site, parent=parent)
    return found


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Kind
    depth: int
    line: int
    content: Span


def _is_below(entry: _Entry, above: _Entry) -> bool:
    return entry.kind in ("bullet", "indented") and entry.depth > above.depth


def _line(page: Blocks, entry: _Entry, site: Site, *, parent: bool) -> list[Line]:
    """An entry; of a paragraph whose lines all begin with a dash, its label and each of them."""
    if _STRUCK.fullmatch(page.text, entry.content.start, entry.content.end):
        return [Line("struck", entry.depth, entry.line, None, "", entry.content.start, parent)]
    field, start = _label(page, entry.content, site)
    source = without_comments(page.text[start : entry.content.end]).strip()
    line = Line(entry.kind, entry.depth, entry.line, field, source, entry.content.start, parent)
    if entry.kind != "text":
        return [line]
    parts = [part.strip() for part in source.split("\n")]
    dashed = without_dashes(parts) if source else None
    if dashed is None:
        return [replace(line, source=" ".join(parts))]
    found = [replace(line, source="", parent=False)] if field else []
    found += [replace(line, field=None, source=part, parent=False) for part in dashed]
    return [*found[:-1], replace(found[-1], parent=parent)]


def _label(page: Blocks, content: Span, site: Site) -> tuple[Field | None, int]:
    """What the label of a line announces, and where in the page that begins which it labels."""
    text = page.text
    start, end = content.start, content.end
    upto = min(end, start + _LOOK_AT)
    newline = text.find("\n", start, upto)  # a paragraph: the label stands in its first line
    upto = newline if newline >= 0 else upto
    seen = view(text, start, upto, site=site)
    if separator := _SEPARATOR.search(seen.outside, 0, LONGEST_LABEL + 2):
        if field := field_of(seen.text[: separator.start()]):
            mark = seen.span(separator.end() - 1, separator.end())
            return field, _after_marks(text, start, mark.end, end)
    elif bold := _BOLD.match(text, start, upto):
        inner = bold.span("quotes" if bold["quotes"] else "tag")
        if field := field_of(plain(text[slice(*inner)], site=site)):
            return field, bold.end()
    elif (field := field_of(seen.text)) and upto == end and OPAQUE not in page.masked[start:end]:
        return field, end  # beside a template it would be the label of that
    return None, start


def _after_marks(text: str, start: int, label_end: int, end: int) -> int:
    """Behind the marks that close what the label has opened: ``'''Done:''' …``."""
    label = text[start:label_end]
    match = _CLOSING["''" in label or "<" in label].match(text, label_end, end)
    return match.end() if match else label_end


# --- which lines there are ----------------------------------------------------------------------


def _entries(page: Blocks, site: Site) -> list[_Entry]:
    """List items, bold lines and paragraphs outside tables, in order."""
    items = [(item.span, _of_item(item)) for found in page.lists for item in found.items]
    items.sort(key=lambda one: one[0])
    tables = [table.span for table in page.tables if table.depth == 1]
    taken = sorted([*(span for span, _ in items), *tables])
    found = [entry for _, entry in items if entry.content.start < entry.content.end]
    found += _texts(page, taken, site)
    found.sort(key=lambda entry: entry.content.start)
    return found


def _of_item(item: Item) -> _Entry:
    if item.marker == ";":
        return _Entry("term", 0, item.line, item.content)
    kind: Kind = "indented" if set(item.marker) == {":"} else "bullet"
    return _Entry(kind, item.depth, item.line, item.content)


def _texts(page: Blocks, taken: list[Span], site: Site) -> Iterator[_Entry]:
    """Paragraphs and bold lines outside what is ``taken``."""
    bold = {label.line: label for label in page.labels}
    index = 0
    for section in page.sections:
        last: _Entry | None = None  # the paragraph that the next line may go on with
        for line in _lines(page, section.body):
            while index < len(taken) and taken[index].end <= line.start:
                index += 1
            inside = index < len(taken) and taken[index].start < line.end
            said = page.masked[line.start : line.end]
            label = bold.get(page.line_at(line.start))
            content = label.content if label else trim(page.masked, line)
            goes_on = (
                last is not None
                and page.masked.count("\n", last.content.end, content.start) == 1
                and not (inside or label)
                and _label(page, content, site)[0] is None
            )
            if last and (not goes_on or said[0] == " " or _NO_TEXT.fullmatch(said)):
                yield last
                last = None
            if inside or said[0] == " " or _NO_TEXT.fullmatch(said):
                continue
            if label:
                yield _Entry("bold", 0, label.line, content)
            elif last:
                last = replace(last, content=Span(last.content.start, content.end))
            else:
                last = _Entry("text", 0, page.line_at(line.start), content)
        if last:
            yield last


def _lines(page: Blocks, span: Span) -> Iterator[Span]:
    """Those of a section; none of what :class:`Blocks` did not read."""
    unread = page.unread
    for line in page.lines(span):
        if unread and page.line_at(line.start) >= unread:
            return
        yield line
