"""Activities of a role: what a cell or a list says, in groups under their labels."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wikibot.model import Activity, ActivityGroup, Part, Site, Span
from wikibot.wikitext.blocks import Blocks, Item, trim
from wikibot.wikitext.inline import fold, plain, view
from wikibot.wikitext.names import cadence

_TAG_ONLY = re.compile(r"(?:</?\w+(?:\s[^<>]*)?>\s*)+")  # the beginning of a list in HTML


@dataclass(slots=True)
class Groups:
    """Collects activities in the order of the page.

    A text line that bullets follow is the label of these; a text line without bullets is an
    activity of its own, unless it is bold where other labels are.
    """

    groups: list[ActivityGroup] = field(default_factory=list)
    _lasting: bool = False  # the label is a head: it goes on over cells and paragraphs
    _label: tuple[Part, int] | None = None
    _activities: list[Activity] = field(default_factory=list)

    def label(self, part: Part, line: int, *, lasting: bool = False) -> None:
        """Begin a group; a ``lasting`` one is ended by the next label only."""
        self.close()
        self._lasting = lasting
        self._label = (part, line)

    def activity(self, part: Part, line: int) -> None:
        self._activities.append(Activity(part, cadence(part.text), line))

    def end_cell(self) -> None:
        """A label says nothing of what comes after its cell or its bullets."""
        if self._label and not self._lasting:
            self.close()

    def close(self) -> None:
        """End the group that is being collected, if it says anything."""
        name, line = self._label or (None, self._activities[0].line if self._activities else 0)
        if self._activities or name:
            self.groups.append(ActivityGroup(name, tuple(self._activities), line))
        self._label, self._activities, self._lasting = None, [], False

    def done(self) -> tuple[ActivityGroup, ...]:
        self.close()
        return tuple(self.groups)


def read_cell(blocks: Blocks, content: Span, groups: Groups, *, site: Site, labels: bool) -> None:
    """Add what a cell says to ``groups``.

    ``labels``: whether a line without bullets below it is a label too when it is bold (so it is
    in a table where cells hold labels and bullets).
    """
    paragraph: Span | None = None
    for line in _lines_and_items(blocks, content):
        if isinstance(line, Item):
            if paragraph:
                _label(blocks, paragraph, groups, site)
                paragraph = None
            part = all_of(blocks, line.content, site=site)
            if part.text:
                groups.activity(part, line.line)
        else:
            if paragraph:
                _text(blocks, paragraph, groups, site, labels)
            paragraph = line
    if paragraph:
        _text(blocks, paragraph, groups, site, labels)


def _lines_and_items(blocks: Blocks, content: Span) -> Iterator[Span | Item]:
    """List items, and the lines of text between them, in order; no empty ones."""
    start = content.start
    for item in [*blocks.items(content), None]:
        end = item.span.start if item else content.end
        for line in blocks.lines(Span(start, end)) if start < end else ():
            bare = trim(blocks.masked, line)
            if bare.start < bare.end and _TAG_ONLY.fullmatch(bare.of(blocks.masked)) is None:
                yield bare
        if item:
            yield item
            start = max(start, item.span.end)


def part_of(blocks: Blocks, content: Span, *, site: Site) -> Part:
    """What a reader sees of a slice as a part: without bold around it, a link's label alone."""
    seen = view(blocks.text, content.start, content.end, site=site)
    return seen.part(0, len(seen.text))


def all_of(blocks: Blocks, content: Span, *, site: Site) -> Part:
    """The whole of a slice as a part: with its markup."""
    return Part(plain(content.of(blocks.text), site=site), content)


def is_bold(blocks: Blocks, span: Span) -> bool:
    """Whether all of a slice is bold."""
    source = span.of(blocks.text).strip()
    return (
        len(source) > 6
        and source.startswith("'''")
        and source.rstrip(":").endswith("'''")
        and source.count("'''") == 2
    ) or (source.startswith("<b>") and source.rstrip(":").endswith("</b>"))


def has_items(blocks: Blocks, contents: Iterable[Span]) -> bool:
    """Whether any of some cells holds a list."""
    return any(blocks.items(content) for content in contents)


def _label(blocks: Blocks, span: Span, groups: Groups, site: Site) -> None:
    seen = view(blocks.text, span.start, span.end, site=site)
    end = len(seen.text.rstrip(" :\n"))
    if fold(seen.text[:end]):
        groups.label(seen.part(0, end), blocks.line_at(span.start))


def _text(blocks: Blocks, span: Span, groups: Groups, site: Site, labels: bool) -> None:
    if labels and is_bold(blocks, span):
        _label(blocks, span, groups, site)
        return
    part = all_of(blocks, span, site=site)
    if part.text:
        groups.end_cell()
        groups.activity(part, blocks.line_at(span.start))
