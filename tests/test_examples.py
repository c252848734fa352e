"""The example department: it has the faults that its README lists, and no others."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from wikibot.cli import main
from wikibot.wiki.paths import path_of

EXAMPLES = Path(__file__).parents[1] / "examples"
PERIOD = "2026-W47"


class Fault(NamedTuple):
    """One line of the table in the README; ``line`` is ``""`` for a page as a whole."""

    code: str
    page: str
    section: str
    line: str
    mended: bool


def faults() -> list[Fault]:
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    table = readme.partition("<!-- findings -->\n")[2].partition("<!-- findings end -->")[0]
    rows = [re.split(r"(?<!\\)\|", row)[1:-1] for row in table.splitlines()[2:]]
    plain = [[cell.strip().strip("`").replace("\\|", "|") for cell in row] for row in rows]
    return [
        Fault(code, page, section, line, mended.startswith("yes"))
        for code, page, section, line, _, mended in plain
    ]


def lines_of(page: str) -> list[str]:
    return (EXAMPLES / "wiki" / path_of(page)).read_text("utf-8").splitlines()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the example that may be written to; the path of its configuration."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    return tmp_path / "examples" / "wikibot.toml"


def wikibot(copy: Path, *words: str) -> tuple[int, str]:
    """Exit code and output of the bot on the copy."""
    options = ("--config", str(copy), "--state-dir", str(copy.parent / "state"))
    arguments = [*words, *options, "--period", PERIOD, "--format", "json"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code != 2, result.stderr
    return result.exit_code, result.stdout


def found(copy: Path) -> Counter[Fault]:
    """What ``wikibot check`` says, in the words of the README."""
    findings = json.loads(wikibot(copy, "check")[1])["findings"]
    return Counter(
        Fault(
            f["code"],
            f["page"],
            f["section"],
            lines_of(f["page"])[f["line"] - 1] if f["line"] else "",
            f["fix"] is not None,
        )
        for f in findings
    )


def test_about_a_dozen_kinds_of_faults_are_planted() -> None:
    assert len({fault.code for fault in faults()}) >= 12


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: f"{fault.code} {fault.page}")
def test_the_line_that_the_readme_shows_is_on_the_page(fault: Fault) -> None:
    assert fault.line in ["", *lines_of(fault.page)]


def test_every_fault_is_found_and_nothing_else(copy: Path) -> None:
    assert found(copy) == Counter(faults())


def test_a_run_mends_what_the_readme_says_and_a_second_run_writes_nothing(copy: Path) -> None:
    assert wikibot(copy, "run")[0] == 0
    left = json.loads(wikibot(copy, "check")[1])["findings"]
    assert Counter(f["code"] for f in left) == Counter(f.code for f in faults() if not f.mended)
    written = {path: path.read_bytes() for path in (copy.parent / "wiki").rglob("*.wiki")}
    code, output = wikibot(copy, "run")
    assert code == 0
    assert json.loads(output)["outcomes"] == []
    assert {p: p.read_bytes() for p in (copy.parent / "wiki").rglob("*.wiki")} == written
