"""Reports on the command line while Phabricator misbehaves: what comes out, what is said of the
rest, and that the next run heals the page.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from tests.sources import server as faults
from tests.sources.pretend import QUICK, TOKEN, recorded
from tests.sources.server import Fault, Misbehaving
from wikibot.cli import main
from wikibot.sources import phabricator
from wikibot.sources.conduit import _spellings

CONFIG = """
[wiki]
folder = "pages"
write_under = ["Status", "Status/"]
[[team]]
name = "Maps"
page = "Maps"
contact = "Talk:Maps"
updates = ["Maps/Updates"]
phabricator = ["atlas"]
[[team]]
name = "Delivery"
page = "Delivery"
contact = "Talk:Delivery"
updates = ["Delivery/Updates"]
phabricator = ["delivery"]
[report]
base = "Status"
[phabricator]
url = "{url}"
"""
PAGES = {
    "Maps": "* [[User:Ola|Ola Berg]], Manager\n",
    "Delivery": "* [[User:Kim|Kim Dahl]], Engineer\n",
    "Maps/Updates": "{{Status update|team=Maps|date=2026-11-19|done=* The relief map}}\n",
    "Delivery/Updates": "{{Status update|team=Delivery|date=2026-11-19|done=* The parcels}}\n",
}
TASKS = ("Task 1 (ana-example)", "Task 2")
MISSING = "== What is missing from this report =="


@dataclass
class Place:
    """A folder wiki, its bot, and the Phabricator that the bot asks.

    Whatever is said or written, the token must not be in it.
    """

    path: Path
    server: Misbehaving

    def __call__(self, *words: str, code: int) -> Result:
        result = CliRunner().invoke(main, words)
        assert result.exit_code == code, (result.output, result.exception)
        secret = _spellings(TOKEN)
        assert not secret.search(result.output)
        for file in self.path.rglob("*"):
            assert not (file.is_file() and secret.search(file.read_bytes().decode("latin-1"))), file
        return result

    @property
    def report(self) -> str:
        return (self.path / "pages" / "Status" / "2026-W47.wiki").read_text("utf-8")

    def configure(self, old: str, new: str) -> None:
        text = (self.path / "wikibot.toml").read_text("utf-8")
        (self.path / "wikibot.toml").write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def place(
    tmp_path: Path, local_server: Misbehaving, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """On 20 November 2026; nothing waits between two attempts."""
    for title, text in PAGES.items():
        file = tmp_path / "pages" / f"{title}.wiki"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / "wikibot.toml").write_text(CONFIG.format(url=local_server.url), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("WIKIBOT_PHABRICATOR_TOKEN", TOKEN)
    for name in ("fetch", "check"):
        quick = partial(getattr(phabricator, name), limits=QUICK)
        monkeypatch.setattr(phabricator, name, quick)
    wiki = Place(tmp_path, local_server)
    with time_machine.travel("2026-11-20T12:00:00Z"):
        wiki("templates", "install", code=0)
        yield wiki


def refuse_token(handler: faults._Handler) -> None:
    handler.reply(recorded("invalid-token").replace("TOKEN", TOKEN).encode())


def test_all_is_well(place: Place) -> None:
    said = place("report", "weekly", code=0)
    assert all(task in said.stdout for task in TASKS)
    assert (MISSING in said.stdout, said.stderr) == (False, "")
    place("plan", "status-report", code=1)
    place("run", "status-report", code=0)
    assert all(task in place.report for task in TASKS)
    place("plan", "status-report", code=0)
    assert place("run", "status-report", code=0).stdout == "Nothing to do.\n"


@pytest.mark.parametrize(
    ("fault", "page", "operator"),
    [
        (faults.too_many_requests, "did not answer, or not in full", "asked less (HTTP 429)"),
        (faults.internal_error, "did not answer, or not in full", "out of order (HTTP 500)"),
        (faults.html, "is not what the bot understands", "a web page instead of JSON"),
        (faults.empty, "did not answer, or not in full", "with nothing"),
        (faults.close, "did not answer, or not in full", "Remote end closed connection"),
        (faults.cut_off_json, "is not what the bot understands", "Invalid JSON"),
        (refuse_token, "token for Phabricator is missing or is not accepted", "ERR-INVALID-AUTH"),
        (None, "token for Phabricator is missing or is not accepted", "TOKEN is not set; put an"),
    ],
    ids=lambda value: getattr(value, "__name__", "no_token" if value is None else ""),
)
def test_the_report_says_what_is_missing_and_the_next_run_heals_it(
    place: Place, monkeypatch: pytest.MonkeyPatch, fault: Fault | None, page: str, operator: str
) -> None:
    if fault is None:
        monkeypatch.delenv("WIKIBOT_PHABRICATOR_TOKEN")
    else:
        place.server.misbehave(repeat(fault))
    both = "Tasks of the Phabricator projects atlas and delivery: "

    looked = place("report", "weekly", code=1)
    mailed = place("report", "weekly", "--format", "text", code=1)
    for text in (looked.stdout, " ".join(mailed.stdout.split())):
        assert "The relief map" in text
        assert "The parcels" in text
        assert both in text
        assert page in text
        assert operator not in text
    [line] = looked.stderr.splitlines()
    assert line.startswith(f"wikibot: missing from the report: {both}")
    assert operator in line
    data = json.loads(place("report", "weekly", "--format", "json", code=1).stdout)
    assert [(p["kind"], p["projects"]) for p in data["problems"]] == [
        ("phabricator", ["atlas", "delivery"])
    ]

    place("plan", "status-report", code=1)
    done = place("run", "status-report", code=1)
    assert "changed Status/2026-W47" in done.stdout
    assert line in done.stderr.splitlines()
    assert MISSING in place.report
    assert page in place.report
    assert operator not in place.report
    assert not any(task in place.report for task in TASKS)
    place("plan", "status-report", code=0)
    again = place("run", "status-report", code=1)
    assert again.stdout == "Nothing to do.\n"
    assert line in again.stderr.splitlines()

    monkeypatch.setenv("WIKIBOT_PHABRICATOR_TOKEN", TOKEN)
    place.server.misbehave([])
    place("plan", "status-report", code=1)
    place("run", "status-report", code=0)
    assert MISSING not in place.report
    assert all(task in place.report for task in TASKS)


def test_one_project_that_is_not_there_leaves_the_other(place: Place) -> None:
    place.configure('"delivery"', '"nowhere"')
    done = place("run", "status-report", code=1)
    assert "Phabricator project nowhere: " in done.stderr
    assert "has no project of that name that the bot may see; correct" in done.stderr
    assert TASKS[0] in place.report
    assert "\n* Tasks of the Phabricator project nowhere: Phabricator has nothing" in place.report


def test_months_and_quarters_name_no_tasks_and_ask_for_none(place: Place) -> None:
    place.server.misbehave(repeat(faults.internal_error))
    for kind in ("monthly", "quarterly"):
        assert place("report", kind, code=0).stderr == ""
    assert place.server.requests == 0


def test_attempts_that_failed_are_told_only_on_request(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As outside of tests: there, nothing listens to what urllib3 logs."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    place.server.misbehave([faults.close])
    assert place("report", "weekly", code=0).stderr == ""
    place.server.misbehave([faults.close])
    assert "WARNING: Retrying " in place("report", "weekly", "--verbose", code=0).stderr
    assert logging.getLogger().handlers == []


def test_what_is_missing_of_a_report_that_comes_out_is_a_warning(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    place.server.misbehave([*[faults.answer] * 3, faults.empty])  # the names of owners
    said = place("report", "weekly", code=0)
    assert "Task 1" in said.stdout
    assert said.stderr.startswith("WARNING: Phabricator tasks of 1 people are told without whom")


# --- the doctor ---------------------------------------------------------------------------------


def signs(place: Place, *, code: int) -> list[str]:
    said = place("doctor", code=code).stdout.splitlines()
    return [line for line in said if "hab" in line or "TOKEN" in line]


def test_the_doctor_asks_for_each_project(place: Place) -> None:
    assert signs(place, code=0) == [
        "ok       WIKIBOT_PHABRICATOR_TOKEN is set",
        "ok       Phabricator project atlas",
        "ok       Phabricator project delivery",
    ]
    assert place.server.requests == 1
    place.configure('"delivery"', '"nowhere"')
    assert signs(place, code=1)[1:] == [
        "ok       Phabricator project atlas",
        f"wrong    Phabricator project nowhere: {place.server.url} has no project of that name that"
        " the bot may see; correct phabricator of the team.",
    ]


def test_the_doctor_says_what_is_wrong_with_phabricator_once(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.server.misbehave([refuse_token])
    ok, wrong = signs(place, code=1)
    assert ok == "ok       WIKIBOT_PHABRICATOR_TOKEN is set"
    assert "does not accept the token (ERR-INVALID-AUTH: API token" in wrong
    assert wrong.endswith("put a new one into WIKIBOT_PHABRICATOR_TOKEN.")
    place.server.misbehave(repeat(faults.internal_error))
    assert "wrong    Phabricator: " in signs(place, code=1)[1]
    monkeypatch.setenv("WIKIBOT_PHABRICATOR_TOKEN", " ")
    assert signs(place, code=1) == [
        "wrong    Phabricator: WIKIBOT_PHABRICATOR_TOKEN is not set; put an API token of"
        f" {place.server.url} there."
    ]


def test_the_doctor_asks_nothing_of_a_phabricator_that_no_report_needs(place: Place) -> None:
    place.configure('phabricator = ["atlas"]', "")
    place.configure('phabricator = ["delivery"]', "")
    assert signs(place, code=0) == []
    assert place.server.requests == 0
