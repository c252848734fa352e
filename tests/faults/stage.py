"""What a fault is made of: the wiki, the proxy in front of it, and the moments of a run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.department import TEAM, TITLES
from tests.faults.proxy import Proxy, Request, Rule
from tests.mediawiki import MediaWiki

Undo = Callable[[], object]


@dataclass
class Stage:
    """One fault on one wiki.

    ``title`` is the page that it befalls. ``people`` is what people have written meanwhile, by
    the page where it must stay; ``pauses`` are the seconds that Pywikibot would have waited.
    """

    wiki: MediaWiki
    proxy: Proxy
    title: str
    people: dict[str, str] = field(default_factory=dict)
    pauses: list[float] = field(default_factory=list)
    on_pause: Callable[[], object] = lambda: None


Matcher = Callable[[Stage], Callable[[Request], bool]]


def _login(_: Stage) -> Callable[[Request], bool]:
    return lambda request: request.method == "POST" and "lgpassword" in request.params


def _reading(_: Stage) -> Callable[[Request], bool]:
    return lambda request: TEAM in request.params.get("titles", "").split("|")


def _first_save(_: Stage) -> Callable[[Request], bool]:
    return lambda request: request.asks(action="edit", title=TITLES[0])


def _looks_for_stop(stage: Stage) -> Callable[[Request], bool]:
    return lambda request: request.params.get("titles") == f"User:{stage.wiki.bot}/Stop"


def _save(stage: Stage) -> Callable[[Request], bool]:
    return lambda request: request.asks(action="edit", title=stage.title)


# The moments of a run that a fault may name (``at``), beside "start": before it.
MOMENTS: dict[str, Matcher] = {
    "login": _login,
    "reading": _reading,
    "first save": _first_save,
    "before save": _looks_for_stop,  # each edit follows upon such a look
    "save": _save,
}


def rule(stage: Stage, at: str, **what: Any) -> Rule:
    """A rule about the requests of a moment; ``what`` happens to them, as :class:`Rule` has it."""
    passing = TITLES.index(stage.title) if at == "before save" else 0
    return Rule(MOMENTS[at](stage), passing=passing, **what)
