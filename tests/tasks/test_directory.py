"""The task ``directory``: what it writes, what it leaves alone, and why."""

import json
from typing import Any

import pytest

from tests.directories import CONFIG, FULL, TITLE, directory_of
from wikibot import checks, runner
from wikibot.directory import Directory
from wikibot.directory_page import as_data, as_text
from wikibot.model import Change, Page, Site
from wikibot.runner import Survey
from wikibot.tasks import directory as task

WITH_LUA = Site(scribunto=True)
BASE = TITLE.removesuffix(".json")


def changes(*, site: Site = WITH_LUA, page: Page | None = None) -> list[Change]:
    found = directory_of(texts=FULL, site=site, pages={TITLE: page} if page else {})
    return task.changes(found, [])


def planned(directory: Directory) -> Any:
    return runner.make_plan(Survey(directory, checks.run(directory)), ["directory"])


TEXT = as_text(as_data(directory_of(texts=FULL)))


def test_nothing_is_written_where_no_directory_is_configured() -> None:
    config = {**CONFIG, "contacts": {"page": "Quarry/Whom to ask"}}
    assert task.changes(directory_of(config, site=WITH_LUA), []) == []


def test_the_page_is_created_as_json() -> None:
    (change,) = changes()
    assert (change.title, change.create, change.model) == (TITLE, TEXT, "json")


def test_a_page_that_says_so_already_is_left_alone() -> None:
    assert changes(page=Page(TITLE, TEXT, 7, model="json")) == []


def test_what_people_changed_is_put_right_as_a_whole() -> None:
    theirs = TEXT.replace("Ada Moss", "Eve")
    found = planned(
        directory_of(texts=FULL, site=WITH_LUA, pages={TITLE: Page(TITLE, theirs, 7, model="json")})
    )
    (edit,) = found.edits
    assert (edit.base, edit.old, edit.new, edit.model) == (7, theirs, TEXT, "json")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page(TITLE, '{"a": 1}', 7, model="json"), "no “wikibot directory” in it"),
        (Page(TITLE, "[1]", 7, model="json"), "no “wikibot directory” in it"),
        (Page(TITLE, "{", 7, model="json"), "no “wikibot directory” in it"),
        (Page(TITLE, "[" * 100_000, 7, model="json"), "no “wikibot directory” in it"),
        (Page(TITLE, '{"wikibot directory": 2}', 7, model="json"), "of version 2"),
        (Page(TITLE, "text", 7), "not JSON but “wikitext”; delete it, or change"),
        (Page(TITLE, "text", 7, redirect=True), "it is a redirect"),
        (Page(TITLE, problem="The text is hidden."), "cannot be read: The text is hidden."),
    ],
)
def test_what_is_not_the_bots_is_left_alone(page: Page, why: str) -> None:
    found = planned(directory_of(texts=FULL, site=WITH_LUA, pages={TITLE: page}))
    assert found.edits == ()
    (held,) = found.held
    assert held.title == TITLE
    assert why in held.why


def test_it_stays_as_it_is_while_a_source_cannot_be_read() -> None:
    texts = {title: text for title, text in FULL.items() if title != "Quarry/Chalk"}
    found = planned(directory_of(texts=texts, site=WITH_LUA))
    assert found.edits == ()
    assert "nothing could be read from" in found.held[0].why
    assert "“Quarry/Chalk”" in found.held[0].why


def test_one_run_does_it_all_and_a_second_one_nothing() -> None:
    for site, count in ((WITH_LUA, 1), (Site(), 6)):
        before = directory_of(texts=FULL, site=site)
        edits = planned(before).edits
        assert len(edits) == count
        pages = {e.title: Page(e.title, e.new, 9, model=e.model) for e in edits if e.base is None}
        assert planned(directory_of(texts=FULL, site=site, pages=pages)).edits == ()


def test_without_lua_the_same_stands_below_the_title_as_wikitext() -> None:
    found = {change.title: change.create or "" for change in changes(site=Site())}
    names = ("Contact box", "Contact for", "Responsibilities", "Role holder", "Roster")
    assert list(found) == [TITLE, *(f"{BASE}/{name}" for name in names)]
    for name in names:
        text = found[f"{BASE}/{name}"]
        assert text.startswith("<noinclude>This page is written by a bot")
        assert "<!-- Wikibot region: task=directory hash=" in text
        assert text.count("<onlyinclude>") == text.count("</onlyinclude>") == 1


def test_a_question_has_one_case_for_all_that_is_answered_alike() -> None:
    found = {change.title: change.create or "" for change in changes(site=Site())}
    lines = found[f"{BASE}/Contact for"].splitlines()
    at = lines.index("|programme lead")
    assert lines[at : at + 3] == ["|programme lead", "|annual planning, yearly", "|annual planning"]
    assert lines[at + 3].startswith("|talk with r&d: stone &#61; slate={{Contact answer|people=")
    assert not any("other duties" in line for line in lines)


def everybody(count: int) -> dict[str, str]:
    rosters = {
        team["page"]: "== Team ==\n"
        + "".join(
            f"* [[User:Person {n} (Example)|Person {n:05} Moss]], Senior Splitter\n"
            for n in range(first, count, 3)
        )
        for first, team in enumerate(CONFIG["team"])
    }
    return {**FULL, **rosters}


def test_a_directory_of_thousands_is_saved_whole() -> None:
    found = planned(directory_of(texts=everybody(6000), site=WITH_LUA))
    (edit,) = found.edits
    assert len(json.loads(edit.new)["people"]) == 6000
    assert len(edit.new.encode()) < WITH_LUA.max_page_bytes


def test_a_directory_that_is_too_large_is_held_back_with_its_size() -> None:
    small = Site(scribunto=True, max_page_bytes=2000)
    found = planned(directory_of(texts=FULL, site=small))
    size = len(as_text(as_data(directory_of(texts=FULL, site=small))).encode())
    assert found.edits == ()
    assert [held.why for held in found.held] == [
        f"it would have {size} bytes and the wiki allows 2000; put teams into a configuration with "
        "another contacts.directory, or have $wgMaxArticleSize raised"
    ]


def test_pages_of_wikitext_that_are_too_large_are_held_back_one_by_one() -> None:
    found = planned(directory_of(texts=FULL, site=Site(max_page_bytes=2600)))
    assert {held.title for held in found.held} == {
        TITLE,
        f"{BASE}/Responsibilities",
        f"{BASE}/Roster",
    }
    assert all("bytes and the wiki allows 2600" in held.why for held in found.held)
    assert [edit.title.rpartition("/")[2] for edit in found.edits] == [
        "Contact box",
        "Contact for",
        "Role holder",
    ]


NOBODY = "== Team ==\n''There is nobody here yet.''\n"
GRAVEL = {"name": "Gravel", "page": "Quarry/Gravel", "contact": "Talk:Quarry"}


@pytest.mark.parametrize(
    ("text", "layout", "read"),
    [
        (NOBODY, {}, True),
        (NOBODY, {"section": "Team"}, True),
        (NOBODY, {"section": "People"}, False),
        ("", {}, False),
        (None, {}, False),
        ("#REDIRECT [[Quarry/Sand]]", {}, False),
    ],
)
def test_a_team_may_be_empty_that_says_so_where_its_page_can_be_read(
    text: str | None, layout: dict[str, str], read: bool
) -> None:
    team = {**GRAVEL, "may_be_empty": True, **({"roster": layout} if layout else {})}
    config = {**CONFIG, "team": [*CONFIG["team"][:2], team]}
    texts = {title: text for title, text in FULL.items() if title != team["page"]}
    pages = {}
    if text and text.startswith("#"):
        pages = {team["page"]: Page(team["page"], text, 7, redirect=True)}
    elif text is not None:
        texts[team["page"]] = text
    found = planned(directory_of(config, texts, site=WITH_LUA, pages=pages))
    assert bool(found.edits) == read
    assert ("“Quarry/Gravel”" in "".join(held.why for held in found.held)) != read


def test_without_leave_a_team_that_is_empty_holds_back_what_follows_it() -> None:
    found = planned(directory_of(texts={**FULL, "Quarry/Gravel": NOBODY}, site=WITH_LUA))
    assert found.edits == ()


def test_a_page_of_wikitext_without_a_region_is_told() -> None:
    roster = f"{BASE}/Roster"
    pages = {roster: Page(roster, "Ours.\n", 7)}
    for site, told in ((Site(), [roster]), (WITH_LUA, [])):
        findings = checks.run(directory_of(texts=FULL, site=site, pages=pages))
        assert [f.page for f in findings if f.code == "region-broken"] == told
