"""SQLite files that may be lost: a damaged one is set aside, and a new one begun."""

import logging
import os
import sqlite3
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from wikibot.errors import Trouble

log = logging.getLogger(__name__)

T = TypeVar("T")

# Not the file's fault: https://www.sqlite.org/rescode.html
_CIRCUMSTANCES = frozenset(
    {
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
_BUSY_SECONDS = 10


class Damaged(Exception):
    """What stands in the file cannot be what was written; the text says why."""


class Database:
    """One SQLite file, readable by its owner alone.

    ``schema`` is the statements that make its tables; ``version`` changes with them. A file of
    another version counts as damaged.
    """

    def __init__(self, path: Path, *, schema: Sequence[str], version: int) -> None:
        self._path = path
        self._schema = schema
        self._version = version
        self._connection: sqlite3.Connection | None = None

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do ``work`` as one transaction; once more on a new file if this one is damaged.

        Raises :class:`Trouble` when the file cannot be used (disk full, not permitted, busy).
        """
        try:
            return self._try(work)
        except (sqlite3.Error, UnicodeDecodeError, Damaged) as error:
            # UnicodeDecodeError: the module fails to quote damaged names in its own message
            if not _is_damage(error):
                raise Trouble(f"{self._path}: cannot be used: {error}.") from None
            self._set_aside(error)
        try:
            return self._try(work)
        except sqlite3.Error as error:
            raise Trouble(f"{self._path}: cannot be used: {error}.") from None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _try(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection or self._open()
        with connection:
            return work(connection)

    def _open(self) -> sqlite3.Connection:
        try:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise Trouble(f"{self._path}: cannot be opened: {error.strerror}.") from None
        self._connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        if _version_of(self._connection) == 0:
            self._make_tables(self._connection)
        if (found := _version_of(self._connection)) != self._version:
            raise Damaged(f"it is of version {found}, not {self._version}")
        return self._connection

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        """All or nothing, and once, even if two processes come upon the new file together."""
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if _version_of(connection) == 0:
                for statement in self._schema:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {self._version:d}")

    def _set_aside(self, error: Exception) -> None:
        self.close()
        aside = self._path.with_name(self._path.name + ".damaged")
        log.warning("%s is damaged (%s); it is now %s, a new one begins.", self._path, error, aside)
        try:
            self._path.replace(aside)
            self._path.with_name(self._path.name + "-journal").unlink(missing_ok=True)
        except OSError as problem:
            raise Trouble(
                f"{self._path}: is damaged and cannot be set aside: {problem.strerror}."
            ) from None


def checked(content: object, checksum: object) -> str:
    """A text that was stored in UTF-8 beside its SHA-256."""
    if not isinstance(content, bytes) or sha256(content).digest() != checksum:
        raise Damaged("a text is not the one that was written")
    return content.decode("utf-8", "surrogatepass")


def _version_of(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)  # some errors of the module itself have none
    return code is None or code & 0xFF not in _CIRCUMSTANCES
