"""Published reports stay true when sources go, fail, or come late."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.reports.offices import STATUS, UPDATES, configured, team, update
from tests.reports.offices import directory as read
from wikibot.directory import Directory, World
from wikibot.model import Change, Finding, Lack, Page, Ticket, Tickets
from wikibot.plan import apply_replacements
from wikibot.tasks.status_report import changes

W46, W47, W48 = (f"{STATUS}/2026-W{number}" for number in (46, 47, 48))
MONDAY = date(2026, 11, 23)  # of W48
TEAMS = [team("Search"), team("Print", phabricator=["print"])]
CONFIG = configured(TEAMS, phabricator={"url": "https://phabricator.example"})
FOUND = World(tickets=Tickets(found={"print": (Ticket(7, "Ink", "ana-example", "closed"),)}))
DOWN = World(tickets=Tickets(problems={"print": Lack("silent", "It did not answer.")}))
SAID = {
    UPDATES: update("Search", "2026-11-18", done="Index", blocked_by="Print: paper", health="red")
    + update("Print", "2026-11-19", done="Posters")
}


def department(pages: Mapping[str, str | Page], **more: Any) -> Directory:
    return read(pages, **{"config": CONFIG, "world": FOUND, **more})


def run(pages: Mapping[str, str | Page], **more: Any) -> dict[str, str | Page]:
    """The pages after a run."""
    after = dict(pages)
    for change in changes(department(pages, **more), []):
        assert not change.obstacle, change.obstacle
        old = after.get(change.title, "")
        assert isinstance(old, str)
        after[change.title] = change.create or apply_replacements(old, change.replacements)
    return after


def wanted(pages: Mapping[str, str | Page], **more: Any) -> dict[str, Change]:
    return {change.title: change for change in changes(department(pages, **more), [])}


def same(one: object, other: object) -> bool:
    """As MediaWiki stores them: without blank lines at the end."""
    return str(one).rstrip() == str(other).rstrip()


def test_a_week_that_was_archived_on_monday_stays_in_its_report() -> None:
    pages = run(SAID) | {UPDATES: "Archived."}
    assert W47 not in wanted(pages, today=MONDAY)
    month = wanted(pages, today=MONDAY).get(f"{STATUS}/2026-11")
    assert month is None or "Posters" in str(month)


def test_an_update_that_was_overwritten_by_the_next_one_stays_in_its_report() -> None:
    pages = run(SAID) | {UPDATES: update("Search", "2026-11-23", done="Next index")}
    assert W47 not in wanted(pages, today=MONDAY)
    later = run(pages, week="2026-W48", today=MONDAY)
    assert later[W47] == pages[W47]
    assert "|trend=––––––✖○|" in str(later[W48])


def test_in_the_week_that_goes_on_people_may_take_back_what_they_said() -> None:
    pages = run(SAID) | {UPDATES: update("Print", "2026-11-19", done="Posters")}
    assert "Index" not in str(run(pages)[W47])


def test_a_page_that_cannot_be_read_for_a_while_changes_nothing_but_the_note() -> None:
    pages = run(SAID)
    hidden = run(pages | {UPDATES: Page(UPDATES, problem="It is hidden.")})
    assert "Index" in str(hidden[W47])
    assert "Posters" in str(hidden[W47])
    assert "Missing updates" not in str(hidden[W47])
    assert "What is missing from this report" in str(hidden[W47])
    assert same(run(hidden | {UPDATES: SAID[UPDATES]})[W47], pages[W47])


def test_tasks_stay_while_phabricator_does_not_answer() -> None:
    pages = run(SAID)
    assert "T7 T7] Ink" in str(pages[W47])
    down = run(pages, world=DOWN)
    assert "T7 T7] Ink" in str(down[W47])
    assert "What is missing from this report" in str(down[W47])
    assert same(run(down)[W47], pages[W47])


def test_a_late_update_reaches_the_report_of_its_week() -> None:
    pages = run({UPDATES: update("Print", "2026-11-19", done="Posters")})
    late = update("Search", "2026-11-20", done="Index, late")
    pages = pages | {UPDATES: str(pages[UPDATES]) + late}
    later = run(pages, week="2026-W48", today=MONDAY + timedelta(days=2))
    assert "Index, late" in str(later[W47])
    assert "T7 T7] Ink" in str(later[W47])  # not asked for again
    assert wanted(later, week="2026-W48", today=MONDAY + timedelta(days=2)) == {}


def test_a_late_update_does_not_thaw_a_report() -> None:
    pages = run(SAID)
    late = {UPDATES: SAID[UPDATES] + update("Search", "2026-11-20", done="Far too late")}
    later = run(pages | late, week="2026-W52", today=date(2026, 12, 23))
    assert later[W47] == pages[W47]


def test_findings_of_a_week_that_is_over_stay_as_they_were_told() -> None:
    finding = Finding("role-vacant", "error", "Office/Roles", "", 3, "x")
    (made,) = (c for c in changes(department(SAID), [finding]) if c.title == W47)
    pages = {**SAID, W47: str(made.create)}
    assert "Office/Roles" in pages[W47]
    assert W47 not in wanted(pages, today=MONDAY)


def test_a_week_begins_with_its_first_update() -> None:
    pages = run(SAID)
    assert W48 not in run(pages, week="2026-W48", today=MONDAY)
    assert "{{:" + W47 + "}}" in str(run(pages, week="2026-W48", today=MONDAY)[STATUS])
    begun = pages | {UPDATES: SAID[UPDATES] + update("Print", "2026-11-23", done="Ink")}
    page = str(run(begun, week="2026-W48", today=MONDAY)[W48])
    assert "== Still to come by 27 November 2026 ==" in page
    over = str(run(begun, week="2026-W48", today=date(2026, 11, 28))[W48])
    assert "== Missing updates ==" in over


def test_the_section_of_a_team_that_was_renamed_goes_on() -> None:
    pages = run(SAID)
    renamed = configured(
        [team("Find", aliases=["Search"]), team("Print", phabricator=["print"])],
        phabricator={"url": "https://phabricator.example"},
    )
    page = str(run(pages, config=renamed)[W47])
    assert page.count("* Index") == 1
    assert "== Find ==" not in page


def test_a_month_by_its_name_says_what_the_week_says_of_it() -> None:
    pages = dict(SAID)
    pages = run(pages, week="2026-W46", today=date(2026, 11, 15))
    pages = run(pages)
    assert wanted(pages, week="2026-11", today=date(2026, 11, 22)) == {}


def test_what_is_published_does_not_depend_on_when_it_is_asked_again() -> None:
    pages = run(SAID)
    for day in range(1, 28):
        found = department(pages, today=date(2026, 11, 22) + timedelta(days=day))
        titles = {c.title for c in changes(replace(found, until=found.period.last), [])}
        assert W47 not in titles


def test_a_page_of_a_day_long_ago_that_was_moved_keeps_nobody_from_being_missed() -> None:
    config = configured([team("Search", updates=["Office/{date}"])])
    moved = Page("Office/2026-10-07", "#REDIRECT [[x]]", 1, redirect=True)
    found = read({moved.title: moved}, config=config)
    assert [each.name for each in found.silent_teams()] == ["Search"]
    now = Page("Office/2026-11-18", "#REDIRECT [[x]]", 1, redirect=True)
    assert read({now.title: now}, config=config).silent_teams() == ()
