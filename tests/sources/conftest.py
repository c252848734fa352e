"""Servers for the tests of sources."""

from collections.abc import Iterator

import pytest

from tests.sources.pretend import PretendPhabricator, task
from tests.sources.server import Misbehaving


@pytest.fixture
def local_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    """A Phabricator with the projects ``atlas`` and ``delivery``, a task each."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    phabricator = PretendPhabricator(
        {"atlas": "PHID-PROJ-1", "delivery": "PHID-PROJ-2"},
        {"PHID-PROJ-1": [task(1, ownerPHID="PHID-USER-1")], "PHID-PROJ-2": [task(2)]},
        {"PHID-USER-1": "ana-example"},
    )
    with Misbehaving(phabricator) as server:
        yield server
