"""The browser, and a wiki of each version with a department's pages on it."""

from collections.abc import Iterator

import pytest

from tests.browser import department
from tests.browser.chromium import NIGHT_MODE, Browser
from tests.mediawiki import VERSIONS, MediaWiki, Unavailable, start


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests. What it opens is closed by ``with``."""
    try:
        browser = Browser()
    except Unavailable as error:
        pytest.fail(str(error), pytrace=False)
    yield browser
    browser.close()


@pytest.fixture(scope="module", params=VERSIONS)
def furnished(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MediaWiki]:
    """A wiki with the department on it, which tests look at and do not change."""
    try:
        wiki = start(request.param)
    except Unavailable as error:
        pytest.fail(str(error), pytrace=False)
    with wiki:
        wiki.configure(NIGHT_MODE)
        department.furnish(wiki, tmp_path_factory.mktemp("department"))
        yield wiki
