"""What a cell or list item says of a goal, without what no reader reads as words.

:func:`simplified` takes comments, footnotes, images, tags and struck out text away, and puts words
in the place of templates: ``{{Status|at risk}}`` says *at risk*, ``{{Done}}`` says *Done*. The
words that are a status (by the name of the template) are marked, as they are no part of a goal.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from wikibot.health import kind_of
from wikibot.model import Item, Site, Span
from wikibot.wikitext import escape
from wikibot.wikitext.blocks import Blocks
from wikibot.wikitext.goal_words import read_head
from wikibot.wikitext.inline import fold, view
from wikibot.wikitext.masks import Piece, mask, pieces

LONGEST = 10_000  # characters of source; what is longer is no goal, nor its owner
_NAMED = "\x02"  # around the name of a template without arguments, around what {{Status|…}} says
_BESIDE = "\x03"  # around the name of one whose argument says more: {{Done|by Ana}}
_MARKED = re.compile("\x02[^\x02]*\x02|\x03[^\x03]*\x03")
_BESIDE_ARGUMENT = re.compile("\x03[^\x03]*\x03")
_MARKS = str.maketrans("", "", _NAMED + _BESIDE)
_LONGEST_TEMPLATE = 500
_DEEPEST = 3
_NO_WORDS = frozenset("anchor anchors vanchor clear clr br ref sfn rp efn cn fact".split())

_STRUCK = re.compile(r"<(s|strike|del)(?:\s[^<>]*)?>[^<]*+</\1\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?!br\b|nowiki\b)[a-z][a-z0-9]*(?:[\s/][^<>]*)?>", re.IGNORECASE)
_LINK = re.compile(r"\[\[\s{0,9}(?P<prefix>[^\[\]|:\n]{1,50}):[^\[\]]*+\]\]")
_BAR_OR_LINK = re.compile(r"\[\[|\]\]|\|")
_ARGUMENT = re.compile(r"\s*(?P<name>[^=<>\[\]{}|]{0,100}?)\s*=(?P<value>.*)", re.DOTALL)
_LIST_MARK = re.compile(r"[*#:;]+\s*")
_FIRST_MARK = re.compile(r"\A\s*[*#:;]+\s*")


def simplified(blocks: Blocks, span: Span, tables: list[Span], *, site: Site) -> str:
    """The source of ``span`` as wikitext with words only, for the functions below.

    ``tables`` are those of the page, in order; those that stand in ``span`` are left out.
    """
    if span.end - span.start > LONGEST:
        span = _before_tables(span, tables)
    holes = sorted((*_tables_in(span, tables), *_pieces_in(blocks, span)), key=lambda hole: hole[0])
    parts = []
    position = span.start
    for start, end, words in holes:
        if start >= position:
            parts += [blocks.text[position:start].translate(_MARKS), words]
            position = end
    parts.append(blocks.text[position : span.end].translate(_MARKS))
    return _without_markup("".join(parts), site)


def goal_item(source: str, *, site: Site) -> Item:
    """Simplified source as an item: one line, the items of a list in it one after the other."""
    entries: list[str] = []
    prose = False
    for line in _MARKED.sub("", source).split("\n"):
        mark = _LIST_MARK.match(line)
        text = line[mark.end() if mark else 0 :].strip()
        if not text:
            prose = False
        elif prose and not mark:
            entries[-1] += f" {text}"
        else:
            entries.append(text)
            prose = not mark
    joined = ""
    for entry in entries:
        between = " " if joined.endswith((":", ";")) else "; " if joined else ""
        joined += between + entry
    return Item(escape.shown(joined, site=site), joined)


def said(source: str, *, site: Site) -> str:
    """What simplified source says, as text on one line: an owner, a day."""
    return plain_words(view(_BESIDE_ARGUMENT.sub("", source), site=site).text)


def said_of_status(source: str, *, site: Site) -> str:
    """The same for a status: the name of a template counts beside its argument, too."""
    return plain_words(view(source, site=site).text)


def plain_words(text: str) -> str:
    """Visible text on one line, with commas between lines."""
    lines = text.translate(_MARKS).split("\n")
    bare = (fold(_FIRST_MARK.sub("", line)).strip(" ,;") for line in lines)
    return ", ".join(line for line in bare if line)


def statuses_in(source: str) -> list[str]:
    """What templates in simplified source say of a status."""
    return [each[1:-1].rstrip(": ") for each in _MARKED.findall(source)]


def without_statuses(text: str) -> str:
    """Text without what templates say of a status."""
    return _MARKED.sub("", text)


# --- holes in the source, and what is put into them ---------------------------------------------


def _before_tables(span: Span, tables: list[Span]) -> Span:
    """A cell may hold a table of any length; what counts is before it."""
    first = bisect_left(tables, Span(span.start, 0))
    end = tables[first].start if first < len(tables) else span.end
    end = min(end, span.end)
    return Span(span.start, end if end - span.start <= LONGEST else span.start)


def _tables_in(span: Span, tables: list[Span]) -> Iterator[tuple[int, int, str]]:
    index = bisect_left(tables, Span(span.start, 0))
    end = span.start
    while index < len(tables) and tables[index].start < span.end:
        if tables[index].start >= end:
            end = tables[index].end
            yield tables[index].start, min(end, span.end), "\n"
        index += 1


def _pieces_in(blocks: Blocks, span: Span) -> Iterator[tuple[int, int, str]]:
    index = bisect_left(blocks.pieces, span.start, key=lambda piece: piece.start)
    while index < len(blocks.pieces) and blocks.pieces[index].start < span.end:
        piece = blocks.pieces[index]
        if piece.kind != "nowiki":
            yield piece.start, min(piece.end, span.end), _words_for(blocks.text, piece, 0)
        index += 1


def _words_for(text: str, piece: Piece, depth: int) -> str:
    """What a reader learns from a masked piece: nothing, but for templates."""
    inner = text[piece.inner_start : piece.inner_end]
    parameter = piece.inner_start - piece.start == 3
    if piece.kind != "template" or parameter or len(inner) > _LONGEST_TEMPLATE or depth > _DEEPEST:
        return ""
    name, *arguments = _split(inner)
    function = name.lstrip().startswith("#")
    name = fold(name.rpartition(":")[2].replace("_", " "))
    if function or name.casefold() in _NO_WORDS or not name[:1].isalpha():
        return ""
    argument = _telling(arguments, depth)
    if not fold(argument.translate(_MARKS)):
        return f"{_NAMED}{name}{_NAMED}"
    if (head := read_head(name)) and head.field == "status" and head.whole:
        return f"{_NAMED}{argument.translate(_MARKS)}{_NAMED}"
    if kind_of(name) != "unknown" and kind_of(argument.translate(_MARKS)) == "unknown":
        return f"{_BESIDE}{name}: {_BESIDE}{argument}"
    return argument


def _telling(arguments: list[str], depth: int) -> str:
    """The argument that says it: the first without a name, or one that is called a status."""
    other = ""
    for source in arguments:
        named = _ARGUMENT.fullmatch(mask(source))
        if not named or named["name"] == "1":
            value = source[named.start("value") :] if named else source
            return _inner(value, depth)
        head = read_head(source[slice(*named.span("name"))])
        if head and head.field == "status" and head.whole:
            other = other or _inner(source[named.start("value") :], depth)
    return other


def _inner(source: str, depth: int) -> str:
    parts = []
    position = 0
    for piece in pieces(source):
        before = source[position : piece.start].translate(_MARKS)
        parts += [before, _words_for(source, piece, depth + 1)]
        position = piece.end
    parts.append(source[position:].translate(_MARKS))
    return " ".join("".join(parts).split())


def _split(inner: str) -> list[str]:
    """The name and the arguments of a template."""
    bars = []
    depth = 0
    for match in _BAR_OR_LINK.finditer(mask(inner)):
        if match[0] != "|":
            depth = max(depth + (1 if match[0] == "[[" else -1), 0)
        elif depth == 0:
            bars.append(match.start())
    starts = [0, *(bar + 1 for bar in bars)]
    return [inner[a:b] for a, b in zip(starts, [*bars, len(inner)], strict=True)]


def _without_markup(source: str, site: Site) -> str:
    def link(match: re.Match[str]) -> str:
        prefix = fold(match["prefix"].replace("_", " ")).casefold()
        return "" if prefix in site.file_prefixes | site.category_prefixes else match[0]

    return _TAG.sub("", _STRUCK.sub("", _LINK.sub(link, source)))
