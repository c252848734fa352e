"""Takes every page of a configuration apart, once. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from wikibot.config import Config, RolesTable, StaffTable, TeamTable
from wikibot.model import Link, Page, Roles, Roster, Site, Update
from wikibot.period import Period
from wikibot.titles import normal_title, translated
from wikibot.wikitext.links import read_links
from wikibot.wikitext.regions import Broken, Region, read_regions
from wikibot.wikitext.roles import read_roles
from wikibot.wikitext.rosters import read_roster
from wikibot.wikitext.updates import read_updates

RosterKind = Literal["team", "staff"]


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The roster of a team page or of a staff list."""

    kind: RosterKind
    table: TeamTable | StaffTable
    roster: Roster

    @property
    def title(self) -> str:
        return self.table.page


@dataclass(frozen=True, slots=True)
class RolesPage:
    """The roles of a roles page."""

    table: RolesTable
    roles: Roles

    @property
    def title(self) -> str:
        return self.table.page


@dataclass(frozen=True, slots=True)
class Readings:
    """Every page of a configuration, taken apart."""

    pages: Mapping[str, Page]
    rosters: tuple[RosterPage, ...]
    roles: tuple[RolesPage, ...]
    updates: tuple[tuple[str, Update], ...]
    links: Mapping[str, tuple[Link, ...]]
    regions: Mapping[str, tuple[Region, ...]]
    broken: Mapping[str, tuple[Broken, ...]]

    def with_pages(self, more: Mapping[str, Page]) -> "Readings":
        """The same with further pages, whose sections are looked at and nothing else."""
        return replace(self, pages={**self.pages, **more})

    def usernames(self) -> frozenset[str]:
        """All accounts that rosters and roles name."""
        people = (p.username for r in self.rosters for p in r.roster.people)
        holders = (h.username for page in self.roles for r in page.roles.roles for h in r.holders)
        return frozenset(part.text for part in (*people, *holders) if part)

    def link_targets(self) -> frozenset[str]:
        """Pages that watched pages link to, other than themselves."""
        return frozenset(li.target for links in self.links.values() for li in links if li.target)

    def anchor_targets(self) -> frozenset[str]:
        """Pages whose sections watched pages link to."""
        links = (link for links in self.links.values() for link in links)
        return frozenset(link.target for link in links if link.target and link.anchor)


def watched(config: Config, period: Period) -> tuple[str, ...]:
    """Titles of all pages that a run looks at, each once, in the order of the configuration."""
    titles = list(people_pages(config))
    titles += [title for team in config.team for title in team.updates]
    if config.contacts:
        titles.append(config.contacts.page)
    if config.report:
        weeks = (period.before(), period, period.after())
        titles += [config.report.base, *(f"{config.report.base}/{week}" for week in weeks)]
    titles += [source for title in titles if (source := translated(title))]
    return tuple(dict.fromkeys(titles))


def people_pages(config: Config) -> tuple[str, ...]:
    """Titles of the pages that people write about people: team pages, staff lists, roles pages."""
    tables: tuple[TeamTable | StaffTable | RolesTable, ...]
    tables = (*config.team, *config.staff, *config.roles)
    return tuple(dict.fromkeys(table.page for table in tables))


def read(config: Config, site: Site, pages: Mapping[str, Page]) -> Readings:
    """Take the pages apart. A page that is missing, or not wikitext, reads as an empty one."""

    def text(title: str) -> str:
        page = pages[title]
        return "" if page.redirect or page.model != "wikitext" else page.text

    rosters = [
        RosterPage(kind, table, read_roster(text(table.page), layout=table.roster, site=site))
        for kind, table in _roster_tables(config)
    ]
    roles = [
        RolesPage(table, read_roles(text(table.page), layout=table.roles, site=site))
        for table in config.roles
    ]
    update_pages = dict.fromkeys(title for team in config.team for title in team.updates)
    regions = {title: read_regions(text(title)) for title in pages}
    return Readings(
        pages=pages,
        rosters=tuple(rosters),
        roles=tuple(roles),
        updates=tuple(
            (title, update)
            for title in update_pages
            for update in read_updates(text(title), site=site)
        ),
        links={title: _links(title, text(title), site) for title in people_pages(config)},
        regions={title: found for title, (found, _) in regions.items()},
        broken={title: broken for title, (_, broken) in regions.items()},
    )


def _links(title: str, text: str, site: Site) -> tuple[Link, ...]:
    """The links of a page to pages that should be there, their targets as the wiki stores them.

    User and talk pages are often not there, and no harm done; files, categories and special pages
    are not pages in this sense.
    """
    others = (
        site.user_prefixes
        | site.file_prefixes
        | site.category_prefixes
        | site.talk_prefixes
        | site.special_prefixes
    )
    found = []
    for link in read_links(text, site=site):
        target = link.target
        if target.startswith("/"):
            target = title + target.rstrip("/")
        namespace = target.partition(":")[0].strip().lower() if ":" in target else ""
        if namespace in others:
            continue
        try:
            found.append(replace(link, target=normal_title(target, site) if target else ""))
        except ValueError:
            continue  # MediaWiki makes no link of it either
    return tuple(found)


def _roster_tables(config: Config) -> Iterator[tuple[RosterKind, TeamTable | StaffTable]]:
    for team in config.team:
        yield "team", team
    for staff in config.staff:
        yield "staff", staff
