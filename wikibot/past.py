"""What earlier runs have seen, as far as this one is careful because of it. Pure.

A page from which others are written may come back cut to a few lines, by accident or by somebody
who means harm. So it is remembered how many people or roles it named; when there are suddenly fewer
than half, what follows it is left alone until that has stood for :data:`SETTLES`. Whoever knows
that it is right need not wait: ``wikibot run --confirm-shrunk PAGE``.

And it is remembered since when somebody stands on a staff list who is on no team page, because
nobody is taken off a list on the day that this is noticed (:mod:`wikibot.removals`).

All of it may be lost: then sizes are taken for what they are now, and waiting begins anew.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from wikibot.config import TeamTable
from wikibot.readings import Readings

SETTLES = timedelta(days=2)  # by dates, so that it is more than one whole day
FEW = 4  # of fewer, the half goes easily

SourceKind = Literal["team", "staff", "roles"]


@dataclass(frozen=True, slots=True)
class Source:
    """A roster, or the roles, of a page; ``name`` tells several on one page apart."""

    page: str
    kind: SourceKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """How many a source names. With ``since``, it is just ``fewer`` since that day."""

    known: int
    fewer: int = 0
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """``unknown``: since when a person of a staff list is on no roster, by page and person."""

    sizes: Mapping[Source, Size] = field(default_factory=dict)
    unknown: Mapping[tuple[str, str], date] = field(default_factory=dict)

    def looking_at(self, readings: Readings, *, today: date) -> "Past":
        """The same, with the sizes as they are judged today."""
        judged = {s: _judged(self.sizes.get(s), n, today) for s, n in sizes(readings).items()}
        return replace(self, sizes={source: size for source, size in judged.items() if size})

    def confirming(self, pages: Collection[str]) -> "Past":
        """The same, where somebody has said of the pages that they are right as they are now."""
        return replace(self, sizes={s: n for s, n in self.sizes.items() if s.page not in pages})

    def shrunk(self) -> dict[str, str]:
        """The pages that name fewer than half of before, each with a clause that says so."""
        return {
            source.page: (
                f"names just {size.fewer} of what were {size.known} "
                f"{'roles' if source.kind == 'roles' else 'people'} when it was read before; what "
                f"follows it is left alone until {size.since + SETTLES}, in case they come back"
            )
            for source, size in self.sizes.items()
            if size.since
        }


def sizes(readings: Readings) -> dict[Source, int]:
    """How many people or roles were read from each source."""
    found: dict[Source, int] = {}
    for page in readings.rosters:
        table = page.table
        name = table.name if isinstance(table, TeamTable) else table.roster.section or ""
        found[Source(page.title, page.kind, name)] = len(page.roster.people)
    for roles in readings.roles:
        section = roles.table.roles.section or ""
        found[Source(roles.title, "roles", section)] = len(roles.roles.roles)
    return found


def _judged(size: Size | None, now: int, today: date) -> Size | None:
    """What to believe of a source that names ``now``; of an empty one, nothing new."""
    if not now:
        return size
    if size is None or size.known < FEW or 2 * now >= size.known:
        return Size(now)
    still = size.since is not None and 2 * now >= size.fewer
    since = size.since if still and size.since else today
    return Size(now) if today >= since + SETTLES else Size(size.known, now, since)
