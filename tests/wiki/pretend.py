"""A wiki that only pretends, by ``responses``: one that knows its bot by OAuth.

With OAuth, Pywikibot sends all requests by POST.
"""

import json
from typing import Any
from urllib.parse import parse_qsl

from requests import PreparedRequest

API = "https://wiki.example/w/api.php"
USER = "RosterBot"
OAUTH = {
    "WIKIBOT_CONSUMER_TOKEN": "consumer-token",
    "WIKIBOT_CONSUMER_SECRET": "hidden-consumer-secret",
    "WIKIBOT_ACCESS_TOKEN": "access-token",
    "WIKIBOT_ACCESS_SECRET": "hidden-access-secret",
}


class PretendWiki:
    """Has one page, ``Team``. ``asked`` and ``headers`` are those of the last request."""

    def __init__(self, *, user: str = USER) -> None:
        self.user = user
        self.asked: dict[str, str] = {}
        self.headers: dict[str, str] = {}

    def __call__(self, request: PreparedRequest) -> tuple[int, dict[str, str], str]:
        self.headers = {name: str(value) for name, value in request.headers.items()}
        body = request.body or b""
        self.asked = dict(parse_qsl(body if isinstance(body, str) else body.decode()))
        return 200, {"Content-Type": "application/json"}, json.dumps({"query": self._query()})

    def _query(self) -> dict[str, Any]:
        user = {"id": 1, "name": self.user, "groups": ["bot"], "rights": ["apihighlimits"]}
        revision = {
            "revid": 7,
            "parentid": 0,
            "user": "Ada",
            "timestamp": "2026-11-20T12:00:00Z",
            "slots": {"main": {"content": "* Ada"}},
        }
        page = {
            "title": "Team",
            "lastrevid": 7,
            "contentmodel": "wikitext",
            "revisions": [revision],
        }
        general = {
            "generator": "MediaWiki 1.43.0",
            "thumblimits": {},
            "imagelimits": {},
            "magiclinks": {},
        }
        return {
            "userinfo": user,
            "pages": [page],
            "general": general,
            "namespaces": {},
            "namespacealiases": [],
            "extensions": [],
        }
