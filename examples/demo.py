"""The whole job on a made-up department: what is wrong, what would change, the change, the report.

``python examples/demo.py`` works on a copy of ``examples/wiki``, a folder of pages.
``python examples/demo.py --mediawiki`` does the same on a real MediaWiki, started on this machine
and left running, so that the pages can be looked at in a browser.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PERIOD = "2026-W47"  # the week that the example's updates are about


def say(text: str) -> None:
    sys.stdout.write(f"\n\033[1m{text}\033[0m\n" if sys.stdout.isatty() else f"\n== {text}\n")
    sys.stdout.flush()


def wikibot(*words: str, config: Path, state: Path, login: str = "", password: str = "") -> int:
    """Run the command as a user would, and show the command line."""
    if words[0] in ("check", "run"):
        words = (*words, "--period", PERIOD)
    sys.stdout.write(f"$ wikibot {' '.join(words)}\n")
    sys.stdout.flush()
    environment = os.environ | {"WIKIBOT_CONFIG": str(config), "WIKIBOT_STATE": str(state)}
    if login:
        environment |= {"WIKIBOT_LOGIN": login, "WIKIBOT_PASSWORD": password}
    command = [sys.executable, "-m", "wikibot", *words]
    code = subprocess.run(command, env=environment, check=False).returncode
    if code == 2:
        raise SystemExit(f"The demo stops: wikibot {words[0]} could not do its work (see above).")
    return code


def job(*, config: Path, state: Path, where: str, login: str = "", password: str = "") -> None:
    """Install the templates, check, run, and run again."""
    say("0. Put the templates on the wiki")
    wikibot(
        "templates", "install", "--yes", config=config, state=state, login=login, password=password
    )
    say("1. What disagrees?")
    wikibot("check", config=config, state=state, login=login, password=password)
    say("2. Mend what can be mended without guessing, and publish the pages of the week")
    wikibot("run", config=config, state=state, login=login, password=password)
    say("3. Once more: nothing is left to do")
    code = wikibot("run", config=config, state=state, login=login, password=password)
    if code:
        raise SystemExit("The second run was not quiet; that is a bug.")
    say("Where to look")
    sys.stdout.write(f"{where}\n")


def on_folder() -> None:
    """On a fresh copy of the example, which is left for the reader to look at."""
    copy = Path(tempfile.mkdtemp(prefix="wikibot-demo-"))
    shutil.copy(HERE / "wikibot.toml", copy)
    shutil.copytree(HERE / "wiki", copy / "wiki")
    pages = copy / "wiki" / "Atlas Department"
    job(
        config=copy / "wikibot.toml",
        state=copy / "state",
        where=f"{pages}/Status/{PERIOD}.wiki   the week's report\n"
        f"{pages}/Status.wiki            all reports\n"
        f"{pages}/Whom to ask.wiki       whom to ask\n"
        f"What was mended:  diff -r {HERE / 'wiki'} {copy / 'wiki'}",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--mediawiki", action="store_true", help="on a real MediaWiki")
    if parser.parse_args().mediawiki:
        from demo_wiki import on_mediawiki  # beside this file

        on_mediawiki(job)
    else:
        on_folder()


if __name__ == "__main__":
    main()
