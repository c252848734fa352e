"""Words that reach a page: all there, documented, and put together rightly."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

import wikibot
from wikibot.messages import Messages, load

PACKAGE = Path(wikibot.__file__).parent
FOLDER = PACKAGE / "i18n" / "wikibot"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))


def texts(language: str) -> dict[str, str]:
    data: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return {key: text for key, text in data.items() if key != "@metadata"}


def parameters(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def test_every_message_is_documented_with_its_parameters() -> None:
    english, documented = texts("en"), texts("qqq")
    assert list(documented) == list(english)
    for key, text in english.items():
        assert parameters(text) <= parameters(documented[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_no_other_messages_and_parameters_than_english(language: str) -> None:
    english = texts("en")
    for key, text in texts(language).items():
        assert key in english
        assert language == "qqq" or parameters(text) <= parameters(english[key])


def test_every_message_that_the_code_names_is_there() -> None:
    source = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    named = set(re.findall(r"\bwords\(\s*[\"']([\w-]+)[\"']", source))
    assert "contacts-summary" in named
    assert {f"wikibot-{key}" for key in named} <= set(texts("en"))


def test_every_message_is_used() -> None:
    source = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    for key in texts("en"):
        name = key.removeprefix("wikibot-")
        family, _, _ = name.partition("-")
        assert re.search(rf"[\"']{name}[\"']", source) or f'"{family}-{{' in source, key


def test_values_are_put_in_as_they_are() -> None:
    words = Messages("en", {"wikibot-hello": "%(name)s: {{PLURAL:%(n)d|one|%(n)d}}"})
    assert words("hello", name="100 % {{PLURAL:n|a|b}}", n=1) == "100 % {{PLURAL:n|a|b}}: one"
    assert words("hello", name="%(n)d", n=2) == "%(n)d: 2"


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: "many", 1: "one", 2: "many"}),
        ("fr", {0: "one", 1: "one", 2: "many"}),
        ("pt-br", {0: "one", 2: "many"}),
        ("ja", {0: "one", 1: "one", 5: "one"}),
    ],
)
def test_plural_forms_are_those_of_the_language(language: str, forms: dict[int, str]) -> None:
    words = Messages(language, {"wikibot-x": "{{PLURAL:n|one|many}}"})
    assert {n: words("x", n=n) for n in forms} == forms


def test_a_language_without_messages_falls_back_to_english() -> None:
    for language in ("en", "en-gb", "tlh", "qqq", "../../secret", ""):
        assert load(language)("report-next") == "Next"


def test_dates_are_written_out() -> None:
    assert load("en").date(date(2026, 11, 5)) == "5 November 2026"


def test_the_note_fits_into_a_comment() -> None:
    for language in LANGUAGES:
        if language != "qqq":
            assert "--" not in load(language)("report-note")
