"""What one page or file says: its roster, its roles, and the layout that pins them down.

A file or standard input needs no configuration.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wikibot import inspection, printing
from wikibot.commands import config_files, echo_lines, session
from wikibot.errors import Trouble
from wikibot.model import Layout, Site
from wikibot.namespaces import unknown_wiki


def extract(
    kind: str,
    page: str,
    *,
    layout: Layout,
    configs: Sequence[Path],
    state_dir: Path | None,
    form: str,
) -> None:
    """Print what one page says; a file or standard input needs no configuration."""
    from wikibot.wikitext.roles import read_roles
    from wikibot.wikitext.rosters import read_roster

    text, site = _texts_of([page], configs=configs, state_dir=state_dir)[page]
    if kind == "roster":
        roster = read_roster(text, layout=layout, site=site)
        as_data, as_lines = printing.roster_json(roster), printing.roster_text(roster)
    else:
        roles = read_roles(text, layout=layout, site=site)
        as_data, as_lines = printing.roles_json(roles), printing.roles_text(roles)
    if form == "json":
        click.echo(printing.as_json(as_data))
    else:
        echo_lines(as_lines)


def inspect(
    pages: Sequence[str], *, configs: Sequence[Path], state_dir: Path | None, form: str
) -> int:
    """Print what is taken for a roster or for roles, and the layout that says so."""
    texts = _texts_of(pages, configs=configs, state_dir=state_dir)
    told = {page: inspection.inspect(text, site=site) for page, (text, site) in texts.items()}
    if form == "json":
        data = {page: printing.inspected_json(found) for page, found in told.items()}
        click.echo(printing.as_json(data))
    else:
        for page, found in told.items():
            echo_lines(printing.inspected_text(page, found))
    return 0 if all(any(f.layout for f in found) for found in told.values()) else 1


def _texts_of(
    pages: Sequence[str], *, configs: Sequence[Path], state_dir: Path | None
) -> dict[str, tuple[str, Site]]:
    """Text and wiki of each page; the wiki is opened once, for those that are no files."""
    files = {page: _content(page) for page in pages if page == "-" or Path(page).is_file()}
    titles = [page for page in pages if page not in files]
    texts = {page: (text, unknown_wiki()) for page, text in files.items()}
    if titles:
        texts |= _texts_on_wiki(titles, configs=configs, state_dir=state_dir)
    return {page: texts[page] for page in pages}


def _content(file: str) -> str:
    if file == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input")
    try:
        return _decoded(Path(file).read_bytes(), file)
    except OSError as error:
        raise Trouble(f"{file}: cannot be read: {error.strerror}.") from None


def _texts_on_wiki(
    titles: Sequence[str], *, configs: Sequence[Path], state_dir: Path | None
) -> dict[str, tuple[str, Site]]:
    if not configs and not Path("wikibot.toml").exists():
        raise Trouble(
            f"“{titles[0]}” is not a file, and there is no wikibot.toml that says on which wiki "
            f"the page of that title is; name one with --config."
        )
    with session(config_files(configs)[0], state_dir=state_dir, period=None) as s:
        found = s.wiki.load(titles)
        for title, page in found.items():
            if page.problem:
                raise Trouble(
                    f"{title}: is no file, and cannot be read on the wiki: {page.problem}"
                )
            if not page.exists:
                raise Trouble(f"“{title}” is neither a file nor a page on the wiki.")
        site = s.config.on(s.wiki.site())
        return {title: (page.text, site) for title, page in found.items()}


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Trouble(f"{name}: is not UTF-8 ({error.reason} at byte {error.start}).") from None
