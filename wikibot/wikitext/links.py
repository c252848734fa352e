"""Internal links of a page, and the anchors that links can lead to.

Anchors are made as MediaWiki makes them (Sanitizer::escapeIdForAttribute in its ``html5`` mode,
Parser::finalizeHeadings): the heading as a reader sees it with ``_`` for blanks; what stands a
second time gets ``_2``.
"""

import html
import re
from urllib.parse import unquote

from wikibot.model import Link, Site, Span
from wikibot.wikitext.blocks import scan
from wikibot.wikitext.inline import fold
from wikibot.wikitext.masks import pieces

_LINK = re.compile(r"\[\[([^\[\]{}|<>\n]{1,1500})(?:\]\]|\|)")
_ID = re.compile(
    r"<[a-z][a-z0-9]*\s(?:[^<>]*\s)?id\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))",
    re.IGNORECASE,
)
_ATTRIBUTE_ID = re.compile(
    r"\bid\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>|]+))", re.IGNORECASE
)
_ANCHOR_TEMPLATE = re.compile(
    r"\{\{\s*(?:anchor|anchors|visible anchor|vanchor)\s*\|", re.IGNORECASE
)


def read_links(text: str, *, site: Site = Site()) -> tuple[Link, ...]:
    """The internal links of a page, those in templates too; none of comments and nowiki.

    ``target`` is as written, without anchor, a leading ``:`` and underscores; files, categories
    and links to other wikis are not among them. ``span`` is the source of target and anchor.
    """
    blocks = scan(text, site=site)
    visible = _without_hidden(text)
    found = []
    for match in _LINK.finditer(visible):
        start = match.start(1) + len(match[1]) - len(match[1].lstrip())
        span = Span(start, start + len(match[1].strip()))
        target, _, anchor = html.unescape(match[1]).partition("#")
        target = fold(unquote(target).replace("_", " "))
        if target.startswith(":"):
            target = target[1:].strip()
        elif _prefix(target) in site.file_prefixes | site.category_prefixes:
            continue
        if _prefix(target) in site.interwikis or not (target or anchor):
            continue
        section = blocks.section_at(match.start()).title
        found.append(Link(target, anchor_key(anchor), section, blocks.line_at(match.start()), span))
    return tuple(found)


def anchors(text: str, *, site: Site = Site()) -> frozenset[str]:
    """All anchors of a page, in the form that :func:`anchor_key` gives."""
    blocks = scan(text, site=site)
    found: set[str] = set()
    count: dict[str, int] = {}
    for section in blocks.sections[1:]:
        key = anchor_key(section.title)
        folded = key.casefold()  # MediaWiki numbers those that differ in case alone, too
        count[folded] = count.get(folded, 0) + 1
        found.add(key if count[folded] == 1 else f"{key} {count[folded]}")
    visible = _without_hidden(text)
    for match in _ID.finditer(visible):
        found.add(anchor_key(match[1] or match[2] or match[3] or ""))
    for table in blocks.tables:
        attributes = [table.attributes, *(c.attributes for row in table.rows for c in row.cells)]
        for span in attributes:
            if span and (id_ := _ATTRIBUTE_ID.search(text, span.start, span.end)):
                found.add(anchor_key(id_[1] or id_[2] or id_[3] or ""))
    for match in _ANCHOR_TEMPLATE.finditer(visible):
        end = visible.find("}}", match.end(), match.end() + 2000)
        if end >= 0:
            found.update(
                anchor_key(re.sub(r"^\s*\d+\s*=", "", name))
                for name in visible[match.end() : end].split("|")
            )
    return frozenset(found - {""})


def anchor_key(anchor: str) -> str:
    """An anchor as it is compared: decoded, blanks and underscores alike.

    >>> anchor_key("Who_we%20are") == anchor_key("Who we are")
    True
    """
    text = unquote(html.unescape(anchor))
    if re.search(r"\.[0-9A-F]{2}", text):  # the legacy encoding has a dot in place of %
        legacy = unquote(re.sub(r"\.([0-9A-F]{2})", r"%\1", text))
        text = legacy if "\ufffd" not in legacy else text
    return fold(text.replace("_", " "))


def _prefix(target: str) -> str:
    head, colon, _ = target.partition(":")
    return head.strip().casefold() if colon else ""


def _without_hidden(text: str) -> str:
    """The text with comments and literal text blanked, inside templates too; same length."""
    parts = []
    position = 0
    for piece in pieces(text, literal_only=True):
        parts.append(text[position : piece.start])
        parts.append(" " * (piece.end - piece.start))
        position = piece.end
    parts.append(text[position:])
    return "".join(parts)
