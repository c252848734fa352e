"""Edits that somebody puts back each time: the bot stops, and says so.

Another bot, or the same bot with another configuration, may think otherwise of a page, and people
may. So a text that the bot has saved before, and that somebody else changed each time right after
it, is not saved for a third time. Where its own account changed it, as two configurations that
share one do, it is not saved for a fourth time: a roster that returns to an old state once or twice
is no fight.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from wikibot.model import Edit
from wikibot.plan import Held, Plan
from wikibot.wiki.protocol import Wiki

LOOKED_AT = 10  # revisions of a page, the newest ones
ENOUGH = 2  # times, by others
ENOUGH_OURS = 3  # times, by whomever


@dataclass(frozen=True, slots=True)
class Version:
    """A revision: whether its text is the planned one, and whether the bot made it."""

    planned: bool
    ours: bool


def times_put_back(versions: Iterable[Version]) -> int:
    """How often the bot saved the planned text and the next revision was another one.

    By somebody else, or, if that is at least :data:`ENOUGH_OURS` times, by whomever. ``versions``
    are those of a page, the newest first.
    """
    newest = list(versions)[:LOOKED_AT]
    ended = [new for new, old in pairwise(newest) if old.ours and old.planned and not new.planned]
    by_others = sum(not new.ours for new in ended)
    return len(ended) if len(ended) >= ENOUGH_OURS else by_others


def without(plan: Plan, wiki: Wiki) -> Plan:
    """The plan without the edits that would go on with a fight; they are held back.

    Asks the wiki only if there is something to save.
    """
    if not plan.edits:
        return plan
    times = wiki.put_back(plan.edits)
    fought = {edit.title: edit for edit in plan.edits if times.get(edit.title, 0) >= ENOUGH}
    held = [Held(title, _why(edit, times[title])) for title, edit in fought.items()]
    edits = tuple(edit for edit in plan.edits if edit.title not in fought)
    return replace(plan, edits=edits, held=(*plan.held, *held))


def _why(edit: Edit, times: int) -> str:
    often = "twice" if times == ENOUGH else f"{times} times"
    if edit.base is None:
        return (
            f"the bot has created it {often} and somebody deleted it each time; create it by hand "
            f"if the bot should write it"
        )
    return f"the bot has saved just this {often} and somebody put it back; settle it by hand"
