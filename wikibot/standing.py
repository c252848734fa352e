"""How a page of the package stands on a wiki: as installed, changed by people, not there. Pure."""

from dataclasses import dataclass
from typing import Literal

from wikibot.comparison import has_changes_of
from wikibot.model import Change, Page, Replacement, Span
from wikibot.templates import directory_in
from wikibot.wikitext.saved import reads_as

State = Literal[
    "installed",  # as in this version of the package
    "outdated",  # as the bot installed it earlier: will be updated
    "changed",  # people have changed what the bot installed
    "foreign",  # there, and the bot has never written it
    "other",  # the module of another configuration, which shows another directory
    "missing",
    "unreadable",
]
PEOPLES = ("changed", "foreign", "other")  # not ours alone: only --force overwrites them


@dataclass(frozen=True, slots=True)
class Standing:
    """A page of the package: ``text`` is the package's, ``page`` what the wiki has of it.

    ``base`` is what the bot installed before, ``None`` where that is not known, or not asked.
    """

    text: str
    page: Page
    state: State
    base: str | None = None

    @property
    def has_news(self) -> bool:
        """Whether the package has something that people's page may want.

        That is so when it has changed since it was installed there and people have not taken all
        of that over, and where it never was installed.
        """
        if self.state == "changed" and self.base is not None:
            return not has_changes_of(self.base, self.page.text, self.text)
        return self.state in ("foreign", "other")

    @property
    def is_peoples(self) -> bool:
        return self.state in PEOPLES


def is_settled(text: str, page: Page) -> bool:
    """Whether a page stands as it does, whatever was installed before."""
    return bool(page.problem) or not page.exists or reads_as(page.text, text)


def standing(text: str, page: Page, *, base: str | None = None) -> Standing:
    """How the page stands for which the package has ``text``."""
    if page.problem:
        return Standing(text, page, "unreadable")
    if not page.exists:
        return Standing(text, page, "missing")
    if reads_as(page.text, text):
        return Standing(text, page, "installed")
    if directory_in(page.text) not in ("", directory_in(text)):
        return Standing(text, page, "other")
    if base is None:
        return Standing(text, page, "foreign")
    return Standing(text, page, "outdated" if reads_as(page.text, base) else "changed", base)


def change(found: Standing, *, force: bool) -> Change | None:
    """What an installation does to the page; people's text is overwritten only with ``force``."""
    title, task = found.page.title, "templates"
    whole = (Replacement(title, Span(0, len(found.page.text)), found.text),)
    match found.state:
        case "missing":
            return Change(title, task, "install", create=found.text)
        case "outdated":
            return Change(title, task, "update", whole, model=found.page.model)
        case "changed" | "foreign" | "other" if force:
            return Change(title, task, "overwrite", whole, model=found.page.model)
        case "unreadable":
            return Change(title, task, "install", obstacle=f"cannot be read: {found.page.problem}")
        case _:
            return None
