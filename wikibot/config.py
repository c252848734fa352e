"""``wikibot.toml``: what it may say, and one sentence for each thing that is wrong with it."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from wikibot.errors import ConfigError
from wikibot.model import Layout, Severity, Site
from wikibot.titles import normal_title, normal_username
from wikibot.words import CATCH_ALL, VACANT_WORDS, fold


def _title(value: str) -> str:
    try:
        return normal_title(value, Site())
    except ValueError as error:
        raise ValueError(f"“{value}” cannot be the title of a page: it {error}") from None


def _prefix(value: str) -> str:
    """A title, or the beginning of titles: may end with ``/`` or ``:``."""
    ending = value[len(value.rstrip("/:")) :]
    if not ending:
        return _title(value)
    return _title(f"{value}x")[:-1]  # “x”: a name for the prefix to stand before


LOOPBACK = ("127.0.0.1", "localhost", "::1")  # where plain http does no harm
LONGEST_PATTERN = 200  # characters; no line of a roster needs more
# Where the module in Lua that shows the directory is installed, unless the configuration says else.
MODULE = "Module:Wikibot directory"

PLACES = ("date", "week", "month", "quarter")  # what a dated title may have in braces


def _dated_title(value: str) -> str:
    """A title that may have days or periods in it, such as ``Stand-up/{date}``."""
    for name in re.findall(r"\{([^{}]*)\}", value):
        if name not in PLACES:
            known = ", ".join(f"{{{place}}}" for place in PLACES)
            raise ValueError(f"“{value}”: there is no {{{name}}}; use {known}")
    stand_ins = {place: f"({place})" for place in PLACES}
    try:
        filled = value.format_map(stand_ins)
    except (ValueError, KeyError, IndexError):
        raise ValueError(f"“{value}” has a brace without its partner") from None
    title = _title(filled)
    for place, stand_in in stand_ins.items():
        title = title.replace(stand_in, f"{{{place}}}")
    return title


def _loopback_or_tls(value: str) -> str:
    url = urlsplit(value)
    web = url.scheme in ("http", "https") and url.hostname
    if not web or not url.path.endswith("/api.php"):
        raise ValueError("should be the address of api.php, such as https://wiki.example/w/api.php")
    return _safe(value)


def _site(value: str) -> str:
    url = urlsplit(value)
    if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment:
        raise ValueError("should be an address such as https://phabricator.example")
    return _safe(value).rstrip("/")


def _safe(value: str) -> str:
    url = urlsplit(value)
    if url.scheme == "http" and url.hostname not in LOOPBACK:
        raise ValueError("use https: plain http would send the password in clear")
    return value


def _no_slash(value: str) -> str:
    if value.endswith("/"):
        raise ValueError(f"“{value}” should not end with “/”: reports are pages below it")
    return value


def _json_title(value: str) -> str:
    if not value.endswith(".json"):
        raise ValueError(f"“{value}” should end with “.json”, which tells MediaWiki what it is")
    return value


def _module(value: str) -> str:
    title = _title(value)
    if ":" not in title:
        raise ValueError(f"“{value}” should begin with the namespace of modules, as in “Module:…”")
    return title


def _slug(value: str) -> str:
    slug = value.strip().removeprefix("#").lower()
    if not slug or re.search(r"\s", slug):
        raise ValueError(f"“{value}” is no project; write it as in #its-name, with - for blanks")
    return slug


def _username(value: str) -> str:
    name = normal_username(value)
    try:
        normal_title(f"User:{name}", Site())
    except ValueError as error:
        raise ValueError(f"“{value}” cannot be an account: it {error}") from None
    return name


def _roster_layout(layout: Layout) -> Layout:
    return _layout(layout, columns={"name", "title", "username"})


def _roles_layout(layout: Layout) -> Layout:
    return _layout(layout, columns={"role", "name", "holder", "title", "activity"})


def _layout(layout: Layout, *, columns: set[str]) -> Layout:
    """What cannot be meant; that a section or a head is not on the page is for a check to say."""
    if len(layout.pattern or "") > LONGEST_PATTERN:
        raise ValueError(f"pattern: has more than {LONGEST_PATTERN} characters")
    fields = re.findall(r"\{([^{}]*)\}", layout.pattern or "{name}")
    for field in fields:
        if field not in ("name", "title", "note"):
            raise ValueError(f"pattern: there is no {{{field}}}; use {{name}}, {{title}}, {{note}}")
    if fields.count("name") != 1:
        raise ValueError("pattern: should have {name} once")
    for part, column in (layout.columns or {}).items():
        if part not in columns:
            raise ValueError(f"columns: there is no “{part}”; use {', '.join(sorted(columns))}")
        if isinstance(column, int) and column < 1:
            raise ValueError(f"columns.{part}: columns are numbered from 1")
    return layout


RosterLayout = Annotated[Layout, AfterValidator(_roster_layout)]
RolesLayout = Annotated[Layout, AfterValidator(_roles_layout)]
Title = Annotated[str, AfterValidator(_title)]
DatedTitle = Annotated[str, AfterValidator(_dated_title)]
Prefix = Annotated[str, AfterValidator(_prefix)]
Authority = Literal["team", "roles"]
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)


class Table(BaseModel):
    """A table of the configuration; unknown keys are errors, so that a typing error is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WikiTable(Table):
    """``[wiki]``: one configuration is about one wiki."""

    api: Annotated[str, AfterValidator(_loopback_or_tls)] | None = None
    folder: str | None = None
    user: str | None = None
    write_under: tuple[Prefix, ...] = ()
    templates: Prefix = "Template:"
    module: Annotated[str, AfterValidator(_module)] = MODULE
    stop_page: Title | None = None
    docs_page: Title | None = None
    config_page: Annotated[Title, AfterValidator(_json_title)] | None = None
    user_templates: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_wiki(self) -> "WikiTable":
        if (self.api is None) == (self.folder is None):
            raise ValueError("should have either api (a live wiki) or folder (a folder of pages)")
        if self.api and not self.user:
            raise ValueError("user is missing: the account that the bot writes with")
        return self

    @property
    def stop(self) -> str | None:
        """The shut-off page: what is configured, else ``User:<user>/Stop``."""
        return self.stop_page or (f"User:{self.user}/Stop" if self.user else None)


class TeamTable(Table):
    """``[[team]]``: the team page is where its roster stands.

    ``updates`` and ``goals`` may have days or periods in them (``Stand-up/{date}``).
    ``phabricator`` are slugs of projects. ``reminder`` is the page where a reminder goes, for the
    accounts ``notify``. ``removal_share`` is that of ``[limits]`` for lists of this team. With
    ``may_be_empty``, a page on which nobody stands is no mistake.
    """

    name: Annotated[str, Field(min_length=1)]
    page: Title
    aliases: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    contact: Title | None = None
    roster: RosterLayout = Layout()
    updates: tuple[DatedTitle, ...] = ()
    goals: tuple[DatedTitle, ...] = ()
    phabricator: tuple[Annotated[str, AfterValidator(_slug)], ...] = ()
    reports: bool = True
    reminder: Title | None = None
    notify: tuple[Annotated[str, AfterValidator(_username)], ...] = ()
    removal_share: Annotated[float, Field(ge=0, le=1)] | None = None
    may_be_empty: bool = False


class RolesTable(Table):
    """``[[roles]]``: a roles page, and the teams whose people hold its roles."""

    page: Title
    teams: tuple[str, ...] = ()
    roles: RolesLayout = Layout()
    contact: Title | None = None


class StaffTable(Table):
    """``[[staff]]``: a further list of people that follows the team pages."""

    page: Title
    teams: tuple[str, ...] = ()
    roster: RosterLayout = Layout()


class AuthorityTable(Table):
    """``[authority]``: which kind of page is right where pages differ."""

    names: Authority = "team"
    titles: Authority = "team"
    usernames: Authority = "team"


class PersonTable(Table):
    """``[people."Name"]``: what the pages do not say about a person."""

    username: str | None = None
    aliases: tuple[str, ...] = ()
    team: str | None = None


# What stands below the directory's title on a wiki whose pages cannot call modules.
PLAIN_PAGES = ("Contact box", "Contact for", "Responsibilities", "Role holder", "Roster")


class ContactsTable(Table):
    """``[contacts]``: what is published about whom to ask.

    ``page`` is the page for readers, ``directory`` the data for templates on any page, ``fallback``
    the page to write on when nobody else is known.
    """

    page: Title | None = None
    directory: Annotated[Title, AfterValidator(_json_title)] | None = None
    fallback: Title | None = None

    @model_validator(mode="after")
    def _publishes_something(self) -> "ContactsTable":
        if not (self.page or self.directory):
            raise ValueError("should have page (for readers), or directory (for templates)")
        return self

    @property
    def plain_base(self) -> str:
        """The title below which the directory stands as wikitext."""
        return (self.directory or "").removesuffix(".json")

    @property
    def plain_pages(self) -> tuple[str, ...]:
        """The pages of the directory as wikitext; on a wiki that has Lua there are none."""
        names = PLAIN_PAGES if self.directory else ()
        return tuple(f"{self.plain_base}/{name}" for name in names)

    @property
    def published(self) -> tuple[str, ...]:
        """Every page that may be written about whom to ask; not each wiki needs all of them."""
        return tuple(t for t in (self.page, self.directory, *self.plain_pages) if t)


class ReportTable(Table):
    """``[report]``: weekly pages are ``<base>/2026-W47``, the index page is ``<base>``.

    ``frozen_after`` is in days after the end of a period. ``reminder_days`` counts back from the
    deadline; 0 is never.
    """

    base: Annotated[Title, AfterValidator(_no_slash)]
    deadline: Weekday = "Friday"
    fiscal_year_starts: Annotated[int, Field(ge=1, le=12)] = 7
    monthly: bool = True
    quarterly: bool = True
    frozen_after: Annotated[int, Field(ge=0)] = 28
    reminder_days: Annotated[int, Field(ge=0, le=6)] = 0


class PhabricatorTable(Table):
    """``[phabricator]``: where the teams' projects are."""

    url: Annotated[str, AfterValidator(_site)]


class RunsTable(Table):
    """``[runs]``: who learns how the bot itself is doing.

    ``every_hours`` is how often each task is to run; ``page`` is where readers of the wiki see what
    went wrong; ``webhook`` is which runs are told to the address in ``$WIKIBOT_WEBHOOK``.
    """

    every_hours: dict[str, Annotated[float, Field(gt=0)]] = {}
    page: Title | None = None
    webhook: Literal["failures", "every run"] | None = None

    @property
    def every(self) -> dict[str, timedelta]:
        """How often each task is to run."""
        return {task: timedelta(hours=hours) for task, hours in self.every_hours.items()}


class LimitsTable(Table):
    """``[limits]``: what a run may do at most, and how long it waits before it removes people."""

    edits: Annotated[int, Field(ge=1)] = 50
    removal_share: Annotated[float, Field(ge=0, le=1)] = 0.25
    allow_removals: bool = False
    removal_days: Annotated[int, Field(ge=0, le=365)] = 7
    inactive_days: Annotated[int, Field(ge=1)] = 90
    put_throttle: Annotated[float, Field(ge=0)] = 10
    overwrite_edited_regions: bool = False


class Ignore(Table):
    """One entry of ``[[checks.ignore]]``: findings that agree with all keys given are not told."""

    code: str | None = None
    page: Title | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Ignore":
        if not (self.code or self.page or self.text):
            raise ValueError("should have at least one of code, page, text")
        return self


class ChecksTable(Table):
    """``[checks]``: severities (``"off"`` silences a code), exceptions, words."""

    severity: dict[str, Severity | Literal["off"]] = {}
    ignore: tuple[Ignore, ...] = ()
    vacant: tuple[str, ...] = ()
    catch_all: tuple[str, ...] = ()


class Config(Table):
    """The whole of a configuration. ``path`` is the file that it came from."""

    wiki: WikiTable
    team: tuple[TeamTable, ...] = ()
    roles: tuple[RolesTable, ...] = ()
    staff: tuple[StaffTable, ...] = ()
    authority: AuthorityTable = AuthorityTable()
    people: dict[str, PersonTable] = {}
    contacts: ContactsTable | None = None
    report: ReportTable | None = None
    phabricator: PhabricatorTable | None = None
    runs: RunsTable = RunsTable()
    limits: LimitsTable = LimitsTable()
    checks: ChecksTable = ChecksTable()
    path: Path = Path()

    @model_validator(mode="after")
    def _names_agree(self) -> "Config":
        names = [team.name for team in self.team]
        for name in {n for n in names if names.count(n) > 1}:
            raise ValueError(f"team “{name}” stands twice")
        said = [fold(name) for t in self.team for name in {fold(t.name), *map(fold, t.aliases)}]
        for name in {n for n in said if said.count(n) > 1}:
            raise ValueError(f"“{name}” is the name or alias of two teams")
        for team in self.team:
            if team.phabricator and not self.phabricator:
                raise ValueError(f"team “{team.name}” has phabricator; add [phabricator] with url")
            if team.notify and not team.reminder:
                raise ValueError(f"team “{team.name}” has notify; add reminder, a talk page")
        claims = [(t.page, t.teams) for t in self.roles] + [(t.page, t.teams) for t in self.staff]
        for page, teams in claims:
            for name in teams:
                if name not in names:
                    raise ValueError(f"“{page}” names team “{name}”, which no [[team]] has")
        for person, entry in self.people.items():
            if entry.team and entry.team not in names:
                raise ValueError(
                    f"people.{person} names team “{entry.team}”, which no [[team]] has"
                )
        return self

    @property
    def folder(self) -> Path | None:
        """The folder wiki; a relative path counts from the configuration file."""
        return self.path.parent / self.wiki.folder if self.wiki.folder else None

    def teams_by_name(self) -> dict[str, str]:
        """The team that each name and alias means, by the name in folded form."""
        return {fold(name): t.name for t in self.team for name in (t.name, *t.aliases)}

    @property
    def vacant_words(self) -> frozenset[str]:
        """What means that nobody holds a role, folded."""
        return VACANT_WORDS | {fold(word) for word in self.checks.vacant}

    @property
    def catch_alls(self) -> frozenset[str]:
        """Activities that many roles may have at once, folded."""
        return CATCH_ALL | {fold(phrase) for phrase in self.checks.catch_all}

    def on(self, site: Site) -> Site:
        """What is known of the wiki, with what the configuration adds to it."""
        more = {fold(name.replace("_", " ")) for name in self.wiki.user_templates}
        return replace(site, user_templates=site.user_templates | more)

    def allowing(self, titles: tuple[str, ...]) -> "Config":
        """The same configuration, with further titles that may be written."""
        wiki = self.wiki.model_copy(update={"write_under": (*self.wiki.write_under, *titles)})
        return self.model_copy(update={"wiki": wiki})

    def may_write(self, title: str) -> bool:
        """Whether ``title`` is one that the bot may write at all.

        An entry that ends with ``/`` or ``:`` allows what begins with it, any other entry the
        page of that title.
        """
        return any(
            title.startswith(entry) if entry.endswith(("/", ":")) else title == entry
            for entry in self.wiki.write_under
        )


def load(path: Path, *, more: Mapping[str, Any] | None = None, page: str = "") -> Config:
    """Read a configuration file; :class:`ConfigError` says what is wrong with it.

    ``more`` is what the page ``page`` adds to it; a key may stand in one of them only.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: there is no such file; name one with --config, or copy examples/wikibot.toml."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}.") from None
    for key in more or {}:
        if key in data:
            raise ConfigError(f"{page}: {key}: stands in {path}, too; remove it from one of them.")
    return parse(data, path=path, more=more or {}, page=page)


def parse(
    data: Mapping[str, Any],
    *,
    path: Path = Path("wikibot.toml"),
    more: Mapping[str, Any] = MappingProxyType({}),
    page: str = "",
) -> Config:
    """Validate what was read; ``path`` is named in errors and anchors relative folders.

    ``more`` is what was read from the page ``page``, which is named in errors about it.
    """
    if "path" in data:
        raise ConfigError(f"{path}: path: there is no such key; remove it.")
    try:
        return TypeAdapter(Config).validate_python({**data, **more, "path": path})
    except ValidationError as error:
        told = (
            _sentence(page if e["loc"] and e["loc"][0] in more else str(path), e)
            for e in error.errors()
        )
        raise ConfigError("\n".join(" ".join(said.splitlines()) for said in told)) from None


def _sentence(where: str, error: Any) -> str:
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    match error["type"]:
        case "extra_forbidden" | "unexpected_keyword_argument":
            say = "there is no such key; look for a typing error, or remove it"
        case "missing":
            say = "is missing; add it"
        case "value_error":
            say = str(error["ctx"]["error"])
        case "tuple_type":
            say = f"should be a list, such as [{json.dumps(error['input'], default=str)}]"
        case _:
            say = f"{error['msg'][:1].lower()}{error['msg'][1:]} (found {error['input']!r})"
    return f"{where}: {key}: {say}." if key else f"{where}: {say}."
