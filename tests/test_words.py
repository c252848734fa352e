"""Words that rules look for: those that say that nobody holds a role."""

import pytest

from wikibot.wikitext import names
from wikibot.words import is_vacant


@pytest.mark.parametrize(
    "text",
    """
    TBD|tbd.|(vacant)|?|n/a|------||Open|–|wanted!|needed!|N.N.|gesucht|à pourvoir|unbesetzt|offen
    Currently vacant|nobody at the moment|vacant since 2019|Open position|volunteer needed
    Helfer gesucht!|poste vacant|derzeit unbesetzt|nikt
    """.replace("\n    ", "|")
    .strip("|")
    .split("|"),
)
def test_words_for_nobody(text: str) -> None:
    assert is_vacant(text)
    assert not names.could_be_name(text)


@pytest.mark.parametrize(
    "text",
    ["Ana", "Vacanti", "O", "李", "position", "the moment", "Nil", "Open Maps", "Nobody Fox"],
)
def test_words_for_somebody(text: str) -> None:
    assert not is_vacant(text)


def test_words_of_the_configuration_mean_nobody_as_well() -> None:
    assert not is_vacant("Not yet")
    assert is_vacant("Not yet.", frozenset({"not yet"}))
