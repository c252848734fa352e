"""What a reader sees of a small slice of wikitext, and where each bit of it stands.

mwparserfromhell reads the same markup, but gives no offsets and grows quadratically on unclosed
markup; edits need the one and hostile pages forbid the other. So this is one pass over the
tokens of a slice: :func:`view` gives the visible text, and maps any part of it back to source.
"""

import html
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Literal

from wikibot.model import Part, Site, Span
from wikibot.wikitext.masks import MARKS, Piece
from wikibot.wikitext.tokens import Token, pair_quotes, tokenize

_EMAIL_PAGES = ("special:emailuser/", "special:contributions/")
_LEADING_MARKS = re.compile(rf"(?:\s*(?:{MARKS}))+", re.IGNORECASE)
_MAX_LINK = 1500  # a title has at most 255 bytes, an anchor may be longer
# Marks of writing direction and width: no reader sees them. Joiners are letters of some scripts.
INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # in a class of characters
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Not in usernames (https://www.mediawiki.org/wiki/Manual:$wgInvalidUsernameCharacters), or markup
# that does not stand for itself.
_NO_USERNAME = re.compile(r"[#/<>\[\]{}|@:\x00-\x1f]|''")

LinkKind = Literal["page", "user", "web"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A link in a view: ``start`` and ``end`` count visible characters, spans count source.

    ``username`` is set for links that stand for a person.
    """

    kind: LinkKind
    start: int
    end: int
    span: Span
    target: Span
    username: Part | None


@dataclass(frozen=True, slots=True)
class View:
    """Visible text of a slice.

    ``text`` has a line break for each ``<br>``; ``outside`` is the same with the characters of
    links replaced by U+0002, so that a separator inside a label separates nothing. ``struck``
    are visible ranges that are struck out.
    """

    text: str
    outside: str
    links: tuple[Shown, ...]
    struck: tuple[tuple[int, int], ...]
    _visible: tuple[int, ...]  # where each segment begins in text
    _source: tuple[tuple[int, int, bool], ...]  # its source, and whether it is literal
    _pairs: "_Pairs"  # of all markup
    _links: "_Pairs"  # of links alone

    def span(self, start: int, end: int) -> Span:
        """The source of visible characters ``start`` to ``end``, without blanks at its ends.

        Markup that it would cut in two (bold, a link, a tag) is covered whole, as long as that
        adds nothing that is visible.
        """
        start, end = self.trim(start, end)
        if start >= end:
            at = self._at(start, last=False) if self._visible else 0
            return Span(at, at)
        span = Span(self._at(start, last=False), self._at(end - 1, last=True))
        for index in (start, end - 1):
            span = self._with_template(index, (start, end), span)
        for pairs in (self._pairs, self._links):
            wide = _widen(pairs, span)
            before = self.text[self._index(wide.start) : start]
            if not fold(before + self.text[end : self._index(wide.end)]):
                return wide
        return span

    def _with_template(self, index: int, shown: tuple[int, int], span: Span) -> Span:
        """``span`` with all of the user template that shows a character, if more is shown."""
        at = bisect_right(self.links, index, key=lambda link: link.start) - 1
        if at < 0 or index >= self.links[at].end:
            return span
        link = self.links[at]
        inside = shown[0] <= link.start and link.end <= shown[1]
        if not inside or shown == (link.start, link.end):
            return span
        return Span(min(span.start, link.span.start), max(span.end, link.span.end))

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The range without blanks and invisible marks at its ends."""
        while start < end and _blank(self.text[start]):
            start += 1
        while start < end and _blank(self.text[end - 1]):
            end -= 1
        return start, end

    def part(self, start: int, end: int) -> Part:
        """Visible characters ``start`` to ``end`` as a part: folded text and its source."""
        return Part(fold(self.text[start:end]), self.span(start, end))

    def whole(self, start: int, end: int) -> Part:
        """Like :meth:`part`, with links whole even where the range is one label."""
        part = self.part(start, end)
        spans = [part.span, *(x.span for x in self.links if start <= x.start and x.end <= end)]
        if not part.text:
            return part
        return Part(part.text, Span(min(s.start for s in spans), max(s.end for s in spans)))

    def is_struck(self, start: int, end: int) -> bool:
        """Whether all of a visible range is struck out."""
        start, end = self.trim(start, end)
        return any(a <= start and end <= b for a, b in self.struck) and start < end

    def _at(self, index: int, *, last: bool) -> int:
        segment = max(bisect_right(self._visible, index) - 1, 0)
        start, end, literal = self._source[segment]
        if not literal:
            return end if last else start
        return min(start + index - self._visible[segment] + last, end)

    def _index(self, offset: int) -> int:
        """How many visible characters come from source before ``offset``."""
        segment = bisect_left(self._source, (offset,)) - 1
        if segment < 0:
            return 0
        start, end, literal = self._source[segment]
        following = self._visible[segment + 1 : segment + 2] or (len(self.text),)
        if offset >= end:
            return following[0]
        return self._visible[segment] + (offset - start if literal else 0)


_Pairs = tuple[tuple[int, int, int, int], ...]  # start and end of a token and of its partner


def _widen(pairs: _Pairs, span: Span) -> Span:
    start, end = span.start, span.end
    for _ in range(4):  # crossing pairs may need a second look; more are not worth one
        low, high = start, end
        index = bisect_left(pairs, (start,))
        while index < len(pairs) and pairs[index][0] < end:
            _, token_end, other_start, other_end = pairs[index]
            low = min(low, other_start)
            high = max(high, other_end, token_end)
            index += 1
        if (low, high) == (start, end):
            break
        start, end = low, high
    return Span(start, end)


def fold(text: str) -> str:
    """Blanks folded to single ones and trimmed; marks that nobody sees are gone."""
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


def plain(text: str, *, site: Site = Site()) -> str:
    """What a reader sees of ``text``, on one line."""
    return fold(view(text, site=site).text)


def view(text: str, start: int = 0, end: int | None = None, *, site: Site = Site()) -> View:
    """The view of ``text[start:end]``, with spans that count from the beginning of ``text``."""
    source = text[start:end]
    if not any(char in source for char in "[]{}<>&'"):  # most of what is written has no markup
        whole = ((start, start + len(source), True),)
        return View(source, source, (), (), (0,), whole, (), ())
    return _Builder(source, start, site).build()


def _blank(char: str) -> bool:
    return char.isspace() or (char > "\u200a" and _INVISIBLE.match(char) is not None)


# --- how a view is made -------------------------------------------------------------------------


_OpenLink = tuple[Token, int, Span, Part | None]  # token, visible start, target, username


@dataclass(slots=True)
class _Builder:
    """Collects the segments of a view; offsets are local until :meth:`build` shifts them."""

    source: str
    base: int
    site: Site
    shown: list[str] = field(default_factory=list)
    length: int = 0
    visible: list[int] = field(default_factory=list)
    segments: list[tuple[int, int, bool]] = field(default_factory=list)
    links: list[Shown] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)

    def build(self) -> View:
        tokens = tokenize(self.source)
        used = self._emit(tokens)
        pair_quotes([token for token in used if token.kind == "quotes"])
        base = self.base
        text = "".join(self.shown)
        known = {token.start for token in used}
        pairs = sorted(
            (token for token in used if token.partner and token.partner.start in known),
            key=lambda token: token.start,
        )
        return View(
            text,
            _hide(text, self.links),
            tuple(self.links),
            tuple(self.struck),
            tuple(self.visible),
            tuple((a + base, b + base, literal) for a, b, literal in self.segments),
            _shifted(pairs, base),
            _shifted([t for t in pairs if t.kind in ("link", "web", "end")], base),
        )

    def _show(self, start: int, end: int, as_text: str | None = None) -> None:
        """Make ``source[start:end]`` visible, as it is or as other text."""
        if start >= end:
            return
        said = self.source[start:end] if as_text is None else as_text
        self.visible.append(self.length)
        self.segments.append((start, end, as_text is None))
        self.shown.append(said)
        self.length += len(said)

    def _emit(self, tokens: list[Token]) -> list[Token]:
        """Show what is to be seen; gives the tokens that do not stand in what is hidden."""
        used = []
        position = 0
        open_links: list[_OpenLink] = []
        open_struck: list[int] = []
        for token in tokens:
            if not token.kind or token.start < position:
                continue
            self._show(position, token.start)
            position = token.end
            used.append(token)
            match token.kind:
                case "nowiki" if token.piece:
                    self._show_nowiki(token.piece)
                case "template" if token.piece:
                    self._template(token.piece)
                case "entity":
                    self._show(token.start, token.end, html.unescape(token.text))
                case "break":
                    self._show(token.start, token.end, "\n")
                case "struck":
                    if token.partner and token.partner.start > token.start:
                        open_struck.append(self.length)
                    elif token.partner and open_struck:
                        self.struck.append((open_struck.pop(), self.length))
                case "web" if token.partner:
                    target = Span(token.start + 1, token.start + len(token.text.rstrip()))
                    open_links.append((token, self.length, self._shift(target), None))
                case "link" if token.partner:
                    position = self._link(token, token.partner, open_links)
                case "end" if token.partner and open_links:
                    self._close(token, *open_links.pop())
        self._show(position, len(self.source))
        return used

    def _link(self, token: Token, partner: Token, open_links: list[_OpenLink]) -> int:
        """Handle ``[[``; gives the place from which on the link is visible."""
        hidden = self.site.file_prefixes | self.site.category_prefixes
        head = self.source[token.end : token.end + 100]
        if _prefix(head) in hidden and not head.lstrip().startswith(":"):
            return partner.end
        if token.holds_link:  # links do not nest: the inner one wins
            self._show(token.start, token.end)
            token.partner, partner.kind, partner.partner = None, "", None
            return token.end
        mark = _LEADING_MARKS.match(self.source, token.end, partner.start)
        begin = mark.end() if mark else token.end
        bar = self.source.find("|", begin, min(partner.start, begin + _MAX_LINK))
        target_end = bar if bar >= 0 else partner.start
        tail = self.source.find("</", begin, target_end)
        target = _trimmed(self.source, begin, target_end if tail < 0 else tail)
        prefix = _prefix(target.of(self.source))
        username = self._username(target)
        open_links.append((token, self.length, self._shift(target), username))
        if bar >= 0 and self.source[bar + 1 : partner.start].strip():
            return bar + 1
        if username:  # a reader sees "User:Ana"; the name in it is "Ana"
            start, end = username.span.start - self.base, username.span.end - self.base
            self._show(start, end, username.text)
            return partner.start
        shown = target.start + (self.source[target.start : target.end].startswith(":"))
        if bar < 0:
            return shown
        if prefix in self.site.namespaces:  # the pipe trick leaves it out
            shown += len(prefix) + 1
        self._show(shown, target.end)
        return partner.start

    def _close(
        self, token: Token, opening: Token, start: int, target: Span, username: Part | None
    ) -> None:
        span = self._shift(Span(opening.start, token.end))
        kind: LinkKind = "web" if opening.kind == "web" else "user" if username else "page"
        self.links.append(Shown(kind, start, self.length, span, target, username))

    def _username(self, target: Span) -> Part | None:
        """The account of ``User:Ana``, ``m:User:Ana`` or ``Special:EmailUser/Ana``."""
        source = target.of(self.source)
        at = len(source) - len(source.lstrip(": "))
        rest = source[at:]
        for page in _EMAIL_PAGES:
            if rest[: len(page)].casefold() == page:
                return self._account(target.start + at + len(page), target.end)
        first, colon, _ = rest.partition(":")
        users = self.site.user_prefixes
        if colon and _prefix(rest) in self.site.interwikis and _prefix(rest) not in users:
            at += len(first) + 1
            rest, users = source[at:], users | {"user"}
            first, colon, _ = rest.partition(":")
        if not colon or _prefix(rest) not in users:
            return None
        return self._account(target.start + at + len(first) + 1, target.end)

    def _account(self, start: int, end: int) -> Part | None:
        span = _trimmed(self.source, start, end, also="_")
        name = fold(html.unescape(span.of(self.source)).replace("_", " "))
        if not name or len(name) > 255 or _NO_USERNAME.search(name):
            return None  # a subpage or section is about something else than the person
        return Part(name, self._shift(span))

    def _template(self, piece: Piece) -> None:
        if piece.inner_end - piece.inner_start > 300:
            return
        name, bar, rest = self.source[piece.inner_start : piece.inner_end].partition("|")
        if (
            " ".join(name.replace("_", " ").split()).casefold() not in self.site.user_templates
            or not bar
        ):
            return
        first = rest.partition("|")[0]
        at = piece.inner_start + len(name) + 1
        if first.lstrip().startswith("1="):
            at += first.index("=") + 1
            first = first.partition("=")[2]
        if any(char in first for char in "{}[]<>="):
            return
        username = self._account(at, at + len(first))
        if username:
            start = self.length
            self._show(
                username.span.start - self.base, username.span.end - self.base, username.text
            )
            span = self._shift(Span(piece.start, piece.end))
            self.links.append(Shown("user", start, self.length, span, username.span, username))

    def _show_nowiki(self, piece: Piece) -> None:
        position = piece.inner_start
        for match in _ENTITY.finditer(self.source, piece.inner_start, piece.inner_end):
            self._show(position, match.start())
            self._show(match.start(), match.end(), html.unescape(match[0]))
            position = match.end()
        self._show(position, piece.inner_end)

    def _shift(self, span: Span) -> Span:
        return Span(span.start + self.base, span.end + self.base)


_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#[0-9]{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)


def _shifted(tokens: list[Token], base: int) -> _Pairs:
    return tuple(
        (t.start + base, t.end + base, t.partner.start + base, t.partner.end + base)
        for t in tokens
        if t.partner
    )


def _prefix(target: str) -> str:
    """What stands before the first colon of a title, in lower case with blanks."""
    head, colon, _ = target.lstrip(": ").partition(":")
    if not colon or head.isalpha():
        return head.casefold() if colon else ""
    return " ".join(head.replace("_", " ").split()).casefold()


def _trimmed(source: str, start: int, end: int, also: str = "") -> Span:
    while start < end and (_blank(source[start]) or source[start] in also):
        start += 1
    while start < end and (_blank(source[end - 1]) or source[end - 1] in also):
        end -= 1
    return Span(start, end)


def _hide(text: str, links: list[Shown]) -> str:
    parts = []
    position = 0
    for link in links:
        if link.start >= position:
            parts.append(text[position : link.start])
            parts.append("\x02" * (link.end - link.start))
            position = link.end
    parts.append(text[position:])
    return "".join(parts)
