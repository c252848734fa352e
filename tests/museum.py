"""A made-up museum: who is in its teams, who answers for what; for tests about whom to ask."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wikibot.config import parse
from wikibot.directory import Directory, Facts, join
from wikibot.model import Page, Site
from wikibot.period import parse as parse_period
from wikibot.readings import read, watched

PAGE = "Museum/Whom to ask"
DATA = "Museum/Directory.json"
HELP = "Museum/Help desk"
ROLES = "Museum/Roles"
CONFIG: dict[str, Any] = {
    "wiki": {"folder": "wiki", "write_under": ["Museum/"]},
    "team": [
        {
            "name": "Exhibitions",
            "aliases": ["Shows"],
            "page": "Museum/Exhibitions",
            "contact": "Talk:Museum/Exhibitions",
        },
        {"name": "Conservation", "page": "Museum/Conservation"},
        {
            "name": "IT Services",
            "aliases": ["Computer room"],
            "page": "Museum/IT",
            "contact": "Talk:Museum/IT",
        },
        {"name": "Night Watch", "page": "Museum/Night"},
    ],
    "roles": [{"page": ROLES}, {"page": "Museum/Garden", "contact": "Talk:Museum/Garden"}],
    "people": {"Wilhelmina Oakes": {"aliases": ["Billie Oakes"]}},
    "contacts": {"page": PAGE, "directory": DATA, "fallback": HELP},
}
NOTHING_ASKED = Facts()
PAGES = {
    "Museum/Exhibitions": """== People ==
* [[User:Curia (Example)|Wilhelmina Oakes]], Head Curator
* [[User:Tomfox (Example)|Tomás Zorro]], Exhibition Designer
* [[User:Rivka (Example)|רבקה לוי]], Guide
""",
    "Museum/Conservation": """== People ==
* [[User:Jml (Example)|Jörg Müller]], Restaurator
* Ines Paint, Conservator
""",
    "Museum/IT": """== People ==
* [[User:Bytes (Example)|Ada Bytes]], System Administrator
* [[User:Jml (Example)|Jörg Müller]], Restaurator
""",
    "Museum/Night": "== People ==\nNobody yet.\n",
    ROLES: """== Head of shows ==
{| class="wikitable"
! Activity !! Head Curator
|-
| colspan="2" | '''Plan exhibitions'''
* Choose themes for the yearly programme
* Run retrospectives of living artists
|-
| colspan="2" | '''Money'''
* Approve budgets
* Sign loan agreements, as needed
|}

== Picture doctor ==
{| class="wikitable"
! Activity !! Jörg Müller
|-
|
* Gemälde restaurieren
* Überprüfung der Rahmen
* 3D scans of sculptures
|}

== Network keeper ==
{| class="wikitable"
! Activity !! IT Services
|-
| colspan="2" | '''Plan exhibitions'''
* Set up screens and audio guides
|-
| colspan="2" | '''Accounts'''
* Reset passwords
* Onboarding of new colleagues
* Support for the VPN and for SSO
|}

== Guide in chief ==
{| class="wikitable"
! Activity !! רבקה לוי
|-
|
* Школьные экскурсии
* “Open doors” day
* Visitor surveys, monthly
|}

== Shopkeeper ==
{| class="wikitable"
! Activity !! vacant
|-
|
* Order postcards
* Visitor surveys of the shop
|}

== Archivist ==
{| class="wikitable"
! Activity !! Somebody Else
|-
|
* Letters of the founder
* Data retention
|}
""",
    "Museum/Garden": """{| class="wikitable"
! Role !! Holder
|-
| Gardener || vacant
|-
| Beekeeper || Tomás Zorro
|}
""",
}


def directory(
    pages: Mapping[str, str] = {},
    *,
    config: Mapping[str, Any] = CONFIG,
    language: str = "en",
    facts: Facts = NOTHING_ASKED,
) -> Directory:
    """What is read from the museum's pages, and from further ones."""
    asked = parse(dict(config))
    period = parse_period("2026-W47")
    texts = {**PAGES, **pages}
    loaded = {
        title: Page(title, texts[title], number) if title in texts else Page(title)
        for number, title in enumerate(watched(asked, period), start=1)
    }
    site = Site(language=language)
    today = date(2026, 11, 20)
    readings = read(asked, site, loaded, period=period)
    return join(
        readings, config=asked, site=site, facts=facts, period=period, today=today, until=today
    )


def large(people: int, activities: int, *, teams: int = 25) -> Directory:
    """A museum of many people, with ten activities a role."""
    rosters = {
        f"Museum/Team {team}": "== People ==\n"
        + "".join(
            f"* [[User:Person{n} (Example)|First{n} Last{n}]], Keeper of room {n % 7}\n"
            for n in range(team, people, teams)
        )
        for team in range(teams)
    }
    words = "Plan Review Book Write Öffnen Approve Teach Ask 3D Клей Ägypten".split()
    sections = (
        f"== Warden of hall {role} ==\n"
        f'{{| class="wikitable"\n! Activity !! First{role % people} Last{role % people}\n|-\n'
        f"| colspan=\"2\" | '''Group {role % 40} of halls'''\n"
        + "".join(
            f"* {words[(role + n) % len(words)]} the work of hall {role}, part {n}, weekly\n"
            for n in range(10)
        )
        + "|}\n"
        for role in range(activities // 10)
    )
    named = [{"name": title[7:], "page": title, "contact": f"Talk:{title}"} for title in rosters]
    config = {**CONFIG, "team": named, "roles": [{"page": ROLES}], "people": {}}
    return directory({**rosters, ROLES: "\n".join(sections)}, config=config)
