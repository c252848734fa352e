"""The wikitext that reports are made of."""

import pytest

from wikibot.messages import load
from wikibot.model import Item, Site
from wikibot.period import parse, weeks_up_to
from wikibot.reports.markup import ROOMS, SYMBOLS, Pen, Room, breaking, table


def pen(prefix: str = "Template:", *, items: int = 50, characters: int = 1000) -> Pen:
    return Pen(load("en"), Site(), prefix, Room(items, characters))


def item(source: str, text: str | None = None) -> Item:
    return Item(source if text is None else text, source)


# --- calls ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "call"),
    [
        ("Template:", "{{Status blocker|a=1}}"),
        ("User:Bot/", "{{User:Bot/Status blocker|a=1}}"),
        ("Project:Bot/Templates/", "{{Project:Bot/Templates/Status blocker|a=1}}"),
        ("Bots/", "{{:Bots/Status blocker|a=1}}"),
        ("Template:Bot/", "{{Template:Bot/Status blocker|a=1}}"),
    ],
)
def test_templates_are_called_where_they_are_installed(prefix: str, call: str) -> None:
    assert pen(prefix).call("Status blocker", {"a": "1"}) == call


def test_parameters_with_nothing_to_say_are_left_out() -> None:
    data = {"a": "", "b": "1", "c": "", "blocked by": "2"}
    assert pen().call("T", data) == "{{T|b=1|blocked by=2}}"
    assert pen().call("T", data, lines=True) == "{{T\n| b = 1\n| blocked by = 2\n}}"
    assert pen().call("T", {"a": ""}) == "{{T}}"
    assert pen().call("T", {"a": ""}, lines=True) == "{{T\n}}"


def test_a_list_begins_on_a_line_of_its_own_and_no_line_ends_with_a_blank() -> None:
    call = pen().call("T", {"done": pen().items([item("x"), item("y")])}, lines=True)
    assert call == "{{T\n| done =\n* x\n* y\n}}"


def test_a_table_has_a_caption_and_heads_with_a_scope() -> None:
    assert list(table('All "of" it', [("A", 10), ("B", 0)], ["{{row}}"])) == [
        '<div class="noresize" style="overflow-x: auto; word-break: break-word" '
        'tabindex="0" role="region" aria-label="All &quot;of&quot; it">',
        '{| class="wikitable"',
        '|+ style="display: table-caption" | All "of" it',
        '! scope="col" style="width: 10em; min-width: 5em" | A',
        '! scope="col" style="min-width: 8em" | B',
        "{{row}}",
        "|}",
        "</div>",
    ]


# --- entries --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "wikitext"),
    [
        ("plain", "plain"),
        ("see [[Page|here]]", "see [[:Page|here]]"),
        ("'''bold'''", "bold"),
        ("a | b", "a &#124; b"),
        ("{{Delete}}", "&#123;&#123;Delete&#125;&#125;"),
        ("* star", "&#42; star"),
    ],
)
def test_an_entry_keeps_its_links_and_loses_its_powers(source: str, wikitext: str) -> None:
    assert pen().item(item(source)) == wikitext


def test_a_long_entry_is_cut_short_between_words_as_plain_text() -> None:
    entry = item("[[Page|one]] two three", "one two three")
    assert pen(characters=22).item(entry) == "[[:Page|one]] two three"
    assert pen(characters=21).item(entry) == "one two three"
    assert pen(characters=12).item(entry) == "one two…"
    assert pen(characters=8).item(entry) == "one two…"


def test_one_long_word_is_cut_where_there_is_no_more_room() -> None:
    assert pen(characters=10).item(item("x" * 100)) == "x" * 10 + "…"
    assert pen(characters=10).item(item("a " + "x" * 100)) == "a " + "x" * 8 + "…"


def test_what_is_cut_short_is_harmless_too() -> None:
    assert pen(characters=8).item(item("{{a}} | [[b]] c")) == "&#123;&#123;a&#125;&#125; &#124;…"


# --- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "room", "last"),
    [
        (3, 3, "* e2"),
        (4, 3, "* <!-- more -->one more on [[:A page|A page]]"),
        (9, 3, "* <!-- more -->6 more on [[:A page|A page]]"),
        (2, 0, "* <!-- more -->2 more on [[:A page|A page]]"),
    ],
)
def test_a_long_list_is_cut_short_and_says_where_the_rest_is(
    count: int, room: int, last: str
) -> None:
    entries = [item(f"e{number}") for number in range(count)]
    lines = pen(items=room).items(entries, page="A page").split("\n")
    assert lines[0] == ""
    assert lines[1:-1] == [f"* e{n}" for n in range(min(count, room))][: len(lines) - 2]
    assert lines[-1] == last


def test_a_list_without_a_page_says_how_many_are_left_out() -> None:
    assert pen(items=1).items([item("a"), item("b"), item("c")]) == "\n* a\n* <!-- more -->2 more"


def test_nothing_is_no_list() -> None:
    assert pen().items([]) == ""
    assert pen().listed([]) == ""
    assert pen(items=0).items([], page="A page") == ""


def test_lines_of_a_part_are_as_many_as_there_is_room_for() -> None:
    lines = [f"* {number}" for number in range(45)]
    assert list(pen(items=50).few(lines)) == list(breaking(lines))
    assert list(pen(items=2).few(lines)) == list(breaking([*lines[:40], "* 5 more"]))
    assert list(pen(items=0).few(lines)) == list(breaking([*lines[:10], "* 35 more"]))
    assert list(pen().few([])) == []


def test_long_words_of_a_part_may_be_broken() -> None:
    assert list(breaking(["* a", "* b"])) == [
        '<div style="word-break: break-word">',
        "* a",
        "* b",
        "</div>",
    ]
    assert list(breaking([])) == []


def test_less_and_less_room_is_tried() -> None:
    assert list(ROOMS) == sorted(ROOMS, key=lambda room: (-room.items, -room.characters))
    assert ROOMS[-1].items == 0


# --- health ---------------------------------------------------------------------------------------


def test_a_trend_is_there_for_eyes_and_for_ears() -> None:
    weeks = weeks_up_to(parse("2026-W02"), 3)
    assert pen().trend(["on-track", None, "off-track"], weeks) == {
        "trend": "✔–✖",
        "trend text": "2025-W52: on track; 2026-W01: no update; 2026-W02: off track",
    }


def test_each_kind_of_health_has_a_symbol_and_a_word_of_its_own() -> None:
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)
    for language in ("en", "de"):
        words = [Pen(load(language), Site(), "").health(kind) for kind in SYMBOLS]
        assert len(set(words)) == len(SYMBOLS)
