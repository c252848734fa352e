"""What only reports ask of the world."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from tests.reports.offices import STATUS, configured, directory, team, update
from wikibot.directory import Directory, World
from wikibot.errors import WikiError
from wikibot.gathering import gather, reminding
from wikibot.model import Account, Page, Ticket, Tickets
from wikibot.wiki.protocol import Wiki

SEARCH, PRINT = "Office/Search", "Office/Print"
MONDAY, NEXT_MONDAY = datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
TABLES = (team("Search", phabricator=["search", "all"]), team("Print", phabricator=["all"]))
PHABRICATOR = {"url": "https://phabricator.example"}
FOUND = Tickets(found={"search": (Ticket(1, "x", "", "closed"),)}, problems={"all": "down"})


class Past:
    """A wiki whose pages say at each moment when that was; ``asked`` is what it was asked."""

    def __init__(self, *, why: str = "", histories: bool = True) -> None:
        self.asked: list[tuple[str, datetime]] = []
        self.afresh: list[bool] = []
        self.known: dict[str, Account] = {}
        self._why = why
        self._histories = histories

    def as_of(self, pages: Iterable[Page], moment: datetime) -> dict[str, Page] | None:
        found = {page.title: replace(page, text=f"as of {moment:%m-%d}") for page in pages}
        self.asked += [(title, moment) for title in found]
        if self._why:
            raise WikiError(self._why)
        return found if self._histories else None

    def accounts(
        self, usernames: Iterable[str], *, since: date, afresh: bool = False
    ) -> dict[str, Account]:
        del since
        self.afresh.append(afresh)
        self.known = {name: Account(name, exists=True) for name in usernames}
        return self.known

    def own_summaries(self, title: str, since: datetime) -> tuple[str, ...]:
        if self._why:
            raise WikiError(self._why)
        self.asked.append((title, since))
        return (f"on {title}",)


class Phabricator:
    """Stands for :func:`wikibot.sources.phabricator.fetch`."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[str], dict[str, Any]]] = []

    def __call__(self, slugs: Iterable[str], **more: Any) -> Tickets:
        self.asked.append((list(slugs), more))
        return FOUND


def department(
    *, week: str = "2026-W47", today: date = date(2026, 11, 20), **more: Any
) -> Directory:
    tables: dict[str, Any] = {"phabricator": PHABRICATOR} | more
    pages = {SEARCH: "now", PRINT: "now"}
    config = configured(tables.pop("teams", TABLES), **tables)
    return directory(pages, week=week, today=today, config=config)


def gathered(found: Directory, wiki: Past, fetch: Phabricator | None = None) -> Any:
    return gather(cast(Wiki, wiki), found, token="secret", fetch=fetch or Phabricator())


# --- histories ------------------------------------------------------------------------------------


def test_a_week_that_goes_on_is_asked_for_at_its_beginning_and_ends_now() -> None:
    wiki = Past()
    history = gathered(department(), wiki).history
    assert wiki.asked == [(SEARCH, MONDAY), (PRINT, MONDAY)]
    assert {title: (a.text, b.text) for title, (a, b) in history.items()} == {
        SEARCH: ("as of 11-16", "now"),
        PRINT: ("as of 11-16", "now"),
    }


@pytest.mark.parametrize("today", [date(2026, 11, 16), date(2026, 11, 22)])
def test_a_week_goes_on_from_its_first_day_to_its_last(today: date) -> None:
    history = gathered(department(today=today), Past()).history
    assert history[SEARCH][1].text == "now"


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2028, 1, 1)])
def test_a_week_that_is_over_is_asked_for_at_both_ends(today: date) -> None:
    wiki = Past()
    history = gathered(department(today=today), wiki).history
    assert {moment for _, moment in wiki.asked} == {MONDAY, NEXT_MONDAY}
    assert [page.text for page in history[SEARCH]] == ["as of 11-16", "as of 11-23"]


def test_of_a_month_its_first_day_and_the_first_of_the_next_are_asked_for() -> None:
    wiki = Past()
    gathered(department(week="2026-10"), wiki)
    assert {moment for _, moment in wiki.asked} == {
        datetime(2026, 10, 1, tzinfo=UTC),
        datetime(2026, 11, 1, tzinfo=UTC),
    }


def test_pages_that_are_not_there_or_cannot_be_read_are_not_asked_about() -> None:
    pages = {PRINT: Page(PRINT, "", problem="hidden")}
    config = configured([team("Search"), team("Print"), team("Also Print", page=PRINT)])
    wiki = Past()
    assert gathered(directory(pages, config=config), wiki).history == {}
    assert wiki.asked == []


def test_a_page_of_two_teams_is_asked_for_once() -> None:
    config = configured([team("Search"), team("Other", page=SEARCH)])
    wiki = Past()
    history = gathered(directory({SEARCH: "now"}, config=config), wiki).history
    assert (list(history), wiki.asked) == ([SEARCH], [(SEARCH, MONDAY)])


def test_a_wiki_without_histories_has_nothing_to_say_and_that_is_no_problem() -> None:
    found = gathered(department(), Past(histories=False))
    assert (found.history, found.problems) == ({}, ())


def test_histories_that_cannot_be_read_are_told_and_the_rest_is_there() -> None:
    found = gathered(department(), Past(why="The wiki does not answer."))
    assert found.history == {}
    assert found.problems == ("The wiki does not answer.",)
    assert found.tickets == FOUND


# --- Phabricator ----------------------------------------------------------------------------------


def test_each_project_is_asked_about_once() -> None:
    fetch = Phabricator()
    found = gathered(department(), Past(), fetch)
    assert found.tickets == FOUND
    ((slugs, more),) = fetch.asked
    assert slugs == ["search", "all"]
    assert (str(more["period"]), more["url"], more["token"], more["contact"]) == (
        "2026-W47",
        "https://phabricator.example",
        "secret",
        "",
    )


def test_phabricator_is_not_asked_when_no_team_has_a_project_or_it_is_not_configured() -> None:
    for found in (department(teams=[team("Search")]), directory({})):
        fetch = Phabricator()
        assert gathered(found, Past(), fetch).tickets == Tickets()
        assert fetch.asked == []


@pytest.mark.parametrize(
    ("wiki", "contact"),
    [
        ({"folder": "w", "user": "Bot"}, "User:Bot"),
        ({"folder": "w", "user": "Bot", "docs_page": "Project:Bots"}, "Project:Bots"),
        ({"folder": "w"}, ""),
    ],
)
def test_phabricator_is_told_where_people_reach_whoever_runs_the_bot(
    wiki: dict[str, str], contact: str
) -> None:
    fetch = Phabricator()
    gathered(department(wiki=wiki), Past(), fetch)
    assert fetch.asked[0][1]["contact"] == contact


# --- talk -----------------------------------------------------------------------------------------


def test_what_is_asked_is_said_and_the_token_is_not() -> None:
    said: list[str] = []
    wiki = cast(Wiki, Past())
    gather(wiki, department(), token="secret", fetch=Phabricator(), say=said.append)
    assert said == [
        "asking how team pages stood before",
        "asking https://phabricator.example about 2 projects",
    ]


# --- reminders ------------------------------------------------------------------------------------

REMINDED = (
    team("Search", reminder="Talk:Search"),
    team("Print", reminder="Talk:Search"),
    team("Map Data", reminder="Talk:Maps"),
    team("Kitchen"),
)


def to_remind(days: int, today: date) -> Directory:
    report = {"base": STATUS, "reminder_days": days}
    pages = {"Office/Updates": update("Map Data", "2026-11-17")}
    return directory(pages, config=configured(REMINDED, report=report), today=today)


def test_the_talk_pages_of_silent_teams_are_asked_about_since_the_week_began() -> None:
    wiki = Past()
    found = reminding(cast(Wiki, wiki), to_remind(2, date(2026, 11, 19)), World())
    assert found.reminded == {"Talk:Search": ("on Talk:Search",)}
    assert wiki.asked == [("Talk:Search", MONDAY)]


def test_accounts_are_asked_about_afresh() -> None:
    wiki = Past()
    found = reminding(cast(Wiki, wiki), to_remind(2, date(2026, 11, 19)), World())
    assert wiki.afresh == [True]
    assert found.accounts == wiki.known


def test_when_histories_cannot_be_read_nobody_is_reminded_and_the_rest_is_done() -> None:
    wiki = Past(why="The wiki is down.")
    world = World(problems=("kept",))
    found = reminding(cast(Wiki, wiki), to_remind(2, date(2026, 11, 19)), world)
    assert found == replace(world, unreminded="The wiki is down.")


@pytest.mark.parametrize(
    ("days", "today"), [(0, date(2026, 11, 20)), (1, date(2026, 11, 18)), (1, date(2026, 11, 21))]
)
def test_on_other_days_nothing_is_asked(days: int, today: date) -> None:
    wiki = Past()
    assert reminding(cast(Wiki, wiki), to_remind(days, today), World()) == World()
    assert wiki.asked == []
