"""What the record of runs says: which one went wrong, which one did not happen. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, zip_longest
from typing import Literal

from wikibot.model import Outcome

APPLYING = ("apply",)  # for tasks, as long as the plan has not been read
LATE = 2  # times its interval, after which a run is missed


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as it is remembered. ``trouble`` is why it came to nothing, ``""`` if it did not.

    ``held`` is how many pages the guards held back that somebody should look at; ``lacking`` how
    much is missing from a report.
    """

    started: datetime
    seconds: float
    tasks: tuple[str, ...]
    findings: int
    outcomes: tuple[Outcome, ...]
    requests: int = 0
    trouble: str = ""
    held: int = 0
    lacking: int = 0

    @property
    def changed(self) -> int:
        return sum(outcome.kind == "changed" for outcome in self.outcomes)

    @property
    def unsaved(self) -> tuple[Outcome, ...]:
        """What should have been saved, and was not."""
        return tuple(o for o in self.outcomes if o.kind not in ("changed", "unchanged"))


@dataclass(slots=True)
class Notes:
    """What a run notes of itself while it goes on; it becomes a :class:`Run` when it ends."""

    tasks: tuple[str, ...]
    findings: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    held: int = 0
    lacking: int = 0
    requests: int = 0
    trouble: str = ""


LapseKind = Literal["failed", "unsaved", "missed"]


@dataclass(frozen=True, slots=True)
class Lapse:
    """Something that went wrong with the bot itself: from ``since`` to ``until``.

    ``until`` is ``None`` while it still is wrong. ``count`` is of runs, 0 for those ``missed``;
    ``why`` is a sentence for whoever runs the bot, ``""`` for those missed.
    """

    kind: LapseKind
    tasks: tuple[str, ...]
    since: datetime
    until: datetime | None
    count: int = 0
    why: str = ""


def lapses(
    runs: Sequence[Run], *, every: Mapping[str, timedelta], now: datetime
) -> tuple[Lapse, ...]:
    """What went wrong, in the order in which it began.

    ``runs`` are those that are remembered, the oldest first; ``every`` is how often each task is
    to run. Runs of the same tasks that fail one after the other for the same reason are one lapse;
    a good run that does these tasks ends it, whatever else it does.
    """
    found = [*_failures(runs)]
    for task, interval in every.items():
        found += _missed(runs, task, interval, now)
    return tuple(sorted(found, key=lambda lapse: (lapse.since, lapse.tasks)))


def current(found: Sequence[Lapse]) -> tuple[Lapse, ...]:
    """Those that still are wrong."""
    return tuple(lapse for lapse in found if lapse.until is None)


def why_wrong(run: Run) -> tuple[LapseKind, str] | None:
    """What is wrong with a run, and why; ``None`` when all that it planned is on the wiki."""
    if run.trouble:
        return "failed", run.trouble
    if unsaved := run.unsaved:
        first = unsaved[0]
        more = f" (and {len(unsaved) - 1} more)" if len(unsaved) > 1 else ""
        return (
            "unsaved",
            f"“{first.title}” was not saved{more}: {first.kind}. {first.detail}".strip(),
        )
    return None


def _failures(runs: Sequence[Run]) -> Iterator[Lapse]:
    """Runs that went wrong; the next one of these tasks that did not, or not so, ends it."""
    for tasks in dict.fromkeys(run.tasks for run in runs):
        same = [run for run in runs if run.tasks == tasks or _makes_up_for(run, tasks)]
        alike = [(wrong, list(group)) for wrong, group in groupby(same, key=why_wrong)]
        ends = [group[0].started for _, group in alike[1:]]
        for (wrong, group), until in zip(alike, [*ends, None], strict=True):
            if wrong:
                kind, why = wrong
                yield Lapse(kind, tasks, group[0].started, until, len(group), why)


def _makes_up_for(run: Run, tasks: tuple[str, ...]) -> bool:
    """Whether nothing is wrong any more with tasks that failed: they were done, with others too.

    Whatever is done makes up for a plan that could not be applied, of which no task is known.
    """
    return not why_wrong(run) and (tasks == APPLYING or set(tasks) <= set(run.tasks))


def _missed(runs: Sequence[Run], task: str, interval: timedelta, now: datetime) -> Iterator[Lapse]:
    """Times without any run of a task that were longer than twice its interval.

    A task that has never run is not missed: nobody knows since when it should have.
    """
    times = [run.started for run in runs if task in run.tasks]
    for before, after in zip_longest(times, times[1:]):
        if (after or now) - before > LATE * interval:
            yield Lapse("missed", (task,), before, after)
