"""Reminders: when, whom, and once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.reports.offices import STATUS, UPDATES, configured, directory, team, update
from wikibot import plan
from wikibot.directory import Directory, Facts, World
from wikibot.messages import load
from wikibot.model import Account, Change, Edit, Page, Site
from wikibot.plan import apply_replacements
from wikibot.tasks.reminder import accounts_to_notify, changes, silent_pages
from wikibot.wikitext.regions import read_regions

TALK = "Talk:Search"
WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in (18, 19, 20))
NOTE = """== Status update of Search for 2026-W47 ==
<!-- Wikibot reminder: 2026-W47 Search -->
There is no update of Search for 2026-W47 yet. Please write it on \
[[:Office/Updates|Office/Updates]] by 20 November 2026; a few words are enough. ~~~~
"""


def department(
    *teams: dict[str, Any],
    days: int = 1,
    deadline: str = "Friday",
    pages: Mapping[str, str | Page] | None = None,
    today: date = THURSDAY,
    week: str = "2026-W47",
    accounts: Mapping[str, Account] | None = None,
    reminded: Mapping[str, tuple[str, ...]] | None = None,
    site: Site | None = None,
) -> Directory:
    """A department whose teams have not reported: one with a talk page, unless others are given."""
    report = {"base": STATUS, "reminder_days": days, "deadline": deadline}
    config = configured(teams or [team("Search", reminder=TALK)], report=report)
    found = directory(
        pages or {},
        config=config,
        week=week,
        today=today,
        facts=Facts(accounts=accounts),
        world=World(reminded=reminded or {}),
    )
    return replace(found, site=site) if site else found


def wanted(**more: Any) -> list[Change]:
    return changes(department(**more), [])


def note(*teams: dict[str, Any], **more: Any) -> str:
    """The only change, as it is on a page that was not there."""
    (change,) = changes(department(*teams, **more), [])
    assert not change.obstacle
    return str(change.create)


def search(**more: Any) -> dict[str, Any]:
    return team("Search", reminder=TALK, **more)


def account(name: str, **more: Any) -> Account:
    return Account(name, **({"exists": True} | more))


# --- what -----------------------------------------------------------------------------------------


def test_a_note_is_a_section_with_a_mark_and_a_signature() -> None:
    assert note() == NOTE


def test_a_note_goes_below_what_is_there() -> None:
    for text, between in (("Hello", "\n\n"), ("Hello\n", "\n"), ("Hello\n\n", ""), ("", "")):
        (change,) = wanted(pages={TALK: Page(TALK, text, 7)})
        assert change.create is None
        assert apply_replacements(text, change.replacements) == text + between + NOTE


def test_a_note_names_those_who_are_to_be_notified() -> None:
    text = note(search(notify=["Ana R", "bo (Example)", "Cy"]))
    assert (
        "\n[[User:Ana R|Ana R]], [[User:Bo (Example)|Bo (Example)]] and [[User:Cy|Cy]]: There"
        in text
    )


def test_a_note_names_all_pages_for_updates_that_are_of_the_week() -> None:
    pages = [UPDATES, "Office/{date}", "Office/{month}/Notes"]
    text = note(search(updates=pages))
    assert (
        "[[:Office/Updates|Office/Updates]] and [[:Office/2026-11-19|Office/2026-11-19]] by" in text
    )
    there = {"Office/2026-11-18": Page("Office/2026-11-18", "x", 1)}
    text = note(search(updates=pages), pages=there)
    assert (
        "[[:Office/Updates|Office/Updates]] and [[:Office/2026-11-18|Office/2026-11-18]] by" in text
    )


def test_the_summary_says_which_team_and_which_week() -> None:
    (change,) = wanted()
    assert (change.say, change.task) == ("reminder: update of Search for 2026-W47", "reminder")


def test_in_german() -> None:
    (change,) = changes(department(site=Site(language="de")), [])
    assert str(change.create).startswith("== Statusmeldung von Search für 2026-W47 ==\n")
    assert "bis 20. November 2026" in str(change.create)


HOSTILE = "== x ==\u00a0{{delete}} [[y]] ~~~~ --> <!-- '''z''' | -"


def test_the_name_of_a_team_is_text_wherever_it_stands() -> None:
    text = note(team(HOSTILE, page="Office/X", reminder=TALK))
    assert text.count("~~~") == 1
    assert text.endswith(" ~~~~\n")
    assert "{{" not in text
    assert "[[y" not in text
    assert text.count("<!--") == text.split("\n")[1].count("-->") == 1
    assert text.split("\n")[0].startswith("== Status update of &#61;")
    assert read_regions(text) == ((), ())
    again = department(
        team(HOSTILE, page="Office/X", reminder=TALK), pages={TALK: Page(TALK, text, 1)}
    )
    assert changes(again, []) == []


# --- when -----------------------------------------------------------------------------------------


def test_nobody_is_reminded_unless_it_is_switched_on() -> None:
    assert configured([search()]).report == configured([], report={"base": STATUS}).report
    assert wanted(days=0) == []
    found = department()
    assert changes(replace(found, config=configured([search()])), []) == []
    assert changes(replace(found, config=configured([search()], report=None)), []) == []


@pytest.mark.parametrize(
    ("days", "deadline", "first", "last"),
    [
        (1, "Friday", "2026-11-19", "2026-11-20"),
        (3, "Friday", "2026-11-17", "2026-11-20"),
        (2, "Monday", "2026-11-14", "2026-11-16"),
        (6, "Sunday", "2026-11-16", "2026-11-22"),
    ],
)
def test_teams_are_reminded_from_some_days_before_the_deadline_up_to_it(
    days: int, deadline: str, first: str, last: str
) -> None:
    reminded = [
        day
        for number in range(1, 31)
        if wanted(days=days, deadline=deadline, today=(day := date(2026, 11, number)))
    ]
    assert (str(reminded[0]), str(reminded[-1])) == (first, last)
    assert len(reminded) == days + 1


@pytest.mark.parametrize("period", ["2026-W46", "2026-W48", "2026-11", "FY2026-27 Q2"])
def test_nobody_is_reminded_of_another_week_or_of_a_month(period: str) -> None:
    assert wanted(week=period) == []


# --- whom -----------------------------------------------------------------------------------------


def test_who_has_reported_is_not_reminded() -> None:
    for day, silent in (("2026-11-16", False), ("2026-11-15", True), ("", True)):
        assert bool(wanted(pages={UPDATES: update("Search", day)})) == silent


def test_a_team_that_need_not_report_or_has_no_talk_page_is_not_reminded() -> None:
    for table in (search(reports=False), search(updates=[]), team("Search")):
        assert changes(department(table), []) == []


NAMES = ["Ana", "Bo", "Cy", "Dee"]


def test_only_accounts_that_are_there_and_not_blocked_are_named() -> None:
    accounts = {
        "Ana": account("Ana"),
        "Bo": account("Bo", blocked=True),
        "Cy": account("Cy", exists=False),
    }
    text = note(search(notify=NAMES), accounts=accounts)
    assert "\n[[User:Ana|Ana]]: There is no update" in text


def test_a_team_with_nobody_left_to_name_is_not_reminded() -> None:
    accounts = {"Ana": account("Ana", blocked=True), "Bo": account("Bo", exists=False)}
    assert wanted(accounts=accounts) != []
    assert changes(department(search(notify=NAMES), accounts=accounts), []) == []


def test_who_was_renamed_is_named_by_the_new_name() -> None:
    old = account("Ana", exists=False, renamed_to="Ana (Example)")
    new = account("Ana (Example)")
    text = note(search(notify=["Ana"]), accounts={"Ana": old, new.name: new})
    assert "\n[[User:Ana (Example)|Ana (Example)]]: There" in text
    both = search(notify=["Ana", "Ana (Example)"])
    assert note(both, accounts={"Ana": old, new.name: new}) == text


@pytest.mark.parametrize(
    "new", [None, account("Ana B", blocked=True), account("Ana B", exists=False)]
)
def test_who_was_renamed_to_what_may_be_blocked_is_not_named(new: Account | None) -> None:
    accounts = {"Ana": account("Ana", exists=False, renamed_to="Ana B")}
    accounts |= {"Ana B": new} if new else {}
    assert changes(department(search(notify=["Ana"]), accounts=accounts), []) == []


GERMAN = Site(
    user_prefixes=frozenset({"user", "benutzer", "benutzerin"}),
    talk_prefixes=Site().talk_prefixes | {"benutzer diskussion", "diskussion"},
)
POLISH = Site(
    user_prefixes=frozenset({"user", "użytkownik"}),
    talk_prefixes=Site().talk_prefixes | {"dyskusja użytkownika"},
)


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("User talk:Ana", Site()),
        ("User talk:Ana/Reminders", Site()),
        ("User_talk:ana", Site()),
        ("Benutzer Diskussion:Ana", GERMAN),
        ("User talk:Ana", GERMAN),
        ("Dyskusja użytkownika:Ana", POLISH),
    ],
)
def test_nothing_is_written_on_the_talk_page_of_a_blocked_account(title: str, site: Site) -> None:
    table = team("Search", reminder=title)
    for ana, count in ((account("Ana"), 1), (account("Ana", blocked=True), 0)):
        found = department(table, accounts={"Ana": ana}, site=site)
        assert len(changes(found, [])) == count
    assert accounts_to_notify(found.config, site) == {"Ana"}


@pytest.mark.parametrize("title", [TALK, "Project talk:Ana", "Office/Talk", "Diskussion:Ana"])
def test_other_pages_are_nobodys(title: str) -> None:
    found = department(team("Search", reminder=title), accounts={}, site=GERMAN)
    assert len(changes(found, [])) == 1
    assert accounts_to_notify(found.config, GERMAN) == frozenset()


def test_the_wiki_is_asked_about_all_who_may_be_reached_if_anybody_is_reminded() -> None:
    tables = (
        search(notify=["Ana"]),
        team("Print", reminder="User talk:Bo/x", notify=["Cy", "Ana"]),
    )
    assert accounts_to_notify(department(*tables).config, Site()) == {"Ana", "Bo", "Cy"}
    assert accounts_to_notify(department(*tables, days=0).config, Site()) == frozenset()


# --- pages ----------------------------------------------------------------------------------------

PRINT = team("Print", reminder=TALK)


def test_several_teams_on_one_page_are_reminded_in_one_edit() -> None:
    (change,) = changes(department(search(), PRINT), [])
    assert change.say == (
        "reminder: update of Search for 2026-W47; reminder: update of Print for 2026-W47"
    )
    assert str(change.create) == NOTE + "\n" + NOTE.replace("Search", "Print")


def test_teams_with_pages_of_their_own_are_reminded_there() -> None:
    found = department(search(), team("Print", reminder="Talk:Print"), team("Map Data"))
    assert [change.title for change in changes(found, [])] == [TALK, "Talk:Print"]
    assert silent_pages(found) == (TALK, "Talk:Print")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page(TALK, "#REDIRECT [[x]]", 1, redirect=True), "it is a redirect, or not wikitext"),
        (Page(TALK, "{}", 1, model="flow-board"), "it is a redirect, or not wikitext"),
        (Page(TALK, problem="its text is hidden"), "its text is hidden"),
    ],
)
def test_a_page_that_cannot_be_written_is_told(page: Page, why: str) -> None:
    (change,) = wanted(pages={TALK: page})
    assert change.obstacle.startswith(f"nobody can be reminded there: {why}")
    assert change.create is None
    assert change.replacements == ()


# --- once -----------------------------------------------------------------------------------------


def test_a_second_run_is_quiet() -> None:
    assert wanted(pages={TALK: Page(TALK, note(), 8)}) == []
    signed = NOTE.replace("~~~~", "[[User:Bot|Bot]] 12:00, 19 November 2026 (UTC)")
    assert wanted(pages={TALK: Page(TALK, f"Hello\n\n{signed}: Yes! --Ruth", 9)}) == []


def test_a_reminder_of_another_week_or_team_is_none() -> None:
    for there in (NOTE.replace("W47", "W46"), NOTE.replace("Search", "Search Index")):
        assert len(wanted(pages={TALK: Page(TALK, there, 8)})) == 1


def test_a_note_that_was_taken_off_or_archived_is_not_written_again() -> None:
    said = "[[User:Bot|wikibot]] reminder: reminder: update of Search for 2026-W47"
    assert wanted(reminded={TALK: ("something else", said)}) == []
    for other in (said.replace("W47", "W46"), said.replace("Search", "Search Index"), "x"):
        assert len(wanted(reminded={TALK: (other,)})) == 1
    assert len(wanted(reminded={"Talk:Print": (said,)})) == 1


def test_of_several_teams_on_a_page_only_those_are_reminded_that_were_not() -> None:
    (change,) = changes(department(search(), PRINT, pages={TALK: Page(TALK, NOTE, 1)}), [])
    assert change.say == "reminder: update of Print for 2026-W47"


def summary_of(change: Change, found: Directory) -> str:
    pages = {TALK: Page(TALK)}
    (edit,), held = plan.build([change], pages, config=found.config, site=found.site)
    assert not held
    assert isinstance(edit, Edit)
    return edit.summary


@pytest.mark.parametrize("name", ["Search", "Tools (CI)", "A  {{x}} [[b]] c", "ß & <i>", "x" * 200])
def test_the_summary_is_recognised_as_the_wiki_keeps_it(name: str) -> None:
    table = team(name, page="Office/X", reminder=TALK)
    (change,) = changes(department(table), [])
    kept = summary_of(change, department(table))
    assert changes(department(table, reminded={TALK: (kept,)}), []) == []


def test_the_teams_whose_names_did_not_fit_into_the_summary_are_not_reminded_twice() -> None:
    tables = [team(f"Team {number}", reminder=TALK) for number in range(40)]
    (change,) = changes(department(*tables), [])
    kept = summary_of(change, department(*tables))
    assert "Team 39" in str(change.create)
    assert "Team 39" not in kept
    assert changes(department(*tables, reminded={TALK: (kept,)}), []) == []
    week_before = kept.replace("W47", "W46")
    assert len(changes(department(*tables, reminded={TALK: (week_before,)}), [])) == 1


def test_an_update_after_the_reminder_ends_it() -> None:
    pages = {UPDATES: update("Search", "2026-11-19"), TALK: "Hello"}
    assert wanted(pages=pages, today=FRIDAY) == []


def test_words_are_there_in_all_languages() -> None:
    for language in ("en", "de"):
        words = load(language)
        for key in ("reminder-heading", "reminder-summary"):
            assert "A team" in words(key, team="A team", period="2026-W47")


# --- what is not known ----------------------------------------------------------------------------


def test_nobody_is_reminded_while_it_is_not_known_whether_that_was_done() -> None:
    found = department()
    found = replace(found, world=replace(found.world, unreminded="The wiki is down."))
    (change,) = changes(found, [])
    assert change.title == TALK
    assert change.obstacle.endswith("is not known: The wiki is down.")


def test_who_was_blocked_this_morning_is_not_named() -> None:
    fine, blocked = account("Ana"), account("Ana", blocked=True)
    found = department(search(notify=["Ana"]), accounts={"Ana": fine})
    assert changes(found, [])
    now = replace(found, world=replace(found.world, accounts={"Ana": blocked}))
    assert changes(now, []) == []
