"""Rosters made of templates: ``{{Developer|name=Ana Ruiz|role=Tester}}``, one call a person."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from wikibot.model import Part, Person, Span
from wikibot.wikitext import entries, layouts, names
from wikibot.wikitext.calls import Argument, Call, read_calls
from wikibot.wikitext.inline import View, fold
from wikibot.wikitext.roster_draft import Candidate, Page, announcement, is_placeholder
from wikibot.wikitext.roster_words import (
    NAME_PARAMETERS,
    NICK_PARAMETERS,
    PEOPLE,
    PERSON_PARAMETERS,
    TITLE_PARAMETERS,
    USER_PARAMETERS,
)

_CALL = re.compile(r"\{\{[^\S\n]*([^\s{}|<>\[\]#:/][^{}|<>\[\]#:/\n]{0,60}?)\s*\|")
_MOST = 3  # templates of a page that are looked at, those called most first
_MOST_CALLS = 5_000  # what is called more often is no person


def from_cards(page: Page, inside: Span) -> Iterator[Candidate]:
    """The calls of each template that is called at least twice, as the roster they would be."""
    text = page.blocks.text
    calls = _CALL.finditer(text, inside.start, inside.end)
    called = Counter(_template(match[1]) for match in calls)
    common = [
        name
        for name, count in called.most_common()
        if 1 < count <= _MOST_CALLS and name.casefold() not in page.site.user_templates
    ]
    for name in common[:_MOST]:
        found = [
            call
            for call in read_calls(text[: inside.end], name=name)
            if not call.problem and call.span.start >= inside.start
        ]
        candidate = _from_calls(page, name, found) if len(found) > 1 else None
        if candidate:
            yield candidate


def _template(name: str) -> str:
    said = " ".join(name.replace("_", " ").split())
    return said[:1].upper() + said[1:]


def _from_calls(page: Page, name: str, calls: Sequence[Call]) -> Candidate | None:
    people: list[Person] = []
    likely = full = 0
    for call in calls:
        person = _person(page, call)
        if person:
            people.append(person)
            likely += bool(person.username) or _is_likely(call, person)
            full += bool(person.username) or names.is_full_name(person.name.text)
    given = {arg.name.casefold() for call in calls for arg in call.arguments}
    said = announcement(page, calls[0].span.start)
    about_people = bool(
        given & PERSON_PARAMETERS
        or layouts.words(name) & (PEOPLE | {"person"})
        or names.looks_like_title(name)
    )
    if said.of_else or likely * 10 < len(calls) * 8 or not (about_people or said.near):
        return None
    if not about_people and full * 10 < len(calls) * 8:
        return None
    why = f"{likely} of {len(calls)} calls of {name} name a person"
    start = calls[0].span.start
    line = page.blocks.line_at(start)
    return Candidate("templates", start, line, tuple(people), (), 2, why)


def _is_likely(call: Call, person: Person) -> bool:
    """A nick is enough where there is a parameter for what only people have."""
    about_people = {arg.name.casefold() for arg in call.arguments} & PERSON_PARAMETERS
    return bool(about_people) or names.looks_like_name(person.name.text)


def _person(page: Page, call: Call) -> Person | None:
    """Whom a call is about: by the names of its parameters, else by their order."""
    named = {arg.name.casefold(): arg for arg in call.arguments if arg.name}
    unnamed = [arg for arg in call.arguments if not arg.name or arg.name.isdecimal()]
    account = _value(page, named, USER_PARAMETERS)
    name = _value(page, named, NAME_PARAMETERS) or account
    name = name or _value(page, named, NICK_PARAMETERS)
    title = _value(page, named, TITLE_PARAMETERS)
    if name is None and unnamed:
        name = page.view(unnamed[0].value)
        if title is None and len(unnamed) > 1:
            second = page.view(unnamed[1].value)
            title = second if names.looks_like_title(fold(second.text)) else None
    reading = entries.read_item(name) if name else None
    if name is None or reading is None:
        return None
    text = fold(name.text[slice(*reading.name)])
    if name.is_struck(*reading.name) or is_placeholder(text) or not names.could_be_name(text):
        return None
    said = _title(title)
    person = page.person(name, reading, call.span)
    username = _username(account) or person.username
    return Person(
        person.name, username, said or person.title, person.section, person.line, call.span
    )


def _title(seen: View | None) -> Part | None:
    if seen is None:
        return None
    found = entries.title_in(seen, seen.outside, 0, len(seen.text))
    return seen.part(seen.trim(0, found[1])[0], found[1]) if found else None


def _username(seen: View | None) -> Part | None:
    if seen is None:
        return None
    link = entries.first_user(seen, 0, len(seen.text))
    part = link.username if link else seen.part(0, len(seen.text))
    return part if part and names.could_be_name(part.text) else None


def _value(page: Page, named: dict[str, Argument], wanted: Sequence[str]) -> View | None:
    """The first of the parameters ``wanted`` that says something."""
    for key in wanted:
        if key in named:
            seen = page.view(named[key].value)
            if fold(seen.text):
                return seen
    return None
