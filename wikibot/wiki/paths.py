"""Where the page of a title stands in a folder: ``User:Ada/Team roles`` in
``User%3AAda/Team roles.wiki``.

A ``/`` in a title makes a folder, blanks stay, and whatever some file system cannot hold is
percent-encoded as in a URL. A title can contain no ``%`` with two hexadecimal digits behind it
(https://www.mediawiki.org/wiki/Manual:Page_title), so the encoding needs no escape of its own,
and each title has one path, each path at most one title. Encoded are:

- ``:`` ``?`` ``*`` ``"`` ``\\`` and control characters, which Windows forbids;
- ``~``, which makes ``GIT~1`` another name of ``.git`` on Windows;
- a dot or blank at the beginning of a name (hidden; ``.git``, ``.wikibot``) and at its end, and
  the dot of a ``.wiki`` at its end, so that page ``A`` and the folder of ``A.wiki/B`` differ;
- the first letter of names that Windows keeps for devices, such as ``con`` and ``lpt1``;
- a ``/`` that would leave a name empty.

A name that would be too long for a file system goes on in a folder that ends with a bare ``%``.

On a file system that ignores case, titles that differ in case alone share a file. Nothing is
lost by it: creating the second one is a conflict, because the file is there.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

EXTENSION = ".wiki"
_GOES_ON = "%"
_LONGEST = 240  # bytes; file systems hold 255, of which the extension and marks take some

_UNSAFE = re.compile(
    r'[:?*"\\~/\x00-\x1f\x7f-\x9f]|^[. ]|[. %]$|\.(?=wiki$)', re.IGNORECASE | re.DOTALL
)
_DEVICE = re.compile(r"(?:aux|con|nul|prn|(?:com|lpt)[0-9¹²³])(?:[. ]|$)", re.IGNORECASE)


def path_of(title: str) -> PurePosixPath:
    """The file of a page, relative to the folder.

    ``title`` is as :func:`wikibot.titles.normal_title` gives it.
    """
    names = [name for part in _parts(title) for name in _names(part)]
    return PurePosixPath(*names[:-1], names[-1] + EXTENSION)


def title_of(path: PurePosixPath) -> str:
    """The title whose page stands at ``path``, a path relative to the folder.

    Raises :class:`ValueError` where no page stands at such a path.
    """
    names = list(path.parts)
    if not names or not names[-1].endswith(EXTENSION):
        raise ValueError(f"{path}: a page's file ends with {EXTENSION}")
    names[-1] = names[-1].removesuffix(EXTENSION)
    pieces = [
        unquote(name[:-1]) if name.endswith(_GOES_ON) else unquote(name) + "/" for name in names
    ]
    title = "".join(pieces).removesuffix("/")
    if not title or path_of(title) != path:
        raise ValueError(f"{path}: no title has this path; rename the file")
    return title


def _parts(title: str) -> Iterator[str]:
    """Split at slashes, but never so that a part is empty: ``A//B`` is ``A`` and ``/B``."""
    start = 0
    while (slash := title.find("/", start + 1)) >= 0 and slash + 1 < len(title):
        yield title[start:slash]
        start = slash + 1
    yield title[start:]


def _names(part: str) -> Iterator[str]:
    """Encode one part of a title, in several names where one would be too long."""
    start = 0
    size = 0
    for position, character in enumerate(part):
        width = len(_encode(character).encode())
        if size + width > _LONGEST:
            yield _encode(part[start:position]) + _GOES_ON
            start, size = position, 0
        size += width
    yield _encode(part[start:])


def _encode(name: str) -> str:
    encoded = _UNSAFE.sub(lambda unsafe: _percent(unsafe.group()), name)
    return _percent(encoded[0]) + encoded[1:] if _DEVICE.match(name) else encoded


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())
