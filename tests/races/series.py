"""Many schedules, one after the other; the first that fails, made as short as it gets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mediawiki import MediaWiki
from tests.races.memory import remembering
from tests.races.places import InFolder, OnMediaWiki, Place
from tests.races.playing import Game, play
from tests.races.schedule import Schedule, schedule


@dataclass(frozen=True, slots=True)
class Failure:
    """A schedule that failed, and the shortest one made from it that fails as well."""

    schedule: Schedule
    game: Game
    short: Game
    steps: int

    def __str__(self) -> str:
        story = "\n".join(self.short.told)
        return (
            f"seed {self.schedule.seed} fails: {'; '.join(self.game.problems)}\n"
            f"{self.steps} of its {len(self.schedule.steps)} steps are enough:\n{story}\n"
        )


@dataclass
class Series:
    """What was played: schedules, saves, outcomes of each kind, and what failed."""

    played: int = 0
    saves: int = 0
    not_saved: int = 0
    merged: int = 0
    failures: tuple[Failure, ...] = ()

    def add(self, game: Game) -> None:
        self.played += 1
        self.saves += game.saves
        self.not_saved += game.not_saved
        self.merged += game.merged

    def __add__(self, other: "Series") -> "Series":
        return Series(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __str__(self) -> str:
        return (
            f"{self.played} schedules: {self.saves} saves, {self.merged} of them merged by the "
            f"wiki, {self.not_saved} refused; {len(self.failures)} schedules failed"
        )


def play_all(
    seeds: range,
    place: Place,
    *,
    short: bool,
    failed: Callable[[Failure], None] = lambda _: None,
    most: int = 5,
) -> Series:
    """Play the schedules of the seeds; stop when ``most`` have failed."""
    series = Series()
    with remembering():
        for seed in seeds:
            made = schedule(seed, short=short)
            game = play(made, place)
            series.add(game)
            if game.problems:
                failure = _shortened(made, game, place)
                series.failures += (failure,)
                failed(failure)
                if len(series.failures) >= most:
                    break
    return series


def _shortened(made: Schedule, game: Game, place: Place) -> Failure:
    """Leave out each step without which it fails all the same."""
    short, story = made, game
    for number in reversed(range(len(made.steps))):
        steps = short.steps
        tried = replace(short, steps=steps[:number] + steps[number + 1 :])
        again = play(tried, place)
        if again.problems:
            short, story = tried, again
    return Failure(made, game, story, len(short.steps))


@contextmanager
def in_folder() -> Iterator[InFolder]:
    """A folder for races, gone afterwards."""
    with TemporaryDirectory() as folder:
        yield InFolder(Path(folder))


@contextmanager
def on_mediawiki(wiki: MediaWiki, folder: Path) -> Iterator[OnMediaWiki]:
    """A running wiki with the bot logged in, for races. Pywikibot keeps its files in ``folder``."""
    place = OnMediaWiki(wiki, folder)
    try:
        yield place
    finally:
        place.close()
