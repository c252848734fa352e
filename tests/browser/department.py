"""A department that is hard to show: long names, names from right to left, much and odd text.

``furnish`` puts it on a wiki: people write, the bot runs. :data:`READABLE` is what
tests look at: another page is another line.
"""

from collections.abc import Collection
from pathlib import Path

from tests import directories, orchard
from tests.hostile import HOSTILE
from tests.mediawiki import MediaWiki
from tests.orchard import BASE, OnMediaWiki, update
from tests.tasks import golden
from wikibot import templates
from wikibot.directory_page import as_text

WEEK = f"{BASE}/2026-W47"
LONG = "Beekeeping, Hives and Honey Extraction Coordination Office for the Northern Terraces"
UNBROKEN_NAME = "Obstbaumveredelungsstelle"
UNBROKEN = "Obstbaumveredelungsgenossenschaftsversammlungsvorbereitungsausschuss"
ARABIC, HEBREW = "صيانة الآبار والقنوات", "גן הירק הקהילתי"
ODD = "Odd 'words' & marks"
SILENT = "Wells"
EMPTY = "Compost"  # nobody is there yet
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
LONG_NAME = "Maximiliane Adelheid Featherstonehaugh-Wolkenbruch"
LONG_TITLE = "Acting Deputy Head of the Office for Ladders, Baskets and Trees beyond the River"
PEOPLE = {
    # By team: name and title
    "Apples": ("Ada Example, Gardener", f"{LONG_NAME}, {LONG_TITLE}"),
    LONG: ("Bo Example, Beekeeper", f"Ada Example, {LONG_TITLE}"),
    UNBROKEN_NAME: (f"Cy Example, {UNBROKEN}", f"Grete {UNBROKEN_NAME}, {UNBROKEN}"),
    ARABIC: ("ليلى المثال, مهندسة الري", "Dana Example, مهندسة الري"),
    HEBREW: ("דוד הדוגמה, מנהל הגינה (3–7)", "ليلى المثال, Adviser"),
    ODD: ('Odd O\'Example & Sons, Keeper of "odd" words & marks', "Eli Example, "),
    SILENT: ("Fay Example, Digger",),
}
ROLES = {
    # Role and holders: activities by group, in the order of the page
    ("Head gardener", f"Ada Example, {LONG_NAME}"): {
        "Plans for the whole orchard and all that grows beside it": [
            f"Annual planning with the {LONG}, yearly",
            UNBROKEN,
        ],
        "Rows": ["3–7 rows", f"Paths, see {PATH}"],
    },
    (UNBROKEN, "דוד הדוגמה, ليلى المثال"): {UNBROKEN: ["תכנון ההשקיה, weekly", f"Keep {ODD}"]},
    ("صيانة الآبار", "ليلى المثال, Fay Example"): {"": ["تنظيف القناة الكبيرة (الشمالية)"]},
    (LONG_TITLE, "TBD"): {"": ["Order ladders, monthly", "Count the ladders that are left"]},
    ("Keeper of compost", EMPTY): {"": ["Turn the heap"]},
}
DIRECTORY = "Orchard/directory.json"
CONFIG = """
[wiki]
{wiki}
write_under = ["Orchard/"]

[runs]
page = "Orchard/Runs"
every_hours = {{ roster = 24 }}

[contacts]
page = "Orchard/Whom to ask"
directory = "Orchard/directory.json"
fallback = "Talk:Orchard/Help desk"

[[roles]]
page = "Orchard/Roles"

[[team]]
name = "Compost"
page = "Orchard/Compost"
may_be_empty = true
reports = false

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
    "index": BASE,
    "updates": "Orchard/Bees/Updates",
    "contacts": "Orchard/Whom to ask",
    "directory": "Orchard/Asking",
    "runs": "Orchard/Runs",
    "harbour-week": "Harbour/Status/2026-W47",
    "harbour-quarter": "Harbour/Status/FY2026-27 Q2",
}
LARGE = "Orchard/Everybody"  # a roster of 300 people
ASKING = "\n".join(
    (
        "== Rosters ==\n{{Roster}}\n{{Roster|roles=yes}}",
        "== Responsibilities ==\n{{Responsibilities}}",
        f"{{{{Responsibilities|team={EMPTY}}}}}\n{{{{Responsibilities|person=ليلى المثال}}}}",
        "== Boxes ==",
        *(f"{{{{Contact box|team={name}}}}}" for name in (*TEAMS, EMPTY)),
        "== In a sentence ==",
        f"About ladders, ask {{{{Contact for|order ladders}}}}, and else "
        f"{{{{Contact for|{UNBROKEN}}}}}; {{{{Role holder|صيانة الآبار}}}} is (1) for wells, "
        "{{Contact for|turn the heap}} for compost. {{Contact for|what nobody does}}",
    )
)
DOCUMENTATION = {
    name.removesuffix("/doc"): f"Template:{name.removesuffix('/doc')}"
    for name in templates.packaged()
    if name.endswith("/doc")
}


def furnish(wiki: MediaWiki, folder: Path) -> None:
    """The templates, the updates of four weeks, and the bot's pages about them."""
    department = OnMediaWiki(wiki, folder, config=CONFIG)
    pages = {f"{page}/Updates": updates(name, page) for name, page in TEAMS.items()}
    pages |= {TEAMS[name]: roster(people) for name, people in PEOPLE.items()}
    pages |= {"Orchard/Compost": roster([]), "Orchard/Roles": "\n".join(map(role, ROLES))}
    wiki.import_pages(pages | {"Orchard/Goals 2026-Q4": GOALS})
    orchard.day(department, "2026-11-10 12:00")
    wiki.block(wiki.bot, reason=f"It should write {UNBROKEN}, see {PATH}")
    assert department.wikibot("run", "roster").exit_code
    wiki.unblock(wiki.bot)
    orchard.day(department, "2026-11-20 12:00")
    # Page by page the bot takes ten times as long; it only finds that nothing is left to install.
    wiki.import_pages(templates.pages(directory=DIRECTORY))
    for words in (("templates", "install"), ("run",)):
        result = department.wikibot(*words, "--yes")
        assert result.exit_code < 2, result.output
    for title, file in (("2026-W47", "week"), ("FY2026-27 Q2", "quarter")):
        wiki.edit(f"Harbour/Status/{title}", golden.golden(f"{file}.wiki"))
    data = as_text(directories.large())
    wiki.edit(f"{LARGE}.json", data, contentmodel="json")
    wiki.edit(LARGE, f"{{{{Roster|roles=yes|directory={LARGE}.json}}}}")
    wiki.edit("Orchard/Asking", ASKING)
    wiki.run_jobs()  # pages that show others that were saved later


def roster(people: Collection[str]) -> str:
    """A team page; people as ``Name, Title``, the first of them with an account."""
    lines = ["== Team =="] if people else ["== Team ==", "''Nobody yet.''"]
    for number, person in enumerate(people):
        name, _, title = person.partition(", ")
        linked = f"[[User:{name.split()[0]} (Example)|{name}]]" if not number else name
        lines.append(f"* {linked}, {title}")
    return "\n".join(lines) + "\n"


def role(named: tuple[str, str]) -> str:
    """A section of the roles page."""
    name, holders = named
    lines = [f"== {name} ==", '{| class="wikitable"', f"! Activity !! {holders}"]
    for group, activities in ROLES[named].items():
        heading = f"'''{group}'''" if group else ""
        lines += ["|-", f'| colspan="2" | {heading}']
        lines += [f"* {activity}" for activity in activities]
    return "\n".join((*lines, "|}", ""))


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
