"""A department that is hard to show: long names, names from right to left, much and odd text.

``furnish`` puts it on a wiki: people write, the bot runs. :data:`READABLE` is what
tests look at: another page is another line.
"""

from pathlib import Path

from tests import orchard
from tests.hostile import HOSTILE
from tests.mediawiki import MediaWiki
from tests.orchard import BASE, OnMediaWiki, update
from tests.tasks import golden
from wikibot.templates import packaged

WEEK, MONTH, QUARTER = f"{BASE}/2026-W47", f"{BASE}/2026-11", f"{BASE}/2026-Q4"
LONG = "Beekeeping, Hives and Honey Extraction Coordination Office for the Northern Terraces"
UNBROKEN_NAME = "Obstbaumveredelungsstelle"
UNBROKEN = "Obstbaumveredelungsgenossenschaftsversammlungsvorbereitungsausschuss"
ARABIC, HEBREW = "صيانة الآبار والقنوات", "גן הירק הקהילתי"
ODD = "Odd 'words' & marks"
SILENT = "Wells"
PATH = "https://orchard.example/" + "/".join(f"part-{number}-of-a-long-path" for number in range(6))
TEAMS = {
    "Apples": "Orchard/Apples",
    LONG: "Orchard/Bees",
    UNBROKEN_NAME: "Orchard/Grafting",
    ARABIC: f"Orchard/{ARABIC}",
    HEBREW: f"Orchard/{HEBREW}",
    ODD: "Orchard/Odd",
    SILENT: "Orchard/Wells",
}
CONFIG = """
[wiki]
{wiki}
write_under = ["Orchard/"]

[report]
base = "{base}"

[limits]
put_throttle = 0
""" + "".join(
    f"""
[[team]]
name = "{name}"
page = "{page}"
updates = ["{page}/Updates"]
contact = "Talk:{page}"
goals = ["Orchard/Goals {{{{quarter}}}}"]
"""
    for name, page in TEAMS.items()
)
WEEKS = {
    # Friday of the week: how each team stands
    "2026-10-30": ("on track", "at risk", "green", "off track", "done", "nobody knows"),
    "2026-11-06": ("at risk", "at risk", "amber", "off track", "on track", "red"),
    "2026-11-13": ("on track", "off track", "green", "on track", "on track", "waiting for parts"),
    "2026-11-20": ("on track", "at risk", "off track", "done", "on track", "waiting for parts"),
}
GOALS = f"""
== Apples ==
{{| class="wikitable"
! Goal !! Owner !! Status !! Due
|-
| Graft [[Orchard/Old tree|the old tree]] || Ada Example || on track || 2026-12-15
|-
| {UNBROKEN} is told || Maximiliane Featherstonehaugh-Wolkenbruch || half done || in spring
|}}
"""
# What the tests visit: by the name of a picture the title
READABLE = {
    "week": WEEK,
    "month": MONTH,
    "index": BASE,
    "updates": "Orchard/Bees/Updates",
    "harbour-week": "Harbour/Status/2026-W47",
    "harbour-quarter": "Harbour/Status/FY2026-27 Q2",
}
DOCUMENTATION = {
    name.removesuffix("/doc"): f"Template:{name.removesuffix('/doc')}"
    for name in packaged()
    if name.endswith("/doc")
}


def furnish(wiki: MediaWiki, folder: Path) -> None:
    """The templates, the updates of four weeks, and the bot's pages about them."""
    department = OnMediaWiki(wiki, folder, config=CONFIG)
    orchard.day(department, "2026-11-20 12:00")
    pages = {f"{page}/Updates": updates(name, page) for name, page in TEAMS.items()}
    pages |= dict.fromkeys(TEAMS.values(), orchard.roster("Ada, Gardener"))
    wiki.import_pages(pages | {"Orchard/Goals 2026-Q4": GOALS})
    for words in (("templates", "install"), ("run",)):
        result = department.wikibot(*words)
        assert result.exit_code < 2, result.output
    for title, file in (("2026-W47", "week"), ("FY2026-27 Q2", "quarter")):
        wiki.edit(f"Harbour/Status/{title}", golden.golden(f"{file}.wiki"))
    wiki.run_jobs()  # pages that show others that were saved later


def updates(name: str, page: str) -> str:
    """A team's page: the button, and an update for each week unless the team is silent."""
    said = [f"{{{{Status update/form|team={name}}}}}"]
    for number, (friday, healths) in enumerate(WEEKS.items()):
        if name != SILENT:
            said.append(_update(name, friday, healths[list(TEAMS).index(name)], number))
    return "\n".join(said) + f"\n[[{page}|The team]]\n"


def _update(name: str, friday: str, health: str, week: int) -> str:
    """Some in a few words, some in many; in the writing of the team."""
    hostile = list(HOSTILE)
    sentence = {
        ARABIC: "تم تنظيف القناة الكبيرة (الشمالية) قبل 12 نوفمبر",
        HEBREW: "השקיה חדשה לחלקות 3–7, לפי התוכנית",
        LONG: "The extraction hall is ready, the centrifuge is not, and nobody knows who has "
        "the key to the cellar since the last harvest festival",
        UNBROKEN_NAME: f"{UNBROKEN}: siehe {PATH}",
        ODD: hostile[week],
    }.get(name, f"Pruned rows {week} to {week + 3}")
    others = [other for other in TEAMS if other != name]
    return update(
        name,
        friday,
        health,
        sentence,
        done=[f"{sentence} ({number})" for number in range(2)]
        + (hostile[week::4] if name == ODD else []),
        next=[sentence],
        blocked_by=[f"{others[week]}: {sentence}", f"{others[0]}: the long ladder"],
        blocking=[f"{others[-2]}: {sentence}"] if week % 2 else [],
        risks=[f"Frost, see [[{TEAMS[name]}|the page of {name}]]"],
    )
