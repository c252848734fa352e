"""``wikibot templates``: the pages of the package on a wiki, listed, compared, installed."""

from typing import Literal

import click

from wikibot import plan as plans
from wikibot import printing, runner, templates
from wikibot.commands import Session, save
from wikibot.config import Config
from wikibot.model import Change, Page, Replacement, Span

State = Literal["installed", "changed", "missing"]


def titles(config: Config) -> tuple[str, ...]:
    """The titles that an installation may write, whatever ``write_under`` says."""
    return tuple(templates.pages(config.wiki.templates))


def states(s: Session) -> dict[str, State]:
    """What the wiki has of each page of the package, by title."""
    packaged, there = _package(s)
    return {title: _state(text, there[title]) for title, text in packaged.items()}


def show(s: Session, *, form: str) -> int:
    """Print the pages of the package: installed, changed, or missing."""
    rows = states(s)
    if form == "json":
        click.echo(printing.as_json([{"title": t, "state": state} for t, state in rows.items()]))
    else:
        for title, state in rows.items():
            click.echo(f"{state:9}  {title}")
    return 0


def diff(s: Session, *, form: str) -> int:
    """Print what an installation with ``--force`` would change; as JSON, the plan for it."""
    made = _plan(s, force=True)
    if form == "json":
        click.echo(plans.dumps(made), nl=False)
    else:
        for line in printing.plan_text(made):
            click.echo(line)
    return 1 if made.edits else 0


def install(s: Session, *, force: bool) -> int:
    """Write what is missing; what differs from the package only with ``force``."""
    with s.state.lock():
        made = _plan(s, force=force)
        if not made.edits:
            click.echo("Nothing to do.")
        return save(s, made, form="text")


def _package(s: Session) -> tuple[dict[str, str], dict[str, Page]]:
    """The packaged pages under the configured prefix, and what the wiki has of them."""
    language = s.wiki.site().language
    packaged = templates.pages(s.config.wiki.templates, language=language)
    return packaged, s.wiki.load(packaged)


def _state(text: str, page: Page) -> State:
    if not page.exists:
        return "missing"
    return "installed" if page.text.rstrip() == text.rstrip() else "changed"


def _plan(s: Session, *, force: bool) -> plans.Plan:
    packaged, there = _package(s)
    changes = []
    for title, text in packaged.items():
        state = _state(text, there[title])
        if state == "missing":
            changes.append(Change(title, "templates", "install", create=text))
        elif state == "changed" and force:
            whole = Replacement(title, Span(0, len(there[title].text)), text)
            changes.append(Change(title, "templates", "update", (whole,)))
    edits, held = plans.build(changes, there, config=s.config, site=s.wiki.site())
    return plans.Plan(runner.address(s.config), ("templates",), "", edits, held)
