"""A made-up department whose pages are the input of tests of tasks."""

from collections.abc import Mapping

from wikibot.config import parse
from wikibot.directory import Directory, Facts, World, join
from wikibot.model import Lack, Page, Site, Ticket, Tickets
from wikibot.period import parse as parse_period
from wikibot.readings import read, watched

CONFIG = {
    "wiki": {"folder": "wiki", "write_under": ["Harbour/"]},
    "team": [
        {
            "name": "Cranes",
            "page": "Harbour/Cranes",
            "updates": ["Harbour/Cranes/Updates"],
            "goals": ["Harbour/Goals {quarter}"],
            "phabricator": ["cranes"],
        },
        {
            "name": "Tugs & Pilots",
            "aliases": ["Tugs"],
            "page": "Harbour/Tugs",
            "goals": ["Harbour/Goals {quarter}"],
            "updates": ["Harbour/Tugs/Updates", "Harbour/Shared updates"],
            "phabricator": ["tugs", "pilots"],
        },
        {
            "name": "Lights",
            "page": "Harbour/Lights",
            "updates": ["Harbour/Shared updates"],
            "phabricator": ["lights"],
        },
        {
            "name": "Kitchen",
            "page": "Harbour/Kitchen",
            "updates": ["Harbour/Kitchen/Updates"],
            "reports": False,
        },
        {"name": "Archive", "page": "Harbour/Archive"},
    ],
    "report": {"base": "Harbour/Status"},
    "phabricator": {"url": "https://phabricator.example"},
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
| health = at risk
| headline = Of the week before
| done =
* Old rope taken off
* Crane one greased
| next =
* New rope
| blocking =
* Tugs: the second hook
}}
{{Status update
| team = Cranes
| date = 2026-11-06
| health = red
| done =
* Crane one greased
}}
"""

SHARED = """
{{Status update
| team = Tugs & Pilots
| date = 2026-11-19
| health = waiting for {{!}} parts
| headline = [[Category:Tugs]]{{Delete me}} <script>alert(1)</script> ~~~~
| blocked by =
* Cranes: second hook for tug two
* Cranes: * hook, {{{!}} table, [[File:Hook.png|thumb|the hook]] -- __NOTOC__ {{Wikibot region end}}
| blocking =
* -5 °C: == Ice ==
}}
{{Status update
| team = Tugs
| date = 2026-11-12
| blocked by =
* Cranes: a hook for tug two
* Lights: lamp at the mole
* New papers from the town
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

GOALS = """
== Cranes ==
{| class="wikitable"
! Goal !! Owner !! Status !! Due
|-
| Lift [[Harbour/Stone|the stone]] || Ana || on track || 2026-12-15
|-
| Paint all of it || Bo, Cy || blocked || spring
|}
== Tugs ==
{| class="wikitable"
! Goal !! Owner !! Status
|-
| Two tugs more || || {{Done}}
|}
"""

UPDATES = {
    "Harbour/Cranes/Updates": CRANES,
    "Harbour/Shared updates": SHARED,
    "Harbour/Goals FY2026-27 Q2": GOALS,
}

BEFORE = """== Team ==
* [[User:Ana (Example)|Ana Ruiz]], Engineer
* [[User:Bo (Example)|Bo Lind]], Painter
* Cy Dahl, Rigger
"""
NOW = """== Team ==
* [[User:Ana (Example)|Ana Ruiz]], Chief Engineer
* Cy Dahl, Rigger
* [[User:Dee (Example)|Dee Holm]], Painter
"""
WORLD = World(
    history={
        "Harbour/Cranes": (Page("Harbour/Cranes", BEFORE, 1), Page("Harbour/Cranes", NOW, 2)),
    },
    tickets=Tickets(
        found={
            "cranes": (
                Ticket(12, "Rope [[frays]] {{at}} the end", "ana-example", "closed"),
                Ticket(15, "Crane three?", "", "opened"),
                Ticket(9, "Paint comes too late", "bo-example", "stalled"),
            )
        },
        problems={
            "tugs": Lack("silent", "It was asked too often."),
            "pilots": Lack("silent", "It broke off."),
            "lights": Lack("project", "It has no such project."),
        },
    ),
)


def directory(
    pages: Mapping[str, str] = UPDATES,
    *,
    week: str = "2026-W47",
    language: str = "en",
    world: World = WORLD,
) -> Directory:
    """The department; pages that are not given do not exist."""
    config, period = parse(CONFIG), parse_period(week, fiscal_year_starts=7)
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
        world=world,
    )
