"""Passwords and tokens are nowhere but where they belong: not in what is printed or logged, not in
plans, not in the state directory; whether the login works or not, and even if the wiki repeats what
it was sent.

That of Phabricator is looked for in ``tests/sources/test_command_line.py`` after every command.
"""

import base64
import json
import logging
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
import responses
from click.testing import CliRunner

from tests.mediawiki import MediaWiki
from tests.wiki.pretend import API, OAUTH, USER, PretendWiki
from wikibot import templates
from wikibot.cli import main
from wikibot.sources.conduit import TOKEN

CONFIG = """
[wiki]
api = "{api}"
user = "{user}"
write_under = ["Team", "Contacts", "Staff"]
[[team]]
name = "Delivery"
page = "Team"
contact = "Talk:Team"
[[staff]]
page = "Staff"
[contacts]
page = "Contacts"
[limits]
put_throttle = 0
"""
COMMANDS = (
    ["check", "-v"],
    ["plan", "-v", "-o", "plan.json"],
    ["run", "--yes", "-v"],
    ["apply", "plan.json", "-v"],
    ["doctor", "-v"],
    ["inspect", "Team"],
)
# A wiki that refuses the login, and says in full what it was sent.
REPEATING = """
if ( isset( $_POST['lgpassword'] ) ) {
    $said = 'not understood: ' . $_POST['lgpassword'] . ' ' . file_get_contents( 'php://input' );
    header( 'Content-Type: application/json' );
    die( json_encode( [ 'error' => [ 'code' => 'odd', 'info' => $said ] ] ) );
}
"""
PHABRICATOR = "api-hidden+phabricator/token=="


def spellings(secret: str) -> set[str]:
    """As it is, and as it may be encoded on its way."""
    in_json = json.dumps(secret)[1:-1].replace("/", r"\/")
    in_base64 = base64.b64encode(secret.encode()).decode()
    return {secret, quote(secret), quote_plus(secret), quote(secret, ""), in_json, in_base64}


class Place:
    """The current folder; after each command everything that came of it is searched."""

    def __init__(self, path: Path, caplog: pytest.LogCaptureFixture, secrets: set[str]) -> None:
        self._path = path
        self._caplog = caplog
        self._spellings = {form for s in {*secrets, PHABRICATOR} for form in spellings(s)}

    def runs(self, words: list[str]) -> tuple[int, str]:
        """Exit code, and what was printed."""
        result = CliRunner().invoke(main, words)
        ended = result.exception is None or isinstance(result.exception, SystemExit)
        assert ended, result.exception
        files = {p: p.read_bytes() for p in self._path.rglob("*") if p.is_file()}
        said = {"output": result.output.encode(), "log": self._caplog.text.encode()}
        for place, text in (said | files).items():
            assert not [form for form in self._spellings if form.encode() in text], place
        self._caplog.clear()
        return result.exit_code, result.output


Put = Callable[..., Place]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Put:
    """Makes a place for a wiki, an account and its environment."""

    def made(api: str, user: str, environment: dict[str, str], *secrets: str) -> Place:
        caplog.set_level(logging.DEBUG, logger="wikibot")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("WIKIBOT_STATE", str(tmp_path / "state"))
        monkeypatch.setenv(TOKEN, PHABRICATOR)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        (tmp_path / "wikibot.toml").write_text(CONFIG.format(api=api, user=user), "utf-8")
        return Place(tmp_path, caplog, set(secrets))

    return made


@pytest.mark.own_wiki
def test_a_bot_password(mediawiki: MediaWiki, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {
        "WIKIBOT_LOGIN": mediawiki.bot_login,
        "WIKIBOT_PASSWORD": mediawiki.bot_password,
    }
    wrong = "hidden%and/wrong+1"
    place = put(mediawiki.api, mediawiki.bot, environment, mediawiki.bot_password, wrong)
    mediawiki.import_pages(templates.pages())
    mediawiki.edit("Team", "* [[User:Ana|Ana Ruiz]], Chair\n* [[User:Bo|Bo Lund]], Clerk")
    mediawiki.edit("Staff", "* [[User:Ana|Ana Ruiz]], Clerk\n* [[User:Bo|Bo Lund]], Clerk")
    codes = [place.runs(words)[0] for words in COMMANDS]
    assert 2 not in codes
    assert mediawiki.text("Contacts")
    monkeypatch.setenv("WIKIBOT_STATE", "anew")  # without the cookies of that login
    mediawiki.configure(REPEATING)
    for words in (COMMANDS[2], COMMANDS[4]):
        code, said = place.runs(words)
        assert code == 2
        assert "not understood: ***" in said
    mediawiki.reset()
    monkeypatch.setenv("WIKIBOT_PASSWORD", wrong)
    for words in (COMMANDS[2], COMMANDS[4]):
        code, said = place.runs(words)
        assert code == 2
        assert "the login was refused, check account and password" in said


@responses.activate
def test_oauth_tokens(put: Put) -> None:
    hidden = [value for name, value in OAUTH.items() if name.endswith("_SECRET")]
    place = put(API, USER, OAUTH, *hidden)
    for method in (responses.GET, responses.POST):
        responses.add_callback(method, API, callback=PretendWiki(user="OtherBot"))
    for words in COMMANDS:
        if words[0] != "apply":
            assert place.runs(words)[0] == 2, words
