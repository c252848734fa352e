"""What people and settings do to a wiki while a run is under way: each gives its undoing."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from tests.faults.department import NEW_LINE, NORTH, OLD_LINE, PAGES
from tests.faults.stage import Stage, Undo
from tests.mediawiki.witness import USER_AGENT

REMARK = "People wrote this meanwhile."


def configure(stage: Stage, *, php: str, undo: str = "") -> Undo:
    """A setting of the wiki, and the one that takes it back."""
    stage.wiki.configure(php)
    return lambda: stage.wiki.configure(undo) if undo else None


def load(stage: Stage, *, extension: str, php: str, undo: str) -> Undo:
    """An extension that the wiki of the tests does not have."""
    return configure(stage, php=f"wfLoadExtension( '{extension}' );\n{php}", undo=undo)


def block(stage: Stage) -> Undo:
    """The account is blocked."""
    stage.wiki.block(stage.wiki.bot, reason="runs wild")
    return lambda: stage.wiki.unblock(stage.wiki.bot)


def block_address(stage: Stage) -> Undo:
    """Whoever comes from the bot's address is blocked, with an account, too."""
    stage.wiki.block("127.0.0.1", reason="runs wild")
    return lambda: stage.wiki.unblock("127.0.0.1")


def block_from_page(stage: Stage) -> Undo:
    """The account may not edit this page."""
    stage.wiki.block(stage.wiki.bot, partial="1", pagerestrictions=stage.title, allowusertalk="1")
    return lambda: stage.wiki.unblock(stage.wiki.bot)


def protect(stage: Stage) -> Undo:
    """The page, or its creation, is protected."""
    stage.wiki.protect(stage.title)
    return lambda: _unprotect(stage, stage.title)


def protect_cascading(stage: Stage) -> Undo:
    """A page that includes the page is protected, with all that it includes."""
    including = "Showcase"
    stage.wiki.edit(including, f"{{{{:{stage.title}}}}}")
    stage.wiki.write(
        "protect", title=including, protections="edit=sysop", cascade="1", reason="for a test"
    )
    stage.wiki.run_jobs()
    return lambda: _unprotect(stage, including)


def _unprotect(stage: Stage, title: str) -> None:
    kind = "edit" if stage.wiki.text(title) is not None else "create"
    stage.wiki.write("protect", title=title, protections=f"{kind}=all", reason="for a test")


def blacklist_title(stage: Stage) -> Undo:
    """The title is on the wiki's blacklist."""
    pattern = re.sub(r"\W", ".", stage.title)
    return _list(stage, "MediaWiki:Titleblacklist", f"{pattern} <noedit>")


def blacklist_link(stage: Stage) -> Undo:
    """The page has a link that is on the spam blacklist, and that the wiki has no note of yet.

    MediaWiki lets a link pass that stood on the page before, by the table of its links.
    """
    stage.wiki.configure("$wgGroupPermissions['bot']['sboverride'] = false;")
    with sqlite3.connect(stage.wiki.database, timeout=10) as database:
        database.execute("DELETE FROM externallinks")
    database.close()
    return _list(stage, "MediaWiki:Spam-blacklist", r"paths\.example")


def _list(stage: Stage, page: str, line: str) -> Undo:
    stage.wiki.edit(page, line)
    return lambda: stage.wiki.edit(page, "# empty")


def filter_edits(stage: Stage, *, warn: bool = False) -> Undo:
    """An abuse filter is against edits of the page."""
    rules = f'page_prefixedtitle == "{stage.title}" & user_name == "{stage.wiki.bot}"'
    stage.wiki.abuse_filter(rules, warn=warn)
    return lambda: stage.wiki.abuse_filter("false", number=1)


def remark(stage: Stage, *, by: str = "Admin", near: bool = False, text: str = REMARK) -> Undo:
    """Somebody adds a line, at the end of the page or right below the one that the bot changes.

    ``by`` “the bot” is an edit that its operator makes with its account.
    """
    user = stage.wiki.bot if by == "the bot" else by
    old = stage.wiki.text(stage.title) or ""
    new = old.replace(OLD_LINE, f"{OLD_LINE}\n{text}") if near else f"{old}\n\n{text}"
    stage.wiki.edit(stage.title, new, user=user)
    stage.people[stage.title] = text
    return lambda: None


def keep_away(stage: Stage) -> Undo:
    """Somebody puts {{nobots}} on top of the page; later it is taken off again."""
    old = stage.wiki.text(stage.title) or ""
    stage.wiki.edit(stage.title, f"{{{{nobots}}}}\n{old}")
    stage.people[stage.title] = "{{nobots}}"

    def undo() -> None:
        del stage.people[stage.title]
        text = stage.wiki.text(stage.title) or ""
        stage.wiki.edit(stage.title, text.replace("{{nobots}}\n", ""))

    return undo


def do_the_same(stage: Stage) -> Undo:
    """Somebody makes the very change that the bot has planned."""
    text = stage.wiki.text(stage.title) or ""
    stage.wiki.edit(stage.title, text.replace(OLD_LINE, NEW_LINE))
    return lambda: None


def enter_too(stage: Stage) -> Undo:
    """Somebody enters the very line that the bot has planned; later it is taken out again."""
    old = stage.wiki.text(stage.title) or ""
    stage.wiki.edit(stage.title, f"{old}\n\n{NEW_LINE}")
    stage.people[stage.title] = NEW_LINE

    def undo() -> None:
        del stage.people[stage.title]
        stage.wiki.edit(stage.title, old)

    return undo


def create(stage: Stage, *, by: str = "Admin") -> Undo:
    """Somebody writes a page of that title first; later it is moved away."""
    user = stage.wiki.bot if by == "the bot" else by
    stage.wiki.edit(stage.title, REMARK, user=user)
    stage.people[stage.title] = REMARK

    def undo() -> None:
        stage.wiki.move(stage.title, f"{stage.title} (people)", redirect=False)
        stage.people[f"{stage.title} (people)"] = stage.people.pop(stage.title)

    return undo


def delete(stage: Stage) -> Undo:
    """The page is deleted; later it is restored."""
    stage.wiki.delete(stage.title)
    return lambda: stage.wiki.write("undelete", title=stage.title, reason="for a test")


def begin_anew(stage: Stage) -> Undo:
    """The page is deleted, and another one is written in its place; later both are put together."""
    delete(stage)
    stage.wiki.edit(stage.title, REMARK)
    stage.people[stage.title] = REMARK

    def undo() -> None:
        stage.wiki.write("undelete", title=stage.title, reason="for a test")
        stage.wiki.edit(stage.title, f"{PAGES[stage.title]}\n\n{REMARK}")

    return undo


def move(stage: Stage, *, redirect: bool = True) -> Undo:
    """The page is moved away; later it is moved back."""
    away = f"{stage.title} side"
    stage.wiki.move(stage.title, away, redirect=redirect)
    if redirect:
        stage.people[stage.title] = f"#REDIRECT [[{away}]]"

    def undo() -> None:
        stage.people.clear()
        stage.wiki.move(away, stage.title, redirect=False)

    return undo


def redirect(stage: Stage) -> Undo:
    """The page becomes a redirect; later its text is put back."""
    old = stage.wiki.text(stage.title) or ""
    stage.people[stage.title] = f"#REDIRECT [[{NORTH}]]"
    stage.wiki.edit(stage.title, stage.people[stage.title])

    def undo() -> None:
        stage.people.clear()
        stage.wiki.edit(stage.title, old)

    return undo


def change_model(stage: Stage, *, model: str = "text") -> Undo:
    """The page has no wikitext on it any more; later it has again."""
    old = stage.wiki.text(stage.title) or ""
    stage.wiki.write("changecontentmodel", title=stage.title, model=model, summary="for a test")

    def undo() -> None:
        stage.wiki.edit(stage.title, old, contentmodel="wikitext", contentformat="text/x-wiki")

    return undo


def shut_off(stage: Stage) -> Undo:
    """Somebody writes on the shut-off page; later it is emptied."""
    page = f"User:{stage.wiki.bot}/Stop"
    stage.wiki.edit(page, "It edits the wrong pages.")
    return lambda: stage.wiki.edit(page, "")


def forget_sessions(stage: Stage) -> Undo:
    """The wiki forgets who is logged in."""
    import requests

    address = f"{stage.wiki.url}/index.php?forget=1"
    requests.get(address, headers={"User-Agent": USER_AGENT}, timeout=60).raise_for_status()
    stage.wiki.log_out()
    return lambda: None


KINDS: Mapping[str, Callable[..., Undo]] = {
    function.__name__: function
    for function in (
        configure,
        load,
        block,
        block_address,
        block_from_page,
        protect,
        protect_cascading,
        blacklist_title,
        blacklist_link,
        filter_edits,
        remark,
        keep_away,
        do_the_same,
        enter_too,
        create,
        delete,
        begin_anew,
        move,
        redirect,
        change_model,
        shut_off,
        forget_sessions,
    )
}
Arguments = Mapping[str, Any]
