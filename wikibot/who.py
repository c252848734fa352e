"""Whom to ask: activities, roles, people and teams that match a few words, best first. Pure.

Case, accents, word order, plurals, typing errors and the words around a question do not count.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from wikibot.directory import Directory
from wikibot.duties import Duty
from wikibot.members import Member
from wikibot.words import fold, stems

GOOD = 0.75  # of 1; below it an answer is offered as “nearest” only
NEAR = 0.35
_NEAR_WORD = 0.6  # of a word that has something of another, but is hardly meant

# Around what is asked about; when a question has no other word, they count.
STOP_WORDS = frozenset(
    """
    a about am an and any anybody anyone are ask asking be can contact could do does for from
    handle have help how i in is it me my need of on or our person please question regarding
    responsible should someone somebody talk tell that the there this to us want we what when
    where which who whom whose will with would
    an am auf bei das dem den der des die ein eine einen fragen für hilft ich im in ist kann
    kümmert macht man mit sich um und von wegen wem wen wer wo zu zum zur zuständig
    à au aux dans de des du est et faut il je la le les pour quel qui sur un une
    con cual de del el en es la las los para por que quien un una y
    """.split()
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody to ask.

    ``matched`` is the text in which the words were found, ``role`` is ``""`` for a person or a
    team; ``stated`` is who the page says holds a role, when no roster has them, and ``contact``
    the page to write on as well. ``score`` is 0 to 1.
    """

    score: float
    matched: str
    role: str
    members: tuple[Member, ...]
    stated: str
    contact: str
    page: str
    line: int


def search(directory: Directory, query: str) -> tuple[Answer, ...]:
    """All answers worth offering, best first; the first one is good when it scores ``GOOD``.

    One for each role, person and team: that of the text that fits best.
    """
    asked = _Question(query)
    found = (best for offer in _offers(directory) if (best := asked.best(offer)).score >= NEAR)
    return tuple(sorted(found, key=lambda a: (-round(a.score, 2), a.page, a.line, a.matched)))


@dataclass(frozen=True, slots=True)
class _Offer:
    """Somebody to ask, and the texts with their lines in which that can be found.

    ``context`` are words that say more of all these texts: what the role is called.
    """

    answer: Answer
    texts: tuple[tuple[str, int], ...]
    context: str = ""


def _offers(directory: Directory) -> Iterator[_Offer]:
    yield from _roles(directory)
    for member in directory.members:
        entry = member.entries[0]
        contact = directory.contact_of(directory.team(member.team))
        names = (member.name, member.title, *member.aliases, member.username)
        texts = tuple((text, entry.person.line) for text in (*names, *member.old_usernames) if text)
        yield _Offer(Answer(0, "", "", (member,), "", contact, entry.page, 0), texts)
    for team in directory.config.team:
        members = directory.people.of_team(team.name)
        texts = tuple((text, 0) for text in (team.name, *team.aliases))
        contact = directory.contact_of(team)
        yield _Offer(Answer(0, "", "", members, "", contact, team.page, 0), texts)


def _roles(directory: Directory) -> Iterator[_Offer]:
    """Each role of a page once, also where it stands there several times."""
    duties: dict[tuple[str, str], list[Duty]] = {}
    for duty in directory.duties:
        duties.setdefault((duty.page, fold(duty.role.name.text)), []).append(duty)
    for same in duties.values():
        role = same[0].role
        members = tuple(dict.fromkeys(m for duty in same for m in duty.members))
        unknown = (h for duty in same for h in duty.holdings if not h.members)
        stated = ", ".join(h.holder.name.text for h in unknown if h.kind not in ("vacant", "team"))
        contact = next(iter(directory.contacts_of(same[0])), "")
        name = role.name.text
        answer = Answer(0, "", name, members, stated, contact, same[0].page, role.line)
        yield _Offer(answer, tuple(t for duty in same for t in _texts(duty)), name)


def _texts(duty: Duty) -> Iterator[tuple[str, int]]:
    yield duty.role.name.text, duty.role.line
    for group in duty.role.groups:
        if group.name:
            yield group.name.text, group.line
        yield from ((activity.text.text, activity.line) for activity in group.activities)


# --- how well words fit -------------------------------------------------------------------------


class _Question:
    """The words that somebody asks with; what they are compared with is compared once."""

    def __init__(self, query: str) -> None:
        said = _words(query)
        self._words = tuple(word for word in said if word not in _stop_words()) or said
        self._initials = "".join(word[0] for word in said) if len(said) > 2 else ""
        self._known: dict[tuple[str, str], float] = {}

    def best(self, offer: _Offer) -> Answer:
        """The answer with the text that fits best."""
        context = _words(offer.context)
        score, text, line = max(
            ((self._score(text, context), text, line) for text, line in offer.texts),
            key=lambda each: each[0],
        )
        line = line or offer.answer.line
        return replace(offer.answer, score=score, matched=text, line=line)

    def _score(self, text: str, context: Sequence[str]) -> float:
        """How much of the question is in the text, and, a little, how much of it is the question.

        What is not in the text itself may be in its context, if something is in the text.
        """
        words = _words(text)
        if not self._words or not words:
            return 0.0
        if self._initials and self._initials in words:
            return 0.95
        found = [self._in(wanted, words) for wanted in self._words]
        if not any(found):
            return 0.0
        for place, wanted in enumerate(self._words):
            found[place] = max(found[place], 0.9 * self._in(wanted, context))
        said = [word for word in words if word not in _stop_words()] or words
        share = min(1.0, len(self._words) / len(said))
        return sum(found) / len(found) * (0.9 + 0.1 * share)

    def _in(self, wanted: str, words: Sequence[str]) -> float:
        if 2 < len(wanted) < len(words) + 1 and wanted in "".join(word[0] for word in words):
            return 0.95  # an acronym of some of the words
        return max((self._likeness(wanted, word) for word in words), default=0.0)

    def _likeness(self, wanted: str, word: str) -> float:
        key = (wanted, word)
        if key not in self._known:
            self._known[key] = _likeness(wanted, word)
        return self._known[key]


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and English plurals."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return tuple(stems("".join(c for c in apart if not unicodedata.combining(c))))


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    """As words are compared."""
    return frozenset(each for word in STOP_WORDS for each in _words(word))


def _likeness(wanted: str, word: str) -> float:
    """0 to 1: the same, begun alike, in one word with others, a typing error."""
    if wanted == word:
        return 1.0
    shorter, longer = sorted((len(wanted), len(word)))
    if shorter > 2 and word.startswith(wanted):
        return 0.95
    if shorter > 3 and (wanted in word or word in wanted):
        return 0.85
    if shorter > 3 and longer - shorter <= 2:
        wrong = _wrong_letters(wanted, word, most=max(2, shorter // 3))
        allowed = 2 if shorter > 7 else 1
        if wrong <= allowed:
            return 1 - 0.1 * wrong
        if wrong <= shorter // 3:
            return _NEAR_WORD
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(wanted, word, strict=False))))
    return 0.8 if alike > 5 and alike >= 0.55 * longer else 0.0


def _wrong_letters(one: str, other: str, *, most: int) -> int:
    """How many letters are missing, too many, others or swapped; ``most`` + 1 if more than that.

    https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance (optimal string alignment)
    """
    if len(set(one) - set(other)) > most or len(set(other) - set(one)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, theirs in enumerate(other, start=1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != theirs)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return min(last[-1], most + 1)
