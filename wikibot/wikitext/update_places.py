"""What the headings of a page say about the updates below them: whose, of which day, what."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from wikibot.model import Site
from wikibot.wikitext import update_words as words
from wikibot.wikitext.blocks import Section
from wikibot.wikitext.dates import Said, find_date
from wikibot.wikitext.update_lines import Line
from wikibot.wikitext.update_words import Field
from wikibot.words import fold

_LONGEST_TEAM = 80  # characters; nothing longer is taken for a team that is not known
_RANKS = {"dated": 1, "team": 2, "label": 3}
_OF_TEAMS = frozenset[Field]({"blocked by", "blocking", "done"})
_BLOCKED = frozenset[Field]({"blocked by", "blocking"})


@dataclass(frozen=True, slots=True)
class Head:
    """A heading. ``team`` may stand beside the date in one that is "dated".

    ``usual``: nothing but usual words stands in it, beside the date if there is one, or it is the
    title of the whole page. ``labelled`` are the labels right below it, in its text or as its
    subheadings.
    """

    kind: Literal["label", "team", "dated", "other"]
    title: str = ""
    field: Field | None = None
    said: Said | None = None
    usual: bool = False
    team: str = ""
    labelled: frozenset[Field] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """What holds for a section: the team and date of the headings above, "" and ``None`` without.

    ``team_at`` and ``date_at`` are the sections whose headings say so, 0 for none; ``field`` is
    what a heading announces. Whether ``bullets`` and ``prose`` without a label are done.
    """

    team: str
    said: Said | None
    team_at: int
    date_at: int
    field: Field | None
    bullets: bool
    prose: bool

    @property
    def anchor(self) -> int:
        """The section whose heading begins the update."""
        return max(self.team_at, self.date_at)


def places(
    sections: Sequence[Section],
    lines: Sequence[Sequence[Line]],
    *,
    site: Site,
    teams: Collection[str],
    day: date | None,
) -> list[Place]:
    """The place that each section is; the lead is the first."""
    known = {fold(team): team for team in teams if team.strip()}
    heads = _heads(sections, lines, known, site=site, day=day)
    given = bool(known)
    any_team = any(head.team for head in heads)
    like_scrum = given and any(head.team and head.labelled & _OF_TEAMS for head in heads)
    alone = given and not any_team  # a page of one team: what is no label is its matter
    any_anchor = any_team or any(head.said for head in heads)
    found = []
    above: list[int] = []  # the sections that this one stands in, or that open it
    for index, section in enumerate(sections):
        while above and _is_over(index, above[-1], sections, heads, lines):
            above.pop()
        if like_scrum and _may_be_team(heads[index]) and not any(heads[i].team for i in above):
            heads[index] = replace(heads[index], kind="team", team=heads[index].title)
        if section.level:
            above.append(index)
        found.append(_place(above, heads, day, alone=alone, any_anchor=any_anchor))
    return found


def _is_over(
    index: int,
    above: int,
    sections: Sequence[Section],
    heads: Sequence[Head],
    lines: Sequence[Sequence[Line]],
) -> bool:
    """Whether the section ``above`` has ended.

    With nothing below it, a date opens teams of its own level, and both open labels. Below a
    date may stand who was there.
    """
    if sections[above].level != sections[index].level:
        return sections[above].level > sections[index].level
    opens = 0 < _RANKS.get(heads[above].kind, 0) < _RANKS.get(heads[index].kind, 0)
    if not opens:
        return True
    attendees = heads[above].kind == "dated"
    return any(not (attendees and line.field == "closed") for line in lines[above][:1])


def _place(
    above: Sequence[int], heads: Sequence[Head], day: date | None, *, alone: bool, any_anchor: bool
) -> Place:
    team_at = next((i for i in reversed(above) if heads[i].team), 0)
    date_at = next((i for i in reversed(above) if heads[i].said), 0)
    field: Field | None = None
    topic: Head | None = None  # a heading that says nothing about updates
    for index in above:
        head = heads[index]
        if field == "closed":
            break
        if head.kind == "label":
            field = head.field
        elif head.kind == "other":
            topic = topic or (None if head.usual else head)
        else:
            topic = None
            field = field if field in ("next", "blocked by", "blocking", "risks") else None
    if topic and not team_at and not alone and topic.labelled & _BLOCKED:
        field = "closed"  # a team, perhaps, and nobody knows which
    if not (team_at or date_at) and (topic or any_anchor):
        field = "closed"  # an introduction, or a page about something else
    usual = bool(date_at) and (heads[date_at].usual or bool(heads[date_at].team))
    plain = topic is None and (bool(team_at) or usual)
    return Place(
        heads[team_at].team if team_at else "",
        heads[date_at].said if date_at else None,
        team_at,
        date_at,
        field,
        bullets=plain,
        prose=plain and (bool(date_at) or day is not None),
    )


# --- what each heading is -----------------------------------------------------------------------


def _heads(
    sections: Sequence[Section],
    lines: Sequence[Sequence[Line]],
    teams: Mapping[str, str],
    *,
    site: Site,
    day: date | None,
) -> list[Head]:
    heads = []
    labelled = [{line.field for line in below if line.field} for below in lines]
    above: list[int] = []
    near = day  # in which year a date without one is
    for index, section in enumerate(sections):
        head = _head(section.title if section.level else "", teams, site, near)
        if len(head.title) == 4 and head.title.isascii() and head.title.isdigit():
            near = date(max(int(head.title), 1), 7, 2)  # the middle of that year
        while above and sections[above[-1]].level >= section.level:
            above.pop()
        if head.field and above:
            labelled[above[-1]].add(head.field)
        above.append(index)
        heads.append(head)
    if len(heads) > 1 and sections[1].span.end == sections[-1].span.end:
        heads[1] = replace(heads[1], usual=heads[1].usual or heads[1].kind == "other")
    return [
        replace(head, labelled=frozenset(found))
        for head, found in zip(heads, labelled, strict=True)
    ]


def _head(title: str, teams: Mapping[str, str], site: Site, near: date | None) -> Head:
    if team := _known(title, teams):
        return Head("team", title, team=team)
    if field := words.field_of(title):
        return Head("label", title, field=field)
    if said := find_date(title, language=site.language, near=near):
        team = _known(said.rest.strip(" .,:;–—-()[]|/"), teams)
        team = team or _known(words.without_usual(said.rest), teams)
        return Head("dated", title, said=said, usual=words.is_beside_date(said.rest), team=team)
    bare = words.without_usual(title)
    if near and (said := find_date(bare, language=site.language, near=near)):
        return Head("dated", title, said=said, usual=not said.rest)  # Week of 16 November
    team = _known(bare, teams)
    usual = words.is_beside_date(title)
    return Head("team" if team else "other", title, usual=usual, team=team)


def _known(said: str, teams: Mapping[str, str]) -> str:
    """The team that a heading names, as the heading or ``teams`` writes it; ``""`` for none."""
    for form in _forms(said):
        if fold(form) in teams:
            return said if form == said else teams[fold(form)]
    return ""


def _forms(said: str) -> Iterator[str]:
    """*Search*, *Search (Ana)*, *Search team*, *Team Search:*."""
    yield said
    bare = said.strip(" :")
    if bare.endswith(")"):
        bare = bare.rpartition("(")[0].strip()
    yield bare
    first, _, rest = bare.partition(" ")
    if first.casefold() in ("team", "équipe", "equipo"):
        yield rest
    rest, _, last = bare.rpartition(" ")
    if last.casefold() == "team":
        yield rest


def _may_be_team(head: Head) -> bool:
    """Whether a heading is that of a team by what stands below it."""
    return (
        head.kind == "other"
        and bool(head.title)
        and len(head.title) <= _LONGEST_TEAM
        and bool(head.labelled & _OF_TEAMS)
        and words.normal(head.title) not in words.NO_TEAM
        and not head.usual
    )
