"""Random schedules: who does what, in which order. A schedule is made from its seed alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.races import deeds
from tests.races.department import CONTACTS, INDEX, PARTS, REPORT, ROLES, STAFF, TEAM, UPDATES

BOTS = ("A", "B")
PAGE_DEEDS = (
    "moves the page",
    "moves the page, without a redirect",
    "moves the page back",
    "deletes the page",
    "brings the page back",
)
COLLEAGUE = "enters a colleague"  # whom the team page has
_OF_PAGE = {
    TEAM: tuple(deeds.ROSTER),
    STAFF: (*deeds.STAFF, COLLEAGUE),
    UPDATES: tuple(deeds.UPDATES),
}
_EDITED = {
    STAFF: (STAFF, STAFF, STAFF),
    ROLES: (ROLES, ROLES),
    CONTACTS: (CONTACTS, CONTACTS),
    REPORT: (UPDATES, UPDATES, REPORT, REPORT, INDEX),
}


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


@dataclass(frozen=True, slots=True)
class Schedule:
    """Who does what. ``parts`` are what the department has beside its team."""

    seed: int
    parts: tuple[str, ...]
    steps: tuple[Step, ...]


def schedule(seed: int, *, short: bool = False) -> Schedule:
    """The schedule of a seed. A short one, for a wiki on which everything takes longer, has half
    as many steps at most, and fewer pages.
    """
    random = Random(seed)
    chosen = random.sample(PARTS, random.choice((1, 2, 2) if short else (1, 2, 2, 3, 4)))
    parts = tuple(part for part in PARTS if part in chosen)
    bots = BOTS if random.random() < 0.5 else BOTS[:1]
    share = random.uniform(0.3, 0.6)
    pages = [TEAM, TEAM, *(page for part in parts for page in _EDITED[part])]
    length = random.randint(4, 7) if short else random.randint(7, 14)
    return Schedule(seed, parts, tuple(_steps(random, pages, bots, share, length)))


def _steps(
    random: Random, pages: Sequence[str], bots: Sequence[str], share: float, length: int
) -> Iterator[Step]:
    for number in range(length):
        if random.random() < share:
            yield Step(random.choice(bots), "goes on", at=random.choice((1, 1, 2, 4, 9)))
            continue
        page = random.choice(pages)
        own = _OF_PAGE.get(page, ())
        chance = random.random()
        if chance < 0.12:
            deed = random.choice(PAGE_DEEDS)
        elif own and chance < 0.55:
            deed = random.choice(own)
        else:
            deed = random.choice(tuple(deeds.ANYWHERE))
        yield Step("somebody", deed, page, random.randrange(10_000), f"Zz{number}z")
