"""Whether a text makes its page a redirect."""

import pytest

from wikibot.wikitext.redirects import is_redirect


@pytest.mark.parametrize(
    "text", ["#REDIRECT [[Team]]", "\n #redirect: [[Team]]\n\n[[Category:X]]", "#Redirect[[Team]]"]
)
def test_redirects(text: str) -> None:
    assert is_redirect(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# [[Team]]",
        "#redirect",
        "#redirects [[Team]]",
        "text\n#REDIRECT [[Team]]",
        "#WEITERLEITUNG [[Team]]",
    ],
)
def test_other_texts(text: str) -> None:
    assert not is_redirect(text)


def test_a_wiki_has_words_of_its_own() -> None:
    words = ("WEITERLEITUNG", "REDIRECT", "C++")
    assert is_redirect("#weiterleitung [[Team]]", words)
    assert is_redirect("#REDIRECT [[Team]]", words)
    assert not is_redirect("#CCC [[Team]]", words)
