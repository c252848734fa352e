"""Puts people into a roster, moves them, takes them off; everything else stays byte for byte.

A new row or bullet looks like its neighbour: same marker, same order of parts, same cell style,
same spacing; what else the neighbour says (a note, a room) is not copied. The result is read
again before it is given: where it would not say just what was asked for, there is no edit.

Works on bullets and on the rows of wikitext tables; for anything else the answer is ``None``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from wikibot.model import Layout, Person, Roster, Site, Span
from wikibot.wikitext import escape
from wikibot.wikitext.blocks import Blocks, Item, Row, scan
from wikibot.wikitext.rosters import read_roster

Splice = tuple[Span, str]

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CLOSERS = re.compile(r"(?:'{2,3}|\)|</\w+>)*[.;]?")
_WORD = re.compile(r"\w")
_ATTRIBUTE = re.compile(
    r"""(?<!\S)(?!id\s*=)[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+)""", re.IGNORECASE
)
_TAG = re.compile(r"</?\w[^<>]*>")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be put into a roster, as plain text; ``""`` for what is not known."""

    name: str
    username: str = ""
    title: str = ""

    @classmethod
    def of(cls, person: Person) -> "NewPerson":
        """The same person as another place has them."""
        return cls(
            person.name.text,
            person.username.text if person.username else "",
            person.title.text if person.title else "",
        )


def splice(text: str, splices: Iterable[Splice]) -> str:
    """Put each text in the place of its span; all spans count in ``text``, and must not overlap.

    An empty span inserts; what is put at one place stays in its order. :class:`ValueError` for
    spans that overlap.
    """
    parts: list[str] = []
    at = 0
    for span, new in sorted(splices, key=lambda pair: pair[0]):
        if span.start < at:
            raise ValueError(f"spans overlap at {span.start}")
        parts += [text[at : span.start], new]
        at = span.end
    return "".join([*parts, text[at:]])


def insert(
    text: str,
    new: NewPerson,
    *,
    after: Person,
    layout: Layout = Layout(),
    site: Site = Site(),
) -> tuple[Splice, ...] | None:
    """Put ``new`` behind ``after``, a person that ``read_roster(text, …)`` gave."""
    roster = read_roster(text, layout=layout, site=site)
    blocks = scan(text, site=site)
    place = roster.people.index(after) + 1
    wanted = [NewPerson.of(person) for person in roster.people]
    wanted.insert(place, new)
    for model in _models(roster, new, after):
        for source in _sources(blocks, model, new):
            end = _line_end(text, after.span.end)
            edit = ((Span(end, end), f"\n{source}"),)
            if _reads_as(splice(text, edit), wanted, layout=layout, site=site):
                return edit
    return None


def remove(
    text: str, person: Person, *, layout: Layout = Layout(), site: Site = Site()
) -> tuple[Splice, ...] | None:
    """Take off ``person``, with what stands in deeper bullets below, or the whole row."""
    roster = read_roster(text, layout=layout, site=site)
    place = roster.people.index(person)
    wanted = [NewPerson.of(p) for n, p in enumerate(roster.people) if n != place]
    whole = _whole(scan(text, site=site), person)
    if whole is None:
        return None
    edit = ((whole, ""),)
    return edit if _reads_as(splice(text, edit), wanted, layout=layout, site=site) else None


def move(
    text: str,
    person: Person,
    *,
    after: Person,
    layout: Layout = Layout(),
    site: Site = Site(),
) -> tuple[Splice, ...] | None:
    """Put the row or bullets of ``person`` behind those of ``after``, as they are."""
    if person == after:
        return ()
    roster = read_roster(text, layout=layout, site=site)
    blocks = scan(text, site=site)
    whole, target = _whole(blocks, person), _whole(blocks, after)
    if whole is None or target is None:
        return None
    source = whole.of(text).strip("\n")
    people = [p for p in roster.people if p != person]
    people.insert(people.index(after) + 1, person)
    if people == list(roster.people):
        return ()
    end = target.end - 1 if text[target.start : target.end].endswith("\n") else target.end
    edit = ((Span(end, end), f"\n{source}"), (whole, ""))
    wanted = [NewPerson.of(p) for p in people]
    return edit if _reads_as(splice(text, edit), wanted, layout=layout, site=site) else None


def _reads_as(text: str, wanted: Sequence[NewPerson], *, layout: Layout, site: Site) -> bool:
    people = read_roster(text, layout=layout, site=site).people
    return [NewPerson.of(person) for person in people] == list(wanted)


# --- what a new one looks like ------------------------------------------------------------------


def _models(roster: Roster, new: NewPerson, after: Person) -> list[Person]:
    """The neighbour first; then those who have what ``new`` has, the nearest first."""
    like = [
        p
        for p in roster.people
        if p.section == after.section
        and bool(p.title) == bool(new.title)
        and bool(p.username) == bool(new.username)
    ]
    like.sort(key=lambda p: abs(p.line - after.line))
    if after in like:
        return [after]
    return [*like[:3], after]


def _sources(blocks: Blocks, model: Person, new: NewPerson) -> Iterable[str]:
    """Ways to write ``new``, the one most like ``model`` first."""
    if row := _row(blocks, model):
        if all(cell.rowspan == cell.colspan == 1 for cell in row.cells):
            yield _new_row(blocks, row, model, new)
    elif item := _item(blocks, model):
        line = item.span
        start = item.content.start
        yield blocks.text[line.start : start] + _filled(
            blocks.text, Span(start, line.end), model, new
        )
        title = f", {escape.item(new.title)}" if new.title else ""
        yield f"{item.marker} {escape.person(new.name, new.username)}{title}"


def _new_row(blocks: Blocks, row: Row, model: Person, new: NewPerson) -> str:
    text = blocks.text
    splices = [(cell.content, _filled(text, cell.content, model, new)) for cell in row.cells]
    shifted = [
        (Span(span.start - row.span.start, span.end - row.span.start), new_text)
        for span, new_text in splices
    ]
    source = splice(row.span.of(text), shifted)
    lines = [_COMMENT.sub("", line).rstrip() for line in source.split("\n")]
    head = _styled(lines.pop(0)) if lines[0].lstrip().startswith("|-") else "|-"
    cells = dropwhile(lambda line: not line.lstrip().startswith(("|", "!")), lines)  # no cell yet
    return "\n".join([head, *cells])


def _styled(head: str) -> str:
    """The first line of a row as it is, or without what gives the row no style."""
    mark, attributes = head[: head.index("|-") + 2], head[head.index("|-") + 2 :]
    if not _ATTRIBUTE.sub("", attributes).strip("- "):
        return head
    return mark + "".join(f" {match[0]}" for match in _ATTRIBUTE.finditer(attributes))


def _filled(text: str, span: Span, model: Person, new: NewPerson) -> str:
    """The cell or item ``span`` with the parts of ``new`` in the places of those of ``model``."""
    splices: list[Splice] = []
    if span.start <= model.name.span.start and model.name.span.end <= span.end:
        splices.append(_name(text, model, new))
    if model.title and span.start <= model.title.span.start and model.title.span.end <= span.end:
        splices.append((model.title.span, escape.cell(new.title) if new.title else ""))
    if not splices:
        return ""
    splices.sort()
    first, last = splices[0][0].start, splices[-1][0].end
    before = _COMMENT.sub("", text[span.start : first])
    if _WORD.search(_TAG.sub("", before)):
        before = ""
    after = _closing(text[last : span.end])
    middle = _COMMENT.sub("", text[splices[0][0].end : splices[-1][0].start])
    parts = [value for _, value in splices]
    if len(parts) == 2 and not new.title:
        return before + parts[0] + _closing(middle)
    return before + middle.join(parts) + after


def _closing(text: str) -> str:
    """The marks at the beginning of ``text`` that close what was opened before it."""
    found = _CLOSERS.match(text)
    return found.group() if found else ""


def _name(text: str, model: Person, new: NewPerson) -> Splice:
    """The name, with the link that goes with it."""
    if not model.username:
        return model.name.span, escape.person(new.name, new.username)
    start = min(model.name.span.start, model.username.span.start)
    end = max(model.name.span.end, model.username.span.end)
    opening, closing = text.rfind("[[", 0, start), text.find("]]", end)
    if opening < 0 or closing < 0 or "]]" in text[opening:start] or "\n" in text[opening:closing]:
        return model.name.span, escape.person(new.name, new.username)
    whole = Span(opening, closing + 2)
    if not new.username or model.name.span == model.username.span:
        return whole, escape.person(new.name, new.username)
    link = (
        text[opening : model.username.span.start]
        + escape.label(new.username)
        + text[model.username.span.end : model.name.span.start]
        + escape.label(new.name)
        + text[model.name.span.end : closing + 2]
    )
    return whole, link


# --- where it stands ----------------------------------------------------------------------------


def _row(blocks: Blocks, person: Person) -> Row | None:
    rows = (row for table in blocks.tables for row in table.rows)
    found = next((row for row in rows if row.span == person.span), None)
    return found if found and blocks.text[found.span.start : found.span.start + 1] in "|!" else None


def _item(blocks: Blocks, person: Person) -> Item | None:
    items = (item for group in blocks.lists for item in group.items)
    return next((item for item in items if item.span == person.span), None)


def _whole(blocks: Blocks, person: Person) -> Span | None:
    """All lines of a person, the line break behind them included (before them at the end)."""
    text = blocks.text
    if row := _row(blocks, person):
        if any(cell.rowspan > 1 for cell in row.cells):
            return None
        start, end = row.span.start, row.span.end
    elif item := _item(blocks, person):
        start, end = item.span.start, item.span.end
        group = next(group for group in blocks.lists if item in group.items)
        for below in group.items[group.items.index(item) + 1 :]:
            if below.depth <= item.depth:
                break
            end = below.span.end
    else:
        return None
    end = _line_end(text, end)
    if end < len(text):
        return Span(start, end + 1)
    return Span(start - 1 if start else 0, end)


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
