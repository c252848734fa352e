"""The package on a wiki that people work on: what is written, updated, left alone, overwritten."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.mediawiki import MediaWiki
from tests.memory import MemoryWiki
from tests.rendered import Rendered
from wikibot import commands, printing, templates
from wikibot.cli import main
from wikibot.model import Edit, Outcome, Page
from wikibot.standing import change, standing
from wikibot.wiki.live import LiveWiki
from wikibot.wiki.paths import path_of

PEOPLE = "* [[User:Ola|Ola Berg]], Manager\n* [[User:Kim|Kim Dahl]], Engineer\n"
STAFF = "* [[User:Ola|Ola Berg]], Manager\n"
CONFIG = """
[wiki]
{wiki}
write_under = ["Staff"]
[[team]]
name = "Delivery"
page = "Team"
contact = "Talk:Team"
[[staff]]
page = "Staff"
[limits]
put_throttle = 0
"""
ROW, BLOCKER, HEALTH = (
    f"Template:{name}" for name in ("Status report row", "Status blocker", "Status health")
)
PACKAGED = templates.packaged()


def wikibot(*words: str, code: int) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == code, (result.output, result.exception)
    return result


def listed() -> dict[str, str]:
    """The states of those pages of the package that are not as they should be."""
    rows = json.loads(wikibot("templates", "list", "--format", "json", code=0).stdout)
    return {row["title"]: row["state"] for row in rows if row["state"] != "installed"}


def new_version(monkeypatch: pytest.MonkeyPatch, **pages: str) -> None:
    """Let the package have other texts; names with _ for blanks."""
    changed = PACKAGED | {name.replace("_", " "): text for name, text in pages.items()}
    monkeypatch.setattr(templates, "packaged", lambda **_: changed)


def packaged(title: str) -> str:
    return templates.pages()[title]


# --- on a folder --------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wiki in a folder with the package installed."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "Team.wiki").write_text(PEOPLE, "utf-8")
    (tmp_path / "pages" / "Staff.wiki").write_text(STAFF, "utf-8")
    (tmp_path / "wikibot.toml").write_text(CONFIG.format(wiki='folder = "pages"'), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
    wikibot("templates", "install", code=0)
    return tmp_path


def page(title: str) -> Path:
    return Path("pages") / path_of(title)


def edit(title: str, change: Callable[[str], str]) -> str:
    """What a person does; the text afterwards."""
    text = change(page(title).read_text("utf-8"))
    page(title).write_text(text, "utf-8")
    return text


def emphasised(text: str) -> str:
    return text.replace("{{{what|}}}", "'''{{{what|}}}'''")


@pytest.mark.usefixtures("folder")
def test_a_package_that_is_installed_is_quiet() -> None:
    assert listed() == {}
    assert wikibot("templates", "install", code=0).stdout == "Nothing to do.\n"
    assert wikibot("templates", "diff", code=0).stdout == "Nothing to do.\n"
    assert json.loads(wikibot("templates", "diff", "--format", "json", code=0).stdout) == []


@pytest.mark.usefixtures("folder")
def test_what_asks_the_directory_is_installed_when_a_page_of_the_wiki_names_it() -> None:
    config = Path("wikibot.toml")
    text = config.read_text("utf-8").replace("write_under", 'config_page = "C.json"\nwrite_under')
    config.write_text(text, "utf-8")
    page("C.json").write_text('{"contacts": {"directory": "D.json"}}', "utf-8")
    assert "changed Template:Contact for " in wikibot("templates", "install", code=0).stdout
    assert listed() == {}


@pytest.mark.usefixtures("folder")
def test_what_nobody_has_changed_is_updated(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("{{{1}}} second", "{{{1}}} third"):
        new_version(monkeypatch, Status_health=text)
        assert listed() == {HEALTH: "outdated"}
        assert f"+{text}" in wikibot("templates", "diff", code=1).stdout
        wikibot("templates", "install", code=0)
        assert page(HEALTH).read_text("utf-8") == text
        assert listed() == {}


@pytest.mark.usefixtures("folder")
def test_a_page_that_was_changed_and_changed_back_is_updated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = page(HEALTH).read_text("utf-8")
    edit(HEALTH, lambda text: f"{text} more")
    edit(HEALTH, lambda _: f"{before}\r\n")  # as some editors end a file
    new_version(monkeypatch, Status_health="{{{1}}}")
    assert listed() == {HEALTH: "outdated"}


@pytest.mark.usefixtures("folder")
def test_what_people_changed_is_left_alone_and_that_alone_is_nothing_to_do() -> None:
    text = edit(BLOCKER, emphasised)
    assert listed() == {BLOCKER: "changed"}
    shown = wikibot("templates", "diff", code=0).stdout
    assert shown.startswith(f"changed {BLOCKER}: people have changed it")
    assert "'''{{{what|}}}'''" in shown
    assert "The package has nothing new for it.\n\nNothing to do.\n" in shown
    assert wikibot("templates", "install", code=0).stdout == "Nothing to do.\n"
    assert page(BLOCKER).read_text("utf-8") == text


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("old", "new", "verdict", "same_lines"),
    [
        ("{{{since|}}}", "{{{since}}}", "put what is new in the package into the page by hand", []),
        ("{{{what|}}}", "{{{what}}}", "Both change line 5 of what was installed", [[5, 5]]),
    ],
)
def test_what_both_have_changed_is_shown_from_what_was_installed(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, verdict: str, same_lines: list[list[int]]
) -> None:
    theirs = "| ''{{#if:{{{on|}}}"
    text = edit(BLOCKER, lambda text: text.replace("| {{#if:{{{on|}}}", theirs))
    text = edit(BLOCKER, emphasised) if same_lines else text
    new_version(monkeypatch, Status_blocker=PACKAGED["Status blocker"].replace(old, new))
    shown = wikibot("templates", "diff", code=1).stdout
    assert shown.count(f"--- {BLOCKER} (as it was installed)") == 2
    assert f"+++ {BLOCKER} (revision " in shown
    assert f"+++ {BLOCKER} (package)" in shown
    assert verdict in shown
    (told,) = json.loads(wikibot("templates", "diff", "--format", "json", code=1).stdout)
    assert (told["title"], told["state"]) == (BLOCKER, "changed")
    assert f"+{theirs}" in told["people"]
    assert new in told["package"]
    assert theirs not in told["package"]
    assert told["same_lines"] == same_lines
    said = wikibot("templates", "install", code=0).stdout
    assert said.startswith(f"left alone {BLOCKER}: people have changed it")
    assert page(BLOCKER).read_text("utf-8") == text


@pytest.mark.usefixtures("folder")
def test_what_people_took_over_from_the_package_is_no_news(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def news(text: str) -> str:
        return text.replace("{{{since|}}}", "{{{since}}}")

    edit(BLOCKER, lambda text: text.replace("{{{waiting}}}", "''{{{waiting}}}''"))
    new_version(monkeypatch, Status_blocker=news(PACKAGED["Status blocker"]))
    assert wikibot("templates", "diff", code=1).stdout.startswith(f"changed {BLOCKER}")
    text = edit(BLOCKER, news)
    shown = wikibot("templates", "diff", code=0).stdout
    assert "The page has all that is new in the package.\n" in shown
    assert wikibot("templates", "install", code=0).stdout == "Nothing to do.\n"
    assert page(BLOCKER).read_text("utf-8") == text


@pytest.mark.usefixtures("folder")
def test_force_says_what_is_lost_and_overwrites(monkeypatch: pytest.MonkeyPatch) -> None:
    edit(BLOCKER, emphasised)
    new_version(monkeypatch, Status_blocker="{{{what}}} {{{since}}}")
    said = wikibot("templates", "install", "--force", code=0).stdout
    assert said.startswith(f"overwriting {BLOCKER}: this goes away:\n")
    (lost,) = [line for line in said.splitlines() if line.startswith("+|")]
    assert lost.startswith("+| '''{{{what|}}}'''")
    assert page(BLOCKER).read_text("utf-8") == "{{{what}}} {{{since}}}"
    assert listed() == {}


@pytest.mark.usefixtures("folder")
def test_a_page_that_was_there_before_is_not_the_bots() -> None:
    shutil.rmtree("state")
    shutil.rmtree(Path("pages", ".wikibot"))
    page(ROW).write_text("Rows of our library.\n", "utf-8")
    assert listed() == {ROW: "foreign"}
    shown = wikibot("templates", "diff", code=1).stdout
    assert shown.startswith(f"foreign {ROW}: it was not the bot that wrote this page\n")
    assert "-Rows of our library." in shown
    (told,) = json.loads(wikibot("templates", "diff", "--format", "json", code=1).stdout)
    assert (told["people"], told["package"], told["same_lines"]) == (None, None, None)
    assert "-Rows of our library." in told["diff"]
    assert wikibot("templates", "install", code=0).stdout.startswith(f"left alone {ROW}: ")
    assert page(ROW).read_text("utf-8") == "Rows of our library.\n"
    said = wikibot("templates", "install", "--force", code=0).stdout
    assert "-Rows of our library." in said
    assert page(ROW).read_text("utf-8") == packaged(ROW)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("lost", "state"),
    [
        (["state"], "outdated"),
        (["pages/.wikibot"], "outdated"),
        (["state", "pages/.wikibot"], "foreign"),
    ],
)
def test_a_folder_has_two_memories_and_without_both_nothing_is_overwritten(
    monkeypatch: pytest.MonkeyPatch, lost: list[str], state: str
) -> None:
    for path in lost:
        shutil.rmtree(path)
    new_version(monkeypatch, Status_health="{{{1}}}")
    assert listed() == {HEALTH: state}


@pytest.mark.usefixtures("folder")
def test_what_reads_as_in_the_package_counts_as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("state", "pages/.wikibot"):
        shutil.rmtree(path)
    wikibot("templates", "install", code=0)
    new_version(monkeypatch, Status_health="{{{1}}}")
    assert listed() == {HEALTH: "outdated"}


@pytest.mark.usefixtures("folder")
def test_a_page_that_cannot_be_read_is_held_back() -> None:
    page(HEALTH).unlink()
    page(HEALTH).symlink_to(page(ROW).absolute())
    assert listed() == {HEALTH: "unreadable"}
    wikibot("templates", "diff", code=1)
    assert f"held back {HEALTH}: cannot be read: " in wikibot("templates", "install", code=1).stdout


@pytest.mark.usefixtures("folder")
def test_a_damaged_memory_is_no_memory() -> None:
    shutil.rmtree("pages/.wikibot")
    (file,) = Path("state").glob("*/installed.sqlite")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE installed SET content = CAST('x' AS BLOB)")
    connection.close()
    page(HEALTH).write_text("x", "utf-8")
    assert listed() == {HEALTH: "foreign"}


def test_a_template_that_was_deleted_or_broken_is_found_by_check_and_doctor(folder: Path) -> None:
    with (folder / "wikibot.toml").open("a", encoding="utf-8") as config:
        config.write('[report]\nbase = "Status"\n')
    edit("Staff", lambda _: PEOPLE)
    period = ("--period", "2026-W47")
    wikibot("check", *period, code=0)
    page(HEALTH).unlink()
    edit(BLOCKER, lambda text: text.replace("</includeonly>", ""))
    for form, place in (("text", f"{BLOCKER}\n  error template-broken"), ("github", "::error")):
        assert place in wikibot("check", *period, "--format", form, code=1).stdout
    told = json.loads(wikibot("check", *period, "--format", "json", code=1).stdout)["findings"]
    found = [(each["code"], each["page"]) for each in told]
    assert found == [("template-broken", BLOCKER), ("template-missing", HEALTH)]
    assert told[0]["url"].endswith(f"{path_of(BLOCKER)}")
    said = wikibot("doctor", code=1).stdout
    assert f"wrong    {BLOCKER}: this template, which the bot’s pages are made of, has" in said
    assert f"wrong    not there, and reports need them: {HEALTH};" in said
    wikibot("templates", "install", code=0)
    found = json.loads(wikibot("check", *period, "--format", "json", code=1).stdout)["findings"]
    assert [each["code"] for each in found] == ["template-broken"]


def test_the_module_of_another_configuration_is_left_alone() -> None:
    """Its templates would answer from this one's directory."""
    module = "Module:Wikibot directory"
    theirs, ours = (templates.pages(directory=t)[module] for t in ("A/who.json", "B/who.json"))
    found = standing(ours, Page(module, theirs, 1), base=theirs)
    assert found.state == "other"
    assert found.has_news
    assert change(found, force=False) is None
    assert change(found, force=True) is not None
    assert "shows “A/who.json”, which is another configuration's" in printing.left_alone_text(found)
    before = f"{ours}-- of before"
    assert standing(ours, Page(module, before, 1), base=before).state == "outdated"


# --- the first time -----------------------------------------------------------------------------


@pytest.fixture
def memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> MemoryWiki:
    """A wiki with accounts to which the bot has never written, in place of the folder."""
    shutil.rmtree(folder / "state")
    wiki = MemoryWiki({"Team": PEOPLE, "Staff": STAFF}, accounts={})
    monkeypatch.setattr(commands, "open_wiki", lambda *_: wiki)
    return wiki


@pytest.mark.parametrize("words", [("templates", "install"), ("run", "roster")])
def test_the_first_time_is_confirmed(memory: MemoryWiki, words: tuple[str, ...]) -> None:
    asked = wikibot(*words, code=1)
    assert "repeat the command with --yes" in asked.stderr
    assert "planned." in asked.stdout
    assert memory.saved == []
    assert "--yes" in wikibot("status", code=1).stdout  # a scheduled run has come to nothing
    wikibot(*words, "--yes", code=0)
    assert memory.saved
    saved = len(memory.saved)
    memory.pages.clear()
    memory.pages |= {"Team": Page("Team", PEOPLE, 98), "Staff": Page("Staff", STAFF, 99)}
    assert wikibot(*words, code=0).stderr.find("--yes") < 0  # the state directory knows
    assert len(memory.saved) == 2 * saved


@pytest.mark.parametrize("words", [("templates", "install"), ("run", "roster")])
def test_an_account_that_has_edited_is_not_asked_about(
    memory: MemoryWiki, words: tuple[str, ...]
) -> None:
    memory.save(Edit("Elsewhere", None, "", "text", "", (), ()))
    wikibot(*words, code=0)
    assert len(memory.saved) > 1


def test_what_is_not_saved_at_first_is_told_as_a_plan(memory: MemoryWiki) -> None:
    told = wikibot("run", "roster", "--format", "json", code=1)
    assert [edit["title"] for edit in json.loads(told.stdout)["edits"]] == ["Staff"]
    assert "--yes" in told.stderr
    assert "--yes" not in wikibot("run", "roster", "--dry-run", code=1).stderr
    made = wikibot("plan", "roster", "-o", "plan.json", code=1)
    assert made.stdout
    wikibot("apply", "plan.json", code=0)  # it was looked at when it was made
    assert len(memory.saved) == 1


@pytest.mark.usefixtures("memory")
def test_the_doctor_says_that_the_first_run_asks() -> None:
    assert "the first run shows its plan and wants --yes" in wikibot("doctor", code=0).stdout
    wikibot("run", "roster", "--yes", code=0)
    assert "--yes" not in wikibot("doctor", code=0).stdout


# --- on a real MediaWiki ------------------------------------------------------------------------

HOME = "User:RosterBot/"


@pytest.fixture
def live(mediawiki: MediaWiki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MediaWiki:
    """A wiki without the package, which is to be installed below the bot's user page."""
    wiki = f'api = "{mediawiki.api}"\nuser = "{mediawiki.bot}"\ntemplates = "{HOME}"'
    (tmp_path / "wikibot.toml").write_text(CONFIG.format(wiki=wiki), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("WIKIBOT_LOGIN", mediawiki.bot_login)
    monkeypatch.setenv("WIKIBOT_PASSWORD", mediawiki.bot_password)
    mediawiki.edit("Team", PEOPLE)
    return mediawiki


def changed(said: Result) -> set[str]:
    """The names of the pages that were saved."""
    lines = [line for line in said.stdout.splitlines() if line.startswith("changed ")]
    return {line.split(" (revision")[0].removeprefix(f"changed {HOME}") for line in lines}


@pytest.mark.own_wiki
def test_the_package_works_under_a_prefix(live: MediaWiki) -> None:
    """Installed after a word of confirmation; every page finds the others under the prefix."""
    asked = wikibot("templates", "install", code=1)
    assert "--yes" in asked.stderr
    there = live.query(titles="|".join(HOME + name for name in PACKAGED))["pages"]
    assert [page["missing"] for page in there] == [True] * len(PACKAGED)
    assert changed(wikibot("templates", "install", "--yes", code=0)) == PACKAGED.keys()
    assert listed() == {}
    assert "--yes" not in wikibot("templates", "install", code=0).stderr
    calls = []
    for title, text in templates.pages(HOME).items():
        if data := re.search("<templatedata>(.*)</templatedata>", text, re.DOTALL):
            params = json.loads(data[1])["params"]
            said = "".join(f"|{key}={entry.get('example', 'x')}" for key, entry in params.items())
            calls.append(f"{{{{{title.removesuffix('/doc')}{said}}}}}")
    assert len(calls) > 8
    live.edit("Sandbox", "{|\n" + "\n".join(calls) + "\n|}")
    # or a page would be shown as it was before the pages it shows were saved, in the same second
    live.configure("$wgParserCacheType = CACHE_NONE;")
    for title in ("Sandbox", *(HOME + name for name in PACKAGED)):
        shown = Rendered(live, title)
        assert not [used for used, there in shown.templates.items() if not there], title
        assert not [used for used in shown.templates if used.startswith("Template:")], title
        links = live.query(titles=title, prop="links", pllimit="max")["pages"][0].get("links", [])
        named = {link["title"] for link in links if "emplate" in link["title"]}
        assert not named, (title, named)
    used = {name.removeprefix(HOME) for name in Rendered(live, "Sandbox").templates}
    assert used >= {name.removesuffix("/doc") for name in PACKAGED if name.endswith("/doc")}


@pytest.mark.own_wiki
def test_what_people_did_is_told_by_the_history(
    live: MediaWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the state directory is lost, and where the wiki merges the bot's edit."""
    names = ("Status health", "Status blocker", "Status report row", "Status report goal")
    health, blocker, row, goal = (HOME + name for name in names)
    live.edit(row, "Rows of our library.")
    monkeypatch.setattr(templates, "packaged", lambda **_: {name: PACKAGED[name] for name in names})
    wikibot("templates", "install", "--yes", code=0)
    before = {title: live.text(title) or "" for title in (health, blocker, goal)}
    live.edit(health, "broken by accident")
    live.edit(health, before[health])
    live.edit(blocker, emphasised(before[blocker]))
    new = {name: f"<!-- new -->{PACKAGED[name]}" for name in names}
    monkeypatch.setattr(templates, "packaged", lambda **_: new)
    shutil.rmtree("state")
    asked = live.requests_made
    assert listed() == {
        health: "outdated",
        blocker: "changed",
        row: "foreign",
        goal: "outdated",
    }
    histories = [r for r in live.request_log()[asked:] if "rvuser" in r.params]
    assert {r.params["titles"] for r in histories} == {health, blocker, row, goal}
    assert "They change different lines" in wikibot("templates", "diff", code=1).stdout
    assert changed(wikibot("templates", "install", code=0)) == {
        "Status health",
        "Status report goal",
    }
    assert live.text(row) == "Rows of our library."
    assert live.text(blocker) == emphasised(before[blocker])
    # back to the version before: somebody did not want the new one
    live.edit(health, before[health])
    # in the moment in which the bot saves, somebody edits another line
    save = LiveWiki.save

    def together(wiki: LiveWiki, edit: Edit) -> Outcome:
        live.edit(goal, edit.old.replace("{{{team|}}}", "'''{{{team|}}}'''"))
        return save(wiki, edit)

    monkeypatch.setattr(LiveWiki, "save", together)
    newer = new["Status report goal"].replace("<!-- new -->", "<!-- newer -->")
    monkeypatch.setattr(templates, "packaged", lambda **_: new | {"Status report goal": newer})
    assert "merged it" in wikibot("templates", "install", code=0).stdout
    text = live.text(goal) or ""
    assert "'''{{{team|}}}'''" in text
    assert "newer" in text
    assert listed() == {health: "changed", blocker: "changed", row: "foreign", goal: "changed"}
