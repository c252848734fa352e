"""Updates that are calls of a template: ``{{Status update|team=…|date=…|health=…|…}}``.

Arguments hold a list (an item for each bullet) or prose (an item for each paragraph). What cannot
be read is said in ``problem``; what can be is there all the same.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from wikibot.model import Site, Update
from wikibot.wikitext import escape
from wikibot.wikitext.blocks import Blocks
from wikibot.wikitext.calls import Call
from wikibot.wikitext.dates import Said, said_date
from wikibot.wikitext.update_values import items, joined, value

TEMPLATE: Final = "Status update"
# Begins the entry of a list in a report that says how many others there was no room for
MORE: Final = "<!-- more -->"
RECORDED: Final = "Status report team"  # in the bot's own reports, with parameters of their own

_REST = re.compile(rf"^\*\s*{MORE}[^\n]*$", re.MULTILINE)
_LONG = 80  # characters; of something longer, a message quotes the beginning
_TEXTS = ("team", "date", "health")
_BLOCKERS = ("blocked by", "blocking")
_LISTS = ("headline", "done", "next", "blocked by", "blocking", "risks")


def updates_of(
    calls: Iterable[Call],
    page: Blocks,
    site: Site,
    *,
    strict: bool = True,
    teams: Collection[str] = (),
) -> Iterator[Update]:
    """The update of each call; with ``strict``, arguments that are not known are a problem.

    Without it, what reports tell apart is put together again: blockers that both sides name, and
    those (``alone``) that only this team names; how many entries had no room is no entry.
    ``teams`` are the names, folded, that blockers on one line begin with.
    """
    for call in calls:
        sources = {a.name.lower(): a.value.of(page.text) for a in call.arguments}
        if not strict:
            sources = {name: _REST.sub("", source) for name, source in sources.items()}
        said = {name: value(source) for name, source in sources.items()}
        words = {name: escape.shown(said.get(name, ""), site=site) for name in _TEXTS}
        if call.problem and not words["team"]:
            continue
        lists = {
            name: tuple(items(said.get(name, ""), site, teams if name in _BLOCKERS else ()))
            for name in _LISTS
        }
        if not strict:
            for name in _BLOCKERS:
                lists[name] += tuple(items(said.get(f"{name} alone", ""), site))
        when = said_date(words["date"], language=site.language)
        yield Update(
            team=words["team"],
            date=when.day,
            raw_date=words["date"],
            health=words["health"],
            headline=joined(lists["headline"]),
            done=lists["done"],
            next=lists["next"],
            blocked_by=lists["blocked by"],
            blocking=lists["blocking"],
            risks=lists["risks"],
            section=page.section_at(call.span.start).title,
            line=page.line_at(call.span.start),
            problem="; ".join(_problems(call, said, words["date"], when, strict=strict)),
        )


def team_of(call: Call, text: str, site: Site) -> str:
    """The team that a call names; ``text`` is that of its page."""
    spans = [a.value for a in call.arguments if a.name.lower() == "team"]
    return escape.shown(value(spans[-1].of(text)), site=site) if spans else ""


def _problems(
    call: Call, said: dict[str, str], raw_date: str, when: Said, *, strict: bool
) -> Iterator[str]:
    if call.problem:
        yield f"the update cannot be read whole: {call.problem}"
    if not raw_date:
        yield "the update has no date; write it as date=YYYY-MM-DD"
    elif when.problem:
        yield when.problem
    if not strict:
        return
    if said.get("", "").strip():
        yield "the update has text that belongs to no parameter; write its name and “=” before it"
    for name in said:
        if name not in ("", *_TEXTS, *_LISTS):
            yield f"the update has an unknown parameter “{name[:_LONG]}”"
