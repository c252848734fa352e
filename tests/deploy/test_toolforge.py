"""The files for Toolforge, read by the parsers that will read them there."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
from jobs_cli.cli import op_load

from wikibot.cli import main

ROOT = Path(__file__).parents[2]
JOBS = ROOT / "deploy" / "toolforge" / "jobs.yaml"


class Api:
    """Takes the place of the client of Toolforge's jobs service; keeps what it is sent."""

    def __init__(self) -> None:
        self.scheduled: list[dict[str, Any]] = []

    def patch(self, path: str, json: dict[str, Any]) -> None:
        assert path == "/jobs/"
        self.scheduled.append(json)


def jobs() -> list[dict[str, Any]]:
    """What ``toolforge jobs load`` sends; a job without a schedule would be an error here."""
    api = Api()
    op_load(api, str(JOBS), job_name=None, tool_name="atlas")
    return api.scheduled


def processes() -> dict[str, str]:
    """https://github.com/heroku/buildpacks-procfile, SPEC.md"""
    lines = (ROOT / "Procfile").read_text("utf-8").splitlines()
    entries = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    found = [re.fullmatch(r"([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?):\s*(\S.*)", e) for e in entries]
    assert all(found), "a line is neither a comment nor “name: command”"
    return {entry[1]: entry[2] for entry in found if entry}


def parsed(line: str) -> tuple[str, click.Context]:
    """The bot's command that a line of the Procfile calls, and what it makes of its options.

    Unknown commands, options and arguments are errors of click.
    """
    words = shlex.split(line.replace("$TOOL_DATA_DIR", "/data/project/atlas"))
    assert words[:4] == ["exec", "python", "-m", "wikibot"]
    command: click.Command | None = main
    rest, names = words[4:], []
    while isinstance(command, click.Group):
        name, command, rest = command.resolve_command(click.Context(command), rest)
        names.append(name)
    assert command
    return " ".join(map(str, names)), command.make_context(names[-1], rest)


def test_jobs_every_day_and_one_a_week() -> None:
    assert {job["name"]: job["schedule"] for job in jobs()} == {
        "wikibot-consistency": "@daily",
        "wikibot-report": "40 19 * * *",
        "wikibot-report-last": "40 9 * * 1",
        "wikibot-reminder": "10 8 * * *",
    }


@pytest.mark.parametrize("job", jobs(), ids=lambda job: str(job["name"]))
def test_each_job_has_its_data_ends_in_time_and_mails_on_failure(job: dict[str, Any]) -> None:
    assert job["job_type"] == "scheduled"
    assert job["mount"] == "all"
    assert job["filelog"] is True
    assert job["emails"] == "onfailure"
    assert 600 <= job["timeout"] <= 3600
    assert len(job["name"]) <= 52
    assert re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", job["name"])


@pytest.mark.parametrize("job", jobs(), ids=lambda job: str(job["name"]))
def test_each_job_is_a_line_of_the_procfile_and_nothing_more(job: dict[str, Any]) -> None:
    assert job["cmd"] in processes()


def test_the_jobs_do_what_they_are_named_after() -> None:
    lines = processes()
    name, daily = parsed(lines["consistency"])
    assert (name, daily.params["tasks"]) == ("run", ("roster", "roles", "contacts", "directory"))
    assert daily.params["dry_run"] is False
    name, weekly = parsed(lines["report"])
    assert (name, weekly.params["tasks"]) == ("run", ("status-report",))
    name, last = parsed(lines["report-last"])
    assert (name, last.params["tasks"]) == ("run", ("status-report",))
    assert last.params["period"] == "last"
    assert weekly.params["period"] is None


@pytest.mark.parametrize("name", processes())
def test_each_line_of_the_procfile_is_a_command_with_the_tools_own_configuration(name: str) -> None:
    _, context = parsed(processes()[name])
    assert context.params["configs"] == (Path("/data/project/atlas/wikibot.toml"),)


def test_nothing_but_jobs_templates_and_people_write() -> None:
    writing = {n for n, c in processes().items() if parsed(c)[0] in ("run", "templates install")}
    jobs = {"consistency", "report", "report-last", "reminder"}
    assert writing == jobs | {"templates", "first-run", "dry-run"}
    assert parsed(processes()["dry-run"])[1].params["dry_run"] is True
    confirmed = {name for name in writing if parsed(processes()[name])[1].params["yes"]}
    assert confirmed == {"templates", "first-run"}  # what people start, having seen the plan


def test_the_buildpack_is_given_a_python_that_the_bot_runs_on() -> None:
    version = (ROOT / ".python-version").read_text("utf-8")
    assert re.fullmatch(r"3\.\d+\n", version)
    lowest = re.search(r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    assert lowest
    assert int(version.split(".")[1]) >= int(lowest[1])


def test_the_guide_names_every_job_line_and_variable() -> None:
    guide = (ROOT / "docs" / "toolforge.md").read_text("utf-8")
    assert {f"`{name}`" for name in processes()} <= set(re.findall(r"`[a-z-]+`", guide))
    assert all(job["name"] in guide for job in jobs())
