"""Whether a text makes its page a redirect."""

import re
from collections.abc import Iterable


def is_redirect(text: str, words: Iterable[str] = ("redirect",)) -> bool:
    """Whether the text begins as that of a redirect does.

    ``words`` are what the wiki calls it behind the ``#``, in any case; every wiki knows the
    English one. (https://www.mediawiki.org/wiki/Help:Redirects)
    """
    called = "|".join(re.escape(word) for word in words)
    return bool(re.match(rf"\s*#(?:{called})\s*:?\s*\[\[", text, re.IGNORECASE))
