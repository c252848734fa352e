"""``wikibot doctor``: whether everything is there that a run needs; writes nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal

import click

from wikibot import confirmation, gathering, install, printing, runner
from wikibot.checks.pages import page_missing, region_broken, roster_missing, section_missing
from wikibot.checks.templates import template_broken
from wikibot.commands import RUNS_LOOKED_AT, Session, phabricator_token
from wikibot.config import Config
from wikibot.directory import Directory
from wikibot.readings import people_pages, written_reports
from wikibot.runs import Run, current, lapses
from wikibot.standing import State
from wikibot.tasks import (
    contacts,
    modules_needed,
    reminder,
    runs,
    status_report,
    templates_needed,
)
from wikibot.tasks import directory as directory_task
from wikibot.tasks.generated import obstacle


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was tried.

    ``wrong`` and ``stopped`` keep a run, or one of its pages, from being done; ``missing`` is a
    page that would be of use.
    """

    state: Literal["ok", "wrong", "stopped", "missing"]
    text: str


def doctor(s: Session, *, form: str) -> int:
    """Print what was tried; 1 when something is wrong."""
    signs = list(_signs(s))
    if form == "json":
        click.echo(printing.as_json([asdict(sign) for sign in signs]))
    else:
        for sign in signs:
            click.echo(f"{sign.state:7}  {sign.text}")
    return 1 if any(sign.state in ("wrong", "stopped") for sign in signs) else 0


def _signs(s: Session) -> Iterator[Sign]:
    directory = s.survey().directory
    yield Sign("ok", f"configuration {s.config.path}")
    yield Sign("ok", f"wiki {runner.address(s.config)}, language {directory.site.language}")
    if reason := s.wiki.why_not_writable():
        yield Sign("wrong", reason)
    else:
        yield Sign("ok", "pages can be saved")
    if reason := s.wiki.stop_reason():
        yield Sign("stopped", reason)
    else:
        yield Sign("ok", f"shut-off page {s.config.wiki.stop or '(none)'} is not set")
    yield from source_pages(directory)
    yield from generated_pages(directory)
    yield from directory_page(directory)
    yield from package_pages(directory, install.states(s))
    if confirmation.is_asked(s.state, s.wiki):
        say = "the bot has never written here: the first run shows its plan and wants --yes"
        yield Sign("ok", say)
    yield from reminder_pages(directory)
    yield from phabricator_projects(s.config, token=phabricator_token(), say=s.say)
    yield from last_runs(s.config, s.state.last_runs(RUNS_LOOKED_AT), now=datetime.now(UTC))


def last_runs(config: Config, known: Sequence[Run], *, now: datetime) -> Iterator[Sign]:
    """The last run, and what is wrong with it or with those that should have been."""
    if known:
        yield Sign("ok", f"last run: {printing.run_text(known[0])}")
    for lapse in current(lapses(known[::-1], every=config.runs.every, now=now)):
        yield Sign("wrong", printing.lapse_text(lapse, now=now))


def source_pages(directory: Directory) -> Iterator[Sign]:
    """Whether each page that people write can be read.

    The rules themselves are asked: what the configuration silences keeps a run from its work too.
    """
    config = directory.config
    rules = (page_missing, section_missing, roster_missing, region_broken)
    found = [found for rule in rules for found in rule.find(directory)]
    updates = [t for team in config.team if team.updates for t in directory.expected(team)]
    for title in dict.fromkeys((*people_pages(config), *updates)):
        wrong = [f.message for f in found if f.page == title]
        yield from (Sign("wrong", f"{title}: {message}") for message in wrong)
        if not wrong:
            yield Sign("ok", title)


def generated_pages(directory: Directory) -> Iterator[Sign]:
    """Whether each page that the bot makes may be written, and has a region for it if it exists."""
    config = directory.config
    pages = [(c.page, "contacts")] if (c := config.contacts) and c.page else []
    if c and not directory.site.scribunto:
        pages += [(title, directory_task.TASK) for title in c.plain_pages]
    pages += [(config.runs.page, "runs")] if config.runs.page else []
    if report := config.report:
        titles = written_reports(report, directory.period)
        pages += [(title, status_report.TASK) for title in titles]
    for title, task in pages:
        why_not = obstacle(directory, directory.pages[title], task)
        allowed = _allowed(directory, title)
        if allowed.state == "wrong" or not why_not:
            yield allowed
        if why_not:
            yield Sign("wrong", f"{title}: {why_not}")


def directory_page(directory: Directory) -> Iterator[Sign]:
    """Whether the page of data may be written, and what is there is the bot's."""
    contacts = directory.config.contacts
    title = contacts.directory if contacts else None
    if not title:
        return
    allowed = _allowed(directory, title)
    why_not = directory_task.obstacle(directory.pages[title])
    yield Sign("wrong", f"{title}: {why_not}") if why_not and allowed.state == "ok" else allowed


def _allowed(directory: Directory, title: str) -> Sign:
    """Whether a page that the bot makes is among the titles that it may write."""
    if not directory.config.may_write(title):
        return Sign("wrong", f"{title} may not be written; add it to wiki.write_under")
    there = directory.pages[title].exists
    return Sign("ok", f"{title} may be written{'' if there else '; it is not there yet'}")


NAMED = 3  # of the missing pages of the package

_STANDING: Mapping[State, str] = {
    "installed": "as in this version of wikibot",
    "outdated": "of an earlier version; wikibot templates install updates what nobody has changed",
    "changed": "changed by people, and left alone; wikibot templates diff shows how",
    "foreign": "not written by the bot, and left alone; see wikibot templates diff",
}


def package_pages(directory: Directory, states: Mapping[str, State]) -> Iterator[Sign]:
    """How the pages of the package stand; without some of them pages are held back, or show errors.

    One line for all that stand alike, and one for each that is broken.
    """
    needed = _needed(directory)
    lacking = [title for title, state in states.items() if state == "missing"]
    for who_needs in dict.fromkeys(needed.values()):
        wanted = [title for title in lacking if needed.get(title) == who_needs]
        if wanted:
            text = f"not there, and {who_needs} them: {', '.join(wanted)}"
            yield Sign("wrong", f"{text}; wikibot templates install")
    if others := [title for title in lacking if title not in needed]:
        more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
        named = f"{', '.join(others[:NAMED])}{more}"
        yield Sign("missing", f"pages of the package: {named}; wikibot templates install")
    for title, state in states.items():
        if state == "unreadable":
            yield Sign("wrong", f"{title} cannot be read; correct wiki.templates")
        elif state == "other":
            why = "shows the directory of another configuration; give this one its own wiki.module"
            yield Sign("wrong", f"{title} {why}")
    for found in template_broken.find(directory):
        yield Sign("wrong", f"{found.page}: {found.message}; wikibot templates diff")
    for standing, say in _STANDING.items():
        titles = [title for title, state in states.items() if state == standing]
        if titles:
            named = "" if standing == "installed" else f" ({', '.join(titles)})"
            yield Sign("ok", f"pages of the package: {len(titles)}{named} {say}")


def _needed(directory: Directory) -> dict[str, str]:
    """What needs each page of the package that is needed; that of several which is held back."""
    config = directory.config
    prefix = config.wiki.templates
    titles = [f"{prefix}{name}" for name in templates_needed(config)]
    titles += modules_needed(config, directory.site)
    needed = dict.fromkeys(titles, "what shows the directory needs")
    if config.runs.page:
        needed |= {f"{prefix}{name}": "the page about runs needs" for name in runs.TEMPLATES}
    needed |= dict.fromkeys(contacts.missing_templates(directory), "the contacts page needs")
    return needed | dict.fromkeys(status_report.missing_templates(directory), "reports need")


def reminder_pages(directory: Directory) -> Iterator[Sign]:
    """Whether teams can be reminded where the configuration says, and the accounts are there.

    Nothing when there are no reminders.
    """
    config, accounts = directory.config, directory.facts.accounts
    if not config.report or not config.report.reminder_days:
        return
    for title in dict.fromkeys(team.reminder for team in config.team if team.reminder):
        if not config.may_write(title):
            yield Sign("wrong", f"{title} may not be written; add it to wiki.write_under")
        elif why_not := reminder.obstacle(directory.pages[title]):
            yield Sign("wrong", f"{title}: {why_not}")
        else:
            yield Sign("ok", f"{title} may be written, for reminders")
    for name in sorted(reminder.accounts_to_notify(config, directory.site)):
        account = accounts.get(name) if accounts is not None else None
        if account and not account.exists:
            why = "does not exist; correct reminder or notify of the team"
            yield Sign("wrong", f"User:{name} {why}")
        elif account and account.blocked:
            why = "is blocked and not reminded; change reminder or notify of the team"
            yield Sign("wrong", f"User:{name} {why}")


def phabricator_projects(
    config: Config, *, token: str, say: Callable[[str], None] = lambda _: None
) -> Iterator[Sign]:
    """Whether Phabricator takes the token, and has the projects of the teams.

    Nothing when reports have nothing from there.
    """
    slugs = gathering.projects(config)
    if not config.report or not config.phabricator or not slugs:
        return
    from wikibot.sources import conduit, phabricator

    url = config.phabricator.url
    say(f"asking {url} about {len(slugs)} projects")
    contact = gathering.contact(config)
    lacks = phabricator.check(slugs, url=url, token=token, contact=contact)
    if token:
        yield Sign("ok", f"{conduit.TOKEN} is set")
    unknown = {slug: lack for slug, lack in lacks.items() if lack.kind == "project"}
    others = dict.fromkeys(lack.why for lack in lacks.values() if lack.kind != "project")
    yield from (Sign("wrong", f"Phabricator: {why}") for why in others)
    for slug in slugs:
        if slug in unknown:
            yield Sign("wrong", f"Phabricator project {slug}: {unknown[slug].why}")
        elif slug not in lacks:
            yield Sign("ok", f"Phabricator project {slug}")
