"""``directory``: the page of data about people, teams, roles and contacts, for templates.

On a wiki whose pages cannot call modules, pages of wikitext that say the same are written, too.
"""

import json
from collections.abc import Iterator, Sequence

from wikibot.directory import Directory
from wikibot.directory_page import MARK, MODEL, VERSION, as_data, as_text
from wikibot.directory_wikitext import pages
from wikibot.messages import load
from wikibot.model import Change, Finding, Page, Replacement, Span
from wikibot.tasks.generated import page_changes

TASK = "directory"


def changes(directory: Directory, _findings: Sequence[Finding]) -> list[Change]:
    """The directory page, its text as a whole; nothing for what is as it should be."""
    table = directory.config.contacts
    if not table or not table.directory:
        return []
    words = load(directory.site.language)
    say = words("directory-summary")
    data = as_data(directory)
    found = list(_data_page(directory, table.directory, as_text(data), say))
    if directory.site.scribunto:
        return found
    prefix = directory.config.wiki.templates
    for name, body in pages(data, words, prefix=prefix).items():
        title = f"{table.plain_base}/{name}"
        if why := too_large(body, directory.site.max_page_bytes):
            found.append(Change(title, TASK, say, obstacle=why))
            continue
        note = f"<noinclude>{words('directory-intro')}</noinclude>"
        found += page_changes(directory, title, task=TASK, say=say, body=body, note=note)
    return found


def obstacle(page: Page) -> str:
    """Why the bot may not write a page of data, a clause; ``""`` when it may.

    There can be no marks in JSON that keep what people write, so the page is the bot's as a whole
    if it says itself that it is a directory.
    """
    if page.problem:
        return f"it cannot be read: {page.problem}"
    if not page.exists:
        return ""
    if page.redirect:
        return "it is a redirect; name its target in the configuration, or delete it"
    if page.model != MODEL:
        return (
            f"it is not JSON but “{page.model}”; delete it, or change its content model "
            "(Special:ChangeContentModel)"
        )
    version = _version(page.text)
    if version is None:
        return f"it has no “{MARK}” in it, so it is not the bot's; delete it, or name another page"
    if version != VERSION:
        return f"it is of version {version}, which this wikibot does not know; take a newer one"
    return ""


def too_large(text: str, limit: int) -> str:
    """Why a text cannot be saved, a clause; ``""`` when it can. It is never cut."""
    size = len(text.encode())
    if size <= limit:
        return ""
    return (
        f"it would have {size} bytes and the wiki allows {limit}; put teams into a configuration "
        "with another contacts.directory, or have $wgMaxArticleSize raised"
    )


def _data_page(directory: Directory, title: str, text: str, say: str) -> Iterator[Change]:
    page = directory.pages[title]
    why = obstacle(page) or too_large(text, directory.site.max_page_bytes)
    if why:
        yield Change(title, TASK, say, obstacle=why)
    elif not page.exists:
        yield Change(title, TASK, say, create=text, model=MODEL)
    elif page.text != text:
        whole = Replacement(title, Span(0, len(page.text)), text)
        yield Change(title, TASK, say, (whole,), model=MODEL)


def _version(text: str) -> object:
    """What a page of JSON says of itself; ``None`` if it says nothing."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data.get(MARK) if isinstance(data, dict) else None
