"""What announces people, nominees, tools or nothing; which words are titles or placeholders."""

import pytest

from wikibot.model import Layout, Site
from wikibot.wikitext.blocks import scan
from wikibot.wikitext.roster_draft import (
    Announcement,
    Page,
    announcement,
    is_placeholder,
    is_title,
    speaks_of_else,
    speaks_of_people,
)


def _said(above: str) -> Announcement:
    return announcement(Page(scan(f"{above}* Ana"), Layout(), Site()), len(above))


@pytest.mark.parametrize(
    ("above", "near"),
    [
        ("== Team ==\n", True),
        ("== Team ==\n=== 2024 ===\n", False),
        ("The members are\n", True),
        ("'''Members:'''\n\n", True),
        ("== Treasurer ==\n", True),
        ("The members are listed below.\n== 2024 ==\n", False),
    ],
)
def test_people_are_announced(above: str, near: bool) -> None:
    said = _said(above)
    assert said.phrase
    assert said.near == near


@pytest.mark.parametrize(
    "above",
    [
        "== Team ==\nIt uses these tools:\n",
        "== Tools ==\n",
        "== Team ==\n=== Tools ===\n",
        "",
        "\n\n\n",
    ],
)
def test_nothing_is_announced(above: str) -> None:
    assert _said(above) == Announcement()


@pytest.mark.parametrize(
    "above",
    ["== Nominees ==\n", "== Team ==\nCandidates:\n", "== Team ==\n=== External links ===\n"],
)
def test_something_else_is_announced(above: str) -> None:
    assert _said(above).of_else


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("'''Members:'''\n", "Members"),
        ("'''Vice Chair''':\n", "Vice Chair"),
        ("=== Treasurer ===\n", "Treasurer"),
        ("== Team ==\n", None),
        ("Members:\n", None),
    ],
)
def test_a_bold_line_or_a_heading_is_the_title_of_those_below(
    above: str, title: str | None
) -> None:
    said = _said(above)
    assert (said.title and said.title.text) == title


@pytest.mark.parametrize(
    "text", ["Team", "Who we are", "Former members", "Our team is", "Das Team", "L'équipe", "成员"]
)
def test_words_about_people(text: str) -> None:
    assert speaks_of_people(text)
    assert not speaks_of_else(text)


@pytest.mark.parametrize("text", ["Team goals", "Member benefits", "Office hours", "Projects", ""])
def test_words_about_what_people_have(text: str) -> None:
    assert not speaks_of_people(text)


@pytest.mark.parametrize(
    "text", ["Nominees", "Board candidates", "Votes", "See also: external links"]
)
def test_words_about_others(text: str) -> None:
    assert speaks_of_else(text)


@pytest.mark.parametrize(
    "text", ["Chair", "Vice Chair", "Software Engineer", "Head of Research", "Kassenwart"]
)
def test_titles(text: str) -> None:
    assert is_title(text)


@pytest.mark.parametrize("text", ["", "Team", "Manager tasks", "Duties of the chair", "Developers"])
def test_no_titles(text: str) -> None:
    assert not is_title(text)


def test_placeholders() -> None:
    assert is_placeholder("Your name")
    assert is_placeholder("你的名字")
    assert not is_placeholder("Tu Youyou")
