"""What the tests of both wikis share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mediawiki import Witness
from tests.wiki.opening import open_for
from wikibot.wiki.live import LiveWiki


@pytest.fixture
def live(mediawiki: Witness, tmp_path: Path) -> Iterator[LiveWiki]:
    """A fresh wiki, with the bot logged in."""
    wiki = open_for(mediawiki, tmp_path)
    yield wiki
    wiki.close()
