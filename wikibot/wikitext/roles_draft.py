"""The roles of a page while they are read: what the readers of tables, lists and headings share."""

from bisect import bisect_right
from dataclasses import dataclass, field

from wikibot.model import Holder, Layout, Part, Role, Site, Span, Unmatched
from wikibot.wikitext import layouts
from wikibot.wikitext.activities import Groups, part_of
from wikibot.wikitext.blocks import Blocks, Section
from wikibot.wikitext.holders import Stated, of_cell
from wikibot.wikitext.inline import fold


@dataclass(slots=True)
class Draft:
    """A page, how it is to be read, and what has been found so far, in any order."""

    blocks: Blocks
    site: Site
    layout: Layout
    roles: list[Role] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    _tables: list[Span] = field(init=False)  # the outermost ones
    # Cells that reach over many rows are read once.
    _parts: dict[Span, Part] = field(default_factory=dict)
    _stated: dict[tuple[Span, bool], Stated] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._tables = [table.span for table in self.blocks.tables if table.depth == 1]

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

    def in_table(self, at: int) -> bool:
        """Whether an outermost table stands at an offset."""
        index = bisect_right(self._tables, at, key=lambda span: span.start) - 1
        return index >= 0 and at < self._tables[index].end

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
