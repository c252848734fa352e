"""What is said of a server that misbehaves, how often it is asked, and that the next run heals."""

import logging
from dataclasses import replace
from itertools import repeat
from types import SimpleNamespace

import pytest

from tests.sources import server as faults
from tests.sources.pretend import QUICK, TOKEN, WEEK
from tests.sources.server import Fault, Misbehaving
from wikibot.model import Lack, LackKind, Ticket, Tickets
from wikibot.sources.conduit import Limits
from wikibot.sources.phabricator import fetch

SLUGS = ("atlas", "delivery")
LEARNT = Tickets(
    found={
        "atlas": (Ticket(1, "Task 1", "ana-example", "changed"),),
        "delivery": (Ticket(2, "Task 2", "", "changed"),),
    }
)
SMALL = replace(QUICK, body=2**18, pages=5)
ATTEMPTS = SMALL.retries + 1
WHOLE = 4  # questions of a run in which all is well


def fetched(server: Misbehaving, limits: Limits = SMALL) -> Tickets:
    return fetch(SLUGS, period=WEEK, url=server.url, token=TOKEN, limits=limits)


@pytest.mark.parametrize(
    ("fault", "kind", "said", "requests"),
    [
        (faults.too_many_requests, "silent", "wants to be asked less (HTTP 429)", ATTEMPTS),
        (faults.odd_retry_after, "silent", "wants to be asked less (HTTP 429)", ATTEMPTS),
        (faults.internal_error, "silent", "is out of order (HTTP 500)", ATTEMPTS),
        (faults.html, "strange", "answered project.search with a web page instead of JSON", 1),
        (faults.cut_off_json, "strange", "does not understand (Invalid JSON: EOF while parsing", 1),
        (faults.cut_off_connection, "silent", "broke off while it answered project.search", 1),
        (faults.empty, "silent", "answered project.search with nothing", 1),
        (faults.close, "silent", "did not answer (Remote end closed connection without", ATTEMPTS),
        (faults.no_http, "silent", "did not answer (220 mail.example ESMTP", ATTEMPTS),
        (faults.huge, "strange", "answered project.search with more than 262144 bytes", 1),
        (
            faults.compressed_huge,
            "strange",
            "answered project.search with more than 262144 bytes",
            1,
        ),
        (faults.not_compressed, "silent", "broke off while it answered project.search", 1),
        (faults.infinite, "strange", "does not understand", 1),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_one_fault_at_every_request(
    local_server: Misbehaving,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
    kind: LackKind,
    said: str,
    requests: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    local_server.misbehave(repeat(fault))
    tickets = fetched(local_server)
    assert tickets.found == {}
    assert list(tickets.problems) == list(SLUGS)
    for lack in tickets.problems.values():
        assert (lack.kind, lack.why.count(said)) == (kind, 1)
    assert local_server.requests == requests
    assert TOKEN not in f"{tickets}{caplog.text}"
    local_server.misbehave([])
    assert fetched(local_server) == LEARNT
    assert local_server.requests == WHOLE


@pytest.mark.parametrize("fault", [faults.hang, faults.hang_within])
def test_a_server_that_hangs(local_server: Misbehaving, fault: Fault) -> None:
    local_server.misbehave(repeat(fault))
    tickets = fetched(local_server, replace(SMALL, read=0.1))
    assert tickets.found == {}
    for lack in tickets.problems.values():
        assert (lack.kind, "(timed out)" in lack.why) == ("silent", True)
    if fault is faults.hang:  # the other may hang before its headers are through, or after
        assert local_server.requests == ATTEMPTS
    local_server.misbehave([])
    assert fetched(local_server) == LEARNT


def test_nobody_listens(local_server: Misbehaving) -> None:
    with Misbehaving(local_server.phabricator) as gone:
        pass
    tickets = fetched(gone)
    assert tickets.problems == dict.fromkeys(
        SLUGS,
        Lack(
            "silent",
            f"{gone.url} did not answer (Connection refused); the next run asks again, look at url"
            " of [phabricator] if it stays so.",
        ),
    )


def test_the_token_is_not_carried_elsewhere(local_server: Misbehaving) -> None:
    with Misbehaving(local_server.phabricator) as elsewhere:
        local_server.misbehave(repeat(faults.redirect(f"{elsewhere.url}/api/project.search")))
        tickets = fetched(local_server)
        assert elsewhere.requests == 0
    assert local_server.requests == 1
    assert tickets.problems == dict.fromkeys(
        SLUGS,
        Lack(
            "strange",
            f"{local_server.url} sends the bot on to {elsewhere.url}/api/project.search, where it"
            " does not follow with its token; correct url of [phabricator].",
        ),
    )


def test_pages_without_end(local_server: Misbehaving) -> None:
    local_server.misbehave([faults.answer, *[faults.infinite] * SMALL.pages])
    tickets = fetched(local_server)
    assert tickets.found == {"delivery": LEARNT.found["delivery"]}
    assert tickets.problems["atlas"].kind == "many"
    assert "more than 500 tasks have changed since 2026-11-16" in tickets.problems["atlas"].why
    assert local_server.requests == 1 + SMALL.pages + 1


@pytest.mark.parametrize(
    "fault",
    [faults.too_many_requests, faults.odd_retry_after, faults.internal_error, faults.close],
)
def test_what_passes_is_not_even_noticed(local_server: Misbehaving, fault: Fault) -> None:
    local_server.misbehave([fault, faults.answer, fault, fault])
    assert fetched(local_server) == LEARNT
    assert local_server.requests == WHOLE + 3


@pytest.mark.parametrize(
    "fault",
    [faults.cut_off_json, faults.cut_off_connection, faults.empty, faults.huge],
)
def test_what_concerns_one_project_leaves_the_others(
    local_server: Misbehaving, fault: Fault
) -> None:
    local_server.misbehave([faults.answer, faults.infinite, fault])  # its second page
    tickets = fetched(local_server)
    assert tickets.found == {"delivery": LEARNT.found["delivery"]}
    assert tickets.problems["atlas"].why.startswith(f"{local_server.url} ")


@pytest.mark.parametrize(("limit", "waited"), [(60, [60, 60]), (7, [7, 7])])
def test_the_server_may_make_the_bot_wait_but_not_for_long(
    local_server: Misbehaving, monkeypatch: pytest.MonkeyPatch, limit: int, waited: list[int]
) -> None:
    """Asked for an hour; urllib3's clock is replaced, and nothing waits."""
    waits: list[float] = []
    clock = SimpleNamespace(sleep=waits.append, time=lambda: 0.0)
    monkeypatch.setattr("urllib3.util.retry.time", clock)
    local_server.misbehave(repeat(faults.too_many_requests))
    fetch(
        SLUGS,
        period=WEEK,
        url=local_server.url,
        token=TOKEN,
        limits=replace(SMALL, retry_after=limit),
        clock=lambda: 0.0,
    )
    assert waits == waited


def test_no_wait_is_longer_than_the_time_that_is_left(
    local_server: Misbehaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        nonlocal now
        waits.append(seconds)
        now += seconds

    clock = SimpleNamespace(sleep=sleep, time=lambda: 0.0)
    monkeypatch.setattr("urllib3.util.retry.time", clock)
    local_server.misbehave(repeat(faults.too_many_requests))
    tickets = fetch(
        SLUGS,
        period=WEEK,
        url=local_server.url,
        token=TOKEN,
        limits=replace(SMALL, retries=9, retry_after=50, budget=120),
        clock=lambda: now,
    )
    assert waits == [50, 50, 20]
    assert local_server.requests == 4
    assert set(tickets.problems) == set(SLUGS)
