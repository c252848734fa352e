"""``roster``: names, titles and usernames on dependent pages follow the authority.

The rules are the checks ``title-mismatch``, ``name-mismatch``, ``username-mismatch``,
``account-renamed`` and ``person-missing``; this task carries out what they propose, and nothing
else. It replaces the words that differ and adds people to staff lists; it never removes a person.
"""

from collections.abc import Sequence

from wikibot.directory import Directory
from wikibot.model import Change, Finding
from wikibot.tasks.fixes import changes_of


def changes(_directory: Directory, findings: Sequence[Finding]) -> list[Change]:
    """One change for each fix that a finding proposes for this task."""
    return changes_of("roster", findings)
