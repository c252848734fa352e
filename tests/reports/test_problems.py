"""What is missing from a report, and why."""

from datetime import timedelta
from typing import Any

import pytest

from tests.reports.offices import UPDATES, configured, directory, team, update
from wikibot.directory import World
from wikibot.model import Lack, Page, Tickets
from wikibot.reports.problems import Problem, problems

GOALS = "Office/Goals"
CONFIG = configured([team("Search", goals=[GOALS]), team("Print")])
SOUND = {GOALS: "{|\n! Goal !! Owner\n|-\n| Faster || Ana\n|}"}


def found(pages: dict[str, str | Page], **more: Any) -> tuple[Problem, ...]:
    return problems(directory(SOUND | pages, config=CONFIG, **more))


def test_where_everything_can_be_read_nothing_is_missing() -> None:
    assert found({UPDATES: update("Search", "2026-11-20")}) == ()


def test_a_page_of_updates_that_is_not_there_is_told_with_the_team_that_is_missing() -> None:
    assert found({}) == ()


BROKEN = {
    "redirect": Page(UPDATES, "#REDIRECT [[x]]", 1, redirect=True),
    "model": Page(UPDATES, "{}", 1, model="json"),
    "unread": Page(UPDATES, problem="its text is hidden"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_page_of_updates_that_cannot_be_read_is_told_for_each_team(name: str) -> None:
    told = found({UPDATES: BROKEN[name]})
    assert [(p.kind, p.where, p.what) for p in told] == [
        ("page", UPDATES, "Search"),
        ("page", UPDATES, "Print"),
    ]
    why = BROKEN[name].problem
    assert [(p.why, p.serious) for p in told] == [(why, bool(why))] * 2


@pytest.mark.parametrize(
    "page",
    [Page(GOALS), Page(GOALS, "", 1), Page(GOALS, "x", 1, redirect=True), Page(GOALS, problem="x")],
)
def test_a_page_of_goals_that_is_not_there_is_told(page: Page) -> None:
    (told,) = found({GOALS: page})
    assert (told.kind, told.where, told.what, told.why) == ("page", GOALS, "Search", page.problem)


def test_a_page_of_goals_on_which_none_are_found_is_told() -> None:
    assert found({GOALS: "We want to be faster."}) == (Problem("goals", GOALS),)


def test_goals_of_a_quarter_may_not_be_there_yet() -> None:
    config = configured([team("Search", goals=["Office/Goals {quarter}"])])
    assert problems(directory({}, config=config)) == ()


# --- updates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "kind"), [("", "no-date"), ("2026-11-31", "bad-date"), ("soon", "bad-date")]
)
def test_an_update_of_no_day_is_told_in_the_week_that_goes_on(day: str, kind: str) -> None:
    page: dict[str, str | Page] = {UPDATES: "\n" + update("Search", day)}
    (told,) = found(page)
    assert (told.kind, told.where, told.line, told.what) == (kind, UPDATES, 2, day)
    assert not told.serious
    week = directory({}).period
    assert found(page, today=week.last + timedelta(days=1)) == ()
    assert found(page, today=week.first - timedelta(days=1)) == ()
    assert len(found(page, today=week.first)) == 1


def test_an_update_that_cannot_be_read_whole_is_told_in_its_week() -> None:
    page: dict[str, str | Page] = {
        UPDATES: update("Print", "2026-11-13", mood="x") + update("Search", "2026-11-20", mood="y")
    }
    (told,) = found(page)
    assert (told.kind, told.where, told.line, told.what) == ("half", UPDATES, 4, "Search")
    assert "unknown parameter “mood”" in told.why
    (told,) = found(page, week="2026-W46")
    assert told.what == "Print"


def test_problems_of_updates_are_in_the_order_of_the_page() -> None:
    days = ("soon", "", "2026-11-31")
    told = found({UPDATES: "".join(update("Search", day) for day in days)})
    assert [p.what for p in told] == list(days)


# --- the world ------------------------------------------------------------------------------------


def test_projects_and_histories_that_cannot_be_learnt_are_told_and_are_serious() -> None:
    world = World(
        tickets=Tickets(
            problems={"search": Lack("silent", "It is down."), "maps": Lack("many", "Too many.")}
        ),
        problems=("the histories are hidden",),
    )
    told = found({}, world=world)
    assert [(p.kind, p.projects, p.lack, p.why, p.serious) for p in told] == [
        ("phabricator", ("maps",), "many", "Too many.", True),
        ("phabricator", ("search",), "silent", "It is down.", True),
        ("history", (), None, "the histories are hidden", True),
    ]
