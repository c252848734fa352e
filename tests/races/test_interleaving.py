"""Whatever people and a second bot do between two steps of a run: nothing lost, nothing doubled.

A schedule that fails is printed, made as short as it gets; ``python -m tests.races`` plays any
number more. What must hold is in ``judging``.
"""

from pathlib import Path

import pytest

from tests.mediawiki import MediaWiki
from tests.races.playing import play
from tests.races.schedule import Schedule, Step, schedule
from tests.races.series import Series, in_folder, on_mediawiki, play_all
from wikibot.model import Edit, Outcome
from wikibot.wiki.folder import FolderWiki

IN_FOLDER, ON_MEDIAWIKI = 3000, 150


def whole(series: Series, count: int) -> None:
    assert not series.failures, "\n".join(map(str, series.failures))
    assert series.played == count
    assert series.saves > count / 2  # or nothing was tried
    assert series.not_saved > count / 30


def test_thousands_of_schedules_in_a_folder() -> None:
    long, short = range(IN_FOLDER // 3), range(IN_FOLDER // 3, IN_FOLDER)
    with in_folder() as place:
        series = play_all(long, place, short=False) + play_all(short, place, short=True)
    whole(series, IN_FOLDER)


# Both enter the same person in different places of a list, which MediaWiki merges.
_BOTH = (
    Step("A", "goes on", at=5),
    Step("somebody", "enters a colleague", "Staff", 5158, "Zz1z"),
    Step("A", "goes on", at=9),
)


@pytest.mark.own_wiki  # pages are not taken away
def test_schedules_on_a_real_mediawiki(mediawiki: MediaWiki, tmp_path: Path) -> None:
    with on_mediawiki(mediawiki, tmp_path) as place:
        series = play_all(range(ON_MEDIAWIKI), place, short=True)
        both = play(Schedule(ON_MEDIAWIKI, ("Staff",), _BOTH), place)
    whole(series, ON_MEDIAWIKI)
    assert series.merged
    assert both.problems == []
    assert any("conflict somebody has added the same" in line for line in both.told)


def test_a_seed_makes_the_same_schedule_and_the_same_story() -> None:
    with in_folder() as place:
        stories = [play(schedule(11), place).told for _ in range(2)]
    assert stories[0] == stories[1]
    assert schedule(11) == schedule(11) != schedule(12)


# --- the judge can tell --------------------------------------------------------------------------


class Careless(FolderWiki):
    """Saves over whatever is there, as a bot does that looks at no revision."""

    def _objection(self, *_: object) -> None:
        return None


class Boastful(FolderWiki):
    """Says of everything that it was saved."""

    def save(self, edit: Edit) -> Outcome:
        outcome = super().save(edit)
        return Outcome(edit.title, "changed", revision=outcome.revision)


class Forgetful(FolderWiki):
    """Tells of no edit that it made."""

    def save(self, edit: Edit) -> Outcome:
        super().save(edit)
        return Outcome(edit.title, "conflict", "was edited since it was read")


@pytest.mark.parametrize("wiki", [Careless, Boastful, Forgetful])
def test_a_bot_that_is_not_careful_is_found_out(wiki: type[FolderWiki]) -> None:
    with in_folder() as place:
        place.kind = wiki
        series = play_all(range(200), place, short=False, most=1)
    (failure,) = series.failures
    assert failure.steps < 7
    assert f"seed {failure.schedule.seed} fails: " in str(failure)


def test_what_somebody_wrote_meanwhile_is_what_is_missed() -> None:
    """The shortest story of all: the bot has read, somebody writes, the bot saves."""
    steps = (
        Step("A", "goes on", at=6),
        Step("somebody", "writes a line", "Staff", 0, "Zz1z"),
        Step("A", "goes on", at=1),
    )
    schedule = Schedule(0, ("Staff",), steps)
    with in_folder() as place:
        careful = play(schedule, place)
        place.kind = Careless
        careless = play(schedule, place)
    assert careful.problems == []
    assert "    saves Staff: conflict was edited since it was read" in careful.told
    assert "Dept/Staff: changed, and “Zz1z” is lost" in careless.problems
