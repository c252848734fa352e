"""``runs``: the page on which readers of the wiki see what went wrong with the bot itself.

It is written by a run that works, about those before it that did not. A run without news leaves it
as it is.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from wikibot.directory import Directory
from wikibot.messages import Messages, load
from wikibot.model import Change, Finding
from wikibot.reports.markup import Pen, shortened, table
from wikibot.runs import Lapse
from wikibot.tasks.generated import page_changes, templates_missing, without_template
from wikibot.wikitext import escape

TASK = "runs"
ROW = "Bot lapse"
TEMPLATES = (ROW,)
SHOWN = 20  # the newest
_WHY = 300  # characters of a reason
_COLUMNS = (("when", 9), ("tasks", 7), ("what", 0))  # heads, and widths in em


def changes(directory: Directory, _findings: Sequence[Finding]) -> list[Change]:
    """The page: created, or its managed region filled; nothing when it is as it should be."""
    title = directory.config.runs.page
    if not title:
        return []
    words = load(directory.site.language)
    say = words("runs-summary")
    if missing := templates_missing(directory, TEMPLATES):
        return [Change(title, TASK, say, obstacle=without_template(missing[0]))]
    pen = Pen(words, directory.site, directory.config.wiki.templates)
    body = "\n".join(_lines(directory.world.lapses[-SHOWN:], pen))
    return page_changes(directory, title, task=TASK, say=say, body=body, note=words("runs-intro"))


def _lines(lapses: Sequence[Lapse], pen: Pen) -> Iterator[str]:
    if not lapses:
        yield pen.words("runs-none")
        return
    heads = ((pen.words(f"runs-{head}"), width) for head, width in _COLUMNS)
    yield from table(pen.words("runs-caption"), heads, (_row(e, pen) for e in reversed(lapses)))


def _row(lapse: Lapse, pen: Pen) -> str:
    data = {
        "kind": lapse.kind,
        "since": _minute(lapse.since),
        "until": _minute(lapse.until) if lapse.until else "",
        "tasks": escape.argument(", ".join(lapse.tasks)),
        "what": _what(lapse, pen.words),
        "why": escape.argument(shortened(lapse.why, _WHY)),
    }
    return pen.call(ROW, data)


def _what(lapse: Lapse, words: Messages) -> str:
    """While it goes on, without a number: that would be news at each run of other tasks."""
    goes_on = lapse.kind != "missed" and lapse.until is None
    return words(f"runs-{lapse.kind}{'-now' if goes_on else ''}", count=lapse.count)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
