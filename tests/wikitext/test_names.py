"""Which words are names, titles, words for nobody; how often something is done."""

import pytest

from wikibot.wikitext import names
from wikibot.wikitext.inline import view


@pytest.mark.parametrize(
    "text",
    [
        "Ana",
        "Ana Ruiz-Pol",
        "Bo “bo” Li",
        "Jörg 'Doc' Reiser",
        "A. B. Ruiz",
        "Dr. Eva de la Cruz",
        "Ludwig van den Berg",
        "Seán O'Brien",
        "李小龍",
        "Анна Иванова",
        "علی شاہ",
    ],
)
def test_names(text: str) -> None:
    assert names.looks_like_name(text)
    assert names.could_be_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "we help",
        "Product Leads",
        "Annual Planning",
        "Technical Decision Making Process",
        "Everyone",
        "Version 3",
        "See https://example.org",
        "A sentence ends here.",
        "Who is it?",
        "Ana Ruiz Bo Li Cy Dee Fox Eve",
        "²",
        "ana@example.org",
    ],
)
def test_no_names(text: str) -> None:
    assert not names.looks_like_name(text)


@pytest.mark.parametrize(
    "text", ["ana", "0xb4dc", "TNT_BOM", "Larry Page", "Ana (An-Na) Ruiz", "Bo Li Jr."]
)
def test_what_could_be_a_name(text: str) -> None:
    assert names.could_be_name(text)


@pytest.mark.parametrize(
    "text", ["Product Leads", "meeting", "Are you it?", "a: b", "we do it all."]
)
def test_what_could_not_be_a_name(text: str) -> None:
    assert not names.could_be_name(text)


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("Prepare slides, weekly", "weekly"),
        ("Prepare slides (Bi-weekly)", "bi-weekly"),
        ("Prepare slides – as needed.", "as needed"),
        ("Quarterly: check budget", "quarterly"),
        ("Check budget, twice a year", "twice a year"),
        ("Write the weekly report", None),
        ("Weekly report", None),
        ("", None),
    ],
)
def test_cadence(text: str, cadence: str | None) -> None:
    assert names.cadence(text) == cadence


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Ana, Bo and Cy", [("Ana", None, ""), ("Bo", None, ""), ("Cy", None, "")]),
        ("Ana; Bo / Cy & Dee", [(name, None, "") for name in ("Ana", "Bo", "Cy", "Dee")]),
        ("Ana<br>[[User:B|Bo]]", [("Ana", None, ""), ("Bo", "B", "")]),
        ("Ana (lead, acting), Bo", [("Ana", None, "lead, acting"), ("Bo", None, "")]),
        ("[[User:A|Ruiz, Ana]] (interim)", [("Ruiz, Ana", "A", "interim")]),
        ("Ana w/ help from Bo", [("Ana", None, "w/ help from Bo")]),
        ("{{u|Ana}}, {{u|Bo_Li}}", [("Ana", "Ana", ""), ("Bo Li", "Bo Li", "")]),
        ("<s>Ana</s>, Bo", [("Bo", None, "")]),
        ("Anders, Sandy", [("Anders", None, ""), ("Sandy", None, "")]),
        ("TBD", [("TBD", None, "")]),
        (" , ;", []),
    ],
)
def test_holders(source: str, expected: list[tuple[str, str | None, str]]) -> None:
    seen = view(source)
    found = names.holders(seen, names.split(seen, 0, len(seen.text)))
    told = [(h.name.text, h.username.text if h.username else None, h.note) for h in found]
    assert told == expected
