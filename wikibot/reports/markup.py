"""The wikitext that reports are made of: calls of the package's templates with data only.

``templates_wikitext/`` has the templates; what they are called here is what they are called there.
"""

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from wikibot.health import HealthKind
from wikibot.messages import Messages
from wikibot.model import Item, PagePart, Site
from wikibot.period import Period
from wikibot.templates import called
from wikibot.wikitext import escape
from wikibot.wikitext.update_calls import MORE

T = TypeVar("T")

ROW = "Status report row"
TEAM = "Status report team"
BLOCKER = "Status blocker"
GOAL = "Status report goal"
TEMPLATES = (ROW, TEAM, BLOCKER, GOAL, "Status health")

# The word says it, too: neither symbol nor colour alone is for everybody.
SYMBOLS: Mapping[HealthKind | None, str] = {
    "on-track": "✔",
    "at-risk": "▲",
    "off-track": "✖",
    "done": "■",
    "unknown": "○",
    None: "–",
}


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each list is shown, and of each entry; the rest is on the update's page."""

    items: int
    characters: int

    @property
    def lines(self) -> int:
        """How many lines of a part that is about all teams, or rows of its table."""
        return max(10, 20 * self.items)


# Tried in this order until MediaWiki counts little enough of a page
ROOMS = (Room(50, 1000), Room(25, 500), Room(10, 300), Room(5, 200), Room(2, 120), Room(0, 120))
# Beyond 2 MiB it shows no further template; what people put on the page counts, too.
# https://www.mediawiki.org/wiki/Manual:Template_limits#Post-expand_include_size
MOST_COUNTED = 1_850_000


def counted(body: str) -> int:
    """About how much MediaWiki counts of the calls in a part (tests compare it with the count).

    What stands in a call of :data:`TEAM` is counted twice, in the condition around it and in the
    template; the rows of tables bring labels and styles along. Text without calls is not counted.
    """
    size = len(body.encode())
    if teams := body.count(f"{TEAM}\n"):
        return 2 * size + 90 * body.count("\n| ") - 150 * teams
    rows = (ROW, 470), (BLOCKER, 40), (GOAL, 300)
    more = sum(extra * body.count(f"{name}|") for name, extra in rows)
    return size + more if more else 0


def fitted(make: Callable[[Room], T], size: Callable[[T], int], *, most: int = MOST_COUNTED) -> T:
    """What is made with as much room as there is, until its size is not more than ``most``."""
    for room in ROOMS[:-1]:
        made = make(room)
        if size(made) <= most:
            return made
    return make(ROOMS[-1])


def size_of(parts: Iterable[PagePart]) -> int:
    """About how much MediaWiki counts of the parts of a page."""
    return sum(counted(part.body or "") for part in parts)


@dataclass(frozen=True, slots=True)
class Pen:
    """What writing a report needs to know: language, wiki, prefix of templates, room."""

    words: Messages
    site: Site
    prefix: str
    room: Room = ROOMS[0]
    # The same entry is on the pages of the week, its month and its quarter
    _written: dict[tuple[str, int], str] = field(default_factory=dict, repr=False, compare=False)

    def call(self, name: str, data: Mapping[str, str], *, lines: bool = False) -> str:
        """A call of a template; empty parameters are left out.

        ``lines``: each parameter on a line of its own.
        """
        pairs = [(key, value) for key, value in data.items() if value]
        head = f"{{{{{called(name, self.prefix)}"
        if lines:
            said = (f"| {key} = {value}".replace("= \n", "=\n", 1) for key, value in pairs)
            return "\n".join((head, *said, "}}"))
        return "".join((head, *(f"|{key}={value}" for key, value in pairs), "}}"))

    def item(self, item: Item) -> str:
        """An entry as people wrote it, its markup made harmless; a long one is cut short."""
        key = (item.source, self.room.characters)
        if key not in self._written:
            short = len(item.source) <= self.room.characters
            self._written[key] = (
                escape.inline(item.source, site=self.site)
                if short
                else escape.cell(shortened(item.text, self.room.characters))
            )
        return self._written[key]

    def items(self, items: Sequence[Item], *, page: str = "") -> str:
        """Entries as a list in an argument; ``page`` is where the rest stands of a long one."""
        return self.listed(
            [self.item(item) for item in self.shown(items)], of=len(items), page=page
        )

    def shown(self, items: Sequence[T]) -> Sequence[T]:
        """Those of a list for which there is room."""
        return items[: self.room.items]

    def listed(self, lines: Sequence[str], *, of: int | None = None, page: str = "") -> str:
        """Lines of wikitext as a list in an argument, and how many of ``of`` are left out."""
        more = (of or len(lines)) - len(lines)
        bullets = [f"* {line}" for line in lines if line]
        if more:
            link = escape.page(page, page) if page else ""
            key = "report-more-on" if link else "report-more"
            bullets.append(f"* {MORE}{self.words(key, count=more, page=link)}")
        return "\n" + "\n".join(bullets) if bullets else ""

    def few(self, lines: Iterable[str]) -> Iterator[str]:
        """As many lines of a list as there is room for, and how many are left out."""
        return self.first(list(lines), self.room.lines)

    def first(self, lines: Sequence[str], most: int) -> Iterator[str]:
        """The first lines of a list, and how many are left out."""
        more = len(lines[most:])
        rest = [f"* {self.words('report-more', count=more, page='')}"] if more else []
        return breaking([*lines[:most], *rest])

    def trend(self, trend: Sequence[HealthKind | None], weeks: Sequence[Period]) -> dict[str, str]:
        """The parameters that show how something went from week to week, for eyes and ears."""
        told = (
            self.words("report-trend-week", week=str(week), health=self.health(kind))
            for week, kind in zip(weeks, trend, strict=True)
        )
        return {
            "trend": "".join(SYMBOLS[kind] for kind in trend),
            "trend text": escape.argument("; ".join(told)),
        }

    def health(self, kind: HealthKind | None) -> str:
        """The word for a kind of health; ``None`` is a week without an update."""
        return self.words(f"health-{kind}" if kind else "report-no-update")


def shortened(text: str, most: int) -> str:
    """The first ``most`` characters of a text, if it has more; no word is cut in two."""
    if len(text) <= most:
        return text
    kept = text[:most].rsplit(" ", 1)[0] if " " in text[most // 2 : most] else text[:most]
    return f"{kept.rstrip()}…"


def table(caption: str, heads: Iterable[tuple[str, int]], rows: Iterable[str]) -> Iterator[str]:
    """A table whose rows are calls of templates. Heads are words with a width in em: so wide is
    the column where there is room; one without (0) takes what is left.

    Columns grow narrow and long words are broken, so that three columns fit on a telephone. Where
    even that is too wide the box scrolls, by keys as well, and not the page. Skins that make
    tables of small screens scroll themselves leave this one alone (``noresize``).
    """
    yield (
        '<div class="noresize" style="overflow-x: auto; word-break: break-word" '
        f'tabindex="0" role="region" aria-label="{html.escape(caption)}">'
    )
    yield '{| class="wikitable"'
    yield f'|+ style="display: table-caption" | {caption}'
    for head, width in heads:
        style = f"width: {width}em; min-width: 5em" if width else "min-width: 8em"
        yield f'! scope="col" style="{style}" | {head}'
    yield from rows
    yield "|}"
    yield "</div>"


def breaking(lines: Sequence[str]) -> Iterator[str]:
    """Lines between which a word is broken that is too long for the screen; nothing for none."""
    if lines:
        yield '<div style="word-break: break-word">'
        yield from lines
        yield "</div>"
