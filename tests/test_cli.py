"""The command line: exit codes, formats, and one sentence for each thing that goes wrong."""

import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from wikibot import commands
from wikibot.cli import TASK_NAMES, _talk, main
from wikibot.config import Config
from wikibot.state import State
from wikibot.tasks import TASKS
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.protocol import Wiki

EXAMPLES = Path(__file__).parent.parent / "examples"
PERIOD = ("--period", "2026-W47")
QUARTER = "FY2026-27 Q2"
QUIET = {
    "Team": "* [[User:Ola|Ola Berg]], Manager\n* [[User:Kim|Kim Dahl]], Engineer\n",
}
QUIET_CONFIG = """
[wiki]
folder = "pages"
write_under = ["Team"]
[[team]]
name = "Delivery"
page = "Team"
contact = "Talk:Team"
"""


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example as the current folder."""
    shutil.copytree(EXAMPLES, tmp_path / "example")
    monkeypatch.chdir(tmp_path / "example")
    monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
    assert wikibot("templates", "install").exit_code == 0
    return tmp_path / "example"


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wiki with which nothing is wrong, as the current folder."""
    (tmp_path / "pages").mkdir()
    for title, text in QUIET.items():
        (tmp_path / "pages" / f"{title}.wiki").write_text(text, "utf-8")
    (tmp_path / "wikibot.toml").write_text(QUIET_CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
    return tmp_path


def wikibot(*words: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, words, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_the_tasks_of_the_command_line_are_those_that_there_are() -> None:
    assert tuple(TASKS) == TASK_NAMES


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom wikibot.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print([m for m in ('pywikibot', 'pydantic', 'mwparserfromhell', 'requests') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "command", ["check", "plan", "apply", "run", "inspect", "show", "who", "doctor"]
)
def test_every_command_has_help(command: str) -> None:
    assert wikibot(command, "--help").exit_code == 0


# --- look ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quiet")
def test_looking_at_a_wiki_without_findings_gives_0() -> None:
    checked = wikibot("check")
    assert (checked.exit_code, checked.stdout) == (0, "No findings.\n")
    planned = wikibot("plan")
    assert (planned.exit_code, planned.stdout) == (0, "Nothing to do.\n")


@pytest.mark.usefixtures("example")
def test_findings_and_pending_edits_give_1() -> None:
    assert wikibot("check", *PERIOD).exit_code == 1
    assert wikibot("plan", *PERIOD).exit_code == 1


@pytest.mark.usefixtures("example")
def test_findings_are_grouped_by_page_and_counted() -> None:
    lines = wikibot("check", *PERIOD).stdout.splitlines()
    pages = [line for line in lines[:-2] if not line.startswith(" ")]
    assert len(pages) == len(set(pages)) == 8
    assert lines[-1] == "16 findings on 8 pages: 6 errors, 9 warnings, 1 notice."


@pytest.mark.usefixtures("example")
def test_findings_as_json() -> None:
    data = json.loads(wikibot("check", *PERIOD, "--format", "json").stdout)
    assert data["period"] == "2026-W47"
    finding = next(f for f in data["findings"] if f["code"] == "title-mismatch")
    assert finding["page"] == "Atlas Department/Staff"
    assert finding["fix"]["task"] == "roster"
    assert finding["url"].endswith(f"Staff.wiki:{finding['line']}")


@pytest.mark.usefixtures("example")
def test_findings_as_github_annotations() -> None:
    lines = wikibot("check", *PERIOD, "--format", "github").stdout.splitlines()
    assert len(lines) == 16
    wanted = "::warning file=wiki/Atlas Department/Staff.wiki,line="
    assert [line for line in lines if line.startswith(wanted) and "title=title-mismatch" in line]


def test_looking_writes_nothing(example: Path) -> None:
    before = {f: f.read_bytes() for f in example.rglob("*") if f.is_file()}
    for command in ("check", "plan", "doctor"):
        wikibot(command)
    wikibot("run", "--dry-run")
    assert {f: f.read_bytes() for f in example.rglob("*") if f.is_file()} == before


@pytest.mark.usefixtures("quiet")
def test_the_wiki_is_opened_once_for_all_pages_that_are_inspected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = []
    really = commands.open_wiki

    def open_wiki(config: Config, remembered: State) -> Wiki:
        opened.append(config)
        return really(config, remembered)

    Path("pages/Other.wiki").write_text(QUIET["Team"], "utf-8")
    Path("own.txt").write_text(QUIET["Team"], "utf-8")
    monkeypatch.setattr(commands, "open_wiki", open_wiki)
    shown = wikibot("inspect", "Team", "own.txt", "Other", "--format", "json")
    assert shown.exit_code == 0
    assert list(json.loads(shown.stdout)) == ["Team", "own.txt", "Other"]
    assert len(opened) == 1
    assert wikibot("inspect", "own.txt").exit_code == 0
    assert len(opened) == 1


@pytest.mark.usefixtures("quiet")
def test_the_doctor_of_a_wiki_with_which_nothing_is_wrong() -> None:
    said = wikibot("doctor")
    assert said.exit_code == 0
    assert "ok       pages can be saved\n" in said.stdout
    assert "missing  pages of the package: " in said.stdout
    signs = json.loads(wikibot("doctor", "--format", "json").stdout)
    assert [f"{sign['state']:7}  {sign['text']}" for sign in signs] == said.stdout.splitlines()


def test_the_doctor_says_why_nothing_can_be_saved(
    quiet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderWiki, "why_not_writable", lambda _: "The wiki is read-only.")
    monkeypatch.setattr(FolderWiki, "stop_reason", lambda _: "Somebody said stop.")
    (quiet / "pages" / "Team.wiki").unlink()
    said = wikibot("doctor")
    assert said.exit_code == 1
    assert [line for line in said.stdout.splitlines() if line.startswith(("wrong", "stopped"))] == [
        "wrong    The wiki is read-only.",
        "stopped  Somebody said stop.",
        "wrong    Team: this page of the configuration does not exist",
    ]


@pytest.mark.usefixtures("example")
def test_whom_to_ask() -> None:
    found = wikibot("who", "bugdet", "question")
    assert found.exit_code == 0
    (what, whom, _, *_) = found.stdout.splitlines()
    assert what.startswith("Budget questions")
    assert whom.startswith("    Farid Kestrel (User:Farid (Example)); or ")
    nothing = wikibot("who", "quantum chromodynamics")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    ask = "ask on Atlas Department/Planning Office/Help desk"
    assert nothing.stderr == f"Nothing matches “quantum chromodynamics”; {ask}.\n"
    nearest = wikibot("who", "--format", "json", "quantum", "budget")
    assert nearest.exit_code == 1
    assert json.loads(nearest.stdout)[0]["people"][0]["name"] == "Farid Kestrel"
    assert nearest.stderr.endswith("The nearest are:\n")


@pytest.mark.usefixtures("example")
def test_what_a_person_is_responsible_for() -> None:
    shown = wikibot("show", "duties", "--person", "Mina Ivybridge", "--format", "json")
    assert [role["role"] for role in json.loads(shown.stdout)["roles"]] == ["Office coordinator"]
    by_username = wikibot("show", "duties", "--person", "mina (example)", "--format", "json")
    assert by_username.stdout == shown.stdout


@pytest.mark.usefixtures("quiet")
def test_a_person_whom_no_roster_has() -> None:
    result = wikibot("show", "duties", "--person", "Nobody")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "“Nobody” is on no roster" in result.stderr


def test_a_terminal_that_does_not_know_all_characters(example: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wikibot", "check"],
        env=os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(EXAMPLES.parent)},
        cwd=example,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"link to \\u201cAtlas Department/Delivery/Checklists\\u201d" in done.stdout


@pytest.mark.parametrize(
    ("name", "verbose", "told"),
    [
        ("some.library", False, ""),
        ("some.library", True, "WARNING: once more\n"),
        ("wikibot.pywikibot", False, ""),
        ("wikibot.pywikibot", True, "WARNING: once more\n"),
        ("wikibot.database", False, "WARNING: once more\n"),
    ],
)
def test_whose_warnings_are_told(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    verbose: bool,
    told: str,
) -> None:
    """As outside of tests: there, nothing listens, and Python prints what nobody takes."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    with _talk(verbose):
        logging.getLogger(name).warning("once more")
    assert capsys.readouterr().err == told
    assert logging.getLogger().handlers == []


# --- write --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("example")
def test_a_run_saves_and_a_second_one_finds_nothing_to_do() -> None:
    first = wikibot("run", *PERIOD)
    assert first.exit_code == 0
    assert "changed Atlas Department/Staff" in first.stdout
    second = wikibot("run", *PERIOD)
    assert (second.exit_code, second.stdout) == (0, "Nothing to do.\n")


@pytest.mark.usefixtures("example")
def test_one_task_alone() -> None:
    outcomes = json.loads(wikibot("run", "roster", "--format", "json").stdout)["outcomes"]
    assert [o["title"] for o in outcomes] == ["Atlas Department/Staff"]


def test_a_saved_plan_is_applied_and_refused_for_a_page_that_moved_on(example: Path) -> None:
    assert wikibot("plan", *PERIOD, "-o", "plan.json").exit_code == 1
    staff = example / "wiki" / "Atlas Department" / "Staff.wiki"
    edited = staff.read_text("utf-8") + "A note.\n"
    staff.write_text(edited, "utf-8")
    applied = wikibot("apply", "plan.json")
    assert applied.exit_code == 1
    assert "moved on Atlas Department/Staff" in applied.stdout
    assert "changed Atlas Department/Roles" in applied.stdout
    assert staff.read_text("utf-8") == edited


def test_pages_that_cannot_be_written_do_not_hold_up_the_others(example: Path) -> None:
    staff = example / "wiki" / "Atlas Department" / "Staff.wiki"
    staff.write_text("{{nobots}}\n" + staff.read_text("utf-8"), "utf-8")
    done = wikibot("run", *PERIOD)
    assert done.exit_code == 1
    assert "excluded Atlas Department/Staff" in done.stdout
    assert "changed Atlas Department/Roles" in done.stdout


# --- extract ------------------------------------------------------------------------------------


def test_what_a_file_says_needs_no_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.wiki").write_text("== Team ==\n" + QUIET["Team"], "utf-8")
    data = json.loads(wikibot("extract", "roster", "page.wiki", "--format", "json").stdout)
    assert data["people"][0] == {
        "name": "Ola Berg",
        "username": "Ola",
        "title": "Manager",
        "section": "Team",
        "line": 2,
    }


def test_what_standard_input_says() -> None:
    text = "== Lead ==\n{|\n! Activity !! Ola\n|-\n|\n* Plan the year, yearly\n|}\n"
    data = json.loads(
        wikibot("extract", "roles", "-", "--format", "json", stdin=text.encode()).stdout
    )
    (role,) = data["roles"]
    assert (role["role"], role["holders"], role["line"]) == (
        "Lead",
        [{"name": "Ola", "username": None}],
        1,
    )
    assert role["groups"][0]["activities"] == ["Plan the year, yearly"]


@pytest.mark.usefixtures("example")
def test_what_a_page_of_the_wiki_says() -> None:
    found = wikibot("extract", "roster", "Atlas Department/Delivery", "--section", "Who we are")
    assert len(found.stdout.splitlines()) == 7


@pytest.mark.usefixtures("example")
def test_what_is_read_from_a_page_and_how_to_configure_it() -> None:
    found = wikibot("inspect", "Atlas Department/Delivery")
    assert found.exit_code == 0
    layout = 'roster = { section = "Who we are", layout = "bullets", pattern = "{name}, {title}" }'
    assert layout in found.stdout
    data = json.loads(wikibot("inspect", "Atlas Department", "--format", "json").stdout)
    assert [one["configuration"] for one in data["Atlas Department"] if one["names"]] == []


# --- trouble ------------------------------------------------------------------------------------


def trouble(*words: str, stdin: bytes | None = None) -> str:
    """What is said, on one line, by a command that must exit with 2."""
    result = wikibot(*words, stdin=stdin)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return result.stderr.removesuffix("\n")


def test_no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert trouble("check") == (
        "wikibot: wikibot.toml: there is no such file; name one with --config, or copy "
        "examples/wikibot.toml."
    )


@pytest.mark.usefixtures("quiet")
def test_a_period_that_is_none() -> None:
    assert "--period soon: “soon” is not a period" in trouble("check", "--period", "soon")
    assert "--period 2025-W53: The year 2025" in trouble("check", "--period", "2025-W53")
    assert "should be a month, such as 2026-11" in trouble(
        "report", "monthly", "--period", "2026-W47"
    )
    assert "write FY2026 Q2" in trouble("report", "quarterly", "--period", "FY2026-27 Q2")


@pytest.mark.usefixtures("example")
def test_the_week_before_is_called_last() -> None:
    with time_machine.travel("2026-11-24", tick=False):
        data = json.loads(wikibot("check", "--period", "last", "--format", "json").stdout)
    assert data["period"] == "2026-W47"
    assert [f["page"] for f in data["findings"] if f["code"] == "update-missing"] == [
        "Atlas Department/Map Data/Updates"
    ]


def test_a_check_that_does_not_exist(quiet: Path) -> None:
    with (quiet / "wikibot.toml").open("a") as file:
        file.write('[checks.severity]\nrole-vakant = "off"\n')
    assert trouble("check") == (
        "wikibot: wikibot.toml: checks.severity: there is no check “role-vakant”; "
        "docs/checks.md lists them."
    )


def test_a_wiki_that_cannot_be_reached(quiet: Path) -> None:
    live = 'api = "http://127.0.0.1:9/api.php"\nuser = "Bot"'
    text = QUIET_CONFIG.replace('folder = "pages"', live)
    (quiet / "wikibot.toml").write_text(text, "utf-8")
    (quiet / "user-config.py").write_text("retry_wait = 0\n", "utf-8")  # it would pause for 15 s
    login = {"WIKIBOT_LOGIN": "Bot@wikibot", "WIKIBOT_PASSWORD": "x" * 32}
    done = subprocess.run(
        [sys.executable, "-m", "wikibot", "check"],
        env=os.environ | login | {"PYWIKIBOT_DIR": str(quiet)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("wikibot: ")
    assert "http://127.0.0.1:9/api.php" in line


@pytest.mark.usefixtures("quiet")
def test_a_plan_that_is_none() -> None:
    Path("plan.json").write_text("{}", "utf-8")
    assert "plan.json: wiki: Field required; it is not a plan" in trouble("apply", "plan.json")


@pytest.mark.usefixtures("quiet")
def test_a_page_that_is_neither_file_nor_page() -> None:
    assert trouble("extract", "roster", "Nowhere") == (
        "wikibot: “Nowhere” is neither a file nor a page on the wiki."
    )


def test_input_that_is_not_text() -> None:
    assert "standard input: is not UTF-8" in trouble("extract", "roster", "-", stdin=b"\xff")


def test_trouble_with_one_configuration_does_not_hold_up_the_others(quiet: Path) -> None:
    (quiet / "bad.toml").write_text("[wiki]\n", "utf-8")
    result = wikibot("check", "--config", "bad.toml", "--config", "wikibot.toml")
    assert result.exit_code == 2
    assert result.stdout == "No findings.\n"
    assert "bad.toml: wiki: should have either api" in result.stderr


def test_a_plan_of_several_configurations_is_not_saved_in_one_file(quiet: Path) -> None:
    (quiet / "other.toml").write_text(QUIET_CONFIG, "utf-8")
    assert "about one configuration" in trouble("plan", "-o", "plan.json", "--config", ".")
    assert not (quiet / "plan.json").exists()


def test_a_folder_of_configurations(quiet: Path) -> None:
    (quiet / "other.toml").write_text(QUIET_CONFIG, "utf-8")
    assert wikibot("check", "--config", ".").stdout == "No findings.\nNo findings.\n"


@pytest.mark.usefixtures("quiet")
def test_what_an_installation_of_the_templates_would_write_is_what_it_writes() -> None:
    shown = wikibot("templates", "diff")
    assert shown.exit_code == 1
    assert "held back" not in shown.stdout
    differing = json.loads(wikibot("templates", "diff", "--format", "json").stdout)
    assert len(differing) == shown.stdout.count("+++ ")
    assert wikibot("templates", "install").exit_code == 0
    assert wikibot("templates", "diff").stdout == "Nothing to do.\n"


def test_a_dry_run_ends_as_a_plan_does(example: Path) -> None:
    (example / "wiki" / "Atlas Department" / "Delivery.wiki").unlink()  # holds back what follows
    ends = {
        wikibot(*words, "contacts", *PERIOD).exit_code for words in (["plan"], ["run", "--dry-run"])
    }
    assert ends == {1}


@pytest.mark.parametrize("place", ["date", "week", "month", "quarter"])
def test_titles_with_days_or_periods_in_them(quiet: Path, place: str) -> None:
    config = (quiet / "wikibot.toml").read_text("utf-8")
    config = config.replace('write_under = ["Team"]', 'write_under = ["Team", "Status/", "Status"]')
    config += f'updates = ["Notes {{{place}}}"]\ngoals = ["Goals {{{place}}}"]\n'
    (quiet / "wikibot.toml").write_text(f'{config}[report]\nbase = "Status"\n', "utf-8")
    titles = {"date": "2026-11-18", "week": "2026-W47", "month": "2026-11", "quarter": QUARTER}
    text = "== 2026-11-18 ==\n* Done: a new board\n"
    (quiet / "pages" / f"Notes {titles[place]}.wiki").write_text(text, "utf-8")
    assert wikibot("templates", "install").exit_code == 0
    assert wikibot("check", *PERIOD).exit_code == 0
    assert wikibot("doctor").exit_code in (0, 1)
    assert "Notes" in wikibot("report", "weekly", *PERIOD).stdout
    assert wikibot("plan", *PERIOD).exit_code == 1
    assert wikibot("run", *PERIOD).exit_code == 0
    assert wikibot("run", *PERIOD).stdout == "Nothing to do.\n"
    page = (quiet / "pages" / "Status" / "2026-W47.wiki").read_text("utf-8")
    assert "* a new board" in page
