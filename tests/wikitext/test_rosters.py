"""Rosters: the cases of ``cases/rosters``, and laws that hold for any page."""

from pathlib import Path

import pytest
from hypothesis import given

from tests.cases import Case, read_cases
from tests.wikitext.readings import layout_of, pages, parts_of_roster, shows_its_span, site_of
from wikibot.model import Layout, Roster
from wikibot.wikitext.rosters import read_roster

CASES = read_cases(Path(__file__).parent / "cases/rosters")


def told(text: str, roster: Roster) -> str:
    """A roster as the case files write it: ``line: name = source | username | title = source``."""
    if not roster.section_found:
        return f"no section: {roster.section}\n"
    rows = [(0, f"{roster.line}: = {roster.section} =")] if roster.line else []
    for person in roster.people:
        parts = [
            f"{part.text} = {part.span.of(text)}" if part.text != part.span.of(text) else part.text
            for part in (person.name, person.username, person.title)
            if part
        ]
        if person.username is None:
            parts.insert(1, "")
        elsewhere = f" @ {person.section}" if person.section != roster.section else ""
        rows.append((person.line, f"{person.line}: {' | '.join(parts).strip(' |')}{elsewhere}"))
    rows += [(row.line, f"{row.line}? {row.text}: {row.why}") for row in roster.unmatched]
    return "".join(f"{row}\n" for _, row in sorted(rows, key=lambda row: row[0]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    text = case.text("page")
    roster = read_roster(text, layout=layout_of(case), site=site_of(case))
    assert told(text, roster) == case.text("expected")


def test_carriage_returns_are_part_of_nothing() -> None:
    text = "== Team ==\r\n* [[User:Ana|Ana]], Manager\r\n* Bo Li, Tester\r\n"
    roster = read_roster(text)
    assert [person.span.of(text) for person in roster.people] == [
        "* [[User:Ana|Ana]], Manager",
        "* Bo Li, Tester",
    ]
    assert [person.title.span.of(text) for person in roster.people if person.title] == [
        "Manager",
        "Tester",
    ]


@pytest.mark.parametrize(
    "unit", ["{{a|", "[[", "{|\n|", "<b>", "<!--", "'''a", "* ((", "[[User:a|", "|-\n! rowspan=99|"]
)
def test_hostile_pages_hold_nobody(unit: str) -> None:
    assert read_roster(unit * 10_000).people == ()


@given(pages())
def test_a_part_reads_as_its_span_does(text: str) -> None:
    for part in parts_of_roster(read_roster(text)):
        assert shows_its_span(text, part)


@given(pages())
def test_with_a_layout_too(text: str) -> None:
    layout = Layout(section="Team", layout="bullets", pattern="{name}, {title}")
    for part in parts_of_roster(read_roster(text, layout=layout)):
        assert shows_its_span(text, part)


@given(pages())
def test_people_stand_in_their_own_lines_in_order(text: str) -> None:
    people = read_roster(text).people
    for person in people:
        assert person.span.start <= person.name.span.start <= person.name.span.end
        assert person.name.span.end <= person.span.end
    starts = [person.span.start for person in people]
    assert starts == sorted(set(starts))


def test_a_page_longer_than_any_roster_is_not_read_to_its_end() -> None:
    roster = read_roster("== Team ==\n* Ana Ruiz, Lead\n\n" + "* Bo Li, Tester\n\n" * 25_000)
    assert 0 < len(roster.people) < 25_000
    assert "longer than any roster" in roster.unmatched[-1].why
    assert roster.unmatched[-1].line > roster.people[-1].line
