"""``contacts``: the page that says whom to ask, by activity, group, person and team.

What stands on it is in :mod:`wikibot.tasks.contacts_page`; here is when it is written, and how
much of it MediaWiki can show.
"""

from collections.abc import Sequence

from wikibot.directory import Directory
from wikibot.messages import load
from wikibot.model import Change, Finding, PagePart
from wikibot.reports.markup import MOST_COUNTED, Pen
from wikibot.tasks.contacts_page import TEMPLATES, Extent, counted, headings, parts
from wikibot.tasks.generated import templates_missing, without_template
from wikibot.tasks.parts import parts_changes

TASK = "contacts"

# Tried in this order until MediaWiki can show the page
EXTENTS = (
    Extent(),
    Extent(styled=False),
    Extent(styled=False, groups=False),
    Extent(styled=False, groups=False, people=False),
)
TOO_LARGE = (
    "it would be too large for MediaWiki to show, even without its parts by group and by person; "
    "publish several departments by a configuration each"
)


def changes(directory: Directory, _findings: Sequence[Finding]) -> list[Change]:
    """The contacts page: created, or its parts filled; nothing when it is as it should be."""
    table = directory.config.contacts
    if not table or not table.page:
        return []
    words = load(directory.site.language)
    say = words("contacts-summary")
    if missing := missing_templates(directory):
        return [Change(table.page, TASK, say, obstacle=without_template(missing[0]))]
    found = fitted(directory)
    if not found:
        return [Change(table.page, TASK, say, obstacle=TOO_LARGE)]
    note = f"<!-- {words('contacts-note')} -->"
    return parts_changes(
        directory,
        table.page,
        task=TASK,
        say=say,
        parts=found,
        note=note,
        headings=headings(words).values(),
    )


def fitted(directory: Directory, *, most: int = MOST_COUNTED) -> tuple[PagePart, ...]:
    """The parts with all that fits on a page; none when even the least does not.

    ``most`` is how much MediaWiki may count of their templates.
    """
    words = load(directory.site.language)
    pen = Pen(words, directory.site, directory.config.wiki.templates)
    room = min(most, directory.site.max_page_bytes)  # people's text needs some, too
    for extent in EXTENTS:
        found = parts(directory, pen, extent)
        size = sum(len((part.body or "").encode()) for part in found)
        if max(size, sum(counted(part.body or "") for part in found)) <= room:
            return found
    return ()


def missing_templates(directory: Directory) -> list[str]:
    """The pages of the package that the contacts page needs and that are not on the wiki."""
    table = directory.config.contacts
    return templates_missing(directory, TEMPLATES) if table and table.page else []
