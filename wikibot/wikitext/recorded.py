"""What the bot's own reports say, read back: the blockers that a report lists."""

import re
from collections.abc import Mapping
from typing import Final, get_args

from wikibot.errors import Trouble
from wikibot.model import Item, ListedBlocker, NamedBy, Site
from wikibot.period import Period, parse
from wikibot.wikitext import escape
from wikibot.wikitext.calls import read_calls

BLOCKER: Final = "Status blocker"
_WEEK = re.compile(r"\b[0-9]{4}-W[0-9]{2}\b")
_BY: Mapping[str, NamedBy] = {by: by for by in get_args(NamedBy)}


def read_listed_blockers(text: str, *, site: Site) -> tuple[ListedBlocker, ...]:
    """The calls of ``{{Status blocker}}`` on a page, in its order; never fails, linear.

    Those without a week since which it stands are left out: somebody edited them. Those that do
    not say who names it are of a time when no row did.
    """
    found = []
    for call in read_calls(text, name=BLOCKER):
        source = {a.name.lower(): a.value.of(text).strip() for a in call.arguments}
        said = {name: escape.shown(value, site=site) for name, value in source.items()}
        if since := _week(said.get("since", "")):
            quiet = _WEEK.search(said.get("quiet", ""))
            found.append(
                ListedBlocker(
                    said.get("waiting", ""),
                    said.get("on", ""),
                    Item(said.get("what", ""), source.get("what", "")),
                    since,
                    _BY.get(said.get("by", ""), "waiting"),
                    _week(quiet[0]) if quiet else None,
                )
            )
    return tuple(found)


def _week(text: str) -> Period | None:
    try:
        period = parse(text)
    except Trouble:
        return None
    return period if period.kind == "week" else None
