"""Updates as people write them freely: a heading a team or a day, labels, bullets, prose.

What is not clearly part of an update is passed over: a team's word in a report is better missing
than made up. Labels are known by words (:mod:`update_words`), teams by the configuration.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from wikibot.health import kind_of
from wikibot.model import Item, Site, Update
from wikibot.wikitext.blocks import Blocks, Section
from wikibot.wikitext.dates import Said, find_date, said_date
from wikibot.wikitext.inline import plain
from wikibot.wikitext.update_lines import Line, read_lines
from wikibot.wikitext.update_places import Place, places
from wikibot.wikitext.update_values import item, joined, of_teams
from wikibot.wikitext.update_words import (
    LONGEST_LABEL,
    NO_TEAM,
    Field,
    field_of,
    is_beside_date,
    normal,
)
from wikibot.words import fold

_LONGEST_HEALTH = 30  # characters, and at most four words: "at risk", not a sentence
_LONGEST_UNKNOWN = 5  # words of a label that is not known
_QUOTED = 5  # labels that a problem names
_LONGEST_LEAD = 80  # characters of "Search:" above deeper bullets
_LISTS: frozenset[Field] = frozenset({"done", "next", "blocked by", "blocking", "risks"})
_BLOCKERS: frozenset[Field] = frozenset({"blocked by", "blocking"})
_NO_UPDATE: frozenset[Field] = frozenset({"date"})  # what alone makes no update
_PAGE = re.compile(r"\[\[[^\[\]|]*\]\]")  # alone: of a list of pages
# The end of a signature: 12:34, 20 November 2026 (UTC)
_SIGNED = re.compile(r"[0-9]{1,2}:[0-9]{2},? [^()]{4,40}\([A-Z]{2,5}\)")


@dataclass(slots=True)
class Draft:
    """An update in the making. ``answered``: it says somewhere that there is nothing to say.

    ``near`` is the section of the heading nearest to what it says. ``unknown`` are labels that are
    not known, with text below them; ``topics`` headings with text that is not read, which are such
    labels when headings of their level (``levels``) are labels.
    """

    place: Place
    section: str
    line: int
    start: int
    entries: dict[Field, list[Item]] = field(default_factory=dict)
    answered: bool = False
    teams: Collection[str] = ()
    near: Section | None = None
    labelled: bool = False
    unknown: list[str] = field(default_factory=list)
    topics: dict[str, int] = field(default_factory=dict)
    levels: set[int] = field(default_factory=set)

    def add(self, what: Field, source: str, site: Site) -> None:
        """Put an entry to those of ``what``."""
        if not source or what == "closed":
            return
        for part in of_teams(source, self.teams if what in _BLOCKERS else (), site):
            entry = item(part, site)
            if entry:
                self.entries.setdefault(what, []).append(entry)
            elif what in _LISTS:
                self.answered = True


def read_free(
    page: Blocks,
    *,
    site: Site,
    teams: Collection[str] = (),
    day: date | None = None,
    near: date | None = None,
    taken: Collection[int] = (),
) -> list[tuple[int, Update]]:
    """The free-form updates of a page, and where each begins, in the order of the page.

    ``taken`` are the starts of sections whose updates have been read otherwise.
    """
    lines = read_lines(page, site)
    where = places(page.sections, lines, site=site, teams=teams, day=day, near=near)
    drafts: dict[tuple[int, int], Draft] = {}
    nearest = page.sections[0]
    known = {fold(team) for team in teams if team.strip()}
    for section, place, below in zip(page.sections, where, lines, strict=True):
        label_heading = field_of(section.title) is not None
        nearest = nearest if label_heading else section
        anchor = page.sections[place.anchor]
        if section.span.start in taken or (place.anchor and anchor.span.start in taken):
            continue
        if not below or place.field == "closed":
            continue
        if not (place.anchor or place.field or any(line.field for line in below)):
            continue
        key = (place.team_at, place.date_at)
        if key not in drafts:
            begins = (anchor.title, anchor.line, anchor.span.start)
            label = next((line for line in below if line.field), below[0])
            first = (section.title, label.line, label.start)
            drafts[key] = Draft(place, *(begins if place.anchor else first))
        draft = drafts[key]
        draft.near = draft.near or nearest
        draft.teams = known
        if label_heading:
            draft.labelled = True
            draft.levels.add(section.level)
        _read(draft, place, below, site)
        if place.topic and place.field is None and any(_is_said(line, site) for line in below):
            topic = page.sections[place.topic]
            draft.topics.setdefault(topic.title, topic.level)
    # what stands beside teams below one date is the meeting's, and no team's
    shared = {place.date_at for place in (draft.place for draft in drafts.values()) if place.team}
    found = [
        (draft.start, update)
        for draft in drafts.values()
        if draft.place.team or draft.place.date_at not in shared
        if (update := _update(draft, site, day)) is not None
    ]
    found.sort(key=lambda one: one[0])
    if page.unread and found:
        start, last = found[-1]
        why = f"the page is too long: nothing from line {page.unread} on was read"
        problem = f"{last.problem}; {why}" if last.problem else why
        found[-1] = (start, replace(last, problem=problem))
    return found


# --- the lines of a section ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds below a line: ``open`` for the lines of its own depth, too."""

    depth: int
    field: Field | None
    lead: str = ""
    open: bool = False
    unknown: str = ""


def _read(draft: Draft, place: Place, lines: Sequence[Line], site: Site) -> None:
    """Put the entries of a section where its labels say.

    Where labels have bullets below them, a bullet beside or above them is a label, too, and not
    known.
    """
    nested = [line.depth for line in lines if line.field and line.depth and line.parent]
    label_depth = max(nested, default=0)
    over = _over_labels(lines)
    scopes: list[_Scope] = []
    for index, line in enumerate(lines):
        scopes = [scope for scope in scopes if _holds(scope, line)]
        current = scopes[-1].field if scopes else place.field
        if line.kind == "struck":
            if line.depth:
                scopes.append(_Scope(line.depth, "closed"))
        elif line.field and current != "closed":
            draft.labelled = True
            draft.add(line.field, line.source, site)
            flat = line.depth > 0 and not (line.source or line.parent or nested)
            if line.depth or not line.source or line.source.endswith(":"):
                scopes.append(_Scope(line.depth, line.field, open=flat))
        elif line.kind in ("bold", "term"):
            known = line.field or field_of(plain(line.source, site=site))
            unknown = "" if known else _label(line, site)
            scopes.append(_Scope(0, "closed", unknown=unknown))
        elif current is None and (0 < line.depth <= label_depth or index in over):
            unknown = "" if index in over else _label(line, site)
            scopes.append(_Scope(line.depth, "closed", unknown=unknown))
            if unknown and not line.parent and ":" in line.source:
                draft.unknown.append(unknown)
        elif current is None:
            if _is_plain(line, place, site):
                draft.add("done", line.source, site)
        elif current != "closed":
            lead = scopes[-1].lead if scopes else ""
            source = f"{lead} {line.source}" if lead else line.source
            if line.parent and line.depth and _is_lead(line.source, lead):
                scopes.append(_Scope(line.depth, current, source))
            else:
                draft.add(current, source, site)
        elif scopes and scopes[-1].unknown and _is_said(line, site):
            draft.unknown.append(scopes[-1].unknown)


def _label(line: Line, site: Site) -> str:
    """What may be a label: a few words, or those before a colon."""
    seen = plain(line.source, site=site)
    label, colon, _ = seen.partition(":")
    label = label.strip()
    fits = len(label) <= LONGEST_LABEL and len(label.split()) <= _LONGEST_UNKNOWN
    return label if fits and (colon or line.parent or line.depth == 0) else ""


def _is_said(line: Line, site: Site) -> bool:
    """Whether a line that is not read says something."""
    return line.kind != "struck" and line.field is None and item(line.source, site) is not None


def _over_labels(lines: Sequence[Line]) -> set[int]:
    """The bullets without a label that have one below them: of whom, or what, nobody knows."""
    found: set[int] = set()
    above: list[int] = []
    for index, line in enumerate(lines):
        while above and lines[above[-1]].depth >= line.depth:
            above.pop()
        if line.field:
            found.update(i for i in above[-1:] if lines[i].field is None)
        if line.depth:
            above.append(index)
    return found


def _holds(scope: _Scope, line: Line) -> bool:
    """Whether a scope goes on at ``line``: labels outside lists hold up to the next of them."""
    if scope.depth == 0:
        return not (line.kind in ("bold", "term") or (line.depth == 0 and line.field))
    if line.depth == scope.depth:
        return scope.open and not line.field
    return line.depth > scope.depth


def _is_lead(source: str, above: str) -> bool:
    return source.endswith(":") and len(source) + len(above) <= _LONGEST_LEAD


def _is_plain(line: Line, place: Place, site: Site) -> bool:
    """Whether a line without a label is part of an update all the same."""
    if not (place.prose if line.depth == 0 else place.bullets and line.kind == "bullet"):
        return False
    seen = plain(line.source, site=site)
    said = find_date(seen, language=site.language)
    only_date = said is not None and is_beside_date(said.rest)  # of a list of reports
    return bool(seen) and not (only_date or _SIGNED.search(seen) or _PAGE.fullmatch(line.source))


# --- an update of what was found ----------------------------------------------------------------


def _update(draft: Draft, site: Site, day: date | None) -> Update | None:
    """``None`` where there is no update: nothing said, or neither whose nor of when."""
    entries, place = draft.entries, draft.place
    said = entries.keys() - (_NO_UPDATE if place.anchor else _NO_UPDATE | {"health", "headline"})
    if not (said or draft.answered):
        return None
    when = _when(draft, site)
    if not place.team and when is None and day is None:
        return None
    health, headline, stated = _state(entries)
    done = [*stated, *entries.get("done", ())]
    section, line = draft.section, draft.line
    if when is None and day is None and draft.near is not None and draft.near.level:
        section, line = draft.near.title, draft.near.line
    return Update(
        team=place.team,
        date=when.day if when else day,
        raw_date=when.text if when else "",
        health=health,
        headline=headline,
        done=tuple(done),
        next=tuple(entries.get("next", ())),
        blocked_by=tuple(entries.get("blocked by", ())),
        blocking=tuple(entries.get("blocking", ())),
        risks=tuple(entries.get("risks", ())),
        section=section,
        line=line,
        problem="; ".join(filter(None, (_problem(when, day), _unknown(draft, when, day)))),
    )


def _when(draft: Draft, site: Site) -> Said | None:
    """The date that the update says itself, or a heading above it."""
    labelled = draft.entries.get("date")
    if not labelled:
        return draft.place.said
    text = labelled[0].text
    return find_date(text, language=site.language) or said_date(text, language=site.language)


def _problem(when: Said | None, day: date | None) -> str:
    if when is not None:
        return when.problem
    if day is not None:
        return ""
    return (
        "the update has no date; put it below a heading with its date, and write it as YYYY-MM-DD"
    )


def _unknown(draft: Draft, when: Said | None, day: date | None) -> str:
    """Which labels of an update with a date and labels that are known are not known."""
    topics = [title for title, level in draft.topics.items() if level in draft.levels]
    found = dict.fromkeys([*draft.unknown, *(t for t in topics if normal(t) not in NO_TEAM)])
    if not (found and draft.labelled and (when or day)):
        return ""
    names = list(found)
    quoted = ", ".join(f"“{name[:LONGEST_LABEL]}”" for name in names[:_QUOTED])
    if len(names) == 1:
        return f"the label {quoted} is not known"
    more = f" and {len(names) - _QUOTED} more" if len(names) > _QUOTED else ""
    return f"the labels {quoted}{more} are not known"


def _state(entries: dict[Field, list[Item]]) -> tuple[str, Item | None, list[Item]]:
    """Health, headline, and what was said under a label such as “status” that is neither."""
    said = entries.get("health", [])
    headline = joined(tuple(entries.get("headline", ())))
    words = [one.text for one in said if _is_health(one.text) and (len(said) == 1 or _says(one))]
    others = [one for one in said if one.text not in words]
    health = words[-1] if words else ""
    if len(said) == 1 and others and headline is None:
        return "", others[0], []
    if not health and others and _says(others[0]):  # “green, but …” beside a headline
        return others[0].text, headline, others[1:]
    return health, headline, others


def _is_health(text: str) -> bool:
    return len(text) <= _LONGEST_HEALTH and len(text.split()) <= 4


def _says(one: Item) -> bool:
    """Whether a text is a word for how work stands, not one letter that may be anything."""
    return len(one.text) > 1 and kind_of(one.text) != "unknown"
