"""Which teams an entry of an update is about: ``Map Data: sample tiles``. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wikibot.config import Config
from wikibot.model import Item, Site
from wikibot.wikitext import escape
from wikibot.words import fold

_WORD = re.compile(r"[^\W_]+")
_AFTER_NAME = re.compile(r":|(?<=\s)-{1,3}(?=\s)|(?<=\s)–(?=\s)|—|\(|\Z")
_BETWEEN_NAMES = frozenset(["and", "und", "et", "y", "e"])
_LINK = re.compile(r"\[\[\s*:?([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]")
_MOST_OWN = 3  # times that a team names itself before an entry
_MOST_WORDS = 20  # of what may be the names before an entry
_LONG = 500  # characters; names stand at the beginning


@dataclass(frozen=True, slots=True)
class TeamNames:
    """What teams are called, by the words alone, with the team that is meant.

    ``folded`` has the names without their case, ``spelled`` those as they are spelled; ``firsts``
    are the words that the former begin with, ``sizes`` those of the latter, and how many words
    the names have that begin with each.
    """

    folded: Mapping[str, str]
    spelled: Mapping[str, str]
    firsts: frozenset[str]
    sizes: Mapping[str, tuple[int, ...]]


def team_names(config: Config) -> TeamNames:
    """The names of all teams, and their aliases."""
    names = [(name, team.name) for team in config.team for name in (team.name, *team.aliases)]
    folded = {words: team for name, team in names if (words := _words(name))}
    spelled = {words: team for name, team in names if (words := _spelled(name))}
    sizes: dict[str, set[int]] = {}
    for parts in map(str.split, spelled):
        sizes.setdefault(parts[0], set()).add(len(parts))
    firsts = frozenset(name.partition(" ")[0] for name in folded)
    return TeamNames(folded, spelled, firsts, {word: tuple(found) for word, found in sizes.items()})


def others_in(item: Item, names: TeamNames, *, me: str, site: Site) -> tuple[tuple[str, ...], Item]:
    """The teams, other than ``me``, that an entry is about, and the entry without their names.

    ``Map Data: tiles`` and ``Map Data and Delivery – tiles`` begin with them. Else one team
    counts that the entry links to, or names as it is spelled: what is called “web” is not always
    the team Web.
    """
    for _ in range(_MOST_OWN):
        found = _named_first(item.text, names)
        if not found:
            break
        teams, mark = found
        rest = _without(item, mark, site)
        if others := tuple(team for team in dict.fromkeys(teams) if team != me):
            return others, rest
        if not rest.text or rest == item:
            break
        item = rest
    team = _linked(item, names.folded, me) or _named_within(item.text, names, me)
    return ((team,) if team else ()), item


def _linked(item: Item, names: Mapping[str, str], me: str) -> str:
    """The team whose name is the label or the target of a link, that with the longest name."""
    source = item.source[: 4 * _LONG]
    if "[[" not in source:
        return ""
    labels = (part for link in _LINK.findall(source) for part in link if part)
    found = {words for label in labels if (words := _words(label)) in names}
    return _longest({words: names[words] for words in found}, me)


def _named_within(text: str, names: TeamNames, me: str) -> str:
    """The team that stands somewhere in a text as it is spelled, that with the longest name.

    A single word at the beginning may have its capital from that.
    """
    words = _WORD.findall(text[:_LONG])
    if names.sizes.keys().isdisjoint(words):
        return ""
    found: dict[str, str] = {}
    for start, word in enumerate(words):
        for size in names.sizes.get(word, ()):
            name = " ".join(words[start : start + size])
            if (start or size > 1) and name in names.spelled:
                found[name] = names.spelled[name]
    return _longest(found, me)


def _longest(found: Mapping[str, str], me: str) -> str:
    others = [name for name, team in found.items() if team != me]
    return found[min(others, key=lambda name: (-len(name), name))] if others else ""


def _named_first(text: str, names: TeamNames) -> tuple[tuple[str, ...], re.Match[str]] | None:
    """The teams that an entry begins with, and what divides them from the rest of it.

    A name may itself have in it what divides: the longest beginning that is one name counts.
    """
    found: tuple[tuple[str, ...], re.Match[str]] | None = None
    first = _WORD.search(text[:_LONG])
    if not first or _words(first[0]).partition(" ")[0] not in names.firsts:
        return None
    for mark in _AFTER_NAME.finditer(text[:_LONG]):
        before = _words(text[: mark.start()])
        if before.count(" ") >= _MOST_WORDS:
            break
        if before in names.folded:
            found = (names.folded[before],), mark
        elif not found and (teams := _teams_in(before.split(), names.folded)):
            found = teams, mark
        if found and mark[0] == ":":
            break
    return found


def _teams_in(words: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The teams whose names these words are, one after the other; none if a word is in no name."""
    found: list[str] = []
    start = 0
    while start < len(words):
        ends = range(len(words), start, -1)
        end = next((end for end in ends if " ".join(words[start:end]) in names), None)
        if end is not None:
            found.append(names[" ".join(words[start:end])])
            start = end
        elif found and words[start] in _BETWEEN_NAMES and start + 1 < len(words):
            start += 1
        else:
            return ()
    return tuple(found)


def _without(item: Item, mark: re.Match[str], site: Site) -> Item:
    """The entry without what stands before ``mark``, a match in its text, and without the mark.

    Where the two cannot be told apart in the source, the entry is left as it is.
    """
    if not mark[0]:
        return Item("", "") if mark.start() == len(item.text) else item
    inside = mark[0] == "("  # what stands in brackets is said of the other team
    if item.source.startswith(item.text[: mark.end()]):  # nothing but text up to there
        cut = mark.start() if inside else mark.end()
        return Item(item.text[cut:].strip(), item.source[cut:].strip())
    name = fold(item.text[: mark.start()])
    position = item.source.find(mark[0])
    while 0 <= position <= 2 * _LONG:  # a name is shorter
        if fold(escape.shown(item.source[:position], site=site)) == name:
            source = item.source[position if inside else mark.end() - mark.start() + position :]
            text = item.text[mark.start() if inside else mark.end() :]
            return Item(text.strip(), source.strip())
        position = item.source.find(mark[0], position + 1)
    return item


def _words(text: str) -> str:
    return _spelled(fold(text[:_LONG]))


def _spelled(text: str) -> str:
    return " ".join(_WORD.findall(text[:_LONG]))
