"""Goals in lists: *Goal – Owner: Ana – Status: done*, or with these in items below the goal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wikibot.health import kind_of
from wikibot.model import Goal, Item, Site, Span
from wikibot.wikitext import goal_text
from wikibot.wikitext.blocks import Blocks, ItemList
from wikibot.wikitext.blocks import Item as Line
from wikibot.wikitext.dates import read_date
from wikibot.wikitext.goal_tables import is_nothing
from wikibot.wikitext.goal_words import Field, read_head, speaks_of_goals
from wikibot.wikitext.inline import View, view

_LONGEST = 2000  # characters of source; what is longer is prose
# A label, and what parts it from the words before it.
_LABEL = re.compile(
    r"(?:^|(?<=:)|(?<=:\s)|[;,.|·•()\n]|\s[-–—]{1,3}\s)\s{0,5}(?P<label>[^\W\d_][^\W_' ]{0,28}"
    r"(?:[ '’][^\W_' ]{1,28}){0,4})\s{0,5}:\s{0,5}"
)
_EDGES = " \t\n–—-;,|·•"


@dataclass(slots=True)
class _Draft:
    """What may be a goal, until all that stands below it was seen."""

    line: Line
    depth: int
    item: Item
    said: dict[Field, str] = field(default_factory=dict)


def read(page: Blocks, site: Site) -> Iterator[tuple[int, Goal]]:
    """The goals of all lists outside tables, with the places where they stand.

    Under a heading that speaks of goals, an owner or a status makes a goal of an item; elsewhere
    it must have both.
    """
    tables = [table.span for table in page.tables]
    for found in page.lists:
        above = page.sections_at(found.span.start)
        announced = any(speaks_of_goals(section.title) for section in above)
        for draft in _drafts(page, found, tables, site):
            named = [bool(draft.said.get(name)) for name in ("owner", "status")]
            if any(named) if announced else all(named):
                yield draft.line.span.start, _goal(page, draft, site)


def _goal(page: Blocks, draft: _Draft, site: Site) -> Goal:
    due = draft.said.get("due", "")
    return Goal(
        goal=draft.item,
        owner=draft.said.get("owner", ""),
        status=draft.said.get("status", ""),
        due=read_date(due, language=site.language),
        raw_due=due,
        section=page.section_at(draft.line.span.start).title,
        line=draft.line.line,
    )


def _drafts(page: Blocks, found: ItemList, tables: list[Span], site: Site) -> Iterator[_Draft]:
    above: list[_Draft] = []  # the item at hand and those that it stands below
    drafts = []
    for line in found.items:
        if line.content.end - line.content.start > _LONGEST:
            continue
        source = goal_text.simplified(page, line.content, tables, site=site)
        seen = view(source, site=site)
        goal, said = _fields(seen)
        depth = 2 * line.depth - line.marker.endswith(";")  # a text belongs to the term before it
        while above and above[-1].depth >= depth:
            above.pop()
        item = _item(source, seen, goal, said, site)
        if not is_nothing(item.text):
            drafts.append(_Draft(line, depth, item, said))
            above.append(drafts[-1])
        elif above:
            for name, words in said.items():
                above[-1].said.setdefault(name, words)
    yield from drafts


def _item(
    source: str, seen: View, goal: tuple[int, int], said: dict[Field, str], site: Site
) -> Item:
    """The goal as an item; what a template beside it says may be its status."""
    if goal != (0, len(seen.text)):
        span = seen.whole(*goal).span
        source = source[span.start : span.end]
    for words in goal_text.statuses_in(source):
        if "status" not in said and kind_of(words) != "unknown":
            said["status"] = words
    return goal_text.goal_item(source, site=site)


def _fields(seen: View) -> tuple[tuple[int, int], dict[Field, str]]:
    """The range that is before the labels, and what stands behind each of them."""
    labels: list[tuple[int, int, Field]] = []
    for match in _LABEL.finditer(seen.outside):
        head = read_head(match["label"])
        if not head or not head.whole:
            continue
        numbered = any(map(str.isdigit, match["label"]))  # "Goal 1: Ship it" is said so
        if head.field != "goal" or (match.start() == 0 and not numbered):
            labels.append((match.start(), match.end(), head.field))
    stops = [*(start for start, _, _ in labels), len(seen.text)]
    said: dict[Field, str] = {}
    for (_, start, name), stop in zip(labels, stops[1:], strict=True):
        if name != "goal":
            said.setdefault(name, _value(seen.text[start:stop], name))
    if labels and labels[0][2] == "goal":  # "Goal: Ship it"
        return _stripped(seen.text, labels[0][1], stops[1]), said
    return (0, len(seen.text)) if not labels else _stripped(seen.text, 0, stops[0]), said


def _value(text: str, name: Field) -> str:
    if name != "status":
        text = goal_text.without_statuses(text)
    words = goal_text.plain_words(text).strip(_EDGES)
    if words.endswith(")") and "(" not in words:
        words = words[:-1].strip(_EDGES)
    return words if name == "owner" else words.rstrip(".")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without marks at its ends."""
    edges = _EDGES + "(:"
    while start < end and text[start] in edges:
        start += 1
    while start < end and text[end - 1] in edges:
        end -= 1
    return start, end
