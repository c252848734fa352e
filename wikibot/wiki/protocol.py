"""What the rest of the project asks of a wiki, live or a folder."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from wikibot.model import Account, Edit, Outcome, Page, Site

MOST_SUMMARIES = 50


class Wiki(Protocol):
    """Both wikis pass the same contract tests (``tests/wiki/test_contract.py``).

    Every method may raise :class:`~wikibot.errors.WikiError` when the wiki as a whole cannot be
    used; what concerns one page is an outcome or a field, so that the other pages still get done.
    """

    def site(self) -> Site:
        """Names of namespaces and interwikis, language."""
        ...

    def load(self, titles: Iterable[str]) -> dict[str, Page]:
        """Pages by the title that was asked for; a page that does not exist has no revision.

        Redirects are not followed (``Page.redirect`` tells). Batched; a revision that was seen
        before is not transferred again.
        """
        ...

    def exists(self, titles: Iterable[str]) -> dict[str, bool]:
        """Whether there is a page (or file) of each title; batched."""
        ...

    def as_of(self, pages: Iterable[Page], moment: datetime) -> dict[str, Page] | None:
        """The pages, as :meth:`load` gave them, as they stood at ``moment`` (UTC), by title.

        One that was not there then has no revision; of one whose history cannot be read, the
        ``problem`` says why. Batched. ``None`` where a wiki has no histories (a folder).
        """
        ...

    def own_summaries(self, title: str, since: datetime) -> tuple[str, ...]:
        """The summaries of the bot's own edits of a page since a moment (UTC), newest first.

        At most :data:`MOST_SUMMARIES`. Of a page that was deleted or moved away, at least what
        the bot said when it created it.
        """
        ...

    def put_back(self, edits: Iterable[Edit]) -> Mapping[str, int]:
        """How often others undid the edits when the bot saved them before, by title; 0 left out.

        Of a page: how often, among its newest revisions, the bot saved just the new text and the
        next revision was somebody else's (:mod:`wikibot.fights`). Of one to be created: how often
        the bot created it. One request, and one more for each page of which that may be.
        """
        ...

    def own_version(self, title: str) -> Page | None:
        """A page as the bot last saved it, however it reads now; ``None`` if it never did.

        Not what was deleted, or what the wiki hides. A folder has no texts of earlier revisions:
        there it is known only while nobody has edited the page since.
        """
        ...

    def has_written(self) -> bool | None:
        """Whether the bot's account has made any edit that is still there; ``None`` where a wiki
        has no accounts (a folder).
        """
        ...

    def accounts(
        self, usernames: Iterable[str], *, since: date, afresh: bool = False
    ) -> Mapping[str, Account] | None:
        """Accounts by the name that was asked for; ``None`` where a wiki has none (a folder).

        ``Account.active`` says whether there was an edit on or after ``since``. Batched.
        ``afresh``: what was good news a while ago is asked again.
        """
        ...

    def open_to_others(self, title: str) -> str | None:
        """Why others than those who run the bot could edit a page, a clause; ``None`` if not.

        Asked afresh. In a folder, whoever can write the files runs the bot.
        """
        ...

    def stop_reason(self) -> str | None:
        """Why nothing may be written now (shut-off page set, or unreadable), asked afresh."""
        ...

    def why_not_writable(self) -> str | None:
        """Why no page at all can be saved now, one sentence: the wiki is read-only, the account is
        blocked, or may not edit. Asked afresh, in one request; the shut-off page is not looked at.
        """
        ...

    def save(self, edit: Edit) -> Outcome:
        """Save against the base revision, and read back what is there.

        ``edit.base`` ``None`` only creates. A page that moved on is a ``conflict``; one that
        would not change is ``unchanged`` and nothing is written.
        """
        ...

    def url(self, title: str, *, revision: int | None = None, line: int = 0) -> str:
        """Where a reader finds the page: a permalink, or the path of a file."""
        ...

    @property
    def requests(self) -> int:
        """How many requests were answered since the wiki was opened; 0 of a folder."""
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...


class RevisionCache(Protocol):
    """Texts of revisions that were read before. May forget anything at any time."""

    def get(self, revision: int) -> str | None: ...

    def get_many(self, revisions: Iterable[int]) -> dict[int, str]:
        """Those of the revisions that are known."""
        ...

    def put_many(self, texts: Mapping[int, str]) -> None: ...


class FactCache(Protocol):
    """Good news, believed for a while: an account is there, a page exists.

    ``kind`` names the question, ``key`` what it was asked about. Bad news is asked for again.
    """

    def known(self, kind: str, keys: Iterable[str]) -> set[str]:
        """Those of ``keys`` that were remembered lately."""
        ...

    def remember(self, kind: str, keys: Iterable[str]) -> None: ...
