"""Rules about whom to ask."""

from collections.abc import Iterator

from wikibot.checks.rule import Found, check
from wikibot.directory import Directory


@check("contact-missing", "warning")
def contact_missing(d: Directory) -> Iterator[Found]:
    """A team for which the configuration gives no contact page, where contacts are published.

    Example: ``[[team]]`` without ``contact``.

    Why: when the holder of a role is away or has no account, the reader has nobody to turn to.

    Mended: by hand: add ``contact = "Page"`` to the team.
    """
    if not (d.config.contacts or d.config.roles):
        return
    for team in d.config.team:
        if not team.contact:
            yield Found(team.page, f"team “{team.name}” has no contact page")
