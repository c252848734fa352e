"""What the templates that ask the directory cost: ``python -m benchmarks.directory``.

A real MediaWiki on 127.0.0.1 with a directory of 300 people in 10 teams, 150 roles and 1,500
activities. Measured are, by the wiki's own parser report, a page with the roster of everybody with
titles and roles, and a page with 100 ``{{Contact for}}``. The limits are 0.5 s of CPU and 20 % of
the include size for the roster, 2 s of Lua for the other.
"""

import re
import sys
from typing import Any

from tests.directories import large, questions
from tests.mediawiki import VERSIONS, MediaWiki, start
from tests.rendered import Rendered
from wikibot import templates
from wikibot.directory_page import MODEL, as_text

TITLE = "Large/directory.json"
PAGES = {
    "Large/Roster": "{{Roster|titles=yes|roles=yes}}",
    "Large/Team": "{{Roster|Team 1|roles=yes}}",
    "Large/One": "{{Contact for|mend lamps 7}}",
}


def install(wiki: MediaWiki, data: Any) -> None:
    """Save the package and the directory, as an administrator."""
    package = templates.pages(directory=TITLE)
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
        install(wiki, large())
        for title, text in {**PAGES, "Large/Hundred": questions()}.items():
            wiki.edit(title, text)
            wiki.call(None, action="purge", titles=title)
            page = Rendered(wiki, title)
            used, allowed = page.limits()["limitreport-postexpandincludesize"]
            cpu = seconds(page, "limitreport-cputime")
            lua = seconds(page, "scribunto-limitreport-timeusage")
            share = used / allowed
            sys.stdout.write(
                f"{version} {title:15} CPU {cpu:.3f} s, real "
                f"{seconds(page, 'limitreport-walltime'):.3f} s, Lua {lua:.3f} s, include size "
                f"{used} ({share:.1%})\n"
            )
            fine &= (cpu < 0.5 and share <= 0.2) if title == "Large/Roster" else lua < 2
    return fine


if __name__ == "__main__":
    sys.exit(0 if sum(map(measure, VERSIONS)) == len(VERSIONS) else 1)
