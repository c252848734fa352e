"""Pywikibot as a library: credentials, files, secrets, and what it costs to start."""

import json
import logging
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import responses
import time_machine

from tests.mediawiki import MediaWiki, Witness
from tests.wiki.opening import Facts, Revisions, config_for, environment_for, open_for
from tests.wiki.pretend import API, OAUTH, USER, PretendWiki
from wikibot import __version__
from wikibot.config import Config, parse
from wikibot.errors import WikiError
from wikibot.wiki.live import LiveWiki, open_live
from wikibot.wiki.pywikibot_setup import (
    BotPassword,
    OAuth,
    Relay,
    base_folder,
    credentials,
    retry_after,
)

ROOT = Path(__file__).parents[2]


# --- credentials --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("RosterBot@app", "secret"),
        ("rosterBot@app", "secret"),
        ("RosterBot", "app@secret"),
        (None, "app@secret"),
    ],
)
def test_a_bot_password(login: str | None, password: str) -> None:
    environment = {"WIKIBOT_PASSWORD": password} | ({"WIKIBOT_LOGIN": login} if login else {})
    assert credentials(environment, user="RosterBot") == BotPassword("app", "secret")


def test_an_account_with_blanks() -> None:
    environment = {"WIKIBOT_LOGIN": "Roster_Bot@app", "WIKIBOT_PASSWORD": "secret"}
    assert credentials(environment, user="Roster Bot") == BotPassword("app", "secret")


def test_oauth_comes_before_a_bot_password() -> None:
    environment = OAUTH | {"WIKIBOT_LOGIN": "RosterBot@app", "WIKIBOT_PASSWORD": "secret"}
    tokens = ("consumer-token", "hidden-consumer-secret", "access-token", "hidden-access-secret")
    assert credentials(environment, user="RosterBot") == OAuth(tokens)


def test_nothing_given() -> None:
    assert credentials({}, user="RosterBot") is None


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"WIKIBOT_LOGIN": "RosterBot", "WIKIBOT_PASSWORD": "hidden"}, "WIKIBOT_LOGIN"),
        ({"WIKIBOT_PASSWORD": "hidden"}, "WIKIBOT_LOGIN"),
        ({"WIKIBOT_LOGIN": "Other@app", "WIKIBOT_PASSWORD": "hidden"}, "“Other”"),
        ({"WIKIBOT_CONSUMER_TOKEN": "hidden"}, "WIKIBOT_ACCESS_SECRET"),
    ],
)
def test_credentials_that_cannot_be_right(environment: Mapping[str, str], named: str) -> None:
    with pytest.raises(WikiError, match=named) as raised:
        credentials(environment, user="RosterBot")
    assert "hidden" not in str(raised.value)


def test_secrets_are_not_shown() -> None:
    assert "secret" not in repr(BotPassword("app", "secret"))
    assert "secret" not in repr(OAuth(("secret", "secret", "secret", "secret")))


# --- how long to wait -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("17", "17"),
        ("1.5", "1.5"),
        ("Fri, 20 Nov 2026 12:00:30 GMT", "30"),
        ("Fri, 20 Nov 2026 11:00:00 GMT", "0"),
        ("soon", "0"),
        ("inf", "0"),
        ("nan", "0"),
        ("", "0"),
    ],
)
@time_machine.travel("2026-11-20T12:00:00Z", tick=False)
def test_what_retry_after_says(said: str, seconds: str) -> None:
    assert retry_after(said) == seconds


# --- folders ------------------------------------------------------------------------------------


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_of_our_own(tmp_path: Path) -> None:
    base = base_folder(tmp_path / "state", {})
    assert base == tmp_path / "state" / "pywikibot"
    assert mode(base) == 0o700
    assert mode(base / "user-config.py") == 0o600
    (base / "user-config.py").write_text("max_retries = 3")
    base_folder(tmp_path / "state", {})
    assert (base / "user-config.py").read_text() == "max_retries = 3"


def test_pywikibot_dir_counts_when_it_holds_a_user_config(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    environment = {"PYWIKIBOT_DIR": str(theirs)}
    assert base_folder(tmp_path, environment) == tmp_path / "pywikibot"
    (theirs / "user-config.py").touch()
    assert base_folder(tmp_path, environment) == theirs


# --- what Pywikibot says ------------------------------------------------------------------------


@pytest.fixture
def relay() -> Relay:
    return Relay("se&cret", "consumer")


def say(relay: Relay, text: str, level: int = logging.WARNING) -> None:
    relay.emit(logging.LogRecord("pywiki", level, "", 0, text, None, None))


@pytest.mark.parametrize(
    ("said", "passed_on"),
    [
        ("<<lightred>>Sleeping<<default>> for\n  3 s", "Sleeping for   3 s"),
        ("Traceback (most recent call last):\n  File\nOSError: reset", "OSError: reset"),
        ("lgpassword=se%26cret&x=1 consumer", "lgpassword=***&x=1 ***"),
        ("se&cret", "***"),
        ("action=edit&token=abc%2B%5C&x=1", "action=edit&token=***&x=1"),
        ("{'token': ['abc+\\\\'], 'x': ['1']}", "{'token': ['***'], 'x': ['1']}"),
    ],
)
def test_one_line_without_secrets(
    relay: Relay, caplog: pytest.LogCaptureFixture, said: str, passed_on: str
) -> None:
    say(relay, said)
    assert [(r.name, r.getMessage()) for r in caplog.records] == [("wikibot.pywikibot", passed_on)]


def test_the_last_complaint_is_remembered(relay: Relay) -> None:
    say(relay, "OSError: reset", logging.ERROR)
    say(relay, "Waiting 5.0 seconds before retrying.")
    say(relay, "Logging in", logging.INFO)
    assert relay.complaint == "OSError: reset"


# --- a login that works -------------------------------------------------------------------------


def test_the_password_is_on_disk_only_while_it_is_needed(
    mediawiki: Witness, tmp_path: Path
) -> None:
    live = open_for(mediawiki, tmp_path)
    (file,) = (p for p in tmp_path.rglob("*") if p.is_file() and has(p, mediawiki.bot_password))
    assert mode(file) == 0o600
    live.close()
    assert not file.exists()


def has(path: Path, secret: str) -> bool:
    return secret.encode() in path.read_bytes()


def test_no_secret_is_logged(
    mediawiki: Witness, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="wikibot")
    live = open_for(mediawiki, tmp_path)
    live.load(["Main Page"])
    live.close()
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("wikibot")]
    assert ours
    assert not any(mediawiki.bot_password in line for line in ours)


@pytest.mark.own_wiki
def test_a_second_wiki_in_the_same_process(mediawiki: MediaWiki, tmp_path: Path) -> None:
    open_for(mediawiki, tmp_path / "one").close()
    mediawiki.configure("$wgSitename = 'Another';")
    live = open_for(mediawiki, tmp_path / "two")
    assert live.load(["Main Page"])["Main Page"].exists
    assert (tmp_path / "two" / "pywikibot" / f"pywikibot-{mediawiki.bot}.lwp").exists()
    live.close()


def test_the_wiki_is_told_who_asks(mediawiki: Witness, live: LiveWiki) -> None:
    from pywikibot.comms import http

    agents = []
    http.session.hooks["response"].append(
        lambda response, **_: agents.append(response.request.headers["User-Agent"])
    )
    live.load(["Main Page"])
    http.session.hooks["response"].pop()
    user_page = f"{mediawiki.api.removesuffix('api.php')}index.php?title=User:{mediawiki.bot}"
    assert all(a.startswith(f"wikibot/{__version__} ({user_page}) Pywikibot/11.") for a in agents)
    assert agents


# --- a login that does not ----------------------------------------------------------------------


def sentence(
    mediawiki: Witness, state_dir: Path, *, config: Config | None = None, **env: str
) -> str:
    """What is said when the wiki cannot be opened: one line that names the wiki."""
    config = config or config_for(mediawiki)
    environment = environment_for(mediawiki) | env
    with pytest.raises(WikiError) as raised:
        open_for(mediawiki, state_dir, config=config, environment=environment)
    said = str(raised.value)
    assert said.startswith(
        (f"{config.wiki.api}: ", f"{config.wiki.api}, account “{mediawiki.bot}”: ")
    )
    assert said.endswith(".")
    assert "\n" not in said
    assert raised.value.__cause__ is None
    assert not any(
        p.is_file() and has(p, environment["WIKIBOT_PASSWORD"]) for p in files(state_dir)
    )
    return said


def files(folder: Path) -> Iterator[Path]:
    yield from folder.rglob("*")


def test_a_wrong_password(mediawiki: Witness, tmp_path: Path) -> None:
    said = sentence(mediawiki, tmp_path, WIKIBOT_PASSWORD="hidden12")
    assert "the login was refused, check account and password" in said
    assert "hidden12" not in said


def test_no_password_asks_nobody(mediawiki: Witness, tmp_path: Path) -> None:
    with pytest.raises(WikiError, match="there is no password; set WIKIBOT_LOGIN"):
        open_for(mediawiki, tmp_path, environment={})


def test_nobody_is_there(mediawiki: Witness, tmp_path: Path) -> None:
    nowhere = config_for(mediawiki, api="http://127.0.0.1:1/w/api.php")
    said = sentence(mediawiki, tmp_path, config=nowhere)
    assert "Connection refused" in said


def test_an_address_that_is_not_the_api(mediawiki: Witness, tmp_path: Path) -> None:
    address = mediawiki.api.replace("api.php", "index.php/Main_Page/api.php")
    said = sentence(mediawiki, tmp_path, config=config_for(mediawiki, api=address))
    assert "check the address" in said
    assert "it is not JSON (HTTP status 404)" in said


@pytest.mark.own_wiki
def test_a_blocked_account(mediawiki: MediaWiki, tmp_path: Path) -> None:
    mediawiki.block(mediawiki.bot, reason="runs wild")
    said = sentence(mediawiki, tmp_path)
    assert f"the account “{mediawiki.bot}” or its address is blocked by Admin (runs wild)" in said


@pytest.mark.parametrize("line", ["('RosterBot', 'a', 'b', 'c', 'hidden')", "hidden", "'hidden'"])
def test_a_password_file_that_is_malformed(
    mediawiki: Witness, tmp_path: Path, capfd: pytest.CaptureFixture[str], line: str
) -> None:
    from pywikibot import config

    config.password_file, before = str(tmp_path / "passwords"), config.password_file
    (tmp_path / "passwords").write_text(line)
    try:
        with pytest.raises(WikiError, match="Pywikibot's password file") as raised:
            open_for(mediawiki, tmp_path, environment={})
    finally:
        config.password_file = before
    assert "hidden" not in f"{raised.value}{capfd.readouterr()}"


# --- OAuth --------------------------------------------------------------------------------------


def open_pretended(pretend: PretendWiki, state_dir: Path) -> LiveWiki:
    responses.add_callback(responses.POST, API, callback=pretend)
    return open_live(
        parse({"wiki": {"api": API, "user": USER}}),
        state_dir=state_dir,
        revisions=Revisions(),
        facts=Facts(),
        environment=OAUTH,
        retries=0,
    )


@responses.activate
def test_oauth(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="wikibot")
    pretend = PretendWiki()
    live = open_pretended(pretend, tmp_path)
    assert live.load(["Team"])["Team"].text == "* Ada"
    assert "OAuth " in pretend.headers["Authorization"]
    assert 'oauth_consumer_key="consumer-token"' in pretend.headers["Authorization"]
    live.close()
    said = [r.getMessage() for r in caplog.records if r.name.startswith("wikibot")]
    assert not any("hidden" in text for text in [*said, repr(live)])
    assert not any(p.is_file() and has(p, "hidden") for p in files(tmp_path))


@responses.activate
@pytest.mark.parametrize("target", ["http://wiki.example/w/api.php", "http://elsewhere.example/"])
def test_a_redirect_to_plain_http_is_not_followed(tmp_path: Path, target: str) -> None:
    followed = []
    for method in (responses.GET, responses.POST):
        responses.add(method, API, status=307, headers={"Location": target})
        followed.append(responses.add(method, target, json={"query": {}}))
    with pytest.raises(WikiError) as raised:
        open_live(
            parse({"wiki": {"api": API, "user": USER}}),
            state_dir=tmp_path,
            revisions=Revisions(),
            facts=Facts(),
            environment={"WIKIBOT_PASSWORD": "app@hidden"},
            retries=0,
        )
    host = target.split("/")[2]
    assert f"the wiki sends the bot on to http://{host}, without TLS" in str(raised.value)
    assert "hidden" not in str(raised.value)
    assert [response.call_count for response in followed] == [0, 0]


@responses.activate
def test_tokens_of_another_account(tmp_path: Path) -> None:
    with pytest.raises(WikiError, match=r"Logged in on .* via OAuth as OtherBot") as raised:
        open_pretended(PretendWiki(user="OtherBot"), tmp_path)
    assert "hidden" not in str(raised.value)


# --- a process of its own -----------------------------------------------------------------------

JOB = """
import json, sys
from datetime import date
from pathlib import Path
from wikibot.config import parse
from wikibot.state import open_state
from wikibot.wiki.live import open_live

asked = json.loads(sys.stdin.read())
config = parse({"wiki": asked["wiki"]})
state = open_state(config, directory=Path(asked["state"]))
wiki = open_live(config, state_dir=state.path, revisions=state.revisions, facts=state.facts)
wiki.site()
pages = wiki.load(asked["pages"])
wiki.exists(asked["links"])
wiki.accounts(asked["accounts"], since=date(2026, 1, 1))
stop = wiki.stop_reason()
print(json.dumps({"found": [t for t, p in pages.items() if p.exists], "requests": wiki.requests}))
wiki.close()
state.close()
"""


def run_alone(
    mediawiki: Witness,
    tmp_path: Path,
    *,
    arguments: tuple[str, ...] = (),
    environment: Mapping[str, str],
    pages: tuple[str, ...] = ("Main Page",),
) -> dict[str, object]:
    """Open the wiki in a new process and ask it something; what it found, how many requests."""
    here = tmp_path / "here"
    here.mkdir(exist_ok=True)
    asked = {
        "wiki": {"api": mediawiki.api, "user": mediawiki.bot},
        "state": str(tmp_path / "state"),
        "pages": pages,
        "links": ["Main Page"],
        "accounts": [mediawiki.bot],
    }
    done = subprocess.run(
        [sys.executable, "-c", JOB, *arguments],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=here,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_the_current_folder_and_the_command_line_are_left_alone(
    mediawiki: Witness, tmp_path: Path
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "user-config.py").write_text("raise SystemExit('executed')")
    answer = run_alone(
        mediawiki,
        tmp_path,
        arguments=("-dir:/nowhere", "-simulate", "-user:Other"),
        environment=environment_for(mediawiki),
    )
    assert answer["found"] == ["Main Page"]
    assert [p.name for p in files(tmp_path / "here")] == ["user-config.py"]


def test_pywikibot_files_instead_of_the_environment(mediawiki: Witness, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o700)
    shutil.copy(ROOT / "user-config.example.py", theirs / "user-config.py")
    app = mediawiki.bot_login.partition("@")[2]
    line = f"({mediawiki.bot!r}, BotPassword({app!r}, {mediawiki.bot_password!r}))\n"
    (theirs / "user-password.py").write_text(line)
    answer = run_alone(mediawiki, tmp_path, environment={"PYWIKIBOT_DIR": str(theirs)})
    assert answer["found"] == ["Main Page"]
    assert (theirs / "user-password.py").read_text() == line


@pytest.mark.own_wiki
def test_a_run_with_nothing_to_do_makes_few_requests(mediawiki: MediaWiki, tmp_path: Path) -> None:
    mediawiki.edit("Sandbox", "x", user=mediawiki.bot)
    pages = ("Main Page", *(f"Page {n}" for n in range(999)))
    environment = environment_for(mediawiki)
    run_alone(mediawiki, tmp_path, environment=environment, pages=pages)
    before = mediawiki.requests_made
    answer = run_alone(mediawiki, tmp_path, environment=environment, pages=pages)
    who_are_we, titles, stop_page = 1, 2, 1
    assert mediawiki.requests_made - before == who_are_we + titles + stop_page
    assert answer["requests"] == mediawiki.requests_made - before
