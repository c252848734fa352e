"""``wikibot templates``: the pages of the package on a wiki, listed, compared, installed.

A page is written only if no words of people are lost: it is not there, or it reads as the bot last
saved it. The history of the page says that, on a folder what is remembered of installations
(:mod:`wikibot.installed`). One that people brought back to an earlier version is theirs.
"""

from collections.abc import Iterable, Mapping

import click

from wikibot import confirmation, printing, runner, templates
from wikibot import plan as plans
from wikibot.commands import Session, save
from wikibot.config import Config
from wikibot.installed import Sent
from wikibot.model import Outcome, Page
from wikibot.standing import Standing, State, change, is_settled, standing


def titles(config: Config) -> tuple[str, ...]:
    """The titles that an installation may write, whatever ``write_under`` says.

    Those that ask the directory as well: that there is one may stand on ``wiki.config_page``, which
    is read later. The titles hang on nothing that such a page can say.
    """
    wiki = config.wiki
    return tuple(
        templates.pages(wiki.templates, directory=".json", module=wiki.module, scribunto=True)
    )


def states(s: Session) -> dict[str, State]:
    """What the wiki has of each page of the package, by title."""
    return {title: found.state for title, found in look(s).items()}


def look(s: Session) -> dict[str, Standing]:
    """How each page of the package stands on the wiki, by title.

    A request for all of them, and one more for each that is not as in the package.
    """
    packaged = templates.installed(s.config, s.wiki.site())
    there = s.wiki.load(packaged)
    return {
        title: standing(
            text,
            there[title],
            base=None if is_settled(text, there[title]) else _base(s, there[title]),
        )
        for title, text in packaged.items()
    }


def show(s: Session, *, form: str) -> int:
    """Print the pages of the package and how they stand."""
    rows = states(s)
    if form == "json":
        click.echo(printing.as_json([{"title": t, "state": state} for t, state in rows.items()]))
    else:
        for title, state in rows.items():
            click.echo(f"{state:10}  {title}")
    return 0


def diff(s: Session, *, form: str) -> int:
    """Print what an installation would change, and how people's pages differ from the package.

    1 when there is something to do: by an installation, or by people for whose page the package
    has news.
    """
    found = look(s)
    made = _plan(s, found.values(), force=False)
    peoples = [page for page in found.values() if page.is_peoples]
    if form == "json":
        differing = [page for page in found.values() if page.state != "installed"]
        click.echo(printing.as_json([printing.standing_json(page) for page in differing]))
    else:
        for page in peoples:
            _out(printing.standing_text(page))
        _out(printing.plan_text(made))
    return 1 if made.edits or made.held or any(page.has_news for page in peoples) else 0


def install(s: Session, *, force: bool = False, yes: bool = False) -> int:
    """Write what is missing, update what nobody has changed; people's pages only with ``force``.

    On a wiki to which the bot has never written, only with ``yes``.
    """
    with s.state.lock():
        found = look(s)
        made = _plan(s, found.values(), force=force)
        for page in found.values():
            if page.is_peoples and force:
                _out(printing.lost_text(page))
            elif page.has_news:
                click.echo(printing.left_alone_text(page))
        if made.edits and not yes and confirmation.is_asked(s.state, s.wiki):
            _out(printing.plan_text(made))
            confirmation.ask(s.notes)
            return 1
        _out(printing.held_text(made.held))
        if not made.edits:
            click.echo("Nothing to do.")
        for title, page in found.items():
            if page.state == "installed":
                _note(s, title, Sent(page.text, page.page.revision))

        def note(outcome: Outcome) -> None:
            if outcome.kind in ("changed", "unchanged"):
                _note(s, outcome.title, Sent(found[outcome.title].text, outcome.revision))

        return save(s, made, form="text", told=note)


def _base(s: Session, page: Page) -> str | None:
    """What the bot installed on a page before, ``None`` if it never did.

    What it sent may not be what was saved: the wiki merges it with an edit of the same moment. An
    installation by another account is in no history under the bot's name.
    """
    sent = s.state.installed.get(page.title)
    own = s.wiki.own_version(page.title)
    if own is None or (sent and sent.revision == own.revision):
        return sent.text if sent else None
    return own.text


def _note(s: Session, title: str, sent: Sent) -> None:
    if s.state.installed.get(title) != sent:
        s.state.installed.put(title, sent)


def _plan(s: Session, found: Iterable[Standing], *, force: bool) -> plans.Plan:
    pages: Mapping[str, Page] = {each.page.title: each.page for each in found}
    wanted = [made for each in found if (made := change(each, force=force))]
    edits, held = plans.build(wanted, pages, config=s.config, site=s.wiki.site())
    return plans.Plan(runner.address(s.config), ("templates",), "", edits, held)


def _out(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
