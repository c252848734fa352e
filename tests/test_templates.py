"""The pages that are installed on a wiki: whole, documented, readable."""

import json
import re

import pytest

from wikibot import templates
from wikibot.messages import load

PARAMETER = re.compile(r"\{\{\{([^|{}]+)")
TEMPLATEDATA = re.compile(r"<templatedata>(.*)</templatedata>", re.DOTALL)
COLOURS = re.compile(r"background: (#\w{6}); color: (#\w{6});")

WITHOUT_DIRECTORY = templates.packaged()
PACKAGED = templates.packaged(directory=True)
DOCUMENTED = sorted(name for name in PACKAGED if f"{name}/doc" in PACKAGED)


def described(name: str) -> dict[str, dict[str, object]]:
    """The parameters that the TemplateData of a template describes."""
    data = TEMPLATEDATA.search(PACKAGED[f"{name}/doc"])
    assert data
    params: dict[str, dict[str, object]] = json.loads(data[1])["params"]
    return params


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-relative-luminance"""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_package_has_the_pages_that_the_bot_relies_on() -> None:
    assert {
        "Status update",
        "Status update/form",
        "Status update/preload",
        "Wikibot region",
        "Wikibot region end",
    } <= PACKAGED.keys()


def test_every_template_but_preload_text_has_documentation() -> None:
    undocumented = {n for n in PACKAGED if not n.endswith("/doc")} - set(DOCUMENTED)
    assert undocumented == {"Status update/preload"}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_documentation_is_shown_on_the_page_of_the_template(name: str) -> None:
    assert "<noinclude>{{:{{FULLPAGENAME}}/doc}}</noinclude>" in PACKAGED[name]


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_parameter_in_use_is_described(name: str) -> None:
    assert set(PARAMETER.findall(PACKAGED[name])) <= described(name).keys()


NO_FURTHER = [
    *("Status update", "Status update/form", "Directory person", "Directory role"),
    *("Contact answer", "Roster head", "Roster row", "Responsibilities head"),
    "Responsibilities row",
]


@pytest.mark.parametrize("name", NO_FURTHER)
def test_no_parameter_is_described_that_the_template_does_not_have(name: str) -> None:
    assert described(name).keys() == set(PARAMETER.findall(PACKAGED[name]))


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_parameter_has_a_label_a_description_and_its_place_in_the_form(name: str) -> None:
    params = described(name)
    assert all(entry.keys() >= {"label", "description", "type"} for entry in params.values())
    found = TEMPLATEDATA.search(PACKAGED[f"{name}/doc"])
    assert found
    assert json.loads(found[1]).get("paramOrder", []) == list(params)


def test_the_preload_text_fills_in_every_parameter_of_an_update() -> None:
    written = re.findall(r"^\| ([\w ]+?) =", PACKAGED["Status update/preload"], re.MULTILINE)
    assert written == list(described("Status update"))


def test_preload_text_is_not_substituted_when_it_is_saved_itself() -> None:
    assert "{{subst:" not in PACKAGED["Status update/preload"]


def test_colours_come_in_pairs_that_can_be_read() -> None:
    text = PACKAGED["Status update"]
    pairs = COLOURS.findall(text)
    assert len(pairs) == text.count("background:") == len(re.findall(r"(?<!-)\bcolor:", text)) > 1
    assert all(contrast(background, colour) >= 4.5 for background, colour in pairs)


def test_each_health_has_its_own_symbol_beside_its_colour() -> None:
    branches = re.findall(r"color: #\w{6};\">(.)", PACKAGED["Status update"])
    assert len(branches) == len(set(branches)) == len(COLOURS.findall(PACKAGED["Status update"]))


def test_under_the_template_namespace_pages_are_as_they_are_packaged() -> None:
    words = load("en")
    assert templates.pages() == {
        f"Template:{name}": re.sub("«(.*?)»", lambda m: words(m[1]), text)
        for name, text in WITHOUT_DIRECTORY.items()
    }


@pytest.mark.parametrize(
    ("prefix", "call"),
    [
        ("User:Atlas bot/", "User:Atlas bot/"),
        ("Project:", "Project:"),
        ("Atlas Department/Templates/", ":Atlas Department/Templates/"),
        ("A/B: C/", ":A/B: C/"),
    ],
)
def test_under_another_prefix_pages_find_each_other(prefix: str, call: str) -> None:
    pages = templates.pages(prefix)
    assert list(pages) == [prefix + name for name in WITHOUT_DIRECTORY]
    assert not any("Template:" in text for text in pages.values())
    assert f"{{{{{call}Status update\n| team" in pages[f"{prefix}Status update/doc"]
    assert f"preload={prefix}Status update/preload\n" in pages[f"{prefix}Status update/form"]
    assert f"{{{{{call}Status update\n| team" in pages[f"{prefix}Status update/preload"]


def test_only_calls_of_packaged_pages_change() -> None:
    others = "{{Status updates}} {{status}} Status update [[Template:Box]]"
    names = ["Status update", "Status update/doc"]
    changed = templates.adapted("{{Status update|team=A}} " + others, names, "User:B/")
    assert changed == "{{User:B/Status update|team=A}} " + others


# --- what asks the directory ---------------------------------------------------------------------

DIRECTORY = "Atlas Department/R&D's directory.json"


def test_what_asks_the_directory_is_there_when_there_is_one() -> None:
    pages = templates.pages(directory=DIRECTORY)
    module = {"Module:Wikibot directory", "Module:Wikibot directory/index"}
    assert pages.keys() - templates.pages().keys() == {
        *(f"Template:{name}" for name in PACKAGED.keys() - WITHOUT_DIRECTORY.keys()),
        *module,
        "Module:Wikibot directory/doc",
    }
    assert {f"Template:{name}" for name in templates.QUERIES} <= pages.keys()
    for title in module:
        assert f"[=[{DIRECTORY}]=]" in pages[title]
    assert not any("«" in text for text in pages.values())


def test_the_module_may_have_another_title_and_templates_another_prefix() -> None:
    pages = templates.pages("User:Bot/", directory=DIRECTORY, module="Module:Who is who")
    assert "{{#invoke:Who is who|roster}}" in pages["User:Bot/Roster"]
    source = pages["Module:Who is who"]
    assert "[=[Module:Who is who/index]=]" in source
    assert "[=[{{User:Bot/Directory person|name=]=]" in source
    assert "require( [=[Module:Who is who]=] )" in pages["Module:Who is who/index"]
    assert not any("Template:" in text for text in pages.values())


def test_the_module_calls_templates_that_are_packaged_and_knows_every_message() -> None:
    source = templates.packaged_modules()[""]
    called = set(re.findall(r"\{\{([A-Z][\w ]*)\|", source))
    assert {"Directory person", "Roster row", "Contact card"} <= called <= PACKAGED.keys()
    assert set(re.findall(r"say\( '([^']+)'", source)) <= set(
        re.findall(r"^\t\['([^']+)'\]", source, re.MULTILINE)
    )
    for name in templates.QUERIES:
        (function,) = re.findall(r"#invoke:«invoke»\|(\w+)", PACKAGED[name])
        assert f"\np.{function} = " in source


def test_values_of_messages_are_named_as_the_module_puts_them_in() -> None:
    source = templates.pages(directory=DIRECTORY)["Module:Wikibot directory"]
    assert "[=[There is no team “$what”. Teams, for instance: $names.]=]" in source


def test_without_scribunto_templates_show_pages_of_the_directory() -> None:
    pages = templates.pages(directory="A/b.json", scribunto=False)
    assert not any("#invoke" in text for text in pages.values())
    assert not any(title.startswith("Module:") for title in pages)
    assert pages.keys() == {
        title for title in templates.pages(directory="A/b.json") if not title.startswith("Module:")
    }
    for name in templates.QUERIES:
        assert f"{{{{:A/b/{name}|" in pages[f"Template:{name}"]


@pytest.mark.parametrize("name", templates.QUERIES)
def test_a_plain_form_takes_the_arguments_that_are_described(name: str) -> None:
    used = set(PARAMETER.findall(templates.packaged(directory=True, scribunto=False)[name]))
    assert used == described(name).keys() - {"directory"}
