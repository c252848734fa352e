"""What was installed of the package: remembered, so that what people changed since can be told.

A wiki's history says it too; a folder has none.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection

from wikibot.database import Database, checked

_SCHEMA = (
    """CREATE TABLE installed (
        title TEXT PRIMARY KEY, content BLOB NOT NULL, checksum BLOB NOT NULL, revision INTEGER
    ) WITHOUT ROWID""",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """The text of a page of the package as it was sent, and the revision that it became."""

    text: str
    revision: int | None


class Installed:
    """The pages of the package that were installed, in the file ``path``, by title.

    Each text has its checksum: one that was damaged must not pass for what people have not changed.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, schema=_SCHEMA, version=1)

    def close(self) -> None:
        self._database.close()

    def get(self, title: str) -> Sent | None:
        def select(connection: Connection) -> Sent | None:
            row = connection.execute(
                "SELECT content, checksum, revision FROM installed WHERE title = ?", (title,)
            ).fetchone()
            return Sent(checked(row[0], row[1]), row[2]) if row else None

        return self._database.run(select)

    def put(self, title: str, sent: Sent) -> None:
        content = sent.text.encode()
        row = (title, content, sha256(content).digest(), sent.revision)

        def insert(connection: Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO installed VALUES (?, ?, ?, ?)", row)

        self._database.run(insert)
