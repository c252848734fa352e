"""The roles of a page while they are read: what the readers of tables, lists and headings share."""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from wikibot.model import Holder, Layout, Part, Role, Site, Span, Unmatched
from wikibot.wikitext import layouts
from wikibot.wikitext.activities import Groups, is_bold, part_of
from wikibot.wikitext.blocks import Blocks, Section, trim
from wikibot.wikitext.holders import Stated, of_cell
from wikibot.wikitext.inline import fold, view

MOST_LINES = 10_000  # items and lines with labels of a page that are taken apart
LONGEST_LABEL = 80  # visible characters of a label or a role's name in a list


@dataclass
class Draft:
    """A page, how it is to be read, and what has been found so far, in any order."""

    blocks: Blocks
    site: Site
    layout: Layout
    roles: list[Role] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    _lines: int = 0
    _cut: int | None = None  # where reading stopped, because there was too much
    # Cells that reach over many rows are read once.
    _parts: dict[Span, Part] = field(default_factory=dict)
    _stated: dict[tuple[Span, bool], Stated] = field(default_factory=dict)

    def part(self, content: Span) -> Part:
        """A short slice as a part; what is too long for a name or label has no text."""
        if content not in self._parts:
            short = layouts.len_ok(content)
            self._parts[content] = (
                part_of(self.blocks, content, site=self.site) if short else Part("", content)
            )
        return self._parts[content]

    def stated(self, content: Span, *, all_hold: bool = False) -> Stated:
        """What a cell says of holders (:func:`~wikibot.wikitext.holders.of_cell`)."""
        if (content, all_hold) not in self._stated:
            said = of_cell(self.blocks, content, site=self.site, all_hold=all_hold)
            self._stated[content, all_hold] = said
        return self._stated[content, all_hold]

    def has_room(self, at: int) -> bool:
        """Whether one more line may be taken apart."""
        self._lines += 1
        if self._lines > MOST_LINES and self._cut is None:
            self._cut = at
        return self._lines <= MOST_LINES

    def end(self) -> None:
        """Say from where on the page was not read, if it was too long."""
        cut = self.blocks.unread or (self._cut is not None and self.blocks.line_at(self._cut))
        if cut:
            title = self.roles[-1].section if self.roles else ""
            why = "from here on the page is longer than any of roles, and is not read"
            self.unmatched.append(Unmatched(f"line {cut}", title, cut, why))

    def in_block(self, at: int) -> bool:
        """Whether a list or table stands at an offset."""
        index = bisect_right(self._blocks_at, (at, at)) - 1
        return index >= 0 and at < self._blocks_at[index][1]

    @cached_property
    def _blocks_at(self) -> list[tuple[int, int]]:
        """Starts and ends of lists and outermost tables, those in others left out."""
        spans = [found.span for found in self.blocks.lists]
        spans += [table.span for table in self.blocks.tables if table.depth == 1]
        found: list[tuple[int, int]] = []
        for span in sorted(spans):
            if not found or span.start >= found[-1][1]:
                found.append((span.start, span.end))
        return found

    def line_above(self, at: int) -> Span | None:
        """The line of text right above, empty lines apart, in the same section."""
        floor = max(self.section(at).body.start, self.blocks.region.start)
        end = at
        while end > floor:
            begin = max(self.blocks.masked.rfind("\n", floor, end - 1) + 1, floor)
            line = trim(self.blocks.masked, Span(begin, end))
            if line.start < line.end:
                return line if layouts.len_ok(line) else None
            end = begin
        return None

    def label_above(self, at: int) -> Part | None:
        """The line right above, when it is written as a heading is: all bold, or with a colon."""
        line = self.line_above(at)
        if line is None or self.blocks.item(line) or self.blocks.masked[line.start] in "{|!=":
            return None
        source = line.of(self.blocks.masked)
        if not source.endswith(":") and not is_bold(self.blocks, line):
            return None
        seen = view(self.blocks.text, line.start, line.end, site=self.site)
        part = seen.part(0, len(seen.text.rstrip(" :")))
        return part if part.text and len(part.text) <= LONGEST_LABEL else None

    def section(self, at: int) -> Section:
        return self.blocks.section_at(at)

    def add(
        self,
        name: Part,
        span: Span,
        *,
        holders: tuple[Holder, ...] = (),
        stated: Part | None = None,
        groups: Groups | None = None,
        line: int | None = None,
    ) -> None:
        """One more role; ``span`` reaches over all that was read of it."""
        done = groups.done() if groups else ()
        line = self.blocks.line_at(span.start) if line is None else line
        section = self.section(span.start).title
        self.roles.append(Role(name, holders, done, section, line, span, stated))

    def refuse(self, said: str, at: int, why: str, *, line: int | None = None) -> None:
        """A line that is not understood."""
        if shown := fold(said)[:200]:
            line = self.blocks.line_at(at) if line is None else line
            self.unmatched.append(Unmatched(shown, self.section(at).title, line, why))
