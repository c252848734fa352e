"""Writes ``docs/templates.md`` from the documentation pages of the templates:
``python docs/make_templates.py``.

A template is documented by its page ``<name>/doc``: the first paragraph says what it is and who
writes it, the first block of ``<pre><nowiki>`` how it is called, the TemplateData what it can be
given. https://www.mediawiki.org/wiki/Help:TemplateData
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wikibot.templates import packaged

PAGE = Path(__file__).with_name("templates.md")

HEAD = """\
# The templates

`wikibot templates install` puts them on a wiki, each with a page of documentation and the
description by which VisualEditor offers a form. How things look is decided there: change a
template, and all that is made of it changes.

This page is made from the templates' own documentation: `python docs/make_templates.py`.
"""

# Who writes a template, by the words of the first paragraph of its documentation; the first that
# fits. All others are for people.
WRITERS = (
    (re.compile(r"it works on any other page, too", re.IGNORECASE), "both"),
    (re.compile(r"\bA bot writes it\b"), "bot"),
    (re.compile(r"\]\] shows? it\b"), "templates"),
)
GROUPS = {
    "people": ("Written by people", "people"),
    "both": ("Written by people and by the bot", "the bot, and people wherever they like"),
    "bot": ("Written by the bot", "the bot"),
    "templates": ("Parts of other templates", "other templates"),
}
COLUMNS = ("name", "label", "what it is", "type", "needed", "suggested values", "example")

_DATA = re.compile(r"<templatedata>(.*?)</templatedata>", re.DOTALL)
_EXAMPLE = re.compile(r"<pre><nowiki>\n?(.*?)\n?</nowiki></pre>", re.DOTALL)
_LINK = re.compile(r"\[\[(?:[^|\]]*\|)?([^|\]]*)\]\]")
_TAG = re.compile(r"</?(?:code|nowiki)>")


@dataclass(frozen=True, slots=True)
class Documented:
    """A template as its documentation describes it; ``example`` is ``""`` where there is none."""

    name: str
    lead: str
    example: str
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def writer(self) -> str:
        """A key of :data:`GROUPS`."""
        return next((who for words, who in WRITERS if words.search(self.lead)), "people")


def documented() -> list[Documented]:
    """The templates of the package that have TemplateData, by title."""
    pages = packaged()
    found = []
    for name in pages:
        doc = pages.get(f"{name}/doc", "")
        data, example = _DATA.search(doc), _EXAMPLE.search(doc)
        if data:
            lead = doc.partition("\n")[0]
            found.append(Documented(name, lead, example[1] if example else "", json.loads(data[1])))
    return found


def page() -> str:
    """The text of the page."""
    templates = documented()
    lines = [HEAD]
    for group, (heading, _) in GROUPS.items():
        members = [t for t in templates if t.writer == group]
        if members:
            names = [f"[{t.name}](#{_anchor(t.name)})" for t in members]
            lines += [f"## {heading}", "", " · ".join(names), ""]
            lines += [line for template in members for line in _section(template)]
    return "\n".join(lines)


def _section(template: Documented) -> Iterator[str]:
    yield from (f"### {template.name}", "", _plain(template.lead), "")
    yield from (f"*Written by {GROUPS[template.writer][1]}.*", "")
    if template.example:
        yield from ("```", template.example, "```", "")
    params = template.data["params"]
    if params:
        yield _row(COLUMNS)
        yield "|---" * len(COLUMNS) + "|"
        for name in template.data.get("paramOrder", params):
            yield _row(_cells(name, params[name]))
    else:
        yield "It has no parameters."
    yield ""


def _cells(name: str, said: dict[str, Any]) -> tuple[str, ...]:
    needed = "required" if said.get("required") else "suggested" if said.get("suggested") else ""
    default = said.get("default", "")
    return (
        _code(name),
        _plain(said.get("label", "")),
        _plain(said.get("description", "")) + (f"; else {_plain(default)}" if default else ""),
        said.get("type", "unknown"),
        needed,
        ", ".join(map(_code, said.get("suggestedvalues", ()))),
        _code(said.get("example", "")),
    )


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _code(text: str) -> str:
    if not text:
        return ""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _plain(wikitext: str) -> str:
    """A line of documentation as Markdown."""
    text = _TAG.sub("`", re.sub(r"(?:</?(?:code|nowiki)>){2}", "`", wikitext))
    text = _LINK.sub(lambda link: f"“{link[1].removeprefix('Template:')}”", text)
    return text.replace("*", "\\*")


def _anchor(name: str) -> str:
    """https://docs.github.com/en/get-started/writing-on-github: section links"""
    return re.sub(r"[^\w -]", "", name.lower()).replace(" ", "-")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
