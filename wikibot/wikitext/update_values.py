"""What stands in an update: its entries, from an argument of a template or from a page."""

import re
from collections.abc import Iterator

from wikibot.model import Item, Site
from wikibot.wikitext import escape
from wikibot.wikitext.calls import without_comments
from wikibot.wikitext.masks import mask
from wikibot.wikitext.update_words import is_nothing

_MARKER = re.compile(r"[*#:;]+")


def items(source: str, site: Site) -> Iterator[Item]:
    """An item for each bullet and each paragraph that says something."""
    for entry in _entries(source):
        if (one := item(entry, site)) is not None:
            yield one


def item(entry: str, site: Site) -> Item | None:
    """An entry as an item, ``None`` when it says “none”."""
    shown = escape.shown(entry, site=site)
    return None if is_nothing(shown) else Item(shown, entry)


def joined(found: tuple[Item, ...]) -> Item | None:
    """A headline is one item, however it was written."""
    if not found:
        return None
    return Item("; ".join(i.text for i in found), "; ".join(i.source for i in found))


def value(source: str) -> str:
    """An argument without comments, and with the characters that it cannot hold itself.

    For these MediaWiki has two templates: https://www.mediawiki.org/wiki/Help:Magic_words#Other
    """
    if "<!--" in source:
        source = without_comments(source)
    return source.replace("{{!}}", "|").replace("{{=}}", "=")


def _entries(source: str) -> Iterator[str]:
    """The source of each bullet, and of each paragraph between them, on one line."""
    prose: list[str] = []
    for line in _lines(source):
        marker = _MARKER.match(line)
        if line and not marker:
            prose.append(line)
            continue
        if prose:
            yield " ".join(prose)
            prose = []
        if marker:
            yield line[marker.end() :].strip()
    if prose:
        yield " ".join(prose)


def _lines(source: str) -> Iterator[str]:
    """The lines of an argument; a template in it stays in one piece."""
    if "{" not in source and "<" not in source:  # nothing that could reach over a line
        yield from (line.strip() for line in source.split("\n"))
        return
    start = 0
    for match in re.finditer(r"\n|\Z", mask(source)):
        yield source[start : match.start()].strip()
        start = match.end()
