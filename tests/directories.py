"""A made-up department whose directory is published: its pages, and what is read from them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wikibot.config import Config, parse
from wikibot.directory import Directory, Facts, join
from wikibot.model import Page, Site
from wikibot.period import parse as parse_period
from wikibot.readings import read, watched

TITLE = "Quarry/directory.json"
CONFIG: dict[str, Any] = {
    "wiki": {"folder": "x", "write_under": ["Quarry/"]},
    "team": [
        {
            "name": "Slate",
            "aliases": ["Slate team"],
            "page": "Quarry/Slate",
            "contact": "Talk:Quarry/Slate",
        },
        {"name": "Chalk & Flint", "page": "Quarry/Chalk", "contact": "Talk:Quarry/Chalk"},
        {"name": "Gravel", "page": "Quarry/Gravel"},
    ],
    "roles": [
        {"page": "Quarry/Roles", "teams": ["Slate", "Chalk & Flint"]},
        {"page": "Quarry/Gravel/Roles", "contact": "Talk:Quarry/Gravel"},
    ],
    "people": {"Ada Moss": {"aliases": ["Addie Moss"]}},
    "contacts": {
        "page": "Quarry/Whom to ask",
        "directory": TITLE,
        "fallback": "Talk:Quarry",
    },
}
PAGES = {
    "Quarry/Slate": (
        "== Team ==\n* [[User:Ada (Example)|Ada Moss]], Team Lead\n* Bo Fern, Splitter\n"
        "* [[User:Kim1 (Example)|Kim Reed]], Splitter\n"
    ),
    "Quarry/Chalk": (
        "== Team ==\n* [[User:Kim2 (Example)|Kim Reed]], Driller\n* שרה ברק, Drill Manager\n"
        "* [[User:Ada (Example)|Ada Moss]], Adviser\n"
    ),
    "Quarry/Gravel": "== Team ==\n''There is nobody here yet.''\n",
    "Quarry/Roles": """== Planning ==
=== Programme lead ===
{| class="wikitable"
! Activity !! [[User:Ada (Example)|Ada Moss]]
|-
| colspan="2" | '''Plans'''
* Annual planning, yearly
* Prepare the budgets
* Talk with R&D: stone = slate
|-
| colspan="2" | '''Other'''
* Other duties as assigned
|}
=== Tool keeper ===
{| class="wikitable"
! Activity !! TBD
|-
| colspan="2" | '''Tools'''
* Sharpen chisels
* Prepare the budgets
|}
""",
    "Quarry/Gravel/Roles": (
        '{| class="wikitable"\n! Role !! Holder\n|-\n| Weighbridge || Bo Fern\n|-\n'
        "| Lorries || Drill Manager\n|}\n"
    ),
}
# With somebody in each team: nothing is held back because a page says nothing.
FULL = {**PAGES, "Quarry/Gravel": "== Team ==\n* Gus Pebble, Sorter\n"}


def directory_of(
    config: Mapping[str, Any] = CONFIG,
    texts: Mapping[str, str] = PAGES,
    *,
    site: Site = Site(),
    pages: Mapping[str, Page] | None = None,
) -> Directory:
    """What is read from ``texts``; ``pages`` are those that more is known of."""
    asked: Config = parse(dict(config))
    period = parse_period("2026-W47")
    loaded = {
        title: Page(title, texts[title], number) if title in texts else Page(title)
        for number, title in enumerate(watched(asked, period), start=1)
    }
    return join(
        read(asked, site, loaded | dict(pages or {}), period=period),
        config=asked,
        site=site,
        facts=Facts(),
        period=period,
        today=date(2026, 11, 20),
        until=date(2026, 11, 20),
    )
