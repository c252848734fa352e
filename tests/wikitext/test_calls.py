"""Calls of a template: which are one, what their arguments are, what is not closed."""

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.model import Span
from wikibot.wikitext.calls import Call, read_calls, without_comments

balanced = st.recursive(
    st.text("ab =", max_size=5),
    lambda inner: st.one_of(
        st.builds("{{{{T|{}|{}}}}}".format, inner, inner),
        st.builds("{{{{x|y={}}}}}".format, inner),
        st.builds("[[a|{}]]".format, st.text("ab ", max_size=5)),
        st.builds("{}<nowiki>{{{{T|</nowiki>{}<!-- }}}} -->".format, inner, inner),
    ),
)


def arguments(text: str, call: Call) -> list[tuple[str, str]]:
    return [(argument.name, argument.value.of(text)) for argument in call.arguments]


def the_call(text: str) -> Call:
    (call,) = read_calls(text, name="T")
    return call


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{T}}", []),
        ("{{T|a}}", [("", "a")]),
        ("{{T| x = a=b |y=}}", [("x", " a=b "), ("y", "")]),
        ("{{T|x={{y|z=1}}|[[a|b]]}}", [("x", "{{y|z=1}}"), ("", "[[a|b]]")]),
        ("{{T|{{y}}=1|[[a]]=2}}", [("", "{{y}}=1"), ("", "[[a]]=2")]),
        ("{{T|x={{{1|d}}}|y=2}}", [("x", "{{{1|d}}}"), ("y", "2")]),
        (
            "{{T|x=<nowiki>}}|</nowiki>|y=<!-- | -->2}}",
            [("x", "<nowiki>}}|</nowiki>"), ("y", "<!-- | -->2")],
        ),
        ("{{T|blocked_by <!-- whom --> = x}}", [("blocked by", " x")]),
    ],
)
def test_arguments_end_where_mediawiki_ends_them(
    text: str, expected: list[tuple[str, str]]
) -> None:
    call = the_call(text)
    assert arguments(text, call) == expected
    assert (call.span, call.problem) == (Span(0, len(text)), "")


@pytest.mark.parametrize("name", ["t", " T ", "Template:T", "User:Bot/t", "<!-- c -->T", "T\n"])
def test_prefix_and_first_letter_do_not_matter(name: str) -> None:
    assert arguments(f"{{{{{name}|x}}}}", the_call(f"{{{{{name}|x}}}}")) == [("", "x")]


@pytest.mark.parametrize("text", ["{{TT}}", "{{T/x}}", "{{{T}}}", "{T}", "{{{{y}}T}}", "{{y|T}}"])
def test_other_names_are_other_templates(text: str) -> None:
    assert read_calls(text, name="T") == ()


def test_a_name_that_is_itself_a_call_is_another_template() -> None:
    text = "{{{{T}}|x}}"
    assert [call.span.of(text) for call in read_calls(text, name="T")] == ["{{T}}"]


def test_a_call_inside_a_call_is_told_after_it() -> None:
    text = "{{T|x={{T|y}}}}"
    assert [call.span.of(text) for call in read_calls(text, name="T")] == [text, "{{T|y}}"]


def test_what_is_not_closed_ends_at_the_next_call_or_heading() -> None:
    text = "{{T|a=1\n{{T|b=2\n== Heading ==\n{{T|c=3"
    calls = read_calls(text, name="T")
    assert [call.span.of(text) for call in calls] == ["{{T|a=1\n", "{{T|b=2", "{{T|c=3"]
    assert {call.problem for call in calls} == {"its “{{” is not closed by “}}”"}


def test_a_link_that_is_not_closed_hides_no_argument() -> None:
    text = "{{T|a=[[b|c=1}} {{T|d=2}}"
    first, second = read_calls(text, name="T")
    assert arguments(text, first) == [("a", "[[b"), ("c", "1")]
    assert first.problem == "a “[[” in it is not closed by “]]”"
    assert (arguments(text, second), second.problem) == ([("d", "2")], "")


def test_comments_are_taken_out() -> None:
    assert without_comments("a<!-- b\n -->c<!-- d") == "ac"


@given(balanced)
def test_sound_calls_are_those_that_mwparserfromhell_finds(text: str) -> None:
    parsed = mwparserfromhell.parse(text).filter_templates(matches=lambda node: node.name == "T")
    assert [call.span.of(text) for call in read_calls(text, name="T")] == [str(t) for t in parsed]
