"""Tickets of several projects, put together for one team."""

from collections.abc import Iterable, Sequence
from typing import get_args

from wikibot.model import Ticket, TicketKind, Tickets

_KINDS: tuple[TicketKind, ...] = get_args(TicketKind)


def in_order(tickets: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Closed, opened, stalled, changed; by number within each."""
    return tuple(sorted(tickets, key=lambda t: (_KINDS.index(t.kind), t.number, t.title, t.owner)))


def merged(tickets: Tickets, slugs: Sequence[str]) -> tuple[Ticket, ...]:
    """The tickets of a team with the projects ``slugs``.

    A task that is in several of the projects is told once; should it have changed between two
    questions, as the kind that comes first.
    """
    once: dict[int, Ticket] = {}
    for ticket in in_order(ticket for slug in slugs for ticket in tickets.found.get(slug, ())):
        once.setdefault(ticket.number, ticket)
    return tuple(once.values())
