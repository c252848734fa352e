"""What the templates that ask the directory cost: ``python -m benchmarks.directory``.

A real MediaWiki on 127.0.0.1 with a directory of 300 people in 10 teams, 150 roles and 1,500
activities. Measured are, by the wiki's own parser report, a page with the roster of everybody with
titles and roles, and a page with 100 ``{{Contact for}}``. The limits are 0.5 s of CPU and 20 % of
the include size for the roster, 2 s of Lua for the other.
"""

import re
import sys
from typing import Any

from tests.mediawiki import VERSIONS, MediaWiki, start
from tests.rendered import Rendered
from wikibot import templates
from wikibot.directory_page import MARK, MODEL, VERSION, as_text

TITLE = "Bench/directory.json"
WORDS = "plan prepare write check order mend count sort call print".split()
THINGS = "budgets maps tiles keys rooms trips talks games books lamps".split()
PAGES = {
    "Bench/Roster": "{{Roster|titles=yes|roles=yes}}",
    "Bench/Team": "{{Roster|Team 1|roles=yes}}",
    "Bench/One": "{{Contact for|mend lamps 7}}",
}


def activity(number: int) -> str:
    first, second = WORDS[number % 10], THINGS[number // 10 % 10]
    return f"{first} the {second} of district {number // 100} ({number})"


def directory(people: int = 300, roles: int = 150, activities: int = 10) -> dict[str, Any]:
    """People stand evenly in ten teams, roles are held by every other of them."""
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
        "fallback": "Talk:Bench",
        "teams": [
            {
                "name": f"Team {team}",
                "page": f"Bench/Team {team}",
                "contact": f"Talk:Bench/Team {team}",
                "people": [p["key"] for p in persons if p["team"] == f"Team {team}"],
            }
            for team in range(10)
        ],
        "people": persons,
        "roles": [
            {
                "name": f"Keeper of Things {number}",
                "page": f"Bench/Roles {number % 10}",
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


def install(wiki: MediaWiki, data: Any, *, scribunto: bool = True) -> None:
    """Save the package and the directory, as an administrator."""
    package = templates.pages(directory=TITLE, scribunto=scribunto)
    for title, text in package.items():
        if not title.startswith(("Template:Status", "Template:Wikibot")):
            wiki.edit(title, text)
    wiki.edit(TITLE, as_text(data), contentmodel=MODEL)


def seconds(page: Rendered, name: str) -> float:
    """A time of the parser's report; the last number of it is a limit, if there are two."""
    entry = next(e for e in page.data["limitreportdata"] if e["name"] == name)
    found = re.search(r"[\d.]+", str(entry["0"]))
    return float(found[0]) if found else 0.0


def measure(version: str) -> bool:
    """Print what each page costs; whether all is inside the limits."""
    fine = True
    with start(version) as wiki:
        install(wiki, directory())
        for title, text in {**PAGES, "Bench/Hundred": questions()}.items():
            wiki.edit(title, text)
            wiki.call(None, action="purge", titles=title)
            page = Rendered(wiki, title)
            used, allowed = page.limits()["limitreport-postexpandincludesize"]
            cpu = seconds(page, "limitreport-cputime")
            lua = seconds(page, "scribunto-limitreport-timeusage")
            share = used / allowed
            print(
                f"{version} {title:15} CPU {cpu:.3f} s, real "
                f"{seconds(page, 'limitreport-walltime'):.3f} s, Lua {lua:.3f} s, include size "
                f"{used} ({share:.1%})"
            )
            fine &= (cpu < 0.5 and share <= 0.2) if title == "Bench/Roster" else lua < 2
    return fine


if __name__ == "__main__":
    sys.exit(0 if all([measure(version) for version in VERSIONS]) else 1)
