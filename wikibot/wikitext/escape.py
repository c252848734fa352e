"""Text that shows up as just that text, for each place of a page where text is put.

MediaWiki decodes character references after it has looked for markup, so a character that would
be markup is written as one (``&#91;`` for ``[``); ordinary prose stays as it is. The result is one
line: blanks and line breaks are folded, as a browser would. Escaping twice shows the references.

What is markup where: https://www.mediawiki.org/wiki/Help:Formatting, Help:Links, Help:Tables,
Help:Magic_words and Help:Magic_links; the addresses that become links are ``$wgUrlProtocols``.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from urllib.parse import unquote

from wikibot.model import Site

# Characters that a wiki page cannot contain, or that no reader would see:
# https://www.mediawiki.org/wiki/Unicode_normalization_considerations, Sanitizer::validateCodepoint
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BLANKS = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")

# Each of these matches up to and including the one character that is to be escaped. What stands
# at an edge is escaped too when it could become markup together with what is put next to it.
_ANYWHERE = (
    r"[\[\]{}<]",  # links, templates, parameters, parser functions, tables, tags, comments
    r"'(?='|\Z)|(?<=')'|\A'",  # bold, italics
    r"~(?=~)|(?<=~)~",  # signatures
    r"[_＿](?=[_＿])",  # magic words such as __NOTOC__, in any language
    r"&(?=\#?\w+;)",  # character references
    r":(?=//)",  # addresses
    r"\b(?i:bitcoin|geo|magnet|mailto|matrix|news|sips?|sms|tel|urn|xmpp):(?=\S|\Z)",
    r"\b(?:RFC|PMID|ISBN)(?=\s+[0-9]|\s*\Z)",  # magic links
)
_LINE_START = (r"\A[*\#:;=]", r"\A-(?=---)")  # lists, headings, rules
_BAR = (r"\|",)
_CELL = (r"\A[-+!]", r"!(?=!)")  # rows, captions, heads
_EQUALS = ("=",)


def _any_of(*rules: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rule for group in rules for rule in group))


_PLAIN = _any_of(_ANYWHERE, _LINE_START)
_IN_ARGUMENT = _any_of(_ANYWHERE, _LINE_START, _BAR, _EQUALS)
_IN_CELL = _any_of(_ANYWHERE, _LINE_START, _BAR, _CELL)
_IN_LABEL = _any_of(_ANYWHERE, _BAR, _CELL[1:])
_IN_HEADING = _any_of(_ANYWHERE, _LINE_START, _EQUALS)
_UNKNOWN_PLACE = _any_of(_ANYWHERE, _LINE_START, _BAR, _CELL, _EQUALS)
_WITHIN_LINE = _any_of(_ANYWHERE, _BAR, _CELL[1:])


def plain(text: str) -> str:
    """For a paragraph, at its beginning or within it."""
    return _escape(text, _PLAIN)


def argument(text: str) -> str:
    """For an argument of a template, with or without a name."""
    return _escape(text, _IN_ARGUMENT)


def cell(text: str) -> str:
    """For a cell of a table, on the line of its ``|`` or ``!`` or on one of its own."""
    return _escape(text, _IN_CELL)


def label(text: str) -> str:
    """For the label of an internal or external link."""
    return _escape(text, _IN_LABEL)


def heading(text: str) -> str:
    """For a heading, between its equals signs."""
    return _escape(text, _IN_HEADING)


def item(text: str) -> str:
    """For an item of a bulleted, numbered or indented list, at its beginning or within it."""
    return _escape(text, _PLAIN)


def anywhere(text: str) -> str:
    """For a place that is not known: fit for each of the above."""
    return _escape(text, _UNKNOWN_PLACE)


def person(name: str, username: str = "") -> str:
    """A person's name, as a link to the user page when there is a username; for any place."""
    legal = _legal(username)
    return f"[[User:{_in_cell(legal)}|{label(name)}]]" if legal else anywhere(name)


def page(title: str, text: str) -> str:
    """A link to a page, for any place; just the text when no page can have that title."""
    legal = _legal(title)
    return f"[[:{_in_cell(legal)}|{label(text)}]]" if legal else anywhere(text)


def target(title: str) -> str:
    """A page, section or account for an argument that a template makes a link of, in any place.

    ``""`` when nothing can be called so.
    """
    return anywhere(_legal(title))


def section(title: str, text: str) -> str:
    """A link to a section of the same page, for any place; just the text when it cannot be."""
    legal = _legal(title)
    return f"[[#{_in_cell(legal)}|{label(text)}]]" if legal else anywhere(text)


def section_of(title: str, heading: str, text: str) -> str:
    """A link to a section of a page, for any place; to the page when it cannot be one."""
    legal, anchor = _legal(title), _legal(heading)
    if not (legal and anchor):
        return page(title, text)
    return f"[[:{_in_cell(f'{legal}#{anchor}')}|{label(text)}]]"


def _in_cell(legal: str) -> str:
    """The target of a link where two exclamation marks would begin the next head of a table."""
    return legal.replace("!!", "!&#33;")


def inline(source: str, *, site: Site) -> str:
    """Inline wikitext that somebody wrote → wikitext that cannot do anything but show.

    Links to pages become ``[[:Title|label]]``, links to ``http(s)`` addresses ``[address label]``.
    Bold, italics and comments are dropped. Everything else shows as the text that it is; of links
    to files, categories, special pages, other wikis, or relative to the page, the label shows.
    Fit for a paragraph, list item, table cell, or argument with a name.
    """
    if not _MAYBE_MARKUP.search(source):
        return _text_of_line(source, first=True).strip(" ")
    parts: list[str] = []
    waiting = ""
    for piece in _pieces(source, site):
        if piece.link:
            parts += [_text_of_line(waiting, first=not parts), _link(piece)]
            waiting = ""
        else:
            waiting += piece.text
    parts.append(_text_of_line(waiting, first=not parts))
    return "".join(parts).strip(" ")


def shown(source: str, *, site: Site) -> str:
    """The text that a reader of :func:`inline` sees."""
    if not _MAYBE_MARKUP.search(source):  # as most of what people write
        return _fold(source).strip(" ")
    return _fold("".join(piece.text for piece in _pieces(source, site))).strip(" ")


def decode(text: str) -> str:
    """Character references as MediaWiki decodes them: those that end with a semicolon."""
    return _ENTITY.sub(lambda match: _character(match[0]), text)


def _fold(text: str) -> str:
    return _IMPOSSIBLE.sub("\ufffd", _BLANKS.sub(" ", text))


def _escape(text: str, special: re.Pattern[str]) -> str:
    return special.sub(_reference, _fold(text).strip(" "))


def _reference(match: re.Match[str]) -> str:
    names = {"<": "&lt;", "&": "&amp;"}
    before, character = match[0][:-1], match[0][-1]
    return before + names.get(character, f"&#{ord(character)};")


def _text_of_line(text: str, *, first: bool) -> str:
    """Text before, between and after links; blanks at its edges count, save at the beginning."""
    folded = _fold(text)
    if first:
        return _IN_CELL.sub(_reference, folded.lstrip(" "))
    return _WITHIN_LINE.sub(_reference, folded)


def _link(piece: "_Piece") -> str:
    return f"{piece.link}{label(piece.text)}{']]' if piece.link.startswith('[[') else ']'}"


# --- taking inline wikitext apart ---------------------------------------------------------------

# Where a rule could run on, it stops at what begins the next of its kind: linear on any input.
_MARKS = r"""
    (?P<comment> <!-- )
  | (?P<nowiki> <nowiki\s*> )
  | (?P<dropped> <nowiki\s*/> | </?(?:b|i|em|strong|translate)\s*> )
  | (?P<break> <br\s*/?> )
  | (?P<quotes> '{2,} )
  | (?P<entity> &(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|\w+); )
"""
_ADDRESS = r"https?://(?:[^\s\[\]<>\"{}|']|'(?!'))++"
_LINKS = rf"""
    \[\[ (?P<target> [^\[\]{{}}|<>\n]++ )
         (?: \| (?P<label> (?:[^\[\]]|\[(?!\[)|\](?!\]))*+ ) )? \]\]
  | \[ (?P<address> {_ADDRESS} ) (?P<address_label> [^\[\]\n]*+ ) \]
  | (?P<bare> {_ADDRESS} )
"""
_MAYBE_MARKUP = re.compile(r"[<&\['/]")  # what each of the marks and links has in it
_MARK = re.compile(_MARKS, re.VERBOSE | re.IGNORECASE)
_MARK_OR_LINK = re.compile(f"{_LINKS} | {_MARKS}", re.VERBOSE | re.IGNORECASE)
_NOWIKI_END = re.compile(r"</nowiki\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|\w+);")

# https://www.mediawiki.org/wiki/Help:Bad_title, and what would be markup in a link's target
_NO_TITLE = re.compile(
    r"[#<>\[\]|{}\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]|^[:/]|(?:^|/)\.{1,2}(?:/|$)|~~~|&#?\w+;"
    r"|%[0-9A-Fa-f]{2}|''|＿＿|://|^$"
)
_NOT_IN_ADDRESS = re.compile(r"['\"<>\[\]{}|\s\x00-\x1f\x7f\ufffd]|~(?=~)|_(?=_)|&(?=#?\w+;)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that shows; ``link`` is the beginning of the link that it labels, ``""`` for none."""

    text: str
    link: str = ""


def _pieces(source: str, site: Site, *, links: bool = True) -> Iterator[_Piece]:
    marks = _MARK_OR_LINK if links else _MARK
    position = 0
    closed = True  # whether a </nowiki> may still follow
    while match := marks.search(source, position):
        yield _Piece(source[position : match.start()])
        position = match.end()
        match match.lastgroup:
            case "comment":
                end = source.find("-->", position)
                position = end + 3 if end >= 0 else len(source)
            case "nowiki":
                close = _NOWIKI_END.search(source, position) if closed else None
                if close:
                    yield _Piece(decode(source[position : close.start()]))
                    position = close.end()
                else:
                    closed = False
                    yield _Piece(match[0])
            case "break":
                yield _Piece(" ")
            case "quotes":
                # of four, one is text; of more than five, all but five
                count = len(match[0])
                yield _Piece("'" * (1 if count == 4 else max(0, count - 5)))
            case "entity":
                yield _Piece(decode(match[0]))
            case "target" | "label":
                yield _internal(match["target"], match["label"], site)
            case "address_label":
                address = match["address"]
                text = _inner(match["address_label"], site) or decode(address)
                yield _external(address, text)
            case "bare":
                address = _without_punctuation(match["bare"])
                position = match.start() + len(address)
                yield _external(address, decode(address))
    yield _Piece(source[position:])


def _inner(source: str, site: Site) -> str:
    """The text of a label."""
    return _fold("".join(piece.text for piece in _pieces(source, site, links=False))).strip(" ")


def _internal(target: str, label: str | None, site: Site) -> _Piece:
    target = decode(target).strip().removeprefix(":")
    text = _inner(label, site) if label else ""
    title, hash_mark, anchor = unquote(target).partition("#")
    legal = _legal(title)
    prefix, colon, _ = legal.partition(":")
    elsewhere = site.file_prefixes | site.category_prefixes | site.interwikis | _NO_PAGES
    if colon and prefix.strip().lower() in site.file_prefixes:
        text = text.rsplit("|", 1)[-1].strip()  # before it is how the picture is shown
    if not legal or (colon and prefix.strip().lower() in elsewhere):
        return _Piece(text or target)
    if hash_mark:
        anchor = " ".join(anchor.replace("_", " ").split())
        if _NO_TITLE.search(anchor):
            return _Piece(text or target)
        legal = f"{legal}#{anchor}"
    return _Piece(text or target, f"[[:{legal}|")


_NO_PAGES = frozenset({"special", "media"})


def _legal(title: str) -> str:
    """The title with its blanks in order; ``""`` when no page can be called so."""
    title = " ".join(title.replace("_", " ").split())
    return "" if _NO_TITLE.search(title) or len(title.encode()) > 255 else title


def _external(address: str, text: str) -> _Piece:
    def percent(match: re.Match[str]) -> str:
        if match[0] == "&":
            return "&amp;"
        return "".join(f"%{byte:02X}" for byte in match[0].encode())

    address = _NOT_IN_ADDRESS.sub(percent, _IMPOSSIBLE.sub("\ufffd", decode(address)))
    return _Piece(text) if address.endswith("//") else _Piece(text, f"[{address} ")


def _without_punctuation(address: str) -> str:
    """Where MediaWiki ends an address in running text: not in the middle of a reference."""
    end = len(address.rstrip(",;.:!?" if "(" in address else ",;.:!?)"))
    if address.startswith(";", end) and re.search(r"&#?\w+\Z", address[:end]):
        end += 1
    return address[:end]


def _character(reference: str) -> str:
    if reference.startswith("&#"):
        return html.unescape(reference)
    return html5.get(reference[1:], reference)
