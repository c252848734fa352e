"""What the contacts page says, in parts of calls of the package's templates with data only."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wikibot.config import TeamTable
from wikibot.directory import Directory
from wikibot.duties import Duty, Holding
from wikibot.members import Member
from wikibot.messages import Messages
from wikibot.model import PagePart
from wikibot.reports.markup import Pen
from wikibot.tasks.letters import DIGITS, ODD, letter, place
from wikibot.wikitext import escape
from wikibot.words import fold

HEAD = "Contacts head"
TABLE = "Contacts table"
GROUP = "Contacts group"
ROW = "Contacts row"
PERSON_ROW = "Contacts person"
CARD = "Contact card"
PERSON = "Directory person"
ROLE = "Directory role"
TEMPLATES = (HEAD, TABLE, GROUP, ROW, PERSON_ROW, CARD, PERSON, ROLE)

NAMED = ("activity", "group", "person", "team")  # the parts that have a heading


@dataclass(frozen=True, slots=True)
class Extent:
    """What there is room for: people and roles as templates (else as links), whole parts."""

    styled: bool = True
    groups: bool = True
    people: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """An activity as a line of the page; a role without activities stands for itself."""

    text: str
    duty: Duty
    group: str = ""
    cadence: str = ""


def parts(directory: Directory, pen: Pen, extent: Extent) -> tuple[PagePart, ...]:
    """The parts of the page, those left out that have nothing to say."""
    return tuple(_Writer(directory, pen, extent).parts())


def headings(words: Messages) -> dict[str, str]:
    """The headings of the parts that have one, by the name of the part."""
    return {name: words(f"contacts-by-{name}") for name in NAMED}


# What MediaWiki counts beside the text of a call, in bytes: labels, styles, links. Tests compare
# it with the count. https://www.mediawiki.org/wiki/Manual:Template_limits
_FIXED = {
    HEAD: 640,
    TABLE: 150,
    GROUP: 110,
    ROW: 28,
    PERSON_ROW: 25,
    CARD: 280,
    PERSON: 17,
    ROLE: 22,
}
_CALL = re.compile(rf"({'|'.join(_FIXED)})[|\n]")
_NESTED = re.compile(rf"\{{\{{[^{{}}]*({PERSON}|{ROLE})\|[^{{}}]*\}}\}}")
_TWICE = re.compile(rf"^\{{\{{[^{{}}|\n]*(?:{CARD}\|.*|{HEAD}\n(?:\|.*\n)*)", re.MULTILINE)
_NOTE = re.compile(r"\|(?:group|cadence|title)=([^|}]*)")


def counted(body: str) -> int:
    """About how much MediaWiki counts of the calls in a part.

    It counts what stands in a call each time that it comes out of one, and out of each condition.
    """
    nested = sum(len(m[0].encode()) * (3 if m[1] == ROLE else 2) for m in _NESTED.finditer(body))
    twice = sum(len(call.encode()) for call in _TWICE.findall(body))
    notes = sum(130 + len(note.encode()) for note in _NOTE.findall(body))
    fixed = sum(_FIXED[name] for name in _CALL.findall(body))
    return len(body.encode()) + nested + twice + notes + fixed


@dataclass(frozen=True, slots=True)
class _Writer:
    directory: Directory
    pen: Pen
    extent: Extent

    def parts(self) -> Iterator[PagePart]:
        tasks = sorted(self._tasks(), key=lambda t: (place(t.text), t.duty.page, t.duty.role.line))
        grouped = [task for task in tasks if task.group]
        members = self.directory.members if self.extent.people else ()
        yield self._part("overview", [self._head(tasks, left_out=self._left_out(grouped))])
        if tasks:
            yield self._part("activity", self._by_activity(tasks))
        if grouped and self.extent.groups:
            yield self._part("group", self._by_group(grouped))
        if members:
            yield self._part("person", self._by_person(members))
        if self.directory.config.team:
            yield self._part("team", map(self._card, self.directory.config.team))

    def _part(self, name: str, lines: Iterable[str]) -> PagePart:
        heading = headings(self.pen.words)[name] if name in NAMED else ""
        return PagePart(("part", name), heading, "\n".join(lines))

    def _left_out(self, grouped: list[Task]) -> str:
        """The sentence about what there is no room for."""
        left = ["group"] if grouped and not self.extent.groups else []
        left += ["person"] if self.directory.members and not self.extent.people else []
        words = self.pen.words
        names = [words(f"contacts-by-{name}") for name in left]
        return words("contacts-too-large", parts=words.joined(names)) if names else ""

    def _tasks(self) -> Iterator[Task]:
        """Each activity with its role, catch-alls left out."""
        catch_all = self.directory.config.catch_alls
        for duty in self.directory.duties:
            if not any(duty.role.groups):
                yield Task(duty.role.name.text, duty)
            for group in duty.role.groups:
                name = group.name.text if group.name else ""
                for activity in group.activities:
                    if fold(activity.text.text) not in catch_all:
                        yield Task(activity.text.text, duty, name, activity.cadence or "")

    # --- the parts ------------------------------------------------------------------------------

    def _head(self, tasks: list[Task], *, left_out: str) -> str:
        table = self.directory.config.contacts
        letters = dict.fromkeys(letter(task.text) for task in tasks)
        links = " ".join(f"[[#{_anchor(each)}|{escape.label(each)}]]" for each in letters)
        data = {
            "fallback": escape.target((table.fallback if table else None) or ""),
            "directory": escape.target((table.directory if table else None) or ""),
            "note": left_out,
            "letters": links,
        }
        return self.pen.call(HEAD, data, lines=True)

    def _by_activity(self, tasks: list[Task]) -> Iterator[str]:
        yield self._table("activity", "activity", "role", "ask")
        before = ""
        for task in tasks:
            if (first := letter(task.text)) != before:
                before = first
                yield self.pen.call(
                    GROUP, {"name": escape.anywhere(first), "anchor": _anchor(first)}
                )
            yield self._row(task, group=escape.anywhere(task.group))
        yield "|}"

    def _by_group(self, tasks: list[Task]) -> Iterator[str]:
        yield self._table("group", "activity", "role", "ask")
        before = ""
        for task in sorted(tasks, key=lambda task: place(task.group)):
            if fold(task.group) != before:
                before = fold(task.group)
                yield self.pen.call(GROUP, {"name": escape.anywhere(task.group)})
            yield self._row(task)
        yield "|}"

    def _by_person(self, members: Iterable[Member]) -> Iterator[str]:
        held: dict[Member, list[Duty]] = {}
        for duty in self.directory.duties:
            for member in duty.members:
                held.setdefault(member, []).append(duty)
        yield self._table("person", "person", "team", "roles")
        for member in sorted(members, key=lambda m: (place(m.name), m.username)):
            data = {
                "person": self._person(member),
                "title": escape.anywhere(member.title),
                "team": ", ".join(self._team(self.directory.team(team)) for team in member.teams),
                "roles": ", ".join(self._role(duty) for duty in held.get(member, ())),
            }
            yield self.pen.call(PERSON_ROW, data)
        yield "|}"

    def _card(self, team: TeamTable) -> str:
        people = self.directory.people.of_team(team.name)
        data = {
            "team": escape.anywhere(team.name),
            "page": escape.target(team.page),
            "contact": escape.target(self.directory.contact_of(team)),
            "people": ", ".join(map(self._person, people)),
        }
        return self.pen.call(CARD, data)

    # --- their cells ----------------------------------------------------------------------------

    def _table(self, part: str, *heads: str) -> str:
        words = self.pen.words
        data = {"caption": words(f"contacts-by-{part}")}
        columns = zip(("first", "second", "third"), heads, strict=True)
        return self.pen.call(
            TABLE, data | {key: words(f"contacts-{head}") for key, head in columns}
        )

    def _row(self, task: Task, *, group: str = "") -> str:
        said = fold(task.text)  # mostly with its cadence
        data = {
            "activity": escape.anywhere(task.text),
            "role": self._role(task.duty),
            "ask": self._whom(task.duty),
            "group": group,
            "cadence": escape.anywhere(task.cadence if task.cadence not in said else ""),
        }
        return self.pen.call(ROW, data)

    def _whom(self, duty: Duty) -> str:
        """Who holds the role; where no person is known to, the pages to write on as well."""
        named = list(dict.fromkeys(name for h in duty.holdings for name in self._holders(h)))
        persons = any(h.members and h.kind != "team" for h in duty.holdings)
        contacts = () if persons else self.directory.contacts_of(duty)
        links = ", ".join(escape.page(title, title) for title in contacts)
        whom = ", ".join(named) or self.pen.words("contacts-vacant")
        return f"{whom}; {links}" if links else whom

    def _holders(self, holding: Holding) -> Iterator[str]:
        """People, a team, or what the page says where nobody knows who that is."""
        text = holding.holder.name.text
        if holding.kind == "team":
            team = self.directory.config.teams_by_name().get(fold(text))
            yield (
                self._team(self.directory.team(team)) if team else _isolated(escape.anywhere(text))
            )
        elif holding.members:
            yield from map(self._person, holding.members)
        elif holding.kind != "vacant":
            yield _isolated(escape.anywhere(text))

    def _person(self, member: Member) -> str:
        if not self.extent.styled:
            return _isolated(escape.person(member.name, member.username))
        data = {
            "name": escape.anywhere(member.name),
            "username": escape.target(member.username),
        }
        return self.pen.call(PERSON, data)

    def _role(self, duty: Duty) -> str:
        name, section = duty.role.name.text, duty.role.section
        if not self.extent.styled:
            return _isolated(escape.section_of(duty.page, section, name))
        data = {
            "name": escape.anywhere(name),
            "page": escape.target(duty.page),
            "section": escape.target(section),
        }
        return self.pen.call(ROLE, data)

    def _team(self, team: TeamTable) -> str:
        return _isolated(escape.page(team.page, team.name))


def _isolated(text: str) -> str:
    """Text whose direction of writing is its own: https://www.w3.org/TR/html-bidi/"""
    return f"<bdi>{text}</bdi>"


def _anchor(first: str) -> str:
    names = {DIGITS: "digits", ODD: "other"}
    return f"contacts-{names.get(first, first)}"
