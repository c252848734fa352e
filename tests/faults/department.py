"""A department of three pages that a run changes, small enough to be looked at whole.

One person has a new title on the team page. Two pages name the old one, and the page with whom
to ask is not there yet: three edits, in the order of :data:`TITLES`.
"""

from wikibot.tasks import contacts_page
from wikibot.templates import packaged

BASE = "Orchard"
TEAM, ROLES = f"{BASE}/Team", f"{BASE}/Roles"
NORTH, SOUTH = f"{BASE}/North", f"{BASE}/South"
NEW = f"{BASE}/Whom to ask"
TITLES = (NORTH, SOUTH, NEW)
HEADING = "== People =="
OLD_LINE, NEW_LINE = "* Ada Applewood, Pruner", "* Ada Applewood, Head Pruner"
OTHERS = "* Bo Birch, Picker"

PAGES = {
    TEAM: f"{HEADING}\n{NEW_LINE}\n{OTHERS}\n",
    ROLES: """== Roles ==
{| class="wikitable"
! Role !! Holder !! Activities
|-
| Pruning || Head Pruner || Cutting branches
|}
""",
    NORTH: f"{HEADING}\n{OLD_LINE}\n{OTHERS}\n",
    # longer than 4 KiB, and the others are not
    SOUTH: f"The southern slope.\n\n{'It is steep, and dry in August. ' * 150}\n\n"
    f"{HEADING}\n{OLD_LINE}\n{OTHERS}\n\n== Paths ==\nThere are [https://paths.example/ two].\n",
}
# what the new page is made of
TEMPLATES = {f"Template:{name}": packaged()[name] for name in contacts_page.TEMPLATES}

CONFIG = f"""
[wiki]
api = "{{api}}"
user = "{{user}}"
write_under = ["{BASE}/"]

[[team]]
name = "Orchard"
page = "{TEAM}"
contact = "Talk:{TEAM}"

[[roles]]
page = "{ROLES}"

[[staff]]
page = "{NORTH}"

[[staff]]
page = "{SOUTH}"

[contacts]
page = "{NEW}"

[limits]
put_throttle = 0
"""


def planned(title: str, text: str) -> bool:
    """Whether a page says what the run wants of it, once."""
    if title == NEW:
        return text.count("Cutting branches") == 1
    return text.count(NEW_LINE) == 1 and OLD_LINE not in text.replace(NEW_LINE, "")
