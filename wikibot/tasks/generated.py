"""Pages that the bot writes: created with a managed region, afterwards only that is filled."""

from wikibot.directory import Directory
from wikibot.model import Change, Replacement
from wikibot.wikitext.regions import Region, fill, wrap


def own_region(directory: Directory, title: str, task: str) -> Region | None:
    """The region of ``task`` on a page, when the bot may write it: sound, not edited by people."""
    if directory.readings.broken[title]:
        return None
    regions = directory.readings.regions[title]
    return next((r for r in regions if r.task == task and not r.edited), None)


def page_changes(
    directory: Directory, title: str, *, task: str, say: str, body: str, note: str
) -> list[Change]:
    """The change that puts ``body`` on a page, if any.

    A page that does not exist is created, ``note`` above the region. On one that does, the region
    is filled; without a region that may be written it is left alone, and a check tells so.
    """
    page = directory.pages[title]
    if not page.exists:
        return [Change(title, task, say, create=f"{note}\n{wrap(task, body)}\n")]
    region = own_region(directory, title, task)
    if region is None:
        return []
    edits = fill(page.text, region, body)
    replacements = tuple(Replacement(title, span, new) for span, new in edits)
    return [Change(title, task, say, replacements)] if replacements else []
