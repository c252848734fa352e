"""How many requests a run with nothing to do makes: ``python -m benchmarks.requests_made [N …]``.

A real MediaWiki on 127.0.0.1, N watched pages (team pages and update pages), a bot account, a warm
state directory. Counted at the server and at the bot's HTTP session; the two must agree. The
limit is ⌈N/500⌉ + 6.
"""

import math
import os
import sys
import tempfile
from pathlib import Path

from tests.mediawiki import MediaWiki, start
from wikibot import runner, templates
from wikibot.commands import session
from wikibot.tasks import TASKS

PEOPLE = [f"Person {letter}" for letter in "ABCDEFGH"]
PERIOD = "2026-W47"


def pages(number: int) -> dict[str, str]:
    """Half of them team pages, half update pages."""
    found = {}
    for team in range(number // 2):
        first, second, third = (PEOPLE[(team + i) % len(PEOPLE)] for i in range(3))
        found[f"Bench/Team {team}"] = "== Who we are ==\n" + "".join(
            f"* [[User:{name}|{name}]], Engineer\n" for name in (first, second, third)
        )
        found[f"Bench/Team {team}/Updates"] = (
            f"{{{{Status update|team=Team {team}|date=2026-11-20|health=on track|done=All}}}}\n"
        )
    return found


def configuration(wiki: MediaWiki, number: int) -> str:
    teams = "".join(
        f'[[team]]\nname = "Team {team}"\npage = "Bench/Team {team}"\n'
        f'contact = "Talk:Bench"\nupdates = ["Bench/Team {team}/Updates"]\n'
        for team in range(number // 2)
    )
    return (
        f'[wiki]\napi = "{wiki.api}"\nuser = "{wiki.bot}"\nwrite_under = ["Bench/"]\n'
        f'[contacts]\npage = "Bench/Contacts"\n[report]\nbase = "Bench/Status"\n'
        f"[limits]\nput_throttle = 0\n{teams}"
    )


def run(config: Path) -> tuple[int, int]:
    """Edits saved and requests made by one run."""
    with session(config, state_dir=config.parent / "state", period=PERIOD) as s:
        made = runner.make_plan(s.survey(), list(TASKS))
        outcomes = list(runner.apply(s.wiki, made, config=s.config))
        return len(outcomes), s.wiki.requests


def measure(wiki: MediaWiki, number: int) -> None:
    wiki.reset()
    for name in PEOPLE:
        wiki.create_account(name)
        wiki.edit("Bench/Hello", f"{name} was here", user=name)
    wiki.import_pages(pages(number) | templates.pages())
    folder = Path(tempfile.mkdtemp(prefix="wikibot-benchmark-"))
    config = folder / "wikibot.toml"
    config.write_text(configuration(wiki, number), "utf-8")
    edits, cold = run(config)
    run(config)
    before = wiki.requests_made
    again, warm = run(config)
    seen = wiki.requests_made - before
    limit = math.ceil(number / 500) + 6
    verdict = "ok" if warm == seen <= limit and not again else "FAILED"
    sys.stdout.write(
        f"MediaWiki {wiki.version}, N = {number}: first run {cold} requests and {edits} edits; "
        f"run with nothing to do {warm} (server: {seen}), limit {limit}: {verdict}\n"
    )
    sys.stdout.flush()
    if verdict != "ok":
        raise SystemExit(1)


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:]] or [10, 500, 1200]
    os.environ.pop("WIKIBOT_CONSUMER_TOKEN", None)
    for version in ("1.39", "1.43"):
        with start(version) as wiki:
            os.environ["WIKIBOT_LOGIN"] = wiki.bot_login
            os.environ["WIKIBOT_PASSWORD"] = wiki.bot_password
            for number in numbers:
                measure(wiki, number)


if __name__ == "__main__":
    main()
