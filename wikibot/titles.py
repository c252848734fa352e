"""Page titles as MediaWiki stores them.

The rules are those of MediaWiki's title parser (https://www.mediawiki.org/wiki/Manual:Title.php,
https://www.mediawiki.org/wiki/Manual:Page_title).
"""

import re
import unicodedata

from wikibot.model import Site

_BLANKS = re.compile("[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_BIDI_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")
_ILLEGAL = re.compile(
    r"[#<>\[\]|{}\x00-\x1f\x7f\ufffd\ud800-\udfff]"
    r"|(?:^|/)\.{1,2}(?:/|$)|~~~|%[0-9A-Fa-f]{2}|&[A-Za-z0-9\x80-\U0010ffff]+;|&#\w+;"
)
_MAX_BYTES = 255
_LANGUAGE = re.compile("[a-z]{2,3}(?:-[a-z0-9]{2,12})*")
_SPELLING = {"image": "File", "mediawiki": "MediaWiki", "mediawiki talk": "MediaWiki talk"}


def normal_title(title: str, site: Site) -> str:
    """The title as the wiki stores it, with blanks for underscores.

    Blanks are folded, the first letter and that after the namespace are capitals, namespaces are
    spelt the wiki's way, text is in NFC. Raises :class:`ValueError`, whose text continues the
    sentence "this title …", for what no page can be called.
    """
    title = unicodedata.normalize("NFC", _BIDI_MARKS.sub("", title))
    title = _BLANKS.sub(" ", title).strip(" ").removeprefix(":").lstrip(" ")
    prefix, colon, name = title.partition(":")
    key = prefix.rstrip(" ").lower()
    if colon and key in site.namespaces:
        namespace = _SPELLING.get(key, _first_upper(key)) + ":"
        name = name.lstrip(" ")
    else:
        namespace, name = "", title
    if not name or name.startswith(":"):
        raise ValueError("has no name in it")
    if found := _ILLEGAL.search(name):
        raise ValueError(f"contains {found.group()!a}, which titles cannot contain")
    name = _first_upper(name)
    if len(name.encode()) > _MAX_BYTES:
        raise ValueError(f"is longer than {_MAX_BYTES} bytes")
    return namespace + name


def normal_username(name: str) -> str:
    """The name of an account as the wiki stores it.

    https://www.mediawiki.org/wiki/Manual:UserNameUtils.php#getCanonical
    """
    return _first_upper(" ".join(name.replace("_", " ").split()))


def _first_upper(text: str) -> str:
    """MediaWiki leaves letters alone whose capital is not one letter, such as ``ß``."""
    upper = text[:1].upper()
    return upper + text[1:] if len(upper) == 1 else text


def translated(title: str) -> str | None:
    """The page that ``title`` would be a translation of, were it one: ``Page`` for ``Page/fr``.

    https://www.mediawiki.org/wiki/Help:Extension:Translate/Page_translation_administration
    """
    source, _, code = title.rpartition("/")
    return source if source and _LANGUAGE.fullmatch(code) else None
