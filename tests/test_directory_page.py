"""The page of data: the documented format, and the very bytes that MediaWiki stores."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from tests.directories import CONFIG, PAGES, directory_of
from wikibot.directory_page import as_data, as_text, keys_of
from wikibot.members import Entry, Member
from wikibot.model import Part, Person, Site, Span

DOCS = Path(__file__).parent.parent / "docs"
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], Field(min_length=1)]


class Model(BaseModel):
    """A part of the format. A key that is not here is not documented either."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Activity(Model):
    text: Text
    cadence: Text | None = None
    catch_all: Annotated[Literal[True] | None, Field(alias="catch-all")] = None


class Group(Model):
    name: Text | None = None
    activities: Annotated[list[Activity] | None, Field(min_length=1)] = None


class Role(Model):
    name: Text
    page: Text
    section: Text | None = None
    teams: Texts | None = None
    contact: Text | None = None
    holders: Texts | None = None
    holding_teams: Annotated[Texts | None, Field(alias="holding teams")] = None
    named: Texts | None = None
    contacts: Texts | None = None
    stated: Text | None = None
    vacant: Literal[True] | None = None
    groups: Annotated[list[Group] | None, Field(min_length=1)] = None


class Person_(Model):
    key: Text
    name: Text
    username: Text | None = None
    title: Text | None = None
    team: Text
    teams: Annotated[list[Text] | None, Field(min_length=2)] = None
    aliases: Texts | None = None


class Team(Model):
    name: Text
    aliases: Texts | None = None
    page: Text
    contact: Text | None = None
    people: Texts | None = None


class Format(Model):
    mark: Annotated[Literal[1], Field(alias="wikibot directory")]
    note: Text
    fallback: Text | None = None
    page: Text | None = None
    teams: list[Team]
    people: list[Person_]
    roles: list[Role]


# --- the format -----------------------------------------------------------------------------------


def read_back(data: dict[str, Any]) -> Format:
    return Format.model_validate_json(as_text(data))


def test_the_department_is_in_the_format() -> None:
    found = read_back(as_data(directory_of()))
    assert found.fallback == "Talk:Quarry"
    assert found.page == "Quarry/Whom to ask"
    assert [(t.name, t.aliases, t.contact, t.people) for t in found.teams] == [
        (
            "Slate",
            ["Slate team"],
            "Talk:Quarry/Slate",
            ["Ada Moss", "Bo Fern", "Kim Reed (Kim1 (Example))"],
        ),
        (
            "Chalk & Flint",
            None,
            "Talk:Quarry/Chalk",
            ["Kim Reed (Kim2 (Example))", "שרה ברק", "Ada Moss"],
        ),
        ("Gravel", None, None, None),
    ]
    assert [(p.key, p.username, p.title, p.team, p.teams, p.aliases) for p in found.people] == [
        (
            "Ada Moss",
            "Ada (Example)",
            "Team Lead",
            "Slate",
            ["Slate", "Chalk & Flint"],
            ["Addie Moss"],
        ),
        ("Bo Fern", None, "Splitter", "Slate", None, None),
        ("Kim Reed (Kim1 (Example))", "Kim1 (Example)", "Splitter", "Slate", None, None),
        ("Kim Reed (Kim2 (Example))", "Kim2 (Example)", "Driller", "Chalk & Flint", None, None),
        ("שרה ברק", None, "Drill Manager", "Chalk & Flint", None, None),
    ]


def test_roles_have_their_holders_and_activities_in_the_order_of_the_pages() -> None:
    roles = read_back(as_data(directory_of())).roles
    assert [(r.name, r.holders, r.vacant, r.stated, r.contact) for r in roles] == [
        ("Programme lead", ["Ada Moss"], None, None, None),
        ("Tool keeper", None, True, "TBD", None),
        ("Weighbridge", ["Bo Fern"], None, None, "Talk:Quarry/Gravel"),
        ("Lorries", ["שרה ברק"], None, None, "Talk:Quarry/Gravel"),
    ]
    lead = roles[0]
    assert (lead.page, lead.section, lead.teams) == (
        "Quarry/Roles",
        "Programme lead",
        ["Slate", "Chalk & Flint"],
    )
    assert lead.groups is not None
    assert [
        (group.name, [(a.text, a.cadence, a.catch_all) for a in group.activities or ()])
        for group in lead.groups
    ] == [
        (
            "Plans",
            [
                ("Annual planning, yearly", "yearly", None),
                ("Prepare the budgets", None, None),
                ("Talk with R&D: stone = slate", None, None),
            ],
        ),
        ("Other", [("Other duties as assigned", None, True)]),
    ]


def test_an_empty_department_is_in_the_format() -> None:
    found = read_back(as_data(directory_of(texts={})))
    assert (found.people, found.roles, len(found.teams)) == ([], [], 3)


def test_the_note_is_in_the_language_of_the_wiki() -> None:
    assert "Teamseiten" in as_data(directory_of(site=Site(language="de")))["note"]


def test_the_schema_in_the_documentation_is_this_format() -> None:
    schema = json.loads((DOCS / "directory.schema.json").read_text("utf-8"))
    model = Format.model_json_schema(by_alias=True)
    parts = {"team": Team, "person": Person_, "role": Role, "group": Group, "activity": Activity}

    def shape(part: dict[str, Any]) -> tuple[list[str], set[str]]:
        return list(part["properties"]), set(part.get("required", ()))

    assert shape(schema) == shape(model)
    assert schema["$defs"].keys() == parts.keys()
    for name, part in parts.items():
        assert shape(schema["$defs"][name]) == shape(part.model_json_schema(by_alias=True))


def test_the_example_in_the_documentation_is_in_the_format() -> None:
    text = (DOCS / "directory.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    found = Format.model_validate_json(example)
    assert as_text(json.loads(example)) == example.rstrip()
    keys = {person.key for person in found.people}
    assert {k for t in found.teams for k in t.people or ()} <= keys
    assert {k for r in found.roles for k in r.holders or ()} <= keys


# --- keys of people -------------------------------------------------------------------------------


def member(name: str, username: str, team: str) -> Member:
    person = Person(Part(name, Span(0, 0)), None, None, "", 1, Span(0, 0))
    return Member(name, username, frozenset(), "", team, (), (Entry("P", team, person),))


NAMES = st.sampled_from(["Kim", "Kim (A)", "Kim (A) 2", "kim", "Kim\u200b", "Åsa", "A\u030asa", ""])


@given(st.lists(st.builds(member, NAMES, st.sampled_from(["", "A", "B"]), NAMES), unique=True))
def test_a_key_is_of_one_person(members: list[Member]) -> None:
    keys = keys_of(members)
    assert keys.keys() == set(members)
    assert len(set(keys.values())) == len(members)


def test_a_key_is_the_name_where_nobody_shares_it() -> None:
    ada, kim, other = member("Ada", "A", "T"), member("Kim", "K", "T"), member("Kim", "", "U")
    assert keys_of([kim, ada, other]) == {ada: "Ada", other: "Kim (U)", kim: "Kim (K)"}


# --- the bytes ------------------------------------------------------------------------------------


def stored(value: Any, indent: str = "") -> Iterator[str]:
    """FormatJson::encode( $value, "\\t", FormatJson::UTF8_OK ), from json_encode's manual."""
    if isinstance(value, str):
        yield '"'
        for character in value:
            code = ord(character)
            if character in '"\\':
                yield "\\" + character
            elif character in "\b\f\n\r\t":
                yield "\\" + "bfnrt"["\b\f\n\r\t".index(character)]
            elif code < 0x20 or code in (0x2028, 0x2029):
                yield f"\\u{code:04x}"
            elif character in "<>&":
                yield f"\\u{code:04X}"
            else:
                yield character
        yield '"'
    elif isinstance(value, list | dict):
        opens, closes = ("[", "]") if isinstance(value, list) else ("{", "}")
        inner = f"{indent}\t"
        yield opens
        entries = enumerate(value) if isinstance(value, list) else value.items()
        for place, (key, entry) in enumerate(entries):
            yield f"{',' if place else ''}\n{inner}"
            if isinstance(value, dict):
                yield from stored(key)
                yield ": "
            yield from stored(entry, inner)
        yield f"\n{indent}{closes}" if value else closes
    else:
        yield {True: "true", False: "false", None: "null"}.get(value) or str(value)


ODD = st.text(st.sampled_from("a<>&\"'/\\\n\t\x01\x1f\x7f\u2028\u2029\u0327\u0301é👩[]{}|~ "))
VALUES = st.recursive(
    st.one_of(ODD, st.text(), st.booleans(), st.integers(2, 9)),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(ODD, inner)),
)


@given(VALUES)
def test_the_text_is_what_mediawiki_makes_of_it(value: Any) -> None:
    assert as_text(value) == "".join(stored(value))


@given(ODD, ODD, ODD)
def test_whatever_people_write_arrives_as_it_was_sent(name: str, title: str, other: str) -> None:
    """Requests are brought into NFC, in which the page has to be already; nothing is cut off."""
    config = {
        **CONFIG,
        "team": [{**CONFIG["team"][0], "name": f"x{name}", "aliases": [f"y{title}"]}],
        "roles": [],
        "people": {"Ada Moss": {"aliases": [f"z{other}", *([other] if other else [])]}},
    }
    text = as_text(as_data(directory_of(config, {"Quarry/Slate": PAGES["Quarry/Slate"]})))
    assert unicodedata.is_normalized("NFC", text)
    (team,) = Format.model_validate_json(text).teams
    assert team.name.startswith("x")


def test_whom_to_ask_is_what_the_page_about_it_says() -> None:
    """A team that holds a role, somebody on no roster, and where to write without a person."""
    roles = (
        '{| class="wikitable"\n! Role !! Holder\n|-\n| Weighbridge || Slate team\n|-\n'
        "| Lorries || Gone Person\n|-\n| Scales || TBD\n|}\n"
    )
    found = read_back(as_data(directory_of(texts={**PAGES, "Quarry/Gravel/Roles": roles}))).roles
    assert [
        (r.name, r.holders, r.holding_teams, r.named, r.contacts)
        for r in found
        if r.page == "Quarry/Gravel/Roles"
    ] == [
        ("Weighbridge", None, ["Slate"], None, ["Talk:Quarry/Slate"]),
        ("Lorries", None, None, ["Gone Person"], ["Talk:Quarry/Gravel"]),
        ("Scales", None, None, None, ["Talk:Quarry/Gravel"]),
    ]
