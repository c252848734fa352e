"""Pages that the bot writes: created with a managed region, afterwards only that is filled."""

from collections.abc import Iterable

from wikibot.directory import Directory
from wikibot.model import Change, Page, Replacement
from wikibot.wikitext.regions import Region, fill, wrap


def own_region(directory: Directory, title: str, task: str) -> Region | None:
    """The region of ``task`` on a page, when the bot may write it."""
    return next((r for r in writable(directory, title) if r.task == task), None)


def writable(directory: Directory, title: str) -> tuple[Region, ...]:
    """The regions of a page that are sound and, unless the configuration says so, not edited."""
    if directory.readings.broken[title]:
        return ()
    overwrite = directory.config.limits.overwrite_edited_regions
    return tuple(r for r in directory.readings.regions[title] if overwrite or not r.edited)


def page_changes(
    directory: Directory, title: str, *, task: str, say: str, body: str, note: str
) -> list[Change]:
    """The change that puts ``body`` on a page, if any.

    A page that does not exist is created, ``note`` above the region. On one that does, the region
    is filled; without a region that may be written the page is held back.
    """
    page = directory.pages[title]
    if not page.exists and not page.problem:
        return [Change(title, task, say, create=f"{note}\n{wrap(task, body)}\n")]
    region = own_region(directory, title, task)
    if region is None:
        return [Change(title, task, say, obstacle=obstacle(directory, page, task))]
    edits = fill(page.text, region, body)
    replacements = tuple(Replacement(title, span, new) for span, new in edits)
    return [Change(title, task, say, replacements)] if replacements else []


def obstacle(directory: Directory, page: Page, task: str) -> str:
    """Why the bot may not write the page, with what to do about it; ``""`` when it may."""
    if own_region(directory, page.title, task) or not (page.exists or page.problem):
        return ""
    if page.problem:
        return f"it cannot be read: {page.problem}"
    if page.redirect:
        return "it is a redirect; name its target in the configuration, or delete it"
    if page.model != "wikitext":
        return f"it is not wikitext but “{page.model}”"
    if broken := directory.readings.broken[page.title]:
        return f"its managed regions are broken: line {broken[0].line}: {broken[0].why}"
    if any(region.task == task for region in directory.readings.regions[page.title]):
        return "its managed region was edited by hand; move the text out of it (region-edited)"
    return f"it has no managed region of the {task} task; add the marks, or delete the page"


def templates_missing(directory: Directory, names: Iterable[str]) -> list[str]:
    """Which pages of the package, by their names without prefix, are not on the wiki."""
    titles = (f"{directory.config.wiki.templates}{name}" for name in names)
    return [title for title in titles if not directory.facts.exists.get(title, True)]


def without_template(title: str) -> str:
    """Why nothing is written while that page of the package is not on the wiki."""
    return f"“{title}” is not on the wiki; run wikibot templates install"
