"""What is missing from a report: a reason for its readers, all of it for whoever runs the bot."""

from dataclasses import replace
from typing import get_args

import pytest

from tests.tasks.harbour import UPDATES, WORLD, directory
from wikibot.directory import Directory
from wikibot.messages import load
from wikibot.model import Lack, LackKind, Tickets
from wikibot.reports.problems import Problem, problems
from wikibot.reports.telling import as_mail, problem, problem_in_full, tell
from wikibot.tasks.status_report import changes

ENGLISH = "This is only for whoever runs the bot"
WEEK = "Harbour/Status/2026-W47"


def lacking(lacks: dict[str, Lack], *, language: str = "en") -> Directory:
    world = replace(WORLD, tickets=Tickets(problems=lacks))
    return directory(UPDATES, language=language, world=world)


def of_phabricator(lacks: dict[str, Lack]) -> list[Problem]:
    return [p for p in problems(lacking(lacks)) if p.kind == "phabricator"]


def page(found: Directory) -> str:
    [text] = [c.create for c in changes(found, []) if c.title == WEEK]
    return text or ""


def mail(found: Directory) -> str:
    words = load(found.site.language)
    return "\n".join(as_mail(tell(found, []), words=words, url="https://wiki.example/"))


def test_projects_with_the_same_reason_are_one_line() -> None:
    down = Lack("silent", "It is down.")
    [found] = of_phabricator({"tugs": down, "lights": down, "cranes": down})
    assert problem(found, load("en")) == (
        "Tasks of the Phabricator projects cranes, lights and tugs: Phabricator did not answer, or"
        " not in full; the bot asks again."
    )
    assert problem_in_full(found) == (
        "Tasks of the Phabricator projects cranes, lights and tugs: It is down."
    )
    assert found.serious


def test_details_that_differ_are_told_to_the_operator_only() -> None:
    none = Lack("project", "Nothing there.")
    [project, silent] = of_phabricator(
        {"a": Lack("silent", "It broke off."), "b": Lack("silent", "It is down."), "c": none}
    )
    assert problem_in_full(silent) == (
        "Tasks of the Phabricator projects a and b: a: It broke off. b: It is down."
    )
    assert problem(project, load("en")) == (
        "Tasks of the Phabricator project c: Phabricator has nothing of that name that the bot may"
        " see."
    )


def test_the_order_of_the_projects_does_not_matter() -> None:
    lacks = {f"project-{kind}": Lack(kind, f"{kind}.") for kind in get_args(LackKind)}
    assert of_phabricator(lacks) == of_phabricator(dict(reversed(lacks.items())))


def test_a_long_list_of_projects_is_cut_short_on_the_page_and_told_whole_in_a_mail() -> None:
    found = lacking({f"project-{n:03}": Lack("silent", "It is down.") for n in range(100)})
    assert "project-048, project-049 and 50 more: Phabricator did not answer" in page(found)
    assert all(f"project-{n:03}" in mail(found) for n in range(100))


def test_the_name_of_a_project_is_no_markup() -> None:
    found = lacking({"{{a}}|[[b]]": Lack("silent", "It is down.")})
    assert "{{a}}" not in page(found)
    assert "[[b]]" not in page(found)
    assert "the Phabricator project {{a}}|[[b]]: " in " ".join(mail(found).split())


@pytest.mark.parametrize("kind", get_args(LackKind))
def test_each_reason_has_words_of_its_own_in_each_language(kind: LackKind) -> None:
    [found] = of_phabricator({"a": Lack(kind, ENGLISH)})
    said = {language: problem(found, load(language)) for language in ("en", "de")}
    assert len(set(said.values())) == 2
    assert all(load(language)(f"phabricator-{kind}") in said[language] for language in said)


def test_nothing_that_is_for_the_operator_reaches_a_page_or_a_mail() -> None:
    found = lacking({kind: Lack(kind, f"{ENGLISH}.") for kind in get_args(LackKind)}, language="de")
    half = replace(found.updates[0].update, problem=ENGLISH)
    unreadable = replace(found.pages["Harbour/Tugs/Updates"], problem=ENGLISH)
    found = replace(
        found,
        updates=(replace(found.updates[0], update=half), *found.updates[1:]),
        readings=found.readings.with_pages({unreadable.title: unreadable}),
        world=replace(found.world, problems=(ENGLISH,)),
    )
    told = problems(found)
    assert {p.kind for p in told} == {
        "page",
        "team",
        "bad-date",
        "half",
        "phabricator",
        "history",
    }
    assert all(ENGLISH in problem_in_full(p) for p in told if p.kind not in ("bad-date", "team"))
    for text in (page(found), mail(found)):
        assert "Harbour/Tugs/Updates" in text
        assert "Aufgaben des Phabricator-Projekts token: Der Bot" in " ".join(text.split())
        assert ENGLISH not in " ".join(text.split())
