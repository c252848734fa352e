"""MediaWiki itself shows escaped text as the text that went in, and does nothing else with it."""

import random
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.mediawiki import MediaWiki
from tests.wikitext.test_escape import FRAGMENTS, cases
from wikibot.model import Site
from wikibot.wikitext import escape

TEXTS = 150
# How a text is escaped, and what is put around it
PLACES: dict[str, tuple[Callable[[str], str], str]] = {
    "at the beginning of a paragraph": (escape.plain, "{}"),
    "within a paragraph": (escape.plain, "Text {} text"),
    "in an argument with a name": (escape.argument, "{{{{Echo|x={}}}}}"),
    "in an argument without a name": (escape.argument, "{{{{Echo|{}}}}}"),
    "in a cell": (escape.cell, "{{|\n|{}\n|}}"),
    "in one of two cells": (escape.cell, "{{|\n! Text || {} !! text\n|}}"),
    "in a label": (escape.label, "[[:Main Page|{}]]"),
    "in a label of an address": (escape.label, "[https://wiki.example {}]"),
    "in a heading": (escape.heading, "== {} =="),
    "in an item": (escape.item, "*{}"),
    "in an item of items": (escape.item, "#: {}"),
    "anywhere: in a cell": (escape.anywhere, "{{|\n|{}\n|}}"),
    "anywhere: in an argument": (escape.anywhere, "{{{{Echo|{}}}}}"),
    "anywhere: in an item": (escape.anywhere, "*{}"),
}
INLINE = {"paragraph": "{}", "item": "* {}", "cell": "{{|\n|{}\n|}}", "text": "Text {} text"}


def texts() -> list[str]:
    """The texts of the cases, and as many made at random, always the same."""
    choice = random.Random(0)
    fragments = [*FRAGMENTS.split(), " ", "\n", "a", "é", "w:", "User:Ola|", "__TOC__", "RFC 1"]
    known = [case.split(": ", 1)[1] for case, _ in cases("escape.cases")]
    known += [source for source, _ in cases("inline.cases")]
    made = ["".join(choice.choices(fragments, k=choice.randint(1, 12))) for _ in range(TEXTS)]
    return [text for text in [*known, *made] if escape.plain(text)]


class _Cases(HTMLParser):
    """Collects the text of each ``<div class="case">``, and how many links are in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[int] = []
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":
            self._depth += 1
            if ("class", "case") in attrs:
                self.found.append("")
                self.links.append(0)
        elif tag == "a" and self._depth > 1:
            self.links[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth > 1:
            self.found[-1] += data


def rendered(wiki: MediaWiki, sources: list[str]) -> tuple[list[tuple[str, int]], dict[str, Any]]:
    """What readers see of each source, with its links, as it would be saved; what the page uses."""
    text = "\n".join(f'<div class="case">\n{source}\n</div>' for source in sources)
    parsed: dict[str, Any] = wiki.call(
        None,
        action="parse",
        text=text,
        contentmodel="wikitext",
        pst="1",
        disableeditsection="1",
        disabletoc="1",
        prop="text|categories|images|templates|properties|langlinks|iwlinks",
    )["parse"]
    cases = _Cases(parsed["text"])
    return list(zip(map(folded, cases.found), cases.links, strict=True)), parsed


def folded(text: str) -> str:
    """As it is compared: a browser folds blanks, MediaWiki makes some of them unbreakable."""
    return " ".join(re.split(r"[ \t\n\xa0]+", unicodedata.normalize("NFC", text))).strip()


def test_text_shows_as_it_was(mediawiki: MediaWiki) -> None:
    mediawiki.edit("Template:Echo", "<span>{{{x|{{{1|}}}}}}</span>")
    known = texts()
    for place, (escaped, around) in PLACES.items():
        found, parsed = rendered(mediawiki, [around.format(escaped(text)) for text in known])
        links = 1 if "label" in place else 0
        assert found == [(seen(shown(text), around), links) for text in known], place
        assert used(parsed) == ({"Template:Echo"} if "Echo" in around else set()), place


def test_inline_wikitext_shows_as_promised(mediawiki: MediaWiki) -> None:
    site = Site(interwikis=frozenset({"w"}))
    known = [text for text in texts() if escape.inline(text, site=site)]
    for place, around in INLINE.items():
        safe = [around.format(escape.inline(text, site=site)) for text in known]
        found, parsed = rendered(mediawiki, safe)
        promised = [seen(escape.shown(text, site=site), around) for text in known]
        assert [text for text, _ in found] == promised, place
        assert used(parsed) == set(), place


@pytest.mark.own_wiki
def test_no_number_becomes_a_magic_link(mediawiki: MediaWiki) -> None:
    mediawiki.configure("$wgEnableMagicLinks = ['ISBN' => true, 'PMID' => true, 'RFC' => true];")
    known = ["RFC 1", "an ISBN 978-0-306-40615-7", "PMID\xa01", "RFC \u2003\xa0 1, PMID 2"]
    assert all(links for _, links in rendered(mediawiki, known)[0])
    for escaped in (escape.plain, escape.cell, escape.label):
        found, _ = rendered(mediawiki, [escaped(text) for text in known])
        assert [links for _, links in found] == [0, 0, 0, 0]


def shown(text: str) -> str:
    return re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f]", "\ufffd", text)


def seen(text: str, around: str) -> str:
    return folded(f"Text {text} text" if "Text" in around else text)


def used(parsed: dict[str, Any]) -> set[str]:
    """Templates, categories, files, magic words, other wikis: what a page is more than its text."""
    titles = {template["title"] for template in parsed["templates"]}
    for kind in ("categories", "images", "properties", "langlinks", "iwlinks"):
        titles |= {f"{kind}: {each}" for each in parsed[kind]}
    return titles
