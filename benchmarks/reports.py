"""What planning the report of a large department costs: ``python -m benchmarks.reports [TEAMS]``.

A real MediaWiki on 127.0.0.1 with the team and update pages of 200 teams, eight weeks of updates
and the reports of the weeks before. Measured are the CPU seconds of planning the reports of the
newest week, of its month and quarter, from the texts of the pages to the diffs, and the requests
that it took to have these, with a warm state directory that does not know the newest updates yet.
The limits are 2 s and ⌈pages/500⌉ + 6.
"""

import math
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.mediawiki import MediaWiki, start
from wikibot import install, runner
from wikibot.commands import session
from wikibot.period import Period, parse, weeks_up_to
from wikibot.readings import read, watched

WEEK = parse("2026-W47")
WORDS = ("on track", "at risk", "off track", "done")
CPU_SECONDS = 2


def update(team: int, week: Period, teams: int) -> str:
    before, after = (team - 1) % teams, (team + 1) % teams
    return f"""{{{{Status update
| team = Team {team}
| date = {week.first}
| health = {WORDS[(team + week.number) % len(WORDS)]}
| headline = Things move with [[Bench/Team {team}|us]] in {week}
| done =
* First thing for [[Bench/Team {before}|a neighbour]], see https://bench.example/{team}
* A second thing, which is longer and says more of what was done in {week}
* Third thing
| next =
* Go on with it, and write it up for the others
| blocked by =
* Team {after}: interface number {team} {f"in {week}" if team % 3 == 0 else ""}
| blocking =
* Team {before}: interface number {before}
| risks =
* People are away in the last weeks of the year
}}}}
"""


def pages(teams: int, *, upto: Period) -> dict[str, str]:
    weeks = [week for week in weeks_up_to(WEEK, 8) if week <= upto]
    found = {}
    for team in range(teams):
        people = "".join(f"* Person {'ABCDEF'[i]}. Name{team}, Engineer\n" for i in range(6))
        found[f"Bench/Team {team}"] = f"== Who we are ==\n{people}"
        updates = "\n".join(update(team, week, teams) for week in weeks)
        found[f"Bench/Team {team}/Updates"] = updates
    return found


def configuration(wiki: MediaWiki, teams: int) -> str:
    tables = "".join(
        f'[[team]]\nname = "Team {team}"\npage = "Bench/Team {team}"\ncontact = "Talk:Bench"\n'
        f'updates = ["Bench/Team {team}/Updates"]\n'
        for team in range(teams)
    )
    return (
        f'[wiki]\napi = "{wiki.api}"\nuser = "{wiki.bot}"\nwrite_under = ["Bench/"]\n'
        f'[report]\nbase = "Bench/Status"\n[limits]\nput_throttle = 0\n{tables}'
    )


def publish(config: Path, week: Period) -> None:
    with session(config, state_dir=config.parent / "state", period=str(week)) as s:
        made = runner.make_plan(s.survey(["status-report"]), ["status-report"])
        kinds = {outcome.kind for outcome in runner.apply(s.wiki, made, config=s.config)}
        if kinds != {"changed"}:
            raise SystemExit(f"the report on {week} was not saved: {kinds}")


def measure(wiki: MediaWiki, teams: int) -> None:
    wiki.reset()
    folder = Path(tempfile.mkdtemp(prefix="wikibot-benchmark-"))
    config = folder / "wikibot.toml"
    config.write_text(configuration(wiki, teams), "utf-8")
    with session(
        config, state_dir=folder / "state", period=None, also_write=install.titles
    ) as opened:
        if install.install(opened, yes=True):
            raise SystemExit("the templates were not installed")
    for week in weeks_up_to(WEEK, 8)[:-1]:
        wiki.import_pages(pages(teams, upto=week))
        publish(config, week)
    wiki.import_pages(pages(teams, upto=WEEK))
    with session(config, state_dir=folder / "state", period=str(WEEK)) as s:
        number = len(watched(s.config, WEEK))
        before, begun = s.wiki.requests, time.process_time()
        found = s.survey(["status-report"])
        surveyed = time.process_time() - begun
        begun = time.process_time()
        read(s.config, found.directory.site, found.directory.pages, period=WEEK)
        made = runner.make_plan(found, ["status-report"])
        seconds, requests = time.process_time() - begun, s.wiki.requests - before
    limit = math.ceil(number / 500) + 6
    titles = ", ".join(edit.title for edit in made.edits)
    ok = seconds < CPU_SECONDS and requests <= limit and len(made.edits) == 4
    sys.stdout.write(
        f"MediaWiki {wiki.version}, {teams} teams, {number} pages: planned {titles} in "
        f"{seconds:.2f} s of CPU (limit {CPU_SECONDS}), loading took {surveyed:.2f} s, "
        f"with {requests} requests (limit {limit}): "
        f"{'ok' if ok else 'FAILED'}\n"
    )
    sys.stdout.flush()
    if not ok:
        raise SystemExit(1)


def main() -> None:
    teams = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    os.environ.pop("WIKIBOT_CONSUMER_TOKEN", None)
    for version in ("1.39", "1.43"):
        with start(version) as wiki:
            os.environ["WIKIBOT_LOGIN"] = wiki.bot_login
            os.environ["WIKIBOT_PASSWORD"] = wiki.bot_password
            measure(wiki, teams)


if __name__ == "__main__":
    main()
