"""Rules about the templates that the bot’s pages are made of."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from wikibot.checks.rule import Found, check
from wikibot.directory import Directory
from wikibot.model import Page
from wikibot.templates import directory_in, packaged
from wikibot.titles import normal_title
from wikibot.wikitext.redirects import redirect_target
from wikibot.wikitext.transclusion import has_parameter, is_lua, transcluded, unpaired

_NAMED = 3  # missing templates are told one by one; of more, the first
_TEMPLATEDATA = re.compile("<templatedata>(.*?)</templatedata>", re.DOTALL)


@check("template-missing", "error")
def template_missing(d: Directory) -> Iterator[Found]:
    """A template that the bot’s pages are made of is not on the wiki.

    Example: ``Template:Status report row`` was never installed, or somebody deleted it.

    Why: reports, or the page that says whom to ask, would show red links in place of rows; they are
    not written until it is there.

    Mended: by hand: ``wikibot templates install``.
    """
    missing = [t for t, page in d.facts.templates.items() if not page.exists and not page.problem]
    many = len(missing) > _NAMED
    for title in missing[:1] if many else missing:
        this = f"this template and {len(missing) - 1} others" if many else "this template"
        are = "are" if many else "is"
        yield Found(
            title,
            f"{this}, which the bot’s pages are made of, {are} not there; "
            "run wikibot templates install",
        )


@check("template-broken", "error")
def template_broken(d: Directory) -> Iterator[Found]:
    """A template that the bot’s pages are made of cannot show them: it is empty, leads nowhere, or
    lacks a mark or a parameter.

    Example: somebody deleted the ``</includeonly>`` of ``Template:Status blocker``, or the place
    where it showed what a blocker is about.

    Why: all pages made of it, the reports of earlier weeks too, show too little, or braces. How a
    template looks is the wiki's own business: only what keeps the data from being seen is found.

    Mended: by hand: correct the template; ``wikibot templates diff`` shows what was changed.
    """
    for title, page in d.facts.templates.items():
        if why := _damage(d, page):
            yield Found(title, f"this template, which the bot’s pages are made of, {why}")


def _damage(d: Directory, page: Page) -> str:
    """What is wrong with the page of a template, a clause; ``""`` if nothing is."""
    if page.problem:
        return f"cannot be read: {page.problem}"
    if not page.exists:
        return ""
    if page.redirect:
        target = redirect_target(page.text)
        there = bool(target) and d.facts.exists.get(_normal(d, target), True)
        return "" if there else f"is a redirect to “{target}”, which is not there"
    if page.title.startswith(d.config.wiki.module):
        return _damage_of_module(d, page)
    if page.model != "wikitext":
        return f"is not wikitext but “{page.model}”"
    if not page.text.strip():
        return "is empty"
    if mark := unpaired(page.text):
        return f"has “{mark}” without its partner"
    return _unseen(page.title.removeprefix(d.config.wiki.templates), transcluded(page.text))


def _damage_of_module(d: Directory, page: Page) -> str:
    """What a module does is its own business, but it must show this configuration's directory."""
    table = d.config.contacts
    shown = directory_in(page.text)
    if not page.text.strip():
        return "is empty"
    if shown and table and shown != table.directory:
        return f"shows “{shown}”, the directory of another configuration; set wiki.module"
    return ""


def _normal(d: Directory, title: str) -> str:
    try:
        return normal_title(title, d.site)
    except ValueError:
        return title


def _unseen(name: str, shown: str) -> str:
    """What of the data a template does not show. A module may show anything."""
    parameters = _parameters().get(name, {})
    if not parameters or is_lua(shown):
        return ""
    if not any(has_parameter(shown, parameter) for parameter in parameters):
        return "shows nothing of what it is given"
    for parameter, required in parameters.items():
        if required and not has_parameter(shown, parameter):
            return f"does not show “{parameter}” any more"
    return ""


@cache
def _parameters() -> Mapping[str, Mapping[str, bool]]:
    """The parameters that each packaged template shows, and whether its calls always have them."""
    package = packaged(directory=True)
    found = {}
    for name, text in package.items():
        data = _TEMPLATEDATA.search(package.get(f"{name}/doc", ""))
        described = json.loads(data[1])["params"] if data else {}
        shown = transcluded(text)
        found[name] = {
            parameter: bool(entry.get("required"))
            for parameter, entry in described.items()
            if has_parameter(shown, parameter)
        }
    return found
