"""The example on a real MediaWiki on 127.0.0.1, which goes on running in a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from tests.mediawiki import MediaWiki, Unavailable, start
from wikibot.wiki.paths import title_of

HERE = Path(__file__).resolve().parent
VERSION = "1.43"
_ENDING = {signal.SIGTERM, signal.SIGINT}
_USERS = re.compile(r"\[\[User:([^|\]]+)")


def on_mediawiki(job: Callable[..., None]) -> None:
    """Start the wiki with the example's pages on it, do the job there, and say where to look."""
    sys.stdout.write("Starting MediaWiki (the first time takes a minute or two) …\n")
    sys.stdout.flush()
    wiki = _keep_running()
    folder = Path(tempfile.mkdtemp(prefix="wikibot-demo-"))
    config = folder / "wikibot.toml"
    config.write_text(configuration(api=wiki["api"], user=wiki["user"]), "utf-8")
    page = f"{wiki['url']}/index.php/Atlas_Department"
    job(
        config=config,
        state=folder / "state",
        login=wiki["login"],
        password=wiki["password"],
        where=f"{page}/Status   all reports, the week's one among them\n"
        f"{page}/{quote('Whom to ask')}   whom to ask\n"
        f"{wiki['url']}/index.php/Special:RecentChanges   what was changed\n"
        f"The wiki goes on running; to end it:  kill {wiki['pid']}\n"
        f"To try more on it:  export WIKIBOT_CONFIG={config} WIKIBOT_LOGIN='{wiki['login']}' "
        f"WIKIBOT_PASSWORD='{wiki['password']}'",
    )


def configuration(*, api: str, user: str) -> str:
    """The example's configuration, about the live wiki."""
    text = (HERE / "wikibot.toml").read_text("utf-8")
    text = text.replace('folder = "wiki"', f'api = "{api}"\nuser = "{user}"', 1)
    return text.replace("put_throttle = 10", "put_throttle = 0", 1)


def _keep_running() -> dict[str, Any]:
    """Start the process that keeps the wiki; what it says of the wiki."""
    keeper = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    assert keeper.stdout is not None
    with keeper.stdout as output:
        line = output.readline()
    if not line:
        raise SystemExit("There is no MediaWiki to show the demo on (see above); try make demo.")
    told: dict[str, Any] = json.loads(line)
    return told


def _keep() -> None:
    """Run a wiki with the example's pages and accounts until this process is told to end."""
    try:
        with start(VERSION) as wiki:
            furnish(wiki)
            told = {
                "api": wiki.api,
                "url": wiki.url,
                "user": wiki.bot_login.partition("@")[0],
                "login": wiki.bot_login,
                "password": wiki.bot_password,
                "pid": os.getpid(),
            }
            sys.stdout.write(f"{json.dumps(told)}\n")
            sys.stdout.close()
            signal.sigwait(_ENDING)
    except Unavailable as error:
        raise SystemExit(str(error)) from None


def furnish(wiki: MediaWiki) -> None:
    """Put the example's pages and accounts on a fresh wiki."""
    pages = _pages()
    wiki.configure("$wgJobRunRate = 5; $wgSitename = 'Atlas'; $wgLogos = false;")
    wiki.import_pages(pages)
    for name in sorted({n for text in pages.values() for n in _USERS.findall(text)}):
        wiki.create_account(name)


def _pages() -> dict[str, str]:
    folder = HERE / "wiki"
    return {
        title_of(PurePosixPath(file.relative_to(folder))): file.read_text("utf-8")
        for file in sorted(folder.rglob("*.wiki"))
    }


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    _keep()
