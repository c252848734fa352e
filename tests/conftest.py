"""Which tests may use the network, and the wiki that they find there.

A test that asks for ``mediawiki`` gets a wiki with nothing on it but its main page, once for each
version in ``WIKIBOT_TEST_VERSIONS`` (``1.39 1.43`` when not set), from Debian's packages or a
Docker image (``tests/mediawiki``). It may connect to 127.0.0.1 only, and so may a test that asks
for a ``local_server``; any other test nowhere.

With ``WIKIBOT_TEST_API`` these tests use that wiki instead (``tests/mediawiki/foreign.py`` names
the other variables). Tests marked ``own_wiki`` are left out then: they change settings or
accounts, or count what the server is asked. Where no wiki is to be had the tests fail.
"""

import gc
import os
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings

from tests.mediawiki import VERSIONS, MediaWiki, Unavailable, start
from tests.mediawiki.foreign import ForeignWiki

# How long an example takes says nothing about the code that is tested; benchmarks/ measures time.
settings.register_profile(
    "wikibot", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("wikibot")

FOREIGN = os.environ.get("WIKIBOT_TEST_API", "")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "own_wiki: changes settings or accounts of the wiki, or counts its requests"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than processors, because the tests of a wiki wait for it now and then."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Side by side (``--numprocesses``), one worker has the tests of one wiki, another the other's.

    Which wiki a test is given stands in the name that its parameters give it.
    """
    from xdist.scheduler import LoadScopeScheduling

    wiki = re.compile(rf"[\[-]({'|'.join(map(re.escape, VERSIONS))})[\]-]")

    class ByWiki(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            given = wiki.search(nodeid)
            return given[1] if given else nodeid

    return ByWiki(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    host = urlsplit(FOREIGN).hostname or "127.0.0.1"
    left_out = []
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "local_server" in fixtures:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))
            continue
        if not {"mediawiki", "department", "browser"} & fixtures:
            item.add_marker(pytest.mark.disable_socket)
            continue
        item.add_marker(pytest.mark.mediawiki)
        item.add_marker(pytest.mark.allow_hosts([host]))
        if FOREIGN and item.get_closest_marker("own_wiki"):
            left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """Thousands of tests stay in memory; Python need not look through them for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", params=["foreign"] if FOREIGN else VERSIONS)
def mediawiki_server(request: pytest.FixtureRequest) -> Iterator[MediaWiki | ForeignWiki]:
    wiki: MediaWiki | ForeignWiki
    try:
        wiki = ForeignWiki() if FOREIGN else start(request.param)
    except Unavailable as error:
        pytest.fail(str(error), pytrace=False)
    yield wiki
    wiki.stop()


@pytest.fixture
def mediawiki(mediawiki_server: MediaWiki | ForeignWiki) -> MediaWiki | ForeignWiki:
    """A fresh wiki of each version: :class:`tests.mediawiki.MediaWiki`."""
    mediawiki_server.reset()
    return mediawiki_server
