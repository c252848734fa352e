"""What earlier runs have seen, on the disk."""

import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest

from wikibot.past import Past, Size, Source
from wikibot.remembered import Remembered

PAST = Past(
    {
        Source("Team", "team", "Delivery"): Size(12),
        Source("Team", "roles"): Size(8, 3, date(2026, 11, 20)),
    },
    {("Staff", "User:Ivo"): date(2026, 11, 13), ("Staff", "zoë ö"): date(2026, 11, 20)},
)


def test_at_first_nothing_is_known(tmp_path: Path) -> None:
    assert Remembered(tmp_path / "past.sqlite").load() == Past()


def test_what_is_kept_is_there_the_next_time(tmp_path: Path) -> None:
    for past in (PAST, Past(unknown=PAST.unknown), PAST):
        one = Remembered(tmp_path / "past.sqlite")
        one.keep(past)
        one.close()
        other = Remembered(tmp_path / "past.sqlite")
        assert other.load() == past
        other.close()
    assert stat.S_IMODE((tmp_path / "past.sqlite").stat().st_mode) == 0o600


def test_nothing_is_written_when_nothing_is_new(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path / "past.sqlite")
    remembered.keep(PAST)
    before = (tmp_path / "past.sqlite").read_bytes()
    remembered.keep(remembered.load())
    assert (tmp_path / "past.sqlite").read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE sizes SET since = 'soon' WHERE since IS NOT NULL",
        "UPDATE sizes SET kind = 'crew'",
        "UPDATE sizes SET known = 'many'",
        "UPDATE unknown SET since = '2026-02-31'",
    ],
)
def test_what_cannot_have_been_written_is_forgotten(tmp_path: Path, damage: str) -> None:
    remembered = Remembered(tmp_path / "past.sqlite")
    remembered.keep(PAST)
    remembered.close()
    with sqlite3.connect(tmp_path / "past.sqlite") as connection:
        connection.execute(damage)
    connection.close()
    assert remembered.load() == Past()
    assert (tmp_path / "past.sqlite.damaged").exists()
