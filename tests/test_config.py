"""What a configuration may say, and the sentence for each thing that is wrong with it."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import Case, read_cases
from wikibot.config import Config, load, parse
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


# --- damage: a configuration, or one sentence a mistake; never anything else ---------------------

EXAMPLE = (Path(__file__).parent.parent / "examples" / "wikibot.toml").read_bytes()
OTHER = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def told(path: Path, error: ConfigError) -> None:
    for line in str(error).splitlines():
        assert line.startswith(f"{path}: ")
        assert len(line) < 1000


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.binary(max_size=8))))
def test_a_damaged_file_is_a_configuration_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[float, int, bytes]]
) -> None:
    content = bytearray(EXAMPLE)
    for where, length, junk in damage:
        start = int(where * len(content))
        content[start : start + length] = junk
    file = tmp_path_factory.getbasetemp() / "damaged.toml"
    file.write_bytes(content)
    try:
        load(file)
    except ConfigError as error:
        told(file, error)


@given(st.data())
def test_values_of_other_types_are_a_configuration_or_a_sentence(data: st.DataObject) -> None:
    table: Any = json.loads(json.dumps(tomllib.loads(EXAMPLE.decode())))
    whole = table
    for _ in range(data.draw(st.integers(0, 4))):
        inner = [key for key in keys_of(table) if keys_of(table[key])]
        if not inner:
            break
        table = table[data.draw(st.sampled_from(inner))]
    table[data.draw(st.sampled_from(keys_of(table)))] = data.draw(OTHER)
    try:
        parse(whole, path=Path("wikibot.toml"))
    except ConfigError as error:
        told(Path("wikibot.toml"), error)


def keys_of(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(value)
    return list(range(len(value))) if isinstance(value, list) else []
