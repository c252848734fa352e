"""Two texts, and two texts that were made from a third."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.comparison import has_changes_of, touched_twice, unified

BASE = "one\ntwo\nthree\nfour\nfive\n"


def test_a_unified_diff_names_both_texts() -> None:
    assert unified("a\nb\n", "a\nc", before="old", after="new") == (
        "--- old\n+++ new\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of page\n"
    )
    assert unified(BASE, BASE, before="old", after="new") == ""


@pytest.mark.parametrize(
    ("one", "other", "twice"),
    [
        (BASE, BASE, ()),
        (BASE, BASE.replace("two", "2"), ()),
        (BASE.replace("two", "2"), BASE.replace("five", "5"), ()),
        (BASE.replace("two", "2"), BASE.replace("two", "2"), ()),
        (BASE.replace("two", "2"), BASE.replace("two", "zwei"), ((2, 2),)),
        (BASE.replace("two", "2"), BASE.replace("two\nthree\nfour\n", "x\n"), ((2, 2),)),
        (BASE.replace("two\nthree", "2\n3"), BASE.replace("three\n", ""), ((3, 3),)),
        (BASE.replace("two", "2"), BASE.replace("three", "3"), ()),
        (BASE.replace("two", "2"), BASE.replace("three", "new\nthree"), ((3, 3),)),
        (f"{BASE}six\n", f"{BASE}sechs\n", ((6, 6),)),
        (
            BASE.replace("one", "1").replace("five", "5"),
            BASE.replace("one", "i").replace("five", "v"),
            ((1, 1), (5, 5)),
        ),
        ("", BASE.replace("four", "4"), ((4, 4),)),
    ],
)
def test_lines_that_were_changed_on_both_sides(
    one: str, other: str, twice: tuple[tuple[int, int], ...]
) -> None:
    assert touched_twice(BASE, one, other) == twice
    assert touched_twice(BASE, other, one) == twice


TEXTS = st.lists(st.sampled_from("abc"), max_size=6).map("\n".join)


@given(TEXTS, TEXTS)
def test_one_side_that_changed_nothing_is_never_in_the_way(base: str, other: str) -> None:
    assert touched_twice(base, base, other) == touched_twice(base, other, base) == ()
    assert touched_twice(base, other, other) == ()


@given(TEXTS, TEXTS, TEXTS)
def test_which_side_is_named_first_makes_no_difference(base: str, one: str, other: str) -> None:
    assert touched_twice(base, one, other) == touched_twice(base, other, one)


def test_what_one_has_taken_over_of_the_other() -> None:
    news = BASE.replace("two", "2").replace("five", "5")
    assert has_changes_of(BASE, BASE.replace("one", "1"), BASE)
    assert not has_changes_of(BASE, news.replace("four\n", ""), news)  # beside its line
    assert not has_changes_of(BASE, news.replace("three", "drei\nthree"), news)
    assert not has_changes_of(BASE, f"{news}six\n", news)
    assert has_changes_of(BASE, news, news)
    assert not has_changes_of(BASE, BASE.replace("two", "2"), news)
