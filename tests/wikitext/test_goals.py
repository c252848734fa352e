"""Goals: cases in ``cases/goals``, and laws."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import Case, read_cases
from wikibot.model import Goal, Item
from wikibot.wikitext import escape
from wikibot.wikitext.colours import background
from wikibot.wikitext.goal_words import read_head, speaks_of_goals
from wikibot.wikitext.goals import read_goals

CASES = read_cases(Path(__file__).parent / "cases" / "goals")


def written(goal: Goal) -> str:
    where = f"{goal.line} {goal.section}".strip()
    item = goal.goal
    said = item.text if item.text == item.source else f"{item.text} ⇐ {item.source}"
    day = goal.due.isoformat() if goal.due else "none"
    due = day if goal.raw_due == day else f"{day} ({goal.raw_due})"
    fields = (
        f"owner: {goal.owner}" if goal.owner else "",
        f"status: {goal.status}" if goal.status else "",
        f"due: {due}" if goal.raw_due else "",
    )
    return "; ".join((f"{where}: {said}", *filter(None, fields)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_goals_of_a_page(case: Case) -> None:
    found = [written(goal) for goal in read_goals(case.text("page"))]
    assert found == case.text("goals").splitlines()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_line_ends_of_the_page_do_not_matter(case: Case) -> None:
    page = case.text("page")
    assert read_goals(page.replace("\n", "\r\n")) == read_goals(page)


# --- heads and colours --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Goal", "goal"),
        ("KEY RESULTS (2026)", "goal"),
        ("Expected results", "goal"),
        ("End goal", "goal"),
        ("Goals of the quarter", "goal"),
        ("Project lead", "owner"),
        ("Owner(s)", "owner"),
        ("Zuständig", "owner"),
        ("Porteur du projet", "owner"),
        ("Goal status", "status"),
        ("Statut", "status"),
        ("Etat", "status"),
        ("Milestone date", "due"),
        ("Bis wann?", "due"),
        ("Fecha limite", "due"),
        ("End", "due"),
        ("Start date", None),
        ("Last updated", None),
        ("Notes", None),
        ("", None),
        ("Whom we ask about the goals that we set ourselves in May", None),
        ("goal " * 100, None),
    ],
)
def test_heads(text: str, field: str | None) -> None:
    head = read_head(text)
    assert (head.field if head else None) == field


def test_headings_that_speak_of_goals() -> None:
    for title in ("Goals", "Our OKRs", "Key results for Q2", "Quartalsziele", "Objectifs"):
        assert speaks_of_goals(title)
    for title in ("", "Non-goals", "Projects", "What we do", "Team", "Former goals"):
        assert not speaks_of_goals(title)


@pytest.mark.parametrize(
    ("attributes", "colour"),
    [
        ('style="background:lightgreen"', "green"),
        ('bgcolor="#33FF00"', "green"),
        ("bgcolor=33FF00 align=left", "green"),
        ("style='background-color : #FC3'", "yellow"),
        ("style='background: rgba(255, 0, 0, .5)'", "red"),
        ("style='background: red; background: yellow'", "yellow"),
        ("style='background: #fee7e6'", "red"),
        ("style='color: red'", None),
        ("bgcolor=#eee style='color:red'", None),
        ("style='background: white'", None),
        ("style='background: #2a4b8d'", None),
        ("style='background: #101'", None),
        ("style='background: url(red.png)'", None),
        ("style='background: var(--background-red)'", None),
        ("class=green", None),
        ("", None),
    ],
)
def test_colours(attributes: str, colour: str | None) -> None:
    assert background(attributes) == colour


# --- laws ---------------------------------------------------------------------------------------

_BITS = st.sampled_from(
    [
        *("{|", "|}", "|-", "\n", "\n", "\n\n", "| ", "|| ", "! ", "!! ", "rowspan=2 | ", "|+ x"),
        *("! Goal !! Owner !! Status !! Due\n|-\n", "colspan=3 | ", "style='background:red' | "),
        *("<table>", "<tr>", "<td>", "<th>Goal", "<th>Owner", "</table>", "<ul>", "<li>", "</ul>"),
        *("== Goals ==\n", "* ", "** ", "; ", ": ", " – Owner: ", " – Status: ", " – Due: "),
        *("Ship it", "[[User:Ana|Ana]]", "2026-12-15", "on track", "{{Done}}", "{{Status|late}}"),
        *("{{", "}}", "{{{", "[[", "]]", "|", "=", "'''", "<s>", "</s>", "<!--", "-->", "\x02"),
        *("<nowiki>", "</nowiki>", "<ref>", "</ref>", "<br>", "&amp;", "\x01", "\x03", "#"),
    ]
)


@given(st.text(max_size=80) | st.lists(_BITS, max_size=40).map("".join))
def test_reading_never_fails(text: str) -> None:
    for goal in read_goals(text):
        assert goal.goal.text
        assert "\n" not in goal.goal.text + goal.goal.source + goal.owner + goal.status
        assert not set("\x02\x03") & set(goal.goal.source + goal.owner + goal.status + goal.raw_due)
        assert 1 <= goal.line <= text.count("\n") + 1


_WORDS = st.lists(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), min_size=2, max_size=4
).map(" ".join)
_GOALS = st.lists(
    st.builds(
        Goal,
        goal=_WORDS.map(lambda words: Item(f"Make {words}", f"Make {words}")),
        owner=_WORDS,
        status=_WORDS,
        due=st.none(),
        raw_due=st.dates(date(1000, 1, 1)).map(date.isoformat),
        section=st.just("Plan"),
        line=st.just(0),
    ),
    max_size=5,
)
_COLUMNS = {"Objective": "goal", "Lead": "owner", "Health": "status", "Deadline": "raw_due"}


def table(goals: Sequence[Goal], heads: Sequence[str]) -> str:
    lines = ["== Plan ==", "{|", *(f"! {head}" for head in heads)]
    for goal in goals:
        lines.append("|-")
        for head in heads:
            value = getattr(goal, _COLUMNS[head])
            lines.append(f"| {escape.cell(value.text if isinstance(value, Item) else value)}")
    return "\n".join([*lines, "|}"])


@given(_GOALS, st.permutations(list(_COLUMNS)))
def test_a_table_of_goals_reads_back_the_same(goals: list[Goal], heads: list[str]) -> None:
    read = read_goals(table(goals, heads))
    assert [replace(goal, due=None, line=0) for goal in read] == goals
    assert [goal.due for goal in read] == [date.fromisoformat(goal.raw_due) for goal in goals]


@pytest.mark.parametrize(
    "bit",
    [
        "{|\n! Goal !! Owner\n|-\n| x || y\n|",
        "|-\n| rowspan=9 | [[x || {{y\n",
        "* a – Owner: b\n",
        "** Owner: b – ",
        "{{Status|",
        "<s>",
        "[[File:",
        "\n| – – : ",
    ],
)
def test_pages_of_one_bit_are_read(bit: str) -> None:
    read_goals("{|\n! Goal !! Owner !! Status\n|-\n| x || " + bit * 5_000)
    read_goals("== Goals ==\n* " + bit * 5_000)
