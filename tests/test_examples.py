"""The example: every planted inconsistency is named, no other, and a second run is quiet."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wikibot import install, runner
from wikibot.commands import Session, session
from wikibot.tasks import TASKS
from wikibot.wiki.paths import path_of

EXAMPLES = Path(__file__).parent.parent / "examples"
PERIOD = "2026-W47"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example that may be written, with the templates on it."""
    shutil.copytree(EXAMPLES / "wiki", tmp_path / "wiki")
    config = Path(shutil.copy(EXAMPLES / "wikibot.toml", tmp_path))
    state = tmp_path / "state"
    with session(config, state_dir=state, period=None, also_write=install.titles) as s:
        assert install.install(s) == 0
    return config


@contextmanager
def opened(config: Path) -> Iterator[Session]:
    with session(config, state_dir=config.parent / "state", period=PERIOD) as s:
        yield s


def planted() -> list[tuple[str, str, str, str]]:
    """Code, page, section and line of the table in ``examples/README.md``."""
    text = (EXAMPLES / "README.md").read_text("utf-8")
    table = text.partition("<!-- findings -->")[2].partition("<!-- findings end -->")[0]
    rows = []
    for line in table.strip().splitlines()[2:]:
        code, page, section, source, *_ = (
            cell.strip().strip("`").replace("\\|", "|")
            for cell in re.split(r"(?<!\\)\|", line)[1:-1]
        )
        rows.append((code, page, section, source))
    return rows


def test_the_findings_are_those_that_are_listed(example: Path) -> None:
    with opened(example) as s:
        found = []
        for finding in s.survey().findings:
            page = example.parent / "wiki" / path_of(finding.page)
            lines = ["", *page.read_text("utf-8").splitlines()]
            found.append((finding.code, finding.page, finding.section, lines[finding.line]))
    assert sorted(found) == sorted(planted())


def test_those_that_are_listed_as_mended_are_mended(example: Path) -> None:
    with opened(example) as s:
        before = s.survey()
        made = runner.make_plan(before, list(TASKS))
        assert {o.kind for o in runner.apply(s.wiki, made, config=s.config)} == {"changed"}
        after = s.survey()
    mended = {f.code for f in before.findings} - {f.code for f in after.findings}
    assert mended == {"title-mismatch", "name-mismatch"}
    assert {f.code for f in before.findings if f.fix} == mended


def test_a_second_run_saves_nothing(example: Path) -> None:
    with opened(example) as s:
        list(runner.apply(s.wiki, runner.make_plan(s.survey(), list(TASKS)), config=s.config))
        assert runner.make_plan(s.survey(), list(TASKS)).edits == ()


def test_only_the_words_that_are_out_of_date_change_on_pages_that_people_write(
    example: Path,
) -> None:
    with opened(example) as s:
        made = runner.make_plan(s.survey(), ["roster"])
    ((old, new),) = [(edit.old, edit.new) for edit in made.edits]
    changed = [(a, b) for a, b in zip(old.splitlines(), new.splitlines(), strict=True) if a != b]
    assert changed == [
        ("| Delivery Manager", "| Senior Delivery Manager"),
        (
            "| [[User:Lucia (Example)|Lucia Goldfinch]]",
            "| [[User:Lucia (Example)|Lucia Goldleaf]]",
        ),
    ]
