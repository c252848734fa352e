"""Titles as MediaWiki stores them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.model import Site
from wikibot.titles import normal_title, normal_username, translated

SITE = Site()


@pytest.mark.parametrize(
    ("given_title", "stored"),
    [
        ("team", "Team"),
        ("Team_page", "Team page"),
        ("  Team __ page_", "Team page"),
        ("Team\u00a0page\u3000x", "Team page x"),
        ("\u200eTeam\u202c", "Team"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("éa", "Éa"),
        ("ßa", "ßa"),  # its capital would be two letters
        ("user:ada/roles", "User:Ada/roles"),
        ("USER_TALK : ada", "User talk:Ada"),
        ("mediawiki:x", "MediaWiki:X"),
        ("image:x.png", "File:X.png"),
        (":category:people", "Category:People"),
        ("2026: a year", "2026: a year"),
        ("no such namespace:x", "No such namespace:x"),
        ("A//B", "A//B"),
        ("100%", "100%"),
        ("50% of", "50% of"),
        ("AT&T", "AT&T"),
        ("A.B/..C", "A.B/..C"),
    ],
)
def test_normal_title(given_title: str, stored: str) -> None:
    assert normal_title(given_title, SITE) == stored


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("", "has no name"),
        (" _ ", "has no name"),
        ("User:", "has no name"),
        ("::Team", "has no name"),
        ("A#B", "contains '#'"),
        ("[[Team]]", r"contains '\['"),
        ("A|B", r"contains '\|'"),
        ("A\nB", r"contains '\\n'"),
        ("A\ufffdB", r"contains '\\ufffd'"),
        (".", r"contains '\.'"),
        ("User:..", r"contains '\.\.'"),
        ("A/../B", r"contains '/\.\./'"),
        ("A/.", r"contains '/\.'"),
        ("A ~~~ B", "contains '~~~'"),
        ("A%3aB", "contains '%3a'"),
        ("A&amp;B", "contains '&amp;'"),
        ("A&#58;B", "contains '&#58;'"),
        ("é" * 128, "longer than 255 bytes"),
    ],
)
def test_what_no_page_can_be_called(title: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        normal_title(title, SITE)


def test_a_namespace_does_not_count_towards_the_length() -> None:
    assert normal_title("User:" + "a" * 255, SITE) == "User:A" + "a" * 254


@given(st.text())
def test_a_stored_title_is_its_own_normal_form(text: str) -> None:
    try:
        stored = normal_title(text, SITE)
    except ValueError:
        return
    assert normal_title(stored, SITE) == stored


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Team/fr", "Team"),
        ("A/Team/zh-hans", "A/Team"),
        ("Team", None),
        ("Team/Roles", None),
        ("Team/2026-W47", None),
        ("/fr", None),
    ],
)
def test_a_page_may_be_the_translation_of_another(title: str, source: str | None) -> None:
    assert translated(title) == source


@pytest.mark.parametrize("name", ["Ola Berg", "ola_Berg", " Ola__Berg ", "ola Berg"])
def test_spellings_of_one_username(name: str) -> None:
    assert normal_username(name) == "Ola Berg"
