"""Tickets of several projects, put together for one team."""

from wikibot.model import Ticket, Tickets
from wikibot.tickets import in_order, merged

CLOSED = Ticket(9, "Legend", "ana-example", "closed")
OPENED = Ticket(4, "Labels", "", "opened")
STALLED = Ticket(3, "Tiles", "", "stalled")
CHANGED = Ticket(2, "Zoom", "", "changed")


def test_the_order() -> None:
    early = Ticket(1, "Roads", "", "closed")
    every = (CHANGED, CLOSED, STALLED, early, OPENED)
    assert in_order(every) == (early, CLOSED, OPENED, STALLED, CHANGED)


def test_a_task_of_two_projects_is_told_once() -> None:
    tickets = Tickets(found={"atlas": (CLOSED, CHANGED), "data": (CLOSED, OPENED), "other": ()})
    assert merged(tickets, ["data", "atlas"]) == (CLOSED, OPENED, CHANGED)


def test_a_task_that_was_closed_between_two_questions_is_closed() -> None:
    before = Ticket(CLOSED.number, CLOSED.title, CLOSED.owner, "changed")
    for found in ({"a": (before,), "b": (CLOSED,)}, {"a": (CLOSED,), "b": (before,)}):
        assert merged(Tickets(found=found), ["a", "b"]) == (CLOSED,)


def test_tickets_of_the_team_only() -> None:
    assert merged(Tickets(found={"a": (OPENED,), "b": (CLOSED,)}), ["c", "a"]) == (OPENED,)


def test_nothing_was_asked() -> None:
    assert merged(Tickets(), ["a"]) == ()
