"""The state directory, the lock, the caches, the record of runs."""

import logging
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wikibot import config
from wikibot.errors import Trouble
from wikibot.installed import Sent
from wikibot.model import Outcome
from wikibot.state import Run, State, open_state, state_directory

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, clock: Clock) -> Iterator[State]:
    opened = State(tmp_path, name="wikibot.toml", clock=clock)
    yield opened
    opened.close()


def config_of(path: Path, **wiki: str) -> config.Config:
    return config.parse({"wiki": wiki or {"folder": "pages"}}, path=path)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- the folder ---------------------------------------------------------------------------------


def test_the_argument_goes_before_the_environment() -> None:
    environ = {"WIKIBOT_STATE": "/named", "TOOL_DATA_DIR": "/data/project/tool"}
    assert state_directory(Path("/given"), environ) == Path("/given")
    assert state_directory(None, environ) == Path("/named")
    del environ["WIKIBOT_STATE"]
    assert state_directory(None, environ) == Path("/data/project/tool/wikibot")
    assert state_directory(None, {}).name == "wikibot"


def test_each_configuration_and_each_wiki_has_its_own_folder(tmp_path: Path) -> None:
    configs = [
        config_of(tmp_path / "a.toml"),
        config_of(tmp_path / "b.toml"),
        config_of(tmp_path / "a.toml", api="https://wiki.example/w/api.php", user="Bot"),
        config_of(tmp_path / "a.toml", api="https://wiki.example/x/api.php", user="Bot"),
    ]
    states = [open_state(each, directory=tmp_path / "state") for each in configs]
    names = [each.path.name for each in states]
    assert len(set(names)) == 4
    assert names[0].startswith("pages-")
    assert names[2].startswith("wiki.example-")


def test_a_configuration_keeps_its_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    direct = open_state(
        config_of(tmp_path / "a.toml", api="https://w.example/api.php", user="Bot"),
        directory=tmp_path / "state",
    )
    around = open_state(
        config_of(tmp_path / "sub/../a.toml", api="https://w.example/api.php", user="Bot"),
        directory=tmp_path / "state",
    )
    assert direct.path == around.path


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    opened = open_state(config_of(tmp_path / "a.toml"), directory=tmp_path / "new" / "state")
    opened.revisions.put_many({1: "text"})
    opened.record_run(tasks=[], findings=0, outcomes=[])
    with opened.lock():
        files = [path for path in opened.path.iterdir() if path.is_file()]
        assert {path.name for path in files} == {"cache.sqlite", "runs.sqlite", "lock", "lock.json"}
        assert {mode(path) for path in files} == {0o600}
    assert mode(opened.path) == 0o700
    opened.close()


def test_a_state_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match=r"file.*cannot be made.*WIKIBOT_STATE"):
        open_state(config_of(tmp_path / "a.toml"), directory=tmp_path / "file")


# --- the lock -----------------------------------------------------------------------------------

_HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from wikibot.state import State
clock = lambda: datetime(2026, 11, 20, 12, tzinfo=UTC)
with State(Path(sys.argv[1]), name="wikibot.toml", clock=clock).lock():
    print("locked", flush=True)
    sys.stdin.read()
"""


def test_one_run_at_a_time(state: State) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(state.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(Trouble) as trouble, state.lock():
            pass
    finally:
        other.communicate()
    said = str(trouble.value)
    assert said.startswith(f"Another run of wikibot.toml is under way (process {other.pid} on ")
    assert "since 2026-11-20T12:00:00+00:00" in said
    with state.lock():
        assert (state.path / "lock.json").exists()
    assert not (state.path / "lock.json").exists()


def test_a_lock_that_cannot_say_whose_it_is_is_trouble(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wikibot.state.json.dump", full)
    with pytest.raises(Trouble, match=r"lock.json: cannot be written: No space left"), state.lock():
        raise AssertionError("locked")
    monkeypatch.undo()
    with state.lock():
        pass


def test_a_killed_run_holds_no_lock(state: State) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(state.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    other.stdout.readline()
    other.kill()
    other.communicate()
    assert (state.path / "lock.json").exists()
    with state.lock():
        assert str(other.pid) not in (state.path / "lock.json").read_text()


# --- texts --------------------------------------------------------------------------------------


def test_texts_are_remembered(state: State, tmp_path: Path, clock: Clock) -> None:
    texts = {1: "", 2: "Zoë\r\n\ufeff😀", 2**48 - 1: "lone \ud800"}
    state.revisions.put_many(texts)
    again = State(tmp_path, name="", clock=clock)
    assert again.revisions.get_many([1, 2, 3, 2**48 - 1]) == texts
    assert again.revisions.get(2) == "Zoë\r\n\ufeff😀"
    assert again.revisions.get(3) is None
    again.close()


def test_more_texts_than_one_statement_takes(state: State) -> None:
    texts = {number: str(number) for number in range(1201)}
    state.revisions.put_many(texts)
    assert state.revisions.get_many(iter(range(2000))) == texts


def test_texts_that_are_used_are_kept(state: State, clock: Clock) -> None:
    state.revisions.put_many({1: "used", 2: "not used"})
    clock.now += timedelta(days=40)
    assert state.revisions.get(1) == "used"
    clock.now += timedelta(days=40)
    state.revisions.put_many({3: "new"})
    assert state.revisions.get_many([1, 2, 3]) == {1: "used", 3: "new"}


def test_a_text_that_changed_on_the_disk_is_not_believed(
    state: State, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state.revisions.put_many({1: "Ada, Manager"})
    state.close()
    path = tmp_path / "cache.sqlite"
    path.write_bytes(path.read_bytes().replace(b"Manager", b"Mangler"))
    with caplog.at_level(logging.WARNING):
        assert state.revisions.get(1) is None
    assert "cache.sqlite is damaged (a text is not the one that was written)" in caplog.text


# --- facts --------------------------------------------------------------------------------------


def test_good_news_is_believed_for_a_day(state: State, clock: Clock) -> None:
    state.facts.remember("account", ["Ada", "Grace"])
    clock.now += timedelta(hours=23)
    assert state.facts.known("account", ["Ada", "Barbara"]) == {"Ada"}
    assert state.facts.known("page", ["Ada"]) == set()
    clock.now += timedelta(hours=1)
    assert state.facts.known("account", ["Ada"]) == set()


def test_remembering_again_starts_the_day_anew(state: State, clock: Clock) -> None:
    state.facts.remember("page", ["Help:Contents"])
    clock.now += timedelta(hours=20)
    state.facts.remember("page", ["Help:Contents"])
    clock.now += timedelta(hours=20)
    assert state.facts.known("page", ["Help:Contents"]) == {"Help:Contents"}


def test_facts_from_the_future_are_not_believed(state: State, clock: Clock) -> None:
    state.facts.remember("account", ["Ada"])
    clock.now -= timedelta(hours=1)
    assert state.facts.known("account", ["Ada"]) == set()


# --- runs ---------------------------------------------------------------------------------------


def test_runs_are_remembered_the_last_one_first(state: State, clock: Clock) -> None:
    outcomes = (
        Outcome("Team", "changed", revision=12),
        Outcome("Team/Roles", "failed", "The page is too long.", stop="The account is blocked."),
    )
    clock.now += timedelta(seconds=2.5)
    state.record_run(tasks=["roster", "roles"], findings=3, outcomes=outcomes, requests=7)
    later = clock.now
    clock.now += timedelta(seconds=1)
    state.record_run(
        tasks=(), findings=0, outcomes=[], trouble="The wiki is unreachable.", started=later
    )
    expected = [
        Run(later, 1.0, (), 0, (), trouble="The wiki is unreachable."),
        Run(NOON, 2.5, ("roster", "roles"), 3, outcomes, requests=7),
    ]
    assert state.last_runs(5) == expected
    assert state.last_runs(1) == expected[:1]


# --- damage -------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside(
    tmp_path: Path, clock: Clock, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("cache.sqlite", "runs.sqlite"):
        (tmp_path / name).write_bytes(content)
    state = State(tmp_path, name="", clock=clock)
    with caplog.at_level(logging.WARNING):
        assert state.revisions.get(1) is None
        assert state.last_runs(1) == []
    state.revisions.put_many({1: "text"})
    assert state.revisions.get(1) == "text"
    state.close()
    if content:  # an empty file is a new one
        assert (tmp_path / "cache.sqlite.damaged").read_bytes() == content
        assert (tmp_path / "runs.sqlite.damaged").read_bytes() == content
        assert caplog.text.count("is damaged") == 2


def test_a_file_of_another_version_is_set_aside(tmp_path: Path, clock: Clock) -> None:
    with sqlite3.connect(tmp_path / "runs.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    state = State(tmp_path, name="", clock=clock)
    assert state.last_runs(1) == []
    state.close()
    assert (tmp_path / "runs.sqlite.damaged").exists()


def test_a_file_that_cannot_be_opened_is_trouble(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "cache.sqlite").mkdir()
    state = State(tmp_path, name="", clock=clock)
    with pytest.raises(Trouble, match=r"cache\.sqlite: cannot be opened"):
        state.revisions.get(1)


def test_a_full_disk_is_trouble_and_no_damage(tmp_path: Path, state: State) -> None:
    state.revisions.put_many({1: "text"})
    assert state._cache._connection is not None
    state._cache._connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(Trouble, match=r"cache\.sqlite: cannot be used: .*full"):
        state.revisions.put_many({2: "x" * 1_000_000})
    assert state.revisions.get(1) == "text"
    assert not (tmp_path / "cache.sqlite.damaged").exists()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(damage=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1))))
def test_no_damage_ends_in_a_traceback_or_a_wrong_text(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[float, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    state = State(folder, name="", clock=lambda: NOON)
    texts = {number: f"text {number}" * 50 for number in range(20)}
    state.revisions.put_many(texts)
    state.facts.remember("account", ["Ada"])
    state.record_run(tasks=["roster"], findings=1, outcomes=[Outcome("Team", "changed")])
    state.close()
    for name in ("cache.sqlite", "runs.sqlite"):
        content = bytearray((folder / name).read_bytes())
        for where, junk in damage:
            start = int(where * len(content))
            content[start : start + len(junk)] = junk
        (folder / name).write_bytes(content)

    found = state.revisions.get_many(range(30))
    assert found.items() <= texts.items()
    state.facts.known("account", ["Ada"])
    state.facts.remember("account", ["Grace"])
    state.last_runs(3)
    state.record_run(tasks=["roles"], findings=0, outcomes=[])
    assert state.last_runs(1)[0].tasks == ("roles",)
    state.close()


# --- what was installed, and whether anything was -----------------------------------------------


def test_what_was_installed_is_remembered(state: State, tmp_path: Path) -> None:
    sent = Sent("text “é”\n", 7)
    assert state.installed.get("Template:A") is None
    state.installed.put("Template:A", Sent("before", None))
    state.installed.put("Template:A", sent)
    again = State(tmp_path, name="wikibot.toml", clock=Clock())
    assert again.installed.get("Template:A") == sent
    assert again.installed.get("Template:B") is None
    again.close()


def test_whether_any_run_has_written(state: State) -> None:
    assert not state.has_written()
    state.record_run(tasks=["roster"], findings=1, outcomes=[Outcome("Team", "failed")])
    assert not state.has_written()
    state.record_run(tasks=["roster"], findings=1, outcomes=[Outcome("Team", "changed")])
    state.record_run(tasks=["roster"], findings=1, outcomes=[])
    assert state.has_written()
