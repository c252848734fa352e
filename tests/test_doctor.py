"""What the doctor says of pages, and that it is not talked out of it."""

from datetime import date

import pytest

from tests.memory import MemoryWiki
from wikibot.config import parse
from wikibot.directory import Directory
from wikibot.doctor import (
    directory_page,
    generated_pages,
    package_pages,
    reminder_pages,
    source_pages,
)
from wikibot.model import Account
from wikibot.period import parse as week
from wikibot.runner import survey
from wikibot.standing import State
from wikibot.wikitext.regions import wrap

PEOPLE = "* [[User:A|Ana Ruiz]], Chair\n* [[User:B|Bo Li]], Editor\n"
REPORTS = ["Status", "Status/2026-W47", "Status/2026-11", "Status/FY2026-27 Q2"]
GENERATED = ["Contacts", *REPORTS]
UNREADABLE = ("page-missing", "section-missing", "roster-missing", "region-broken")
TABLE = {
    "wiki": {"folder": "w", "write_under": ["Contacts", "Status", "Status/"]},
    "team": [{"name": "One", "page": "One", "updates": ["One/Updates"]}],
    "contacts": {"page": "Contacts"},
    "report": {"base": "Status"},
}


def directory(
    pages: dict[str, str], *, accounts: dict[str, Account] | None = None, **more: object
) -> Directory:
    given = {"One": PEOPLE, "One/Updates": "Nothing new.\n"} | pages
    redirects = [title for title, text in given.items() if text.startswith("#REDIRECT")]
    wiki = MemoryWiki(
        {title: text for title, text in given.items() if text != "(none)"},
        accounts=accounts,
        redirects=redirects,
    )
    config = parse(TABLE | more)
    found = survey(wiki, config, period=week("2026-W47"), today=date(2026, 11, 20))
    return found.directory


def sources(pages: dict[str, str], **more: object) -> list[tuple[str, str]]:
    return [(sign.state, sign.text) for sign in source_pages(directory(pages, **more))]


def generated(pages: dict[str, str], **more: object) -> list[tuple[str, str]]:
    return [(sign.state, sign.text) for sign in generated_pages(directory(pages, **more))]


# --- pages that people write --------------------------------------------------------------------


def test_pages_that_can_be_read() -> None:
    assert sources({}) == [("ok", "One"), ("ok", "One/Updates")]


WRONG = [
    ("(none)", {}, "One: this page of the configuration does not exist"),
    ("Nobody.\n", {}, "One: no roster can be found here"),
    (PEOPLE, {"section": "Us"}, "One: section “Us”, which the configuration names, is not on"),
    (f"{PEOPLE}<!-- Wikibot region end -->\n", {}, "One: this mark ends a region that does not"),
]


@pytest.mark.parametrize(
    "checks",
    [
        {},
        {"severity": dict.fromkeys(UNREADABLE, "off")},
        {"ignore": [{"code": code} for code in UNREADABLE]},
        {"ignore": [{"page": "One"}]},
    ],
)
@pytest.mark.parametrize(("text", "layout", "says"), WRONG)
def test_a_page_that_cannot_be_read_is_wrong_whatever_the_configuration_silences(
    text: str, layout: dict[str, str], says: str, checks: dict[str, object]
) -> None:
    team = {"name": "One", "page": "One", "roster": layout, "updates": ["One/Updates"]}
    first, *rest = sources({"One": text}, team=[team], checks=checks)
    assert first[0] == "wrong"
    assert first[1].startswith(says)
    assert rest == [("ok", "One/Updates")]


def test_a_page_of_updates_that_is_not_there() -> None:
    assert sources({"One/Updates": "(none)"}) == [
        ("ok", "One"),
        ("wrong", "One/Updates: this page of the configuration does not exist"),
    ]


# --- pages that the bot writes ------------------------------------------------------------------


def test_pages_that_are_not_there_yet_are_fine() -> None:
    assert generated({}) == [
        ("ok", f"{title} may be written; it is not there yet") for title in GENERATED
    ]


def test_pages_with_a_region_of_their_task_are_fine() -> None:
    tasks = {"Contacts": "contacts"} | dict.fromkeys(REPORTS, "status-report")
    pages = {title: wrap(task, "as the bot wrote it") for title, task in tasks.items()}
    assert generated(pages) == [("ok", f"{title} may be written") for title in GENERATED]


@pytest.mark.parametrize(
    ("title", "text", "says"),
    [
        ("Status/d.json", "(none)", ("ok", "may be written; it is not there yet")),
        ("Status/d.json", "text", ("wrong", "it is not JSON but “wikitext”; delete it, or")),
        ("Elsewhere/d.json", "(none)", ("wrong", "may not be written; add it to wiki.write_under")),
    ],
)
def test_the_page_of_the_directory(title: str, text: str, says: tuple[str, str]) -> None:
    found = directory({title: text}, contacts={"directory": title})
    (sign,) = directory_page(found)
    state, what = says
    assert sign.state == state
    assert sign.text.startswith(title)
    assert what in sign.text


def test_nothing_is_said_of_a_directory_that_is_not_configured() -> None:
    assert list(directory_page(directory({}))) == []


@pytest.mark.parametrize("severity", [{}, {"region-broken": "off", "region-edited": "off"}])
@pytest.mark.parametrize("title", GENERATED)
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("By hand.\n", "it has no managed region of the "),
        (wrap("roles", "x"), "it has no managed region of the "),
        ("<!-- Wikibot region: task=x -->", "its managed regions are broken: line 1: this region"),
        ("#REDIRECT [[One]]", "it is a redirect; name its target in the configuration"),
    ],
)
def test_a_page_that_the_bot_could_not_fill(
    title: str, text: str, says: str, severity: dict[str, str]
) -> None:
    signs = dict.fromkeys(GENERATED) | {
        text.partition(" may be")[0].partition(": ")[0]: (state, text)
        for state, text in generated({title: text}, checks={"severity": severity})
    }
    state, said = signs.pop(title) or ("", "")
    assert state == "wrong"
    assert said.startswith(f"{title}: {says}")
    assert {sign[0] for sign in signs.values() if sign} == {"ok"}


def test_a_region_that_was_edited_by_hand_is_wrong_unless_it_may_be_overwritten() -> None:
    pages = {"Contacts": wrap("contacts", "ours").replace("ours", "theirs")}
    assert generated(pages)[0] == (
        "wrong",
        "Contacts: its managed region was edited by hand; move the text out of it (region-edited)",
    )
    limits = {"overwrite_edited_regions": True}
    assert generated(pages, limits=limits)[0] == ("ok", "Contacts may be written")


def test_a_page_that_the_configuration_does_not_let_the_bot_write() -> None:
    wiki = {"folder": "w", "write_under": ["Contacts", "Status"]}
    assert generated({}, wiki=wiki)[2] == (
        "wrong",
        "Status/2026-W47 may not be written; add it to wiki.write_under",
    )


def test_without_lua_the_directory_is_further_pages() -> None:
    contacts = {"directory": "Contacts.json"}
    found = generated({"Contacts/Roster": "Ours.\n"}, contacts=contacts, report=None)
    assert ("wrong", "Contacts/Role holder may not be written; add it to wiki.write_under") in found
    why = "it has no managed region of the directory task; add the marks, or delete the page"
    assert ("wrong", f"Contacts/Roster: {why}") in found


@pytest.mark.parametrize(
    ("report", "titles"),
    [
        ({"monthly": False}, [REPORTS[0], REPORTS[1], REPORTS[3]]),
        ({"monthly": False, "quarterly": False}, REPORTS[:2]),
        ({"fiscal_year_starts": 1}, [*REPORTS[:3], "Status/FY2026 Q4"]),
    ],
)
def test_the_reports_are_those_of_the_configuration(
    report: dict[str, object], titles: list[str]
) -> None:
    found = generated({}, report={"base": "Status"} | report)
    assert [text.partition(" may be written")[0] for _, text in found[1:]] == titles


# --- the package --------------------------------------------------------------------------------


def test_a_template_that_reports_need_is_wrong_when_it_is_missing() -> None:
    names = dict.fromkeys(("Status report row", "A", "B", "C", "D", "E"), "missing")
    states = {f"Template:{name}": state for name, state in names.items()}
    wrong = "not there, and reports need them: Template:Status report row"
    rest = "pages of the package: Template:A, Template:B, Template:C and 2 more"
    assert package(states) == [
        ("wrong", f"{wrong}; wikibot templates install"),
        ("missing", f"{rest}; wikibot templates install"),
    ]


@pytest.mark.parametrize(
    ("table", "title", "who"),
    [
        ({"runs": {"page": "Runs"}}, "Template:Bot lapse", "the page about runs needs"),
        ({"contacts": {"directory": "D.json"}}, "Template:Roster row", "what shows the directory"),
    ],
)
def test_what_other_tasks_need_is_wrong_when_it_is_missing(
    table: dict[str, object], title: str, who: str
) -> None:
    ((state, text),) = package({title: "missing"}, report=None, **table)
    assert state == "wrong"
    assert text.startswith(f"not there, and {who}")
    assert title in text
    assert package({title: "missing"}, report=None) == [
        ("missing", f"pages of the package: {title}; wikibot templates install")
    ]


def test_how_the_other_pages_of_the_package_stand() -> None:
    names = {"A": "installed", "B": "changed", "C": "installed", "D": "outdated", "E": "foreign"}
    states = {f"Template:{name}": state for name, state in names.items()}
    signs = package(states, report=None)
    assert {state for state, _ in signs} == {"ok"}
    assert [text.removeprefix("pages of the package: ").split(";")[0] for _, text in signs] == [
        "2 as in this version of wikibot",
        "1 (Template:D) of an earlier version",
        "1 (Template:B) changed by people, and left alone",
        "1 (Template:E) not written by the bot, and left alone",
    ]


def test_a_template_that_cannot_show_a_report_is_wrong() -> None:
    found = directory({"Template:Status report row": "Deleted, see the talk page."})
    states: dict[str, State] = {"Template:Status report row": "changed"}
    state, text = [(sign.state, sign.text) for sign in package_pages(found, states)][-2]
    assert state == "wrong"
    assert "shows nothing of what it is given" in text


def test_without_reports_no_template_is_needed() -> None:
    assert package({"Template:Status report row": "missing"}, report=None) == [
        ("missing", "pages of the package: Template:Status report row; wikibot templates install")
    ]


def package(states: dict[str, State], **more: object) -> list[tuple[str, str]]:
    return [(sign.state, sign.text) for sign in package_pages(directory({}, **more), states)]


# --- reminders ----------------------------------------------------------------------------------

TALK = "User talk:Ana"
REMINDED = {
    "wiki": {"folder": "w", "write_under": ["Status", "Status/", "User talk:"]},
    "team": [
        {"name": "One", "page": "One", "updates": ["One/Updates"]}
        | {"reminder": TALK, "notify": ["Bo"]},
        {"name": "Two", "page": "One", "reminder": TALK},
    ],
    "report": {"base": "Status", "reminder_days": 1},
}


def reminders(pages: dict[str, str], **more: object) -> list[tuple[str, str]]:
    found = directory(pages, **(REMINDED | more))
    return [(sign.state, sign.text) for sign in reminder_pages(found)]


@pytest.mark.parametrize("pages", [{}, {TALK: "== Hello ==\n"}])
def test_where_a_reminder_can_be_written(pages: dict[str, str]) -> None:
    assert reminders(pages) == [("ok", f"{TALK} may be written, for reminders")]


def test_nothing_is_said_of_reminders_that_are_off() -> None:
    assert reminders({}, report={"base": "Status"}) == []
    assert reminders({}, report=None) == []


def test_where_a_reminder_cannot_be_written() -> None:
    wiki = {"folder": "w", "write_under": ["Status"]}
    assert reminders({}, wiki=wiki) == [
        ("wrong", f"{TALK} may not be written; add it to wiki.write_under")
    ]
    [(state, text)] = reminders({TALK: "#REDIRECT [[User talk:Bo]]"})
    assert state == "wrong"
    assert text.startswith(f"{TALK}: nobody can be reminded there: it is a redirect")


def test_accounts_that_a_reminder_does_not_reach() -> None:
    accounts = {
        "Ana": Account("Ana", exists=False),
        "Bo": Account("Bo", exists=True, blocked=True),
    }
    assert reminders({}, accounts=accounts)[1:] == [
        ("wrong", "User:Ana does not exist; correct reminder or notify of the team"),
        ("wrong", "User:Bo is blocked and not reminded; change reminder or notify of the team"),
    ]
    assert len(reminders({}, accounts={})) == 1
