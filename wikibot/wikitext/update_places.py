"""What the headings of a page say about the updates below them: whose, of which day, what."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from wikibot.model import Site
from wikibot.wikitext import update_words as words
from wikibot.wikitext.blocks import Section
from wikibot.wikitext.dates import Said, find_date, find_week, is_like_date, is_vague, weekday_of
from wikibot.wikitext.inline import fold as one_line
from wikibot.wikitext.update_lines import Line
from wikibot.wikitext.update_words import Field
from wikibot.words import fold

_LONGEST_TEAM = 80  # characters; nothing longer is taken for a team that is not known
_RANKS = {"dated": 1, "team": 2, "label": 3}
_OF_TEAMS = frozenset[Field]({"blocked by", "blocking", "done"})
_BLOCKED = frozenset[Field]({"blocked by", "blocking"})
_NO_LABEL = frozenset[Field]({"closed", "date"})  # of no update
_HALF_YEAR = timedelta(days=183)
_AHEAD = timedelta(weeks=4)  # what somebody writes before it is reported on


@dataclass(frozen=True, slots=True)
class Head:
    """A heading. ``team`` may stand beside the date in one that is "dated".

    ``doubtful``: it is like a date, and counts as one only where labels stand below it.
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
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What holds for a section: the team and date of the headings above, "" and ``None`` without.

    ``team_at`` and ``date_at`` are the sections whose headings say so, 0 for none; ``field`` is
    what a heading announces. Whether ``bullets`` and ``prose`` without a label are done.
    ``topic`` is the section whose heading says nothing about updates, 0 for none.
    """

    team: str
    said: Said | None
    team_at: int
    date_at: int
    field: Field | None
    bullets: bool
    prose: bool
    topic: int = 0

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
    near: date | None = None,
) -> list[Place]:
    """The place that each section is; the lead is the first.

    ``day`` is that of the page's title; ``near`` decides about years where the page does not.
    """
    known = {fold(team): team for team in teams if team.strip()}
    heads = _heads(sections, lines, known, site=site, day=day, reported=near)
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
    topic_at = 0
    for index in above:
        head = heads[index]
        if field == "closed":
            break
        if head.kind == "label":
            field = head.field
        elif head.kind == "other":
            if topic is None and not head.usual:
                topic, topic_at = head, index
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
        topic=topic_at if topic else 0,
    )


# --- what each heading is -----------------------------------------------------------------------


def _heads(
    sections: Sequence[Section],
    lines: Sequence[Sequence[Line]],
    teams: Mapping[str, str],
    *,
    site: Site,
    day: date | None,
    reported: date | None,
) -> list[Head]:
    heads: list[Head] = []
    labelled = [{line.field for line in below if line.field} for below in lines]
    below = [set(found) for found in labelled]  # and in the subsections
    above: list[int] = []
    titles = [section.title if section.level else "" for section in sections]
    within = _range(titles, teams, site)
    if reported and not day and not _in_order(sections, titles, teams, site, reported):
        reported = None
    near = day  # in which year a date without one is
    for index, (section, title) in enumerate(zip(sections, titles, strict=True)):
        while above and sections[above[-1]].level >= section.level:
            above.pop()
        over = _day_above(above, heads)
        head = _head(title, teams, site, over or near)
        if over and not head.said and (day_of_week := _weekday(title, over, site)):
            head = Head("dated", title, said=day_of_week, usual=True)
        if over is None and near is None and within and not _day_of(head):
            head = _near_others(head, _head(title, teams, site, _middle(within[0].year)), within)
        if over is None and near is None and reported and not _day_of(head):
            head = _near_report(head, title, teams, site, reported)
        if (year := _year(head.title)) is not None:
            near = _middle(year)
        if head.field and above:
            labelled[above[-1]].add(head.field)
        for around in above:
            below[around] |= below[index]
            if head.field:
                below[around].add(head.field)
        above.append(index)
        heads.append(head)
    for index, head in enumerate(heads):
        following = below[index + 1] if index + 1 < len(heads) and not lines[index] else set()
        if head.doubtful and not (below[index] | following) - _NO_LABEL:
            heads[index] = Head("other", head.title)
    if len(heads) > 1 and sections[1].span.end == sections[-1].span.end:
        heads[1] = replace(heads[1], usual=heads[1].usual or heads[1].kind == "other")
    return [
        replace(head, labelled=frozenset(found))
        for head, found in zip(heads, labelled, strict=True)
    ]


def _range(titles: Sequence[str], teams: Mapping[str, str], site: Site) -> tuple[date, date] | None:
    """The first and the last day of the headings, when all are of one year."""
    said = [_head(title, teams, site, None).said for title in titles if title]
    days = [day for one in said if one for day in one.days]
    first, last = min(days, default=date.min), max(days, default=date.min)
    return (first, last) if days and first.year == last.year else None


def _near_others(head: Head, read: Head, within: tuple[date, date]) -> Head:
    """A heading as it reads in the year of the others, where it is near enough to them."""
    day = read.said.day if read.said else None
    if day is None or not within[0] - day <= _HALF_YEAR or not day - within[1] <= _HALF_YEAR:
        return head
    return read


def _near_report(
    head: Head, title: str, teams: Mapping[str, str], site: Site, reported: date
) -> Head:
    """A heading as it reads near to the day that is reported on, where it is near enough."""
    read = _head(title, teams, site, reported)
    day = _day_of(read)
    return read if day and -_HALF_YEAR <= day - reported <= _AHEAD else head


def _in_order(
    sections: Sequence[Section],
    titles: Sequence[str],
    teams: Mapping[str, str],
    site: Site,
    reported: date,
) -> bool:
    """Whether the headings are in the order of their days, with those without a year near a day.

    Else the page goes back further than a year, and has the same weeks twice.
    """
    days: dict[tuple[int, str], list[date]] = {}  # by the section around, and the team beside
    above: list[int] = []
    for index, (section, title) in enumerate(zip(sections, titles, strict=True)):
        while above and sections[above[-1]].level >= section.level:
            above.pop()
        head = _head(title, teams, site, None)
        if not _day_of(head):
            head = _near_report(head, title, teams, site, reported)
        if day := _day_of(head):
            days.setdefault((above[-1] if above else 0, head.team), []).append(day)
        above.append(index)
    return all(found in (sorted(found), sorted(found, reverse=True)) for found in days.values())


def _day_of(head: Head) -> date | None:
    return head.said.day if head.said else None


def _day_above(above: Sequence[int], heads: Sequence[Head]) -> date | None:
    """The day of the nearest heading above that has one."""
    said = (heads[i].said for i in reversed(above))
    return next((one.day for one in said if one and one.day), None)


def _weekday(title: str, near: date, site: Site) -> Said | None:
    """A heading that is a weekday, of the week that ``near`` is in."""
    number = weekday_of(title, language=site.language)
    if number is None:
        return None
    try:
        return Said(one_line(title), (near + timedelta(days=number - near.weekday()),))
    except OverflowError:
        return None


def _middle(year: int) -> date:
    return date(year, 7, 2)


def _year(title: str) -> int | None:
    """The year that a heading is: *2026*, *Updates 2026*."""
    bare = words.without_usual(title)
    return max(int(bare), 1) if len(bare) == 4 and bare.isascii() and bare.isdigit() else None


def _head(title: str, teams: Mapping[str, str], site: Site, near: date | None) -> Head:
    if team := _known(title, teams):
        return Head("team", title, team=team)
    if field := words.field_of(title):
        return Head("label", title, field=field)
    bare = words.without_usual(title)
    if bare[-1:].isdigit() and f"{bare}." in title:  # 18.11.
        bare = f"{bare}."
    said = find_date(title, language=site.language, near=near)
    if said and (said.days or not is_vague(said.text)):
        team = _known(said.rest.strip(" .,:;–—-()[]|/"), teams)
        team = team or _known(words.without_usual(said.rest), teams)
        return Head("dated", title, said=said, usual=words.is_beside_date(said.rest), team=team)
    vague = said is not None
    said = find_date(bare, language=site.language, near=near)
    if said and said.days:  # Week of 16 November
        return Head("dated", title, said=said, usual=not said.rest)
    if vague or is_like_date(title) or is_like_date(bare):
        return Head("dated", title, said=Said(one_line(title), ()), usual=True, doubtful=True)
    week = find_week(title)
    if week and (team := _known(week.rest.strip(" .,:;–—-()[]|/"), teams)):  # Search W47
        said = find_date(week.text, language=site.language, near=near) or week
        return Head("dated", title, said=said, usual=True, team=team, doubtful=not said.days)
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
