"""The command, stopped at a moment: ``python -m tests.races.stopping MOMENT SIGNAL run …``.

A moment is ``before`` or ``after`` a step and its number: ``before save 2``. The process sends
the signal to itself there, so that it always comes at the same place.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from wikibot import cli, runner
from wikibot.state import State
from wikibot.wiki import folder, live
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.live import LiveWiki

STEPS: dict[str, tuple[Any, str]] = {
    "survey": (runner, "survey"),
    "plan": (runner, "make_plan"),
    "save": (FolderWiki, "save"),
    "write": (folder, "_replace"),
    "note": (FolderWiki, "_log"),
    "live save": (LiveWiki, "save"),
    "request": (live.saving, "_submit"),
    "record": (State, "record_run"),
}


def stop_at(moment: str, number: int) -> None:
    """Let the process send itself a signal at a moment, once."""
    for step, (owner, name) in STEPS.items():
        setattr(owner, name, _watched(step, getattr(owner, name), moment, number))


def _watched(
    step: str, function: Callable[..., Any], moment: str, number: int
) -> Callable[..., Any]:
    times = 0

    @wraps(function)
    def watched(*words: Any, **more: Any) -> Any:
        nonlocal times
        times += 1
        if moment == f"before {step} {times}":
            os.kill(os.getpid(), number)
        result = function(*words, **more)
        if moment == f"after {step} {times}":
            os.kill(os.getpid(), number)
        return result

    return watched


if __name__ == "__main__":
    moment, name, *words = sys.argv[1:]
    stop_at(moment, signal.Signals[name])
    cli.main(words, prog_name="wikibot")
