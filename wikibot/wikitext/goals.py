"""The goals of a page: ``read_goals(text, site=…)``, from its tables and its lists.

What a status means is nobody's business here (:mod:`wikibot.health` knows). Where words leave it
open whether something is a goal, nothing is read.
"""

from wikibot.model import Goal, Site
from wikibot.wikitext import blocks, goal_lists, goal_tables


def read_goals(text: str, *, site: Site = Site()) -> tuple[Goal, ...]:
    """The goals of a page, in its order; never fails, linear in the length of ``text``."""
    page = blocks.scan(text, site=site)
    found = [*goal_tables.read(page, site), *goal_lists.read(page, site)]
    return tuple(goal for _, goal in sorted(found, key=lambda each: each[0]))
