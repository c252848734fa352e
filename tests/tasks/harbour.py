"""A made-up department whose pages are the input of tests of tasks."""

from collections.abc import Mapping

from wikibot.config import parse
from wikibot.directory import Directory, Facts, join
from wikibot.model import Page, Site
from wikibot.period import parse as parse_period
from wikibot.readings import read, watched

CONFIG = {
    "wiki": {"folder": "wiki", "write_under": ["Harbour/"]},
    "team": [
        {"name": "Cranes", "page": "Harbour/Cranes", "updates": ["Harbour/Cranes/Updates"]},
        {
            "name": "Tugs & Pilots",
            "page": "Harbour/Tugs",
            "updates": ["Harbour/Tugs/Updates", "Harbour/Shared updates"],
        },
        {"name": "Lights", "page": "Harbour/Lights", "updates": ["Harbour/Shared updates"]},
        {
            "name": "Kitchen",
            "page": "Harbour/Kitchen",
            "updates": ["Harbour/Kitchen/Updates"],
            "reports": False,
        },
        {"name": "Archive", "page": "Harbour/Archive"},
    ],
    "report": {"base": "Harbour/Status"},
}

CRANES = """
{{Status update
| team = Cranes
| date = 2026-11-18
| health = red
| headline = Too early, and replaced by the next one
}}
{{Status update
| team = cranes
| date = 2026-11-20
| health = Green
| headline = Crane ''two'' is back
| done =
* New rope for [[Harbour/Crane 2|crane two]]
* Papers at https://harbour.example/cranes?year=2026&nr=2.
| next =
* Paint
| risks = none
}}
{{Status update
| team = Cranes
| date = 2026-11-13
| headline = Of the week before
}}
"""

SHARED = """
{{Status update
| team = Tugs & Pilots
| date = 2026-11-19
| health = waiting for {{!}} parts
| headline = [[Category:Tugs]]{{Delete me}} <script>alert(1)</script> ~~~~
| blocked by =
* Cranes: * hook, {{{!}} table, [[File:Hook.png|thumb|the hook]] -- __NOTOC__ {{Wikibot region end}}
| blocking =
* -5 °C: == Ice ==
}}
{{Status update
| team = Ferries
| date = 2026-11-20
| done = All of it
}}
{{Status update
| date = 2026-11-20
| done = Who wrote this?
}}
{{Status update
| team = Lights
| date = 2026-11-31
| headline = On a day that there is not
}}
"""

UPDATES = {"Harbour/Cranes/Updates": CRANES, "Harbour/Shared updates": SHARED}


def directory(
    pages: Mapping[str, str] = UPDATES, *, week: str = "2026-W47", language: str = "en"
) -> Directory:
    """The department; pages that are not given do not exist."""
    config, period = parse(CONFIG), parse_period(week)
    site = Site(language=language)
    loaded = {
        title: Page(title, pages[title], number) if title in pages else Page(title)
        for number, title in enumerate(watched(config, period), start=1)
    }
    readings = read(config, site, loaded, period=period)
    return join(
        readings,
        config=config,
        site=site,
        facts=Facts(),
        period=period,
        today=period.last,
        until=period.last,
    )
