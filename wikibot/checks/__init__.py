"""The rules. A new one is a function in one of these modules and its name in :data:`ALL`."""

from wikibot.checks import accounts, contacts, links, pages, people, roles, templates, updates
from wikibot.checks.rule import Check
from wikibot.config import Ignore
from wikibot.directory import Directory
from wikibot.model import Finding

ALL: tuple[Check, ...] = (
    pages.page_missing,
    pages.section_missing,
    pages.roster_missing,
    pages.page_shrunk,
    pages.layout_unmatched,
    pages.region_broken,
    pages.region_edited,
    people.person_unknown,
    people.person_missing,
    people.person_duplicate,
    people.person_ambiguous,
    people.title_mismatch,
    people.name_mismatch,
    people.username_mismatch,
    roles.role_vacant,
    roles.holder_missing,
    roles.activity_unowned,
    roles.activity_duplicate,
    accounts.account_missing,
    accounts.account_blocked,
    accounts.account_renamed,
    accounts.account_inactive,
    links.link_missing,
    links.link_anchor,
    contacts.contact_missing,
    updates.update_missing,
    updates.update_unclear,
    templates.template_missing,
    templates.template_broken,
)

CODES = frozenset(rule.code for rule in ALL)


def run(directory: Directory) -> tuple[Finding, ...]:
    """All findings that the configuration does not ignore, by page (in its order) and line."""
    order = {title: place for place, title in enumerate(directory.pages)}
    ignored = directory.config.checks.ignore
    findings = (f for rule in ALL for f in rule.findings(directory))
    kept = (f for f in findings if not any(_agrees(entry, f) for entry in ignored))
    return tuple(sorted(kept, key=lambda f: (order.get(f.page, len(order)), f.line, f.code)))


def _agrees(entry: Ignore, finding: Finding) -> bool:
    return (
        entry.code in (None, finding.code)
        and entry.page in (None, finding.page)
        and (entry.text is None or entry.text.casefold() in finding.message.casefold())
    )
