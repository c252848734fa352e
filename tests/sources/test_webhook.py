"""What is told to a webhook about a run, when, and what never is."""

import json
import logging
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
import requests
import responses

from wikibot.config import Config, parse
from wikibot.model import Outcome
from wikibot.runs import Run
from wikibot.sources import webhook

ADDRESS = "https://chat.example/hooks/very-secret"
GOOD = Run(
    datetime(2026, 11, 20, 12, tzinfo=UTC), 4.16, ("roster",), 2, (Outcome("Team", "changed"),)
)
FAILED = Run(
    datetime(2026, 11, 20, 12, tzinfo=UTC), 1, ("roster",), 0, (), trouble="The wiki is read-only."
)


class Told:
    """Remembers for ever what a day remembers."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    def known(self, _kind: str, keys: Iterable[str]) -> set[str]:
        return self.keys & set(keys)

    def remember(self, _kind: str, keys: Iterable[str]) -> None:
        self.keys |= set(keys)


def config(which: str) -> Config:
    return parse({"wiki": {"folder": "wiki"}, "runs": {"webhook": which}})


def tell(run: Run, which: str, told: Told | None = None, address: str = ADDRESS) -> None:
    webhook.tell(
        run, config=config(which), told=told or Told(), environment={"WIKIBOT_WEBHOOK": address}
    )


@responses.activate
def test_a_failure_is_told_in_one_short_json() -> None:
    responses.post(ADDRESS)
    tell(FAILED, "failures")
    (call,) = responses.calls
    assert json.loads(call.request.body or b"") == {
        "text": "wikibot wikibot (roster): failed: The wiki is read-only.",
        "ok": False,
        "configuration": "wikibot",
        "tasks": ["roster"],
        "changed": 0,
        "unsaved": 0,
        "findings": 0,
        "seconds": 1,
    }


@responses.activate
def test_a_good_run_is_told_only_if_every_run_is_to_be() -> None:
    responses.post(ADDRESS)
    tell(GOOD, "failures")
    assert len(responses.calls) == 0
    tell(GOOD, "every run")
    tell(GOOD, "every run")
    assert [json.loads(c.request.body or b"")["ok"] for c in responses.calls] == [True, True]


@responses.activate
def test_the_same_failure_is_told_once_a_day() -> None:
    responses.post(ADDRESS)
    told = Told()
    for _ in range(3):
        tell(FAILED, "every run", told)
    assert len(responses.calls) == 1


@responses.activate
def test_a_failure_that_was_not_taken_is_told_again(caplog: pytest.LogCaptureFixture) -> None:
    told = Told()
    responses.post(ADDRESS, status=500)
    tell(FAILED, "failures", told)
    assert "HTTP status 500" in caplog.text
    responses.replace(responses.POST, ADDRESS, status=204)
    tell(FAILED, "failures", told)
    tell(FAILED, "failures", told)
    assert len(responses.calls) == 2


@responses.activate
def test_a_redirect_is_not_followed() -> None:
    responses.post(ADDRESS, status=302, headers={"Location": "http://elsewhere.example/"})
    tell(FAILED, "failures")
    assert len(responses.calls) == 1


@pytest.mark.parametrize(
    "error",
    [
        requests.ConnectionError(ADDRESS),
        requests.Timeout(ADDRESS),
        requests.exceptions.InvalidURL(ADDRESS),
    ],
)
@responses.activate
def test_the_address_is_in_no_warning(
    error: requests.RequestException, caplog: pytest.LogCaptureFixture
) -> None:
    responses.post(ADDRESS, body=error)
    with caplog.at_level(logging.WARNING):
        tell(FAILED, "failures")
    assert type(error).__name__ in caplog.text
    assert "very-secret" not in caplog.text


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "set $WIKIBOT_WEBHOOK"),
        ("very-secret", "no address of the web"),
        ("ftp://very-secret.example/", "no address of the web"),
        ("http://very-secret.example/", "should begin with https://"),
        ("http://[very-secret", "no address of the web"),
    ],
)
@responses.activate
def test_an_address_that_will_not_do_is_named_by_its_variable(
    address: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    tell(FAILED, "failures", address=address)
    assert why in caplog.text
    assert "very-secret" not in caplog.text
    assert len(responses.calls) == 0


@responses.activate
def test_plain_http_will_do_on_the_same_machine() -> None:
    responses.post("http://127.0.0.1:8000/hook")
    tell(FAILED, "failures", address="http://127.0.0.1:8000/hook")
    assert len(responses.calls) == 1


@responses.activate
def test_a_long_reason_is_cut_short() -> None:
    responses.post(ADDRESS)
    tell(Run(GOOD.started, 1, ("roster",), 0, (), trouble="x" * 5000), "failures")
    said = json.loads(responses.calls[0].request.body or b"")["text"]
    assert len(said) < 400
    assert said.endswith("…")
