"""Reports as a mail and as JSON."""

import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.offices import UPDATES, configured, directory, team, update
from wikibot.directory import World
from wikibot.messages import load
from wikibot.model import Finding, Lack, LackKind, Page, Ticket, Tickets
from wikibot.printing import as_json
from wikibot.reports.data import as_data
from wikibot.reports.problems import Problem
from wikibot.reports.rollup import RollUp
from wikibot.reports.telling import as_mail, problem, tell
from wikibot.reports.weekly import Report

URL = "https://wiki.example/wiki/Office/Status/2026-W47"
HEADERS = [
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
]
GOALS = """== Search ==
{| class="wikitable"
! Goal !! Owner !! Status !! Due
|-
| Find [[all]] of it || Ana || late || 2026-12-15
|-
| Rest || || ||
|}
"""
CONFIG = configured(
    [
        team("Search", phabricator=["search"], goals=["Office/Goals"]),
        team("Map Data"),
        team("Print"),
    ],
    phabricator={"url": "https://phabricator.example"},
)
ROSTER = "== Team ==\n* [[User:Ana R|Ana Ruiz]], {}\n"
WORLD = World(
    history={
        "Office/Search": (
            Page("Office/Search", ROSTER.format("Clerk"), 1),
            Page("Office/Search", ROSTER.format("Chair") + "* Bo Lind, Clerk\n", 2),
        )
    },
    tickets=Tickets(
        found={"search": (Ticket(7, "Index  is\nlate", "ana", "closed"),)},
        problems={"x": Lack("refused", "It said no.")},
    ),
)
PAGES = {
    "Office/Goals": GOALS,
    UPDATES: update("Search", "2026-11-11", health="green", blocked_by="Print: paper")
    + update("Search", "2026-11-17", done="early '''thing'''")
    + update(
        "Search",
        "2026-11-20",
        health="red",
        headline="[[Index|The index]] is '''late'''",
        done="\n* ''New'' words &amp; [https://x.example more]\n* Second",
        next="Third",
        blocked_by="\n* Map Data: new [[tiles]]\n* the town: papers",
        risks="Frost",
    )
    + update("Map Data", "2026-11-12", blocking="Search: tiles")
    + update("Ferries", "2026-11-20")
    + update("Print", "soon"),
}
FINDING = Finding("role-vacant", "error", "Office/Roles", "", 3, "x")


def told(period: str = "2026-W47", **more: Any) -> Report | RollUp:
    found = directory({**PAGES, **more}, week=period, config=CONFIG, world=WORLD)
    return tell(found, [FINDING])


def mail(period: str = "2026-W47", *, language: str = "en", **more: Any) -> list[str]:
    return list(as_mail(told(period, **more), words=load(language), url=URL))


def received(lines: list[str]) -> EmailMessage:
    """The mail as who gets it has it."""
    return message_from_bytes("\n".join([*lines, ""]).encode(), policy=policy.default)


def part(lines: list[str], heading: str) -> list[str]:
    """The lines below a heading, up to the next empty line."""
    start = lines.index(heading) + 2
    assert lines[start - 1] == "-" * len(heading)
    return lines[start : lines.index("", start) if "" in lines[start:] else None]


# --- mail -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "subject"),
    [
        ("2026-W47", "Status report for 2026-W47, 16 November 2026 to 22 November 2026"),
        ("2026-11", "Status report for the month 2026-11, 1 November 2026 to 30 November 2026"),
        (
            "FY2026-27 Q2",
            "Status report for the quarter FY2026-27 Q2, 1 October 2026 to 31 December 2026",
        ),
    ],
)
def test_a_mail_begins_with_its_headers_an_empty_line_and_the_address(
    period: str, subject: str
) -> None:
    assert mail(period)[:6] == [f"Subject: {subject}", *HEADERS, "", URL]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("period", ["2026-W47", "2026-11", "FY2026-27 Q2"])
def test_a_mail_is_received_as_it_was_meant(period: str, language: str) -> None:
    lines, report, words = mail(period, language=language), told(period).period, load(language)
    found = received(lines)
    assert found["Subject"] == words(
        f"report-title-{report.kind}",
        period=period,
        first=words.date(report.first),
        last=words.date(report.last),
    )
    assert found.keys() == ["Subject", *(line.split(":")[0] for line in HEADERS)]
    assert found.get_content_type() == "text/plain"
    assert not found.defects
    assert found.get_content().split("\n") == [*lines[lines.index("") + 1 :], ""]


def test_what_changed_in_a_week() -> None:
    assert part(mail(), "What changed since 2026-W46") == [
        "* Search: on track → off track",
        "* New blocker: Search waits for somebody outside: the town: papers",
        "* Not a blocker any more: Search waits for Print: paper",
    ]


def test_blockers_have_their_age_and_who_names_them_if_only_one_does() -> None:
    assert part(mail(), "Blockers") == [
        "* Search waits for Map Data: new tiles (2 weeks)",
        "* Search waits for somebody outside: the town: papers (1 week)",
    ]
    page = update("Search", "2026-11-13", blocked_by="\n* Print: paper\n* Map Data")
    assert part(mail(**{UPDATES: page}), "Blockers") == [
        "* Search waits for Map Data (2 weeks, named only by Search, no news",
        "  since 2026-W46)",
        "* Search waits for Print: paper (2 weeks, named only by Search, no news",
        "  since 2026-W46)",
    ]


def test_a_team_has_all_that_it_said_and_what_others_say_of_it() -> None:
    assert part(mail(), "Search (off track): The index is late") == [
        "Done",
        "* New words & more",
        "* Second",
        "Next",
        "* Third",
        "Blocked by",
        "* Map Data: new tiles",
        "* the town: papers",
        "Risks",
        "* Frost",
        "Closed: 1",
        "* T7 Index is late (ana)",
        "Earlier in the week: 17 November 2026",
        "Done",
        "* early thing",
    ]
    assert part(mail(), "Map Data (no update)") == ["Blocking", "* Search: new tiles"]


def test_what_one_side_names_is_marked_in_the_sections_too() -> None:
    lines = mail(**{UPDATES: update("Search", "2026-11-20", blocked_by="Print: paper")})
    assert part(lines, "Search (not stated)")[:2] == [
        "Blocked by",
        "* Print: paper (named only by Search)",
    ]
    assert part(lines, "Print (no update)") == [
        "Blocking",
        "* Search: paper (named only by Search)",
    ]


def test_a_word_for_health_that_means_nothing_is_told_as_it_is() -> None:
    lines = mail(**{UPDATES: update("Print", "2026-11-20", health="so-so")})
    assert "Print (so-so)" in lines


def test_what_else_a_week_tells() -> None:
    lines = mail()
    assert part(lines, "Missing updates") == [
        "* Map Data, expected on Office/Updates; last update of 12 November 2026",
        "* Print, expected on Office/Updates",
    ]
    assert part(lines, "People") == [
        "* Ana Ruiz (Search): Clerk → Chair",
        "* Bo Lind joined Search",
    ]
    assert part(lines, "Open findings") == ["* Office/Roles, line 3: nobody holds a role"]
    assert part(lines, "Updates of unknown teams") == ["* Ferries, on Office/Updates"]
    assert part(lines, "What is missing from this report") == [
        "* Office/Updates, line 25: the date “soon” cannot be read; write it as",
        "  YYYY-MM-DD.",
        "* Tasks of the Phabricator project x: Phabricator refused to answer.",
    ]


def test_a_month_tells_goals_blockers_and_teams() -> None:
    lines = mail("2026-11")
    assert part(lines, "Goals") == [
        "* Search: Find all of it (Ana, late, 15 December 2026)",
        "* Search: Rest",
    ]
    assert part(lines, "Blockers that are gone") == [
        "* Search waits for Print: paper (named for 1 week, for the last time in",
        "  2026-W46)",
    ]
    assert part(lines, "Search (off track): The index is late")[:5] == [
        "Reported in 2 of 4 weeks",
        "Done",
        "* early thing (2026-W47)",
        "* New words & more (2026-W47)",
        "* Second (2026-W47)",
    ]
    assert part(lines, "Missing updates") == ["* Print"]


def test_the_overview_has_a_line_for_each_team_before_all_else() -> None:
    assert mail()[7] == "Overview, 2026-W47"
    assert part(mail(), "Overview, 2026-W47") == [
        "* Search: off track  ––––––✔✖",
        "* Map Data: no update  ––––––○–",
        "* Print: no update  ––––––––",
    ]
    assert mail("2026-11")[7] == "Overview, 2026-11"
    assert part(mail("2026-11"), "Overview, 2026-11") == [
        "* Search: off track  –✔✖–",
        "* Map Data: not stated  –○––",
        "* Print: no update  ––––",
    ]


def test_the_overview_is_in_the_order_of_the_configuration() -> None:
    lines = mail(**{UPDATES: update("Print", "2026-11-20", health="so-so")})
    assert part(lines, "Overview, 2026-W47") == [
        "* Search: no update  ––––––––",
        "* Map Data: no update  ––––––––",
        "* Print: so-so  –––––––○",
    ]


def test_earlier_updates_are_told_whole_unless_they_say_nothing() -> None:
    page = (
        update(
            "Print",
            "2026-11-16",
            health="green",
            headline="Ink",
            done="Black",
            next="Red",
            blocked_by="Map Data: tiles",
            blocking="Search: paper",
            risks="Dust",
        )
        + update("Print", "2026-11-17")
        + update("Print", "2026-11-18", health="so-so")
        + update("Print", "2026-11-20", health="red")
    )
    assert part(mail(**{UPDATES: page}), "Print (off track)") == [
        "Earlier in the week: 18 November 2026 (so-so)",
        "Earlier in the week: 16 November 2026 (on track): Ink",
        "Done",
        "* Black",
        "Next",
        "* Red",
        "Blocked by",
        "* Map Data: tiles",
        "Blocking",
        "* Search: paper",
        "Risks",
        "* Dust",
    ]


def test_parts_without_anything_to_say_are_not_there() -> None:
    found = directory({}, config=configured([team("Search", reports=False)]))
    assert len(list(as_mail(tell(found, []), words=load("en"), url=URL))) == 6


def test_a_page_of_several_teams_that_cannot_be_read_is_told_once() -> None:
    lines = mail(**{UPDATES: Page(UPDATES, problem="hidden")})
    assert sum("cannot be read" in line for line in lines) == 1


def test_in_german() -> None:
    lines = mail(language="de")
    title = "Statusbericht für 2026-W47, 16. November 2026 bis 22. November 2026"
    assert received(lines)["Subject"] == title
    assert all(line.isascii() for line in lines[: lines.index("")])
    lines = mail(
        language="de", **{UPDATES: update("Search", "2026-11-20", blocked_by="Print: Papier")}
    )
    assert "* Search wartet auf Print: Papier (1 Woche, nur von Search genannt)" in lines


def test_no_english_word_of_ours_is_left_in_german() -> None:
    ours = set(mail()) & set(mail(language="de"))
    said = {*HEADERS, "* New words & more", "* Second", "* Third", "* Frost"}
    said |= {"* early thing", "* T7 Index is late (ana)", "* Ana Ruiz (Search): Clerk → Chair"}
    said |= {"* Map Data: new tiles", "* Search: new tiles", "* the town: papers"}
    assert {line for line in ours if line.strip("-")} == said | {URL}


KINDS = ("page", "no-date", "bad-date", "half", "phabricator", "history")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_problem_is_a_sentence(kind: Any, language: str) -> None:
    lack: LackKind | None = "silent" if kind == "phabricator" else None
    found = Problem(kind, "Somewhere", 3, "what", "Nobody answers.", ("maps",), lack)
    said = problem(found, load(language))
    assert said.endswith(".")
    assert "%(" not in said


# --- much to tell ---------------------------------------------------------------------------------


def test_long_lists_and_entries_are_cut_short() -> None:
    done = "".join(f"\n* thing {number}" for number in range(60))
    page = update("Print", "2026-11-20", done=done, risks="word " * 20_000, headline="up " * 900)
    lines = mail(**{UPDATES: page})
    start = lines.index("Done")
    assert lines[start + 50 : start + 52] == ["* thing 49", "* 10 more on Office/Updates"]
    risks = " ".join(lines[lines.index("Risks") + 1 : lines.index("Risks") + 20])
    assert 900 < len(risks.split("…")[0]) < 1100
    assert sum(len(line) for line in lines) < 6000


@pytest.mark.parametrize("period", ["2026-W47", "2026-11"])
def test_whatever_a_department_of_200_teams_says_a_mail_stays_short_enough(period: str) -> None:
    names = [f"Team {number}" for number in range(200)]
    config = configured([team(name) for name in names])
    much = "".join(f"\n* {number} {'ä' * 300}" for number in range(20))
    page = "".join(
        update(name, "2026-11-20", headline="x" * 2000, done=much, risks=much, blocked_by=much)
        for name in names
    )
    found = tell(directory({UPDATES: page}, week=period, config=config), [])
    lines = list(as_mail(found, words=load("en"), url=URL))
    assert len("\n".join(lines).encode()) < 201_000
    assert all(any(line.startswith(f"* {name}: ") for line in lines) for name in names)


@pytest.mark.parametrize("letter", ["x", "ä", "🚧"])
def test_no_line_is_longer_than_a_mail_may_have(letter: str) -> None:
    page = update("Print", "2026-11-20", headline=letter * 5000, done=letter * 999)
    page += update(letter * 3000, "2026-11-20")
    lines = mail(**{UPDATES: page})
    assert max(len(line.encode()) for line in lines) <= 998
    assert letter * 999 in "".join(line.removeprefix("* ").strip() for line in lines)
    assert received(lines).get_content().splitlines() == lines[lines.index("") + 1 :]


def test_no_line_ends_the_mail_early() -> None:
    lines = mail(**{UPDATES: update("Print", "2026-11-20", headline=f"{'x' * 72} . {'x' * 72}")})
    assert "." not in lines
    assert " ." in lines


# --- laws of mails --------------------------------------------------------------------------------

words_ = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=90)
PROSE = st.lists(
    st.sampled_from(["a", "word", "rather-long-words", "[[Link|label]]", "'''bold'''", "x" * 80]),
    max_size=40,
).map(" ".join)


def wide(lines: list[str]) -> list[str]:
    """Lines that are longer than they may be; the subject is a header, and has no other line."""
    return [
        line
        for line in lines[lines.index("") :]
        if len(line) > 72 and len(line.removeprefix("* ").removeprefix("  ").split(" ")) > 1
    ]


@given(PROSE, PROSE, PROSE, st.sampled_from(["2026-W47", "2026-11"]), st.sampled_from(["en", "de"]))
def test_no_line_is_too_long_unless_it_is_one_word(
    one: str, two: str, three: str, period: str, language: str
) -> None:
    page = update("Search", "2026-11-20", headline=one, done=two, blocked_by=three, risks=one)
    page += update("Map Data", "2026-11-13", blocking=f"Search: {two}", next=three)
    lines = mail(period, language=language, **{UPDATES: page})
    assert wide(lines) == []
    assert not any("\n" in line or line != line.rstrip() for line in lines)


@given(PROSE, PROSE)
def test_what_people_write_as_markup_is_told_as_what_its_readers_see(one: str, two: str) -> None:
    page = update("Search", "2026-11-20", headline=one, done=two, blocked_by=f"Print: {two}")
    text = "\n".join(mail(**{UPDATES: page}))
    for mark in ("[[", "]]", "'''", "{{", "}}", "&#", "&amp;", "<"):
        assert mark not in text


# --- JSON -----------------------------------------------------------------------------------------

HEAD = {"kind", "period", "first", "last"}
WEEK_KEYS = HEAD | {
    "teams",
    "missing",
    "trend_weeks",
    "trend",
    "changes",
    "blockers",
    "people",
    "findings",
    "unknown",
    "problems",
}
MONTH_KEYS = HEAD | {"weeks", "teams", "missing", "goals", "blockers", "gone_blockers"}


def keys(data: Any) -> set[str]:
    """The paths of all keys, but for those that are names of teams."""
    found: set[str] = set()
    if isinstance(data, dict):
        for key, value in data.items():
            found |= {key} | {f"{key}.{more}" for more in keys(value) if key != "trend"}
    if isinstance(data, list):
        found = found.union(*(keys(each) for each in data))
    return found


@pytest.mark.parametrize(
    ("period", "wanted"),
    [("2026-W47", WEEK_KEYS), ("2026-11", MONTH_KEYS), ("FY2026-27 Q2", MONTH_KEYS)],
)
def test_keys_are_there_whether_or_not_they_have_anything_to_say(
    period: str, wanted: set[str]
) -> None:
    assert set(as_data(told(period))) == wanted
    nothing = as_data(tell(directory({}, week=period), []))
    assert set(nothing) == wanted
    to_come = as_data(tell(directory({}, week="2030-01", today=directory({}).today), []))
    assert set(to_come) == MONTH_KEYS


def test_all_teams_have_the_same_keys_silent_ones_too() -> None:
    data = as_data(told())
    (search, maps) = data["teams"]
    assert set(search) == set(maps)
    assert set(search["earlier"][0]) == set(search) - {
        "team",
        "earlier",
        "waits",
        "blocks",
        "tickets",
    }
    assert maps["date"] is maps["health"] is maps["headline"] is maps["page"] is None
    assert maps["done"] == maps["earlier"] == []


@pytest.mark.parametrize("period", ["2026-W47", "2026-11"])
def test_json_can_be_read_back_and_is_what_was_said(period: str) -> None:
    data = as_data(told(period))
    assert json.loads(as_json(data)) == data


def test_json_of_a_week_agrees_with_its_report() -> None:
    report = told()
    assert isinstance(report, Report)
    data = as_data(report)
    assert (data["kind"], data["period"]) == ("week", "2026-W47")
    assert (data["first"], data["last"]) == ("2026-11-16", "2026-11-22")
    assert [each["team"] for each in data["teams"]] == [each.team for each in report.teams]
    assert data["missing"] == [each.name for each in report.missing]
    assert data["trend"] == {name: list(trend) for name, trend in report.trend.items()}
    assert data["trend_weeks"][-1] == "2026-W47"
    for name, blockers in (
        ("blockers", report.blockers),
        ("new_blockers", report.new_blockers),
        ("gone_blockers", report.gone_blockers),
    ):
        found = data[name] if name == "blockers" else data["changes"][name]
        assert [(b["waiting"], b["on"], b["what"], b["named_by"], b["since"]) for b in found] == [
            (b.waiting or None, b.on or None, b.what.text, b.named_by, str(b.since))
            for b in blockers
        ]
    assert data["teams"][0]["blocked_by"] == ["Map Data: new tiles", "the town: papers"]
    assert [b["weeks"] for b in data["blockers"]] == [2, 1]
    (gone,) = data["changes"]["gone_blockers"]
    assert (gone["on"], gone["seen"], gone["weeks"]) == ("Print", "2026-W46", 1)
    assert data["changes"]["health"] == [
        {"team": "Search", "before": "on-track", "after": "off-track"}
    ]
    assert [(p["kind"], p["where"], p["projects"], p["lack"]) for p in data["problems"]] == [
        ("bad-date", UPDATES, [], None),
        ("phabricator", "", ["x"], "refused"),
    ]
    assert data["findings"] == [
        {"code": "role-vacant", "page": "Office/Roles", "section": "", "line": 3}
    ]
    assert data["unknown"] == [{"team": "Ferries", "page": UPDATES, "line": 23}]
    assert [person["kind"] for person in data["people"]] == ["title", "joined"]
    assert {person["username"] for person in data["people"]} == {"Ana R", None}


def test_json_of_a_month_agrees_with_its_report() -> None:
    report = told("2026-11")
    assert isinstance(report, RollUp)
    data = as_data(report)
    assert data["weeks"] == ["2026-W45", "2026-W46", "2026-W47", "2026-W48"]
    assert data["missing"] == ["Print"]
    search, maps = data["teams"]
    assert (search["team"], search["reported"], search["health"]) == ("Search", 2, "off-track")
    assert search["trend"] == [None, "on-track", "off-track", None]
    assert search["done"][0] == {"text": "early thing", "week": "2026-W47"}
    assert (search["open"], search["risks"]) == (["Third"], ["Frost"])
    assert (maps["headline"], maps["done"]) == (None, [])
    assert data["goals"] == [
        {
            "team": "Search",
            "page": "Office/Goals",
            "goal": "Find all of it",
            "owner": "Ana",
            "status": "late",
            "health": "at-risk",
            "due": "2026-12-15",
        },
        {
            "team": "Search",
            "page": "Office/Goals",
            "goal": "Rest",
            "owner": None,
            "status": None,
            "health": "unknown",
            "due": None,
        },
    ]
    assert [(b["on"], b["weeks"]) for b in data["blockers"]] == [("Map Data", 3), (None, 2)]
    assert [(b["on"], b["seen"], b["weeks"]) for b in data["gone_blockers"]] == [
        ("Print", "2026-W46", 1)
    ]


@given(st.dictionaries(st.sampled_from(["headline", "done", "blocked_by", "risks"]), words_))
def test_whatever_people_write_json_can_be_read_back(said: dict[str, str]) -> None:
    page = update("Search", "2026-11-20", **said)
    data = as_data(told(**{UPDATES: page}))
    assert json.loads(as_json(data)) == data
