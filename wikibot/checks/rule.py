"""What a check is: one short function from the directory to what it finds.

The docstring of the function is its entry in ``docs/checks.md``: the first line says what is
found; the paragraphs that begin with ``Example:``, ``Why:`` and ``Mended:`` say the rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wikibot.directory import Directory
from wikibot.model import Finding, Fix, Part, Severity


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found and where; ``line`` 0 is the page as a whole."""

    page: str
    message: str
    section: str = ""
    line: int = 0
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: its code, how bad it is unless configured otherwise, and the function."""

    code: str
    severity: Severity
    find: Callable[[Directory], Iterator[Found]]

    def findings(self, directory: Directory) -> Iterator[Finding]:
        """Findings with the severity that the configuration gives; none when it is off."""
        severity = directory.config.checks.severity.get(self.code, self.severity)
        if severity == "off":
            return
        for f in self.find(directory):
            yield Finding(self.code, severity, f.page, f.section, f.line, f.message, f.fix)


def line_of(directory: Directory, title: str, part: Part) -> int:
    """The line on which a part of a page stands."""
    return directory.pages[title].text.count("\n", 0, part.span.start) + 1


def check(
    code: str, severity: Severity
) -> Callable[[Callable[[Directory], Iterator[Found]]], Check]:
    """Make a :class:`Check` of a function."""

    def make(find: Callable[[Directory], Iterator[Found]]) -> Check:
        return Check(code, severity, find)

    return make
