"""The signals that end a run: SIGTERM and Ctrl-C."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = (signal.SIGTERM, signal.SIGINT)


def is_ending() -> bool:
    """Whether one of them has come: none is listened to any more."""
    return signal.getsignal(ENDING[0]) == signal.SIG_IGN


@contextmanager
def held_back() -> Iterator[None]:
    """Let them wait while something short is finished; they arrive afterwards."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
