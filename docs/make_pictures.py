"""Makes the pictures of the documentation, of a real MediaWiki with the example department on it.

``python -m docs.make_pictures``, in the top folder, makes all of them; names behind it, just those.
Another picture is another line in :data:`PICTURES`.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from examples import demo, demo_wiki
from tests.browser.chromium import NIGHT_MODE, Browser, Scheme, Skin
from tests.mediawiki import MediaWiki, Unavailable, start

FOLDER = Path(__file__).resolve().parent / "pictures"
MOST = 120_000  # bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """What is on a picture: a page of the wiki from the top, or an element of it."""

    name: str
    page: str
    skin: Skin = "vector-2022"
    width: int = 1000
    height: int = 1000
    scheme: Scheme = "day"
    selector: str = ""  # of the element; the page when empty


PICTURES = (
    Picture("weekly-report", "Atlas Department/Status/2026-W47", height=850),
    Picture("report-by-night", "Atlas Department/Status/2026-W47", scheme="night", height=700),
    Picture(
        "report-on-a-telephone",
        "Atlas Department/Status/2026-W47",
        skin="minerva",
        width=360,
        height=900,
    ),
    Picture("status-update", "Atlas Department/Map Display/Updates", selector=".wikibot-update"),
)


def make(pictures: Iterable[Picture]) -> None:
    """Start a wiki with the example on it, let the bot run there, and take the pictures."""
    with start(demo_wiki.VERSION) as wiki, TemporaryDirectory() as folder:
        wiki.configure(NIGHT_MODE)
        demo_wiki.furnish(wiki)
        _run_the_bot(wiki, Path(folder))
        wiki.run_jobs()  # links to pages that were saved later
        with Browser() as browser:
            for each in pictures:
                _take(each, wiki.url, browser)


def _run_the_bot(wiki: MediaWiki, folder: Path) -> None:
    config = folder / "wikibot.toml"
    user, _, _ = wiki.bot_login.partition("@")
    config.write_text(demo_wiki.configuration(api=wiki.api, user=user), "utf-8")
    login = {"login": wiki.bot_login, "password": wiki.bot_password}
    for words in (("templates", "install"), ("run",)):
        demo.wikibot(*words, config=config, state=folder / "state", **login)


def _take(picture: Picture, url: str, browser: Browser) -> None:
    file = FOLDER / f"{picture.name}.png"
    with browser.opened(
        url, picture.page, skin=picture.skin, width=picture.width, scheme=picture.scheme
    ) as view:
        view.picture(file, selector=picture.selector, height=picture.height)
    if (size := file.stat().st_size) > MOST:
        sys.exit(f"{file.name} has {size} bytes, more than {MOST}: let it show less")


if __name__ == "__main__":
    asked = sys.argv[1:] or [each.name for each in PICTURES]
    if unknown := set(asked) - {each.name for each in PICTURES}:
        sys.exit(f"There are no pictures of these names: {', '.join(sorted(unknown))}")
    try:
        make(each for each in PICTURES if each.name in asked)
    except Unavailable as error:
        sys.exit(f"{error}")
