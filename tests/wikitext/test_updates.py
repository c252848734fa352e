"""Status updates: cases in ``cases/updates``, and laws."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import Case, read_cases
from wikibot.model import Item, Site, Update
from wikibot.wikitext.updates import read_recorded, read_updates

CASES = read_cases(Path(__file__).parent / "cases" / "updates")

tokens = st.sampled_from(
    "{{Status update {{ {{{ }} }}} [[ ]] | = |team= |date= |done= * \n == A <nowiki> </nowiki>"
    " <!-- --> 2026-11-20 {{!}} x".split(" ")
)


def written(update: Update) -> Iterator[str]:
    yield f"line {update.line}" + (f", section {update.section}" if update.section else "")
    if update.team:
        yield f"team: {update.team}"
    day = update.date.isoformat() if update.date else "none"
    yield f"date: {day}" + (f" ({update.raw_date})" if update.raw_date not in ("", day) else "")
    if update.health:
        yield f"health: {update.health}"
    if update.headline:
        yield f"headline: {update.headline.text}"
    yield from (f"done: {item(each)}" for each in update.done)
    yield from (f"next: {item(each)}" for each in update.next)
    yield from (f"blocked by: {item(each)}" for each in update.blocked_by)
    yield from (f"blocking: {item(each)}" for each in update.blocking)
    yield from (f"risks: {item(each)}" for each in update.risks)
    if update.problem:
        yield f"problem: {update.problem}"


def item(one: Item) -> str:
    return one.text if one.text == one.source else f"{one.text} ⇐ {one.source}"


def updates_of(case: Case, text: str) -> tuple[Update, ...]:
    day, near = case.text("day").strip(), case.text("near").strip()
    return read_updates(
        text,
        site=Site(language=case.text("language").strip() or "en"),
        teams=case.text("teams").splitlines(),
        day=date.fromisoformat(day) if day else None,
        near=date.fromisoformat(near) if near else None,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_updates_of_a_page(case: Case) -> None:
    found = ["\n".join(written(update)) for update in updates_of(case, case.text("page"))]
    assert "\n\n".join(found) == case.text("updates").strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_carriage_returns_change_nothing(case: Case) -> None:
    def texts(updates: tuple[Update, ...]) -> list[list[str]]:
        return [[line.partition(" ⇐ ")[0] for line in written(update)] for update in updates]

    page = case.text("page")
    assert texts(updates_of(case, page.replace("\n", "\r\n"))) == texts(updates_of(case, page))


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_line_ends_of_the_page_do_not_matter(end: str) -> None:
    text = f"{{{{Status update{end}|team=A{end}|date=2026-11-20{end}|done={end}* a{end}}}}}"
    (update,) = read_updates(text)
    assert (update.team, update.date, update.problem) == ("A", date(2026, 11, 20), "")
    assert [each.text for each in update.done] == ["a"]


@given(st.lists(tokens, max_size=40).map("".join))
def test_reading_never_fails_and_tells_what_is_not_closed(text: str) -> None:
    for update in read_updates(text):
        assert update.team or "not closed" not in update.problem
        assert 1 <= update.line <= text.count("\n") + 1


@given(st.lists(tokens, max_size=20).map("".join))
def test_a_sound_update_is_read_whatever_stands_before_it(before: str) -> None:
    sound = "{{Status update|team=Sound|date=2026-11-20|done=x}}"
    if "<!--" in before or "<nowiki>" in before:
        before += "--></nowiki>"
    teams = [update.team for update in read_updates(f"{before}\n\n{sound}")]
    assert "Sound" in teams


def test_a_page_of_nothing_but_openings_is_read() -> None:
    text = "{{Status update|team=A|done=[[" * 20_000
    assert {update.team for update in read_updates(text)} == {"A"}


def test_what_a_report_has_recorded_is_read_like_an_update() -> None:
    page = """
== Map Data ==
{{User:Atlas bot/Status report team|team=Map Data|date=2026-11-20|health=at risk|page=Map/Updates
|headline=new tiles|done=
* tiles
* none
|next=streets|blocked by=Search: index|blocking=|risks=
* frost
|source=Map|note=ticket|tickets=
* T1
|and more}}
== Search ==
{{Status report team|team=Search|note=no update}}
{{Status update|team=Delivery|date=2026-11-20}}
* Updates: x
"""
    assert [list(written(update)) for update in read_recorded(page, site=Site())] == [
        [
            "line 3, section Map Data",
            "team: Map Data",
            "date: 2026-11-20",
            "health: at risk",
            "headline: new tiles",
            "done: tiles",
            "next: streets",
            "blocked by: Search: index",
            "risks: frost",
        ],
        [
            "line 13, section Search",
            "team: Search",
            "date: none",
            "problem: the update has no date; write it as date=YYYY-MM-DD",
        ],
    ]


def test_a_report_of_the_bot_holds_no_updates() -> None:
    page = """
== 2026-11-20 ==
{{Status report team|team=Map Data|date=2026-11-20|done=x}}
* Updates: y
"""
    assert read_updates(page, teams=["Map Data"]) == ()


# --- free-form text -----------------------------------------------------------------------------

free_tokens = st.sampled_from(
    "{{Status update|team=A {{ }} [[ ]] | == === = * ** : ; # A B 2026-11-20 3/5/2024 2026-W47"
    " Blocked by: Updates: ''' '''Next''' Attendees: none <nowiki> </nowiki> <!-- --> {| |} <li>"
    " <translate> \u200e x W47 18.11. Monday - ; A: y".split(" ")
) | st.sampled_from(
    ["\n", "\r\n", " ", "\n* Done: ", "\n== A ==\n", "\n== 2026-11-20 ==\n", "\n- "]
)
free_texts = st.lists(free_tokens, max_size=60).map("".join)


@given(
    free_texts,
    st.sets(st.sampled_from(["A", "B", "", " "])),
    st.none() | st.dates(),
    st.none() | st.dates(),
)
def test_reading_free_text_never_fails(
    text: str, teams: set[str], day: date | None, near: date | None
) -> None:
    for update in read_updates(text, teams=teams, day=day, near=near):
        assert 1 <= update.line <= text.count("\n") + 1
        assert update.team or update.date or update.problem


@given(st.text(max_size=200), st.text(max_size=8), st.text(max_size=8))
def test_reading_anything_never_fails(text: str, team: str, language: str) -> None:
    for page in (text, f"== {text} ==\n* Updates: {text}\n", f"== {team} ==\n* {text}"):
        read_updates(page, site=Site(language=language), teams=[team])


@given(free_texts, free_texts)
def test_a_template_is_read_the_same_whatever_stands_around_it(before: str, after: str) -> None:
    for token in ("{", "}", "[[", "<!--", "<nowiki>"):  # what would hide it, or go on in it
        before, after = before.replace(token, ""), after.replace(token, "")
    call = "{{Status update|team=Sound|date=2026-11-20|done=* x\n* y|next=z}}"
    (alone,) = read_updates(call)
    found = read_updates(f"{before}\n{call}\n{after}", teams=["A", "Sound"], day=date(2026, 11, 20))
    (same,) = (update for update in found if update.team == "Sound")
    assert replace(same, line=1, section="") == alone


entries = st.lists(
    st.text("abcdefghij äöß", min_size=4, max_size=30).map("y{}y".format), max_size=3
)


@given(
    st.lists(st.tuples(st.sampled_from(["Map Data", "Search"]), *[entries] * 4), max_size=4),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["* {}:\n", "* '''{}'''\n", "=== {} ===\n", "'''{}:'''\n", "; {}\n"]),
)
def test_what_is_written_freely_reads_back(
    updates: list[tuple[str, list[str], list[str], list[str], list[str]]], day: date, label: str
) -> None:
    names = ("Updates", "Next steps", "Blocked by", "Blocking")
    page = f"= Scrum of scrums, {day} =\n"
    for team, *lists in updates:
        page += f"== {team} ==\n"
        for name, some in zip(names, lists, strict=True):
            page += label.format(name) + "".join(f"** {entry}\n" for entry in some)
    found = read_updates(page, teams=["Search", "Map Data"])
    assert [
        (each.team, *([one.text for one in some] for some in lists))
        for each in found
        for lists in [(each.done, each.next, each.blocked_by, each.blocking)]
    ] == [
        (team, *([" ".join(entry.split()) for entry in some] for some in lists))
        for team, *lists in updates
        if any(lists)
    ]
    assert all(each.date == day and not each.problem for each in found)


# --- how much work a page is --------------------------------------------------------------------

HOSTILE = (
    "* Blocked by:\n",
    "* Blocked by: x\n",
    "== A ==\n* Blocked by:\n** B: x\n",
    "== 2026-11-20 ==\nx\n",
    "==a==\n",
    "Done: x\n",
    "'''a'''\n",
    "; a : b\n",
    "{{",
    "[[",
    "=",
    "=\n",
    "{{Status update|team=A|done=[[",
    "<ul><li>Done:",
    "{|\n|a\n",
    "20 November ",
    "* a:\n** b\n",
    "== W47 ==\n* Done: x\n",
    "== 2026-W47 ==\n=== Monday ===\n; X\n- a\n",
    "* Blocked by: A: x; B: y; A: [[z; B: a\n",
    "* Blocking: A: x" + "; B: y" * 9 + "\n",
    "- a\n",
)


def work(text: str) -> int:
    """How many functions are called to read a page; a clock would say something else each time."""
    count = 0

    def called(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        read_updates(text, teams=["A", "B"], day=date(2026, 11, 20))
        read_updates(text, teams=["A", "B"], near=date(2026, 11, 20))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", HOSTILE)
def test_twice_the_page_is_twice_the_work(unit: str) -> None:
    work(unit)  # makes what is made once
    once, twice = work(unit * 200), work(unit * 400)
    assert twice < 2.2 * once + 100


def test_what_is_too_long_to_be_read_is_said() -> None:
    page = "== 2026-11-20 ==\n* Done:\n" + "** x\n" * 100_001
    (update,) = read_updates(page)
    assert update.problem == "the page is too long: nothing from line 100002 on was read"
