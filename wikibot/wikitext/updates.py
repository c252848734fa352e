"""The status updates of a page: calls of ``{{Status update}}``, and what people write freely."""

from collections.abc import Collection
from datetime import date

from wikibot.model import Site, Update
from wikibot.wikitext import blocks
from wikibot.wikitext.calls import read_calls
from wikibot.wikitext.free_updates import read_free
from wikibot.wikitext.update_calls import RECORDED, TEMPLATE, team_of, updates_of
from wikibot.words import fold

__all__ = ["TEMPLATE", "read_recorded", "read_updates"]


def read_updates(
    text: str,
    *,
    site: Site = Site(),
    teams: Collection[str] = (),
    day: date | None = None,
    near: date | None = None,
) -> tuple[Update, ...]:
    """The updates of a page, in its order; never fails, linear in the length of ``text``.

    ``teams`` are names and aliases of the teams that headings may name. ``day`` is the day, or the
    first day of the week, that the title of the page stands for: the date of updates that give
    none themselves. ``near`` is the day that is reported on: it decides about the year of headings
    such as *Week 48* where the page says none, up to half a year before it and four weeks after.
    Where a section calls the template, nothing else in it is an update.
    """
    page = blocks.scan(text, site=site)
    calls = read_calls(text, name=TEMPLATE)
    known = {fold(team) for team in teams if team.strip()}
    found = [
        (call.span.start, update)
        for call in calls
        for update in updates_of([call], page, site, teams=known)
    ]
    recorded = read_calls(text, name=RECORDED)
    taken = {page.section_at(call.span.start).span.start for call in (*calls, *recorded)}
    found += read_free(page, site=site, teams=teams, day=day, near=near, taken=taken)
    return tuple(update for _, update in sorted(found, key=lambda one: one[0]))


def read_recorded(
    text: str, *, site: Site = Site(), teams: Collection[str] | None = None
) -> tuple[Update, ...]:
    """The updates that a report of the bot has recorded, in its order; as :func:`read_updates`.

    ``teams`` are the names, folded, of those whose updates are wanted; all when left out.
    """
    calls = read_calls(text, name=RECORDED)
    if teams is not None:
        calls = tuple(call for call in calls if fold(team_of(call, text, site)) in teams)
    if not calls:
        return ()
    return tuple(updates_of(calls, blocks.scan(text, site=site), site, strict=False))
