"""The command in a process of its own, stopped at a moment.

A moment is ``before`` or ``after`` a step and its number: ``before save 2``. The process sends
the signal to itself there, so that it always comes at the same place.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from tempfile import NamedTemporaryFile
from typing import Any, NoReturn

from wikibot import cli, commands, runner
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


class Stopper:
    """Begins processes by forking one that has all imported and done nothing else."""

    def __init__(self) -> None:
        self._origin = subprocess.Popen(
            [sys.executable, "-m", "tests.races.stopping"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(
        self, *words: str, environment: Mapping[str, str], moment: str, number: signal.Signals
    ) -> subprocess.CompletedProcess[str]:
        """The command gets a signal at a moment. One that does not end is not waited for."""
        assert self._origin.stdin
        assert self._origin.stdout
        with NamedTemporaryFile("r", encoding="utf-8") as errors:
            asked = (words, dict(environment), moment, number, errors.name)
            print(json.dumps(asked), file=self._origin.stdin, flush=True)
            code = int(self._origin.stdout.readline())
            return subprocess.CompletedProcess(words, code, stderr=errors.read())

    def close(self) -> None:
        self._origin.communicate()


def _fork_as_told() -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _run(*json.loads(line))
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _run(
    words: list[str], environment: dict[str, str], moment: str, number: int, errors: str
) -> NoReturn:
    signal.alarm(60)
    for descriptor, path in enumerate((os.devnull, os.devnull, errors)):
        os.dup2(os.open(path, os.O_RDWR), descriptor)
    os.environ.clear()
    os.environ.update(environment)
    stop_at(moment, number)
    cli.main(words, prog_name="wikibot")
    raise AssertionError("the command exits by itself")


if __name__ == "__main__":
    assert commands  # which the command line imports when it runs
    _fork_as_told()
