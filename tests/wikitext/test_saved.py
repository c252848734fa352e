"""What MediaWiki makes of a text when it saves it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.wikitext.saved import added_by_both, as_saved, reads_as

SIGNED = "[[User:Bot|Bot]] ([[User talk:Bot|talk]]) 12:00, 19 November 2026 (UTC)"


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a \t\n\n", "a"),
        ("\n a", "\n a"),
        ("a\nb  \nc", "a\nb  \nc"),
        ("e\u0301", "é"),
        ("a\u00a0", "a\u00a0"),
        ("", ""),
    ],
)
def test_a_text_is_stored_so(sent: str, stored: str) -> None:
    assert as_saved(sent) == stored
    assert reads_as(stored, sent)


@given(st.text())
def test_what_is_stored_is_stored_as_it_is(text: str) -> None:
    assert as_saved(as_saved(text)) == as_saved(text)
    assert reads_as(as_saved(text), text)


@pytest.mark.parametrize("tildes", ["~~~", "~~~~", "~~~~~"])
def test_anything_on_one_line_may_stand_for_a_signature(tildes: str) -> None:
    sent = f"== A (b) ==\nPlease. {tildes}\n* c"
    for there in (SIGNED, "x", "{{subst:sig}}", tildes):
        assert reads_as(f"== A (b) ==\nPlease. {there}\n* c", sent)


@pytest.mark.parametrize(
    "there",
    [
        "Please. \nNo.",  # no signature at all
        f"Please. {SIGNED}\n\nNo.",  # a line more
        f"Please.. {SIGNED}\nNo.",
        f"Please. {SIGNED}\nNo",
        f"Please. {SIGNED}\nNo. And more.",
        f"More. Please. {SIGNED}\nNo.",
        "",
    ],
)
def test_everything_else_must_be_as_it_was_sent(there: str) -> None:
    assert not reads_as(there, "Please. ~~~~\nNo.")


def test_several_signatures() -> None:
    sent = "A ~~~~\n\nB ~~~~\n"
    assert reads_as(f"A {SIGNED}\n\nB {SIGNED}", sent)
    assert not reads_as(f"A {SIGNED}\n\nC {SIGNED}", sent)
    assert not reads_as(f"A {SIGNED}", sent)


def test_blanks_at_the_end_of_what_is_there_do_not_matter_beside_a_signature_either() -> None:
    assert reads_as(f"A {SIGNED}\n", "A ~~~~\n")
    assert reads_as(f"A {SIGNED}\r\nb\n", "A ~~~~\nb")


def test_two_tildes_are_no_signature() -> None:
    assert not reads_as("about x", "about ~~")
    assert reads_as("about ~~", "about ~~")


def test_marks_of_regular_expressions_are_text() -> None:
    assert reads_as(f"a.b (c) [d] {SIGNED}", "a.b (c) [d] ~~~~")
    assert not reads_as(f"aXb (c) [d] {SIGNED}", "a.b (c) [d] ~~~~")


@given(st.text("ab~ \n", max_size=20))
def test_a_text_always_reads_as_itself(text: str) -> None:
    assert reads_as(text, text)


LIST = "* [[User:Ada|Ada]], Boss\n* [[User:Bo|Bo]], Clerk\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        ("* [[User:Cy|Cy]], Clerk", "* [[User:Cy|Cy]], Clerk", {"* [[User:Cy|Cy]], Clerk"}),
        ("* [[User:Cy|Cy]], Clerk", "* [[ User:Cy ]], Boss", set()),
        ("* [[User:Cy|Cy]], Clerk", "* [[User:Dee|Dee]], Clerk", set()),
        ("|-\n| x", "|-\n| y", set()),
    ],
)
def test_what_two_edits_have_both_added(ours: str, theirs: str, both: set[str]) -> None:
    found = added_by_both(LIST, LIST + ours, f"{theirs}\n{LIST}")
    assert {each for each in found if not each.startswith("[[")} == both
    assert bool(found) == ("Cy" in theirs)
    assert added_by_both(LIST, LIST + ours, LIST) == set()


@pytest.mark.parametrize("blank", [" ", "\n", " \n"])
def test_a_link_that_does_not_end_is_read_to_its_end(blank: str) -> None:
    hostile = "[[" + blank * 50_000 + "x" + blank * 50_000 + "{"
    assert added_by_both("", f"{hostile}\n* Ada", f"* Ada\n{hostile}") >= {"* Ada"}
