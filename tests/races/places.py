"""Where races are held: a folder of pages, a real MediaWiki. People act past the bot."""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from tests.mediawiki import MediaWiki
from tests.races.department import TEMPLATES, configuration, pages
from tests.wiki.opening import Facts, Revisions, config_for, open_for
from wikibot.config import Config
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.live import LiveWiki
from wikibot.wiki.paths import path_of
from wikibot.wiki.protocol import Wiki

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 2, tzinfo=UTC)


class Place(Protocol):
    """A wiki with the department, for one schedule. Titles are whole titles.

    ``merges``: whether the wiki puts two edits of one page together.
    """

    base: str
    merges: bool

    def fresh(self, seed: int, parts: tuple[str, ...]) -> None:
        """Begin anew, with the pages that people have written."""
        ...

    def config(self) -> Config: ...

    def open(self) -> Wiki:
        """The wiki as one bot has it, with a memory of its own."""
        ...

    def text(self, title: str) -> str | None: ...

    def texts(self, titles: Iterable[str]) -> dict[str, str | None]: ...

    def write(self, title: str, text: str) -> None: ...

    def move(self, title: str, to: str, *, redirect: bool) -> None: ...

    def delete(self, title: str) -> None: ...


class InFolder:
    """A folder that is emptied for each schedule; people use an editor. ``kind`` is the wiki that
    the bot has there.
    """

    base = "Dept"
    merges = False
    kind: type[FolderWiki] = FolderWiki

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for title, text in TEMPLATES.items():
            self.write(title, text)

    def fresh(self, seed: int, parts: tuple[str, ...]) -> None:
        del seed  # nothing stays of the schedule before
        for kept in (self.base, ".wikibot"):  # pages, and the log of saves
            shutil.rmtree(self.folder / kept, ignore_errors=True)
        for title, text in pages(self.base, parts).items():
            self.write(title, text)
        self._config = configuration(self.base, parts, folder=str(self.folder))

    def config(self) -> Config:
        return self._config

    def open(self) -> FolderWiki:
        config = self.config()
        return self.kind(
            self.folder, may_write=config.may_write, stop_page=None, clock=lambda: NOON
        )

    def text(self, title: str) -> str | None:
        with suppress(FileNotFoundError):
            return self._file(title).read_bytes().decode()
        return None

    def texts(self, titles: Iterable[str]) -> dict[str, str | None]:
        return {title: self.text(title) for title in titles}

    def write(self, title: str, text: str) -> None:
        file = self._file(title)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def move(self, title: str, to: str, *, redirect: bool) -> None:
        text = self.text(title)
        assert text is not None
        self.delete(title)
        self.write(to, text)
        if redirect:
            self.write(title, f"#REDIRECT [[{to}]]\n")

    def delete(self, title: str) -> None:
        self._file(title).unlink()

    def _file(self, title: str) -> Path:
        return self.folder / path_of(title)


class _AllAccountsAreFine(Facts):
    """Whether accounts are there is not what races are about."""

    def known(self, kind: str, keys: Iterable[str]) -> set[str]:
        return set(keys) if kind == "account" else super().known(kind, keys)


# https://www.mediawiki.org/wiki/Manual:Database_layout; no races are held in another namespace
_TEXT = """
SELECT old_text FROM page
JOIN slots ON slot_revision_id = page_latest
JOIN content ON content_id = slot_content_id
JOIN text ON content_address = 'tt:' || old_id
WHERE page_namespace = 0 AND page_title = ?
"""


class OnMediaWiki:
    """A running wiki; each schedule has pages of its own, so that none has to be taken away.

    Pywikibot holds one login in a process; the two bots share it, and the texts of revisions, which
    never change.
    """

    merges = True

    def __init__(self, wiki: MediaWiki, folder: Path) -> None:
        self._wiki = wiki
        for title, text in TEMPLATES.items():
            self.write(title, text)
        config = config_for(wiki, write_under=["Races/"])
        self._opened = open_for(wiki, folder, config=config)
        self.base = ""
        self._played: set[str] = set()
        self._revisions = Revisions()

    def fresh(self, seed: int, parts: tuple[str, ...]) -> None:
        self.base = f"Races/{seed}"
        while self.base in self._played:
            self.base += "+"
        self._played.add(self.base)
        self._wiki.import_pages(pages(self.base, parts), at=LONG_AGO)
        self._config = configuration(self.base, parts, api=self._wiki.api, user=self._wiki.bot)

    def close(self) -> None:
        self._opened.close()

    def config(self) -> Config:
        return self._config

    def open(self) -> Wiki:
        live = self._opened
        return LiveWiki(
            live._site,
            config=self.config(),
            revisions=self._revisions,
            facts=_AllAccountsAreFine(),
            relay=live._relay,
            counter=live._counter,
            close=lambda: None,
        )

    def text(self, title: str) -> str | None:
        return self.texts([title])[title]

    def texts(self, titles: Iterable[str]) -> dict[str, str | None]:
        """From the database itself, which takes no time."""
        with closing(sqlite3.connect(self._wiki.database, timeout=10)) as database:
            found = {title: database.execute(_TEXT, [title.replace(" ", "_")]) for title in titles}
            return {
                title: row[0] if (row := rows.fetchone()) else None for title, rows in found.items()
            }

    def write(self, title: str, text: str) -> None:
        self._wiki.edit(title, text)

    def move(self, title: str, to: str, *, redirect: bool) -> None:
        self._wiki.move(title, to, redirect=redirect)

    def delete(self, title: str) -> None:
        self._wiki.delete(title)


__all__ = ["InFolder", "OnMediaWiki", "Place"]
