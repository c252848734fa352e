"""Tells a chat, or a service that misses a run, how a run ended: one short JSON by POST.

The address is a secret: whoever has it can post there. It comes from the environment, and is in no
sentence, log or record.

``{"text": "…", "ok": true, "configuration": "…", "tasks": […], "changed": 3, "unsaved": 0,
"findings": 2, "seconds": 4.1}``: chats show ``text``.
"""

import logging
import os
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import requests

from wikibot import __version__
from wikibot.config import LOOPBACK, Config
from wikibot.runs import Run, why_wrong
from wikibot.wiki.protocol import FactCache

ADDRESS = "WIKIBOT_WEBHOOK"
_SECONDS = 10
_MOST = 300  # characters of a reason; the rest is in the record of runs

log = logging.getLogger(__name__)


def tell(
    run: Run, *, config: Config, told: FactCache, environment: Mapping[str, str] = os.environ
) -> None:
    """Post what became of a run, if the configuration wants that of such a run.

    The same failure is told once a day. When it cannot be told this is a warning, never an error:
    the run is as good or bad as it was.
    """
    wrong = why_wrong(run)
    if config.runs.webhook == "failures" and not wrong:
        return
    address = environment.get(ADDRESS, "").strip()
    if why := _unfit(address):
        log.warning("The run was not told to a webhook: %s", why)
        return
    said = message(run, name=config.path.stem)
    key = sha256(f"{address} {wrong}".encode()).hexdigest()
    if wrong and told.known("webhook", [key]):
        return
    try:
        answer = requests.post(
            address,
            json=said,
            headers={"User-Agent": f"wikibot/{__version__} requests/{requests.__version__}"},
            timeout=_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        # its text may have the address in it
        log.warning("The run was not told to the webhook: %s.", type(error).__name__)
        return
    if answer.status_code >= 300:
        log.warning("The webhook did not take the run: HTTP status %s.", answer.status_code)
    elif wrong:
        told.remember("webhook", [key])


def message(run: Run, *, name: str) -> dict[str, Any]:
    """What is posted about a run of the configuration ``name``."""
    wrong = why_wrong(run)
    tasks = ", ".join(run.tasks)
    what = f"failed: {wrong[1]}" if wrong else f"{run.changed} pages changed"
    return {
        "text": f"wikibot {name} ({tasks}): {_shortened(what)}",
        "ok": wrong is None,
        "configuration": name,
        "tasks": list(run.tasks),
        "changed": run.changed,
        "unsaved": len(run.unsaved),
        "findings": run.findings,
        "seconds": round(run.seconds, 1),
    }


def _unfit(address: str) -> str:
    """Why nothing can be sent to an address, a sentence that does not tell it."""
    if not address:
        return f"set ${ADDRESS} to its address, or remove runs.webhook."
    try:
        url = urlsplit(address)
        host = url.hostname
    except ValueError:
        url, host = None, None
    if not url or not host or url.scheme not in ("https", "http"):
        return f"${ADDRESS} is no address of the web."
    if url.scheme == "http" and host not in LOOPBACK:
        return f"${ADDRESS} should begin with https://: plain http would show it to everybody."
    return ""


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
