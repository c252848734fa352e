"""The directory as pages of wikitext, for wikis on which pages cannot call modules in Lua. Pure.

Each page is a ``{{#switch:}}`` over what can be asked, with calls of the package's templates as
answers. It says the same as ``templates_wikitext/Module/Wikibot directory.lua`` does for questions
that are asked in just the words of the directory, but case and blanks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wikibot.messages import Messages
from wikibot.templates import called
from wikibot.wikitext import escape

MOST_ROLES = 3  # that one question is answered with
MOST_NAMES = 10  # of teams, where one was asked for that there is not
_ASKED = "{{{1|}}}"
# Columns of rosters that are left out: “no titles” and “no roles”, there though empty
_COLUMNS = "|{{{t|-}}}=|{{{r|--}}}="

Role = Mapping[str, Any]
Person = Mapping[str, Any]
Team = Mapping[str, Any]


def pages(data: Mapping[str, Any], words: Messages, *, prefix: str) -> dict[str, str]:
    """The pages by what stands behind the directory's title: ``Roster``, ``Contact for``, ….

    ``data`` is the directory as :func:`wikibot.directory_page.as_data` has it, ``prefix`` that of
    the package's templates.
    """
    held: dict[str, list[Role]] = {}
    for role in data["roles"]:
        for key in role.get("holders", ()):
            held.setdefault(key, []).append(role)
    by_key = {person["key"]: person for person in data["people"]}
    found = _Pages(data, words, prefix, by_key, held)
    return {
        "Contact box": found.contact_box(),
        "Contact for": found.contact_for(),
        "Responsibilities": found.responsibilities(),
        "Role holder": found.role_holder(),
        "Roster": found.roster(),
    }


@dataclass(frozen=True, slots=True)
class _Pages:
    data: Mapping[str, Any]
    words: Messages
    prefix: str
    by_key: Mapping[str, Person]
    held: Mapping[str, Sequence[Role]]  # by the keys of their holders

    # --- pages ----------------------------------------------------------------------------------

    def contact_for(self) -> str:
        subjects = [(role["name"], number) for number, role in enumerate(self._roles)]
        subjects += [
            (text, number)
            for number, role in enumerate(self._roles)
            for group in role.get("groups", ())
            for activity in group.get("activities", ())
            if not activity.get("catch-all")
            for text in (activity["text"], _without_cadence(activity))
        ]
        return self._answers(subjects, with_role=True)

    def role_holder(self) -> str:
        names = [(role["name"], number) for number, role in enumerate(self._roles)]
        return self._answers(names, with_role=False)

    def roster(self) -> str:
        tables = {tuple(_names(team)): self._table_of(team) for team in self._teams}
        cases = [(("",), "\n".join(tables.values())), *tables.items()]
        return _switch(cases, self._unknown_team())

    def contact_box(self) -> str:
        cases = [(tuple(_names(team)), self._card(team)) for team in self._teams]
        return _switch(cases, self._unknown_team())

    def responsibilities(self) -> str:
        """Asked for as ``team: Delivery``, ``person: Mina Okafor``, ``page: …``, or not at all."""
        everything = self._table(self.words("directory-everything"), self._roles)
        cases: list[tuple[Sequence[str], str]] = [(("",), everything)]
        for team in self._teams:
            roles = [role for role in self._roles if self._is_of(role, team)]
            asked = tuple(f"team: {name}" for name in _names(team))
            cases.append((asked, self._table(escape.anywhere(team["name"]), roles)))
        called: dict[str, list[Person]] = {}
        for person in self._people:
            names = (person["key"], person["name"], person.get("username", ""))
            for name in {_key(n): n for n in (*names, *person.get("aliases", ())) if n}.values():
                called.setdefault(name, []).append(person)
        for name, people in called.items():
            roles = [role for person in people for role in self.held.get(person["key"], ())]
            shown = self._table(escape.anywhere(people[0]["name"]), roles)
            cases.append(((f"person: {name}",), shown))
        for title in dict.fromkeys(role["page"] for role in self._roles):
            roles = [role for role in self._roles if role["page"] == title]
            cases.append(((f"page: {title}",), self._table(escape.anywhere(title), roles)))
        nothing = self.words("directory-no-roles", what=_ASKED)
        return _switch(cases, nothing)

    # --- what they are made of ------------------------------------------------------------------

    @property
    def _teams(self) -> Sequence[Team]:
        return tuple(self.data["teams"])

    @property
    def _people(self) -> Sequence[Person]:
        return tuple(self.data["people"])

    @property
    def _roles(self) -> Sequence[Role]:
        return tuple(self.data["roles"])

    def _call(self, template: str, **arguments: str) -> str:
        """A call; the arguments are wikitext, those that are empty are left out."""
        said = "".join(f"|{name}={value}" for name, value in arguments.items() if value)
        return f"{{{{{called(template, self.prefix)}{said}}}}}"

    def _answers(self, subjects: Iterable[tuple[str, int]], *, with_role: bool) -> str:
        """What is answered when one of the texts is asked for; each is about some role."""
        about: dict[str, list[int]] = {}
        for text, number in sorted(subjects, key=lambda subject: subject[1]):
            numbers = about.setdefault(_key(text), [])
            if number not in numbers:
                numbers.append(number)
        asked: dict[tuple[int, ...], list[str]] = {}
        for text, numbers in about.items():
            asked.setdefault(tuple(numbers), []).append(text)
        cases = [
            (
                tuple(texts),
                "; ".join(
                    self._answer(self._roles[number], with_role=with_role or len(numbers) > 1)
                    for number in numbers[:MOST_ROLES]
                ),
            )
            for numbers, texts in asked.items()
        ]
        page = self.data.get("fallback") or self.data.get("page")
        if page:
            unknown = self.words("directory-unknown", what=_ASKED, page=escape.page(page, page))
        else:
            unknown = self.words("directory-unknown-no-page", what=_ASKED)
        return _switch(cases, unknown)

    def _answer(self, role: Role, *, with_role: bool) -> str:
        by_name = {team["name"]: team for team in self._teams}
        people = [self._person(self.by_key[key]) for key in role.get("holders", ())]
        teams = (by_name[name] for name in role.get("holding teams", ()))
        linked = [escape.page(team.get("page", ""), team["name"]) for team in teams]
        named = [escape.anywhere(name) for name in role.get("named", ())]
        return self._call(
            "Contact answer",
            people=", ".join((*people, *linked, *named)),
            role=self._role(role) if with_role else "",
            contact=", ".join(escape.page(title, title) for title in role.get("contacts", ())),
        )

    def _shown(self, keys: Iterable[str]) -> str:
        return ", ".join(self._person(self.by_key[key]) for key in keys)

    def _person(self, person: Person) -> str:
        return self._call(
            "Directory person",
            name=escape.anywhere(person["name"]),
            username=escape.anywhere(person.get("username", "")),
        )

    def _role(self, role: Role) -> str:
        return self._call(
            "Directory role",
            name=escape.anywhere(role["name"]),
            page=escape.anywhere(role.get("page", "")),
            section=escape.anywhere(role.get("section", "")),
        )

    def _unknown_team(self) -> str:
        names = ", ".join(escape.anywhere(team["name"]) for team in self._teams[:MOST_NAMES])
        return self.words("directory-unknown-team", what=_ASKED, names=names)

    def _card(self, team: Team) -> str:
        return self._call(
            "Contact card",
            team=escape.anywhere(team["name"]),
            page=escape.anywhere(team.get("page", "")),
            contact=escape.anywhere(team.get("contact") or self.data.get("fallback") or ""),
            people=self._shown(team.get("people", ())),
        )

    def _table_of(self, team: Team) -> str:
        link = escape.page(team.get("page", ""), team["name"])
        if not team.get("people"):
            return self.words("directory-no-people", team=link)
        head = self._with_columns(self._call("Roster head", caption=link))
        rows = "".join(self._row(self.by_key[key]) for key in team["people"])
        return f"{head}{rows}\n{{{{!}}}}}}"

    def _row(self, person: Person) -> str:
        call = self._call(
            "Roster row",
            person=self._person(person),
            title=escape.anywhere(person.get("title", "")),
            roles=", ".join(map(self._role, self.held.get(person["key"], ()))),
        )
        return self._with_columns(call)

    def _with_columns(self, call: str) -> str:
        return f"{call.removesuffix('}}')}{_COLUMNS}}}}}"

    def _table(self, what: str, roles: Sequence[Role]) -> str:
        if not roles:
            return self.words("directory-no-roles", what=what)
        caption = self.words("directory-responsibilities", what=what)
        rows = "".join(
            self._call(
                "Responsibilities row",
                role=self._role(role),
                holders=self._answer(role, with_role=False),
                activities="\n".join(_activities(role)),
            )
            for role in roles
        )
        return f"{self._call('Responsibilities head', caption=caption)}{rows}\n{{{{!}}}}}}"

    def _is_of(self, role: Role, team: Team) -> bool:
        if teams := role.get("teams"):
            return team["name"] in teams
        return bool(set(role.get("holders", ())) & set(team.get("people", ())))


def _activities(role: Role) -> Iterable[str]:
    for group in role.get("groups", ()):
        if name := group.get("name"):
            yield f"<b>{escape.anywhere(name)}</b>"
        for activity in group.get("activities", ()):
            yield f"* {escape.anywhere(activity['text'])}"


def _without_cadence(activity: Mapping[str, Any]) -> str:
    """An activity without the words at an end of it that say how often: *Take stock, yearly*."""
    text, cadence = _key(activity["text"]), _key(activity.get("cadence", ""))
    bare = text.removesuffix(")") if text.endswith(f"{cadence})") else text
    if cadence and bare.endswith(cadence):
        return bare.removesuffix(cadence).rstrip(" ,:;(-")
    return text.removeprefix(cadence).lstrip(" ,:;)-") if cadence else text


def _names(team: Team) -> list[str]:
    return [team["name"], *team.get("aliases", ())]


def _key(text: str) -> str:
    """As ``{{lc:}}`` has what is asked."""
    return " ".join(text.lower().split())


def _switch(cases: Iterable[tuple[Sequence[str], str]], otherwise: str) -> str:
    """What is shown for each of some texts, and for any other."""
    lines = [f"<onlyinclude>{{{{#switch:{{{{lc:{_ASKED}}}}}"]
    for texts, shown in cases:
        lines += [f"|{escape.anywhere(_key(text))}" for text in texts]
        lines[-1] += f"={shown}"
    lines.append(f"|#default={otherwise}")
    return "\n".join([*lines, "}}</onlyinclude>"])
