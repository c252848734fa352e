"""What tests of the readers share: layouts and sites of case files, made-up pages, a law."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import strategies as st

from tests.cases import Case
from wikibot.model import Layout, Part, Roles, Roster, Site
from wikibot.wikitext.inline import plain

_BITS = st.sampled_from(
    [
        *("* ", "# ", "** ", "; ", ": ", "== Team ==", "=== Role ===", "\n", "\n", "\n\n", "\r\n"),
        *("{|", "|}", "|-", "|+ cap", "| ", "|| ", "! ", "!! ", "rowspan=2 | ", "colspan=3 | "),
        *("! Name !! Title\n", "! Role !! Who\n|-\n", "! Activity !! Manager: Ana, Bo (interim)\n"),
        *("[[User:Ana|Ana]]", "[[User:Bo_Li]]", "[[user: cy |'''Cy''' (Chair)]]", "{{u|Ana}}"),
        *("[[File:x|y]]", "[https://example.org Dee Fox]", "[[", "]]", "[", "]", "|", "{{", "}}"),
        *("Ana Ruiz", "Bo Li", ", ", ", Manager", " - Tester", " – Lead", " (acting)", ": ", "TBD"),
        *("'''", "''", "<s>", "</s>", "<b>", "</b>", "<br>", "&amp;", "&nbsp;", "<!-- c -->"),
        *("Chair: Ana Ruiz\n", "* '''Editor''': writes", "; Chair : Bo Li\n", "* Contact: "),
        *("! Task !! Ana Ruiz !! Bo Li\n|-\n", "| Plan || R || A\n", "<ul><li>", "<table><tr><td>"),
        *("<table>", "<tr>", "<td>", "<th rowspan=2>", "</td>", "</tr>", "</table>", "<caption>"),
        *("<ul>", "<li>", "</li>", "</ul>", "<gallery>\nFile:a.jpg|Ana\n</gallery>", "; a : b\n"),
        *(
            "<translate>",
            "</translate>",
            "<!--T:1-->",
            '<tvar name="1">',
            "</tvar>",
            "<languages/>",
        ),
        *("{{Developer|name=", "|role=Lead}}\n", "The team includes ", " and ", "=== Ana ===\n"),
        *("<nowiki>", "</nowiki>", "<ref>x</ref>", "<ref>", "weekly", "\u200e", "\x01", "=", "{{{"),
    ]
)


def pages() -> st.SearchStrategy[str]:
    """Any text, and text made of the bits that rosters and roles pages are made of."""
    return st.one_of(st.text(max_size=80), st.lists(_BITS, max_size=40).map("".join))


def layout_of(case: Case) -> Layout:
    """The part ``%% layout`` of a case, in the words of the configuration."""
    return Layout(**tomllib.loads(case.text("layout")))


def site_of(case: Case) -> Site:
    """The part ``%% site`` of a case; prefixes in lower case."""
    given = tomllib.loads(case.text("site"))
    return replace(Site(), **{key: frozenset(value) for key, value in given.items()})


def shows_its_span(text: str, part: Part) -> bool:
    """Whether a reader of the part's source alone sees the part's text."""
    shown = plain(part.span.of(text))
    return part.text in (shown, shown.replace("_", " "))


def parts_of_roster(roster: Roster) -> Iterator[Part]:
    for person in roster.people:
        yield from (part for part in (person.name, person.username, person.title) if part)


def parts_of_roles(roles: Roles) -> Iterator[Part]:
    for role in roles.roles:
        yield role.name
        for holder in role.holders:
            yield from (part for part in (holder.name, holder.username) if part)
        for group in role.groups:
            if group.name:
                yield group.name
            yield from (activity.text for activity in group.activities)
