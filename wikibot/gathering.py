"""What only reports ask of the world: how rosters stood before, and what Phabricator knows."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from wikibot.config import Config
from wikibot.directory import World
from wikibot.errors import WikiError
from wikibot.model import Page, Tickets
from wikibot.period import Period
from wikibot.readings import Readings
from wikibot.wiki.protocol import Wiki

Fetch = Callable[..., Tickets]


def gather(
    wiki: Wiki,
    config: Config,
    readings: Readings,
    *,
    period: Period,
    today: date,
    token: str,
    fetch: Fetch,
    say: Callable[[str], None] = lambda _: None,
) -> World:
    """Ask the wiki for the team pages at both ends of the period, and Phabricator for tasks.

    What cannot be had is told in the result, and the rest is there: a report without the tasks
    of a week is better than none. ``token`` is Phabricator's, ``fetch`` as
    :func:`wikibot.sources.phabricator.fetch`.
    """
    say("asking how team pages stood before")
    problems: tuple[str, ...] = ()
    history: dict[str, tuple[Page, Page]] = {}
    try:
        history = _history(wiki, config, readings, period=period, today=today)
    except WikiError as error:
        problems = (str(error),)
    slugs = dict.fromkeys(slug for team in config.team for slug in team.phabricator)
    tickets = Tickets()
    if config.phabricator and slugs:
        say(f"asking {config.phabricator.url} about {len(slugs)} projects")
        tickets = fetch(slugs, period=period, url=config.phabricator.url, token=token)
    return World(history, tickets, problems)


def _history(
    wiki: Wiki, config: Config, readings: Readings, *, period: Period, today: date
) -> dict[str, tuple[Page, Page]]:
    """Each team page at the beginning of the period and at its end, or now while it goes on."""
    pages = [readings.pages[team.page] for team in config.team]
    pages = [page for page in dict.fromkeys(pages) if page.exists and not page.problem]
    before = wiki.as_of(pages, _midnight(period.first))
    if before is None:
        return {}
    after = {page.title: page for page in pages}
    if period.last < today:
        after = wiki.as_of(pages, _midnight(period.last + timedelta(days=1))) or after
    return {page.title: (before[page.title], after[page.title]) for page in pages}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
