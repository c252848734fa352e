"""Reading a real MediaWiki."""

import re
from pathlib import Path

import pytest
import requests

from tests.mediawiki import MediaWiki, Witness
from tests.wiki.opening import open_for
from wikibot.errors import WikiError
from wikibot.wiki.live import LiveWiki

# --- pages ------------------------------------------------------------------------------------


def test_pages_by_the_title_that_was_asked_for(mediawiki: Witness, live: LiveWiki) -> None:
    first = mediawiki.edit("Team page", "* Ada")
    second = mediawiki.edit("Straße Å", "x")
    mediawiki.edit("Old team", "#REDIRECT [[Team page]]")
    asked = ["Team page", "team_page", "A\u030a", "Straße A\u030a", "Old team", "No such page"]
    pages = live.load(asked)
    assert list(pages) == asked
    assert (pages["Team page"].text, pages["Team page"].revision) == ("* Ada", first)
    assert pages["team_page"].revision == first
    assert pages["Straße A\u030a"].revision == second
    assert pages["Old team"].redirect
    assert not pages["Team page"].redirect
    assert not pages["No such page"].exists
    assert {page.problem for page in pages.values()} == {""}
    assert [page.title for page in pages.values()] == asked


@pytest.mark.parametrize("title", ["A|B", "A[b]", "", "Special:Version", "a" * 256, "wikipedia:A"])
def test_a_title_that_no_page_has_is_a_problem_of_its_own(live: LiveWiki, title: str) -> None:
    pages = live.load([title, "Main Page"])
    assert title in pages[title].problem
    assert pages[title].problem.endswith(".")
    assert not pages[title].exists
    assert pages["Main Page"].exists


def test_the_content_model_is_known(mediawiki: Witness, live: LiveWiki) -> None:
    mediawiki.edit("User:Admin/data.json", "{}")
    assert live.load(["User:Admin/data.json"])["User:Admin/data.json"].model == "json"


@pytest.mark.own_wiki
def test_a_bot_asks_for_500_pages_at_once(mediawiki: MediaWiki, live: LiveWiki) -> None:
    before = mediawiki.requests_made
    live.load(f"Page {n}" for n in range(1001))
    assert mediawiki.requests_made - before == 3


@pytest.mark.own_wiki
def test_others_ask_for_50_pages_at_once(mediawiki: MediaWiki, tmp_path: Path) -> None:
    mediawiki.configure("$wgGroupPermissions['bot']['apihighlimits'] = false;")
    live = open_for(mediawiki, tmp_path)
    before = mediawiki.requests_made
    assert len(live.load(f"Page {n}" for n in range(101))) == 101
    assert mediawiki.requests_made - before == 3
    live.close()


@pytest.mark.own_wiki
def test_texts_that_do_not_fit_into_one_answer(mediawiki: MediaWiki, live: LiveWiki) -> None:
    texts = {f"Page {n}": f"{n} " * 1000 for n in range(5)}
    mediawiki.import_pages(texts)
    mediawiki.configure("$wgAPIMaxResultSize = 8192;")
    pages = live.load(texts)
    assert {title: page.text for title, page in pages.items()} == {
        title: text.strip() for title, text in texts.items()
    }


def test_a_text_is_transferred_once(mediawiki: Witness, live: LiveWiki) -> None:
    mediawiki.import_pages({"A": "a", "B": "b"})
    live.load(["A", "B"])
    before = live.requests
    assert live.load(["A", "B"])["B"].text == "b"
    assert live.requests - before == 1
    mediawiki.edit("B", "new")
    assert live.load(["A", "B"])["B"].text == "new"


def test_which_pages_exist(mediawiki: Witness, live: LiveWiki) -> None:
    mediawiki.edit("There", "x")
    asked = ["There", "there", "Not there", "File:Not there.png", "Special:Version", "A|B"]
    assert live.exists(asked) == {
        "There": True,
        "there": True,
        "Not there": False,
        "File:Not there.png": False,
        "Special:Version": True,
        "A|B": False,
    }


def test_what_exists_is_not_asked_for_again_and_what_does_not_is(
    mediawiki: Witness, live: LiveWiki
) -> None:
    mediawiki.edit("There", "x")
    live.exists(["There", "Red link"])
    mediawiki.edit("Red link", "x")
    assert live.exists(["There", "Red link"]) == {"There": True, "Red link": True}
    before = live.requests
    assert live.exists(["There", "Red link"]) == {"There": True, "Red link": True}
    assert live.requests == before


def test_the_names_of_the_wiki(mediawiki: Witness, live: LiveWiki) -> None:
    site = live.site()
    assert site.name == mediawiki.query(meta="siteinfo")["general"]["sitename"]
    assert site.language == "en"
    assert site.user_prefixes == {"user"}
    assert site.file_prefixes == {"file", "image"}
    assert {"user talk", "project", "special", "template", "talk"} <= site.namespaces
    assert {"talk", "user talk", "category talk"} <= site.talk_prefixes
    assert site.special_prefixes == {"special", "media"}
    assert "" not in site.namespaces
    assert "wikipedia" in site.interwikis


def test_what_the_wiki_can_do(
    mediawiki: Witness, live: LiveWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pywikibot.site._siteinfo import Siteinfo

    said = mediawiki.query(meta="siteinfo", siprop="general|namespaces")
    assert live.site().scribunto == ("828" in said["namespaces"])
    assert live.site().max_page_bytes == said["general"]["maxarticlesize"]
    there = Siteinfo.__getitem__

    def smaller(self: Siteinfo, key: str) -> object:
        found = there(self, key)
        return {**found, "maxarticlesize": 512 * 1024} if key == "general" else found

    monkeypatch.setattr(Siteinfo, "__getitem__", smaller)
    assert live.site().max_page_bytes == 512 * 1024


@pytest.mark.own_wiki
def test_links_for_readers(mediawiki: MediaWiki, live: LiveWiki) -> None:
    title = 'Übung: 1+1 & "mehr"?/Teil 1'
    old = mediawiki.edit(title, "the first text")
    mediawiki.edit(title, "the second text")
    now = requests.get(live.url(title), timeout=60)
    then = requests.get(live.url(title, revision=old, line=7), timeout=60)
    assert "the second text" in now.text
    assert "the first text" in then.text


# --- the shut-off page --------------------------------------------------------------------------


@pytest.mark.own_wiki
def test_a_shut_off_page_that_cannot_be_read_is_set(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.configure("http_response_code(500); exit('broken');")
    reason = live.stop_reason()
    assert reason is not None
    assert re.fullmatch(r"The shut-off page “.*” cannot be read: .*500.*\.", reason)


# --- whether anything can be saved --------------------------------------------------------------


@pytest.mark.own_wiki
def test_a_read_only_wiki_says_why_and_is_asked_afresh(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    assert live.why_not_writable() is None
    mediawiki.configure("$wgReadOnly = 'moving house';")
    reason = f"{mediawiki.api}: the wiki is read-only: moving house; try again later."
    assert live.why_not_writable() == reason
    mediawiki.configure("$wgReadOnly = false;")
    assert live.why_not_writable() is None


@pytest.mark.own_wiki
def test_a_blocked_account_can_save_nothing(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.block(mediawiki.bot, reason="runs wild")
    assert live.why_not_writable() == (
        f"{mediawiki.api}: the account “{mediawiki.bot}” or its address is blocked by Admin "
        "(runs wild); find out why before it edits again."
    )
    mediawiki.unblock(mediawiki.bot)
    assert live.why_not_writable() is None


@pytest.mark.own_wiki
def test_an_account_that_is_blocked_from_one_page_can_save_others(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    mediawiki.block(mediawiki.bot, partial="1", pagerestrictions="Main Page", allowusertalk="1")
    assert live.why_not_writable() is None


@pytest.mark.own_wiki
@pytest.mark.parametrize(
    ("revoked", "lacking"),
    [
        (["edit"], "the right edit;"),
        (["edit", "createpage"], "the rights edit and createpage;"),
        (["createpage"], ""),  # what is there can be saved
    ],
)
def test_rights_that_the_account_lacks(
    mediawiki: MediaWiki, live: LiveWiki, revoked: list[str], lacking: str
) -> None:
    for right in revoked:
        mediawiki.configure(f"$wgRevokePermissions['bot']['{right}'] = true;")
    reason = live.why_not_writable()
    assert (f"“{mediawiki.bot}” lacks {lacking}" in reason) if reason else not lacking


@pytest.mark.own_wiki
def test_whether_pages_can_be_saved_is_one_request(mediawiki: MediaWiki, live: LiveWiki) -> None:
    before = mediawiki.requests_made
    live.why_not_writable()
    assert mediawiki.requests_made - before == 1


@pytest.mark.own_wiki
def test_a_wiki_that_does_not_say_whether_it_can_be_written(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    mediawiki.configure("http_response_code(500); exit('broken');")
    reason = live.why_not_writable()
    assert reason is not None
    assert re.fullmatch(r"Whether pages can be saved cannot be found out: .*500.*\.", reason)


@pytest.mark.own_wiki
def test_a_session_that_has_run_out_does_not_take_rights_away(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    from pywikibot.comms import http

    mediawiki.configure("$wgGroupPermissions['*']['edit'] = false;")
    http.cookie_jar.clear()
    assert live.why_not_writable() is None


@pytest.mark.own_wiki
def test_a_read_only_wiki_lets_nobody_log_in_and_that_is_what_is_said(
    mediawiki: MediaWiki, tmp_path: Path
) -> None:
    mediawiki.configure("$wgReadOnly = 'moving house';")
    with pytest.raises(WikiError, match=r"try later: the wiki is read-only: moving house\.$"):
        open_for(mediawiki, tmp_path)
