"""Which texts mean the same thing, told in other words. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from wikibot.words import fold, stems

_TICKET = re.compile(r"\bT[0-9]+\b")
ALIKE = 0.5  # of the words of the shorter text
_LONG = 500  # characters that are compared


class Told:
    """What of a text is compared; mostly the text alone, because people copy what still holds."""

    def __init__(self, text: str) -> None:
        self._text = text[:_LONG]
        self.text = fold(self._text)

    @cached_property
    def tickets(self) -> frozenset[str]:
        return frozenset(_TICKET.findall(self._text))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(stems(self._text))


class Texts(dict[str, Told]):
    """What is compared of each text, made when it is first asked for."""

    def __missing__(self, text: str) -> Told:
        told = self[text] = Told(text)
        return told


def matched(
    texts: Sequence[Sequence[str]], others: Sequence[Sequence[str]], told: "Texts"
) -> Mapping[int, int]:
    """Which of ``others`` each of ``texts`` is, the likest first; either may be told variously.

    Of those that are as like, the words decide, so that the order of entries does not matter.
    What is told in the same words, as most is, need not be compared with anything else.
    """
    partners: dict[int, int] = {}
    if not (texts and others):
        return partners
    if len(texts) == len(others) == 1 and set(texts[0]) & set(others[0]):
        return {0: 0}
    mine = [[told[text] for text in each] for each in texts]
    theirs = [[told[text] for text in each] for each in others]
    for find in (_same, _alike_ones):
        left = [i for i in range(len(mine)) if i not in partners]
        taken = set(partners.values())
        free = [j for j in range(len(theirs)) if j not in taken]
        found = find(
            [(i, a) for i in left for a in mine[i]], [(j, b) for j in free for b in theirs[j]]
        )
        for _, _, _, i, j in sorted(
            (-score, mine[i][0].text, theirs[j][0].text, i, j) for score, i, j in found
        ):
            if i not in partners and j not in taken:
                partners[i] = j
                taken.add(j)
    return partners


_Numbered = Sequence[tuple[int, "Told"]]


def _same(mine: _Numbered, theirs: _Numbered) -> Iterator[tuple[float, int, int]]:
    """The pairs that are told in the same words."""
    places: dict[str, list[int]] = {}
    for j, other in theirs:
        places.setdefault(other.text, []).append(j)
    for i, one in mine:
        yield from ((1.0, i, j) for j in places.get(one.text, ()))


def _alike_ones(mine: _Numbered, theirs: _Numbered) -> Iterator[tuple[float, int, int]]:
    """The pairs that are told in like words, and how like they are."""
    if not mine:
        return
    places: dict[str, list[int]] = {}
    silent = [place for place, (_, other) in enumerate(theirs) if not other.words]
    # as many words in common make them alike; a ticket is a word, too, and one may be enough
    enough = [0 if other.tickets else ALIKE * len(other.words) for _, other in theirs]
    for place, (_, other) in enumerate(theirs):
        for word in other.words:
            places.setdefault(word, []).append(place)
    for i, one in mine:
        found: Iterable[int] = range(len(theirs))
        if one.words:
            shared = Counter(chain.from_iterable(places[w] for w in one.words if w in places))
            few = ALIKE * len(one.words)
            found = chain(silent, [p for p, n in shared.items() if n >= few or n >= enough[p]])
        for place in found:
            j, other = theirs[place]
            if (score := likeness(one, other)) >= ALIKE:
                yield score, i, j


def likeness(one: Told, other: Told) -> float:
    """From 0 to 1: 0 for texts that name different tickets."""
    if one.text == other.text:
        return 1.0
    if one.tickets and other.tickets:
        return float(bool(one.tickets & other.tickets))
    shorter = min(len(one.words), len(other.words))
    # who names nothing but the other team may mean anything
    return len(one.words & other.words) / shorter if shorter else ALIKE
