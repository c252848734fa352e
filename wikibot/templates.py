"""The pages of ``templates_wikitext/``, under the prefix that a wiki has for them.

A file's path is the title of its page without the prefix: ``Status update/doc.wiki`` is
``Template:Status update/doc``. The files are written for ``Template:``; for another prefix, the
calls and links from page to page are changed, so that the package works as a whole. ``«key»`` is
the message of that key, in the language of the wiki; a value in it, ``%(page)s``, becomes
``$page``.

What shows the directory (``[contacts] directory``) needs to know its title, ``«directory»``. It is
a module in Lua, ``Module/Wikibot directory.lua``, which is installed as ``Module:Wikibot
directory`` whatever the prefix of the templates is, and templates that call it. A file
``X.plain.wiki`` stands for ``X.wiki`` on a wiki without Scribunto.
"""

import re
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from wikibot.config import MODULE, PLAIN_PAGES, Config
from wikibot.messages import Messages, load
from wikibot.model import Site

_MESSAGE = re.compile("«([a-z-]+)»")
WRITTEN_FOR = "Template:"
# They ask the directory, or show what it answers; without one they are not installed.
QUERIES = PLAIN_PAGES
_ANSWERS = (
    "Contact answer",
    "Responsibilities head",
    "Responsibilities row",
    "Roster head",
    "Roster row",
)
OF_DIRECTORY = (*QUERIES, *_ANSWERS)
_OF_DIRECTORY = frozenset(page for name in OF_DIRECTORY for page in (name, f"{name}/doc"))
_FOLDER = "templates_wikitext"
_MODULE_FOLDER = "Module/"
_MODULE_FILE = f"{_MODULE_FOLDER}Wikibot directory"
_DIRECTORY = re.compile(r"^local DIRECTORY = \[=\[(.*)\]=\]$", re.MULTILINE)
_EXTENSIONS = (".wiki", ".lua")
_PLAIN = ".plain"
_VALUES = {name: f"${name}" for name in ("names", "page", "team", "what")}


def packaged(*, directory: bool = False, scribunto: bool = True) -> dict[str, str]:
    """The templates as they are packaged: title without prefix → wikitext, sorted by title.

    ``directory``: with those that ask the directory; ``scribunto``: for a wiki on which templates
    can call modules.
    """
    read = dict(sorted(_read(_folder(), "")))
    read = {name: text for name, text in read.items() if not name.startswith(_MODULE_FOLDER)}
    left_out = frozenset() if directory else _OF_DIRECTORY
    found = {
        name: text
        for name, text in read.items()
        if not name.endswith(_PLAIN) and name not in left_out
    }
    if scribunto:
        return found
    return {name: read.get(name + _PLAIN, text) for name, text in found.items()}


def packaged_modules() -> dict[str, str]:
    """The module and its pages: what follows its title → source."""
    read = dict(sorted(_read(_folder(), "")))
    return {
        name.removeprefix(_MODULE_FILE): text
        for name, text in read.items()
        if name.startswith(_MODULE_FILE)
    }


def directory_in(text: str) -> str:
    """The directory page that a module shows, by its source; ``""`` of any other page."""
    found = _DIRECTORY.search(text)
    return found[1] if found else ""


def installed(config: Config, site: Site) -> dict[str, str]:
    """The pages that a wiki should have of the package: title → text, sorted by title."""
    return pages(
        config.wiki.templates,
        language=site.language,
        directory=config.contacts.directory if config.contacts else None,
        module=config.wiki.module,
        scribunto=site.scribunto,
    )


def pages(
    prefix: str = WRITTEN_FOR,
    *,
    language: str = "en",
    directory: str | None = None,
    module: str = MODULE,
    scribunto: bool = True,
) -> dict[str, str]:
    """The pages under a prefix (``[wiki] templates``): title → wikitext, sorted by title.

    ``prefix`` is the beginning of the titles, such as ``Template:`` or ``User:Atlas bot/``,
    ``language`` that of the words. ``directory`` is the title of the directory page; without one
    what asks it is left out. ``module`` is the title of the module, ``scribunto`` whether the
    wiki can have one.
    """
    package = packaged(directory=bool(directory), scribunto=scribunto)
    known = {
        "directory": directory or "",
        "directory-base": (directory or "").removesuffix(".json"),
        "module": module,
        "invoke": module.partition(":")[2],
    }
    words = load(language)
    found = {prefix + name: text for name, text in package.items()}
    if directory and scribunto:
        found |= {module + name: text for name, text in packaged_modules().items()}
    return {
        title: _filled(adapted(text, package, prefix), words, known)
        for title, text in sorted(found.items())
    }


def _filled(text: str, words: Messages, known: dict[str, str]) -> str:
    return _MESSAGE.sub(lambda m: known.get(m[1]) or words(m[1], **_VALUES), text)


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
        elif entry.name.endswith(_EXTENSIONS):
            name = parent + entry.name.rpartition(".")[0]
            yield name, entry.read_text("utf-8").removesuffix("\n")
