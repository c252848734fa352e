"""Internal links, and the anchors that they may lead to."""

import pytest
from hypothesis import given

from tests.wikitext.readings import pages
from wikibot.model import Site
from wikibot.wikitext.links import anchor_key, anchors, read_links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[A]] [[b_c|d]] [[ e ]]", ["A#", "b c#", "e#"]),
        ("[[A#B_c|d]] [[#E]]", ["A#B c", "#E"]),
        ("[[A%20b#C%20d]]", ["A b#C d"]),
        ("[[A &amp; b]]", ["A & b#"]),
        ("[[:Category:A]] [[:File:B.png]]", ["Category:A#", "File:B.png#"]),
        ("[[Category:A]] [[File:B.png|thumb|[[C]]]]", ["C#"]),
        ("[[meta:A]] [[:meta:B]] [[User:C]]", ["User:C#"]),
        ("<nowiki>[[A]]</nowiki> <!-- [[B]] --> <pre>[[C]]</pre>", []),
        ("{{t|[[A]]|<nowiki>[[B]]</nowiki>|<!-- [[C]] -->}} <ref>[[D]]</ref>", ["A#", "D#"]),
        ("{|\n| [[A]] || [[B|c]]\n|}", ["A#", "B#"]),
        ("[[A\nb]] [[{{PAGENAME}}/c]] [[]] [[|d]] [[A", []),
    ],
)
def test_links(text: str, expected: list[str]) -> None:
    site = Site(interwikis=frozenset({"meta"}))
    assert [f"{link.target}#{link.anchor}" for link in read_links(text, site=site)] == expected


def test_a_link_knows_where_it_stands() -> None:
    text = "lead\n== Who ''we'' are ==\n* see [[A#B|c]]"
    (link,) = read_links(text)
    assert (link.section, link.line, link.span.of(text)) == ("Who we are", 3, "A#B")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("== A b ==\n=== ''C'' [[d|e]] ===", {"A b", "C e"}),
        ("== A ==\n== A ==\n== a ==\n== B ==", {"A", "A 2", "a 3", "B"}),
        ('<span id="a_b"></span><div class=x id=c>', {"a b", "c"}),
        ("{{anchor|a|b_c}} {{Anchor|1=d}}", {"a", "b c", "d"}),
        ('{|\n| id="a" | b\n|}', {"a"}),
        ("<nowiki><span id=a></nowiki>\n<!--\n== B ==\n-->", set()),
    ],
)
def test_anchors(text: str, expected: set[str]) -> None:
    assert anchors(text) == expected


@pytest.mark.parametrize(
    ("anchor", "heading"),
    [
        ("Who_we_are", "Who we are"),
        ("Who%20we%20are", "Who we are"),
        (" Who we  are ", "Who we are"),
        ("Caf.C3.A9", "Café"),
        ("Caf%C3%A9", "Café"),
        ("A_&amp;_b", "A & b"),
        ("Version_1.39", "Version 1.39"),
    ],
)
def test_anchors_are_compared_in_one_form(anchor: str, heading: str) -> None:
    assert anchor_key(anchor) == anchor_key(heading)


@given(pages())
def test_links_are_where_they_say(text: str) -> None:
    for link in read_links(text):
        assert text[: link.span.start].rstrip().endswith("[[")
        assert link.line == text.count("\n", 0, link.span.start) + 1
    assert "" not in anchors(text)
