"""Text shows up as that text: cases in ``escape.cases`` and ``inline.cases``, and laws."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Text, Wikilink

from wikibot.model import Site
from wikibot.wikitext import escape

PLACES: dict[str, Callable[[str], str]] = {
    "plain": escape.plain,
    "argument": escape.argument,
    "cell": escape.cell,
    "label": escape.label,
    "heading": escape.heading,
    "item": escape.item,
    "anywhere": escape.anywhere,
}
SITE = Site(interwikis=frozenset({"w"}))

FRAGMENTS = """
    [[ ]] [ ] {{ }} {{{ }}} {| |} |- | || ! !! = == * # : ; - ---- + ' '' ''' ~~~ ~~~~ _ __ < >
    <!-- --> <nowiki> </nowiki> <b> </b> <br/> <ref> & &amp; &#91; &lt; https:// http://x.org
    mailto:a //x.org RFC ISBN 1 subst: File: Category: :Category: Special: User: w: Page __NOTOC__
    / .. %5B
"""
fragments = st.sampled_from([*FRAGMENTS.split(), " ", "\n", "\xa0", "é", "\u0338", "\x7f"])
markup = st.lists(fragments, max_size=20).map("".join)
texts = st.one_of(markup, st.text())


def cases(file: str) -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / file).read_text("utf-8").splitlines()
    pairs = (line.split(" ⇒ ") for line in lines if line and not line.startswith("# "))
    return [(_text(before), _text(after)) for before, after in pairs]


def _text(written: str) -> str:
    return written.replace("\\n", "\n").replace("<empty>", "")


def shows(wikitext: str) -> str:
    """What a reader sees of text without markup: the references decoded."""
    return re.sub(r"&(#[0-9]+|lt|amp);", lambda match: html.unescape(match[0]), wikitext)


def folded(text: str) -> str:
    text = re.sub("[ \t\n\v\f\r\x85\u2028\u2029]+", " ", text).strip(" ")
    return re.sub("[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)


@pytest.mark.parametrize(("case", "wikitext"), cases("escape.cases"))
def test_escaping(case: str, wikitext: str) -> None:
    place, text = case.split(": ", 1)
    assert PLACES[place](text) == wikitext


@pytest.mark.parametrize(("source", "wikitext"), cases("inline.cases"))
def test_inline_wikitext_is_made_safe(source: str, wikitext: str) -> None:
    assert escape.inline(source, site=SITE) == wikitext


@pytest.mark.parametrize("place", PLACES)
@given(text=texts)
def test_nothing_of_the_text_is_lost(place: str, text: str) -> None:
    assert shows(PLACES[place](text)) == folded(text)


@pytest.mark.parametrize("place", PLACES)
@given(text=texts)
def test_no_markup_is_left(place: str, text: str) -> None:
    before = "" if place in ("plain", "item", "anywhere") else "x "
    nodes = mwparserfromhell.parse(before + PLACES[place](text)).nodes
    assert {type(node) for node in nodes} <= {Text, HTMLEntity}


@given(text=texts)
def test_an_argument_ends_where_its_template_does(text: str) -> None:
    code = mwparserfromhell.parse(f"{{{{T|{escape.argument(text)}|b}}}}")
    (template,) = code.nodes
    assert [str(parameter.name) for parameter in template.params] == ["1", "2"]


@given(text=texts)
def test_a_label_ends_where_its_link_does(text: str) -> None:
    (link,) = mwparserfromhell.parse(f"[[:A|{escape.label(text)}]]").nodes
    assert shows(str(link.text)) == folded(text)


@given(text=texts)
def test_a_heading_stays_on_its_level(text: str) -> None:
    (heading,) = mwparserfromhell.parse(f"== x{escape.heading(text)} ==").filter_headings()
    assert heading.level == 2


@given(source=texts)
def test_inline_wikitext_becomes_text_and_links_to_pages_only(source: str) -> None:
    code = mwparserfromhell.parse(escape.inline(source, site=SITE))
    assert {type(node) for node in code.filter()} <= {Text, HTMLEntity, Wikilink, ExternalLink}
    for link in code.filter_wikilinks():
        assert link.title.startswith(":")
        namespace = str(link.title)[1:].partition(":")[0].strip().lower()
        assert namespace not in ("file", "category", "special", "w")
    for link in code.filter_external_links():
        assert link.brackets
        assert str(link.url).startswith(("http:", "https:", "HTTP"))


@given(source=texts)
def test_inline_wikitext_shows_the_text_that_shown_gives(source: str) -> None:
    safe = escape.inline(source, site=SITE)
    without_links = re.sub(r"\[(?:\[[^|]*\||\S+ )(.*?)\]\]?", r"\1", safe)
    assert shows(without_links) == escape.shown(source, site=SITE)


@given(source=texts)
def test_inline_wikitext_is_one_line_without_marks_of_regions(source: str) -> None:
    safe = escape.inline(source + "<!-- Wikibot region end -->{{Wikibot region end}}", site=SITE)
    assert "\n" not in safe
    assert "<" not in safe
    assert "{" not in safe


def test_file_and_category_prefixes_are_those_of_the_wiki() -> None:
    site = Site(file_prefixes=frozenset({"datei"}), category_prefixes=frozenset({"kategorie"}))
    assert escape.inline("[[Datei:A]] [[Kategorie:B]]", site=site) == "Datei:A Kategorie:B"


def test_a_person_is_linked_when_there_is_a_legal_username() -> None:
    assert escape.person("Ola Berg", "Ola (Example)") == "[[User:Ola (Example)|Ola Berg]]"
    assert escape.person("Ola [[Berg]]", "Ola") == "[[User:Ola|Ola &#91;&#91;Berg&#93;&#93;]]"
    assert escape.person("Ola|Berg", "Ola]]{{x}}") == "Ola&#124;Berg"
    assert escape.person("Ola Berg") == "Ola Berg"


def test_a_title_that_no_page_can_have_is_not_linked() -> None:
    assert escape.page("Team/Updates", "updates") == "[[:Team/Updates|updates]]"
    assert escape.page("A{{b}}", "a|b") == "a&#124;b"
    assert escape.page("x" * 256, "long") == "long"


def test_a_section_is_linked_when_its_title_can_be_an_anchor() -> None:
    assert escape.section("R&D", "us") == "[[#R&D|us]]"
    assert escape.section("A|b", "A|b") == "A&#124;b"
