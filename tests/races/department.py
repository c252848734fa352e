"""The small department that is raced about: its pages, its configuration, one title above all."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from wikibot.config import Config, parse
from wikibot.period import parse as period
from wikibot.reports import markup
from wikibot.tasks import contacts_page
from wikibot.templates import packaged
from wikibot.wikitext import updates

WEEK = period("2026-W47")
TASKS = ("roster", "roles", "contacts", "status-report")  # one without its table does nothing
TEMPLATES = {
    f"Template:{name}": packaged()[name]
    for name in (*markup.TEMPLATES, *contacts_page.TEMPLATES, updates.TEMPLATE)
}
TEAM, STAFF, ROLES, UPDATES = "Team", "Staff", "Roles", "Updates"
CONTACTS, REPORT, INDEX = "Contacts", "Status/2026-W47", "Status"
PARTS = (STAFF, ROLES, CONTACTS, REPORT)  # what a department may have beside its team

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


def pages(base: str, parts: Iterable[str]) -> dict[str, str]:
    """The pages that people have written before the bot comes, by their whole titles."""
    names = {TEAM, *parts, *([UPDATES] if REPORT in parts else [])}
    return {f"{base}/{name}": text for name, text in _PAGES.items() if name in names}


@cache
def configuration(base: str, parts: tuple[str, ...], **wiki: str) -> Config:
    """What the bot is told of the department; ``wiki`` says where it is."""
    updates = [f"{base}/{UPDATES}"] if REPORT in parts else []
    tables: dict[str, Any] = {
        STAFF: {"staff": [{"page": f"{base}/{STAFF}"}]},
        ROLES: {"roles": [{"page": f"{base}/{ROLES}"}]},
        CONTACTS: {"contacts": {"page": f"{base}/{CONTACTS}"}},
        REPORT: {"report": {"base": f"{base}/{INDEX}", "monthly": False, "quarterly": False}},
    }
    whole: dict[str, Any] = {
        "wiki": {**wiki, "write_under": [f"{base}/"]},
        "team": [{"name": "Trees", "page": f"{base}/{TEAM}", "updates": updates}],
        "limits": {"put_throttle": 0},
    }
    for part in parts:
        whole |= tables[part]
    return parse(whole)
