"""Writes ``docs/checks.md`` from the docstrings of the checks: ``python docs/make_checks.py``."""

import inspect
from pathlib import Path

from wikibot.checks import ALL, Check

PAGE = Path(__file__).with_name("checks.md")

HEAD = """\
# What the bot finds

Every finding has a code, and says on which page, in which section and line it stands. The
severity can be changed, or a check switched off, in `[checks.severity]`; what is meant to be
as it is goes into `[[checks.ignore]]`.

A finding that can be mended without guessing names the task that mends it; `wikibot plan` shows
how. All others are for people to settle.

This page is made from the code: `python docs/make_checks.py`.
"""


def page() -> str:
    """The text of the page."""
    rows = [f"| [`{c.code}`](#{c.code}) | {c.severity} | {_first(c)} |" for c in ALL]
    table = ["| finding | severity | what it is |", "|---|---|---|", *rows]
    return "\n".join([HEAD, *table, "", *(_entry(rule) for rule in ALL)])


def _doc(rule: Check) -> list[str]:
    """Paragraphs of the docstring, each on one line."""
    doc = (inspect.getdoc(rule.find) or "").replace("``", "`")
    return [" ".join(paragraph.split()) for paragraph in doc.split("\n\n")]


def _first(rule: Check) -> str:
    return _doc(rule)[0].replace("|", "\\|")


def _entry(rule: Check) -> str:
    lines = [f"## {rule.code}", "", f"*{rule.severity}.* {_doc(rule)[0]}", ""]
    for paragraph in _doc(rule)[1:]:
        word, _, rest = paragraph.partition(": ")
        lines += [f"**{word}:** {rest}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
