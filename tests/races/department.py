"""The small department that is raced about: its pages, its configuration, one title above all."""

from functools import cache
from typing import Any

from wikibot.config import Config, parse
from wikibot.period import parse as period

WEEK = period("2026-W47")
TASKS = ("roster", "roles", "contacts", "status-report")  # without [report], the last does nothing
TEMPLATES = tuple(
    f"Template:{name}"
    for name in (
        "Status report row",
        "Status report team",
        "Status blocker",
        "Status report goal",
        "Status health",
        "Status update",
    )
)
TEAM, SUB, STAFF, ROLES, UPDATES, CONTACTS, REPORT, INDEX = (
    "Team",
    "Sub",
    "Staff",
    "Roles",
    "Updates",
    "Contacts",
    "Status/2026-W47",
    "Status",
)
PEOPLE = (TEAM, STAFF, ROLES, UPDATES)  # what people have written before the bot comes
ALL = (*PEOPLE, CONTACTS, REPORT, INDEX)

_PAGES = {
    TEAM: """Who we are.

== People ==
* [[User:Ada (Example)|Ada Ash]], Manager
* [[User:Bo (Example)|Bo Birch]], Engineer
* [[User:Cy (Example)|Cy Cedar]], Engineer

== Notes ==
We meet on Mondays.
""",
    STAFF: """Everybody.
{| class="wikitable"
! Name !! Title
|-
| [[User:Ada (Example)|Ada Ash]] || Boss
|-
| [[User:Bo (Example)|Bo Birch]] || Engineer
|}
Printed every year.
""",
    ROLES: """== Manager ==
<!-- Wikibot region: task=roles -->
<!-- Wikibot region end -->
{| class="wikitable"
! Activity !! Manager
|-
|
* Plan the year
* Sign orders
|}

== Bench ==
{| class="wikitable"
! Activity !! [[User:Bo (Example)|Bo Birch]]
|-
|
* Mend tools
|}
""",
    UPDATES: """What we did.
{{Status update
| team = Trees
| date = 2026-11-18
| health = green
| done =
* Planted an oak
| blocked by =
* Wells: water
}}
""",
}


def pages(base: str) -> dict[str, str]:
    """The pages that people have written, by their whole titles."""
    return {f"{base}/{name}": text for name, text in _PAGES.items()}


@cache
def configuration(base: str, *, reports: bool, **wiki: str) -> Config:
    """What the bot is told of the department; ``wiki`` says where it is."""
    table: dict[str, Any] = {
        "wiki": {**wiki, "write_under": [f"{base}/"]},
        "team": [
            {"name": "Trees", "page": f"{base}/{TEAM}", "updates": [f"{base}/{UPDATES}"]},
        ],
        "staff": [{"page": f"{base}/{STAFF}"}],
        "roles": [{"page": f"{base}/{ROLES}"}],
        "contacts": {"page": f"{base}/{CONTACTS}"},
        "limits": {"put_throttle": 0},
    }
    if reports:
        table["report"] = {"base": f"{base}/{INDEX}", "monthly": False, "quarterly": False}
    return parse(table)
