"""The pages of ``templates_wikitext/``, under the prefix that a wiki has for them.

A file's path is the title of its page without the prefix: ``Status update/doc.wiki`` is
``Template:Status update/doc``. The files are written for ``Template:``; for another prefix, the
calls and links from page to page are changed, so that the package works as a whole. ``«key»`` is
the message of that key, in the language of the wiki.
"""

import re
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from wikibot.messages import load

_MESSAGE = re.compile("«([a-z-]+)»")
WRITTEN_FOR = "Template:"
_FOLDER = "templates_wikitext"
_EXTENSION = ".wiki"


def packaged() -> dict[str, str]:
    """The pages as they are packaged: title without prefix → wikitext, sorted by title."""
    return dict(sorted(_read(_folder(), "")))


def pages(prefix: str = WRITTEN_FOR, *, language: str = "en") -> dict[str, str]:
    """The pages under a prefix (``[wiki] templates``): title → wikitext, sorted by title.

    ``prefix`` is the beginning of the titles, such as ``Template:`` or ``User:Atlas bot/``,
    ``language`` that of the words.
    """
    package = packaged()
    words = load(language)
    return {
        prefix + name: _MESSAGE.sub(lambda m: words(m[1]), adapted(text, package, prefix))
        for name, text in package.items()
    }


def adapted(text: str, names: Iterable[str], prefix: str) -> str:
    """``text`` with the calls of, and links to, the pages ``names`` under another prefix.

    https://www.mediawiki.org/wiki/Help:Templates#Usage: a call without a namespace is one of
    ``Template:``.
    """
    if prefix == WRITTEN_FOR:
        return text
    name = "|".join(map(re.escape, names))
    call = called("", prefix)
    text = re.sub(rf"(?<=\{{\{{)(?=(?:{name})\s*[|}}])", lambda _: call, text)
    return re.sub(rf"{WRITTEN_FOR}(?={name})", lambda _: prefix, text)


def called(name: str, prefix: str) -> str:
    """What a page of the package is called in a call: ``{{<this>|…}}``.

    A colon in front is for a prefix in the main namespace.
    """
    if prefix == WRITTEN_FOR:
        return name
    namespace, colon, _ = prefix.partition(":")
    return prefix + name if colon and "/" not in namespace else f":{prefix}{name}"


def _folder() -> Traversable:
    """Inside the package in a wheel (pyproject.toml puts it there), beside it in a checkout."""
    inside = files("wikibot") / _FOLDER
    return inside if inside.is_dir() else Path(__file__).parent.parent / _FOLDER


def _read(folder: Traversable, parent: str) -> Iterable[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _read(entry, f"{parent}{entry.name}/")
        elif entry.name.endswith(_EXTENSION):
            name = parent + entry.name.removesuffix(_EXTENSION)
            yield name, entry.read_text("utf-8").removesuffix("\n")
