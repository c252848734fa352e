"""What was taken for a roster or for roles on a page, why, and how to say so in the configuration.

Pure. A layout is offered only after the page, read with it, gave the same people or roles: what is
written into the configuration is followed exactly.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wikibot.model import Layout, Part, Person, Role, Site, Span
from wikibot.wikitext import layouts
from wikibot.wikitext.blocks import Blocks, scan
from wikibot.wikitext.grid import grid
from wikibot.wikitext.inline import fold, plain
from wikibot.wikitext.roles import read_roles
from wikibot.wikitext.rosters import Candidate, candidates, read_roster

Sure = Literal["taken", "taken for want of a better one", "not taken"]
_SURE: dict[int, Sure] = {2: "taken", 1: "taken for want of a better one", 0: "not taken"}


@dataclass(frozen=True, slots=True)
class Inspected:
    """A list or table of a page. ``layout`` is ``None`` where none says just the same.

    ``names`` are the people, or the roles; ``unmatched`` counts lines that are not understood.
    """

    kind: Literal["roster", "roles"]
    form: str
    section: str
    line: int
    sure: Sure
    why: str
    names: tuple[str, ...]
    unmatched: int
    layout: Layout | None


def inspect(text: str, *, site: Site = Site()) -> tuple[Inspected, ...]:
    """Every list and table that was looked at as a roster, and the roles, in that order."""
    blocks = scan(text, site=site)
    return (*_rosters(blocks, site), *_roles(blocks, site))


def as_toml(found: Inspected) -> str:
    """The layout as the value of ``roster =`` or ``roles =``."""
    assert found.layout
    values: dict[str, str] = {}
    for key in ("section", "layout", "pattern"):
        if value := getattr(found.layout, key):
            values[key] = json.dumps(value, ensure_ascii=False)
    if columns := found.layout.columns:
        inside = ", ".join(
            f"{part} = {json.dumps(head, ensure_ascii=False)}" for part, head in columns.items()
        )
        values["columns"] = f"{{ {inside} }}"
    inside = ", ".join(f"{key} = {value}" for key, value in values.items())
    return f"{found.kind} = {{ {inside} }}"


# --- rosters ------------------------------------------------------------------------------------


def _rosters(blocks: Blocks, site: Site) -> Iterator[Inspected]:
    region = layouts.region(blocks, Layout())
    assert region
    found = candidates(blocks, region, Layout(), site=site)
    best = max((candidate.sure for candidate in found), default=0)
    for candidate in found:
        taken = candidate.sure == best > 0
        sure = candidate.sure if taken else 0
        why = candidate.why
        if candidate.sure and not taken:
            why += ", but there is a better one"
        section = blocks.section_at(candidate.start).title
        yield Inspected(
            kind="roster",
            form=candidate.kind,
            section=section,
            line=candidate.line,
            sure=_SURE[sure],
            why=why,
            names=tuple(person.name.text for person in candidate.people),
            unmatched=len(candidate.unmatched),
            layout=_roster_layout(blocks, candidate, section, site) if taken else None,
        )


def _roster_layout(blocks: Blocks, candidate: Candidate, section: str, site: Site) -> Layout | None:
    """The first of some layouts with which just the same people are read."""
    place = section or None
    tried: list[Layout] = []
    if candidate.kind == "bullets":
        for pattern in _patterns(blocks, candidate.people, site):
            tried.append(Layout(section=place, layout="bullets", pattern=pattern))
        tried.append(Layout(section=place, layout="bullets"))
    elif candidate.kind == "table":
        if columns := _columns(blocks, candidate.people, site):
            tried.append(Layout(section=place, layout="table", columns=columns))
        tried.append(Layout(section=place, layout="table"))
    tried.append(Layout(section=place))
    for layout in tried:
        if (
            layout != Layout()
            and read_roster(blocks.text, layout=layout, site=site).people == candidate.people
        ):
            return layout
    return None


def _patterns(blocks: Blocks, people: Sequence[Person], site: Site) -> list[str]:
    """How the items are written, the most frequent way first: ``{name}, {title}``."""
    found: Counter[str] = Counter()
    for person in people:
        said = fold(plain(person.span.of(blocks.text).lstrip("*#:; "), site=site))
        pattern = said.replace(person.name.text, "{name}", 1)
        if person.title:
            pattern = pattern.replace(person.title.text, "{title}", 1)
        head, mark, rest = pattern.partition("{title}" if person.title else "{name}")
        found[f"{head}{mark} {{note}}" if rest.strip() else f"{head}{mark}"] += 1
    return [pattern for pattern, _ in found.most_common(2) if "{name}" in pattern]


def _columns(blocks: Blocks, people: Sequence[Person], site: Site) -> dict[str, str | int] | None:
    """The columns of name and title: by their heads where these differ, else by number."""
    table = next(
        (t for t in blocks.tables if people and t.span.start <= people[0].span.start < t.span.end),
        None,
    )
    if table is None:
        return None
    rows = grid(table)
    heads = layouts.heads(blocks, rows, site=site) or {}
    counted = Counter(heads.values())
    columns: dict[str, str | int] = {}
    parts: tuple[tuple[str, list[Part | None]], ...] = (
        ("name", [p.name for p in people]),
        ("title", [p.title for p in people]),
    )
    for name, found in parts:
        for part in found:
            column = next(
                (
                    column
                    for row in rows
                    for column, cell in row.cells.items()
                    if part and _inside(part.span, cell.content)
                ),
                None,
            )
            if column is not None:
                head = heads.get(column, "")
                columns[name] = head if head and counted[head] == 1 else column + 1
                break
    return columns


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


# --- roles --------------------------------------------------------------------------------------


def _roles(blocks: Blocks, site: Site) -> Iterator[Inspected]:
    read = read_roles(blocks.text, site=site)
    if not read.roles:
        return
    activities = sum(len(g.activities) for r in read.roles for g in r.groups)
    held = sum(bool(r.holders) for r in read.roles)
    yield Inspected(
        kind="roles",
        form=_form(blocks, read.roles),
        section=read.section,
        line=read.line,
        sure="taken",
        why=f"{len(read.roles)} roles, {held} with holders, {activities} activities",
        names=tuple(role.name.text for role in read.roles),
        unmatched=len(read.unmatched),
        layout=_roles_layout(blocks, read.roles, read.section, site),
    )


def _form(blocks: Blocks, roles: Sequence[Role]) -> str:
    start = roles[0].name.span.start
    if any(table.span.start <= start < table.span.end for table in blocks.tables):
        return "table"
    if any(s.heading.start <= start < s.heading.end for s in blocks.sections):
        return "headings"
    return "bullets"


def _roles_layout(blocks: Blocks, roles: Sequence[Role], section: str, site: Site) -> Layout | None:
    form = _form(blocks, roles)
    kind: Literal["bullets", "table", "headings"] = (
        "table" if form == "table" else "headings" if form == "headings" else "bullets"
    )
    for layout in (
        Layout(section=section or None, layout=kind),
        Layout(section=section or None),
    ):
        if layout != Layout() and read_roles(blocks.text, layout=layout, site=site).roles == tuple(
            roles
        ):
            return layout
    return None
