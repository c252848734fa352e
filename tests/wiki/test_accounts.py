"""What is found out about accounts."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from tests.mediawiki import MediaWiki, Witness
from wikibot.model import Account
from wikibot.wiki.accounts import look_up
from wikibot.wiki.live import LiveWiki
from wikibot.wiki.query import Query

SINCE = date(2026, 1, 1)


def today() -> date:
    return datetime.now(UTC).date()


def test_names_that_are_no_account(live: LiveWiki) -> None:
    names = ["Nobody here", "192.0.2.1", "A|B", "A#B", "", "  ", "a" * 300]
    found = live.accounts(names, since=today())
    assert found == {name: Account(name, exists=False) for name in names}


def test_an_account_by_every_spelling_of_its_name(mediawiki: Witness, live: LiveWiki) -> None:
    bot = mediawiki.bot
    names = [bot, bot[0].lower() + bot[1:], f" {bot}_"]
    found = live.accounts(names, since=today())
    assert [found[name].name for name in names] == [bot] * 3
    assert all(account.exists for account in found.values())


@pytest.mark.own_wiki
def test_who_edited_lately_is_active(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.create_account("Ada")
    mediawiki.edit("Sandbox", "x", user="Ada")
    now = live.accounts(["Ada"], since=today() - timedelta(days=90))["Ada"]
    assert now.active
    assert now.last_edit is not None
    assert now.last_edit >= today() - timedelta(days=1)
    later = live.accounts(["Admin"], since=today() + timedelta(days=2))
    assert later["Admin"].active is False


@pytest.mark.own_wiki
def test_a_new_account_is_not_inactive(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.create_account("Grace")
    found = live.accounts(["Grace"], since=today() - timedelta(days=1))
    assert (found["Grace"].active, found["Grace"].last_edit) == (True, None)


@pytest.mark.own_wiki
def test_a_partial_block_is_no_block(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.create_account("Ada")
    mediawiki.create_account("Grace")
    mediawiki.block("Ada")
    mediawiki.block("Grace", partial="1", pagerestrictions="Main Page", allowusertalk="1")
    found = live.accounts(["Ada", "Grace"], since=today())
    assert (found["Ada"].blocked, found["Grace"].blocked) == (True, False)


@pytest.mark.own_wiki
def test_the_new_name_is_found_over_several_renames(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.create_account("Old Ada")
    mediawiki.rename("Old Ada", "Ada B")
    mediawiki.rename("Ada B", "Ada (Example)")
    found = live.accounts(["old_Ada", "Ada (Example)"], since=today())
    assert found["old_Ada"].renamed_to == "Ada (Example)"
    assert not found["old_Ada"].exists
    assert found["Ada (Example)"].exists
    assert found["Ada (Example)"].renamed_to is None


@pytest.mark.own_wiki
def test_good_news_is_not_asked_for_again_and_bad_news_is(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    mediawiki.edit("Sandbox", "x", user=mediawiki.bot)
    names = [mediawiki.bot, "Ada"]
    first = live.accounts(names, since=SINCE)
    assert (first[mediawiki.bot].active, first["Ada"].exists) == (True, False)
    mediawiki.create_account("Ada")
    mediawiki.edit("Sandbox", "y", user="Ada")
    second = live.accounts(names, since=SINCE)
    assert (second[mediawiki.bot].active, second["Ada"].active) == (True, True)
    before = live.requests
    third = live.accounts(names, since=SINCE)
    assert (third[mediawiki.bot].active, third["Ada"].active) == (True, True)
    assert live.requests == before


@pytest.mark.own_wiki
def test_500_accounts_are_asked_for_at_once(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.configure("unset( $wgLogTypes[array_search('renameuser', $wgLogTypes)] );")
    before = mediawiki.requests_made
    found = live.accounts([f"192.0.2.{n}" for n in range(501)], since=today())
    assert not any(account.exists for account in found.values())
    assert mediawiki.requests_made - before == 2


# --- a busy wiki --------------------------------------------------------------------------------


class Busy:
    """Stands for :class:`Query` on a wiki whose answers hold three edits at most."""

    limit = 500

    def __init__(self, edits: Mapping[str, list[str]]) -> None:
        self.edits = edits
        self.questions = 0

    def __call__(self, **asked: Any) -> Iterator[Mapping[str, Any]]:
        self.questions += 1
        if asked["list"] == "users":
            registered = {"userid": 1, "registration": "2020-01-01T00:00:00Z"}
            yield {"users": [{"name": name, **registered} for name in asked["ususers"]]}
            return
        edits = [
            {"user": user, "timestamp": f"{day}T12:00:00Z"}
            for user in asked["ucuser"]
            for day in self.edits[user]
        ]
        yield {"usercontribs": edits[:3]}
        raise AssertionError("the answer was continued")


def test_one_who_edits_all_the_time_hides_nobody() -> None:
    days = [f"2026-11-{day:02}" for day in range(20, 0, -1)]
    busy = Busy({"Ada": days, "Ben": days[5:7], "Grace": days, "Idle": []})
    found = look_up(cast(Query, busy), list(busy.edits), since=SINCE, renames=True)
    assert {name: account.last_edit for name, account in found.items()} == {
        "Ada": date(2026, 11, 20),
        "Ben": date(2026, 11, 15),
        "Grace": date(2026, 11, 20),
        "Idle": None,
    }
    assert [account.active for account in found.values()] == [True, True, True, False]
    assert busy.questions == 4


# --- renames whose end is gone ------------------------------------------------------------------


class Renaming:
    """Stands for :class:`Query` on a wiki with these accounts and this log of renames."""

    limit = 500

    def __init__(self, accounts: set[str], log: Mapping[str, str]) -> None:
        self.accounts = accounts
        self.log = log

    def __call__(self, **asked: Any) -> Iterator[Mapping[str, Any]]:
        match asked["list"]:
            case "users":
                names = asked["ususers"]
                gone = {"missing": True}
                yield {"users": [{"name": n} | ({} if n in self.accounts else gone) for n in names]}
            case "logevents":
                new = self.log.get(asked["letitle"].removeprefix("User:"))
                yield {"logevents": [{"params": {"newuser": new}}] if new else []}
            case "usercontribs":
                yield {"usercontribs": []}


def test_a_new_name_that_is_no_account_is_not_offered() -> None:
    wiki = Renaming({"Grace B"}, {"Ada": "Ada B", "Ada B": "Ada C", "Grace": "Grace B"})
    found = look_up(cast(Query, wiki), ["Ada", "Grace"], since=SINCE, renames=True)
    assert {name: account.renamed_to for name, account in found.items()} == {
        "Ada": None,
        "Grace": "Grace B",
    }
