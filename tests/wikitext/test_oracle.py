"""The tables that our scanner sees are those that a real MediaWiki renders.

Compared are rows, cells, spans and the words in each cell, for tables from a grammar of lines
(``WIKIBOT_ORACLE`` says how many; ``docs/limitations.md`` lists the known differences) and for
the example pages and those in the folder that ``WIKIBOT_CORPUS`` names. wikitextparser is the
third opinion, on which cell stands in which column.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count, zip_longest
from pathlib import Path

import wikitextparser
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.mediawiki import MediaWiki
from wikibot.model import Span
from wikibot.wikitext.blocks import Blocks, scan
from wikibot.wikitext.grid import grid
from wikibot.wikitext.inline import plain

ROOT = Path(__file__).parents[2]
BATCH = 25  # tables of one request
TABLES = int(os.environ.get("WIKIBOT_ORACLE", "500"))
ALIKE = 0.99

Grid = list[list[tuple[str, int, int, list[str]]]]  # rows of cells: tag, rowspan, colspan, words


# --- what MediaWiki shows -----------------------------------------------------------------------


@dataclass
class _Cell:
    tag: str
    rowspan: int
    colspan: int
    text: list[str] = field(default_factory=list)


class _Tables(HTMLParser):
    """The tables of a page as a browser gets them, in the order in which they begin."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[list[list[_Cell]]] = []
        self._open: list[list[list[_Cell]]] = []
        self._cells: list[_Cell | None] = []
        self._hidden: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.handle_data(" " if tag in ("br", "li", "dt", "dd", "p") else "")
        if tag == "table":
            self.found.append([])
            self._open.append(self.found[-1])
            self._cells.append(None)
        elif tag == "tr" and self._open:
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open:
            spans = [number(given.get(name) or "") for name in ("rowspan", "colspan")]
            cell = _Cell(tag, min(spans[0], 65534), min(spans[1] or 1, 1000))
            self._open[-1][-1].append(cell)
            self._cells[-1] = cell
        elif tag in ("a", "mw:editsection"):
            # Templates and files that the wiki has not are shown as links to them.
            missing = (given.get("title") or "").startswith(("Template:", "File:"))
            self._hidden.append(missing or tag != "a")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            self._open.pop()
            self._cells.pop()
        elif tag in ("td", "th", "caption") and self._cells:
            self._cells[-1] = None
        elif tag in ("a", "mw:editsection") and self._hidden:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if self._cells and self._cells[-1] and not any(self._hidden):
            self._cells[-1].text.append(data)


def number(value: str) -> int:
    """As a browser reads an attribute that is a number; 1 when it is none."""
    found = re.match(r"\s*\+?(\d+)", value)
    return int(found[1]) if found else 1


def shown(html: str) -> list[Grid]:
    return [
        normal(
            [[(c.tag, c.rowspan, c.colspan, words("".join(c.text))) for c in row] for row in table]
        )
        for table in _Tables(html).found
    ]


# --- what our scanner sees ----------------------------------------------------------------------


def seen(text: str) -> list[Grid]:
    blocks = scan(text)
    return [
        normal(
            [
                [
                    ("th" if c.header else "td", c.rowspan, c.colspan, own(blocks, c.content))
                    for c in row.cells
                ]
                for row in table.rows
            ]
        )
        for table in blocks.tables
    ]


def own(blocks: Blocks, content: Span) -> list[str]:
    """The words of a cell, without those of tables in it."""
    parts = []
    position = content.start
    for table in blocks.tables:
        if position <= table.span.start < content.end:
            parts.append(plain(blocks.text[position : table.span.start]))
            position = table.span.end
    parts.append(plain(blocks.text[position : content.end]))
    return words(" ".join(parts))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def normal(rows: Grid) -> Grid:
    """Without rows that have no cell; MediaWiki gives a table without any an empty one."""
    rows = [row for row in rows if row]
    return [] if rows == [[("td", 1, 1, [])]] else rows


# --- tables from a grammar ----------------------------------------------------------------------

_LINES = [
    *("| {}", "| {}", "|{}", "| {} || {}", "|{}||{}||{}", "! {}", "! {} !! {}", "! {} || {}"),
    *("|-", "|-", "|-", "|- class=x", "|----", " |-", "{}", "* {}", "", "; {} : {}", "\t| {}"),
    *("| {} !! {}", "| rowspan=2 | {}", '| colspan="3" | {} || {}', "! rowspan=2 colspan=2 | {}"),
    *("|rowspan='2'|{}||colspan=2|{}", "| style='color:red' | {} | {}", "|", "||", "| || {}"),
    *("| [[Main Page|{}]] || {}", "| '''{}'''", "| {} <br> {}", "| <nowiki>|</nowiki> || {}"),
    *(
        "<!-- | no -->",
        "| {} <!-- || no --> || {}",
        "<!-- a\n -->| {}",
        "| <s>{}</s>",
        "| -{{{}|{}}}-",
    ),
    *("| <table><tr><td>{}</td><th>{}</th></tr></table>", "| <ul><li>{}</li></ul>", "| {}\n{}"),
    *(
        "| {}\n{{|\n| {}\n|}}",
        "|\n{{| class=x\n! {}\n|-\n| {} || {}\n|}}",
        "| {}\n:{{|\n|{}\n|}} {}",
    ),
    *(
        "== {} ==",
        "| {{{{Nothing}}}} || {}",
        "! | {}",
        "| | {}",
        "| rowspan=0 | {}",
        "|}} {}\n{{|\n|{}",
    ),
]
# What people write by mistake, or seldom.
_ODD = [
    *(
        "{{|\n| {}\n|}}",
        "{{|-",
        "|}}\n|}}",
        "| [http://example.org/|{} {}]",
        "| [[Main Page|{}\n{}]]",
    ),
    *("| <table><tr><td>{}", "<tr><td>{}</td></tr>", "</td>", "</tr>", "</table>", "| <b>{} || {}"),
    *(
        "| ''{} || '''{}",
        "| <div>{}\n| {}</div>",
        "!! {}",
        "|+ {} || {}",
        "| id=x || {}",
        "|-\n\n\n",
    ),
    *(
        "| colspan=0 | {}",
        "| rowspan=2 rowspan=3 | {}",
        "| colspan = 2 | {}",
        "| data-colspan=2 | {}",
    ),
    *(
        "| {{{{Nothing|\n| {}\n}}}}",
        "| [[Main Page || {}]]",
        "! <b>!!</b> {}",
        "| title=a colspan=2| {}",
    ),
    *("| {}\n  |}}\n{{|\n", "| <pre>||</pre>", "<includeonly>| {}</includeonly>"),
    *("| {}\n| |", "|\\| {}", "| &#124; {}", "::| {}", "# {}", ": {}", "|::{}"),
    *("|rowspan={} colspan=2x| {}", "|colspan=2000| {}", "|rowspan=-1| {}", "|colspan='2\" | {}"),
]
_HTML = [
    *("<tr>", "<tr>", "</tr>", "<td>{}", "<td>{}</td>", "<th>{}</th>", "<th>{}", "<tr class=x>"),
    *("<td rowspan=2>{}</td>", "<td colspan='2'>{}", "<tr><td>{}</td></tr>", "<td>\n* {}\n</td>"),
    *("<td>{}<table><tr><td>{}</td></tr></table></td>", "<td>\n{{|\n| {} || {}\n|}}\n</td>"),
]


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table in wikitext or HTML with words that differ; now and then it is not closed."""
    html = draw(st.integers(0, 4)) == 0
    lines = draw(st.lists(st.sampled_from(_HTML if html else _LINES), min_size=1, max_size=9))
    if draw(st.integers(0, 9)) == 0:
        lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(_ODD)))
    if html:
        if lines[0].startswith("</"):
            lines[0] = "<tr>"
        source = "\n".join(["<table>", *lines, "</table>"])
    else:
        first = draw(st.sampled_from(["{{|", "{{|", "{{| class=wikitable", ":{{|", " {{|"]))
        head = draw(st.sampled_from([[], [], ["|+ {}"], ["|+ id=x | {}"], ["|-"]]))
        last = draw(st.sampled_from(["|}}", "|}}", "|}}", " |}}", "|}} {}", "|-\n|}}", "{}"]))
        source = "\n".join([first, *head, *lines, last])
    return source.format(*(f"w{number}" for number in range(200)))


def rendered(wiki: MediaWiki, sources: Sequence[str]) -> list[list[Grid]]:
    """Each source by itself: an indicator is parsed apart from the page around it."""
    text = "".join(
        f'<indicator name="case {number}">\n{source}\n</indicator>\n'
        for number, source in enumerate(sources)
    )
    found = wiki.call(
        None,
        action="parse",
        text=text,
        contentmodel="wikitext",
        prop="indicators",
        disableeditsection="1",
    )["parse"]["indicators"]
    return [shown(found[f"case {number}"]) for number in range(len(sources))]


def test_tables_from_a_grammar(mediawiki: MediaWiki) -> None:
    mediawiki.edit("Template:Nothing", "<noinclude>Nothing.</noinclude>")
    known: set[str] = set()
    differing: list[str] = []

    @settings(
        max_examples=2 * TABLES // BATCH,  # it likes to repeat itself
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(tables(), min_size=BATCH, max_size=BATCH, unique=True))
    def compare(sources: list[str]) -> None:
        new = [source for source in sources if source not in known]
        if len(known) >= TABLES or not new:
            return
        known.update(new)
        for source, expected in zip(new, rendered(mediawiki, new), strict=True):
            if seen(source) != expected:
                differing.append(f"{source}\n  shown {expected}\n  seen  {seen(source)}")

    compare()
    assert len(known) >= TABLES
    assert len(differing) <= len(known) * (1 - ALIKE), "\n\n".join(differing)


# --- whole pages --------------------------------------------------------------------------------


_EXTENSION = re.compile(
    r"<ref[^<>]*/>|<ref[^<>]*>.*?</ref>|</?(?:translate|tvar|languages|section)[^<>]*>", re.DOTALL
)


def pages() -> list[Path]:
    folders = [ROOT / "examples"]
    if corpus := os.environ.get("WIKIBOT_CORPUS"):
        folders.append(Path(corpus))
    return [path for folder in folders for path in sorted(folder.rglob("*.wiki"))]


def test_tables_of_whole_pages(mediawiki: MediaWiki) -> None:
    grids, cells = [], []
    for path in pages():
        # The wiki has no extension for these, and would show them as text.
        text = _EXTENSION.sub("", path.read_text("utf-8"))
        (expected,) = rendered(mediawiki, [text])
        for shown_table, seen_table in zip_longest(expected, seen(text), fillvalue=[]):
            if shape(shown_table) != shape(seen_table):
                grids.append(f"{path.name}: {difference(shown_table, seen_table)}")
                continue
            grids.append("")
            cells += [
                "" if a == b else f"{path.name}:\n  shown {a}\n  seen  {b}"
                for shown_row, seen_row in zip(shown_table, seen_table, strict=True)
                for a, b in zip(shown_row, seen_row, strict=True)
            ]
    for compared in (grids, cells):
        assert compared
        differing = [each for each in compared if each]
        assert len(differing) <= len(compared) * (1 - ALIKE), "\n".join(differing)


def shape(table: Grid) -> list[list[tuple[str, int, int]]]:
    return [[cell[:3] for cell in row] for row in table]


def difference(shown: Grid, seen: Grid) -> str:
    """The rows that differ."""
    rows = zip_longest(shown, seen)
    return "\n".join(f"\n  shown {a}\n  seen  {b}" for a, b in rows if a != b)


# --- the third opinion --------------------------------------------------------------------------

_SPANS = st.sampled_from(["", "", "", "rowspan=2 | ", "colspan=2 | ", "rowspan=3 colspan=2 | "])


@given(st.lists(st.lists(_SPANS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_the_column_of_each_cell(rows: list[list[str]]) -> None:
    names = (f"w{number}" for number in count())
    lines = ["".join(f"\n| {span}{next(names)}" for span in row) for row in rows]
    text = "{|" + "\n|-".join(lines) + "\n|}"
    (table,) = scan(text).tables
    ours = []
    for row in grid(table):
        shown_in: dict[int, str] = {}
        for column, cell in sorted(row.cells.items()):
            for place in range(column, column + cell.colspan):
                shown_in.setdefault(place, cell.content.of(text))
        ours.append([shown_in.get(place, "") for place in range(max(shown_in) + 1)])
    (theirs,) = wikitextparser.parse(text).tables
    assert ours == [trimmed(row) for row in theirs.data(span=True)][: len(ours)]


def trimmed(row: list[str | None]) -> list[str]:
    """Without the empty cells that wikitextparser adds to short rows."""
    filled = [cell or "" for cell in row]
    while filled and not filled[-1]:
        filled.pop()
    return filled
