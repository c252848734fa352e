"""What a reader gets of a page: MediaWiki's HTML, taken apart as far as tests ask about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.mediawiki import Witness

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_PROPS = "text|templates|categories|images|externallinks|langlinks|limitreportdata"


@dataclass
class Element:
    """An element with the elements and texts in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list["Element | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """This element and all in it, in the order of the page."""
        yield self
        for inner in self.content:
            if isinstance(inner, Element):
                yield from inner

    def all(self, *tags: str) -> list["Element"]:
        return [element for element in self if element.tag in tags]

    @property
    def text(self) -> str:
        """The text in it as a browser shows it, blanks folded."""
        return " ".join("".join(self._texts()).split())

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def style(self, name: str) -> str:
        """What the element's own style says of a property, ``""`` if nothing."""
        found = re.search(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)", self.attributes.get("style", ""))
        return found[1].strip() if found else ""

    def _texts(self) -> Iterator[str]:
        for inner in self.content:
            if isinstance(inner, str):
                yield inner
            elif inner.tag not in ("style", "script"):
                yield from inner._texts()
                if inner.tag in ("br", "p", "div", "li", "td", "th", "tr", "h2", "h3", "ul"):
                    yield " "


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].content.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].content.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open[-1].tag == tag, f"</{tag}> ends <{self._open[-1].tag}>"
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)


def tree(html: str) -> Element:
    """The elements of HTML that is well-formed, as MediaWiki's is."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class Rendered:
    """A page as MediaWiki renders it, and what it says about that."""

    def __init__(self, wiki: Witness, title: str) -> None:
        fields = {"page": title, "prop": _PROPS, "disableeditsection": "1"}
        self.data: Any = wiki.call(None, action="parse", **fields)["parse"]
        self.title = title
        self.html = tree(self.data["text"])

    @property
    def text(self) -> str:
        return self.html.text

    @property
    def ids(self) -> set[str]:
        return {e.attributes["id"] for e in self.html if "id" in e.attributes}

    @property
    def templates(self) -> dict[str, bool]:
        """Pages that are shown in this one, and whether they are there."""
        return {each["title"]: each["exists"] for each in self.data["templates"]}

    @property
    def headings(self) -> list[str]:
        return [element.text for element in self.html.all("h1", "h2", "h3", "h4", "h5", "h6")]

    def limits(self) -> dict[str, tuple[int, int]]:
        """What the parser report counts: how much of each, and how much there may be."""
        return {
            entry["name"]: (entry["0"], entry["1"])
            for entry in self.data["limitreportdata"]
            if "1" in entry
        }

    def links(self) -> list[tuple[str, str]]:
        """Links to pages of the wiki: title, and anchor if there is one."""
        found = []
        for link in self.html.all("a"):
            url = urlsplit(link.attributes.get("href", ""))
            if url.netloc or (url.path and not url.path.startswith("/index.php/")):
                continue  # elsewhere, or a page that is not there
            path = unquote(url.path.removeprefix("/index.php/")).replace("_", " ")
            found.append((path or self.title, unquote(url.fragment)))
        return found


def rows_of(table: Element) -> list[list[Element]]:
    """The cells of a table, row by row."""
    return [
        [cell for cell in row.content if isinstance(cell, Element) and cell.tag in ("td", "th")]
        for row in table.all("tr")
    ]


def contrast(one: str, other: str) -> float:
    """Of two colours (``#rrggbb``): https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio"""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def assert_whole(page: Rendered, *, tables: dict[str, tuple[int, int]]) -> None:
    """Nothing of a report has come apart.

    ``tables`` are those that there are: caption → rows below the head, and columns.
    """
    for mark in ("{{", "}}", "{|", "|}", "[[", "]]", "«", "»", "Template:", "|-"):
        assert mark not in page.text, (page.title, mark)
    assert_tables_and_labels_whole(page, tables=tables)


def assert_tables_and_labels_whole(page: Rendered, *, tables: dict[str, tuple[int, int]]) -> None:
    """The same, where people may have written anything."""
    assert all(page.templates.values()), page.templates
    found = {}
    for table in page.html.all("table"):
        head, *rows = rows_of(table)
        assert all(cell.tag == "th" for cell in head)
        assert [cell.attributes.get("scope") for cell in head] == ["col"] * len(head)
        assert {len(row) for row in rows} <= {len(head)}, page.title
        (caption,) = table.all("caption")
        found[caption.text] = (len(rows), len(head))
        outside = [e.tag for e in table.content if isinstance(e, Element)]
        assert set(outside) <= {"caption", "tbody"}
    assert found == tables, (found, tables)
    labels = [e for e in page.html if "wikibot-health" in e.classes]
    for label in labels:
        assert len(label.text.split()) > 1, "a symbol needs a word"
    for element in page.html:
        background, colour = element.style("background"), element.style("color")
        assert bool(background) == bool(colour), element.attributes
        if colour:
            assert contrast(background, colour) >= 4.5, element.attributes
