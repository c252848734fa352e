"""The page on which readers of the wiki see what went wrong with the bot itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.memory import MemoryWiki
from wikibot import templates
from wikibot.config import parse
from wikibot.period import parse as week
from wikibot.runner import make_plan, survey
from wikibot.runs import Lapse

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PAGE = "User:Atlas bot/Runs"
CONFIG = parse(
    {
        "wiki": {"folder": "w", "write_under": ["User:Atlas bot/"]},
        "team": [{"name": "Delivery", "page": "Team"}],
        "runs": {"page": PAGE},
    }
)
TEAM = {"Team": "* [[User:Ola|Ola Berg]], Manager\n"}
FAILED = Lapse("failed", ("roster", "roles"), NOON, NOON + DAY, 3, "The wiki is read-only.")
MISSED = Lapse("missed", ("contacts",), NOON + DAY, None)


def after(wiki: MemoryWiki, *lapses: Lapse) -> str | None:
    """What a run saves on the page; ``None`` if nothing."""
    found = survey(wiki, CONFIG, period=week("2026-W47"), today=date(2026, 11, 20))
    world = replace(found.directory.world, lapses=lapses)
    found = replace(found, directory=replace(found.directory, world=world))
    edits = {edit.title: edit for edit in make_plan(found, ["runs"]).edits}
    if PAGE not in edits:
        return None
    wiki.save(edits[PAGE])
    return edits[PAGE].new


@pytest.fixture
def wiki() -> MemoryWiki:
    return MemoryWiki(TEAM | templates.pages())


def test_what_went_wrong_stands_there_the_newest_first(wiki: MemoryWiki) -> None:
    text = after(wiki, FAILED, MISSED) or ""
    assert text.index("{{Bot lapse|kind=missed") < text.index("{{Bot lapse|kind=failed")
    assert (
        "{{Bot lapse|kind=failed|since=2026-11-20 12:00 UTC|until=2026-11-21 12:00 UTC"
        "|tasks=roster, roles|what=3 runs came to nothing.|why=The wiki is read-only.}}"
    ) in text
    assert "|tasks=contacts|what=No run for a long time.}}" in text


def test_a_run_without_news_leaves_it_as_it_is(wiki: MemoryWiki) -> None:
    assert after(wiki, FAILED)
    assert after(wiki, FAILED) is None


def test_the_same_failure_once_more_is_no_news(wiki: MemoryWiki) -> None:
    going_on = replace(FAILED, until=None)
    assert "|what=Runs come to nothing.|" in (after(wiki, going_on) or "")
    assert after(wiki, replace(going_on, count=4)) is None
    assert "|what=4 runs came to nothing.|" in (after(wiki, replace(FAILED, count=4)) or "")


def test_when_nothing_went_wrong_it_says_so(wiki: MemoryWiki) -> None:
    assert "Nothing went wrong." in (after(wiki) or "")


def test_what_people_write_beside_it_stays(wiki: MemoryWiki) -> None:
    text = after(wiki, FAILED) or ""
    page = wiki.pages[PAGE]
    wiki.pages[PAGE] = replace(page, text=f"Above.\n{text}Below.\n", revision=99)
    changed = after(wiki) or ""
    assert changed.startswith("Above.\n")
    assert changed.endswith("Below.\n")
    assert "Nothing went wrong." in changed


def test_a_reason_stays_text(wiki: MemoryWiki) -> None:
    hostile = replace(FAILED, why="{{Delete}} [[Category:X]] | ~~~~ <script>")
    text = after(wiki, hostile) or ""
    for mark in ("{{Delete", "[[Category", "~~~~", "<script"):
        assert mark not in text


def test_without_its_template_it_is_not_written() -> None:
    found = survey(MemoryWiki(TEAM), CONFIG, period=week("2026-W47"), today=date(2026, 11, 20))
    made = make_plan(found, ["runs"])
    assert made.edits == ()
    assert [held.title for held in made.held] == [PAGE]
