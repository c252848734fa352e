"""What only reports ask of the world: how rosters stood before, and what Phabricator knows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from wikibot.config import Config
from wikibot.directory import Directory, World
from wikibot.errors import WikiError
from wikibot.model import Page, Tickets
from wikibot.tasks.reminder import accounts_to_notify, is_time, silent_pages
from wikibot.wiki.protocol import Wiki

Fetch = Callable[..., Tickets]


def gather(
    wiki: Wiki,
    directory: Directory,
    *,
    token: str,
    fetch: Fetch,
    say: Callable[[str], None] = lambda _: None,
) -> World:
    """Ask the wiki for the team pages at both ends of the period, and Phabricator for tasks.

    What cannot be had is told in the result, and the rest is there: a report without the tasks
    of a week is better than none. ``token`` is Phabricator's, ``fetch`` as
    :func:`wikibot.sources.phabricator.fetch`.
    """
    config = directory.config
    say("asking how team pages stood before")
    problems: tuple[str, ...] = ()
    history: dict[str, tuple[Page, Page]] = {}
    try:
        history = _history(wiki, directory)
    except WikiError as error:
        problems = (str(error),)
    slugs = projects(config)
    tickets = Tickets()
    if config.phabricator and slugs and directory.period.kind == "week":  # others name no tasks
        say(f"asking {config.phabricator.url} about {len(slugs)} projects")
        period, url = directory.period, config.phabricator.url
        tickets = fetch(slugs, period=period, url=url, token=token, contact=contact(config))
    return World(history, tickets, problems)


def reminding(wiki: Wiki, directory: Directory, world: World) -> World:
    """``world`` with what the bot has written on the talk pages of silent teams since the period
    began, and with the accounts that may be reminded, asked now: nobody who was blocked this
    morning is to be named.
    """
    if not is_time(directory):
        return world
    since = _midnight(directory.period.first)
    names = sorted(accounts_to_notify(directory.config, directory.site))
    try:
        accounts = wiki.accounts(names, since=directory.period.first, afresh=True) or {}
        said = {title: wiki.own_summaries(title, since) for title in silent_pages(directory)}
    except WikiError as error:
        return replace(world, unreminded=str(error))
    return replace(world, reminded=said, accounts=accounts)


def projects(config: Config) -> tuple[str, ...]:
    """The Phabricator projects of all teams, each once."""
    return tuple(dict.fromkeys(slug for team in config.team for slug in team.phabricator))


def contact(config: Config) -> str:
    """The page where people reach whoever runs the bot, ``""`` when the configuration has none."""
    return config.wiki.docs_page or (f"User:{config.wiki.user}" if config.wiki.user else "")


def _history(wiki: Wiki, directory: Directory) -> dict[str, tuple[Page, Page]]:
    """Each team page at the beginning of the period and at its end, or now while it goes on."""
    period = directory.period
    pages = [directory.pages[team.page] for team in directory.config.team]
    pages = [page for page in dict.fromkeys(pages) if page.exists and not page.problem]
    before = wiki.as_of(pages, _midnight(period.first))
    if before is None:
        return {}
    after = {page.title: page for page in pages}
    if period.last < directory.today:
        after = wiki.as_of(pages, _midnight(period.last + timedelta(days=1))) or after
    return {page.title: (before[page.title], after[page.title]) for page in pages}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
