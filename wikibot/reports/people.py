"""Who joined a team, left it, or has another title: two states of its roster compared. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wikibot.config import TeamTable
from wikibot.directory import Directory
from wikibot.model import Page, Person, Site
from wikibot.titles import normal_username
from wikibot.wikitext.rosters import read_roster
from wikibot.words import fold


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What became of a person in the period.

    ``before`` and ``after`` are titles (``title``) or teams (``moved``), else ``""``.
    """

    kind: Literal["joined", "left", "moved", "title"]
    team: str
    name: str
    username: str
    before: str = ""
    after: str = ""


def people_changes(directory: Directory) -> tuple[PersonChange, ...]:
    """What the histories of the team pages say of the period, by team, in the order of the pages.

    A roster that cannot be read at the beginning or at the end of the period says nothing:
    nobody leaves because a page is broken, and nobody joins because it is mended.
    """
    found = [
        change
        for team in directory.config.team
        if (states := directory.world.history.get(team.page))
        for change in _of_team(team, *states, directory.site)
    ]
    return tuple(_moves(found))


def _of_team(team: TeamTable, before: Page, after: Page, site: Site) -> Iterator[PersonChange]:
    if before.text == after.text:
        return
    old, new = _people(before, team, site), _people(after, team, site)
    if not old or not new:
        return
    partners = _same(old, new)
    for index, person in enumerate(new):
        known = partners.get(index)
        if known is None:
            yield PersonChange("joined", team.name, person.name.text, _account(person))
            continue
        was, now = _title(old[known]), _title(person)
        if was and now and fold(was) != fold(now):
            name, account = person.name.text, _account(person)
            yield PersonChange("title", team.name, name, account, was, now)
    for index, person in enumerate(old):
        if index not in partners.values():
            yield PersonChange("left", team.name, person.name.text, _account(person))


def _people(page: Page, team: TeamTable, site: Site) -> tuple[Person, ...]:
    if page.redirect or page.problem or page.model != "wikitext":
        return ()
    return read_roster(page.text, layout=team.roster, site=site).people


def _same(old: tuple[Person, ...], new: tuple[Person, ...]) -> dict[int, int]:
    """Who of ``new`` is who of ``old``: by account, then by name.

    Of two people with one name each is at most one; a name with another account is the same
    person, whose link was corrected.
    """
    partners: dict[int, int] = {}
    for key in (_account, lambda person: fold(person.name.text)):
        places: dict[str, list[int]] = {}
        for index, person in enumerate(old):
            if index not in partners.values() and key(person):
                places.setdefault(key(person), []).append(index)
        for index, person in enumerate(new):
            if index not in partners and places.get(key(person)):
                partners[index] = places[key(person)].pop(0)
    return partners


def _moves(found: Sequence[PersonChange]) -> Iterator[PersonChange]:
    """Who left one team and joined another one has moved; each leaves and joins once."""
    left = [change for change in found if change.kind == "left"]
    joined = [change for change in found if change.kind == "joined"]
    partners: dict[int, PersonChange] = {}  # by the identity of who joined
    for is_same in (_same_account, _same_name):
        for change in joined:
            other = next((one for one in left if is_same(one, change)), None)
            if other and id(change) not in partners:
                partners[id(change)] = other
                left = [one for one in left if one is not other]
    moved = {id(other) for other in partners.values()}
    for change in found:
        if before := partners.get(id(change)):
            yield replace(change, kind="moved", before=before.team, after=change.team)
        elif id(change) not in moved:
            yield change


def _same_account(one: PersonChange, other: PersonChange) -> bool:
    return bool(one.username) and one.username == other.username


def _same_name(one: PersonChange, other: PersonChange) -> bool:
    """Whether the names agree, and not both have an account: that would be another one."""
    return fold(one.name) == fold(other.name) and not (one.username and other.username)


def _account(person: Person) -> str:
    return normal_username(person.username.text) if person.username else ""


def _title(person: Person) -> str:
    return person.title.text if person.title else ""
