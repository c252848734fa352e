"""Tables and lists that are written as HTML: ``<table>``, ``<ul>``, ``<ol>``, ``<dl>``.

End tags may be missing where HTML allows that
(https://html.spec.whatwg.org/multipage/parsing.html); wikitext may stand inside.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wikibot.model import Span
from wikibot.wikitext.tables import OpenTable, Table, trim

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>table|caption|tr|td|th|ul|ol|dl|li|dt|dd)(?P<attributes>\s[^<>]*)?>",
    re.IGNORECASE,
)
_MARKERS = {"ul": "*", "ol": "#", "dl": ":"}


@dataclass(frozen=True, slots=True)
class HtmlItem:
    """An item of a list in HTML: ``span`` from its tag on, ``content`` up to a list in it."""

    marker: str
    content: Span
    span: Span
    list_start: int  # of the outermost list: items of one list have the same


@dataclass(slots=True)
class HtmlReader:
    """Collects tables and list items in one pass over the tags; at most ``most`` of them."""

    masked: str
    starts: Sequence[int]
    most: int
    tables: list[Table] = field(default_factory=list)
    items: list[HtmlItem] = field(default_factory=list)
    cut: int | None = None  # where reading stopped, because there was too much
    _open: list[OpenTable] = field(default_factory=list)
    _lists: list[tuple[str, int]] = field(default_factory=list)
    _item: tuple[str, int, int] | None = None  # marker, start, start of content

    def read(self, start: int, end: int) -> None:
        """Take the tags from ``start`` to ``end``; what is open then ends there."""
        for count, tag in enumerate(_TAG.finditer(self.masked, start, end)):
            if count >= self.most:
                self.cut = end = tag.start()
                break
            name = tag["name"].lower()
            if name in ("table", "caption", "tr", "td", "th"):
                self._close_item(tag.start(), tag.start())
                self._table_tag(name, tag)
            else:
                self._list_tag(name, tag)
        self._close_item(end, end)
        while self._open:
            self._close_table(end, end, closed=False)

    # --- tables ---------------------------------------------------------------------------------

    def _table_tag(self, name: str, tag: re.Match[str]) -> None:
        start, end = tag.span()
        table = self._open[-1] if self._open else None
        if name == "table" and not tag["end"]:
            if table and table.cell is None:  # it can stand in a cell only: the outer one ends
                self._close_table(start, start, closed=False)
            attributes = _attributes(tag)
            self._open.append(OpenTable(self.masked, self.starts, attributes, start, "html"))
            self._lists.clear()
        elif table is None:
            return
        elif name == "table":
            self._close_table(end, start, closed=True)
        elif name == "tr":
            table.close_row(start, end if tag["end"] else 0)
            table.row_start = None if tag["end"] else start
        elif tag["end"]:
            table.close_cell(start)
        else:
            table.close_cell(start)
            if name != "caption" and table.row_start is None:
                table.row_start = start
            kind = {"td": "|", "th": "!", "caption": "+"}[name]
            table.cell = (kind, _attributes(tag), end)
            self._lists.clear()  # a cell knows nothing of what is open around it

    def _close_table(self, end: int, content_end: int, *, closed: bool) -> None:
        table = self._open.pop()
        self.tables.append(table.done(end, content_end, len(self._open) + 1, closed=closed))

    # --- lists ----------------------------------------------------------------------------------

    def _list_tag(self, name: str, tag: re.Match[str]) -> None:
        start, end = tag.span()
        if name in _MARKERS:
            self._close_item(start, start)
            if not tag["end"]:
                outermost = self._lists[0][1] if self._lists else start
                self._lists.append((_MARKERS[name], outermost))
            elif self._lists:
                self._lists.pop()
            return
        self._close_item(start, end if tag["end"] else start)
        if not tag["end"] and self._lists:
            marker = "".join(mark for mark, _ in self._lists[-20:])
            self._item = (marker[:-1] + ";" if name == "dt" else marker, start, end)

    def _close_item(self, content_end: int, end: int) -> None:
        if not self._item:
            return
        marker, start, content_start = self._item
        self._item = None
        content = trim(self.masked, Span(content_start, content_end))
        outermost = self._lists[0][1] if self._lists else start
        self.items.append(HtmlItem(marker, content, Span(start, max(end, content.end)), outermost))


def _attributes(tag: re.Match[str]) -> Span:
    at = tag.end() - 1
    return Span(*tag.span("attributes")) if tag["attributes"] else Span(at, at)
