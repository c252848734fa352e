"""What a configuration may say, and the sentence for each thing that is wrong with it."""

from pathlib import Path

import pytest

from tests.cases import Case, read_cases
from wikibot.config import Config, load
from wikibot.errors import ConfigError

CASES = read_cases(Path(__file__).parent / "config_cases")
WIKI = '[wiki]\nfolder = "pages"\n'


def config_of(folder: Path, text: str) -> Config:
    file = folder / "wikibot.toml"
    file.write_text(text, "utf-8")
    return load(file)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_wrong_is_said_in_one_sentence(case: Case, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config_of(tmp_path, case.text("config"))
    said = str(caught.value).replace(f"{tmp_path / 'wikibot.toml'}: ", "")
    assert said.splitlines() == case.text("says").splitlines()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file; name one with --config"):
        load(tmp_path / "nothing.toml")


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "wikibot.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(file)


def test_a_relative_folder_counts_from_the_file(tmp_path: Path) -> None:
    assert config_of(tmp_path, WIKI).folder == tmp_path / "pages"


@pytest.mark.parametrize(
    ("title", "allowed"),
    [
        ("Product/Team", True),
        ("Product/", True),
        ("Product", False),
        ("Products", False),
        ("User:Bot", True),
        ("User:Bot/Log", False),
        ("Help:Anything", True),
        ("Main Page", False),
    ],
)
def test_titles_that_may_be_written(tmp_path: Path, title: str, allowed: bool) -> None:
    config = config_of(tmp_path, WIKI + 'write_under = ["Product/", "User:Bot", "Help:"]\n')
    assert config.may_write(title) is allowed


def test_nothing_may_be_written_unless_it_is_said(tmp_path: Path) -> None:
    assert not config_of(tmp_path, WIKI).may_write("Main Page")


def test_titles_are_normalised(tmp_path: Path) -> None:
    config = config_of(tmp_path, WIKI + '[[team]]\nname = "A"\npage = "user:ana_b/  team"\n')
    assert config.team[0].page == "User:Ana b/ team"


def test_the_shutoff_page_has_a_default(tmp_path: Path) -> None:
    live = '[wiki]\napi = "https://wiki.example/w/api.php"\nuser = "Bot"\n'
    assert config_of(tmp_path, live).wiki.stop == "User:Bot/Stop"
    assert config_of(tmp_path, live + 'stop_page = "Bot off"\n').wiki.stop == "Bot off"


def test_the_example_is_valid() -> None:
    example = Path(__file__).parent.parent / "examples" / "wikibot.toml"
    assert [team.name for team in load(example).team][:2] == ["Delivery", "Planning Office"]
