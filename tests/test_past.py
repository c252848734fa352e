"""What is believed of a page that has shrunk, and for how long it is not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.memory import MemoryWiki
from wikibot.config import parse
from wikibot.model import Part, Person, Roster, Span
from wikibot.past import FEW, SETTLES, Past, Size, Source, sizes
from wikibot.period import parse as week
from wikibot.readings import Readings, RosterPage
from wikibot.runner import Survey, make_plan, survey

MONDAY = date(2026, 11, 16)
TEAM = Source("Team", "team", "Delivery")
CONFIG = parse(
    {
        "wiki": {"folder": "w", "write_under": ["Staff", "Contacts", "Other staff"]},
        "team": [{"name": "Delivery", "page": "Team"}, {"name": "Maps", "page": "Maps"}],
        "staff": [
            {"page": "Staff", "teams": ["Delivery"]},
            {"page": "Other staff", "teams": ["Maps"]},
        ],
        "contacts": {"page": "Contacts"},
    }
)
NAMES = ["Ana Ruiz", "Bo Lund", "Cy Moss", "Di Falk", "Ed Holm", "Flo Berg", "Gus Dahl", "Ida Poe"]


def roster(number: int, *, title: str = "Engineer") -> str:
    return "".join(f"* [[User:{name}|{name}]], {title}\n" for name in NAMES[:number])


def looked(number: int, past: Past, *, today: date = MONDAY) -> Survey:
    """A department whose staff lists have titles to be mended."""
    wrong = roster(8, title="Clerk")
    pages = {
        "Team": roster(number),
        "Maps": "* [[User:Lu|Lu Tan]], Engineer\n",
        "Staff": wrong,
        "Other staff": "* [[User:Lu|Lu Tan]], Clerk\n",
    }
    return survey(MemoryWiki(pages), CONFIG, period=week("2026-W47"), today=today, past=past)


def after(*seen: tuple[int, int]) -> Past:
    """What is known after runs on days (counted from Monday) that saw so many people."""
    past = Past()
    for day, number in seen:
        past = looked(number, past, today=MONDAY + timedelta(days=day)).directory.past
    return past


def test_what_follows_a_page_that_has_shrunk_is_held_back() -> None:
    made = make_plan(looked(3, after((0, 8))), ["roster", "contacts"])
    assert [edit.title for edit in made.edits] == ["Other staff"]
    assert {held.title: held.why for held in made.held} == dict.fromkeys(
        ["Staff", "Contacts"],
        "“Team” names just 3 of what were 8 people when it was read before; what follows it is "
        "left alone until 2026-11-18, in case they come back",
    )
    assert all(held.serious for held in made.held)


@pytest.mark.parametrize(
    ("before", "now", "is_held"), [(8, 4, False), (8, 3, True), (4, 1, True), (3, 1, False)]
)
def test_half_is_enough_and_of_a_few_nothing_is_concluded(
    before: int, now: int, is_held: bool
) -> None:
    assert bool(after((0, before), (1, now)).shrunk()) == is_held


def test_the_first_time_every_size_is_right() -> None:
    assert after((0, 1)).shrunk() == {}


def test_it_heals_when_the_people_come_back() -> None:
    assert after((0, 8), (1, 3), (2, 7)).shrunk() == {}
    assert after((0, 8), (1, 3), (2, 7), (2, 3)).sizes[TEAM].since == MONDAY + timedelta(days=2)


def test_it_heals_when_the_smaller_number_has_stood_for_a_while() -> None:
    assert after((0, 8), (1, 3), (2, 3)).shrunk()
    assert after((0, 8), (1, 3), (3, 2)).sizes[TEAM] == Size(2)


def test_what_shrinks_on_waits_anew() -> None:
    assert after((0, 8), (1, 3), (3, 1)).sizes[TEAM] == Size(8, 1, MONDAY + timedelta(days=3))


def test_somebody_may_say_that_it_is_right() -> None:
    shrunk = after((0, 8), (0, 3))
    assert looked(3, shrunk.confirming(["Maps"])).directory.past.shrunk()
    assert looked(3, shrunk.confirming(["Team"])).directory.past.sizes[TEAM] == Size(3)


def test_an_empty_page_teaches_nothing() -> None:
    past = after((0, 8), (1, 0))
    assert past.sizes[TEAM] == Size(8)
    assert looked(3, past).directory.past.shrunk()
    held = make_plan(looked(0, past), ["contacts"]).held
    assert [h.why for h in held] == ["nothing could be read from “Team”"]


def test_what_is_not_configured_any_more_is_forgotten() -> None:
    past = Past({Source("Gone", "team", "Gone"): Size(9), TEAM: Size(8)})
    assert Source("Gone", "team", "Gone") not in looked(8, past).directory.past.sizes


def test_rosters_and_roles_of_one_page_are_told_apart() -> None:
    people = {f"roster {n}": f"== {n} ==\n{roster(n)}" for n in (2, 3)}
    page = (
        "\n".join(people.values()) + "\n== Roles ==\n{|\n! Role !! Holder\n|-\n| Lead || Bo\n|}\n"
    )
    config = parse(
        {
            "wiki": {"folder": "w"},
            "team": [
                {"name": "A", "page": "P", "roster": {"section": "2"}},
                {"name": "B", "page": "P", "roster": {"section": "3"}},
            ],
            "roles": [{"page": "P", "roles": {"section": "Roles"}}],
        }
    )
    found = survey(MemoryWiki({"P": page}), config, period=week("2026-W47"), today=MONDAY)
    assert sizes(found.directory.readings) == {
        Source("P", "team", "A"): 2,
        Source("P", "team", "B"): 3,
        Source("P", "roles", "Roles"): 1,
    }


SOMEBODY = Person(Part("Ana", Span(0, 3)), None, None, "", 1, Span(0, 3))


@given(
    seen=st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 8)), min_size=1, max_size=8
    )  # days since the run before, people
)
def test_the_law_of_shrunk_pages(seen: list[tuple[int, int]]) -> None:
    """Nothing that has just shrunk is believed, and nothing is held back for ever."""
    day, past, believed = MONDAY, Past(), 0
    for later, number in seen:
        day += timedelta(days=later)
        people = Roster(people=(SOMEBODY,) * number)
        readings = Readings(rosters=(RosterPage("team", CONFIG.team[0], people),))
        past = past.looking_at(readings, today=day)
        size = past.sizes[TEAM]
        if size.since:
            assert size.known >= FEW
            assert 2 * number < size.known == believed
            assert day - size.since < SETTLES
        else:
            assert size == Size(number)
            believed = number
