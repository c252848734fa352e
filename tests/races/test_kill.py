"""A run that is stopped between any two steps: the next one neither repeats nor forgets anything.

The folder wiki has the log of saves as a witness of what was written how often; what a whole run
leaves is learnt from one that nobody stopped.
"""

import errno
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.mediawiki import VERSIONS, MediaWiki, start
from tests.races.department import TEMPLATES, pages
from tests.races.stopping import Stopper
from wikibot import config as configuration
from wikibot.cli import main
from wikibot.database import Database
from wikibot.state import Run, open_state
from wikibot.wiki.paths import path_of

BASE = "Dept"
PERIOD = "2026-W47"
CONFIG = f"""
[wiki]
{{wiki}}
write_under = ["{BASE}/"]
[[team]]
name = "Trees"
page = "{BASE}/Team"
updates = ["{BASE}/Updates"]
[[staff]]
page = "{BASE}/Staff"
[[roles]]
page = "{BASE}/Roles"
[contacts]
page = "{BASE}/Contacts"
[report]
base = "{BASE}/Status"
monthly = false
quarterly = false
frozen_after = 10000
[limits]
put_throttle = 0
"""
PAGES = pages(BASE, ("Staff", "Roles", "Contacts", "Status/2026-W47"))
SAVED = ("Staff", "Roles", "Contacts", "Status/2026-W47", "Status")  # by a run, in this order
WORDS = ("run", "--period", PERIOD)


@dataclass(frozen=True)
class Office:
    """A folder with a configuration, its state and, unless the wiki is a live one, its pages."""

    folder: Path
    more: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "WIKIBOT_CONFIG": str(self.folder / "wikibot.toml"),
            "WIKIBOT_STATE": str(self.folder / "state"),
            **dict(self.more),
        }

    def run(self) -> Result:
        """A run that nobody stops."""
        return command(*WORDS, "--format", "json", environment=self.environment)

    def outcomes(self) -> dict[str, str]:
        result = self.run()
        assert result.exit_code == 0, result.output
        said = json.loads(result.stdout)["outcomes"]
        return {each["title"].removeprefix(f"{BASE}/"): each["kind"] for each in said}

    def texts(self) -> dict[str, str]:
        files = (self.folder / "wiki" / BASE).rglob("*.wiki")
        return {
            str(file.relative_to(self.folder / "wiki" / BASE)): file.read_text("utf-8")
            for file in files
        }

    def saves(self) -> Counter[str]:
        """How often the bot has saved each page."""
        log = self.folder / "wiki" / ".wikibot" / "revisions.jsonl"
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        return Counter(json.loads(line)["title"].removeprefix(f"{BASE}/") for line in lines)

    def last_run(self) -> Run | None:
        config = configuration.load(self.folder / "wikibot.toml")
        state = open_state(config, directory=self.folder / "state")
        runs = state.last_runs(1)
        state.close()
        return runs[0] if runs else None


def command(*words: str, environment: dict[str, str]) -> Result:
    """The command line in this process; a traceback fails the test."""
    result = CliRunner().invoke(main, words, env=environment)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def office_in(folder: Path) -> Office:
    (folder / "wikibot.toml").write_text(CONFIG.format(wiki='folder = "wiki"'), "utf-8")
    for title, text in (PAGES | TEMPLATES).items():
        file = folder / "wiki" / path_of(title)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return Office(folder)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_in(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages after a run that nobody stopped."""
    undisturbed = office_in(tmp_path_factory.mktemp("whole"))
    assert undisturbed.outcomes() == dict.fromkeys(SAVED, "changed")
    assert undisturbed.outcomes() == {}
    return undisturbed.texts()


def goes_on(office: Office, whole: dict[str, str]) -> None:
    """The next run does just what was left, and the one after it nothing."""
    there = {name for name in SAVED if office.texts().get(f"{name}.wiki") == whole[f"{name}.wiki"]}
    before = office.saves()
    assert office.outcomes() == dict.fromkeys((n for n in SAVED if n not in there), "changed")
    assert office.texts() == whole
    assert all(count == 1 for count in office.saves().values()), office.saves()
    assert set(office.saves() - before).isdisjoint(there)
    assert office.outcomes() == {}
    assert not list(office.folder.rglob(".wikibot-save"))


# --- signals -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stopper() -> Iterator[Stopper]:
    begun = Stopper()
    yield begun
    begun.close()


MOMENTS = {  # and how many pages are saved then
    "before survey 1": 0,
    "after survey 1": 0,
    "before plan 1": 0,
    "after plan 1": 0,
    "before save 1": 0,
    "before write 1": 0,
    "after write 1": 1,
    "after note 1": 1,
    "after save 1": 1,
    "before save 2": 1,
    "after write 3": 3,
    "after save 5": 5,
    "before record 1": 5,
    "after record 1": 5,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_run_is_taken_up_by_the_next(
    moment: str, office: Office, whole: dict[str, str], stopper: Stopper
) -> None:
    killed = stopper(*WORDS, environment=office.environment, moment=moment, number=signal.SIGKILL)
    assert killed.returncode == -signal.SIGKILL
    there = [n for n in SAVED if office.texts().get(f"{n}.wiki") == whole[f"{n}.wiki"]]
    assert there == list(SAVED[: MOMENTS[moment]])
    goes_on(office, whole)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_that_is_told_to_end_says_what_it_has_done(
    moment: str, office: Office, whole: dict[str, str], stopper: Stopper
) -> None:
    ended = stopper(*WORDS, environment=office.environment, moment=moment, number=signal.SIGTERM)
    assert ended.returncode == 2
    assert "wikibot: stopped: SIGTERM" in ended.stderr.splitlines()
    there = [n for n in SAVED if office.texts().get(f"{n}.wiki") == whole[f"{n}.wiki"]]
    assert there == list(SAVED[: MOMENTS[moment]])
    recorded = office.last_run()
    assert recorded
    changed = [o.title.removeprefix(f"{BASE}/") for o in recorded.outcomes if o.kind == "changed"]
    assert changed == there
    assert recorded.trouble == ("" if "record" in moment else "SIGTERM")
    goes_on(office, whole)


LIVE_MOMENTS = {
    "after plan 1": 0,
    "before request 1": 0,
    "after request 1": 1,
    "after live save 2": 2,
    "before record 1": 5,
}


@pytest.fixture(scope="module", params=VERSIONS)
def department(request: pytest.FixtureRequest) -> Iterator[MediaWiki]:
    """What people have written."""
    with start(request.param) as wiki:
        wiki.import_pages(PAGES | TEMPLATES)
        wiki.let_the_bot_be_known()
        wiki.keep()
        yield wiki


def office_on(wiki: MediaWiki, folder: Path) -> Office:
    folder.mkdir()
    where = f'api = "{wiki.api}"\nuser = "{wiki.bot}"'
    (folder / "wikibot.toml").write_text(CONFIG.format(wiki=where), "utf-8")
    login = (("WIKIBOT_LOGIN", wiki.bot_login), ("WIKIBOT_PASSWORD", wiki.bot_password))
    return Office(folder, login)


@pytest.mark.own_wiki
def test_a_run_on_a_real_wiki_is_taken_up_by_the_next(
    department: MediaWiki, tmp_path: Path, stopper: Stopper
) -> None:
    for number, (moment, saved) in enumerate(LIVE_MOMENTS.items()):
        department.reset()
        office = office_on(department, tmp_path / str(number))
        stop = signal.SIGTERM if number % 2 else signal.SIGKILL
        ended = stopper(*WORDS, environment=office.environment, moment=moment, number=stop)
        assert ended.returncode == (2 if number % 2 else -stop)
        assert office.outcomes() == dict.fromkeys(SAVED[saved:], "changed"), moment
        edits = [r.user for name in SAVED for r in department.history(f"{BASE}/{name}")]
        assert edits.count(department.bot) == len(SAVED)
        assert office.outcomes() == {}


# --- a full disk ---------------------------------------------------------------------------------


class Disk:
    """A disk that is full from one write on; ``writes`` counts those that were tried."""

    def __init__(self, room: float) -> None:
        self.writes = 0
        self.room = room

    def write(self) -> bool:
        """Whether there is room for one more."""
        self.writes += 1
        return self.writes <= self.room


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk on which everything is written: pages, the log, the lock, the databases."""
    found = Disk(float("inf"))
    fsync, try_, fdopen, text = os.fsync, Database._try, os.fdopen, Path.write_text

    def full() -> OSError:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def synced(number: int) -> None:
        if not found.write():
            os.ftruncate(number, os.fstat(number).st_size // 2)  # half of it was written
            raise full()
        fsync(number)

    def tried(database: Database, work: Any) -> Any:
        if not found.write():
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return try_(database, work)

    def opened(number: int, *words: Any, **more: Any) -> Any:
        if not found.write():
            os.close(number)
            raise full()
        return fdopen(number, *words, **more)

    def wrote(path: Path, *words: Any, **more: Any) -> int:
        if not found.write():
            path.touch()
            raise full()
        return text(path, *words, **more)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Database, "_try", tried)
    monkeypatch.setattr("wikibot.state.os.fdopen", opened)
    monkeypatch.setattr(Path, "write_text", wrote)
    return found


def test_a_disk_that_is_full_from_any_write_on(
    whole: dict[str, str], tmp_path: Path, disk: Disk
) -> None:
    roomy = office_in(tmp_path)
    disk.writes = 0
    roomy.outcomes()
    writes = disk.writes
    assert writes > 2 * len(SAVED)
    for room in range(writes):
        (tmp_path / str(room)).mkdir()
        disk.room = float("inf")
        office = office_in(tmp_path / str(room))
        before = office.texts()
        disk.writes, disk.room = 0, room
        result = office.run()
        disk.room = float("inf")
        after = office.texts()
        assert result.exit_code in (1, 2)
        assert "space left" in result.output or "disk is full" in result.output
        for name, text in after.items():
            assert text in (before.get(name), whole[name]), name
        repaired(office, whole)


def repaired(office: Office, whole: dict[str, str]) -> None:
    """The next run does what was left. The log of saves may lack what there was no room for."""
    office.outcomes()
    assert office.texts() == whole
    assert office.outcomes() == {}
    assert not list(office.folder.rglob(".wikibot-save"))


@pytest.mark.parametrize("most", [0, 100, 1000, 10_000])
def test_files_that_the_system_does_not_let_grow(
    most: int, office: Office, whole: dict[str, str]
) -> None:
    before = office.texts()
    done = subprocess.run(
        [sys.executable, "-B", "-m", "wikibot", *WORDS],
        env=office.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert done.returncode in (1, 2), done.stdout
    assert "Traceback" not in done.stderr
    for name, text in office.texts().items():
        assert text in (before.get(name), whole[name]), name
    repaired(office, whole)


# --- damaged files -------------------------------------------------------------------------------


def damage(file: Path, random: Random) -> None:
    """Cut it off, or write noise into it."""
    content = bytearray(file.read_bytes())
    start = random.randrange(len(content) + 1)
    match random.randrange(4):
        case 0:
            del content[start:]
        case 1:
            noise = random.randbytes(random.choice((1, 20, 3000)))
            content[start : start + len(noise)] = noise
        case 2:
            content = bytearray(random.randbytes(len(content)))
        case 3:
            del content[start : start + random.choice((1, 50, 1000))]
    file.write_bytes(content)


def test_damaged_state_never_makes_a_run_repeat_itself(
    office: Office, whole: dict[str, str]
) -> None:
    office.outcomes()
    saves = office.saves()
    log = office.folder / "wiki" / ".wikibot" / "revisions.jsonl"
    written = log.read_bytes()
    kept = {file: file.read_bytes() for file in files_of(office)}
    assert {file.name for file in kept} >= {"runs.sqlite", "lock"}
    for seed in range(80):
        random = Random(seed)
        for file, content in kept.items():
            file.write_bytes(content)
            if random.random() < 0.7:
                damage(file, random)
        (next(iter(kept)).parent / "lock.json").write_bytes(random.randbytes(40))
        damage(log, random)
        assert office.outcomes() == {}, seed
        assert office.texts() == whole
        recorded = office.last_run()  # none, where only reading it finds the damage
        assert recorded is None or recorded.outcomes == ()
        log.write_bytes(written)
    assert office.saves() == saves


def files_of(office: Office) -> list[Path]:
    return sorted(f for f in (office.folder / "state").rglob("*") if f.is_file())


@pytest.mark.own_wiki
def test_damaged_state_of_a_real_wiki(department: MediaWiki, tmp_path: Path) -> None:
    """Texts of revisions, facts, Pywikibot's cookies and caches."""
    department.reset()
    office = office_on(department, tmp_path / "office")
    assert office.outcomes() == dict.fromkeys(SAVED, "changed")
    newest = [department.history(f"{BASE}/{name}")[0].id for name in SAVED]
    for seed in range(12):
        random = Random(seed)
        for file in files_of(office):
            if random.random() < 0.7 and file.suffix != ".py":
                damage(file, random)
        assert office.outcomes() == {}, seed
    assert [department.history(f"{BASE}/{name}")[0].id for name in SAVED] == newest
