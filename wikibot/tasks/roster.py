"""``roster``: names, titles and usernames on dependent pages follow the authority.

The rules are the checks ``title-mismatch``, ``name-mismatch``, ``username-mismatch``,
``account-renamed``, ``person-missing`` and ``person-unknown``; this task carries out what they
propose, and nothing else. It replaces the words that differ, adds people to staff lists, and takes
people off them where that is allowed (:mod:`wikibot.removals`).
"""

from collections.abc import Iterable, Iterator, Sequence

from wikibot.directory import Directory
from wikibot.model import Change, Finding
from wikibot.removals import UNKNOWN
from wikibot.tasks.fixes import changes_of


def changes(_directory: Directory, findings: Sequence[Finding]) -> list[Change]:
    """One change for each fix that a finding proposes for this task.

    People are taken off when nothing else is left to do on the page, and neighbours one after the
    other: their replacements would touch. The task is asked again until there is nothing left.
    """
    found = changes_of("roster", [f for f in findings if f.code != UNKNOWN])
    busy = {change.title for change in found}
    leaving = (f for f in findings if f.code == UNKNOWN and f.fix and f.page not in busy)
    return [*found, *changes_of("roster", list(_apart(leaving)))]


def _apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those whose replacements do not touch that of another one before them on the page."""
    ends: dict[str, int] = {}
    for finding in sorted(findings, key=lambda f: (f.page, f.line)):
        assert finding.fix
        spans = [r.span for r in finding.fix.replacements]
        if ends.get(finding.page, -1) <= min(span.start for span in spans):
            ends[finding.page] = max(span.end for span in spans)
            yield finding
