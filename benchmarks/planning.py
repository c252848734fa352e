"""How much work a plan is for a large department: ``python -m benchmarks.planning [--profile]``.

200 teams of six people on pages of their own, a staff list of all of them with a few titles of
before, a roles page, and for each team a page of eight weeks of status updates. In CPU time:
reading all pages, joining, checking, and planning all tasks when no report of the week is there
yet. The limit is for planning.
"""

import cProfile
import pstats
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from tests.memory import MemoryWiki
from wikibot import checks
from wikibot.config import Config, parse
from wikibot.directory import Directory, Facts, join
from wikibot.model import Account, Site
from wikibot.period import parse as period
from wikibot.readings import read, watched
from wikibot.runner import Survey, make_plan
from wikibot.tasks import TASKS

TEAMS, PEOPLE, WEEKS = 200, 6, 8
WEEK = period("2026-W47")
TODAY = date(2026, 11, 20)
SECONDS = 2.0
TITLES = ["Manager", "Engineer", "Designer", "Analyst", "Researcher", "Writer"]


def name(team: int, person: int) -> str:
    first = ["Ana", "Bo", "Cy", "Dee", "Eli", "Fay"][person]
    return f"{first} Of{chr(97 + team // 26)}{chr(97 + team % 26)}"


def roster(team: int) -> str:
    lines = (
        f"* [[User:{name(team, n)}|{name(team, n)}]], {TITLES[n]} of Team {team}\n"
        for n in range(PEOPLE)
    )
    return (
        f"Team {team} does its work; see [[Unit/Team {(team + 1) % TEAMS}#Who we are]].\n\n"
        f"== Who we are ==\n{''.join(lines)}\n== How to reach us ==\n* [[Help:Team {team}]]\n"
    )


def staff() -> str:
    return "".join(
        f"* [[User:{name(team, n)}|{name(team, n)}]], "
        f"{TITLES[n] if team % 20 or n else 'Trainee'} of Team {team}\n"
        for team in range(TEAMS)
        for n in range(PEOPLE)
    )


def roles() -> str:
    """A role for each of a third of the teams."""
    sections = (
        f"== Keeper of {team} ==\n"
        f'{{| class="wikitable"\n! Activity !! {name(team, 0)}\n|-\n|\n'
        f"* Plan the work of team {team} (weekly)\n* Approve what team {team} spends\n|}}\n"
        for team in range(0, TEAMS, 3)
    )
    return "\n".join(sections)


def updates(team: int) -> str:
    """Newest last, about 700 characters each."""
    return "".join(
        _update(team, TODAY - timedelta(weeks=back)) for back in range(WEEKS - 1, -1, -1)
    )


def _update(team: int, day: date) -> str:
    done, to_do, blocked = (
        f"[[Unit/Team {team}/Plan {n}|the part {n}]] of {{{{tracked|T{1000 * team + n}}}}} that "
        f"''others'' wait for since [https://example.org/{team}/{n} the talk] of last week"
        for n in range(3)
    )
    return (
        f"== {day} ==\n{{{{Status update\n|team=Team {team}\n|date={day}\n|health=on track\n"
        f"|headline=All is well with {to_do}\n|done=\n* {done}\n* {to_do}\n|next=\n* {blocked}\n"
        f"|blocked by=\n* {blocked}\n|risks=\n* {done}\n}}}}\n"
    )


def department() -> tuple[Config, dict[str, str]]:
    """The configuration, and the texts of the pages that are there."""
    texts = {"Unit/Roles": roles(), "Unit/Staff": staff()}
    teams = []
    for team in range(TEAMS):
        page = f"Unit/Team {team}"
        teams.append({"name": f"Team {team}", "page": page, "updates": [f"{page}/Updates"]})
        texts |= {page: roster(team), f"{page}/Updates": updates(team)}
    tables = {
        "wiki": {"folder": "w", "write_under": ["Unit/"]},
        "team": teams,
        "roles": [{"page": "Unit/Roles"}],
        "staff": [{"page": "Unit/Staff"}],
        "contacts": {"page": "Unit/Contacts"},
        "report": {"base": "Unit/Status"},
    }
    return parse(tables), texts


def facts(titles: Iterable[str], usernames: Iterable[str]) -> Facts:
    """Everything is there."""
    accounts = {each: Account(each, exists=True, active=True) for each in usernames}
    return Facts(accounts, dict.fromkeys(titles, True))


def main() -> None:
    config, texts = department()
    wiki = MemoryWiki(texts)
    pages = wiki.load(watched(config, WEEK))
    spent: dict[str, float] = {}

    def measured(what: str, work: Callable[[], Any]) -> Any:
        begun = time.process_time()
        result = work()
        spent[what] = time.process_time() - begun
        return result

    def joined() -> Directory:
        known = facts(texts, readings.usernames())
        return join(
            readings, config=config, site=Site(), facts=known, period=WEEK, today=TODAY, until=TODAY
        )

    profile = cProfile.Profile()
    if "--profile" in sys.argv:
        profile.enable()
    readings = measured("read", lambda: read(config, Site(), pages, period=WEEK))
    directory = measured("join", joined)
    findings = measured("check", lambda: checks.run(directory))
    made = measured("plan", lambda: make_plan(Survey(directory, findings), list(TASKS)))
    if "--profile" in sys.argv:
        profile.disable()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(70)
    verdict = "ok" if spent["plan"] < SECONDS else "FAILED"
    times = ", ".join(f"{what} {seconds:.2f} s" for what, seconds in spent.items())
    sys.stdout.write(
        f"{len(texts)} pages, {sum(map(len, texts.values())) // 1000} kB: {times}; "
        f"{len(made.edits)} edits, {len(made.held)} held; limit for plan {SECONDS} s: {verdict}\n"
    )
    raise SystemExit(verdict != "ok")


if __name__ == "__main__":
    main()
