"""Where texts stand in a list from A to Z: under the first letter, whatever its script.

Roughly as MediaWiki's categories do it
(https://www.mediawiki.org/wiki/Manual:$wgCategoryCollation): case and accents do not count.
"""

import unicodedata
from functools import lru_cache

from wikibot.words import fold

DIGITS = "0–9"
ODD = "#"  # what begins with anything but a letter or a digit

Place = tuple[int, str, str]


@lru_cache(maxsize=10_000)
def bare(text: str) -> str:
    """A text without case and accents, as it is compared."""
    apart = unicodedata.normalize("NFD", fold(text))
    return "".join(character for character in apart if not unicodedata.combining(character))


def letter(text: str) -> str:
    """The letter that a text stands under: a capital, :data:`DIGITS` or :data:`ODD`."""
    first = bare(text)[:1]
    if first.isdigit():
        return DIGITS
    capital = first.upper()
    return (capital if len(capital) == 1 else first) if first.isalpha() else ODD


def place(text: str) -> Place:
    """A key for sorting: what is odd, digits, letters."""
    rank = {ODD: 0, DIGITS: 1}.get(letter(text), 2)
    return rank, bare(text), fold(text)
