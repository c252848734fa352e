"""What is remembered between runs: one folder for each configuration, private to its owner.

All of it may be lost. Texts and facts are caches; the record of runs is for people to read, and
says whether the bot has ever written. Of the pages of the package it is remembered what was
installed: without that, and without a history on the wiki, they are taken for people's and left
alone. What earlier runs have seen (:mod:`wikibot.past`) makes the bot hold something back, and
nothing else.
"""

import json
import os
import platform
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from sqlite3 import Connection
from typing import Any, TypeVar, get_args
from urllib.parse import urlsplit

import platformdirs
from filelock import FileLock, Timeout

from wikibot.config import Config
from wikibot.database import Damaged, Database, checked
from wikibot.errors import Busy, Trouble
from wikibot.installed import Installed
from wikibot.model import Outcome, OutcomeKind
from wikibot.remembered import Remembered
from wikibot.runs import Run

Clock = Callable[[], datetime]
T = TypeVar("T")

_KEPT = timedelta(days=60)  # a monthly job still finds the texts of the month before
_TOUCHED = timedelta(days=1)  # a run that reads the same pages again need not write
_BELIEVED = timedelta(hours=24)
_BATCH = 500  # values in one statement


def _now() -> datetime:
    return datetime.now(UTC)


# --- where ---------------------------------------------------------------------------------------


def state_directory(given: Path | None, environ: Mapping[str, str]) -> Path:
    """``given``, else ``$WIKIBOT_STATE``, else Toolforge's place for data, else the user's."""
    if given:
        return given
    if named := environ.get("WIKIBOT_STATE"):
        return Path(named)
    if tool := environ.get("TOOL_DATA_DIR"):
        return Path(tool, "wikibot")
    return platformdirs.user_state_path("wikibot")


def open_state(
    config: Config,
    *,
    directory: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    clock: Clock = _now,
) -> "State":
    """The state of one configuration; its folder is made if need be. To be closed."""
    path = state_directory(directory, environ) / _folder_name(config)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    except OSError as error:
        raise Trouble(
            f"{path}: the state directory cannot be made ({error.strerror}); "
            f"name another one with $WIKIBOT_STATE."
        ) from None
    return State(path, name=str(config.path), clock=clock)


def _folder_name(config: Config) -> str:
    """The wiki's name for people; the rest keeps configurations, and their wikis, apart."""
    wiki = config.wiki.api or str(config.folder)
    name = urlsplit(wiki).netloc if config.wiki.api else Path(wiki).name
    digest = sha256(f"{config.path.resolve()}\n{wiki}".encode()).hexdigest()
    return re.sub(r"[^0-9a-z.]+", "-", name.lower()).strip("-.") + f"-{digest[:8]}"


# --- what ----------------------------------------------------------------------------------------


class State:
    """The state of one configuration, in the folder ``path``."""

    def __init__(self, path: Path, *, name: str, clock: Clock) -> None:
        self.path = path
        self._name = name
        self._clock = clock
        self.started = clock()
        self._cache = Database(path / "cache.sqlite", schema=_CACHE, version=1)
        self._runs = Database(path / "runs.sqlite", schema=_RUNS, version=2)
        self.revisions = RevisionCache(self._cache, clock=clock)
        self.facts = FactCache(self._cache, clock=clock)
        self.past = Remembered(path / "past.sqlite")
        self.installed = Installed(path / "installed.sqlite")

    def close(self) -> None:
        self._cache.close()
        self._runs.close()
        self.past.close()
        self.installed.close()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Let one run at a time write; :class:`Trouble` says which other one is under way."""
        lock = FileLock(self.path / "lock", mode=0o600)
        holder = self.path / "lock.json"
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise Busy(
                f"Another run of {self._name} is under way{_who(holder)}; wait for its end."
            ) from None
        except OSError as error:
            raise Trouble(f"{self.path}: cannot be locked: {error.strerror}.") from None
        try:
            _write_holder(holder, since=self._clock())
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def record_run(
        self,
        *,
        tasks: Sequence[str],
        findings: int,
        outcomes: Iterable[Outcome],
        requests: int = 0,
        trouble: str = "",
        held: int = 0,
        lacking: int = 0,
        started: datetime | None = None,
    ) -> Run:
        """Note a run that ends now; it began when the state was opened, unless ``started``."""
        began = started or self.started
        seconds = (self._clock() - began).total_seconds()
        done = tuple(outcomes)
        named = json.dumps(tasks)
        run = (began.isoformat(), seconds, named, findings, requests, trouble, held, lacking)
        rows = [(o.title, o.kind, o.detail, o.revision, o.stop) for o in done]

        def insert(connection: Connection) -> None:
            number = connection.execute(
                "INSERT INTO runs"
                " (started, seconds, tasks, findings, requests, trouble, held, lacking)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                run,
            ).lastrowid
            connection.executemany(
                "INSERT INTO outcomes (run, title, kind, detail, revision, stop)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [(number, *row) for row in rows],
            )

        self._runs.run(insert)
        told = (tuple(tasks), findings, done, requests, trouble, held, lacking)
        return Run(began, seconds, *told)

    def has_written(self) -> bool:
        """Whether some run that is remembered has changed a page."""

        def select(connection: Connection) -> bool:
            found = connection.execute("SELECT 1 FROM outcomes WHERE kind = 'changed' LIMIT 1")
            return found.fetchone() is not None

        return self._runs.run(select)

    def last_runs(self, count: int) -> list[Run]:
        """The last ``count`` runs, the last one first."""

        def select(connection: Connection) -> list[Run]:
            rows = connection.execute(
                "SELECT id, started, seconds, tasks, findings, requests, trouble, held, lacking"
                " FROM runs ORDER BY id DESC LIMIT ?",
                (count,),
            ).fetchall()
            return [_run(row, _outcomes(connection, row[0])) for row in rows]

        return self._runs.run(select)


class RevisionCache:
    """Texts of revisions, as :class:`wikibot.wiki.protocol.RevisionCache`.

    What was not used for two months is forgotten. Each text has its checksum: one that was
    damaged on the disk must not become the base of an edit.
    """

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, revision: int) -> str | None:
        return self.get_many([revision]).get(revision)

    def get_many(self, revisions: Iterable[int]) -> dict[int, str]:
        """Those of the revisions that are known."""
        now = self._clock().timestamp()
        stale = now - _TOUCHED.total_seconds()

        def select(connection: Connection) -> dict[int, str]:
            found: dict[int, str] = {}
            for batch in _batches(revisions):
                marks = ", ".join("?" * len(batch))
                rows = connection.execute(
                    "SELECT revision, content, checksum FROM revisions"
                    f" WHERE revision IN ({marks})",
                    batch,
                )
                found.update((number, checked(content, sum_)) for number, content, sum_ in rows)
                connection.execute(
                    f"UPDATE revisions SET used = ? WHERE used < ? AND revision IN ({marks})",
                    (now, stale, *batch),
                )
            return found

        return self._database.run(select)

    def put_many(self, texts: Mapping[int, str]) -> None:
        now = self._clock().timestamp()
        contents = {number: text.encode("utf-8", "surrogatepass") for number, text in texts.items()}

        def insert(connection: Connection) -> None:
            connection.executemany(
                "INSERT OR REPLACE INTO revisions VALUES (?, ?, ?, ?)",
                [(n, content, sha256(content).digest(), now) for n, content in contents.items()],
            )
            connection.execute(
                "DELETE FROM revisions WHERE used < ?", (now - _KEPT.total_seconds(),)
            )

        self._database.run(insert)


class FactCache:
    """Good news, believed for a day, as :class:`wikibot.wiki.protocol.FactCache`."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def known(self, kind: str, keys: Iterable[str]) -> set[str]:
        """Those of ``keys`` that were remembered within the last 24 hours."""
        now = self._clock().timestamp()

        def select(connection: Connection) -> set[str]:
            found: set[str] = set()
            for batch in _batches(keys):
                rows = connection.execute(
                    "SELECT key FROM facts WHERE kind = ? AND seen > ? AND seen <= ?"
                    f" AND key IN ({', '.join('?' * len(batch))})",
                    (kind, now - _BELIEVED.total_seconds(), now, *batch),
                )
                found.update(key for (key,) in rows)
            return found

        return self._database.run(select)

    def remember(self, kind: str, keys: Iterable[str]) -> None:
        """Believe this of ``keys`` from now on."""
        now = self._clock().timestamp()
        rows = [(kind, key, now) for key in keys]

        def insert(connection: Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", rows)
            connection.execute(
                "DELETE FROM facts WHERE seen <= ?", (now - _BELIEVED.total_seconds(),)
            )

        self._database.run(insert)


# --- how it is stored ----------------------------------------------------------------------------

_CACHE = (
    """CREATE TABLE revisions (
        revision INTEGER PRIMARY KEY, content BLOB NOT NULL, checksum BLOB NOT NULL,
        used REAL NOT NULL
    )""",
    """CREATE TABLE facts (
        kind TEXT NOT NULL, key TEXT NOT NULL, seen REAL NOT NULL, PRIMARY KEY (kind, key)
    ) WITHOUT ROWID""",
)
_RUNS = (
    """CREATE TABLE runs (
        id INTEGER PRIMARY KEY, started TEXT NOT NULL, seconds REAL NOT NULL, tasks TEXT NOT NULL,
        findings INTEGER NOT NULL, requests INTEGER NOT NULL, trouble TEXT NOT NULL,
        held INTEGER NOT NULL, lacking INTEGER NOT NULL
    )""",
    """CREATE TABLE outcomes (
        run INTEGER NOT NULL REFERENCES runs, title TEXT NOT NULL, kind TEXT NOT NULL,
        detail TEXT NOT NULL, revision INTEGER, stop TEXT NOT NULL
    )""",
    "CREATE INDEX outcomes_of_run ON outcomes (run)",
)


def _run(row: tuple[Any, ...], outcomes: tuple[Outcome, ...]) -> Run:
    _, started, seconds, tasks, findings, requests, trouble, held, lacking = row
    try:
        return Run(
            started=datetime.fromisoformat(started),
            seconds=float(seconds),
            tasks=tuple(str(task) for task in json.loads(tasks)),
            findings=int(findings),
            outcomes=outcomes,
            requests=int(requests),
            trouble=str(trouble),
            held=int(held),
            lacking=int(lacking),
        )
    except (TypeError, ValueError) as error:
        raise Damaged(str(error)) from None


def _outcomes(connection: Connection, run: int) -> tuple[Outcome, ...]:
    rows = connection.execute(
        "SELECT title, kind, detail, revision, stop FROM outcomes WHERE run = ? ORDER BY rowid",
        (run,),
    ).fetchall()
    for row in rows:
        if row[1] not in get_args(OutcomeKind):
            raise Damaged(f"there is no outcome {row[1]!r}")
    return tuple(
        Outcome(title=title, kind=kind, detail=detail, revision=revision, stop=stop)
        for title, kind, detail, revision, stop in rows
    )


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(dict.fromkeys(values))
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _write_holder(path: Path, *, since: datetime) -> None:
    said = {"process": os.getpid(), "host": platform.node(), "since": since.isoformat()}
    try:
        path.unlink(missing_ok=True)
        number = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(said, file)
    except OSError as error:
        raise Trouble(f"{path}: cannot be written: {error.strerror}.") from None


def _who(path: Path) -> str:
    """Which process holds the lock; ``""`` in the moment before it has said so."""
    try:
        said = json.loads(path.read_text("utf-8"))
        return f" (process {said['process']} on {said['host']} since {said['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
