"""What the ``roster`` and ``roles`` tasks share: carrying out the fixes that findings propose."""

from collections.abc import Sequence

from wikibot.model import Change, Finding


def changes_of(task: str, findings: Sequence[Finding]) -> list[Change]:
    """The fixes of ``findings`` that are ``task``'s, one change a page and reason."""
    fixes = dict.fromkeys(f.fix for f in findings if f.fix and f.fix.task == task)
    return [
        Change(
            title=title,
            task=task,
            say=fix.say,
            replacements=tuple(r for r in fix.replacements if r.title == title),
        )
        for fix in fixes
        for title in dict.fromkeys(r.title for r in fix.replacements)
    ]
