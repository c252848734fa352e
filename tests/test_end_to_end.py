"""The whole job as a user does it: the command, a bot password, a real MediaWiki.

The wiki has the pages and the configuration of ``examples/``; what became of them is asked of the
wiki itself.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest
import time_machine
from click.testing import CliRunner

from tests.mediawiki import VERSIONS, MediaWiki, start
from wikibot import templates
from wikibot.cli import main
from wikibot.wiki.paths import title_of

EXAMPLES = Path(__file__).parent.parent / "examples"
TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)  # for the wiki and for the command
PERIOD = "2026-W47"
STAFF = "Atlas Department/Staff"
ROLES = "Atlas Department/Roles"
CONTACTS = "Atlas Department/Whom to ask"
DIRECTORY = "Atlas Department/directory.json"
REPORT = f"Atlas Department/Status/{PERIOD}"
MONTH = "Atlas Department/Status/2026-11"
QUARTER = "Atlas Department/Status/FY2026-27 Q2"
INDEX = "Atlas Department/Status"
REPORTS = {REPORT, MONTH, QUARTER, INDEX}
PAGES = {
    title_of(PurePosixPath(file.relative_to(EXAMPLES / "wiki"))): file.read_text("utf-8")
    for file in sorted((EXAMPLES / "wiki").rglob("*.wiki"))
}

# The command as it is on that day, whatever day it is: old reports are left alone.
ON_THAT_DAY = f"""
import sys, time_machine
time_machine.travel("{TODAY.isoformat()}").start()
from wikibot import templates
from wikibot.cli import main
main(prog_name="wikibot")
"""

pytestmark = pytest.mark.own_wiki  # accounts of the example's people, blocks, protection


@dataclass(frozen=True)
class Job:
    """The example on a wiki, and the command that works on it."""

    wiki: MediaWiki
    config: Path

    def environment(self, **more: str) -> dict[str, str]:
        return os.environ | {
            "WIKIBOT_CONFIG": str(self.config),
            "WIKIBOT_STATE": str(self.config.parent / "state"),
            "WIKIBOT_LOGIN": self.wiki.bot_login,
            "WIKIBOT_PASSWORD": self.wiki.bot_password,
            **more,
        }

    def __call__(self, *words: str, code: int | None = None, **more: str) -> str:
        """stdout of the command; its exit code must be ``code`` if that is given."""
        with time_machine.travel(TODAY, tick=True), contextlib.chdir(self.config.parent):
            done = CliRunner().invoke(main, words, env=self.environment(**more))
        return said(done.exit_code, done.stdout, done.stderr, code=code)

    def process(self, *words: str, code: int | None = None, **more: str) -> str:
        """The same in a process of its own, as people and scheduled jobs have it."""
        done = subprocess.run(
            [sys.executable, "-c", ON_THAT_DAY, *words],
            env=self.environment(**more),
            cwd=self.config.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return said(done.returncode, done.stdout, done.stderr, code=code)

    def findings(self) -> list[tuple[str, str, int]]:
        data = json.loads(self("check", "--period", PERIOD, "--format", "json"))
        return [(f["code"], f["page"], f["line"]) for f in data["findings"]]

    def outcomes(self, *words: str, code: int | None = None) -> dict[str, str]:
        data = json.loads(self("run", *words, "--period", PERIOD, "--format", "json", code=code))
        return {outcome["title"]: outcome["kind"] for outcome in data["outcomes"]}

    def revisions(self) -> dict[str, int]:
        """The newest revision of every page of the department."""
        found = self.wiki.query(
            generator="allpages", gapprefix="Atlas Department", gaplimit="max", prop="info"
        )
        return {page["title"]: page["lastrevid"] for page in found["pages"]}


def said(exit_code: int, stdout: str, stderr: str, *, code: int | None) -> str:
    """What a command has said where its reader looks for it."""
    assert code in (None, exit_code), stdout + stderr
    assert "Traceback" not in stderr
    return stdout if exit_code != 2 else stderr


def job_on(wiki: MediaWiki, folder: Path) -> Job:
    text = (EXAMPLES / "wikibot.toml").read_text("utf-8")
    live = f'api = "{wiki.api}"\nuser = "{wiki.bot}"'
    text = text.replace('folder = "wiki"', live).replace("put_throttle = 10", "put_throttle = 0")
    config = folder / "wikibot.toml"
    config.write_text(text, "utf-8")
    return Job(wiki, config)


@pytest.fixture(scope="module", params=VERSIONS)
def department(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Job]:
    """The example's pages, accounts and templates, to which ``reset`` of the wiki comes back."""
    with start(request.param) as wiki:
        wiki.set_clock(TODAY)
        wiki.import_pages(PAGES)
        text = "".join(PAGES.values())
        for name in sorted(set(re.findall(r"\[\[User:([^|\]]+)", text))):
            wiki.create_account(name)
        wiki.import_pages(templates.pages(directory=DIRECTORY))
        wiki.let_the_bot_be_known()
        installed = job_on(wiki, tmp_path_factory.mktemp("installed"))
        assert installed("templates", "install", code=0) == "Nothing to do.\n"
        wiki.keep()
        yield installed


@pytest.fixture
def job(department: Job, tmp_path: Path) -> Job:
    """The job on the wiki as it was kept, with a state that knows what was learnt of the wiki."""
    department.wiki.reset()
    department.wiki.set_clock(TODAY)
    shutil.copytree(department.config.parent, tmp_path, dirs_exist_ok=True)
    return Job(department.wiki, tmp_path / department.config.name)


def unchanged_but(old: str, new: str, *changes: tuple[str, str]) -> bool:
    """Whether ``new`` is ``old`` with just these replacements, each made once."""
    for before, after in changes:
        assert old.count(before) == 1
        old = old.replace(before, after)
    return old.rstrip() == new.rstrip()


def test_the_whole_job(job: Job) -> None:
    before = job.revisions()
    found = job.findings()
    assert len(found) == 16
    assert job.revisions() == before

    planned = job("plan", "--period", PERIOD, "-o", "plan.json", code=1)
    assert job.revisions() == before
    applied = job.process("apply", "plan.json", code=0)
    changed = re.findall(r"^changed (.+) \(revision", applied, re.M)
    assert sorted(changed) == sorted([STAFF, ROLES, CONTACTS, DIRECTORY, *REPORTS])

    # the histories show what the diffs showed
    after = job.revisions()
    assert {title for title in after if after[title] != before.get(title)} == set(changed)
    for title in changed:
        newest = job.wiki.history(title)[0]
        assert newest.id == after[title]
        assert (newest.user, newest.minor, newest.bot) == (job.wiki.bot, False, True)
        assert newest.comment.startswith("[[Atlas Department/About the bot|wikibot]] ")
        assert f"--- {title} " in planned
    assert unchanged_but(
        PAGES[STAFF],
        job.wiki.text(STAFF) or "",
        (
            "|Priya Elmhurst]]\n| Delivery Manager\n",
            "|Priya Elmhurst]]\n| Senior Delivery Manager\n",
        ),
        ("|Lucia Goldfinch]]", "|Lucia Goldleaf]]"),
    )

    # once more: nothing
    assert job.outcomes(code=0) == {}
    assert job.revisions() == after
    left = {code for code, _, _ in job.findings()}
    mended = [code for code, _, _ in found if code not in left]
    assert sorted(mended) == ["name-mismatch", "title-mismatch"]


def test_what_people_add_to_the_generated_pages_stays(job: Job) -> None:
    job.outcomes(code=0)
    for title in (*REPORTS, CONTACTS):
        job.wiki.edit(
            title, f"Ours: above.\n\n{job.wiki.text(title)}\nOurs: below.", user="Ruth (Example)"
        )
    page = "Atlas Department/Map Data/Updates"
    late = "{{Status update|team=Map Data|date=2026-11-20|health=at risk|done=* Late but there}}\n"
    job.wiki.edit(page, late + (job.wiki.text(page) or ""))
    assert job.outcomes(code=0) == dict.fromkeys((REPORT, MONTH, QUARTER), "changed")
    for title in (*REPORTS, CONTACTS):
        text = job.wiki.text(title) or ""
        assert text.startswith("Ours: above.\n")
        assert text.endswith("Ours: below.")
        assert ("Late but there" in text) == (title in (REPORT, MONTH, QUARTER))
    assert job.outcomes(code=0) == {}


def test_a_page_that_moved_on_is_refused_and_the_others_are_saved(job: Job) -> None:
    job("plan", "--period", PERIOD, "-o", "plan.json", code=1)
    theirs = f"{PAGES[STAFF]}A line that somebody added."
    job.wiki.edit(STAFF, theirs, user="Ruth (Example)")
    said = job("apply", "plan.json", code=1)
    assert f"moved on {STAFF}" in said
    assert f"changed {ROLES}" in said
    assert job.wiki.text(STAFF) == theirs


def test_accounts_that_are_missing_blocked_or_renamed_are_found(job: Job) -> None:
    job.wiki.block("Anders (Example)")
    job.wiki.rename("Mina (Example)", "Mina I (Example)")
    office = "Atlas Department/Planning Office"
    text = (job.wiki.text(office) or "").replace("User:Oskar (Example)", "User:Oscar (Example)")
    job.wiki.edit(office, text)
    codes = {code for code, _, _ in job.findings()}
    assert {"account-missing", "account-blocked", "account-renamed"} <= codes
    assert "account-inactive" not in codes


# --- trouble ------------------------------------------------------------------------------------


def test_a_wrong_password(job: Job) -> None:
    said = job("run", code=2, WIKIBOT_PASSWORD="0" * 32)
    assert job.wiki.bot in said
    assert "0" * 32 not in said
    assert len(said.splitlines()) == 1


def test_a_blocked_account_saves_nothing(job: Job) -> None:
    job.wiki.block(job.wiki.bot)
    before = job.revisions()
    said = job("run", "--period", PERIOD, code=2)
    assert "blocked" in said
    assert job.revisions() == before


def test_a_protected_page_does_not_hold_up_the_others(job: Job) -> None:
    job.wiki.protect(STAFF, edit="sysop")
    outcomes = job.outcomes(code=1)
    assert outcomes.pop(STAFF) == "protected"
    assert set(outcomes.values()) == {"changed"}


def test_pages_that_are_missing_empty_or_garbage_do_not_hold_up_the_others(job: Job) -> None:
    job.wiki.delete("Atlas Department/Map Data")
    job.wiki.edit("Atlas Department/Map Display", "{| {{ [[ <nowiki> '''''\n== \n{|\n|}")
    codes = [(code, page) for code, page, _ in job.findings()]
    assert ("page-missing", "Atlas Department/Map Data") in codes
    assert ("roster-missing", "Atlas Department/Map Display") in codes
    outcomes = job.outcomes(code=1)  # whom to ask would lose the people of both teams
    assert set(outcomes) == {ROLES, STAFF, *REPORTS}
    assert set(outcomes.values()) == {"changed"}


def test_the_shutoff_page_stops_everything(job: Job) -> None:
    job.wiki.edit(f"User:{job.wiki.bot}/Stop", "Something is wrong with the reports.")
    before = job.revisions()
    said = job("run", "--period", PERIOD, code=2)
    assert "Something is wrong" in said
    assert job.revisions() == before


def test_sigterm_ends_a_run_within_ten_seconds_and_the_next_one_goes_on(job: Job) -> None:
    slow = job.config.read_text("utf-8").replace("put_throttle = 0", "put_throttle = 4")
    job.config.write_text(slow, "utf-8")
    errors = job.config.with_name("stderr")
    with errors.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-c", ON_THAT_DAY, "run", "--period", PERIOD],
            env=job.environment(PYTHONUNBUFFERED="1"),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    assert process.stdout is not None
    said = iter(process.stdout.readline, "")
    first = next(line for line in said if line.startswith("changed "))
    process.send_signal(signal.SIGTERM)  # while the next save waits for its turn
    begun = time.monotonic()
    rest = "".join(said)
    process.stdout.close()
    assert process.wait(timeout=60) == 2
    assert time.monotonic() - begun < 10
    assert "changed" not in rest
    assert errors.read_text("utf-8").splitlines()[0] == "wikibot: stopped: SIGTERM"
    saved = first.partition(" (")[0].removeprefix("changed ")
    fast = slow.replace("put_throttle = 4", "put_throttle = 0")
    job.config.write_text(fast, "utf-8")
    outcomes = job.outcomes(code=0)
    assert set(outcomes.values()) == {"changed"}
    assert saved not in outcomes
    assert len(outcomes) == len({STAFF, ROLES, CONTACTS, DIRECTORY, *REPORTS}) - 1


def test_a_wiki_that_is_read_only_is_not_asked_to_save(job: Job) -> None:
    job("check", "--period", PERIOD, code=1)  # logs in
    job.wiki.configure("$wgReadOnly = 'moving house';")
    said = job("run", "--period", PERIOD, code=2)
    assert "stopped: " in said
    assert "the wiki is read-only: moving house" in said
    assert "edit" not in {request.action for request in job.wiki.request_log()}
    looked = job("doctor", code=1)
    assert "wrong    " in looked
    assert "the wiki is read-only: moving house" in looked


def test_a_wrong_password_is_not_noticed_while_cookies_last(job: Job) -> None:
    wrong = {"WIKIBOT_PASSWORD": "not the password of the bot"}
    job("check", "--period", PERIOD, code=1)
    job("check", "--period", PERIOD, code=1, **wrong)
    for kept in (job.config.parent / "state").glob("*/*/*.lwp"):  # as docs/toolforge.md says
        kept.unlink()
    assert "check account and password" in job("check", "--period", PERIOD, code=2, **wrong)
