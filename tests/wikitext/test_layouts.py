"""Where a roster or roles table stands: patterns, columns, sections, announcements."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.model import Layout
from wikibot.wikitext import layouts
from wikibot.wikitext.blocks import scan
from wikibot.wikitext.entries import LONGEST


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("{name}, {title}", "Ana, Lead", {"name": "Ana", "title": "Lead"}),
        ("{name}, {title}", "Ana , Lead, acting", {"name": "Ana", "title": "Lead, acting"}),
        ("{name}, {title}", "Ana Lead", None),
        ("{name} - {title}", "Ana-Bo Li - Lead", {"name": "Ana-Bo Li", "title": "Lead"}),
        ("{name} - {title}", "Ana-Lead", None),
        ("{title}: {name}", "Lead:Ana", {"name": "Ana", "title": "Lead"}),
        ("{name} ({note}) – {title}", "Ana (UK) – Lead", {"name": "Ana", "title": "Lead"}),
        ("{name}", "Ana Ruiz", {"name": "Ana Ruiz"}),
        ("{name} [{title}]", "Ana [Lead]", {"name": "Ana", "title": "Lead"}),
    ],
)
def test_patterns(pattern: str, text: str, found: dict[str, str] | None) -> None:
    match = layouts.pattern(pattern).fullmatch(text)
    assert (match and {k: v for k, v in match.groupdict().items() if k != "note"}) == found


@given(
    parts=st.lists(
        st.sampled_from(["{name}", "{title}", "{note}", " ", ", ", "a", "-", " - ", "(", ";"]),
        max_size=8,
    ),
    text=st.text("ab ,-(;", max_size=12),
)
def test_a_pattern_means_the_same_as_one_that_may_go_back(parts: list[str], text: str) -> None:
    """But for fields of nothing but blanks, for which it does not go back."""
    text = re.sub(" *([,;]) *", r"\1", " ".join(text.split()))
    quick = layouts.pattern("".join(parts))
    slow = quick.pattern.replace("(?>", "(?:").replace("++", "+").replace("*+", "*")
    one, other = quick.fullmatch(text), re.fullmatch(slow, text, re.DOTALL)
    assert (one and one.groupdict()) == (other and other.groupdict())


@pytest.mark.parametrize("text", ["a" * LONGEST, "a " * (LONGEST // 2), ", " * (LONGEST // 2)])
@pytest.mark.parametrize("between", ["", " ", ", ", "a"])
def test_no_pattern_takes_for_ever(between: str, text: str) -> None:
    """The time of one that goes back for each field would have thirty digits."""
    source = between.join(["{name}", *["{note}"] * 20, "x"])
    assert layouts.pattern(source).fullmatch(text) is None


@pytest.mark.parametrize(
    ("heads", "wanted", "column"),
    [
        ({0: "Name", 1: "Title"}, layouts.NAME_HEADS, 0),
        ({0: "Team role", 1: "Role"}, layouts.TITLE_HEADS, 1),
        ({0: "Item", 1: "Name & Surname"}, layouts.NAME_HEADS, 1),
        ({0: "Skills", 1: ""}, layouts.NAME_HEADS, None),
    ],
)
def test_columns_by_words(
    heads: dict[int, str], wanted: frozenset[str], column: int | None
) -> None:
    assert layouts.column_of(heads, wanted) == column


@pytest.mark.parametrize(
    ("head", "column"), [("who  IS", 1), ("Who_is", 1), (1, 0), (3, 2), ("What", None)]
)
def test_columns_by_configuration(head: str | int, column: int | None) -> None:
    assert layouts.named_column({0: "No", 1: "Who is"}, head) == column


@pytest.mark.parametrize(
    ("section", "span"),
    [
        (None, "== A ==\na\n=== B ===\nb\n== C ==\n"),
        ("a", "== A ==\na\n=== B ===\nb\n"),
        ("B", "=== B ===\nb\n"),
        ("D", None),
    ],
)
def test_region(section: str | None, span: str | None) -> None:
    text = "== A ==\na\n=== B ===\nb\n== C ==\n"
    found = layouts.region(scan(text), Layout(section=section))
    assert (found and found.span.of(text)) == span
