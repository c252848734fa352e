"""The directory as data for templates and programs: what stands on the page ``….json``. Pure.

What each key means is in ``docs/directory.md``. The text is byte for byte what MediaWiki makes of
it when it saves a page of JSON, so that a page that says the same already is not written again.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wikibot.config import TeamTable
from wikibot.directory import Directory
from wikibot.duties import Duty
from wikibot.members import Member
from wikibot.messages import load
from wikibot.model import ActivityGroup
from wikibot.words import fold

MARK = "wikibot directory"
VERSION = 1
MODEL = "json"
ENDING = ".json"
# FormatJson::encode without XMLMETA_OK; json_encode without JSON_UNESCAPED_LINE_TERMINATORS
_ESCAPED = {
    "<": "\\u003C",
    ">": "\\u003E",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_ESCAPE = re.compile(f"[{''.join(_ESCAPED)}]")
# What no page of a wiki can contain: UtfNormal\Validator puts U+FFFD in its place
_IMPOSSIBLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BLANKS = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
_JOINER = "\u034f"  # COMBINING GRAPHEME JOINER, which nobody sees


def as_data(directory: Directory) -> dict[str, Any]:
    """What all pages say, joined, as version 1 of the format has it; only strings are texts."""
    config = directory.config
    contacts = config.contacts
    keys = keys_of(directory.members)
    return _with_values(
        {
            MARK: VERSION,
            "note": load(directory.site.language)("directory-note"),
            "fallback": contacts.fallback if contacts else None,
            "page": contacts.page if contacts else None,
        }
    ) | {
        "teams": [_team(directory, table, keys) for table in config.team],
        "people": [_person(member, key) for member, key in keys.items()],
        "roles": [_role(directory, duty, keys) for duty in directory.duties],
    }


def as_text(data: Any) -> str:
    """The text of the page, as JsonContent::beautifyJSON stores it."""
    text = json.dumps(data, ensure_ascii=False, indent="\t")
    return _ESCAPE.sub(lambda found: _ESCAPED[found[0]], text)


def keys_of(members: Iterable[Member]) -> dict[Member, str]:
    """The key of each person, A to Z: the name, with what tells apart those who share it."""
    ordered = sorted(members, key=lambda m: (fold(m.name), m.name, m.username, m.team))
    names = Counter(_value(member.name) for member in ordered)
    found: dict[Member, str] = {}
    taken: set[str] = set()
    for member in ordered:
        name = _value(member.name)
        if names[name] > 1:
            name = f"{name} ({_value(member.username or member.team)})"
        key, number = name, 1
        while key in taken:
            number += 1
            key = f"{name} {number}"
        taken.add(key)
        found[member] = key
    return found


def in_order(directory: Directory, team: str) -> list[Member]:
    """The people of a team in the order of its page."""

    def line(member: Member) -> int:
        return min(entry.person.line for entry in member.entries if entry.team == team)

    return sorted(directory.people.of_team(team), key=line)


def _team(directory: Directory, table: TeamTable, keys: Mapping[Member, str]) -> dict[str, Any]:
    return _with_values(
        {
            "name": table.name,
            "aliases": list(table.aliases),
            "page": table.page,
            "contact": table.contact,
            "people": [keys[member] for member in in_order(directory, table.name)],
        }
    )


def _person(member: Member, key: str) -> dict[str, Any]:
    return _with_values(
        {
            "key": key,
            "name": member.name,
            "username": member.username,
            "title": member.title,
            "team": member.team,
            "teams": list(member.teams) if len(member.teams) > 1 else [],
            "aliases": list(member.aliases),
        }
    )


def _role(directory: Directory, duty: Duty, keys: Mapping[Member, str]) -> dict[str, Any]:
    """A role. People who hold it as members of a team that does are told by the team."""
    persons = dict.fromkeys(m for h in duty.holdings if h.kind != "team" for m in h.members)
    nobody = not duty.members
    teams = directory.config.teams_by_name()
    unknown = (h for h in duty.holdings if not h.members and h.kind not in ("vacant", "team"))
    return _with_values(
        {
            "name": duty.role.name.text,
            "page": duty.page,
            "section": duty.role.section,
            "teams": list(duty.table.teams),
            "contact": duty.table.contact,
            "holders": [keys[member] for member in persons],
            "holding teams": [
                teams[fold(h.holder.name.text)] for h in duty.holdings if h.kind == "team"
            ],
            "named": [h.holder.name.text for h in unknown],
            "contacts": [] if persons else list(directory.contacts_of(duty)),
            "stated": duty.role.stated.text if nobody and duty.role.stated else None,
            "vacant": nobody,
            "groups": list(_groups(duty.role.groups, directory.config.catch_alls)),
        }
    )


def _groups(
    groups: Iterable[ActivityGroup], catch_alls: frozenset[str]
) -> Iterator[dict[str, Any]]:
    for group in groups:
        yield _with_values(
            {
                "name": group.name.text if group.name else None,
                "activities": [
                    _with_values(
                        {
                            "text": activity.text.text,
                            "cadence": activity.cadence,
                            "catch-all": fold(activity.text.text) in catch_alls,
                        }
                    )
                    for activity in group.activities
                ],
            }
        )


def _with_values(pairs: Mapping[str, Any]) -> dict[str, Any]:
    """The pairs that have a value; texts as a wiki can hold them."""
    found = {key: _clean(value) for key, value in pairs.items()}
    return {key: value for key, value in found.items() if value not in (None, "", [], False)}


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [each for each in map(_clean, value) if each != ""]
    return _value(value) if isinstance(value, str) else value


def _value(text: str) -> str:
    """A text on one line, as MediaWiki takes it from a request: in NFC, no control characters.

    The whole page is brought into NFC when it is sent. A mark that belongs on a ``<``, which is
    written as ``\\u003C`` there, would join with the C and spoil it; a joiner keeps them apart.
    """
    text = unicodedata.normalize("NFC", _IMPOSSIBLE.sub("\ufffd", _BLANKS.sub(" ", text))).strip()
    if not _ESCAPE.search(text) or unicodedata.is_normalized("NFC", as_text(text)):
        return text
    return _ESCAPE.sub(lambda found: found[0] + _JOINER, text)
