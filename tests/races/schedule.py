"""Random schedules: who does what, in which order. A schedule is made from its seed alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.races import deeds
from tests.races.department import ALL, CONTACTS, PEOPLE, REPORT, ROLES, STAFF, TEAM, UPDATES

BOTS = ("A", "B")
PAGE_DEEDS = (
    "moves the page",
    "moves the page, without a redirect",
    "moves the page back",
    "deletes the page",
    "brings the page back",
    "enters a colleague",
)
_OF_PAGE = {
    TEAM: tuple(deeds.ROSTER),
    STAFF: (*deeds.STAFF, "enters a colleague"),
    UPDATES: tuple(deeds.UPDATES),
}
# Those that the bot writes, or reads most from, are edited most.
_EDITED = (*ALL, TEAM, STAFF, STAFF, ROLES, CONTACTS, REPORT, UPDATES)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a person does something to a page, or a bot goes on.

    ``at`` chooses the place on the page; of a bot, it is how many requests it makes before
    somebody else has a turn. A bot that has nothing to do begins a run.
    """

    who: str
    deed: str
    page: str = ""
    at: int = 0
    word: str = ""

    def __str__(self) -> str:
        if self.who in BOTS:
            return f"bot {self.who} makes {self.at} requests"
        return f"somebody {self.deed} ({self.page}, {self.at}, {self.word})"


def schedule(seed: int, *, length: int = 14) -> tuple[Step, ...]:
    """The schedule of a seed: about ``length`` steps."""
    random = Random(seed)
    bots = BOTS if random.random() < 0.5 else BOTS[:1]
    share = random.uniform(0.3, 0.6)
    return tuple(_steps(random, bots, share, random.randint(length // 2, length)))


def _steps(random: Random, bots: tuple[str, ...], share: float, length: int) -> Iterator[Step]:
    for number in range(length):
        if random.random() < share:
            yield Step(random.choice(bots), "goes on", at=random.choice((1, 1, 2, 4, 9)))
            continue
        page = random.choice(_EDITED)
        own = _OF_PAGE.get(page, ())
        chance = random.random()
        if chance < 0.12:
            deed = random.choice(PAGE_DEEDS[:5])
        elif own and chance < 0.55:
            deed = random.choice(own)
        else:
            deed = random.choice(tuple(deeds.ANYWHERE))
        yield Step("somebody", deed, page, random.randrange(10_000), f"Zz{number}z")


__all__ = ["BOTS", "PAGE_DEEDS", "PEOPLE", "Step", "schedule"]
