"""Whether a text makes its page a redirect, and where it leads."""

import re
from collections.abc import Iterable


def is_redirect(text: str, words: Iterable[str] = ("redirect",)) -> bool:
    """Whether the text begins as that of a redirect does.

    ``words`` are what the wiki calls it behind the ``#``, in any case; every wiki knows the
    English one. (https://www.mediawiki.org/wiki/Help:Redirects)
    """
    called = "|".join(re.escape(word) for word in words)
    return bool(re.match(rf"\s*#(?:{called})\s*:?\s*\[\[", text, re.IGNORECASE))


def redirect_target(text: str) -> str:
    """The title that the text of a redirect leads to, as it stands there."""
    link = re.search(r"\[\[\s*:?([^\[\]|#]*)", text)
    return link[1].strip() if link else ""
