"""What a team waits for, said by one side or by both, and since when. Pure.

Team A names what it is ``blocked by``, team B what it is ``blocking``; a :class:`Blocker` is what
both, or one of them, say about the same thing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from wikibot.model import Item, ListedBlocker, NamedBy, Site
from wikibot.period import Period, week_of, weeks_up_to
from wikibot.reports.entries import TeamNames, others_in
from wikibot.reports.likeness import ALIKE, Texts, Told, likeness, matched
from wikibot.reports.timeline import TeamReport, Timeline
from wikibot.wikitext.update_words import is_nothing
from wikibot.words import fold

Side = Literal["waiting", "blocking"]

_FAR = 104  # weeks; nobody follows a blocker further back than two years
_BACK = 4  # weeks after it was gone, in which a blocker that returns is as old as before
_MOST = 50  # entries of one list; what nobody reads need not be compared with everything else


@dataclass(frozen=True, slots=True)
class Blocker:
    """``waiting`` waits for ``on``; one of them may be ``""``: no team of the configuration.

    ``by_waiting`` and ``by_blocking`` are what either says about it, without the name of the
    other; at least one is there. ``since`` is the week in which it was named first, ``seen`` the
    one in which it was named last: since then neither has reported. ``more_waiting`` and
    ``more_blocking`` are how many entries of either's list are left out behind this one.
    """

    waiting: str
    on: str
    by_waiting: Item | None
    by_blocking: Item | None
    since: Period
    seen: Period
    more_waiting: int = 0
    more_blocking: int = 0

    @property
    def what(self) -> Item:
        """What it is about, in the words of the team that waits if it has any.

        Its text is empty where there is nothing but the other team's name.
        """
        return next((item for item in self.said if item.text), self.said[0])

    @property
    def said(self) -> tuple[Item, ...]:
        """What is said about it, by the team that waits first."""
        return tuple(item for item in (self.by_waiting, self.by_blocking) if item)

    @property
    def message(self) -> str:
        """The key of the message that says who waits for whom, and for what if anybody says so."""
        if not self.on:
            return "report-blocker-outside"
        if not self.waiting:
            return "report-blocker-from-outside"
        return "report-blocker" if self.what.text else "report-blocker-bare"

    @property
    def named_by(self) -> NamedBy:
        """Who names it; ``outside``: the other side is no team, so it cannot."""
        if not (self.on and self.waiting):
            return "outside"
        if self.by_waiting and self.by_blocking:
            return "both"
        return "waiting" if self.by_waiting else "blocking"

    def is_quiet(self, week: Period, *, goes_on: bool) -> bool:
        """Whether nothing was heard of it in ``week``, nor, while that goes on, the week before."""
        return self.seen < (week.before() if goes_on else week)

    def weeks(self, week: Period) -> int:
        """Its age in ``week``: 1 in the week in which it was named first."""
        return _weeks_between(self.since, week) + 1


def standing(
    line: Timeline,
    first: Period,
    last: Period,
    *,
    names: TeamNames,
    site: Site,
    recorded: Mapping[Period, Iterable[ListedBlocker]] | None = None,
) -> Mapping[Period, tuple[Blocker, ...]]:
    """The blockers of each week from ``first`` to ``last`` and of those before, the oldest first.

    ``names`` are those of :func:`team_names`. A team that has not reported in a week still waits
    for what it said before. ``recorded`` is what the reports of earlier weeks list; they may know
    longer of a blocker than the updates do, and the first of them knows what teams said that
    have been silent since.
    """
    known = recorded or {}
    found: dict[Period, tuple[Blocker, ...]] = {}
    halves: dict[str, list[_Half]] = {}
    memory = _Memory()
    weeks = _weeks((*line, *known), first, last)
    oldest = min((week for week in known if week >= weeks[0]), default=None)
    for week in weeks:
        for team, report in line.get(week, {}).items():
            halves[team] = _said_in(report, names, site)
        if week == oldest:
            halves = _listed(known[week], week) | halves
        now = _named(chain.from_iterable(halves.values()), memory.texts)
        found[week] = memory.aged(now, known.get(week, ()), week)
    return found


def gone(before: Sequence[Blocker], now: Sequence[Blocker]) -> tuple[Blocker, ...]:
    """Those that were named before and are not named any more."""
    kept = {id(earlier) for _, earlier in _pairs(now, before, Texts()) if earlier}
    return tuple(one for one in before if id(one) not in kept)


def _weeks(known: Iterable[Period], first: Period, last: Period) -> list[Period]:
    """All weeks to be looked at: from the first known one, or not so far back, to the last."""
    begins = min((*(week for week in known if week <= first), first))
    week = max(begins, weeks_up_to(first, _FAR)[0])
    found = [week]
    while found[-1] < last:
        found.append(found[-1].after())
    return found


def _order(one: Blocker) -> tuple[Period, str, str, str]:
    return one.since, one.waiting, one.on, one.what.text


# --- what is named in one week ------------------------------------------------------------------


@dataclass(slots=True)  # frozen ones take longer to make
class _Half:
    """What one side says; ``more`` entries of its list are left out behind it."""

    waiting: str
    on: str
    item: Item
    speaker: Side
    since: Period
    seen: Period
    more: int = 0


def _said_in(report: TeamReport, names: TeamNames, site: Site) -> list[_Half]:
    found = []
    sides: tuple[tuple[Side, Sequence[Item]], ...]
    sides = ("waiting", report.update.blocked_by), ("blocking", report.update.blocking)
    for side, items in sides:
        entries = list(dict.fromkeys(items))
        halves = _once(_halves(report, side, entries[:_MOST], names, site))
        if halves and (more := len(entries[_MOST:])):
            halves[-1] = replace(halves[-1], more=more)
        found += halves
    return found


def _halves(
    said: TeamReport, side: Side, entries: Iterable[Item], names: TeamNames, site: Site
) -> Iterator[_Half]:
    week, me = week_of(said.date), said.team
    for item in entries:
        others, about = others_in(item, names, me=me, site=site)
        if about.text and is_nothing(about.text):  # as in “Map Data: none”
            continue
        for other in others or ("",):
            waiting, on = (me, other) if side == "waiting" else (other, me)
            yield _Half(waiting, on, about, side, week, week)


def _listed(rows: Iterable[ListedBlocker], week: Period) -> dict[str, list[_Half]]:
    """What teams said up to a week, as its report lists it."""
    found: dict[str, list[_Half]] = {}
    for row in rows:
        seen = max(row.since, min(row.seen or week, week))
        for side in _sides(row):
            half = _Half(row.waiting, row.on, row.what, side, row.since, seen)
            found.setdefault(row.waiting if side == "waiting" else row.on, []).append(half)
    return {team: _once(halves) for team, halves in found.items()}


def _sides(row: ListedBlocker) -> tuple[Side, ...]:
    """Who named it; nobody outside can have done so."""
    if not (row.waiting and row.on):
        return ("waiting",) if row.waiting else ("blocking",) if row.on else ()
    if row.by == "both":
        return "waiting", "blocking"
    return ("blocking",) if row.by == "blocking" else ("waiting",)


def _once(halves: Iterable[_Half]) -> list[_Half]:
    """Each thing once, under however many names of a team it stands."""
    found: dict[tuple[str, str, str, str], _Half] = {}
    for half in halves:
        key = half.speaker, half.waiting, half.on, fold(half.item.text)
        found.setdefault(key, half)
    return list(found.values())


def _named(halves: Iterable[_Half], told: "Texts") -> list[Blocker]:
    groups: dict[tuple[str, str], dict[Side, list[_Half]]] = {}
    for half in halves:
        group = groups.setdefault((half.waiting, half.on), {"waiting": [], "blocking": []})
        group[half.speaker].append(half)
    return [
        one
        for group in groups.values()
        for one in _joined(group["waiting"], group["blocking"], told)
    ]


def _joined(
    waiting: Sequence[_Half], blocking: Sequence[_Half], told: "Texts"
) -> Iterator[Blocker]:
    """What two teams say of each other, that about the same thing put together."""
    partners = matched([[h.item.text] for h in waiting], [[h.item.text] for h in blocking], told)
    if len(waiting) == len(blocking) == 1 and not _differ(
        told[waiting[0].item.text], told[blocking[0].item.text]
    ):
        partners = {0: 0}  # each names just one thing: whatever the words, it is the same
    for index, half in enumerate(waiting):
        yield _of(half, blocking[partners[index]] if index in partners else None)
    others = set(partners.values())
    for index, half in enumerate(blocking):
        if index not in others:
            yield _of(None, half)


def _of(mine: _Half | None, theirs: _Half | None) -> Blocker:
    """The blocker of which the team that waits says the one half, the other team the other."""
    halves = [half for half in (mine, theirs) if half]
    return Blocker(
        halves[0].waiting,
        halves[0].on,
        mine.item if mine else None,
        theirs.item if theirs else None,
        min(half.since for half in halves),
        max(half.seen for half in halves),
        mine.more if mine else 0,
        theirs.more if theirs else 0,
    )


def _differ(one: "Told", other: "Told") -> bool:
    """Whether both name tickets, and other ones."""
    return bool(one.tickets and other.tickets and not one.tickets & other.tickets)


# --- how old it is ---------------------------------------------------------------------------


class _Memory:
    """What was named in the week before, and what is gone since not long ago."""

    def __init__(self) -> None:
        self.texts = Texts()
        self._before: tuple[Blocker, ...] = ()
        self._away: dict[Period, list[Blocker]] = {}

    def aged(
        self, now: Iterable[Blocker], recorded: Iterable[ListedBlocker], week: Period
    ) -> tuple[Blocker, ...]:
        """What is named in a week, as old as it is, the oldest first; weeks are asked in order."""
        pairs = list(_pairs(now, self._before, self.texts))
        kept = {id(earlier) for _, earlier in pairs if earlier}
        new = [one for one, earlier in pairs if not earlier]
        pairs = [pair for pair in pairs if pair[1]] + self._returned(new, week)
        self._away[week] = [one for one in self._before if id(one) not in kept]
        found = _known_longer([_since(*pair) for pair in pairs], recorded, self.texts)
        self._before = tuple(sorted(found, key=_order))
        return self._before

    def _returned(
        self, new: Iterable[Blocker], week: Period
    ) -> list[tuple[Blocker, Blocker | None]]:
        """Each with what it was before it was gone, if that was not long ago."""
        recent = {w: gone for w, gone in self._away.items() if _weeks_between(w, week) <= _BACK}
        pairs = list(_pairs(new, chain.from_iterable(recent.values()), self.texts))
        back = {id(earlier) for _, earlier in pairs if earlier}
        self._away = {w: [one for one in gone if id(one) not in back] for w, gone in recent.items()}
        return pairs


def _weeks_between(one: Period, other: Period) -> int:
    return (other.first - one.first).days // 7


# --- what is the same thing ---------------------------------------------------------------------


def _pairs(
    now: Iterable[Blocker], before: Iterable[Blocker], told: "Texts"
) -> Iterator[tuple[Blocker, Blocker | None]]:
    """Each of ``now`` with what it was in ``before``."""
    groups: dict[tuple[str, str], list[Blocker]] = {}
    for earlier in before:
        groups.setdefault((earlier.waiting, earlier.on), []).append(earlier)
    these: dict[tuple[str, str], list[Blocker]] = {}
    for one in now:
        these.setdefault((one.waiting, one.on), []).append(one)
    for key, group in these.items():
        known = groups.get(key, [])
        partners = matched(
            [[item.text for item in one.said] for one in group],
            [[item.text for item in one.said] for one in known],
            told,
        )
        for index, one in enumerate(group):
            yield one, known[partners[index]] if index in partners else None


def _since(one: Blocker, earlier: Blocker | None) -> Blocker:
    return replace(one, since=earlier.since) if earlier and earlier.since < one.since else one


def _known_longer(
    found: Sequence[Blocker], recorded: Iterable[ListedBlocker], told: "Texts"
) -> tuple[Blocker, ...]:
    known: dict[tuple[str, str], list[ListedBlocker]] = {}
    for each in recorded:
        known.setdefault((each.waiting, each.on), []).append(each)
    longer = []
    for one in found:
        for each in known.get((one.waiting, one.on), ()):
            if each.since < one.since and any(
                likeness(told[each.what.text], told[i.text]) >= ALIKE for i in one.said
            ):
                one = replace(one, since=each.since)
        longer.append(one)
    return tuple(longer)
