"""A run of the bot that stands still before each request, until it is told to go on.

The run is the program's own: survey, plan, apply. It is a greenlet, which is like a thread, but
goes on only when it is told to, so that a schedule always comes out the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from greenlet import getcurrent, greenlet

from tests.races.department import TASKS, WEEK
from wikibot import fights, gathering, runner
from wikibot.config import Config
from wikibot.directory import Directory, World
from wikibot.model import Account, Edit, Outcome, Page, Site
from wikibot.plan import Plan
from wikibot.wiki.protocol import Wiki

TODAY = date(2026, 11, 20)


@dataclass
class Run:
    """What became of a run: what it planned, each outcome, what went wrong."""

    found: runner.Survey | None = None
    plan: Plan | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    error: Exception | None = None


def run(wiki: Wiki, config: Config, told: Run) -> None:
    """One whole run, as ``wikibot run`` makes it."""

    def ask(directory: Directory) -> World:
        if not config.report:  # nobody else asks for it
            return World()
        return gathering.gather(wiki, directory, token="", fetch=_nothing)

    told.found = runner.survey(wiki, config, period=WEEK, today=TODAY, ask=ask)
    told.plan = fights.without(runner.make_plan(told.found, TASKS), wiki)
    told.outcomes.extend(runner.apply(wiki, told.plan, config=config))


def _nothing(*_: object, **__: object) -> None:
    raise AssertionError("there is no Phabricator")


class Bot:
    """A bot that makes one run after the other, request by request."""

    def __init__(self, wiki: Wiki, config: Config) -> None:
        self.runs: list[Run] = []
        self._wiki, self._config = wiki, config
        self._under_way: greenlet | None = None

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self._under_way is not None

    def go_on(self, requests: int) -> None:
        """Make some requests; begin a run if none is under way. Stop early at its end."""
        if not self._under_way:
            self.runs.append(Run())
            self._under_way = greenlet(self._work)
            self._under_way.switch(self.runs[-1])
        for _ in range(requests):
            if self._under_way.dead:
                break
            self._under_way.switch()
        if self._under_way.dead:
            self._under_way = None

    def finish(self) -> None:
        """Bring a run that is under way to its end."""
        while self.busy:
            self.go_on(100)

    def _work(self, told: Run) -> None:
        try:
            run(Pausing(self._wiki, _pause), self._config, told)
        except Exception as error:  # noqa: BLE001 - whatever ends a run is what a schedule has found
            told.error = error


def _pause() -> None:
    player = getcurrent().parent
    assert player
    player.switch()


class Pausing:
    """A wiki that lets others have a turn before each request."""

    def __init__(self, wiki: Wiki, pause: Callable[[], None]) -> None:
        self._wiki, self._pause = wiki, pause

    def site(self) -> Site:
        return self._wiki.site()

    def url(self, title: str, *, revision: int | None = None, line: int = 0) -> str:
        return self._wiki.url(title, revision=revision, line=line)

    def close(self) -> None:
        self._wiki.close()

    def load(self, titles: Iterable[str]) -> dict[str, Page]:
        self._pause()
        return self._wiki.load(titles)

    def exists(self, titles: Iterable[str]) -> dict[str, bool]:
        self._pause()
        return self._wiki.exists(titles)

    def as_of(self, pages: Iterable[Page], moment: datetime) -> dict[str, Page] | None:
        self._pause()
        return self._wiki.as_of(pages, moment)

    def own_summaries(self, title: str, since: datetime) -> tuple[str, ...]:
        self._pause()
        return self._wiki.own_summaries(title, since)

    def put_back(self, edits: Iterable[Edit]) -> Mapping[str, int]:
        self._pause()
        return self._wiki.put_back(edits)

    def accounts(
        self, usernames: Iterable[str], *, since: date, afresh: bool = False
    ) -> Mapping[str, Account] | None:
        self._pause()
        return self._wiki.accounts(usernames, since=since, afresh=afresh)

    def stop_reason(self) -> str | None:
        self._pause()
        return self._wiki.stop_reason()

    def why_not_writable(self) -> str | None:
        self._pause()
        return self._wiki.why_not_writable()

    def save(self, edit: Edit) -> Outcome:
        self._pause()
        return self._wiki.save(edit)
