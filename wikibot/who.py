"""Whom to ask: activities, roles, people and teams that match a few words, best first. Pure.

Case, word order, plurals and typing errors do not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from wikibot.directory import Directory
from wikibot.members import Member
from wikibot.words import stems

GOOD = 0.75  # of 1; below it an answer is offered as “nearest” only


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody to ask.

    ``matched`` is what the words were found in, ``role`` is ``""`` for a person or a team;
    ``contact`` is the page to write on when nobody holds the role. ``score`` is 0 to 1.
    """

    score: float
    matched: str
    role: str
    members: tuple[Member, ...]
    contact: str
    page: str
    line: int


def search(directory: Directory, query: str) -> tuple[Answer, ...]:
    """All answers worth offering, best first; the first one is good when it scores ``GOOD``."""
    found = (answer for answer in _answers(directory, query) if answer.score >= 0.5)
    return tuple(sorted(found, key=lambda a: (-round(a.score, 2), a.page, a.line, a.matched)))


def _answers(directory: Directory, query: str) -> Iterator[Answer]:
    words = stems(query)
    for duty in directory.duties:
        teams = (directory.team(name) for name in duty.table.teams)
        contact = duty.table.contact or next((t.contact for t in teams if t.contact), "") or ""
        role = duty.role
        texts = [(role.name.text, role.line)]
        for group in role.groups:
            if group.name:
                texts.append((group.name.text, group.line))
            texts += [(activity.text.text, activity.line) for activity in group.activities]
        for text, line in texts:
            score = _score(words, text)
            yield Answer(score, text, role.name.text, duty.members, contact, duty.page, line)
    for member in directory.members:
        entry = member.entries[0]
        for text in (member.name, member.title, *member.aliases):
            contact = directory.team(member.team).contact or ""
            yield Answer(
                _score(words, text), text, "", (member,), contact, entry.page, entry.person.line
            )
    for team in directory.config.team:
        members = tuple(m for m in directory.members if team.name in m.teams)
        yield Answer(
            _score(words, team.name), team.name, "", members, team.contact or "", team.page, 0
        )


def _score(query: list[str], text: str) -> float:
    """How much of the query is in the text, and, a little, how much of the text is the query."""
    words = stems(text)
    if not query or not words:
        return 0.0
    found = sum(max(_likeness(wanted, word) for word in words) for wanted in query) / len(query)
    return found * (0.9 + 0.1 * min(1.0, len(query) / len(words)))


def _likeness(wanted: str, word: str) -> float:
    if wanted == word:
        return 1.0
    if len(wanted) > 2 and word.startswith(wanted):
        return 0.95
    if abs(len(wanted) - len(word)) > 3:
        return 0.0
    ratio = SequenceMatcher(None, wanted, word, autojunk=False).ratio()
    return ratio if ratio >= 0.7 else 0.0
