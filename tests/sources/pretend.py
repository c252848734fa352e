"""A Phabricator that only pretends, for ``responses`` and for a local server.

The files in ``answers/`` are written as Conduit writes; the people and projects are made up.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from requests import PreparedRequest

from wikibot.period import parse
from wikibot.sources.conduit import Limits

URL = "https://phabricator.example"
TOKEN = "api-example/+0123456789abcdefghi"  # 32 characters, some of which addresses encode
WEEK = parse("2026-W47")  # 16 to 22 November
QUICK = Limits(retries=2, backoff=0, retry_after=0)  # waits for nothing between attempts

Json = dict[str, Any]


def recorded(name: str) -> str:
    """The text of one of the answers."""
    return (Path(__file__).parent / "answers" / f"{name}.json").read_text("utf-8")


def at(moment: str) -> int:
    """The seconds since 1970 of a moment in UTC."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


def task(number: int, **fields: Any) -> Json:
    """A task that was changed in :data:`WEEK`, when ``fields`` do not say otherwise."""
    usual: Json = {
        "name": f"Task {number}",
        "status": {"value": "open", "name": "Open", "color": None},
        "ownerPHID": None,
        "dateCreated": at("2026-01-01"),
        "dateModified": at("2026-11-18"),
        "dateClosed": None,
    }
    return {"id": number, "type": "TASK", "phid": f"PHID-TASK-{number}", "fields": usual | fields}


def envelope(result: Any) -> Json:
    return {"result": result, "error_code": None, "error_info": None}


def question(body: str | bytes | None) -> Json:
    """What was asked with a form, without what every question has."""
    form = parse_qs(body.decode() if isinstance(body, bytes) else body or "", strict_parsing=True)
    assert form["output"] == ["json"]
    params: Json = json.loads(form["params"][0])
    assert params.pop("__conduit__") == {"token": TOKEN}
    return params


@dataclass
class PretendPhabricator:
    """``projects``: slug → PHID; ``tasks``: PHID → tasks; ``users``: PHID → username.

    ``asked`` is what it was asked: method and question.
    """

    projects: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[str, Sequence[Json]] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)
    page: int = 100
    asked: list[tuple[str, Json]] = field(default_factory=list)

    def __call__(self, request: PreparedRequest) -> tuple[int, dict[str, str], str]:
        method = str(request.url).rpartition("/")[2]
        answer = self.answer(method, question(request.body))
        return 200, {"Content-Type": "application/json"}, json.dumps(answer)

    def answer(self, method: str, params: Json) -> Json:
        self.asked.append((method, params))
        constraints = params["constraints"]
        found: list[Json] = []
        maps: Json = {}
        match method:
            case "project.search":
                assert len(constraints["slugs"]) <= 100
                known = {s: self.projects[s] for s in constraints["slugs"] if s in self.projects}
                found = [{"phid": phid, "fields": {"slug": None}} for phid in known.values()]
                maps = {
                    "slugMap": {s: {"slug": s, "projectPHID": phid} for s, phid in known.items()}
                }
            case "maniphest.search":
                [phid] = constraints["projects"]
                found = list(self.tasks.get(phid, ()))
            case "user.search":
                assert len(constraints["phids"]) <= 100
                found = [
                    {"phid": phid, "fields": {"username": self.users[phid]}}
                    for phid in constraints["phids"]
                    if phid in self.users
                ]
        start = int(params.get("after", 0))
        end = start + self.page
        after = str(end) if end < len(found) else None
        return envelope({"data": found[start:end], "maps": maps, "cursor": {"after": after}})
