"""Running what belongs to the system, and saying so."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


class Unavailable(Exception):
    """A sentence that says what is missing and what to do."""


def run(command: Sequence[str], *, doing: str, cwd: Path | None = None) -> str:
    """Run to the end; the output, or :class:`Unavailable` with its last line."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stdout.strip().splitlines() or ["no output"])[-1]
        raise Unavailable(f"{doing} failed ({last})")
    return done.stdout


def say(text: str) -> None:
    """What takes more than two seconds says what it does."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
