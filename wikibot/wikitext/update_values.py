"""What stands in an update: its entries, from an argument of a template or from a page."""

import re
from collections.abc import Collection, Iterator, Sequence

from wikibot.model import Item, Site
from wikibot.wikitext import escape
from wikibot.wikitext.calls import without_comments
from wikibot.wikitext.inline import plain
from wikibot.wikitext.masks import mask
from wikibot.wikitext.update_words import is_nothing
from wikibot.words import fold

_MARKER = re.compile(r"[*#:;]+")
_DASH = re.compile(r"[-–]\s+|•\s*")
_LINK = r"\[\[[^\[\]\n]{1,100}\]\]"
_OF_TEAM = re.compile(rf";\s+(?='{{0,5}}(?P<team>{_LINK}|[^:;\[\]\n']{{1,80}})'{{0,5}}\s?:)")


def items(source: str, site: Site, teams: Collection[str] = ()) -> Iterator[Item]:
    """An item for each bullet and each paragraph that says something.

    With ``teams``, as for :func:`of_teams`.
    """
    for entry in _entries(source):
        for part in of_teams(entry, teams, site):
            if (one := item(part, site)) is not None:
                yield one


def of_teams(entry: str, teams: Collection[str], site: Site) -> list[str]:
    """The parts of an entry, each on a team: *Search: index; Delivery: machine*.

    ``teams`` are their names, folded. An entry with a template in it stays in one piece.
    """
    if not teams or ";" not in entry or "{{" in entry or "<" in entry:
        return [entry]
    parts = []
    start = 0
    for match in _OF_TEAM.finditer(entry):
        if fold(plain(match["team"], site=site)) in teams:
            parts.append(entry[start : match.start()].strip())
            start = match.end()
    parts.append(entry[start:].strip())
    found: list[str] = []
    inside = 0  # links that are open
    for part in parts:
        if inside > 0:
            found[-1] += f"; {part}"
        else:
            found.append(part)
        inside += part.count("[[") - part.count("]]")
    return found


def without_dashes(lines: Sequence[str]) -> list[str] | None:
    """The lines of a list whose marks are ``-``, ``–`` or ``•``; ``None`` for any other text."""
    matches = [_DASH.match(line) for line in lines]
    if not all(matches):
        return None
    return [line[match.end() :] for line, match in zip(lines, matches, strict=True) if match]


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
            yield from _paragraph(prose)
            prose = []
        if marker:
            yield line[marker.end() :].strip()
    if prose:
        yield from _paragraph(prose)


def _paragraph(lines: list[str]) -> list[str]:
    """Its lines as one, or the items of a list with dashes."""
    return without_dashes(lines) or [" ".join(lines)]


def _lines(source: str) -> Iterator[str]:
    """The lines of an argument; a template in it stays in one piece."""
    if "{" not in source and "<" not in source:  # nothing that could reach over a line
        yield from (line.strip() for line in source.split("\n"))
        return
    start = 0
    for match in re.finditer(r"\n|\Z", mask(source)):
        yield source[start : match.start()].strip()
        start = match.end()
