"""The tasks: named jobs that turn the directory into changes of pages.

A new one is a module with ``changes(directory, findings)`` and its name in :data:`TASKS`.
"""

from collections.abc import Callable, Sequence

from wikibot.config import Config
from wikibot.directory import Directory
from wikibot.model import Change, Finding
from wikibot.reports import markup
from wikibot.tasks import contacts, contacts_page, reminder, roles, roster, status_report

Task = Callable[[Directory, Sequence[Finding]], list[Change]]

TASKS: dict[str, Task] = {
    "roster": roster.changes,
    "roles": roles.changes,
    "contacts": contacts.changes,
    "status-report": status_report.changes,
    "reminder": reminder.changes,
}

# Those that correct what people wrote; the others write down what comes of it.
MENDING = frozenset({"roster", "roles"})


def templates_needed(config: Config) -> tuple[str, ...]:
    """The pages of the package without which a task holds its pages back, without prefix."""
    reports = markup.TEMPLATES if config.report else ()
    published = config.contacts and config.contacts.page
    return (*reports, *(contacts_page.TEMPLATES if published else ()))
