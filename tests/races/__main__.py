"""``python -m tests.races --wiki folder|1.39|1.43 --count 2000 --seed 1``; see ``--help``."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.mediawiki import VERSIONS, Unavailable, start
from tests.races.places import Place
from tests.races.playing import play
from tests.races.schedule import schedule
from tests.races.series import Failure, Series, in_folder, on_mediawiki, play_all

_AT_ONCE = 100  # schedules between two lines of progress


@click.command()
@click.option("--wiki", type=click.Choice(["folder", *VERSIONS]), default="folder")
@click.option("--count", type=click.IntRange(min=1), default=1000, help="How many schedules.")
@click.option("--seed", type=int, default=1, help="The seed of the first one.")
@click.option("--replay", type=int, metavar="SEED", help="Play one schedule, and tell each step.")
def main(wiki: str, count: int, seed: int, replay: int | None) -> None:
    """Play random schedules of people and two bots; exit code 1 if one fails."""
    try:
        with _place(wiki) as place:
            if replay is not None:
                sys.exit(_replay(replay, place))
            sys.exit(_play(range(seed, seed + count), place, wiki))
    except Unavailable as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def _place(wiki: str) -> Iterator[Place]:
    if wiki == "folder":
        with in_folder() as folder:
            yield folder
    else:
        with (
            start(wiki) as running,
            TemporaryDirectory() as folder,
            on_mediawiki(running, Path(folder)) as place,
        ):
            yield place


def _replay(seed: int, place: Place) -> int:
    game = play(schedule(seed, short=place.merges), place)
    click.echo("\n".join((*game.told, *(f"wrong: {problem}" for problem in game.problems))))
    return 1 if game.problems else 0


def _play(seeds: range, place: Place, wiki: str) -> int:
    def failed(failure: Failure) -> None:
        click.echo(failure)
        click.echo(
            f"To see it again: python -m tests.races --wiki {wiki} "
            f"--replay {failure.schedule.seed}\n"
        )

    whole, begun = Series(), time.monotonic()
    for first in range(seeds.start, seeds.stop, _AT_ONCE):
        some = range(first, min(first + _AT_ONCE, seeds.stop))
        whole += play_all(some, place, short=place.merges, failed=failed)
        click.echo(f"{time.monotonic() - begun:.0f} s, up to seed {some[-1]}: {whole}")
    return 1 if whole.failures else 0


if __name__ == "__main__":
    main()
