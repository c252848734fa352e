"""What was taken for a roster or for roles, and a layout that says just the same."""

import tomllib
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from tests.cases import Case, read_cases
from wikibot.inspection import Inspected, as_toml, inspect
from wikibot.model import Layout
from wikibot.wikitext.roles import read_roles
from wikibot.wikitext.rosters import read_roster

ROSTERS = read_cases(Path(__file__).parent / "wikitext" / "cases" / "rosters")
ROLES = read_cases(Path(__file__).parent / "wikitext" / "cases" / "roles")

TEAM = """== Who we are ==
We guide.

* We believe in tea.
* We care about cake.

* [[User:Ana|Ana Ruiz]], Chair
* [[User:Bo|Bo Li]], Editor
* (see the plan of the office)

== Rooms ==
{| class="wikitable"
! Wer !! Seit !! Rolle
|-
| Cy Ott || 2019 || Lead
|-
| Dee Ray || 2020 || Tester
|}
"""


def test_each_list_and_table_is_told_with_a_reason() -> None:
    told = [(f.kind, f.form, f.section, f.line, f.sure, f.names) for f in inspect(TEAM)][:3]
    assert told == [
        ("roster", "bullets", "Who we are", 4, "not taken", ()),
        ("roster", "bullets", "Who we are", 7, "taken", ("Ana Ruiz", "Bo Li")),
        ("roster", "table", "Rooms", 12, "taken", ("Cy Ott", "Dee Ray")),
    ]
    assert all(found.why for found in inspect(TEAM))
    assert inspect(TEAM)[1].unmatched == 1


def test_the_layout_is_printed_as_configuration() -> None:
    assert [as_toml(found) for found in inspect(TEAM) if found.layout][:2] == [
        'roster = { section = "Who we are", layout = "bullets", pattern = "{name}, {title}" }',
        'roster = { section = "Rooms", layout = "table", columns = '
        '{ name = "Wer", title = "Rolle" } }',
    ]


@pytest.mark.parametrize("case", ROSTERS, ids=lambda case: case.name)
def test_a_layout_that_is_offered_reads_the_same_people(case: Case) -> None:
    text = case.text("page")
    for found in inspect(text):
        if found.kind == "roster" and found.layout:
            people = read_roster(text, layout=configured(found)).people
            assert tuple(person.name.text for person in people) == found.names


@pytest.mark.parametrize("case", ROLES, ids=lambda case: case.name)
def test_a_layout_that_is_offered_reads_the_same_roles(case: Case) -> None:
    text = case.text("page")
    for found in inspect(text):
        if found.kind == "roles" and found.layout:
            roles = read_roles(text, layout=configured(found)).roles
            assert tuple(role.name.text for role in roles) == found.names


def configured(found: Inspected) -> Layout:
    """The layout as the configuration reads it from what is printed."""
    table = tomllib.loads(as_toml(found))[found.kind]
    return TypeAdapter(Layout).validate_python(table)
