"""A made-up department on a wiki of either kind: its people write, the bot runs, days pass."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import mwparserfromhell
import time_machine
from click.testing import CliRunner, Result

from tests.mediawiki import MediaWiki
from wikibot.cli import main
from wikibot.reports.markup import breaking
from wikibot.wiki.paths import path_of, title_of

BASE = "Orchard/Status"
BEGINNING = datetime(2026, 10, 19, 9, tzinfo=UTC)
PEOPLE = tuple(f"{name} (Example)" for name in ("Ada", "Bo", "Cy", "Dana", "Eli", "Fay", "Gus"))
CONFIG = """
[wiki]
{wiki}
write_under = ["Orchard/"]

[[team]]
name = "Apples"
page = "Orchard/Apples"
contact = "Talk:Orchard/Apples"
updates = ["Orchard/Apples/Updates"]
goals = ["Orchard/Goals {{quarter}}"]

[[team]]
name = "Pears & Quinces"
aliases = ["Pears"]
page = "Orchard/Pears"
contact = "Talk:Orchard/Pears"
updates = ["Orchard/Pears/Updates"]
goals = ["Orchard/Goals {{quarter}}"]

[[team]]
name = "Cider Press"
page = "Orchard/Cider Press"
contact = "Talk:Orchard/Cider Press"
updates = ["Orchard/Scrum of scrums"]

[[team]]
name = "Bees"
page = "Orchard/Bees"
contact = "Talk:Orchard/Bees"
updates = ["Orchard/Scrum of scrums"]

[[team]]
name = "Wells"
page = "Orchard/Wells"
contact = "Talk:Orchard/Wells"
updates = ["Orchard/Wells/Updates"]

[[team]]
name = "Office"
page = "Orchard/Office"
contact = "Talk:Orchard/Office"

[report]
base = "{base}"
frozen_after = 10

[limits]
put_throttle = 0
"""
ROSTERS = {
    "Apples": ("Ada, Pruner", "Eli, Picker"),
    "Pears": ("Bo, Pruner", "Gus, Picker"),
    "Cider Press": ("Cy, Presser",),
    "Bees": ("Dana, Beekeeper",),
    "Wells": ("Eli, Digger",),
    "Office": ("Dana, Clerk",),
}
GOALS = """{| class="wikitable"
! Goal !! Team !! Owner !! Status !! Due
|}
== Apples ==
{| class="wikitable"
! Goal !! Owner !! Status !! Due
|-
| Graft [[Orchard/Old tree|the old tree]] || Ada || on track || 2026-12-15
|}
== Pears ==
* Plant ten quinces – Owner: Bo – Status: at risk – Due: 2026-11-30
"""


def roster(*people: str) -> str:
    """A team page; people as ``Name, Title``."""
    lines = []
    for person in people:
        name, _, title = person.partition(", ")
        lines.append(f"* [[User:{name} (Example)|{name} Example]], {title}")
    return "== Team ==\n" + "\n".join(lines) + "\n"


def update(team: str, date: str, health: str, headline: str = "", **lists: list[str]) -> str:
    """An update as the form has it."""
    said = {"team": team, "date": date, "health": health, "headline": headline}
    lines = [f"| {name} = {value}" for name, value in said.items()]
    for name in ("done", "next", "blocked_by", "blocking", "risks"):
        lines.append(f"| {name.replace('_', ' ')} =")
        lines += [f"* {item}" for item in lists.get(name, [])]
    return "\n".join(("{{Status update", *lines, "}}"))


@dataclass(frozen=True)
class Run:
    """A run of the bot: exit code, outcomes by title, and the pages before and after it."""

    code: int
    said: str
    outcomes: Mapping[str, str]
    before: Mapping[str, str]
    after: Mapping[str, str]

    def __getitem__(self, period: str) -> str:
        """The report of a period after the run, or the page of all reports (``""``)."""
        return self.after[f"{BASE}/{period}" if period else BASE]

    @property
    def changed(self) -> set[str]:
        """The names of the reports that were saved, ``""`` for the page of all reports."""
        titles = (title for title, kind in self.outcomes.items() if kind == "changed")
        return {title.removeprefix(BASE).removeprefix("/") for title in titles}


class Department(Protocol):
    """A wiki with the pages of the department. People and bot act at ``now``."""

    now: datetime
    has_history: bool

    def text(self, title: str) -> str: ...

    def pages(self) -> dict[str, str]: ...

    def write(self, title: str, text: str, *, by: str) -> None: ...

    def add_to_section(self, title: str, heading: str, text: str, *, by: str) -> None:
        """What a reader does who presses “edit” beside a heading and writes at the end."""
        ...

    def add_topic(self, title: str, heading: str, text: str, *, by: str) -> None: ...

    def wikibot(self, *words: str) -> Result: ...


def day(department: Department, text: str) -> None:
    """Let it be that moment, for the wiki and for the bot."""
    department.now = datetime.fromisoformat(text).replace(tzinfo=UTC)


def run(department: Department, *words: str) -> Run:
    """``wikibot run``, as a scheduled job has it."""
    before = department.pages()
    result = department.wikibot("run", *words, "--format", "json")
    outcomes = json.loads(result.stdout)["outcomes"] if result.exit_code < 2 else []
    return Run(
        result.exit_code,
        result.output,
        {outcome["title"]: outcome["kind"] for outcome in outcomes},
        before,
        department.pages(),
    )


def command(words: tuple[str, ...], *, config: Path, now: datetime, **environment: str) -> Result:
    """The command line in this process, on another day."""
    known = {"WIKIBOT_CONFIG": str(config), "WIKIBOT_STATE": str(config.parent / "state")}
    with time_machine.travel(now, tick=True):
        result = CliRunner().invoke(main, words, env=known | environment)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


class OnMediaWiki:
    """The department on a real MediaWiki, whose clock is set to ``now``."""

    has_history = True

    def __init__(self, wiki: MediaWiki, folder: Path, *, config: str = CONFIG) -> None:
        self.wiki = wiki
        self.config = folder / "wikibot.toml"
        where = f'api = "{wiki.api}"\nuser = "{wiki.bot}"'
        self.config.write_text(config.format(wiki=where, base=BASE), "utf-8")
        self._now = datetime.now(UTC)

    @property
    def now(self) -> datetime:
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        self._now = moment
        self.wiki.set_clock(moment)

    def text(self, title: str) -> str:
        return self.wiki.text(title) or ""

    def pages(self) -> dict[str, str]:
        found = self.wiki.query(
            generator="allpages",
            gapprefix="Orchard",
            gaplimit="max",
            prop="revisions",
            rvprop="content",
            rvslots="main",
        )
        return {
            page["title"]: page["revisions"][0]["slots"]["main"]["content"]
            for page in found["pages"]
        }

    def write(self, title: str, text: str, *, by: str) -> None:
        self.wiki.edit(title, text, user=by)

    def add_to_section(self, title: str, heading: str, text: str, *, by: str) -> None:
        parsed = self.wiki.call(None, action="parse", page=title, prop="sections")["parse"]
        number = next(s["index"] for s in parsed["sections"] if s["line"] == heading)
        fields = {"title": title, "section": number, "appendtext": f"\n{text}"}
        self.wiki.write("edit", as_user=by, **fields)

    def add_topic(self, title: str, heading: str, text: str, *, by: str) -> None:
        self.wiki.edit(title, text, user=by, section="new", sectiontitle=heading)

    def wikibot(self, *words: str) -> Result:
        login = {"WIKIBOT_LOGIN": self.wiki.bot_login, "WIKIBOT_PASSWORD": self.wiki.bot_password}
        return command(words, config=self.config, now=self.now, **login)


class InFolder:
    """The department in a folder of pages, on which people work with an editor."""

    has_history = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "wiki"
        self.folder.mkdir()
        self.config = folder / "wikibot.toml"
        self.config.write_text(CONFIG.format(wiki='folder = "wiki"', base=BASE), "utf-8")
        self.now = datetime.now(UTC)

    def text(self, title: str) -> str:
        return self._file(title).read_text("utf-8")

    def pages(self) -> dict[str, str]:
        files = (self.folder / "Orchard").rglob("*.wiki")
        titles = (title_of(file.relative_to(self.folder)) for file in files)
        return {title: self.text(title) for title in sorted(titles)}

    def write(self, title: str, text: str, *, by: str) -> None:
        del by  # a file does not say who wrote it
        file = self._file(title)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def add_to_section(self, title: str, heading: str, text: str, *, by: str) -> None:
        before, line, rest = self.text(title).partition(f"== {heading} ==\n")
        end = rest.find("\n== ")
        section, after = (rest, "") if end < 0 else (rest[:end], rest[end:])
        self.write(title, f"{before}{line}{section.rstrip()}\n{text}\n{after}", by=by)

    def add_topic(self, title: str, heading: str, text: str, *, by: str) -> None:
        there = self.text(title) if self._file(title).exists() else ""
        self.write(title, f"{there.rstrip()}\n\n== {heading} ==\n\n{text}".lstrip(), by=by)

    def wikibot(self, *words: str) -> Result:
        return command(words, config=self.config, now=self.now)

    def _file(self, title: str) -> Path:
        return self.folder / path_of(title)


# --- what reports say ----------------------------------------------------------------------------

_PART = re.compile(
    r"<!-- Wikibot region: task=status-report (?:part|team)=(.*?) hash=\w+ -->\n"
    r"(.*?)\n<!-- Wikibot region end -->",
    re.DOTALL,
)


def parts(text: str) -> dict[str, str]:
    """What the bot wrote on a report: part or team → wikitext, in the order of the page.

    Of lists it is the lines, without what lets long words break.
    """
    return {key: listed(body) for key, body in _PART.findall(text)}


def listed(body: str) -> str:
    """The lines of a list; any other part as it is."""
    opening, _, closing = breaking(["…"])
    lines = body.removeprefix(f"{opening}\n")
    return body if lines == body else lines.removesuffix(f"\n{closing}")


def calls(text: str, template: str) -> list[dict[str, str]]:
    """The arguments of each call of a template."""
    found = mwparserfromhell.parse(text).filter_templates(
        matches=lambda call: call.name.matches(template)
    )
    return [
        {str(arg.name).strip(): str(arg.value).strip() for arg in call.params} for call in found
    ]


def rows(text: str) -> dict[str, dict[str, str]]:
    """The rows of the overview by team."""
    found = calls(parts(text)["overview"], "Status report row")
    return {re.sub(r"\[\[.*?\|(.*)\]\]", r"\1", row["team"]): row for row in found}


def team(text: str, name: str) -> dict[str, str]:
    """What a report says of a team: of several updates of a week, the last."""
    return calls(parts(text)[name], "Status report team")[0]


def blockers(text: str) -> list[tuple[str, ...]]:
    """The table of blockers: who waits, for whom, for what, since when, age, named by."""
    names = ("waiting", "on", "what", "since", "age", "named")
    found = calls(parts(text).get("blockers", ""), "Status blocker")
    return [tuple(row.get(name, "") for name in names) for row in found]
