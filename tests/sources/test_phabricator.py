"""Phabricator's answers → tickets, or the reason for each project."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
import requests
import responses
from hypothesis import given
from hypothesis import strategies as st
from responses.registries import OrderedRegistry

from tests.sources.pretend import (
    QUICK,
    TOKEN,
    URL,
    WEEK,
    Json,
    PretendPhabricator,
    at,
    envelope,
    question,
    recorded,
    task,
)
from wikibot import __version__
from wikibot.model import Lack, LackKind, Ticket, Tickets
from wikibot.period import Period
from wikibot.sources.conduit import _spellings
from wikibot.sources.phabricator import check, fetch

PHID = "PHID-PROJ-example"


def fetched(*slugs: str, period: Period = WEEK, **options: Any) -> Tickets:
    given: dict[str, Any] = {"url": URL, "token": TOKEN, "limits": QUICK} | options
    return fetch(slugs, period=period, **given)


def answering(phabricator: PretendPhabricator, *slugs: str, **options: Any) -> Tickets:
    """What is learnt from ``phabricator``, which answers all that it is asked."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in ("project.search", "maniphest.search", "user.search"):
            mock.add_callback(responses.POST, f"{URL}/api/{method}", callback=phabricator)
        return fetched(*slugs, **options)


def of_one_project(*tasks: Json, **options: Any) -> tuple[Ticket, ...]:
    phabricator = PretendPhabricator({"atlas": PHID}, {PHID: tasks})
    tickets = answering(phabricator, "atlas", **options)
    assert tickets.problems == {}
    return tickets.found["atlas"]


@pytest.fixture
def answers() -> Iterator[responses.RequestsMock]:
    """Answers in the order in which they are expected to be asked for."""
    with responses.RequestsMock(registry=OrderedRegistry) as mock:
        yield mock


def add(answers: responses.RequestsMock, method: str, body: Any, **options: Any) -> None:
    answers.post(f"{URL}/api/{method}", body=body, **options)


def the_problem(tickets: Tickets, kind: LackKind, slug: str = "atlas") -> str:
    assert tickets.found == {}
    assert set(tickets.problems) == {slug}
    assert tickets.problems[slug].kind == kind
    return tickets.problems[slug].why


# --- what is found ------------------------------------------------------------------------------


def test_two_projects(answers: responses.RequestsMock) -> None:
    add(answers, "project.search", recorded("projects"))
    add(answers, "maniphest.search", recorded("atlas-1"))
    add(answers, "maniphest.search", recorded("atlas-2"))
    add(answers, "maniphest.search", recorded("map-data"))
    add(answers, "user.search", recorded("users"))
    assert fetched("atlas", "cartography", "nowhere") == Tickets(
        found={
            "atlas": (
                Ticket(90, "Legend of the relief map", "ana-example", "closed"),
                Ticket(120, "Labels [[overlap]] <b>in</b> {{big}} cities", "", "opened"),
                Ticket(117, "Tiles load slowly", "bo-example", "stalled"),
                Ticket(88, "Zoom by keyboard", "bo-example", "changed"),
            ),
            "cartography": (),  # another slug of “map-data”
        },
        problems={
            "nowhere": Lack(
                "project",
                "https://phabricator.example has no project of that name that the bot may see;"
                " correct phabricator of the team.",
            )
        },
    )
    atlas = {"projects": ["PHID-PROJ-exampleatlas00000000"], "modifiedStart": at("2026-11-16")}
    usual = {"order": "newest", "limit": 100}
    asked = [question(call.request.body) for call in answers.calls]
    assert asked[0] == {"constraints": {"slugs": ["atlas", "cartography", "nowhere"]}} | usual
    assert asked[1] == {"constraints": atlas} | usual
    assert asked[2] == {"constraints": atlas, "after": "117"} | usual
    assert asked[4] == {
        "constraints": {
            "phids": ["PHID-USER-exampleana0000000000", "PHID-USER-examplebo00000000000"]
        }
    }


def test_a_slug_that_no_map_has_is_looked_for_among_the_primary_ones(
    answers: responses.RequestsMock,
) -> None:
    projects = json.loads(recorded("projects"))
    projects["result"]["maps"] = []  # as PHP writes an empty map
    add(answers, "project.search", json.dumps(projects))
    add(answers, "maniphest.search", recorded("map-data"))
    assert fetched("map-data").found == {"map-data": ()}


def test_no_project_of_that_name(answers: responses.RequestsMock) -> None:
    add(answers, "project.search", recorded("no-projects"))
    assert "no project of that name" in the_problem(fetched("atlas"), "project")


def test_slugs_are_asked_about_by_the_hundred_and_a_project_once() -> None:
    slugs = [f"slug-{number}" for number in range(150)]
    phabricator = PretendPhabricator(dict.fromkeys(slugs, PHID), {PHID: [task(1)]})
    tickets = answering(phabricator, *slugs, *slugs)
    assert tickets.found == dict.fromkeys(slugs, (Ticket(1, "Task 1", "", "changed"),))
    methods = [method for method, _ in phabricator.asked]
    assert methods == ["project.search", "project.search", "maniphest.search"]


def test_owners_are_asked_about_by_the_hundred_and_once_for_all_projects() -> None:
    users = {f"PHID-USER-{number:03}": f"user-{number}-example" for number in range(150)}
    tasks = [task(number, ownerPHID=phid) for number, phid in enumerate(users, 1)]
    phabricator = PretendPhabricator(
        {"atlas": "PHID-PROJ-1", "delivery": "PHID-PROJ-2"},
        {"PHID-PROJ-1": tasks, "PHID-PROJ-2": tasks},
        users,
    )
    tickets = answering(phabricator, "atlas", "delivery")
    assert [ticket.owner for ticket in tickets.found["delivery"]] == list(users.values())
    assert [method for method, _ in phabricator.asked].count("user.search") == 2


def test_nothing_is_asked_about_no_slugs_or_without_a_token() -> None:
    assert fetched() == Tickets()
    assert the_problem(fetched("atlas", token=" \n"), "token") == (
        "WIKIBOT_PHABRICATOR_TOKEN is not set; put an API token of https://phabricator.example"
        " there."
    )


def test_who_asks(answers: responses.RequestsMock) -> None:
    add(answers, "project.search", recorded("no-projects"))
    fetched("atlas", contact="https://wiki.example/w/index.php?title=User:RosterBot")
    assert answers.calls[0].request.headers["User-Agent"] == (
        f"wikibot/{__version__} (https://wiki.example/w/index.php?title=User:RosterBot)"
        f" requests/{requests.__version__}"
    )


# --- whether there would be an answer -----------------------------------------------------------


def test_only_projects_are_asked_for(answers: responses.RequestsMock) -> None:
    add(answers, "project.search", recorded("projects"))
    lacks = check(["atlas", "nowhere", "cartography"], url=URL, token=TOKEN, limits=QUICK)
    assert {slug: lack.kind for slug, lack in lacks.items()} == {"nowhere": "project"}


def test_what_keeps_all_projects_from_being_asked_for(answers: responses.RequestsMock) -> None:
    add(answers, "project.search", recorded("invalid-token").replace("TOKEN", TOKEN))
    lacks = check(["atlas", "nowhere"], url=URL, token=TOKEN, limits=QUICK)
    assert {slug: lack.kind for slug, lack in lacks.items()} == {
        "atlas": "token",
        "nowhere": "token",
    }
    assert check(["atlas"], url=URL, token="\n")["atlas"].kind == "token"


# --- what became of a task ----------------------------------------------------------------------

BEFORE, FIRST = at("2026-11-15 23:59:59"), at("2026-11-16 00:00:00")
LAST, AFTER = at("2026-11-22 23:59:59"), at("2026-11-23 00:00:00")
STALLED = {"value": "stalled", "name": "Stalled", "color": None}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"dateClosed": BEFORE, "dateModified": BEFORE}, None),
        ({"dateClosed": BEFORE}, "changed"),
        ({"dateClosed": FIRST}, "closed"),
        ({"dateClosed": LAST}, "closed"),
        ({"dateClosed": LAST, "dateModified": AFTER}, "closed"),
        ({"dateClosed": AFTER, "dateModified": AFTER}, None),
        ({"dateClosed": LAST, "dateCreated": FIRST}, "closed"),
        ({"dateClosed": AFTER, "dateCreated": LAST, "dateModified": AFTER}, "opened"),
        ({"dateCreated": BEFORE}, "changed"),
        ({"dateCreated": FIRST}, "opened"),
        ({"dateCreated": LAST, "dateModified": AFTER}, "opened"),
        ({"dateCreated": AFTER, "dateModified": AFTER}, None),
        ({"dateCreated": FIRST, "status": STALLED}, "opened"),
        ({"dateModified": BEFORE}, None),
        ({"dateModified": FIRST}, "changed"),
        ({"dateModified": LAST}, "changed"),
        ({"dateModified": AFTER}, None),
        ({"dateModified": FIRST, "status": STALLED}, "stalled"),
        ({"dateModified": AFTER, "status": STALLED}, None),
    ],
)
def test_the_borders_of_the_period(fields: Json, kind: str | None) -> None:
    assert [ticket.kind for ticket in of_one_project(task(1, **fields))] == ([kind] if kind else [])


def test_a_task_that_changes_while_it_is_read_is_told_once_as_it_was_last() -> None:
    earlier, later = task(1, name="Before"), task(1, name="After", dateModified=LAST)
    expected = (Ticket(1, "After", "", "changed"), Ticket(2, "Task 2", "", "changed"))
    assert of_one_project(earlier, task(2), later) == expected
    assert of_one_project(later, task(2), earlier) == expected


@given(st.data())
def test_the_order_of_the_answers_does_not_matter(data: st.DataObject) -> None:
    owners = {f"PHID-USER-{name}": f"{name}-example" for name in ("ana", "bo")}
    moments = st.sampled_from([BEFORE, FIRST, LAST, AFTER])
    tasks = data.draw(
        st.lists(
            st.builds(
                task,
                st.integers(1, 30),
                ownerPHID=st.sampled_from([None, *owners]),
                dateCreated=moments,
                dateModified=moments,
                dateClosed=st.none() | moments,
                status=st.sampled_from([STALLED, {"value": "open"}]),
            ),
            unique_by=lambda drawn: drawn["id"],
            max_size=12,
        )
    )

    def told(tasks: list[Json], slugs: list[str], page: int) -> Tickets:
        projects = {"atlas": PHID, "delivery": PHID}
        phabricator = PretendPhabricator(projects, {PHID: tasks}, owners, page)
        return answering(phabricator, *slugs)

    straight = told(tasks, ["atlas", "delivery"], 100)
    shuffled = told(data.draw(st.permutations(tasks)), ["delivery", "atlas"], 3)
    assert straight == shuffled
    assert set(straight.found) == {"atlas", "delivery"}


# --- owners that cannot be learnt ---------------------------------------------------------------


def test_tasks_are_told_without_owners_when_only_these_are_refused(
    answers: responses.RequestsMock, caplog: pytest.LogCaptureFixture
) -> None:
    add(answers, "project.search", recorded("projects"))
    add(answers, "maniphest.search", recorded("atlas-2"))
    refusal = {"result": None, "error_code": "ERR-CONDUIT-CORE", "error_info": "No\nidea."}
    add(answers, "user.search", json.dumps(refusal))
    tickets = fetched("atlas").found["atlas"]
    assert [(ticket.number, ticket.owner) for ticket in tickets] == [(90, ""), (88, "")]
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "Phabricator tasks of 2 people are told without whom they are assigned to:"
        " https://phabricator.example refused user.search (ERR-CONDUIT-CORE: No idea.); if the"
        " next run says so, too, ask its administrators."
    ]


def test_an_owner_that_phabricator_does_not_name(caplog: pytest.LogCaptureFixture) -> None:
    phabricator = PretendPhabricator({"atlas": PHID}, {PHID: [task(1, ownerPHID="PHID-USER-x")]})
    tickets = answering(phabricator, "atlas")
    assert tickets.found == {"atlas": (Ticket(1, "Task 1", "", "changed"),)}
    assert "of 1 people are told without" in caplog.text


# --- answers that cannot be used ----------------------------------------------------------------


def without(fields: Json, name: str) -> Json:
    return {**fields, "fields": {k: v for k, v in fields["fields"].items() if k != name}}


@pytest.mark.parametrize(
    ("malformed", "said"),
    [
        ({}, "data.0.id: Field required"),
        ({"id": 1}, "data.0.fields: Field required"),
        ("T1", "data.0: Input should be a valid dictionary"),
        ({**task(1), "id": "1"}, "data.0.id: Input should be a valid integer"),
        ({**task(1), "id": True}, "data.0.id: Input should be a valid integer"),
        ({**task(1), "id": 0}, "data.0.id: Input should be greater than 0"),
        (task(1, name=None), "data.0.fields.name: Input should be a valid string"),
        (task(1, status="open"), "data.0.fields.status: Input should be a valid dictionary"),
        (task(1, dateModified="1"), "data.0.fields.dateModified: Input should be a valid integer"),
        (task(1, dateCreated=1.5), "data.0.fields.dateCreated: Input should be a valid integer"),
        (task(1, ownerPHID=7), "data.0.fields.ownerPHID: Input should be a valid string"),
        *((without(task(1), name), f"{name}: Field required") for name in task(1)["fields"]),
    ],
)
def test_a_malformed_task_is_a_problem_of_its_project_only(malformed: Any, said: str) -> None:
    phabricator = PretendPhabricator(
        {"atlas": "PHID-PROJ-1", "delivery": "PHID-PROJ-2"},
        {"PHID-PROJ-1": [malformed], "PHID-PROJ-2": [task(1)]},
    )
    tickets = answering(phabricator, "atlas", "delivery")
    assert set(tickets.found) == {"delivery"}
    assert set(tickets.problems) == {"atlas"}
    assert tickets.problems["atlas"].kind == "strange"
    assert tickets.problems["atlas"].why.startswith(
        "https://phabricator.example answered maniphest.search with what the bot"
        " does not understand ("
    )
    assert said in tickets.problems["atlas"].why


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b"null",
        b"7",
        b'"text"',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"result": [], "error_code": null}',
        b'{"result": {"data": [], "maps": {}}, "error_code": null}',
        b'{"result": {"data": {}, "cursor": {"after": null}}, "error_code": null}',
        b'{"result": {"data": [], "cursor": {"after": []}}, "error_code": null}',
        b'{"result": {"data": [], "cursor": {"after": ' + b"9" * 5000 + b"}}}",
        b'{"result": {"data": [{"phid": 1, "fields": {"slug": "a"}}], "cursor": {"after": null}}}',
        b'{"result": {"data": [{"phid": "a", "fields": {}}], "cursor": {"after": null}}}',
        b'{"result": {"data": [], "maps": {"slugMap": {"a": 1}}, "cursor": {"after": null}}}',
        b'{"result": null, "error_code": {}, "error_info": null}',
        recorded("projects").encode()[:-40],
    ],
    ids=lambda body: repr(body[:60]),
)
def test_an_answer_of_another_shape(answers: responses.RequestsMock, body: bytes) -> None:
    add(answers, "project.search", body)
    assert "answered project.search with what the bot does not understand" in the_problem(
        fetched("atlas"), "strange"
    )


def test_a_long_complaint_of_the_server_is_cut(answers: responses.RequestsMock) -> None:
    refusal = {"result": None, "error_code": "ERR-CONDUIT-CORE", "error_info": "x " * 100_000}
    add(answers, "project.search", json.dumps(refusal))
    assert len(the_problem(fetched("atlas"), "refused")) < 400


# --- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("cursor", ["117", "", 117])
def test_a_cursor_that_comes_back(answers: responses.RequestsMock, cursor: object) -> None:
    page = json.dumps(envelope({"data": [task(1)], "cursor": {"after": cursor}}))
    add(answers, "project.search", recorded("projects"))
    add(answers, "maniphest.search", page)
    add(answers, "maniphest.search", page)
    assert the_problem(fetched("atlas"), "strange") == (
        "https://phabricator.example gives the same page of maniphest.search again and again."
    )


def test_a_project_with_too_many_tasks() -> None:
    phabricator = PretendPhabricator({"atlas": PHID}, {PHID: [task(n) for n in range(1, 5)]})
    phabricator.page = 1
    tickets = answering(phabricator, "atlas", limits=replace(QUICK, pages=3))
    assert the_problem(tickets, "many") == (
        "more than 300 tasks have changed since 2026-11-16; name a smaller project in phabricator"
        " of the team."
    )
    assert len(phabricator.asked) == 1 + 3


def test_half_of_the_pages_is_nothing(answers: responses.RequestsMock) -> None:
    add(answers, "project.search", recorded("projects"))
    add(answers, "maniphest.search", recorded("atlas-1"))
    add(answers, "maniphest.search", "")
    assert "answered maniphest.search with nothing" in the_problem(fetched("atlas"), "silent")


# --- attempts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_is_asked_again(answers: responses.RequestsMock, status: int) -> None:
    headers = {"Retry-After": "7", "Content-Type": "text/plain"}
    for _ in range(QUICK.retries):
        add(answers, "project.search", "Slow down.", status=status, headers=headers)
    add(answers, "project.search", recorded("projects"))
    add(answers, "maniphest.search", recorded("map-data"))
    assert fetched("atlas") == Tickets(found={"atlas": ()})


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (429, "wants to be asked less (HTTP 429)"),
        (500, "is out of order (HTTP 500)"),
        (503, "is out of order (HTTP 503)"),
    ],
)
def test_what_stays_is_a_problem(answers: responses.RequestsMock, status: int, said: str) -> None:
    for _ in range(QUICK.retries + 1):
        add(answers, "project.search", "Slow down.", status=status)
    assert said in the_problem(fetched("atlas"), "silent")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (204, "strange"),
        (400, "strange"),
        (401, "refused"),
        (403, "refused"),
        (404, "strange"),
        (501, "silent"),
    ],
)
def test_any_other_status_is_not_asked_again(
    answers: responses.RequestsMock, status: int, kind: LackKind
) -> None:
    add(answers, "project.search", "", status=status)
    assert f"HTTP {status}" in the_problem(fetched("atlas"), kind)


def test_the_others_are_not_tried_when_the_server_is_down(answers: responses.RequestsMock) -> None:
    add(answers, "project.search", recorded("projects"))
    add(answers, "maniphest.search", requests.ConnectionError("it was unplugged"))
    tickets = fetched("atlas", "cartography", "nowhere")
    assert tickets.found == {}
    assert tickets.problems["nowhere"].kind == "project"
    said = Lack(
        "silent",
        "https://phabricator.example did not answer (it was unplugged); the next run asks again,"
        " look at url of [phabricator] if it stays so.",
    )
    assert (tickets.problems["atlas"], tickets.problems["cartography"]) == (said, said)


def test_projects_that_were_learnt_stay_when_the_server_goes_down(
    answers: responses.RequestsMock,
) -> None:
    add(answers, "project.search", recorded("projects"))
    add(answers, "maniphest.search", recorded("map-data"))
    add(answers, "maniphest.search", "<html>Out of memory</html>")
    tickets = fetched("atlas", "cartography")
    assert tickets.found == {"atlas": ()}
    assert "with a web page instead of JSON" in tickets.problems["cartography"].why


@pytest.mark.parametrize("seconds", [50, 70])
def test_the_time_for_all_questions_together(seconds: int) -> None:
    now = 1000.0

    class Slow(PretendPhabricator):
        def answer(self, method: str, params: Json) -> Json:
            nonlocal now
            now += seconds
            return super().answer(method, params)

    phabricator = Slow({"atlas": "PHID-PROJ-1", "delivery": "PHID-PROJ-2"})
    tickets = answering(phabricator, "atlas", "delivery", clock=lambda: now)
    assert len(phabricator.asked) == 120 // seconds + 1
    assert set(tickets.found) == ({"atlas"} if seconds == 50 else set())
    assert tickets.problems["delivery"] == Lack(
        "silent",
        "https://phabricator.example took more than 120 seconds for all questions together; the"
        " next run asks again.",
    )


# --- the token ----------------------------------------------------------------------------------

SPELLINGS = [
    TOKEN,
    "api-example%2F%2B0123456789abcdefghi",
    "api%2Dexample%2f%2b0123456789abcdefghi",
    r"api-example\/+0123456789abcdefghi",
    r"api\u002Dexample\u002f\u002b0123456789abcdefghi",
    "api&#45;example&#x2F;&#43;0123456789abcdefghi",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_token_is_told_by_nobody(
    answers: responses.RequestsMock, caplog: pytest.LogCaptureFixture, spelling: str
) -> None:
    caplog.set_level(logging.DEBUG)
    refusal = json.loads(recorded("invalid-token").replace("TOKEN", "?"))
    refusal["error_info"] = f"{'word ' * 32}“{spelling}” is not valid, {spelling}."
    add(answers, "project.search", json.dumps(refusal))
    problem = the_problem(fetched("atlas"), "token")
    assert "does not accept the token (ERR-INVALID-AUTH: " in problem
    assert problem.endswith("put a new one into WIKIBOT_PHABRICATOR_TOKEN.")
    assert "***" in problem
    assert "0123" not in problem + caplog.text
    assert "api" not in problem.replace(URL, "").lower()


def test_a_token_that_is_refused_is_refused_for_all(answers: responses.RequestsMock) -> None:
    add(answers, "project.search", recorded("invalid-token").replace("TOKEN", TOKEN))
    slugs = [f"slug-{number}" for number in range(150)]
    tickets = fetched(*slugs)
    assert set(tickets.problems) == set(slugs)
    assert set(tickets.problems.values()) == {
        Lack(
            "token",
            "https://phabricator.example does not accept the token (ERR-INVALID-AUTH: API token"
            ' "***" is not valid.); put a new one into WIKIBOT_PHABRICATOR_TOKEN.',
        )
    }


@pytest.mark.parametrize(
    ("place", "kind"),
    [("Location", "strange"), ("exception", "silent"), ("error_code", "refused")],
)
def test_the_token_in_odd_places(
    answers: responses.RequestsMock, caplog: pytest.LogCaptureFixture, place: str, kind: LackKind
) -> None:
    caplog.set_level(logging.DEBUG)
    match place:
        case "Location":
            headers = {"Location": f"https://else.example/?token={TOKEN}"}
            add(answers, "project.search", "", status=302, headers=headers)
        case "exception":
            add(answers, "project.search", requests.ConnectionError(f"cannot send {TOKEN}"))
        case "error_code":
            add(answers, "project.search", json.dumps({"error_code": f"ERR {TOKEN}"}))
    problem = the_problem(fetched("atlas"), kind)
    assert "***" in problem
    assert TOKEN not in problem + caplog.text


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_any_token_is_found_however_it_is_written(token: str) -> None:
    secret = _spellings(token)
    assert secret.search(f"API token “{token}” is not valid.")
    assert secret.fullmatch(json.dumps(token)[1:-1])
    assert secret.fullmatch(json.dumps(json.dumps(token)[1:-1])[1:-1])
    assert secret.fullmatch(quote(token, safe=""))
    assert secret.fullmatch("".join(f"%{ord(char):02X}" for char in token))


def test_looking_for_the_token_is_quick_in_any_text() -> None:
    secret = _spellings(TOKEN)
    for odd in ("\\" * 10**6, "&#" + "0" * 10**6, "api-" * 10**5, "%" * 10**6):
        assert secret.sub("***", odd) == odd
