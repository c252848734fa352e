"""The tasks: named jobs that turn the directory into changes of pages.

A new one is a module with ``changes(directory, findings)`` and its name in :data:`TASKS`.
"""

from collections.abc import Callable, Sequence

from wikibot.directory import Directory
from wikibot.model import Change, Finding
from wikibot.tasks import contacts, directory, reminder, roles, roster, status_report

Task = Callable[[Directory, Sequence[Finding]], list[Change]]

TASKS: dict[str, Task] = {
    "roster": roster.changes,
    "roles": roles.changes,
    "contacts": contacts.changes,
    "directory": directory.changes,
    "status-report": status_report.changes,
    "reminder": reminder.changes,
}

# Those that correct what people wrote; the others write down what comes of it.
MENDING = frozenset({"roster", "roles"})
