"""What became of the tasks of Phabricator projects in a period.

Three searches of Conduit are asked: ``project.search`` for what the slugs stand for,
``maniphest.search`` for the tasks of each project, ``user.search`` for those they are assigned
to. Which fields they have is said on https://secure.phabricator.com/conduit/; those that the bot
uses must be there and of their type, or the answer counts as not understood.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, Strict, StrictInt, StrictStr

from wikibot.model import Lack, Ticket, TicketKind, Tickets
from wikibot.period import Period
from wikibot.sources.conduit import PAGE, TOKEN, Conduit, Limits, Page, Unanswered
from wikibot.tickets import in_order

LIMITS = Limits()
_log = logging.getLogger(__name__)


# --- what is answered ---------------------------------------------------------------------------


def _map(value: Any) -> Any:
    """PHP writes a map that is empty as an empty list."""
    return {} if value == [] else value


class _ProjectFields(BaseModel):
    slug: StrictStr | None  # milestones have none


class _Project(BaseModel):
    phid: StrictStr
    fields: _ProjectFields


class _Slug(BaseModel):
    projectPHID: StrictStr


class _Maps(BaseModel):
    slugMap: Annotated[dict[str, _Slug], BeforeValidator(_map)] = {}


class _Projects(Page):
    data: list[_Project]
    maps: Annotated[_Maps, BeforeValidator(_map)] = _Maps()


class _Status(BaseModel):
    value: StrictStr


class _TaskFields(BaseModel):
    """Dates are seconds since 1970; ``dateClosed`` is that of the last time, if it is closed."""

    name: StrictStr
    status: _Status
    ownerPHID: StrictStr | None
    dateCreated: StrictInt
    dateModified: StrictInt
    dateClosed: StrictInt | None


class _Task(BaseModel):
    id: Annotated[int, Strict(), Field(gt=0)]
    fields: _TaskFields


class _Tasks(Page):
    data: list[_Task]


class _UserFields(BaseModel):
    username: StrictStr


class _User(BaseModel):
    phid: StrictStr
    fields: _UserFields


class _Users(Page):
    data: list[_User]


# --- what is asked ------------------------------------------------------------------------------


def fetch(
    slugs: Iterable[str],
    *,
    period: Period,
    url: str,
    token: str,
    contact: str = "",
    limits: Limits = LIMITS,
    clock: Callable[[], float] = time.monotonic,
) -> Tickets:
    """The tasks of each project that were closed, opened or changed in ``period``.

    Nothing that Phabricator or the network does is raised: each slug is either in ``found``, with
    all of its tasks, or in ``problems``, with the reason. ``token`` is an API token, ``""`` when
    there is none; ``contact`` the page where people reach whoever runs the bot, for the User-Agent.

    When nothing more can be learnt (the server is down, or slower than ``limits.budget``, or does
    not take the token), the slugs that are left have the same reason, and are not tried.

    When only the names of owners cannot be learnt, the tasks are told without (``owner`` ``""``),
    and a warning is logged: they are worth more than the names, and the next run has both.
    """
    wanted = tuple(dict.fromkeys(slugs))
    token = token.strip()  # a file or a form often adds a line break
    if not token:
        return Tickets(problems=dict.fromkeys(wanted, _no_token(url)))
    problems: dict[str, Lack] = {}
    found: dict[str, tuple[Ticket, ...]] = {}
    with Conduit(url, token, contact=contact, limits=limits, clock=clock) as conduit:
        projects = _projects(conduit, wanted, problems)
        for phid, names in _grouped(projects).items():
            try:
                tickets = _tickets(conduit, phid, period)
            except Unanswered as error:
                problems |= dict.fromkeys(names, error.lack)
            else:
                found |= dict.fromkeys(names, tickets)
        owners = _usernames(conduit, (t.owner for told in found.values() for t in told))
    return Tickets(
        found={slug: _with_owners(found[slug], owners) for slug in wanted if slug in found},
        problems={slug: problems[slug] for slug in wanted if slug in problems},
    )


def check(
    slugs: Iterable[str],
    *,
    url: str,
    token: str,
    contact: str = "",
    limits: Limits = LIMITS,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, Lack]:
    """Of which projects nothing could be learnt at present, and why; asks for no tasks.

    Nothing is raised; the arguments are those of :func:`fetch`.
    """
    wanted = tuple(dict.fromkeys(slugs))
    token = token.strip()
    if not token:
        return dict.fromkeys(wanted, _no_token(url))
    problems: dict[str, Lack] = {}
    with Conduit(url, token, contact=contact, limits=limits, clock=clock) as conduit:
        _projects(conduit, wanted, problems)
    return problems


def _no_token(url: str) -> Lack:
    return Lack("token", f"{TOKEN} is not set; put an API token of {url} there.")


def _grouped(projects: Mapping[str, str]) -> dict[str, list[str]]:
    """PHID → slugs: a project that is named by two of its slugs is asked about once."""
    grouped: dict[str, list[str]] = {}
    for slug, phid in projects.items():
        grouped.setdefault(phid, []).append(slug)
    return grouped


def _batches(items: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), PAGE):
        yield list(items[start : start + PAGE])


def _projects(conduit: Conduit, slugs: Sequence[str], problems: dict[str, Lack]) -> dict[str, str]:
    """Slug → PHID; ``problems`` gets the reason for each slug that has none.

    A project may have several slugs and keeps those of the names it once had. The answer's
    ``slugMap`` goes by what was asked for; a project's own ``slug`` is the primary one.
    """
    known: dict[str, str] = {}
    for batch in _batches(slugs):
        try:
            pages = conduit.pages(
                "project.search",
                {"constraints": {"slugs": batch}},
                _Projects,
                endless=Lack(
                    "strange", f"{conduit.url} does not come to an end with project.search."
                ),
            )
        except Unanswered as error:
            problems |= dict.fromkeys(batch, error.lack)
            continue
        named: dict[str, str] = {}
        for page in pages:
            named |= {p.fields.slug: p.phid for p in page.data if p.fields.slug is not None}
        for page in pages:
            named |= {slug: entry.projectPHID for slug, entry in page.maps.slugMap.items()}
        for slug in batch:
            if slug in named:
                known[slug] = named[slug]
            else:
                problems[slug] = Lack(
                    "project",
                    f"{conduit.url} has no project of that name that the bot may see; correct"
                    " phabricator of the team.",
                )
    return known


def _tickets(conduit: Conduit, phid: str, period: Period) -> tuple[Ticket, ...]:
    """The tickets of a project (subprojects included, as Phabricator searches), without order.

    Their ``owner`` is a PHID yet. All tasks that changed since the period began are asked for,
    because one that was closed in the period may have been changed after it.
    """
    span = _seconds(period)
    pages = conduit.pages(
        "maniphest.search",
        {"constraints": {"projects": [phid], "modifiedStart": span.start}},
        _Tasks,
        endless=Lack(
            "many",
            f"more than {conduit.limits.pages * PAGE} tasks have changed since {period.first};"
            " name a smaller project in phabricator of the team.",
        ),
    )
    newest: dict[int, _TaskFields] = {}  # a task may be on two pages when it changes in between
    for task in (task for page in pages for task in page.data):
        known = newest.get(task.id)
        if known is None or known.dateModified < task.fields.dateModified:
            newest[task.id] = task.fields
    return tuple(
        Ticket(number, fields.name, fields.ownerPHID or "", kind)
        for number, fields in newest.items()
        if (kind := _kind(fields, span))
    )


def _seconds(period: Period) -> range:
    """The seconds since 1970 that belong to the period, in UTC."""

    def midnight(day: date) -> int:
        return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())

    return range(midnight(period.first), midnight(period.last + timedelta(days=1)))


def _kind(task: _TaskFields, span: range) -> TicketKind | None:
    """What became of a task, the weightiest only; ``None``: nothing that is known of."""
    if task.dateClosed is not None and task.dateClosed in span:
        return "closed"
    if task.dateCreated in span:
        return "opened"
    if task.dateModified not in span:
        return None
    return "stalled" if task.status.value == "stalled" else "changed"


def _usernames(conduit: Conduit, phids: Iterable[str]) -> dict[str, str]:
    """PHID → username, of those that can be learnt."""
    wanted = sorted({phid for phid in phids if phid})
    names: dict[str, str] = {}
    why = "Phabricator does not name them"
    for batch in _batches(wanted):
        try:
            users = conduit.ask("user.search", {"constraints": {"phids": batch}}, _Users)
        except Unanswered as error:
            why = str(error)
        else:
            names |= {user.phid: user.fields.username for user in users.data}
    if missing := sum(phid not in names for phid in wanted):
        _log.warning(
            "Phabricator tasks of %d people are told without whom they are assigned to: %s",
            missing,
            why,
        )
    return names


def _with_owners(tickets: Iterable[Ticket], names: Mapping[str, str]) -> tuple[Ticket, ...]:
    return in_order(replace(ticket, owner=names.get(ticket.owner, "")) for ticket in tickets)
