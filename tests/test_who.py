"""Whom to ask: what people ask, and the first answers (``who.cases``)."""

from pathlib import Path

import pytest

from tests.museum import HELP, directory, large
from wikibot.printing import WIDTH, answer_text
from wikibot.who import GOOD, Answer, search

MUSEUM = directory()
CASES = [
    tuple(part.strip() for part in line.split("⇒"))
    for line in Path(__file__).with_name("who.cases").read_text("utf-8").splitlines()
    if "⇒" in line and not line.startswith("#")
]


def named(answer: Answer) -> str:
    """The role, person or team of an answer."""
    teams = {team.page: team.name for team in MUSEUM.config.team}
    if answer.role:
        return answer.role
    return teams[answer.page] if answer.line == 0 else answer.members[0].name


@pytest.mark.parametrize(("question", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_first_answers(question: str, expected: str) -> None:
    answers = search(MUSEUM, question)
    good = [answer for answer in answers if answer.score >= GOOD]
    if expected == "(none)":
        assert answers == ()
        return
    if expected.startswith("~"):
        assert not good
        good = list(answers)
    first = [name.strip() for name in expected.removeprefix("~").split("|")]
    assert [named(answer) for answer in good][: len(first)] == first


def test_there_are_many_cases_and_none_twice() -> None:
    assert len({question for question, _ in CASES}) == len(CASES) >= 40


def test_a_role_is_answered_once_with_the_text_that_fits_best() -> None:
    answers = search(MUSEUM, "yearly programme of shows")
    heads = [answer for answer in answers if answer.role == "Head of shows"]
    assert [answer.matched for answer in heads] == ["Choose themes for the yearly programme"]
    everything = search(large(30, 300), "work of hall")
    assert len({(a.page, a.role) for a in everything if a.role}) == len(everything) == 30


def test_an_answer_says_where_to_write() -> None:
    by_role = {role: search(MUSEUM, role)[0] for role in ("Gardener", "Network keeper")}
    assert by_role["Gardener"].contact == "Talk:Museum/Garden"
    assert by_role["Network keeper"].contact == "Talk:Museum/IT"
    (archivist, *_) = search(MUSEUM, "Archivist")
    assert (archivist.members, archivist.stated) == ((), "Somebody Else")
    assert archivist.contact == HELP


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "budget",
            "Approve budgets (Head of shows)\n"
            "    Wilhelmina Oakes (User:Curia (Example)); or Museum/Help desk\n"
            "    Museum/Roles, line 10\n",
        ),
        ("gardener", "Gardener\n    nobody at present; or Talk:Museum/Garden\n"),
        ("archivist", "Archivist\n    Somebody Else (on no roster); or Museum/Help desk\n"),
        (
            "night watch",
            "Night Watch\n    nobody at present; or Museum/Help desk\n    Museum/Night\n",
        ),
    ],
)
def test_an_answer_as_text(question: str, text: str) -> None:
    said = "\n".join(answer_text(search(MUSEUM, question)[0])) + "\n"
    assert said.startswith(text)


def test_a_long_answer_is_folded_and_not_all_of_a_large_team_are_named() -> None:
    (first, *_) = search(large(300, 10), "Team 3")
    lines = list(answer_text(first))
    assert len(first.members) == 12
    assert ", 4 more; or Talk:Museum/Team 3" in " ".join(line.strip() for line in lines)
    assert all(len(line) <= WIDTH for line in lines)
