"""What keeps the bot from doing harm, tried by the command line: removals, pages that shrink, edits
that are put back each time, files that nobody else may read.
"""

import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from tests.mediawiki import MediaWiki
from wikibot import templates
from wikibot.cli import main

CONFIG = """
[wiki]
{wiki}
write_under = ["Staff", "Contacts"]
[[team]]
name = "Delivery"
page = "Team"
contact = "Talk:Team"
[[staff]]
page = "Staff"
[contacts]
page = "Contacts"
[limits]
put_throttle = 0
allow_removals = true
removal_days = {days}
"""
NAMES = ["Ana Ruiz", "Bo Lund", "Cy Moss", "Di Falk", "Ed Holm"]
ALL = "".join(f"* [[User:{name}|{name}]], Engineer\n" for name in NAMES)
WITHOUT_ED = ALL[: ALL.index("* [[User:Ed")]


def wikibot(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == code, (result.output, result.exception)
    return result


class Folder:
    """A folder of pages as the current folder."""

    def __init__(self, path: Path) -> None:
        self._pages = path / "pages"
        self._pages.mkdir()

    def edit(self, title: str, text: str) -> None:
        (self._pages / f"{title}.wiki").write_text(text, "utf-8")

    def text(self, title: str) -> str:
        return (self._pages / f"{title}.wiki").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
    (tmp_path / "wikibot.toml").write_text(CONFIG.format(wiki='folder = "pages"', days=7), "utf-8")
    pages = Folder(tmp_path)
    pages.edit("Team", ALL)
    pages.edit("Staff", ALL)
    wikibot("templates", "install")
    return pages


def held() -> dict[str, str]:
    """What a plan holds back."""
    data = json.loads(CliRunner().invoke(main, ["plan", "--format", "json"]).stdout)
    return {item["title"]: item["why"] for item in data["held"]}


@pytest.fixture
def calendar() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-16T06:00:00Z") as traveller:
        yield traveller


def on(calendar: time_machine.Traveller, day: int) -> None:
    """At six o'clock of a day in November 2026."""
    calendar.move_to(f"2026-11-{day}T06:00:00Z")


# --- removals -----------------------------------------------------------------------------------


def test_nobody_is_taken_off_a_list_before_it_was_said_for_a_week(
    folder: Folder, calendar: time_machine.Traveller
) -> None:
    wikibot("run")
    folder.edit("Team", WITHOUT_ED)
    said = "“Ed Holm” is on no roster; will be taken off this list from 2026-11-24 on"
    for day in (17, 20, 23):
        on(calendar, day)
        wikibot("run")
        assert folder.text("Staff") == ALL
        assert said in wikibot("check", code=1).stdout
    on(calendar, 24)
    wikibot("run")
    assert folder.text("Staff") == WITHOUT_ED
    assert "No findings" in wikibot("check").stdout


def test_looking_is_enough_for_the_days_to_count(
    folder: Folder, calendar: time_machine.Traveller
) -> None:
    folder.edit("Team", WITHOUT_ED)
    wikibot("check", code=1)
    on(calendar, 23)
    assert "-* [[User:Ed Holm|Ed Holm]], Engineer" in wikibot("plan", "roster", code=1).stdout


def test_whoever_comes_back_meanwhile_is_waited_for_anew(
    folder: Folder, calendar: time_machine.Traveller
) -> None:
    for day, text in ((17, WITHOUT_ED), (20, ALL), (21, WITHOUT_ED)):
        folder.edit("Team", text)
        on(calendar, day)
        wikibot("run")
    on(calendar, 27)
    wikibot("run")
    assert folder.text("Staff") == ALL
    on(calendar, 28)
    wikibot("run")
    assert folder.text("Staff") == WITHOUT_ED


def test_a_lost_state_directory_starts_the_waiting_anew(
    folder: Folder, calendar: time_machine.Traveller, tmp_path: Path
) -> None:
    folder.edit("Team", WITHOUT_ED)
    wikibot("run")
    shutil.rmtree(tmp_path / "state")
    on(calendar, 24)
    wikibot("run")
    assert folder.text("Staff") == ALL
    assert "from 2026-12-01 on" in wikibot("check", code=1).stdout


def test_what_is_not_told_is_not_done(
    folder: Folder, calendar: time_machine.Traveller, tmp_path: Path
) -> None:
    config = tmp_path / "wikibot.toml"
    more = '[[checks.ignore]]\ncode = "person-unknown"\ntext = "Ed Holm"\n'
    before = config.read_text("utf-8")
    config.write_text(before + more, "utf-8")
    folder.edit("Team", WITHOUT_ED)
    for day in (16, 25):
        on(calendar, day)
        wikibot("run")
    config.write_text(before, "utf-8")
    wikibot("run")
    assert folder.text("Staff") == ALL
    assert "from 2026-12-02 on" in wikibot("check", code=1).stdout


def test_more_than_a_quarter_at_once_is_for_people(
    folder: Folder, calendar: time_machine.Traveller
) -> None:
    folder.edit("Team", ALL[: ALL.index("* [[User:Di")])
    wikibot("run")
    on(calendar, 25)
    assert "would remove 2 of 5 people (limits.removal_share)" in wikibot("run", code=1).stdout
    assert folder.text("Staff") == ALL


# --- pages that shrink --------------------------------------------------------------------------


def test_what_follows_a_page_that_was_cut_is_left_alone_for_two_days(
    folder: Folder, calendar: time_machine.Traveller
) -> None:
    wikibot("run")
    contacts = folder.text("Contacts")
    cut = ALL[: ALL.index("* [[User:Cy")]
    folder.edit("Team", cut)
    on(calendar, 17)
    assert "“Team” names just 2 of what were 5 people" in wikibot("run", code=1).stdout
    assert folder.text("Contacts") == contacts
    assert "page-shrunk" in wikibot("check", code=1).stdout
    on(calendar, 19)
    assert "Contacts" not in held()


def test_somebody_may_say_that_a_page_is_right(
    folder: Folder, calendar: time_machine.Traveller
) -> None:
    del calendar
    wikibot("run")
    folder.edit("Team", ALL[: ALL.index("* [[User:Cy")])
    wikibot("run", code=1)
    wrong = wikibot("run", "--confirm-shrunk", "Contacts", code=2)
    assert "“Contacts”: is no page of a team, of roles, or of staff" in wrong.stderr
    wikibot("run", "--dry-run", "--confirm-shrunk", "Team", code=1)
    assert "Contacts" in held()
    wikibot("run", "--confirm-shrunk", "team")
    assert held() == {}


# --- fights -------------------------------------------------------------------------------------


def test_what_is_put_back_twice_is_not_saved_a_third_time(folder: Folder) -> None:
    wrong = ALL.replace("Engineer", "Clerk", 1)
    for _ in range(2):
        folder.edit("Staff", wrong)
        wikibot("run")
        assert folder.text("Staff") == ALL
    folder.edit("Staff", wrong)
    assert "put it back; settle it by hand" in wikibot("run", code=1).stdout
    assert folder.text("Staff") == wrong


# --- on a real wiki -----------------------------------------------------------------------------


@pytest.mark.own_wiki
def test_on_mediawiki(
    mediawiki: MediaWiki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A removal, a fight, a page that is deleted each time; and who may read the state."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("WIKIBOT_LOGIN", mediawiki.bot_login)
    monkeypatch.setenv("WIKIBOT_PASSWORD", mediawiki.bot_password)
    wiki = f'api = "{mediawiki.api}"\nuser = "{mediawiki.bot}"'
    (tmp_path / "wikibot.toml").write_text(CONFIG.format(wiki=wiki, days=0), "utf-8")
    mediawiki.import_pages(templates.pages())
    mediawiki.edit("Team", WITHOUT_ED)
    mediawiki.edit("Staff", ALL)
    wikibot("plan", "-o", "plan.json", code=1)
    wikibot("apply", "plan.json")
    assert mediawiki.text("Staff") == WITHOUT_ED.strip()
    mediawiki.edit("Staff", ALL)
    mediawiki.delete("Contacts")
    wikibot("run")
    assert mediawiki.text("Staff") == WITHOUT_ED.strip()
    mediawiki.edit("Staff", ALL)
    mediawiki.delete("Contacts")
    said = wikibot("run", code=1).stdout
    assert "the bot has saved just this twice and somebody put it back" in said
    assert "the bot has created it twice and somebody deleted it each time" in said
    assert (mediawiki.text("Staff"), mediawiki.text("Contacts")) == (ALL.strip(), None)
    state = tmp_path / "state"
    modes = {
        str(path.relative_to(state)): stat.S_IMODE(path.stat().st_mode)
        for path in state.rglob("*")
        if not path.is_symlink()
    }
    assert {p: m for p, m in modes.items() if m not in (0o700, 0o600)} == {}
    assert len(modes) > 5
