"""The page of a week: what the golden files have not."""

from dataclasses import replace
from typing import Any

import pytest

from tests.orchard import listed
from tests.reports.offices import NAMES, UPDATES, configured, directory, team, update
from wikibot.directory import World
from wikibot.messages import load
from wikibot.model import Finding, Lack, Page, Site, Ticket, Tickets
from wikibot.reports.markup import MOST_COUNTED, Pen, counted
from wikibot.reports.page import Place, blocker_line, people_lines, weekly_parts
from wikibot.reports.people import PersonChange
from wikibot.reports.story import story
from wikibot.reports.weekly import weekly

PEN = Pen(load("en"), Site(), "Template:")


def parts(
    pages: dict[str, str | Page], *, findings: list[Finding] | None = None, **more: Any
) -> dict[str, str]:
    """The parts by their keys."""
    found = directory(pages, **more)
    report = weekly(found, story(found), findings or [])
    made = weekly_parts(report, Place("S", found), PEN)
    return {part.key[1]: part.body and listed(part.body) for part in made}


def search(**said: str) -> dict[str, str | Page]:
    return {UPDATES: update("Search", "2026-11-20", **said)}


def test_parts_without_anything_to_say_are_not_there() -> None:
    config = configured([team("Search")])
    assert list(parts(search(done="x"), config=config)) == ["overview", "Search"]
    assert list(parts({}, config=config)) == ["overview", "missing"]


def test_a_department_that_does_not_report_has_a_page_that_says_so() -> None:
    config = configured([team("Search", reports=False)])
    assert "No team has reported yet." in parts({}, config=config)["overview"]


def test_parts_are_in_the_order_of_the_report() -> None:
    world = World(
        history={
            "Office/Search": (
                Page("Office/Search", "== Team ==\n* Ana Ruiz, Chair\n", 1),
                Page("Office/Search", "== Team ==\n* Ana Ruiz, Chair\n* Bo Lind, Clerk\n", 2),
            )
        },
        problems=("hidden",),
    )
    page = (
        update("Ferries", "2026-11-20")
        + update("Search", "2026-11-20", blocked_by="Map Data: tiles")
        + update("Print", "2026-11-20")
    )
    finding = Finding("role-vacant", "error", "Roles", "", 3, "x")
    assert list(parts({UPDATES: page}, findings=[finding], world=world)) == [
        "overview",
        "changes",
        "blockers",
        "missing",
        "Search",
        "Map Data",
        "Print",
        "people",
        "findings",
        "unknown",
        "problems",
    ]


# --- sides ----------------------------------------------------------------------------------------


def test_what_both_name_stands_on_both_sides_in_the_words_of_each() -> None:
    page = update("Search", "2026-11-20", blocked_by="Map Data: new tiles") + update(
        "Map Data", "2026-11-20", blocking="Search: the tiles"
    )
    found = parts({UPDATES: page})
    assert "| blocked by =\n* Map Data: new tiles\n" in found["Search"]
    assert "| blocking =\n* Search: the tiles\n" in found["Map Data"]
    assert "|what=new tiles|since=2026-W47|by=both|age=1 week|named=both}}" in found["blockers"]


def test_what_one_side_names_is_alone_there_and_heard_on_the_other_one() -> None:
    found = parts(search(blocked_by="Map Data: tiles", blocking="Print: index"))
    assert "| blocked by alone =\n* Map Data: tiles\n" in found["Search"]
    assert "| blocking alone =\n* Print: index\n" in found["Search"]
    assert "| blocking heard =\n* Search: tiles\n" in found["Map Data"]
    assert "| blocked by heard =\n* Search: index\n" in found["Print"]
    assert "named=only Search}}" in found["blockers"]


def test_what_nobody_else_can_name_is_not_marked() -> None:
    found = parts(search(blocked_by="the town: papers", blocking="Ferries: plans"))
    assert "| blocked by =\n* the town: papers\n| blocking =\n* Ferries: plans\n" in found["Search"]
    assert "{{Status blocker|waiting=Search|what=the town: papers|" in found["blockers"]
    assert "{{Status blocker|on=Search|what=Ferries: plans|" in found["blockers"]


def test_a_team_without_any_more_words_is_told_as_just_that() -> None:
    found = parts(search(blocked_by="Map Data"))
    assert "| blocked by alone =\n* Map Data\n" in found["Search"]
    assert "{{Status blocker|waiting=Search|on=Map Data|since=" in found["blockers"]
    assert "* New blocker: Search waits for Map Data" in found["changes"].split("\n")


def test_a_blocker_of_which_nothing_was_heard_since_is_marked() -> None:
    page = update("Search", "2026-11-06", blocked_by="Map Data: tiles")
    found = parts({UPDATES: page})
    assert (
        "|since=2026-W45|by=waiting|age=3 weeks|named=only Search|quiet=no news since 2026-W45}}"
        in (found["blockers"])
    )


def test_of_a_very_long_list_the_section_and_the_table_say_how_much_is_left_out() -> None:
    """Also in the week after, when the team has said nothing new."""
    entries = "".join(f"\n* Map Data: thing{number:02}" for number in range(60))
    for day in ("2026-11-13", "2026-11-20"):
        found = parts({UPDATES: update("Search", day, blocked_by=entries)})
        assert "* Map Data: thing49\n* <!-- more -->10 more\n}}" in found["Search"]
        assert "* Search: thing49\n}}" in found["Map Data"]
        assert found["blockers"].endswith("|}\n</div>\n10 more")


def test_names_and_words_of_a_blocker_cannot_be_markup() -> None:
    config = configured(
        [team("Team {{x}}", page="Office/A"), team("Other | [[y]]", page="Office/B")]
    )
    words = "<nowiki>Other | [[y]]</nowiki>: '''a''' {{b}} <i>c"
    page = update("<nowiki>Team {{x}}</nowiki>", "2026-11-20", blocked_by=words)
    found = directory({UPDATES: page}, config=config)
    (one,) = weekly(found, story(found), []).blockers
    line = blocker_line(one, PEN)
    assert line == (
        "Team &#123;&#123;x&#125;&#125; waits for Other &#124; &#91;&#91;y&#93;&#93;:"
        " a &#123;&#123;b&#125;&#125; c"
    )


# --- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (PersonChange("joined", "A", "Ana", "Ana R"), "* [[User:Ana R|Ana]] joined A"),
        (PersonChange("left", "A", "Ana", ""), "* Ana left A"),
        (PersonChange("moved", "B", "Ana", "", "A", "B"), "* Ana moved from A to B"),
        (PersonChange("title", "A", "Ana", "", "[[x]]", "{{y}}"), None),
    ],
)
def test_what_became_of_people(change: PersonChange, line: str | None) -> None:
    (told,) = people_lines([change], PEN)
    expected = "* Ana (A): &#91;&#91;x&#93;&#93; → &#123;&#123;y&#125;&#125;"
    assert told == (line or expected)


def test_a_page_of_several_teams_that_cannot_be_read_is_told_once() -> None:
    lines = parts({UPDATES: Page(UPDATES, problem="hidden")})["problems"].split("\n")
    assert lines == [
        f"* [[:{UPDATES}|{UPDATES}]] cannot be read: it is missing, a redirect, or not wikitext."
    ]


def test_a_phabricator_that_does_not_answer_is_told_with_the_reason() -> None:
    lack = Lack("refused", "It said {{no}}.")
    world = World(tickets=Tickets(problems={"maps": lack}), problems=("hidden",))
    assert parts({}, world=world)["problems"].split("\n") == [
        "* Tasks of the Phabricator project maps: Phabricator refused to answer.",
        "* Who joined or left: the histories of team pages cannot be read.",
    ]


def test_findings_of_one_line_and_kind_are_told_once_and_not_too_many_of_them() -> None:
    same = Finding("role-vacant", "error", "Roles", "", 3, "x")
    assert parts({}, findings=[same, replace(same, message="y")])["findings"].count("*") == 1
    many = [replace(same, line=number) for number in range(1, 100)]
    lines = parts({}, findings=many)["findings"].split("\n")
    assert (len(lines), lines[-1]) == (51, "* 49 more")


def test_a_finding_about_a_whole_page_has_no_line() -> None:
    found = Finding("page-missing", "error", "Roles", "", 0, "x")
    assert parts({}, findings=[found])["findings"].startswith("* [[:Roles|Roles]]: the page is")


# --- room -----------------------------------------------------------------------------------------


def test_an_earlier_update_of_the_week_is_shown_unless_it_says_nothing() -> None:
    page = (
        update("Search", "2026-11-16", risks="Frost")
        + update("Search", "2026-11-17")
        + update("Search", "2026-11-18", health="green")
        + update("Search", "2026-11-20", done="x")
    )
    body = parts({UPDATES: page})["Search"]
    assert body.count("Earlier in the week:") == 2
    assert "2026-11-17" not in body
    assert body.index("2026-11-20") < body.index("2026-11-18") < body.index("2026-11-16")


def test_whatever_a_department_of_200_teams_says_the_page_stays_short_enough() -> None:
    names = [f"Team {number}" for number in range(200)]
    config = configured(
        [team(name, phabricator=["x"]) for name in names],
        phabricator={"url": "https://phabricator.example"},
    )
    entries = "".join(f"\n* thing {n} of everything that is to be done" for n in range(60))
    page = "".join(
        update(name, "2026-11-20", blocked_by=entries, blocking=entries, done=entries)
        for name in names
    )
    tickets = tuple(Ticket(n, "A task " * 10, "somebody", "closed") for n in range(100))
    world = World(tickets=Tickets(found={"x": tickets}))
    found = parts({UPDATES: page}, config=config, world=world)
    assert set(names) <= set(found)
    assert sum(counted(body) for body in found.values()) <= MOST_COUNTED
    assert found["blockers"].rstrip().endswith(" more")
    assert "{{Status blocker|" in found["blockers"]


def test_all_teams_of_the_department_are_in_the_overview() -> None:
    page = "".join(update(name, "2026-11-20", headline="'''x''' {{!}} {{y}}") for name in NAMES)
    overview = parts({UPDATES: page})["overview"]
    assert overview.count("{{Status report row|") == len(NAMES)
    assert overview.count("headline=x &#124; &#123;&#123;y&#125;&#125;") == len(NAMES)
