"""The harness itself: what the other tests rely on."""

import os
import select
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from tests.mediawiki import MediaWiki, Unavailable, server, start
from tests.mediawiki.witness import ApiError


def test_the_wiki_answers_and_is_of_its_version(mediawiki: MediaWiki) -> None:
    general = mediawiki.query(meta="siteinfo")["general"]
    assert general["generator"].startswith(f"MediaWiki {mediawiki.version}")


def test_history_is_newest_first_and_says_who_and_how(mediawiki: MediaWiki) -> None:
    first = mediawiki.edit("Team", "* Ada", summary="start")
    second = mediawiki.edit("Team", "* Ada\n* Grace", user=mediawiki.bot, bot="1", minor="1")
    assert mediawiki.text("Team") == "* Ada\n* Grace"
    newest, oldest = mediawiki.history("Team")
    assert (newest.id, newest.user, newest.bot, newest.minor) == (second, "RosterBot", True, True)
    assert (oldest.id, oldest.user, oldest.bot, oldest.comment) == (first, "Admin", False, "start")


def test_a_page_that_is_not_there_has_no_text_and_no_history(mediawiki: MediaWiki) -> None:
    assert mediawiki.text("Nowhere") is None
    assert mediawiki.history("Nowhere") == []


def test_pages_are_imported_moved_and_deleted(mediawiki: MediaWiki) -> None:
    mediawiki.import_pages({"Team": "* Ada", "Team/Updates": "All is well."})
    mediawiki.move("Team", "Crew")
    mediawiki.delete("Team/Updates")
    assert mediawiki.text("Team") == "#REDIRECT [[Crew]]"
    assert mediawiki.text("Crew") == "* Ada"
    assert mediawiki.text("Team/Updates") is None
    users = [revision.user for revision in mediawiki.history("Crew")]
    assert users in (["Admin"] * 2, ["Admin"] * 3)  # a real import is noted as one more


def test_a_protected_page_refuses_the_bot(mediawiki: MediaWiki) -> None:
    mediawiki.edit("Team", "* Ada")
    mediawiki.protect("Team")
    mediawiki.protect("Not yet")
    for title in ("Team", "Not yet"):
        with pytest.raises(ApiError, match="protected"):
            mediawiki.edit(title, "* Grace", user=mediawiki.bot)


def test_a_blocked_account_is_refused_until_it_is_unblocked(mediawiki: MediaWiki) -> None:
    mediawiki.block(mediawiki.bot)
    with pytest.raises(ApiError) as refused:
        mediawiki.edit("Team", "* Ada", user=mediawiki.bot)
    assert refused.value.code == "blocked"
    mediawiki.unblock(mediawiki.bot)
    assert mediawiki.edit("Team", "* Ada", user=mediawiki.bot)


@pytest.mark.own_wiki
def test_reset_leaves_nothing_of_what_was_before(mediawiki: MediaWiki) -> None:
    for text in ("one", "two", "three"):
        assert mediawiki.text("Team") is None
        revision = mediawiki.edit("Team", text)
        mediawiki.create_account("Ada")
        mediawiki.configure("$wgSitename = 'Changed';")
        assert mediawiki.text("Team") == text
        assert mediawiki.query(meta="siteinfo")["general"]["sitename"] == "Changed"
        mediawiki.reset()
        assert mediawiki.query(meta="siteinfo")["general"]["sitename"] == "Wiki"
        assert mediawiki.edit("Other", "the same number") == revision
        mediawiki.reset()


@pytest.mark.own_wiki
def test_settings_hold_from_the_next_request_on(mediawiki: MediaWiki) -> None:
    for reason in ("moving house", "still moving"):
        mediawiki.configure(f"$wgReadOnly = '{reason}';")
        assert mediawiki.query(meta="siteinfo")["general"]["readonlyreason"] == reason
    with pytest.raises(ApiError) as refused:
        mediawiki.edit("Team", "* Ada")
    assert refused.value.code == "readonly"


@pytest.mark.own_wiki
def test_edits_of_other_days(mediawiki: MediaWiki) -> None:
    monday = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    friday = datetime(2026, 11, 6, 17, tzinfo=UTC)
    mediawiki.edit("Team", "one", at=monday)
    mediawiki.edit("Team", "two", user=mediawiki.bot, at=friday)
    seen = [(r.timestamp, r.user) for r in mediawiki.history("Team")]
    assert seen == [("2026-11-06T17:00:00Z", "RosterBot"), ("2026-11-02T09:30:00Z", "Admin")]
    changes = mediawiki.query(list="recentchanges", rctitle="Team", rcprop="timestamp")
    assert [c["timestamp"] for c in changes["recentchanges"]] == [t for t, _ in seen]
    back_then = mediawiki.query(
        titles="Team", prop="revisions", rvprop="content", rvslots="main",
        rvstart="2026-11-03T00:00:00Z", rvlimit="1",
    )["pages"][0]["revisions"]  # fmt: skip
    assert [r["slots"]["main"]["content"] for r in back_then] == ["one"]


@pytest.mark.own_wiki
def test_the_wikis_clock_stands_until_it_is_set_again(mediawiki: MediaWiki) -> None:
    monday = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    friday = datetime(2026, 11, 6, 17, tzinfo=UTC)
    mediawiki.set_clock(friday)
    with mediawiki.clock(monday):
        mediawiki.edit("Team", "one")
        mediawiki.move("Team", "Crew")
    mediawiki.edit("Crew", "two")
    mediawiki.set_clock(None)
    mediawiki.edit("Crew", "three")
    now, *before = (r.timestamp for r in mediawiki.history("Crew"))
    assert before == ["2026-11-06T17:00:00Z", "2026-11-02T09:30:00Z", "2026-11-02T09:30:00Z"]
    since = datetime.now(UTC) - datetime.fromisoformat(now)
    assert abs(since.total_seconds()) < 3600


@pytest.mark.own_wiki
def test_reset_puts_the_clock_right(mediawiki: MediaWiki) -> None:
    mediawiki.set_clock(datetime(2026, 11, 2, tzinfo=UTC))
    mediawiki.reset()
    mediawiki.edit("Team", "one")
    assert not mediawiki.history("Team")[0].timestamp.startswith("2026-11-02")


@pytest.mark.own_wiki
def test_a_text_that_was_hidden(mediawiki: MediaWiki) -> None:
    old = mediawiki.edit("Team", "secret")
    mediawiki.edit("Team", "open")
    mediawiki.hide("Team", old)
    (page,) = mediawiki.query(revids=str(old), prop="revisions", rvprop="content", rvslots="main")[
        "pages"
    ]
    assert page["revisions"][0]["slots"]["main"] == {"texthidden": True}


@pytest.mark.own_wiki
def test_accounts_edit_and_are_renamed(mediawiki: MediaWiki) -> None:
    mediawiki.create_account("Ada", groups=["bot"])
    mediawiki.edit("User:Ada", "It is me.", user="Ada", bot="1")
    mediawiki.rename("Ada", "Ada Lovelace")
    mediawiki.edit("Team", "* me", user="Ada Lovelace")
    assert mediawiki.text("User:Ada Lovelace") == "It is me."
    assert mediawiki.history("Team")[0].user == "Ada Lovelace"
    (entry,) = mediawiki.query(list="logevents", letype="renameuser")["logevents"]
    assert entry["params"] == entry["params"] | {"olduser": "Ada", "newuser": "Ada Lovelace"}


@pytest.mark.own_wiki
def test_an_abuse_filter_refuses_what_it_matches(mediawiki: MediaWiki) -> None:
    mediawiki.abuse_filter('added_lines contains "lottery"')
    with pytest.raises(ApiError) as refused:
        mediawiki.edit("Team", "Win the lottery", user=mediawiki.bot)
    assert refused.value.code == "abusefilter-disallowed"
    assert mediawiki.edit("Team", "* Ada", user=mediawiki.bot)


@pytest.mark.own_wiki
def test_requests_are_counted_except_the_harness_own(mediawiki: MediaWiki) -> None:
    mediawiki.edit("Team", "* Ada")
    assert mediawiki.requests_made == 0
    requests.get(mediawiki.api, {"action": "query", "titles": "Team"}, timeout=60)
    requests.post(mediawiki.api, {"action": "login", "lgpassword": "secret"}, timeout=60)
    requests.get(f"{mediawiki.url}/index.php/Team", timeout=60)
    query, login, view = mediawiki.request_log()
    assert (query.method, query.action, query.params["titles"]) == ("GET", "query", "Team")
    assert (login.method, login.action, login.params["lgpassword"]) == ("POST", "login", "***")
    assert (view.path, view.action) == ("/index.php/Team", "")
    assert mediawiki.requests_made == 3


@pytest.mark.own_wiki
def test_lua_and_parser_functions_work(mediawiki: MediaWiki) -> None:
    mediawiki.edit("Module:Hello", "return { world = function() return 'from Lua' end }")
    mediawiki.edit("Team", "{{#invoke:Hello|world}} {{#ifexist:Module:Hello|and|not}}")
    html = mediawiki.call(None, action="parse", page="Team")["parse"]["text"]
    assert "from Lua and" in html


@pytest.mark.own_wiki
def test_a_server_that_cannot_start_says_why(
    mediawiki: MediaWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = int(mediawiki.url.rpartition(":")[2])
    monkeypatch.setattr(server, "_free_port", lambda: taken)
    monkeypatch.setattr(MediaWiki, "_answers", lambda _: False)
    with pytest.raises(Unavailable, match="in use"):
        start(mediawiki.version)


@pytest.mark.own_wiki
def test_the_server_ends_with_the_process_that_started_it(mediawiki: MediaWiki) -> None:
    program = (
        "import sys\n"
        "from tests.mediawiki import start\n"
        "wiki = start(sys.argv[1])\n"
        "print(wiki.pid, wiki.api, wiki.folder, flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, mediawiki.version]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as child:
        assert child.stdout is not None
        pid, api, folder = child.stdout.readline().split()
        assert requests.get(api, timeout=60).ok
        supervisor = os.pidfd_open(int(pid))
        child.kill()
    ended, _, _ = select.select([supervisor], [], [], 60)
    os.close(supervisor)
    assert ended
    with pytest.raises(requests.ConnectionError):
        requests.get(api, timeout=60)
    assert not Path(folder).exists()
