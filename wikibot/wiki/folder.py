"""A wiki that is a folder of ``.wiki`` files: offline, in a git repository, in tests.

A revision is a number made from the text, not counted in a register. So people may edit the files
with an editor or git and nothing needs to be told of it, and a page that was changed and changed
back has not moved on. What the bot saves is also written down in ``.wikibot/revisions.jsonl``, for
people to read, and for the bot to know how it summed up its edits; no page depends on it.

Saving keeps MediaWiki's rules on edit conflicts. Runs of the bot exclude each other by a lock.
An editor knows no such lock; what it writes is still seen up to the moment the file is replaced.
"""

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout

from wikibot.errors import WikiError
from wikibot.fights import Version, times_put_back
from wikibot.model import Edit, Outcome, Page, Site
from wikibot.titles import normal_title
from wikibot.wiki.paths import path_of
from wikibot.wiki.protocol import MOST_SUMMARIES
from wikibot.wikitext.exclusion import excluded, shut_off
from wikibot.wikitext.redirects import is_redirect

_OWN = ".wikibot"  # no page stands there: paths encode a dot at the beginning
_LOCK_SECONDS = 30


def revision_of(content: bytes) -> int:
    """The revision number of a page with this content: 48 bits, so that JSON holds it exactly."""
    return int.from_bytes(sha256(content).digest()[:6], "big")


@dataclass(frozen=True, slots=True)
class _Saved:
    """A line of the log of saves."""

    title: str
    user: str
    summary: str
    saved: datetime
    revision: int
    parent: int | None


def _record(line: bytes) -> _Saved | None:
    """A line of the log; ``None`` if it is damaged.

    That is nothing to stop for: a full disk or a run that was killed may leave half a line, people
    may merge or edit the file, and what was saved is on the pages all the same.
    """
    try:
        said = json.loads(line)
        saved = datetime.fromisoformat(said["timestamp"])
        numbers = said["revision"], said["parent"]
        record = _Saved(said["title"], said["user"], said["summary"], saved, *numbers)
    except (ValueError, TypeError, KeyError):
        return None
    return record if saved.tzinfo and isinstance(record.summary, str) else None


class _PageProblem(Exception):
    """Why one page cannot be read or written, as a sentence."""


class FolderWiki:
    """The pages in ``folder``, as :class:`wikibot.wiki.protocol.Wiki`.

    ``may_write`` says of a title whether the bot may write it at all; ``user`` is the name that
    ``{{bots}}`` is read for and that the log of saves carries; ``clock`` dates that log.
    """

    def __init__(
        self,
        folder: Path,
        *,
        may_write: Callable[[str], bool],
        user: str = "wikibot",
        stop_page: str | None,
        clock: Callable[[], datetime],
    ) -> None:
        if not folder.is_dir():
            raise WikiError(f"{folder}: there is no such folder of pages; make it, or correct it.")
        self._folder = folder
        self._may_write = may_write
        self._user = user
        self._stop_page = stop_page
        self._clock = clock
        self._site = Site(name=folder.resolve().name)

    def site(self) -> Site:
        """English namespaces, no interwikis; named as the folder is."""
        return self._site

    def load(self, titles: Iterable[str]) -> dict[str, Page]:
        """Pages by title; a file that cannot be read gives a page with a ``problem``."""
        return {title: self._load(title) for title in titles}

    def _load(self, title: str) -> Page:
        try:
            content = _content(self._file(self._normal(title)))
            if content is None:
                return Page(title)
            text = content.decode()
        except _PageProblem as problem:
            return Page(title, problem=str(problem))
        except UnicodeDecodeError as error:
            return Page(title, problem=f"{self.url(title)}: is not UTF-8: {error}.")
        if title.endswith(".json"):
            return Page(title, text, revision=revision_of(content), model="json")
        return Page(title, text, revision=revision_of(content), redirect=is_redirect(text))

    def exists(self, titles: Iterable[str]) -> dict[str, bool]:
        """Whether something stands in each title's place; special pages are there without one."""
        return {title: self._exists(title) for title in titles}

    def _exists(self, title: str) -> bool:
        try:
            name = normal_title(title, self._site)
        except ValueError:
            return False
        try:
            return name.startswith("Special:") or self._file(name).is_file()
        except _PageProblem:
            return True

    def as_of(self, pages: Iterable[Page], moment: datetime) -> None:
        """``None``: a folder keeps no texts of earlier revisions."""

    def own_summaries(self, title: str, since: datetime) -> tuple[str, ...]:
        """What the log of saves says; it has nothing of a folder that was copied without it."""
        summaries = (saved.summary for saved in self._own(title) if saved.saved >= since)
        return tuple(islice(summaries, MOST_SUMMARIES))

    def own_version(self, title: str) -> Page | None:
        """The page as it is, if the log of saves says that the bot made it so."""
        page = self._load(title)
        last = next(self._own(title), None)
        return page if page.exists and last and last.revision == page.revision else None

    def has_written(self) -> None:
        """``None``: a folder has no accounts."""

    def _own(self, title: str) -> Iterator[_Saved]:
        """The bot's own saves of a page, newest first."""
        try:
            name = normal_title(title, self._site)
        except ValueError:
            return
        for saved in reversed(self._saves()):
            if saved.title == name and saved.user == self._user:
                yield saved

    def put_back(self, edits: Iterable[Edit]) -> dict[str, int]:
        """By the log of saves, which has the sums of the texts; people's are those in between."""
        saves = self._saves()
        times: dict[str, int] = {}
        for edit in edits:
            of_page = [save for save in saves if save.title == normal_title(edit.title, self._site)]
            if edit.base is None:
                ours = [s for s in of_page if s.user == self._user and s.parent is None]
                times[edit.title] = len(ours)
            else:
                versions = self._versions(of_page, edit)
                times[edit.title] = times_put_back(reversed(versions))
        return {title: number for title, number in times.items() if number}

    def _versions(self, saves: Iterable[_Saved], edit: Edit) -> list[Version]:
        """What a page was, as far as the log tells, the oldest first."""
        planned = revision_of(edit.new.encode())
        numbers: list[tuple[int | None, bool]] = []
        for save in saves:
            if not numbers or numbers[-1][0] != save.parent:
                numbers.append((save.parent, False))
            numbers.append((save.revision, save.user == self._user))
        if not numbers or numbers[-1][0] != edit.base:
            numbers.append((edit.base, False))
        return [Version(number == planned, ours) for number, ours in numbers]

    def _saves(self) -> list[_Saved]:
        """The log of saves, the oldest first."""
        log = self._folder / _OWN / "revisions.jsonl"
        try:
            lines = log.read_bytes().splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise WikiError(f"{log}: cannot be read: {error.strerror}.") from None
        return [record for record in map(_record, lines) if record]

    def accounts(self, usernames: Iterable[str], *, since: date, afresh: bool = False) -> None:
        """``None``: a folder has no accounts."""

    def open_to_others(self, title: str) -> None:
        """``None``: whoever can write the files could as well change the configuration."""

    def stop_reason(self) -> str | None:
        """What the shut-off page says; a page with nothing but comments says nothing."""
        if self._stop_page is None:
            return None
        page = self._load(self._stop_page)
        if page.problem:
            return f"The shut-off page cannot be read: {page.problem}"
        words = shut_off(page.text)
        return f"The shut-off page “{self._stop_page}” says: {words}" if words else None

    def why_not_writable(self) -> str | None:
        """The folder of pages, or that of the lock, lets us write nothing."""
        for folder in (self._folder, self._folder / _OWN):
            if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
                return f"{folder}: the folder may not be written; correct its permissions."
        return None

    def url(self, title: str, *, revision: int | None = None, line: int = 0) -> str:
        """``path:line``, counted from the current folder where the file is below that.

        A file has no permalink: ``revision`` makes no difference.
        """
        del revision
        try:
            file = self._folder.absolute() / path_of(self._normal(title))
        except _PageProblem:
            return title
        here = Path.cwd()
        shown = file.relative_to(here) if file.is_relative_to(here) else file
        return f"{shown}:{line}" if line else str(shown)

    @property
    def requests(self) -> int:
        """None: files are read."""
        return 0

    def close(self) -> None:
        """Nothing is held open."""

    # --- saving ---------------------------------------------------------------------------------

    def save(self, edit: Edit) -> Outcome:
        """Save one edit under the lock of the folder, and read it back."""
        try:
            name = self._normal(edit.title)
            if not self._may_write(name):
                detail = "is not among the titles that the bot may write"
                return Outcome(edit.title, "refused", detail)
            if edit.old == edit.new:
                return Outcome(edit.title, "unchanged", revision=edit.base)
            with self._locked():
                return self._save(edit, name)
        except _PageProblem as problem:
            return Outcome(edit.title, "failed", str(problem))
        except UnicodeError as error:
            return Outcome(edit.title, "failed", f"{self.url(edit.title)}: not UTF-8: {error}.")
        except OSError as error:
            return Outcome(edit.title, "failed", f"{self.url(edit.title)}: not saved: {error}.")

    def _save(self, edit: Edit, name: str) -> Outcome:
        file = self._file(name)
        before = _content(file)
        new = edit.new.encode()
        if objection := self._objection(edit, before):
            return objection
        if new == before:
            return Outcome(edit.title, "unchanged", revision=edit.base)
        if not _replace(file, new, before=before):
            return Outcome(edit.title, "conflict", "was edited in this very moment")
        if _content(file) != new:
            return Outcome(
                edit.title, "failed", f"{self.url(name)}: what was saved does not read back."
            )
        revision = revision_of(new)
        try:
            self._log(edit, name, revision)
        except OSError as error:
            detail = f"saved, but not noted in {_OWN}: {error}"
            return Outcome(edit.title, "changed", detail, revision=revision)
        return Outcome(edit.title, "changed", revision=revision)

    def _objection(self, edit: Edit, before: bytes | None) -> Outcome | None:
        if before is None:
            if edit.base is None:
                return None
            return Outcome(edit.title, "missing", "was deleted since it was read")
        if edit.base is None:
            return Outcome(edit.title, "conflict", "was created since it was looked for")
        if edit.base != revision_of(before):
            return Outcome(edit.title, "conflict", "was edited since it was read")
        if edit.model == "wikitext" and excluded(before.decode(), self._user):
            return Outcome(edit.title, "excluded", "keeps the bot away ({{bots}})")
        return None

    def _log(self, edit: Edit, name: str, revision: int) -> None:
        record = {
            "timestamp": self._clock().isoformat(timespec="seconds"),
            "title": name,
            "revision": revision,
            "parent": edit.base,
            "user": self._user,
            "summary": edit.summary,
        }
        line = json.dumps(record, ensure_ascii=False) + "\n"
        with (self._folder / _OWN / "revisions.jsonl").open("ab") as log:
            log.write(line.encode())
            log.flush()
            os.fsync(log.fileno())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        own = self._folder / _OWN
        if own.is_symlink():
            raise _PageProblem(f"{own}: is a symbolic link; remove it.")
        if not own.exists():
            own.mkdir(exist_ok=True)  # another run may be as far
            # a repository of pages has its own history
            (own / ".gitignore").write_text("*\n", "ascii")
        lock = FileLock(own / "lock", timeout=_LOCK_SECONDS)
        try:
            lock.acquire()
        except Timeout:
            raise _PageProblem(
                f"{own / 'lock'}: another run has been saving for {_LOCK_SECONDS} s; try again."
            ) from None
        try:
            yield
        finally:
            lock.release()

    # --- files ----------------------------------------------------------------------------------

    def _normal(self, title: str) -> str:
        try:
            return normal_title(title, self._site)
        except ValueError as error:
            raise _PageProblem(f"The title “{title}” {error}.") from None

    def _file(self, name: str) -> Path:
        """Where the page stands. Nothing on the way there may lead out of the folder."""
        path = path_of(name)
        step = self._folder
        for part in path.parts:
            step /= part
            try:
                mode = step.lstat().st_mode
            except (FileNotFoundError, NotADirectoryError):
                break
            except OSError as error:
                raise _PageProblem(f"{step}: cannot be read: {error.strerror}.") from None
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                raise _PageProblem(
                    f"{step}: is neither a file nor a folder (links are not followed); replace it."
                )
        return self._folder / path


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _PageProblem(f"{file}: cannot be read: {error.strerror}.") from None


def _replace(file: Path, new: bytes, *, before: bytes | None) -> bool:
    """Put the new content in place as a whole; false when it is no longer ``before``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.parent / ".wikibot-save"  # one name: what a killed run left is taken away
    temporary.unlink(missing_ok=True)
    try:
        with temporary.open("xb") as written:
            written.write(new)
            written.flush()
            os.fsync(written.fileno())
        if _content(file) != before:
            return False
        if before is not None:
            temporary.chmod(stat.S_IMODE(file.stat().st_mode))
        temporary.replace(file)
        return True
    finally:
        temporary.unlink(missing_ok=True)
