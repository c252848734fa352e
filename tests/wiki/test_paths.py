"""Titles as paths: readable, reversible, possible on every file system."""

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from wikibot.model import Site
from wikibot.titles import normal_title
from wikibot.wiki.paths import path_of, title_of

PATHS = [
    ("Team", "Team.wiki"),
    ("Team page/Who we are", "Team page/Who we are.wiki"),
    ("User:Ada (WMF)/Team roles", "User%3AAda (WMF)/Team roles.wiki"),
    ("Zoë & Søn — 😀", "Zoë & Søn — 😀.wiki"),
    ('Who? "Us" * A\\B', "Who%3F %22Us%22 %2A A%5CB.wiki"),
    ("100% sure", "100% sure.wiki"),
    ("100%", "100%25.wiki"),
    ("100%/x", "100%25/x.wiki"),
    ("A.wiki", "A%2Ewiki.wiki"),
    ("A.wiki/B", "A%2Ewiki/B.wiki"),
    ("A.WIKI/B", "A%2EWIKI/B.wiki"),
    (".git/hooks/pre-commit", "%2Egit/hooks/pre-commit.wiki"),
    (".wikibot/revisions.jsonl", "%2Ewikibot/revisions.jsonl.wiki"),
    ("Git~1/config", "Git%7E1/config.wiki"),
    ("Etc.", "Etc%2E.wiki"),
    ("A. /B /C", "A.%20/B%20/C.wiki"),
    ("A/ B", "A/%20B.wiki"),
    ("Con", "%43on.wiki"),
    ("A/aux.x/LPT1", "A/%61ux.x/%4CPT1.wiki"),
    ("Contact", "Contact.wiki"),
    ("/", "%2F.wiki"),
    ("/A", "%2FA.wiki"),
    ("A/", "A%2F.wiki"),
    ("A//B", "A/%2FB.wiki"),
    ("A///B", "A/%2F/B.wiki"),
]


@pytest.mark.parametrize(("title", "path"), PATHS)
def test_path_of_title(title: str, path: str) -> None:
    assert path_of(title) == PurePosixPath(path)
    assert title_of(PurePosixPath(path)) == title


def test_a_name_too_long_for_a_file_system_goes_on_in_a_folder() -> None:
    title = "E" + "é" * 127
    path = path_of(title)
    assert path == PurePosixPath("E" + "é" * 119 + "%", "é" * 8 + ".wiki")
    assert title_of(path) == title


@pytest.mark.parametrize(
    "path",
    [
        ".",
        "Team",
        "Team.txt",
        ".wiki",
        "Team.WIKI",
        ".wikibot/revisions.jsonl",
        "A:B.wiki",  # the same title has its path already: A%3AB.wiki
        "A%3aB.wiki",
        "%54eam.wiki",
        "Team%.wiki",
        "%FF.wiki",
        "../Team.wiki",
        "/Team.wiki",
    ],
)
def test_no_page_stands_elsewhere(path: str) -> None:
    with pytest.raises(ValueError, match=r".+: .+"):
        title_of(PurePosixPath(path))


LETTERS = st.sampled_from(' :?*"\\/.%~ACONWIKIcomnauxlptwiki12é¹́😀\u0085') | st.characters()


@st.composite
def titles(draw: st.DrawFn) -> str:
    """Titles as MediaWiki stores them, most of them awkward."""
    text = draw(st.text(LETTERS, min_size=1, max_size=270))
    try:
        return normal_title(text, Site())
    except ValueError:
        assume(False)
        raise


@given(titles())
@example("A" * 255)
@example(":" * 3)
@example("?" * 255)
@example("User:" + "😀" * 63)
def test_every_title_comes_back(title: str) -> None:
    assert title_of(path_of(title)) == title


@given(titles())
@example("?" * 255)
@example("COM1" + "?" * 251)
def test_every_path_is_possible_everywhere(title: str) -> None:
    path = path_of(title)
    assert not path.is_absolute()
    assert unicodedata.is_normalized("NFC", str(path))
    for name in path.parts:
        assert len(name.encode()) <= 255
        assert name not in (".", "..")
        assert not name.startswith((".", " "))
        assert not name.endswith((".", " "))
        assert not set(name) & set('<>:"/\\|?*~')
        assert not any(unicodedata.category(character) == "Cc" for character in name)
        stem = name.partition(".")[0].rstrip(" ").upper()
        assert stem not in {"CON", "PRN", "AUX", "NUL"}
        assert not (stem[:3] in {"COM", "LPT"} and stem[3:] in set("0123456789¹²³"))


@given(titles(), titles())
def test_no_page_stands_in_the_way_of_another(one: str, other: str) -> None:
    assume(one != other)
    first, second = path_of(one), path_of(other)
    assert first != second
    assert first not in second.parents


@given(titles())
def test_no_page_is_hidden(title: str) -> None:
    path = path_of(title)
    assert path.suffix == ".wiki"
    assert all(not parent.name.endswith(".wiki") for parent in path.parents)
