"""The bot's pages are good to read in every skin, on a telephone, by day and by night."""

import re
from pathlib import Path

import pytest

from tests.browser.chromium import SKINS, Browser, Skin, View
from tests.browser.department import DOCUMENTATION, LARGE, READABLE
from tests.browser.judging import problems
from tests.mediawiki import VERSIONS, MediaWiki

pytestmark = pytest.mark.own_wiki  # settings, and the clock of the wiki

PICTURES = Path(__file__).resolve().parents[2] / "artifacts" / "screenshots"
WITH_NIGHT_MODE = {("1.43", "vector-2022"), ("1.43", "minerva")}


# Those that have the least in common are looked at on all versions, the others on one.
DIFFERENT = ("week", "updates", "contacts", "directory")


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("name", DIFFERENT)
def test_a_page_is_good_to_read(
    furnished: MediaWiki, browser: Browser, name: str, skin: Skin
) -> None:
    is_good_to_read(furnished, browser, name, skin)


@pytest.mark.parametrize("furnished", VERSIONS[-1:], indirect=True)
@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("name", [name for name in READABLE if name not in DIFFERENT])
def test_a_page_like_others_is_good_to_read(
    furnished: MediaWiki, browser: Browser, name: str, skin: Skin
) -> None:
    is_good_to_read(furnished, browser, name, skin)


def is_good_to_read(wiki: MediaWiki, browser: Browser, name: str, skin: Skin) -> None:
    with browser.opened(wiki.url, READABLE[name], skin=skin) as view:
        assert ("night" in view.schemes) == ((wiki.version, skin) in WITH_NIGHT_MODE)
        assert not view.page.locator(".noarticletext").count()
        found = problems(view, seen=lambda view: keep_picture(view, wiki.version, name))
        assert not found, "\n".join(found)


@pytest.mark.parametrize("furnished", VERSIONS[-1:], indirect=True)  # alike in all of them
@pytest.mark.parametrize("name", DOCUMENTATION)
def test_the_documentation_of_a_template_is_good_to_read(
    furnished: MediaWiki, browser: Browser, name: str
) -> None:
    with browser.opened(furnished.url, DOCUMENTATION[name], width=360) as view:
        assert view.page.locator(".mw-templatedata-doc-wrap").count() == 1
        assert not (found := problems(view, widths=(360,))), "\n".join(found)


def test_a_roster_of_300_people_fits_on_a_telephone(furnished: MediaWiki, browser: Browser) -> None:
    with browser.opened(furnished.url, LARGE, skin="minerva", width=360) as view:
        assert view.page.locator("table tr").count() == 300 + 10
        assert not (found := problems(view, widths=(360,))), "\n".join(found)


def keep_picture(view: View, version: str, name: str) -> None:
    """What a reader sees first, for people who look at what a test run has made."""
    where = re.sub(r"\W+", "-", name).lower()
    file = PICTURES / f"{version}-{view.skin}-{view.width}-{view.scheme}-{where}.png"
    view.snapshot(file, height=2000)
