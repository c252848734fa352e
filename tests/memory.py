"""A wiki in memory, for tests that are about what is done with pages, not about the wiki."""

from collections.abc import Iterable, Mapping
from datetime import date

from wikibot.fights import Version, times_put_back
from wikibot.model import Account, Edit, Outcome, Page, Site


class MemoryWiki:
    """Keeps MediaWiki's conflict rules; ``saved`` lists the edits that were accepted."""

    def __init__(
        self,
        pages: Mapping[str, str],
        *,
        accounts: Mapping[str, Account] | None = None,
        existing: Iterable[str] = (),
        redirects: Iterable[str] = (),
        stop: str | None = None,
        scribunto: bool = False,
        not_writable: str | None = None,
    ) -> None:
        self.pages = {
            title: Page(title, text, number, redirect=title in set(redirects))
            for number, (title, text) in enumerate(pages.items(), start=1)
        }
        self._accounts = accounts
        self._existing = set(existing)
        self.stop = stop
        self._scribunto = scribunto
        self.open: dict[str, str] = {}
        self._not_writable = not_writable
        self.saved: list[Edit] = []
        self._past: dict[str, list[tuple[str, bool]]] = {}  # texts, and whether they are the bot's
        self._own: dict[str, Page] = {}

    def site(self) -> Site:
        return Site(scribunto=self._scribunto)

    def load(self, titles: Iterable[str]) -> dict[str, Page]:
        return {title: self.pages.get(title, Page(title)) for title in titles}

    def exists(self, titles: Iterable[str]) -> dict[str, bool]:
        return {title: title in self.pages or title in self._existing for title in titles}

    def accounts(
        self, usernames: Iterable[str], *, since: date, afresh: bool = False
    ) -> Mapping[str, Account] | None:
        del afresh  # nothing is remembered
        if self._accounts is None:
            return None
        return {
            name: self._accounts.get(name, Account(name, exists=True, active=True, last_edit=since))
            for name in usernames
        }

    def put_back(self, edits: Iterable[Edit]) -> dict[str, int]:
        times = {}
        for edit in edits:
            versions = [Version(text == edit.new, ours) for text, ours in self._history(edit.title)]
            times[edit.title] = times_put_back(reversed(versions))
        return {title: number for title, number in times.items() if number}

    def _history(self, title: str) -> list[tuple[str, bool]]:
        """What the bot saved, and what was put into ``pages`` without it."""
        known, there = self._past.get(title, []), self.pages.get(title)
        others = there is not None and (not known or known[-1][0] != there.text)
        return [*known, (there.text, False)] if there and others else known

    def own_version(self, title: str) -> Page | None:
        return self._own.get(title)

    def has_written(self) -> bool | None:
        return None if self._accounts is None else bool(self._own)

    def open_to_others(self, title: str) -> str | None:
        return self.open.get(title)

    def stop_reason(self) -> str | None:
        return self.stop

    def why_not_writable(self) -> str | None:
        return self._not_writable

    def save(self, edit: Edit) -> Outcome:
        page = self.pages.get(edit.title, Page(edit.title))
        if page.revision != edit.base:
            return Outcome(edit.title, "conflict", "somebody else was faster", page.revision)
        revision = max((p.revision or 0 for p in self.pages.values()), default=0) + 1
        self._past[edit.title] = [*self._history(edit.title), (edit.new, True)]
        self.pages[edit.title] = Page(edit.title, edit.new, revision)
        self.saved.append(edit)
        self._own[edit.title] = self.pages[edit.title]
        return Outcome(edit.title, "changed", revision=revision)

    def url(self, title: str, *, revision: int | None = None, line: int = 0) -> str:
        return f"memory:{title}?oldid={revision}#{line}"

    @property
    def requests(self) -> int:
        return 0

    def close(self) -> None:
        pass
