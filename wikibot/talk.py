"""What is said on stderr: lines for people, or a JSON object a line for programs.

stdout is data; what goes there is none of this module's business.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

Form = Literal["text", "json"]
_SAID = logging.getLogger("wikibot.said")


def say(text: str, *, level: Literal["info", "error"] = "info") -> None:
    """Tell the user; ``error``: why something did not go well."""
    _SAID.log(logging.ERROR if level == "error" else logging.INFO, "%s", text)


class Lines(logging.Formatter):
    """For people: what the program says as it is, what libraries log with its level."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        if record.name != _SAID.name:
            return f"{record.levelname}: {message}"
        return f"wikibot: {message}" if record.levelno >= logging.ERROR else message


class JsonLines(logging.Formatter):
    """For programs: ``time`` (UTC, ISO 8601), ``level``, ``logger``, ``message``."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(said, ensure_ascii=False)


def formatter(form: Form) -> logging.Formatter:
    return JsonLines() if form == "json" else Lines()


@contextmanager
def on_stderr(form: Form) -> Iterator[None]:
    """What :func:`say` says goes to stderr meanwhile, and nowhere else."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(form))
    before = _SAID.level, _SAID.propagate
    _SAID.setLevel(logging.INFO)
    _SAID.propagate = False
    _SAID.addHandler(handler)
    try:
        yield
    finally:
        _SAID.removeHandler(handler)
        _SAID.level, _SAID.propagate = before


@contextmanager
def logged_to_stderr(form: Form, *, verbose: bool) -> Iterator[None]:
    """What is logged goes to stderr meanwhile: our warnings, and on request everything.

    What Pywikibot and other libraries complain of while they try again is told only on request:
    what goes wrong for good is told in one sentence at the end. So the handler is that of all
    loggers: for one without a handler, Python prints warnings itself (``logging.lastResort``).
    """

    def worth_telling(record: logging.LogRecord) -> bool:
        ours = record.name.startswith("wikibot.") and record.name != "wikibot.pywikibot"
        return verbose or ours

    handler = logging.StreamHandler()
    handler.setFormatter(formatter(form))
    handler.addFilter(worth_telling)
    handler.setLevel(logging.INFO if verbose else logging.WARNING)
    root, logger = logging.getLogger(), logging.getLogger("wikibot")
    level = logger.level
    root.addHandler(handler)
    logger.setLevel(handler.level)
    try:
        yield
    finally:
        root.removeHandler(handler)
        logger.setLevel(level)
