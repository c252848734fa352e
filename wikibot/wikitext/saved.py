"""What MediaWiki makes of a text when it saves it."""

import re
import unicodedata
from collections import Counter

# what a link leads to, with its end: blanks around it do not count, and are looked at but once
_LINK = re.compile(r"\[\[\s*+([^\[\]{}|<>\n]++\s*+)(?:\]\]|\|)|\{\{([^{}\n]*)\}\}")
_WORD = re.compile(r"\w")
_SIGNATURE = re.compile("~{3,5}")


def as_saved(text: str) -> str:
    """The text as MediaWiki stores it: in NFC, lines end with ``\\n``, no blanks at the end.

    https://www.mediawiki.org/wiki/Unicode_normalization_considerations
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).rstrip(" \t\n\0\x0b")


def reads_as(there: str, sent: str) -> bool:
    """Whether a saved text is the one that was sent; anything may stand for a signature.

    https://www.mediawiki.org/wiki/Help:Signatures: three to five tildes become another text.
    """
    stored, there = as_saved(sent), as_saved(there)
    if there == stored:
        return True
    pieces = _SIGNATURE.split(stored)
    pattern = "[^\n]+".join(re.escape(piece) for piece in pieces)
    return len(pieces) > 1 and re.fullmatch(pattern, there) is not None


def added_by_both(old: str, new: str, theirs: str) -> set[str]:
    """The lines and links that two texts made of ``old`` both have more often than that."""
    before, ours, others = _said(old), _said(new), _said(theirs)
    return set(ours - before) & set(others - before)


def _said(text: str) -> Counter[str]:
    stored = as_saved(text)
    lines = (line.strip() for line in stored.split("\n") if _WORD.search(line))
    links = ("".join(match[0].strip("|]").split()) for match in _LINK.finditer(stored))
    return Counter(lines) + Counter(links)
