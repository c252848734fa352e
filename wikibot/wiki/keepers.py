"""Whether ordinary users could edit a page: asked of the wiki, not assumed.

Pages of configuration are believed only where they could not. What keeps people away from a page:

- its protection (https://www.mediawiki.org/wiki/Help:Protecting_and_unprotecting_pages), by which a
  right is needed that only some groups have;
- that it is a JSON page below the page of a user, which only that user may edit, and whoever has
  the right ``edituserjson`` (https://www.mediawiki.org/wiki/Manual:User_rights).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from wikibot.titles import normal_username
from wikibot.wiki.query import Query

# Everybody who has an account gets into these without anybody's doing.
# https://www.mediawiki.org/wiki/Manual:User_rights#List_of_groups
_ORDINARY = frozenset({"*", "user", "autoconfirmed", "emailconfirmed", "confirmed"})
_USER, _MEDIAWIKI = 2, 8  # namespaces
# Protection levels that are called otherwise than the right that they ask for
_RIGHTS = {"sysop": "editprotected", "autoconfirmed": "editsemiprotected"}


def open_to(query: Query, title: str, *, user: str) -> str | None:
    """Why others than the keepers of a page could edit it, a clause; ``None`` if they could not.

    ``user`` is the account of the bot, whose own pages are its own.
    """
    (answer,) = query(
        titles=title, prop="info", inprop="protection", meta="siteinfo", siprop="usergroups"
    )
    (page,) = answer["pages"]
    needed = [*_by_protection(page), *_by_place(page, user)]
    if not needed:
        return "everybody may edit it; protect it, or move it to " + f"User:{user}/wikibot.json"
    everybody = _rights(answer["usergroups"], _ORDINARY)
    if all(right in everybody for right in needed):
        return f"every account may edit it (ordinary users have {' and '.join(sorted(needed))})"
    return None


def _by_protection(page: Mapping[str, Any]) -> Iterable[str]:
    """The rights that the protection of a page asks for; one that runs out does not count."""
    for entry in page.get("protection", ()):
        if entry["type"] == "edit" and entry.get("expiry") == "infinity" and "source" not in entry:
            yield _RIGHTS.get(entry["level"], entry["level"])


def _by_place(page: Mapping[str, Any], user: str) -> Iterable[str]:
    if page.get("contentmodel") != "json":
        return
    _, _, name = page["title"].partition(":")
    if page["ns"] == _USER and normal_username(name.partition("/")[0]) == user and "/" in name:
        yield "edituserjson"
    if page["ns"] == _MEDIAWIKI:
        yield "editsitejson"


def _rights(groups: Iterable[Mapping[str, Any]], names: frozenset[str]) -> frozenset[str]:
    return frozenset(right for g in groups if g["name"] in names for right in g["rights"])
