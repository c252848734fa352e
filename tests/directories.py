"""A made-up department whose directory is published: its pages, and what is read from them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wikibot.config import Config, parse
from wikibot.directory import Directory, Facts, join
from wikibot.directory_page import MARK, VERSION
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


# --- a large one ---------------------------------------------------------------------------------

WORDS = "plan prepare write check order mend count sort call print".split()
THINGS = "budgets maps tiles keys rooms trips talks games books lamps".split()


def activity(number: int) -> str:
    first, second = WORDS[number % 10], THINGS[number // 10 % 10]
    return f"{first} the {second} of district {number // 100} ({number})"


def large(people: int = 300, roles: int = 150, activities: int = 10) -> dict[str, Any]:
    """A directory as data. Ten teams have the people evenly; every other holds a role."""
    persons = [
        {
            "key": f"Person {number} Example",
            "name": f"Person {number} Example",
            "username": f"Person {number} (Example)",
            "title": f"Senior Engineer of Kind {number % 7}",
            "team": f"Team {number % 10}",
        }
        for number in range(people)
    ]
    return {
        MARK: VERSION,
        "fallback": "Talk:Large",
        "teams": [
            {
                "name": f"Team {team}",
                "page": f"Large/Team {team}",
                "contact": f"Talk:Large/Team {team}",
                "people": [p["key"] for p in persons if p["team"] == f"Team {team}"],
            }
            for team in range(10)
        ],
        "people": persons,
        "roles": [
            {
                "name": f"Keeper of Things {number}",
                "page": f"Large/Roles {number % 10}",
                "section": f"Keeper of Things {number}",
                "teams": [f"Team {number % 10}"],
                "holders": [f"Person {number * 2 % people} Example"],
                "groups": [
                    {
                        "activities": [
                            {"text": activity(number * activities + n)} for n in range(activities)
                        ]
                    }
                ],
            }
            for number in range(roles)
        ],
    }


def questions() -> str:
    """Half in the words of the directory, half in fewer of them and another order."""
    found = []
    for number in range(100):
        text = activity(number * 15)
        words = text.replace("(", "").replace(")", "").split()
        found.append(text if number % 2 else f"{words[-1]} {words[2]} {words[0]}")
    return "\n".join(f"* {{{{Contact for|{question}}}}}" for question in found)
