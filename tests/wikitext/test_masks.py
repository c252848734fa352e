"""What is masked before lines are looked at."""

import pytest
from hypothesis import given

from tests.wikitext.readings import pages
from wikibot.wikitext.masks import mask, pieces


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a<!-- b -->c", "aCCCCCCCCCCc"),
        ("a<!-- b", "aCCCCCC"),
        ("a<nowiki>[[b]]</nowiki>c", "aOOOOOOOOOOOOOOOOOOOOOOc"),
        ("a<nowiki/>c", "aOOOOOOOOOc"),
        ("a<nowiki>c", "a<nowiki>c"),
        ("<ref>a</ref><ref name=b />", "O" * 26),
        ("<PRE>\n* a\n</pre>", "O" * 16),
        ("<reference>", "<reference>"),
        ("{{a|{{b}}}}c", "OOOOOOOOOOOc"),
        ("{{a\n* b}}c", "OOOOOOOOOc"),
        ("{{a|b", "{{a|b"),
        ("{{a {{b}}", "{{a OOOOO"),
        ("a}}", "a}}"),
        ("{{{a}}}", "OOOOOOO"),
        ("{{{{a}}}}", "{OOOOOOO}"),
        ("{{a|<!-- }} -->}}b", "OOOOOOOOOOOOOOOOOb"),
        ("{{a|<nowiki>}}</nowiki>}}b", "O" * 25 + "b"),
        ("<translate>a</translate>", "C" * 11 + "a" + "C" * 12),
        ('<tvar name="1">a</tvar>', "C" * 15 + "a" + "C" * 7),
        ("<tvar|a>b</>", "C" * 8 + "b" + "C" * 3),
        ("<languages/>a<section begin=b />", "C" * 12 + "a" + "C" * 19),
        ("<noinclude>a</noinclude>", "C" * 11 + "a" + "C" * 12),
        ("<includeonly>a</includeonly>b", "C" * 28 + "b"),
        ("<translated>", "<translated>"),
        ("\x01\x02", "\ufffd\ufffd"),
    ],
)
def test_masked(text: str, seen: str) -> None:
    assert mask(text).replace("\x01", "C").replace("\x02", "O") == seen


def test_literal_text_is_found_inside_templates() -> None:
    text = "{{a|<!-- b -->|<nowiki>c</nowiki>|<gallery>d</gallery>}}"
    found = [text[piece.inner_start : piece.inner_end] for piece in pieces(text, literal_only=True)]
    assert found == [" b ", "c"]


@given(pages())
def test_a_mask_is_as_long_as_the_text_and_keeps_the_rest(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(
        new in (old, "\x01", "\x02", "\ufffd") for old, new in zip(text, masked, strict=True)
    )


@given(pages())
def test_pieces_are_in_order_and_apart(text: str) -> None:
    position = 0
    for piece in pieces(text):
        assert position <= piece.start <= piece.inner_start <= piece.inner_end <= piece.end
        position = piece.end
    assert position <= len(text)
