"""A configuration of which a part stands on a page of the wiki."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.memory import MemoryWiki
from wikibot import config, on_wiki
from wikibot.errors import ConfigError

PAGE = "User:Atlas bot/wikibot.json"
FILE = f"""
[wiki]
folder = "pages"
user = "Atlas bot"
write_under = ["Atlas/"]
config_page = "{PAGE}"
"""
TEAM = {"name": "Delivery", "page": "Atlas/Delivery"}


@pytest.fixture
def from_file(tmp_path: Path) -> config.Config:
    (tmp_path / "wikibot.toml").write_text(FILE, "utf-8")
    return config.load(tmp_path / "wikibot.toml")


def wiki_with(said: Any) -> MemoryWiki:
    return MemoryWiki({PAGE: said if isinstance(said, str) else json.dumps(said)})


def test_the_page_adds_to_the_file(from_file: config.Config) -> None:
    both = on_wiki.complete(from_file, wiki_with({"team": [TEAM]}))
    assert [team.name for team in both.team] == ["Delivery"]
    assert both.wiki == from_file.wiki
    assert both.path == from_file.path


def test_without_a_page_the_file_is_all(from_file: config.Config) -> None:
    alone = config.parse({"wiki": {"folder": "pages"}}, path=from_file.path)
    assert on_wiki.complete(alone, MemoryWiki({})) is alone


def test_a_page_that_others_could_edit_is_not_believed(from_file: config.Config) -> None:
    wiki = wiki_with({"team": [TEAM]})
    wiki.open[PAGE] = "everybody may edit it"
    with pytest.raises(ConfigError, match="not taken for a configuration: everybody may edit it"):
        on_wiki.complete(from_file, wiki)


@pytest.mark.parametrize("key", ["wiki", "limits", "phabricator", "runs", "path", "surprise"])
def test_what_only_the_file_may_say(from_file: config.Config, key: str) -> None:
    hostile = {
        "wiki": {"write_under": ["Main Page"], "api": "https://elsewhere.example/api.php"},
        "limits": {"allow_removals": True},
        "phabricator": {"url": "https://elsewhere.example"},
        "runs": {"webhook": "every run"},
        "path": "/etc/passwd",
        "surprise": 1,
    }
    with pytest.raises(ConfigError, match=f"{key}: stands in .*wikibot.toml only"):
        on_wiki.complete(from_file, wiki_with({key: hostile[key]}))


def test_the_page_cannot_say_how_many_people_of_a_team_may_be_removed(
    from_file: config.Config,
) -> None:
    team = {"name": "A", "page": "Atlas/A", "removal_share": 1}
    with pytest.raises(ConfigError, match=r"removal_share: stands in .*wikibot.toml only"):
        on_wiki.complete(from_file, wiki_with({"team": [team]}))


def test_titles_on_the_page_may_be_written_only_if_the_file_says_so(
    from_file: config.Config,
) -> None:
    both = on_wiki.complete(from_file, wiki_with({"contacts": {"page": "Main Page"}}))
    assert not both.may_write("Main Page")


def test_a_key_in_both_is_named(from_file: config.Config) -> None:
    text = FILE + '\n[[team]]\nname = "A"\npage = "Atlas/A"\n'
    from_file.path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"team: stands in .*wikibot\.toml, too"):
        on_wiki.complete(config.load(from_file.path), wiki_with({"team": [TEAM]}))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "should be an object"),
        ({"team": [{"name": "A"}]}, "team.1.page: is missing; add it"),
        ({"team": [{**TEAM, "colour": "red"}]}, "team.1.colour: there is no such key"),
        ({"team": 7}, "team: should be a list"),
    ],
)
def test_what_is_wrong_is_said_of_the_page(from_file: config.Config, said: Any, why: str) -> None:
    with pytest.raises(ConfigError) as error:
        on_wiki.complete(from_file, wiki_with(said))
    assert str(error.value).startswith(f"{PAGE}: ")
    assert why in str(error.value)


def test_a_page_that_is_not_there(from_file: config.Config) -> None:
    with pytest.raises(ConfigError, match="there is no such page"):
        on_wiki.complete(from_file, MemoryWiki({}))
