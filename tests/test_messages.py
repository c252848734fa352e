"""Words that reach a page: all there, documented, and put together rightly."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

import wikibot
from wikibot.checks import ALL
from wikibot.messages import Messages, load
from wikibot.templates import packaged, packaged_modules
from wikibot.wikitext import escape

PACKAGE = Path(wikibot.__file__).parent
FOLDER = PACKAGE / "i18n" / "wikibot"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))
TRANSLATIONS = [language for language in LANGUAGES if language != "qqq"]


def texts(language: str) -> dict[str, str]:
    data: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return {key: text for key, text in data.items() if key != "@metadata"}


def parameters(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def plurals(text: str) -> list[list[str]]:
    return [forms.split("|") for forms in re.findall(r"\{\{PLURAL:[^|{}]*\|([^{}]*)\}\}", text)]


def test_every_message_is_documented_with_its_parameters() -> None:
    english, documented = texts("en"), texts("qqq")
    assert list(documented) == list(english)
    for key, text in english.items():
        assert parameters(text) <= parameters(documented[key]), key


def test_reports_have_words_for_every_finding() -> None:
    codes = [check.code for check in ALL]
    assert [code for code in codes if f"wikibot-finding-{code}" not in texts("en")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_no_other_messages_than_english(language: str) -> None:
    assert set(texts(language)) <= set(texts("en"))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_message_has_the_same_parameters_in_each_language(language: str) -> None:
    english = texts("en")
    for key, text in texts(language).items():
        assert parameters(text) == parameters(english[key]), key


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_plurals_have_the_forms_that_their_language_has(language: str) -> None:
    rule = Locale.parse(language).plural_form
    needed = len({rule(number) for number in range(1000)})
    for key, text in texts(language).items():
        for forms in plurals(text):
            usual = [form for form in forms if not re.match("[0-9]+=", form)]
            assert needed <= len(usual) <= len(rule.tags | {"other"}), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_message_files_are_written_as_those_of_pywikibot(language: str) -> None:
    source = (FOLDER / f"{language}.json").read_text("utf-8")
    data = json.loads(source)
    assert source == json.dumps(data, ensure_ascii=False, indent="\t") + "\n"
    assert data["@metadata"] == {"authors": ["The wikibot developers"]}
    assert all(key == "@metadata" or key.startswith("wikibot-") for key in data)


def test_every_message_that_the_code_names_is_there() -> None:
    source = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    named = set(re.findall(r"\bwords\(\s*[\"']([\w-]+)[\"']", source))
    assert "contacts-summary" in named
    assert {f"wikibot-{key}" for key in named} <= set(texts("en"))


def test_every_message_is_used() -> None:
    source = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    pages = (*packaged(directory=True).values(), *packaged_modules().values())
    installed = set(re.findall("«([a-z-]+)»", "\n".join(pages)))
    for key in texts("en"):
        name = key.removeprefix("wikibot-")
        family, _, _ = name.partition("-")
        named = re.search(rf"[\"']{name}[\"']", source) or f'"{family}-{{' in source
        assert named or name in installed, key


def test_values_are_put_in_as_they_are() -> None:
    words = Messages("en", {"wikibot-hello": "%(name)s: {{PLURAL:%(n)d|one|%(n)d}}"})
    assert words("hello", name="100 % {{PLURAL:n|a|b}}", n=1) == "100 % {{PLURAL:n|a|b}}: one"
    assert words("hello", name="%(n)d", n=2) == "%(n)d: 2"


@pytest.mark.parametrize(
    ("language", "written", "forms"),
    [
        ("en", "one|many", {0: "many", 1: "one", 2: "many", 21: "many"}),
        ("de-at", "one|many", {0: "many", 1: "one", 2: "many"}),
        ("fr", "one|many", {0: "one", 1: "one", 2: "many", 1_000_000: "many"}),
        ("pt-br", "one|many", {0: "one", 1: "one", 2: "many"}),
        ("ja", "any", {0: "any", 1: "any", 5: "any"}),
        ("lv", "zero|one|other", {0: "zero", 1: "one", 2: "other", 11: "zero", 21: "one"}),
        ("cs", "one|few|other", {1: "one", 2: "few", 5: "other"}),
        ("pl", "one|few|many", {1: "one", 2: "few", 5: "many", 22: "few", 25: "many"}),
        ("sr-ec", "one|few|other", {1: "one", 3: "few", 5: "other", 21: "one"}),
        ("ru", "one|few|many|other", {1: "one", 2: "few", 5: "many", 21: "one"}),
        ("ru", "one|few", {1: "one", 2: "few", 5: "few"}),
        (
            "ar",
            "zero|one|two|few|many|other",
            {0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "other"},
        ),
        ("tlh", "one|many", {0: "many", 1: "one"}),
    ],
)
def test_plural_forms_are_those_of_the_language(
    language: str, written: str, forms: dict[int, str]
) -> None:
    words = Messages(language, {"wikibot-x": f"{{{{PLURAL:n|{written}}}}}"})
    assert {n: words("x", n=n) for n in forms} == forms


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("0=none|one|%(n)d", {0: "none", 1: "one", 2: "2"}),
        ("one|%(n)d|12=a dozen", {0: "0", 1: "one", 12: "a dozen", 13: "13"}),
        ("0=none", {0: "none", 1: ""}),
        ("x=1|y", {1: "x=1", 2: "y"}),
    ],
)
def test_a_number_may_have_a_form_of_its_own(written: str, forms: dict[int, str]) -> None:
    words = Messages("en", {"wikibot-x": f"{{{{PLURAL:n|{written}}}}}"})
    assert {n: words("x", n=n) for n in forms} == forms


def test_what_a_language_lacks_is_english_with_the_forms_of_english() -> None:
    english = Messages("en", {"wikibot-x": "{{PLURAL:n|%(n)d day|%(n)d days}}"})
    words = Messages("ru", {"wikibot-y": "да"}, english)
    assert words("y") == "да"
    assert words("x", n=21) == "21 days"
    with pytest.raises(KeyError):
        words("z")


def test_a_variant_has_the_messages_of_its_language() -> None:
    for language in ("de", "de-at", "DE-CH", "de-formal"):
        assert load(language)("report-next") == "Als Nächstes"


def test_a_language_without_messages_falls_back_to_english() -> None:
    for language in ("en", "en-gb", "tlh", "qqq", "../../secret", ""):
        assert load(language)("report-next") == "Next"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "5 January 2026"),
        ("simple", "5 January 2026"),
        ("en-gb", "5 January 2026"),
        ("de", "5. Januar 2026"),
        ("de-at", "5. Jänner 2026"),
        ("de-formal", "5. Januar 2026"),
        ("fr", "5 janvier 2026"),
        ("pt-br", "5 de janeiro de 2026"),
        ("es", "5 de enero de 2026"),
        ("no", "5. januar 2026"),
        ("nb", "5. januar 2026"),
        ("zh-hans", "2026年1月5日"),
        ("zh-cn", "2026年1月5日"),
        ("sr-ec", "5. јануар 2026."),
        ("sr-el", "5. januar 2026."),
        ("als", "5. Januar 2026"),
        ("be-x-old", "5 студзеня 2026 г."),
        ("be-tarask", "5 студзеня 2026 г."),
        ("ba", "5 January 2026"),  # the CLDR has no months of it
        ("tlh", "5 January 2026"),
        ("", "5 January 2026"),
        ("../../secret", "5 January 2026"),
    ],
)
def test_dates_are_written_as_in_the_language(language: str, written: str) -> None:
    said = load(language).date(date(2026, 1, 5))
    assert " ".join(said.split()) == written  # some blanks do not break


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "a, b and c"), ("de", "a, b und c"), ("fr", "a, b et c"), ("zh-tw", "a、b和c")],
)
def test_words_are_joined_as_in_the_language(language: str, written: str) -> None:
    words = load(language)
    assert words.joined(["a", "b", "c"]) == written
    assert words.joined(["{0} [[x]]"]) == "{0} [[x]]"
    assert words.joined([]) == ""


def test_no_language_has_markup_in_its_dates_and_lists() -> None:
    for language in sorted({name.replace("_", "-").lower() for name in locale_identifiers()}):
        words = Messages(language, {})
        for said in (words.date(date(2026, 11, 20)), words.joined(["x", "y", "z"])):
            assert escape.anywhere(said) == said, language


def test_the_note_fits_into_a_comment() -> None:
    for language in TRANSLATIONS:
        assert "--" not in load(language)("report-note")
