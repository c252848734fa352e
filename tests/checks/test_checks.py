"""Each case of ``cases/*.txt``: pages → findings, and the pages after the tasks have run."""

from datetime import date
from pathlib import Path

import pytest

from tests.cases import Case, read_cases
from tests.memory import MemoryWiki
from wikibot import checks, runner
from wikibot.config import Config, parse
from wikibot.model import Account
from wikibot.past import Past, Size, Source
from wikibot.period import parse as parse_period
from wikibot.tasks import TASKS

CASES = read_cases(Path(__file__).parent / "cases")

DEFAULT = """
[wiki]
folder = "wiki"
write_under = ["Team", "Other team", "Staff", "Roles"]
[[team]]
name = "Delivery"
page = "Team"
contact = "Talk:Team"
[[roles]]
page = "Roles"
teams = ["Delivery"]
"""
BARE = {
    "Team": "== People ==\n* [[User:Ola|Ola Berg]], Manager\n* [[User:Kim|Kim Dahl]], Engineer\n",
    "Roles": "== Lead ==\n{|\n! Activity !! [[User:Ola|Ola Berg]]\n|-\n|\n* Plan the year\n|}\n",
}


def config_of(case: Case) -> Config:
    import tomllib

    base, more = tomllib.loads(DEFAULT), tomllib.loads(case.text("config"))
    merged = base | {k: v for k, v in more.items() if not isinstance(v, list)}
    for key in ("team", "roles", "staff"):
        merged[key] = base.get(key, []) + more.get(key, [])
    return parse(merged)


def account(line: str) -> Account:
    name, _, state = line.partition(" = ")
    match state.split():
        case ["missing"]:
            return Account(name, exists=False)
        case ["blocked"]:
            return Account(name, exists=True, blocked=True)
        case ["inactive"]:
            return Account(name, exists=True, active=False)
        case ["renamed", *new]:
            return Account(name, exists=False, renamed_to=" ".join(new))
    raise ValueError(f"account states are missing, blocked, inactive, renamed NEW: {line}")


def past(case: Case) -> Past:
    """``unknown Staff: User:Ivo = 2026-11-10``, ``team Team: Delivery = 12``, in lines."""
    sizes, unknown = {}, {}
    for line in case.text("past").splitlines():
        where, _, value = line.partition(" = ")
        kind, _, what = where.partition(" ")
        page, _, name = what.partition(": ")
        match kind:
            case "unknown":
                unknown[page, name] = date.fromisoformat(value)
            case "team" | "staff" | "roles":
                sizes[Source(page, kind, name)] = Size(int(value))
    return Past(sizes, unknown)


def survey_of(case: Case) -> tuple[MemoryWiki, runner.Survey, Config]:
    config = config_of(case)
    accounts = [account(line) for line in case.text("accounts").splitlines() if line]
    pages = {**BARE, **case.texts("page")}
    pages = {title: text for title, text in pages.items() if text.strip() != "(no such page)"}
    wiki = MemoryWiki(
        pages,
        accounts={a.name: a for a in accounts} if accounts else None,
        redirects=[title for title, text in pages.items() if text.startswith("#REDIRECT")],
    )
    found = runner.survey(
        wiki,
        config,
        period=parse_period("2026-W47"),
        today=date(2026, 11, 20),
        past=past(case),
    )
    return wiki, found, config


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_findings_are_those_that_the_case_names(case: Case) -> None:
    _, found, _ = survey_of(case)
    lines = [f"{f.code}, {f.page}, line {f.line}: {f.message}" for f in found.findings]
    assert lines == case.text("finds").splitlines()


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.texts("becomes")], ids=lambda case: case.name
)
def test_pages_become_what_the_case_says(case: Case) -> None:
    wiki, found, config = survey_of(case)
    plan = runner.make_plan(found, ["roster", "roles"])
    outcomes = list(runner.apply(wiki, plan, config=config))
    assert {o.kind for o in outcomes} == {"changed"}
    assert {o.title: wiki.pages[o.title].text for o in outcomes} == case.texts("becomes")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_second_run_saves_nothing(case: Case) -> None:
    wiki, found, config = survey_of(case)
    list(runner.apply(wiki, runner.make_plan(found, list(TASKS)), config=config))
    again = runner.survey(
        wiki,
        config,
        period=found.directory.period,
        today=found.directory.today,
        past=found.directory.past,
    )
    assert runner.make_plan(again, list(TASKS)).edits == ()


def test_every_check_has_a_case() -> None:
    named = {line.split(",")[0] for case in CASES for line in case.text("finds").splitlines()}
    assert named == checks.CODES


def test_codes_are_unique() -> None:
    assert len(checks.CODES) == len(checks.ALL)


@pytest.mark.parametrize("rule", checks.ALL, ids=lambda rule: rule.code)
def test_every_check_explains_itself(rule: checks.Check) -> None:
    doc = rule.find.__doc__ or ""
    for word in ("Example:", "Why:", "Mended:"):
        assert f"\n\n    {word} " in doc
