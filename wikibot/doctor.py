"""``wikibot doctor``: whether everything is there that a run needs; writes nothing."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

import click

from wikibot import install, printing, runner
from wikibot.checks.pages import page_missing, region_broken, roster_missing, section_missing
from wikibot.commands import Session
from wikibot.directory import Directory
from wikibot.readings import people_pages
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
    for title, state in install.states(s).items():
        if state == "missing":
            yield Sign("missing", f"{title}; wikibot templates install")


def source_pages(directory: Directory) -> Iterator[Sign]:
    """Whether each page that people write can be read.

    The rules themselves are asked: what the configuration silences keeps a run from its work too.
    """
    config = directory.config
    rules = (page_missing, section_missing, roster_missing, region_broken)
    found = [found for rule in rules for found in rule.find(directory)]
    updates = [title for team in config.team for title in team.updates]
    for title in dict.fromkeys((*people_pages(config), *updates)):
        wrong = [f.message for f in found if f.page == title]
        yield from (Sign("wrong", f"{title}: {message}") for message in wrong)
        if not wrong:
            yield Sign("ok", title)


def generated_pages(directory: Directory) -> Iterator[Sign]:
    """Whether each page that the bot makes may be written, and has a region for it if it exists."""
    config = directory.config
    pages = [(config.contacts.page, "contacts")] if config.contacts else []
    if config.report:
        titles = (config.report.base, f"{config.report.base}/{directory.period}")
        pages += [(title, "status-report") for title in titles]
    for title, task in pages:
        why_not = obstacle(directory, directory.pages[title], task)
        if not config.may_write(title):
            yield Sign("wrong", f"{title} may not be written; add it to wiki.write_under")
        if why_not:
            yield Sign("wrong", f"{title}: {why_not}")
        elif config.may_write(title):
            there = directory.pages[title].exists
            yield Sign("ok", f"{title} may be written{'' if there else '; it is not there yet'}")
