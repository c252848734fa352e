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
GADGET = FOLDER.parents[1] / "templates_wikitext" / "gadget" / "Gadget-wikibot-contacts.js"
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
    press: str = ""  # the button that a reader presses before
    typed: str = ""  # what a reader types into the box at the top of the contacts page


REPORT, CONTACTS = "Atlas Department/Status/2026-W47", "Atlas Department/Whom to ask"
UPDATES = "Atlas Department/Map Display/Updates"
PICTURES = (
    Picture("weekly-report", REPORT, height=850),
    Picture("report-by-night", REPORT, scheme="night", height=700),
    Picture(
        "report-on-a-telephone",
        REPORT,
        skin="minerva",
        width=360,
        height=900,
    ),
    Picture("status-update", UPDATES, selector=".wikibot-update"),
    Picture("update-form", UPDATES, width=800, press="New update", selector="#editform"),
    Picture("roster", "Atlas Department", selector=".wikibot-roster"),
    Picture("contacts", CONTACTS, typed="budget", height=530),
    Picture("contacts-on-a-telephone", CONTACTS, skin="minerva", width=360, height=900),
)


def make(pictures: Iterable[Picture]) -> None:
    """Start a wiki with the example on it, let the bot run there, and take the pictures."""
    with start(demo_wiki.VERSION) as wiki, TemporaryDirectory() as folder:
        wiki.configure(NIGHT_MODE)
        demo_wiki.furnish(wiki)
        wiki.edit(UPDATES, f"{{{{Status update/form|team=Map Display}}}}\n{wiki.text(UPDATES)}")
        wiki.import_pages({f"User:{name}": "A made-up person." for name in _accounts(wiki)})
        _add_search_box(wiki)
        _run_the_bot(wiki, Path(folder))
        wiki.run_jobs()  # links to pages that were saved later
        with Browser() as browser:
            for each in pictures:
                _take(each, wiki.url, browser)


def _accounts(wiki: MediaWiki) -> list[str]:
    """Those of the example's people, so that links to them are not red."""
    found = wiki.query(list="allusers", aulimit="max")["allusers"]
    return [user["name"] for user in found if user["name"].endswith("(Example)")]


def _add_search_box(wiki: MediaWiki) -> None:
    """The gadget, as docs/contacts.md says."""
    wiki.load_extension("Gadgets")
    lines = (FOLDER.parent / "contacts.md").read_text("utf-8").splitlines()
    (definition,) = (line for line in lines if line.startswith("* wikibot-contacts["))
    wiki.edit("MediaWiki:Gadget-wikibot-contacts.js", GADGET.read_text("utf-8"))
    wiki.edit("MediaWiki:Gadgets-definition", definition)


def _run_the_bot(wiki: MediaWiki, folder: Path) -> None:
    config = folder / "wikibot.toml"
    user, _, _ = wiki.bot_login.partition("@")
    config.write_text(demo_wiki.configuration(api=wiki.api, user=user), "utf-8")
    login = {"login": wiki.bot_login, "password": wiki.bot_password}
    for words in (("templates", "install"), ("run",)):
        demo.wikibot(*words, "--yes", config=config, state=folder / "state", **login)


def _take(picture: Picture, url: str, browser: Browser) -> None:
    file = FOLDER / f"{picture.name}.png"
    with browser.opened(
        url, picture.page, skin=picture.skin, width=picture.width, scheme=picture.scheme
    ) as view:
        if picture.press:
            view.page.get_by_role("button", name=picture.press).click()
            view.page.wait_for_load_state()
        if picture.typed:
            view.page.get_by_label("Search this page").fill(picture.typed)
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
