"""The words of the project as frozen data.

Everything that was read from a page knows where it stands: a :class:`Span` counts characters
(``str`` offsets, half-open) in the text of the page, ``line`` counts from 1, ``section`` is the
text of the nearest heading above (``""`` in the lead).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from wikibot.period import Period


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` up to, not including, ``end`` of a page's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The source that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of information on a page.

    ``text`` is what a reader sees (no markup, entities decoded, blanks folded); ``span`` is the
    source that an edit replaces to change it.
    """

    text: str
    span: Span


# --- what one page says -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Person:
    """A person on a roster. ``span`` is the whole list item or table row."""

    name: Part
    username: Part | None
    title: Part | None
    section: str
    line: int
    span: Span


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line inside a roster or roles section that its layout does not understand."""

    text: str
    section: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where on a page a roster or roles table stands, and how its parts are marked up.

    ``None`` means: find out. ``pattern`` is for bullets: ``{name}, {title}``, with ``{note}`` for
    text to pass over. ``columns`` is for tables: part → column head or number from 1, for
    example ``{"name": "Who", "title": 2}``.
    """

    section: str | None = None
    layout: Literal["bullets", "table", "headings"] | None = None
    pattern: str | None = None
    columns: Mapping[str, str | int] | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a page, in the order of the page."""

    people: tuple[Person, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    section: str = ""
    line: int = 0  # of the roster's heading or first item; 0: there is no roster on the page
    section_found: bool = True  # False: the layout names a section that the page has not


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a role, as the page says it: a person's name, or a job title."""

    name: Part
    username: Part | None = None
    note: str = ""  # "interim", "acting", …


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of a role. ``cadence``: weekly, as needed, … when the text says one."""

    text: Part
    cadence: str | None
    line: int


@dataclass(frozen=True, slots=True)
class ActivityGroup:
    """Activities under one label; ``name`` is ``None`` for activities without one."""

    name: Part | None
    activities: tuple[Activity, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Role:
    """A role, who holds it, and what it is responsible for.

    ``stated`` is the whole of what the page says about the holders (a header cell, a table cell),
    before it is taken apart into ``holders``; ``None`` when the page names no holder.
    ``span`` is the whole of the role: its section, or its row.
    """

    name: Part
    holders: tuple[Holder, ...]
    groups: tuple[ActivityGroup, ...]
    section: str
    line: int
    span: Span
    stated: Part | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of a page, in the order of the page."""

    roles: tuple[Role, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    section: str = ""
    line: int = 0  # 0: there are no roles on the page
    section_found: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """An internal link: ``target`` without its ``#anchor``, ``""`` for the page itself."""

    target: str
    anchor: str
    section: str
    line: int
    span: Span


# Who names a blocker; ``outside``: the other side is no team, so it cannot.
NamedBy = Literal["both", "waiting", "blocking", "outside"]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of an update: its plain text, and its source (inline wikitext, not yet safe)."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Update:
    """A team's status update.

    ``date`` is ``None`` when the page gives none or an impossible one; ``raw_date`` is what it
    says.
    ``health`` is the page's word for it, ``""`` when there is none.
    """

    team: str
    date: date | None
    raw_date: str
    health: str
    headline: Item | None
    done: tuple[Item, ...]
    next: tuple[Item, ...]
    blocked_by: tuple[Item, ...]
    blocking: tuple[Item, ...]
    risks: tuple[Item, ...]
    section: str
    line: int
    problem: str = ""  # why the update could not be read whole, a sentence


@dataclass(frozen=True, slots=True)
class ListedBlocker:
    """A blocker as a report lists it: who waits, for whom, since which week, and who names it.

    ``seen`` is the week since which neither has reported, if that is before the report's.
    """

    waiting: str
    on: str
    what: Item
    since: Period
    by: NamedBy = "waiting"
    seen: Period | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A row of a table of goals. ``owner`` and ``status`` are texts as the page says them.

    ``due`` is ``None`` when the page gives no day, or an impossible one; ``raw_due`` is what it
    says.
    """

    goal: Item
    owner: str
    status: str
    due: date | None
    raw_due: str
    section: str
    line: int


# --- what Phabricator says ----------------------------------------------------------------------

TicketKind = Literal["closed", "opened", "stalled", "changed"]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A task of a Phabricator project, ``T<number>``, and what became of it in a period.

    ``owner`` is the username it is assigned to there, ``""`` for nobody.
    """

    number: int
    title: str
    owner: str
    kind: TicketKind


LackKind = Literal[
    "token",  # the bot has no token that works
    "project",  # there is no such project, as far as the bot may see
    "silent",  # no answer, not in time, or not a whole one
    "strange",  # an answer that is not understood
    "refused",  # an answer that says no
    "many",  # too many tasks
]


@dataclass(frozen=True, slots=True)
class Lack:
    """Why something could not be learnt.

    ``kind`` is the message (``phabricator-<kind>``) for those who read a report, ``why`` a sentence
    in English for whoever runs the bot; it reaches no page.
    """

    kind: LackKind
    why: str


@dataclass(frozen=True, slots=True)
class Tickets:
    """What was learnt of projects, by slug; ``problems`` says of the others why nothing was."""

    found: Mapping[str, tuple[Ticket, ...]] = field(default_factory=dict)
    problems: Mapping[str, Lack] = field(default_factory=dict)


# --- what the wiki says -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was loaded. ``revision`` is ``None`` for a page that does not exist.

    ``problem`` says why a page that may be there could not be read, as a sentence; such a page
    has no text, and nothing may be concluded from that. ``saved`` is when the revision was made
    (UTC), ``parent`` the one before it (0: it is the first); ``None`` on a wiki without histories.
    """

    title: str
    text: str = ""
    revision: int | None = None
    redirect: bool = False
    model: str = "wikitext"
    problem: str = ""
    saved: datetime | None = None
    parent: int | None = None

    @property
    def exists(self) -> bool:
        return self.revision is not None


@dataclass(frozen=True, slots=True)
class Account:
    """What the wiki knows of an account."""

    name: str
    exists: bool
    blocked: bool = False
    renamed_to: str | None = None
    last_edit: date | None = None  # within the time that was asked about
    active: bool | None = None  # None: was not asked


_CONTENT = ("user", "project", "file", "mediawiki", "template", "help", "category")
_TALK = frozenset(["talk", *(f"{name} talk" for name in _CONTENT)])
_NAMESPACES = frozenset([*_CONTENT, *_TALK, "media", "special", "image"])


# Templates that show a user, by the name of their page.
USER_TEMPLATES = frozenset(
    "noping|ping|re|reply to|reply|u|ul|user|user link|user0|usercheck|userlink|userlinks|ut".split(
        "|"
    )
)


DEFAULT_PAGE_BYTES = 2048 * 1024  # https://www.mediawiki.org/wiki/Manual:$wgMaxArticleSize


@dataclass(frozen=True, slots=True)
class Site:
    """What reading and writing must know of a wiki; prefixes are in lower case with blanks."""

    name: str = "wiki"
    language: str = "en"
    user_prefixes: frozenset[str] = frozenset({"user"})
    file_prefixes: frozenset[str] = frozenset({"file", "image"})
    category_prefixes: frozenset[str] = frozenset({"category"})
    talk_prefixes: frozenset[str] = _TALK
    special_prefixes: frozenset[str] = frozenset({"special", "media"})
    namespaces: frozenset[str] = _NAMESPACES
    interwikis: frozenset[str] = frozenset()
    user_templates: frozenset[str] = USER_TEMPLATES  # in lower case
    scribunto: bool = False  # whether pages can call modules in Lua
    max_page_bytes: int = DEFAULT_PAGE_BYTES


# --- what the bot says --------------------------------------------------------------------------

Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Replacement:
    """Put ``text`` in the place of ``span`` of the page ``title``; an empty span inserts."""

    title: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How a finding is mended without guessing: by which task, by which replacements."""

    task: str
    say: str  # a phrase for the edit summary
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One inconsistency. ``line`` 0 means the page as a whole."""

    code: str
    severity: Severity
    page: str
    section: str
    line: int
    message: str
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a task wants of one page.

    Either ``replacements`` on the text that was loaded, or ``create``: the text of a page that
    does not exist yet, or ``obstacle``: why the task cannot have what it wants, a clause.
    ``model`` is the content model that the page has, or is created with; for one that is created,
    ``wikitext`` leaves it to the title.
    """

    title: str
    task: str
    say: str
    replacements: tuple[Replacement, ...] = ()
    create: str | None = None
    obstacle: str = ""
    model: str = "wikitext"


@dataclass(frozen=True, slots=True)
class PagePart:
    """A part of a page that the bot writes: a heading, and a managed region below it.

    ``key`` is the attribute that tells the region from the others, such as ``("team", "A")``;
    ``heading`` is wikitext, ``""`` for none; ``body`` is what the region is filled with, ``None``
    where nothing is known: what is there stays then.
    """

    key: tuple[str, str]
    heading: str
    body: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for one page, made from a known revision. ``base`` ``None`` creates the page.

    ``model`` is as in :class:`Change`.
    """

    title: str
    base: int | None
    old: str
    new: str
    summary: str
    tasks: tuple[str, ...]
    reasons: tuple[str, ...]
    model: str = "wikitext"


OutcomeKind = Literal[
    "changed",
    "unchanged",
    "conflict",
    "excluded",
    "protected",
    "refused",
    "moved on",
    "missing",
    "failed",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit, verified after the write.

    ``stop`` is set when nothing more may be written in this run (account blocked, shut-off page
    set or unreadable, wrong account): a sentence that says why.
    """

    title: str
    kind: OutcomeKind
    detail: str = ""
    revision: int | None = None
    stop: str = ""
