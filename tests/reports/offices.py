"""A made-up department for tests of reports: teams that have much to do with each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wikibot.config import Config, parse
from wikibot.directory import Directory, Facts, World, join
from wikibot.model import Finding, Page, Site
from wikibot.period import parse as parse_period
from wikibot.readings import read, watched
from wikibot.reports.rollup import RollUp
from wikibot.reports.telling import tell
from wikibot.reports.weekly import Report

UPDATES = "Office/Updates"
STATUS = "Office/Status"
NAMES = ("Search", "Map Data", "Map Data & Delivery", "Tools (CI)", "Design – Research", "Print")
ALIASES = {"Search": ["CirrusSearch"], "Map Data": ["Maps", "Karten"]}


def team(name: str, **more: Any) -> dict[str, Any]:
    """A team of the configuration that reports on the shared page."""
    return {
        "name": name,
        "page": f"Office/{name.replace('&', 'and')}",
        "aliases": ALIASES.get(name, []),
        "updates": [UPDATES],
    } | more


def configured(teams: Iterable[dict[str, Any]] = (), **more: Any) -> Config:
    tables = {
        "wiki": {"folder": "wiki", "write_under": ["Office/", "Talk:", "User talk:"]},
        "team": list(teams) or [team(name) for name in NAMES],
        "report": {"base": STATUS},
    }
    return parse(tables | more)


def directory(
    pages: Mapping[str, str | Page],
    *,
    week: str = "2026-W47",
    today: date | None = None,
    config: Config | None = None,
    language: str = "en",
    world: World = World(),
    facts: Facts | None = None,
) -> Directory:
    """What the pages say; those that are not given do not exist."""
    config = config or configured()
    period = parse_period(week, fiscal_year_starts=7)
    site = Site(language=language)
    loaded = {}
    for number, title in enumerate(watched(config, period), start=1):
        page = pages.get(title, Page(title))
        loaded[title] = Page(title, page, number) if isinstance(page, str) else page
    return join(
        read(config, site, loaded, period=period),
        config=config,
        site=site,
        facts=facts or Facts(),
        period=period,
        today=today or period.last,
        until=today or period.last,
        world=world,
    )


def weekly_report(
    pages: Mapping[str, str | Page], *, findings: Sequence[Finding] = (), **more: Any
) -> Report:
    found = tell(directory(pages, **more), findings)
    assert isinstance(found, Report)
    return found


def rolled_up(pages: Mapping[str, str | Page], period: str, **more: Any) -> RollUp:
    found = tell(directory(pages, week=period, **more), [])
    assert isinstance(found, RollUp)
    return found


def update(team: str, day: str, **said: str) -> str:
    """A call of ``{{Status update}}``; ``blocked_by`` is the parameter ``blocked by``."""
    more = "".join(f"\n| {name.replace('_', ' ')} = {text}" for name, text in said.items())
    return f"{{{{Status update|team={team}|date={day}{more}\n}}}}\n"


def without_updates(found: Directory, *teams: str) -> Directory:
    """As if these teams had written nothing on their pages."""
    return replace(found, updates=tuple(u for u in found.updates if u.team not in teams))
