"""The tasks: named jobs that turn the directory into changes of pages.

A new one is a module with ``changes(directory, findings)`` and its name in :data:`TASKS`.
"""

from collections.abc import Callable, Sequence

from wikibot.config import Config
from wikibot.directory import Directory
from wikibot.model import Change, Finding, Site
from wikibot.reports import markup
from wikibot.tasks import (
    contacts,
    contacts_page,
    directory,
    reminder,
    roles,
    roster,
    runs,
    status_report,
)
from wikibot.templates import OF_DIRECTORY, packaged_modules

Task = Callable[[Directory, Sequence[Finding]], list[Change]]

TASKS: dict[str, Task] = {
    "roster": roster.changes,
    "roles": roles.changes,
    "contacts": contacts.changes,
    "directory": directory.changes,
    "status-report": status_report.changes,
    "reminder": reminder.changes,
    "runs": runs.changes,
}

# Those that correct what people wrote; the others write down what comes of it.
MENDING = frozenset({"roster", "roles"})


def templates_needed(config: Config) -> tuple[str, ...]:
    """The templates that what the bot publishes is shown by, without prefix, each once."""
    table = config.contacts
    reports = markup.TEMPLATES if config.report else ()
    page = contacts_page.TEMPLATES if table and table.page else ()
    shared = (contacts_page.PERSON, contacts_page.ROLE, contacts_page.CARD)
    asking = (*OF_DIRECTORY, *shared) if table and table.directory else ()
    told = runs.TEMPLATES if config.runs.page else ()
    return tuple(dict.fromkeys((*reports, *page, *asking, *told)))


def modules_needed(config: Config, site: Site) -> tuple[str, ...]:
    """The titles of the modules in Lua that show the directory, where a wiki can have any."""
    if not (site.scribunto and config.contacts and config.contacts.directory):
        return ()
    names = (name for name in packaged_modules() if not name.endswith("/doc"))
    return tuple(f"{config.wiki.module}{name}" for name in names)
