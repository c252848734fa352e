"""Status updates: cases in ``cases/updates``, dates, and laws."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import Case, read_cases
from wikibot.model import Item, Update
from wikibot.period import parse
from wikibot.wikitext.updates import in_period, read_date, read_updates

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


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_updates_of_a_page(case: Case) -> None:
    blocks = ["\n".join(written(update)) for update in read_updates(case.text("page"))]
    assert "\n\n".join(blocks) == case.text("updates").strip()


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_line_ends_of_the_page_do_not_matter(end: str) -> None:
    text = f"{{{{Status update{end}|team=A{end}|date=2026-11-20{end}|done={end}* a{end}}}}}"
    (update,) = read_updates(text)
    assert (update.team, update.date, update.problem) == ("A", date(2026, 11, 20), "")
    assert [each.text for each in update.done] == ["a"]


@given(st.dates())
def test_a_date_is_read_in_each_of_its_forms(day: date) -> None:
    months = "January February March April May June July August September October November December"
    month, year = months.split()[day.month - 1], f"{day.year:04}"
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day} {month} {year}") == day
    assert read_date(f"{month.upper()} {day.day}, {year}") == day
    assert read_date(f"{month} {day.day} {year}") == day


@pytest.mark.parametrize(
    "text", ["", "20 Nov 2026", "2026-11", "11/20/2026", "2026-13-01", "0000-01-01", "٢٠٢٦-11-20"]
)
def test_what_may_be_read_in_two_ways_or_none_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_updates_of_a_period_are_those_with_a_date_in_it() -> None:
    dates = ("2026-11-15", "2026-11-16", "2026-11-22", "2026-11-23", "soon")
    updates = read_updates("".join(f"{{{{Status update|team=A|date={day}}}}}" for day in dates))
    found = in_period(updates, parse("2026-W47"))
    assert [update.raw_date for update in found] == ["2026-11-16", "2026-11-22"]


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
