"""Where :mod:`wikibot.past` is kept between runs."""

from datetime import date
from pathlib import Path
from sqlite3 import Connection
from typing import Any, get_args

from wikibot.database import Damaged, Database
from wikibot.past import Past, Size, Source, SourceKind

_TABLES = (
    """CREATE TABLE sizes (
        page TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
        known INTEGER NOT NULL, fewer INTEGER NOT NULL, since TEXT
    )""",
    "CREATE TABLE unknown (page TEXT NOT NULL, person TEXT NOT NULL, since TEXT NOT NULL)",
)


class Remembered:
    """What earlier runs have seen, in the file ``path``, which may be lost."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, schema=_TABLES, version=1)
        self._loaded: Past | None = None

    def close(self) -> None:
        self._database.close()

    def load(self) -> Past:
        def select(connection: Connection) -> Past:
            sizes = connection.execute("SELECT page, kind, name, known, fewer, since FROM sizes")
            unknown = connection.execute("SELECT page, person, since FROM unknown")
            return Past(
                dict(_size(row) for row in sizes),
                {(str(page), str(person)): _day(since) for page, person, since in unknown},
            )

        self._loaded = self._database.run(select)
        return self._loaded

    def keep(self, past: Past) -> None:
        """Remember this instead of what was; nothing is written when it is the same."""
        if past == self._loaded:
            return
        sizes = [
            (s.page, s.kind, s.name, size.known, size.fewer, size.since and size.since.isoformat())
            for s, size in past.sizes.items()
        ]
        unknown = [(*key, since.isoformat()) for key, since in past.unknown.items()]

        def write(connection: Connection) -> None:
            connection.execute("DELETE FROM sizes")
            connection.execute("DELETE FROM unknown")
            connection.executemany("INSERT INTO sizes VALUES (?, ?, ?, ?, ?, ?)", sizes)
            connection.executemany("INSERT INTO unknown VALUES (?, ?, ?)", unknown)

        self._database.run(write)
        self._loaded = past


def _size(row: tuple[Any, ...]) -> tuple[Source, Size]:
    page, kind, name, known, fewer, since = row
    if kind not in get_args(SourceKind) or not isinstance(known, int) or not isinstance(fewer, int):
        raise Damaged(f"there is no source {kind!r} of {known!r}")
    return Source(str(page), kind, str(name)), Size(known, fewer, _day(since) if since else None)


def _day(said: object) -> date:
    try:
        return date.fromisoformat(str(said))
    except ValueError as error:
        raise Damaged(str(error)) from None
