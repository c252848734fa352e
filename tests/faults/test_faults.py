"""Whatever goes wrong: it is named, no edit of people is lost, none is made twice, the next run
heals it. The faults are in ``faults.toml``.

Each is brought about on a real MediaWiki while ``wikibot run`` makes three edits, by a proxy in
front of the wiki or by the wiki's own means. Nobody waits: Pywikibot's pauses are noted, not made.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.faults import acts, network
from tests.faults.department import BASE, CONFIG, PAGES, TEMPLATES, TITLES, planned
from tests.faults.listed import FAULTS, Fault
from tests.faults.proxy import Proxy
from tests.faults.stage import Stage, Undo, rule
from tests.mediawiki import VERSIONS, MediaWiki, start
from wikibot.cli import main

pytestmark = pytest.mark.own_wiki


@dataclass(frozen=True)
class Department:
    """The wiki with its pages, the proxy, the configuration, and a state that has seen a run."""

    wiki: MediaWiki
    proxy: Proxy
    config: Path
    warm: Path


@pytest.fixture(scope="module", params=VERSIONS)
def department(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Department]:
    folder = tmp_path_factory.mktemp("faults")
    with start(request.param) as wiki:
        wiki.import_pages(PAGES | TEMPLATES)
        wiki.let_the_bot_be_known()
        wiki.keep()
        proxy = Proxy(wiki.url)
        config = folder / "wikibot.toml"
        config.write_text(CONFIG.format(api=proxy.api, user=wiki.bot), "utf-8")
        made = Department(wiki, proxy, config, folder / "warm")
        assert run(made, made.warm, "--dry-run").code == 1  # Pywikibot learns about the wiki
        yield made
        proxy.refuse()


@dataclass(frozen=True)
class Done:
    """One run of the command: exit code, outcomes by title, everything it said."""

    code: int
    outcomes: dict[str, Any]
    said: str


def run(department: Department, state: Path, *options: str) -> Done:
    wiki = department.wiki
    result = CliRunner().invoke(
        main,
        ["run", "--yes", "--format", "json", *options],
        env={
            "WIKIBOT_CONFIG": str(department.config),
            "WIKIBOT_STATE": str(state),
            "WIKIBOT_LOGIN": wiki.bot_login,
            "WIKIBOT_PASSWORD": wiki.bot_password,
        },
    )
    assert department.proxy.trouble == []
    assert isinstance(result.exception, SystemExit | None), result.exc_info
    assert "Traceback" not in result.output
    assert wiki.bot_password not in result.output
    data = json.loads(result.stdout) if result.stdout else {}
    outcomes = {outcome["title"]: outcome for outcome in data.get("outcomes", [])}
    said = result.stderr + "\n".join(outcome["detail"] for outcome in outcomes.values())
    return Done(result.exit_code, outcomes, said)


@pytest.fixture
def stage(department: Department, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> Stage:
    import pywikibot
    from pywikibot.throttle import Throttle

    department.wiki.reset()
    set_up = Stage(department.wiki, department.proxy, f"{BASE}/{fault.page}")

    def pause(seconds: float) -> None:
        set_up.pauses.append(seconds)
        if seconds >= 1:  # others are between any two requests
            set_up.on_pause()

    monkeypatch.setattr(pywikibot, "sleep", pause)
    monkeypatch.setattr(Throttle, "wait", staticmethod(pause))
    monkeypatch.setattr(pywikibot.config, "socket_timeout", 60)
    return set_up


def bring_about(stage: Stage, fault: Fault) -> list[Undo]:
    """Let the proxy, or people, do it when its moment comes; how it is undone afterwards."""
    undoings: list[Undo] = []
    if make := network.KINDS.get(fault.kind):
        if fault.at == "start":
            stage.proxy.refuse()
        else:
            made = make(stage, fault.at, **fault.arguments)
            stage.proxy.obey(*(made if isinstance(made, tuple) else (made,)))
        return undoings

    def act(*_: object) -> None:
        undoings.append(acts.KINDS[fault.kind](stage, **fault.arguments))

    if fault.at == "start":
        stage.proxy.obey()
        act()
    else:
        stage.proxy.obey(rule(stage, fault.at, before=act))
    return undoings


def own_edits(stage: Stage) -> dict[str, list[int]]:
    """The revisions that the command has saved, by page, without those that it took back.

    Those that the account's operator saves by hand have no summary of wikibot's.
    """
    found = stage.wiki.query(
        list="usercontribs", ucuser=stage.wiki.bot, ucprop="ids|title|comment", uclimit="max"
    )
    edits: dict[str, list[int]] = {title: [] for title in TITLES}
    said = " ".join(edit["comment"] for edit in found["usercontribs"])
    taken_back = re.findall(r"takes back revision (\d+)", said)
    for edit in found["usercontribs"]:
        if "|wikibot]] " in edit["comment"] and str(edit["revid"]) not in taken_back:
            edits.setdefault(edit["title"], []).append(edit["revid"])
    return edits


def expected(fault: Fault) -> dict[str, str]:
    """The kind of each page's outcome."""
    if fault.run == "does not begin":
        return {}
    here = TITLES.index(f"{BASE}/{fault.page}")
    after = "changed" if fault.run == "goes on" else "failed"
    return {
        title: "changed" if i < here else fault.here if i == here else after
        for i, title in enumerate(TITLES)
    }


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_fault(department: Department, stage: Stage, fault: Fault, tmp_path: Path) -> None:
    state = shutil.copytree(department.warm, tmp_path / "state")
    undoings = bring_about(stage, fault)
    done = run(department, state)

    # what has happened is told
    kinds = {title: outcome["kind"] for title, outcome in done.outcomes.items()}
    assert kinds == expected(fault), done.said
    assert done.code == fault.code, done.said
    assert fault.says in done.said
    stops = {outcome["stop"] for outcome in done.outcomes.values()} - {""}
    assert bool(stops) == (fault.run == "stops")
    assert round(max(stage.pauses, default=0)) >= fault.waits

    # what is told has happened
    edits = own_edits(stage)
    for title, outcome in done.outcomes.items():
        if outcome["kind"] == "changed":
            assert edits[title] == [outcome["revision"]]
        elif outcome["revision"] is None:
            assert edits[title] == []
    people_keep_their_words(stage)

    # the next run heals it
    stage.proxy.obey()
    for undo in undoings:
        undo()
    healed = run(department, state)
    assert healed.code == 0, healed.said
    made_by_others = [stage.title] if fault.here == "unchanged" else []
    assert {title: len(made) for title, made in own_edits(stage).items()} == {
        title: 0 if title in made_by_others else 1 for title in TITLES
    }
    assert [title for title, text in texts(stage).items() if not planned(title, text)] == []
    people_keep_their_words(stage)


def texts(stage: Stage) -> dict[str, str]:
    """What is on the department's pages now."""
    found = stage.wiki.query(
        titles="|".join(TITLES), prop="revisions", rvprop="content", rvslots="main"
    )
    return {
        page["title"]: page["revisions"][0]["slots"]["main"]["content"] for page in found["pages"]
    }


def people_keep_their_words(stage: Stage) -> None:
    for title, words in stage.people.items():
        assert words in (stage.wiki.text(title) or "")
