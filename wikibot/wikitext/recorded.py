"""What the bot's own reports say, read back: the blockers that a report lists."""

from typing import Final

from wikibot.model import ListedBlocker, Site
from wikibot.wikitext import escape
from wikibot.wikitext.calls import read_calls

BLOCKER: Final = "Status blocker"


def read_listed_blockers(text: str, *, site: Site) -> tuple[ListedBlocker, ...]:
    """The calls of ``{{Status blocker}}`` on a page, in its order; never fails, linear."""
    found = []
    for call in read_calls(text, name=BLOCKER):
        said = {a.name.lower(): escape.shown(a.value.of(text), site=site) for a in call.arguments}
        found.append(
            ListedBlocker(
                said.get("waiting", ""),
                said.get("on", ""),
                said.get("what", ""),
                said.get("since", ""),
            )
        )
    return tuple(found)
