"""Rules about accounts; silent on a wiki without accounts (a folder)."""

from collections.abc import Iterator
from datetime import timedelta

from wikibot.checks.rule import Found, check, line_of
from wikibot.directory import Directory
from wikibot.model import Account, Fix, Part, Replacement
from wikibot.wikitext import escape


def _mentions(d: Directory) -> Iterator[tuple[str, str, int, str, Part, Account]]:
    """Every place that names an account: page, section, line, name of the person, part, account."""
    if d.facts.accounts is None:
        return
    for page in d.readings.rosters:
        for p in page.roster.people:
            if p.username and (account := d.facts.accounts.get(p.username.text)):
                yield page.title, p.section, p.line, p.name.text, p.username, account
    for duty in d.duties:
        role = duty.role
        for h in role.holders:
            if h.username and (account := d.facts.accounts.get(h.username.text)):
                line = line_of(d, duty.page, h.username)
                yield duty.page, role.section, line, h.name.text, h.username, account


@check("account-missing", "error")
def account_missing(d: Directory) -> Iterator[Found]:
    """A username that the wiki does not know.

    Example: ``[[User:Olla (Example)|Ola]]`` where the account is “Ola (Example)”.

    Why: messages and mentions reach nobody.

    Mended: by hand: correct the username.
    """
    for page, section, line, name, username, account in _mentions(d):
        if not account.exists and not account.renamed_to:
            yield Found(
                page, f"account “{username.text}” of “{name}” does not exist", section, line
            )


@check("account-blocked", "error")
def account_blocked(d: Directory) -> Iterator[Found]:
    """A username that is blocked on the wiki.

    Example: the roster lists “Ola (Example)”, who is blocked for good.

    Why: whoever has left often has a blocked account; nobody answers there.

    Mended: by hand: name another contact, or take the person off the roster.
    """
    for page, section, line, name, username, account in _mentions(d):
        if account.blocked:
            yield Found(page, f"account “{username.text}” of “{name}” is blocked", section, line)


@check("account-renamed", "warning")
def account_renamed(d: Directory) -> Iterator[Found]:
    """A username that was renamed.

    Example: “OBerg” is called “Ola (Example)” since March.

    Why: links lead to an empty user page, mentions are not delivered.

    Mended: by the ``roster`` and ``roles`` tasks: the rename log says what the new name is.
    """
    roles_pages = {duty.page for duty in d.duties}
    for page, section, line, name, username, account in _mentions(d):
        if account.renamed_to:
            task = "roles" if page in roles_pages else "roster"
            new = escape.anywhere(account.renamed_to)
            yield Found(
                page,
                f"account “{username.text}” of “{name}” is now called “{account.renamed_to}”",
                section,
                line,
                Fix(
                    task,
                    f"account of {name} was renamed",
                    (Replacement(page, username.span, new),),
                ),
            )


@check("account-inactive", "notice")
def account_inactive(d: Directory) -> Iterator[Found]:
    """A username without an edit for a long time (``[limits] inactive_days``).

    Example: the contact for travel has not edited since last winter.

    Why: the person may have left, or does not read the wiki.

    Mended: by hand, if there is anything to mend: it is a hint.
    """
    since = d.today - timedelta(days=d.config.limits.inactive_days)
    for page, section, line, name, username, account in _mentions(d):
        if account.exists and not account.blocked and account.active is False:
            yield Found(
                page,
                f"account “{username.text}” of “{name}” has made no edit since {since}",
                section,
                line,
            )
