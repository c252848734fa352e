"""What a call puts in, and marks without their partner, as MediaWiki has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mediawiki import Witness
from wikibot.wikitext.transclusion import has_parameter, is_lua, transcluded, unpaired

# text of a template, what a call of it puts in
PUT_IN = [
    ("plain", "plain"),
    ("a<noinclude>b</noinclude>c", "ac"),
    ("a<noinclude>b", "a"),
    ("a<noinclude/>b", "ab"),
    ("a<NoInclude >b</noinclude >c", "ac"),
    ("a<includeonly>b</includeonly>c", "abc"),
    ("a<includeonly>b", "ab"),
    ("a<includeonly>b<noinclude>c</noinclude></includeonly>", "ab"),
    ("a<onlyinclude>b</onlyinclude>c<onlyinclude>d</onlyinclude>", "bd"),
    ("a<onlyinclude>b<noinclude>c</noinclude></onlyinclude>", "b"),
    ("a<onlyinclude>b", "a<onlyinclude>b"),
    ("a<!-- <noinclude> -->b", "ab"),
    ("a<!-- b", "a"),
]
# text of a template, the mark that lacks its partner, and whether a reader sees braces
PAIRED = [
    ("{{#if:x|{{{a|y}}}}}", "", False),
    ("{{{{{|safesubst:}}}#if:x|y}}", "", False),
    ("{{#if:x|[[A|{{lc:B}}]]}}", "", False),
    ("{{#if:x|{{{!}} y}}", "", False),
    ("{{#if:x|y}", "{{", True),
    ("{{#if:x|{{{a|y}}}}", "{{", True),
    ("{{#if:x|{{{a|y}}}}}}}", "}}", True),
    ("{{#if:x|[[A|y}}", "{{", True),
    ("<nowiki>{{</nowiki>{{#if:x|<nowiki>}}</nowiki>y}}", "", True),
]


@pytest.mark.parametrize(("text", "put_in"), PUT_IN)
def test_what_a_call_puts_in(text: str, put_in: str) -> None:
    assert transcluded(text).replace("<!--", "") == put_in


@pytest.mark.parametrize(("text", "mark", "_"), PAIRED)
def test_braces_without_their_partner(text: str, mark: str, _: bool) -> None:
    assert unpaired(text) == mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a<includeonly>b", "<includeonly>"),
        ("a<includeonly/>b", ""),
        ("b</onlyinclude>", "<onlyinclude>"),
        ("a<noinclude>b", ""),
        ("a<!-- b", "<!--"),
        ("a<nowiki><includeonly></nowiki>", ""),
    ],
)
def test_tags_without_their_partner(text: str, mark: str) -> None:
    assert unpaired(text) == mark


def test_mediawiki_says_the_same(mediawiki: Witness) -> None:
    texts = [text for text, _ in PUT_IN] + [text for text, _, _ in PAIRED]
    for number, text in enumerate(texts):
        mediawiki.edit(f"Template:T{number}", text)
    calls = "\n----\n".join(f"{{{{T{number}}}}}" for number in range(len(texts)))
    answer = mediawiki.call(None, action="expandtemplates", text=calls, prop="wikitext")
    expanded = answer["expandtemplates"]["wikitext"].split("\n----\n")
    assert expanded[: len(PUT_IN)] == [put_in for _, put_in in PUT_IN]
    braces = ["{{" in text or "}}" in text for text in expanded[len(PUT_IN) :]]
    assert braces == [seen for _, _, seen in PAIRED]


@pytest.mark.parametrize("text", ["{{{a}}}", "{{{a|b}}}", "{{{ a \n|}}}", "{{#if:{{{a|}}}|x}}"])
def test_a_parameter_that_is_there(text: str) -> None:
    assert has_parameter(text, "a")


@pytest.mark.parametrize("text", ["a", "{{a}}", "{{{ab}}}", "{{{b|a}}}", "{{{A}}}"])
def test_a_parameter_that_is_not_there(text: str) -> None:
    assert not has_parameter(text, "a")


def test_what_a_module_makes() -> None:
    assert is_lua("{{{{{|safesubst:}}}#Invoke: Status |row}}")
    assert not is_lua("{{invoke|Status}}")


NESTED = st.recursive(
    st.sampled_from(["a", "\n", "{| |}", ""]),
    lambda inner: st.one_of(
        inner.map(lambda text: f"{{{{b|{text}}}}}"),
        inner.map(lambda text: f"{{{{{{c|{text}}}}}}}"),
        inner.map(lambda text: f"[[d|{text}]]"),
        st.tuples(inner, inner).map("".join),
    ),
    max_leaves=8,
)


@given(NESTED)
def test_what_is_nested_well_is_paired_and_one_mark_more_is_not(text: str) -> None:
    assert unpaired(text) == ""
    assert unpaired(f"{{{{b|{text}") == "{{"
    assert unpaired(f"{text}}}}}") == "}}"


@pytest.mark.parametrize("unit", ["<onlyinclude>", "<onlyinclude>a</onlyinclude ", "<noinclude>"])
def test_a_hostile_template_is_read_to_its_end(unit: str) -> None:
    assert "x" not in transcluded(f"{unit * 50_000}<noinclude>x")
