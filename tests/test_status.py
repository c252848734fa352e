"""``wikibot status``, the record of runs, and how all that is said on stderr is written."""

import json
import sqlite3
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result
from filelock import FileLock

from wikibot.cli import main

CONFIG = """
[wiki]
folder = "pages"
write_under = ["Whom to ask"]
templates = "Template:"
[[team]]
name = "Delivery"
page = "Team"
contact = "Talk:Team"
[runs]
every_hours = { roster = 24 }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "Team.wiki").write_text("* [[User:Ola|Ola Berg]], Manager\n", "utf-8")
    (tmp_path / "wikibot.toml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
    return tmp_path


def wikibot(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def status() -> dict[str, list[dict[str, object]]]:
    said: dict[str, list[dict[str, object]]]
    said = json.loads(wikibot("status", "--format", "json").stdout)
    return said


def shut_off(folder: Path, words: str) -> None:
    page = folder / "pages" / "Stop.wiki"
    page.write_text(words, "utf-8")
    config = CONFIG.replace("[wiki]", '[wiki]\nstop_page = "Stop"')
    (folder / "wikibot.toml").write_text(config, "utf-8")


@pytest.mark.usefixtures("folder")
def test_before_the_first_run_nothing_is_wrong() -> None:
    told = wikibot("status")
    assert told.exit_code == 0
    assert "has not run yet" in told.stdout


@pytest.mark.usefixtures("folder")
def test_a_run_is_recorded_and_shown() -> None:
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        assert wikibot("run", "roster").exit_code == 0
        told = wikibot("status")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[1] == (
        "  2026-11-20 12:00 UTC  roster: 0 changed (0.0 s, 0 requests)"
    )


@pytest.mark.usefixtures("folder")
def test_what_only_looks_is_no_run() -> None:
    for words in (["check"], ["plan"], ["run", "--dry-run"], ["doctor"], ["who", "Ola"]):
        wikibot(*words)
    assert status()["runs"] == []


@pytest.mark.usefixtures("folder")
def test_a_task_that_has_not_run_for_twice_its_interval() -> None:
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        wikibot("run", "roster")
    with time_machine.travel("2026-11-22T13:00:00Z", tick=False):
        told = wikibot("status")
        examined = wikibot("doctor")
    assert told.exit_code == 1
    assert "wrong: roster ran last 49 hours ago, at 2026-11-20 12:00 UTC" in told.stdout
    assert "roster ran last 49 hours ago" in examined.stdout


def test_a_run_that_came_to_nothing_is_recorded(folder: Path) -> None:
    (folder / "pages").rename(folder / "elsewhere")
    assert wikibot("run").exit_code == 2
    told = wikibot("status")
    assert told.exit_code == 1
    assert "wrong: " in told.stdout
    assert "pages: there is no such folder of pages" in told.stdout
    (folder / "elsewhere").rename(folder / "pages")
    assert wikibot("run").exit_code == 0
    assert wikibot("status").exit_code == 0


def test_a_configuration_that_cannot_be_used_is_trouble(folder: Path) -> None:
    (folder / "wikibot.toml").write_text("[wiki", "utf-8")
    assert wikibot("status").exit_code == 2
    (folder / "wikibot.toml").write_text(CONFIG.replace("roster =", "rosters ="), "utf-8")
    told = wikibot("check")
    assert told.exit_code == 2
    assert "runs.every_hours: there is no task “rosters”" in told.stderr


def test_talk_as_json_is_an_object_a_line(folder: Path) -> None:
    (folder / "pages" / "Team.wiki").unlink()
    told = wikibot("--log", "json", "run", "roster")
    lines = [json.loads(line) for line in told.stderr.splitlines()]
    assert lines
    for line in lines:
        assert line.keys() == {"time", "level", "logger", "message"}
    failed = wikibot("--log", "json", "--help")
    assert failed.exit_code == 0
    (line,) = wikibot("--log", "json", "check", "-c", "none.toml").stderr.splitlines()
    assert json.loads(line)["level"] == "error"
    assert json.loads(line)["message"].startswith("none.toml: there is no such file")


def test_what_the_record_says_of_a_damaged_file_is_nothing(folder: Path) -> None:
    wikibot("run", "roster")
    (file,) = folder.glob("state/*/runs.sqlite")
    file.write_bytes(b"noise")
    assert wikibot("status").exit_code == 0
    assert wikibot("run", "roster").exit_code == 0
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (1,)
    connection.close()


def test_a_failed_run_is_on_the_wiki_after_the_next_good_one(folder: Path) -> None:
    config = CONFIG.replace('["Whom to ask"]', '["Bot runs"]') + 'page = "Bot runs"\n'
    (folder / "wikibot.toml").write_text(config, "utf-8")
    assert wikibot("templates", "install").exit_code == 0
    pages = folder / "pages"
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        pages.rename(folder / "elsewhere")
        assert wikibot("run").exit_code == 2
        (folder / "elsewhere").rename(pages)
    with time_machine.travel("2026-11-21T12:00:00Z", tick=False):
        assert wikibot("run").exit_code == 0
    text = (pages / "Bot runs.wiki").read_text("utf-8")
    assert "{{Bot lapse|kind=failed|since=2026-11-20 12:00 UTC|until=2026-11-21 12:00 UTC|" in text
    assert "there is no such folder of pages" in text
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        told = wikibot("run", "--format", "json")
    assert json.loads(told.stdout)["outcomes"] == []


def test_a_run_that_finds_another_one_at_work_has_not_failed(folder: Path) -> None:
    wikibot("run", "roster")
    (lock,) = folder.glob("state/*/lock")
    with FileLock(lock):
        busy = wikibot("run", "roster")
    assert busy.exit_code == 2
    assert "is under way" in busy.stderr
    assert len(status()["runs"]) == 1
    assert wikibot("status").exit_code == 0
