"""What a signal ends."""

import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from wikibot.cli import main
from wikibot.model import Edit, Outcome
from wikibot.wiki.folder import FolderWiki

CONFIG = """
[wiki]
folder = "{name}"
write_under = ["Whom to ask"]
templates = "Template:"
[[team]]
name = "Delivery"
page = "Team"
[contacts]
page = "Whom to ask"
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_no_further_configuration_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
    for name in ("first", "second"):
        Path(name).mkdir()
        Path(name, "Team.wiki").write_text("* [[User:Ola|Ola Berg]], Manager\n", "utf-8")
        Path(f"{name}.toml").write_text(CONFIG.format(name=name), "utf-8")
    both = ("-c", "first.toml", "-c", "second.toml")
    assert CliRunner().invoke(main, ["templates", "install", *both]).exit_code == 0
    save = FolderWiki.save

    def interrupted(wiki: FolderWiki, edit: Edit) -> Outcome:
        os.kill(os.getpid(), number)
        return save(wiki, edit)

    monkeypatch.setattr(FolderWiki, "save", interrupted)
    ended = CliRunner().invoke(main, ["run", "contacts", *both])
    assert ended.exit_code == 2
    assert f"stopped: {number.name}" in ended.stderr
    monkeypatch.undo()
    asked = ["status", "--state-dir", str(tmp_path / "state"), "-c", str(tmp_path / "second.toml")]
    shown = CliRunner().invoke(main, asked)
    assert "contacts" not in shown.stdout
    assert not (tmp_path / "second" / "Whom to ask.wiki").exists()
