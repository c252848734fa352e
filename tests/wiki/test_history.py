"""Pages of a real MediaWiki as they stood at a moment, and in how many requests."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.mediawiki import MediaWiki
from tests.wiki.opening import Revisions
from wikibot.model import Edit, Page
from wikibot.wiki.history import newest_of
from wikibot.wiki.live import LiveWiki
from wikibot.wiki.query import Query

pytestmark = pytest.mark.own_wiki

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
THEN = MONDAY + 7 * DAY


def edits(wiki: MediaWiki, title: str, *texts: str, since: datetime) -> list[int]:
    """The texts are saved, one a day from ``since`` on; the numbers of the revisions."""
    return [wiki.edit(title, text, at=since + n * DAY) for n, text in enumerate(texts)]


def then(live: LiveWiki, *titles: str, moment: datetime = THEN) -> dict[str, Page]:
    return live.as_of(live.load(titles).values(), moment)


# --- what is loaded -----------------------------------------------------------------------------


def test_a_page_says_when_it_was_saved_and_what_was_before(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    first, second = edits(mediawiki, "Team", "one", "two", since=MONDAY)
    edits(mediawiki, "New", "one", since=MONDAY)
    live.load(["None"])  # asks about the wiki first
    before = mediawiki.requests_made
    pages = live.load(["Team", "New", "None", "A|B"])
    assert mediawiki.requests_made - before == 2  # which revisions, their texts
    assert (pages["Team"].revision, pages["Team"].parent) == (second, first)
    assert pages["Team"].saved == MONDAY + DAY
    assert (pages["New"].saved, pages["New"].parent) == (MONDAY, 0)
    assert (pages["None"].saved, pages["None"].parent) == (None, None)
    assert (pages["A|B"].saved, pages["A|B"].parent) == (None, None)


# --- as they stood ------------------------------------------------------------------------------


def test_pages_that_have_not_changed_since_need_no_question(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    edits(mediawiki, "Team", "one", "two", since=MONDAY)
    edits(mediawiki, "New", "one", since=THEN + DAY)
    pages = live.load(["Team", "New", "None", "A|B"])
    before = mediawiki.requests_made
    found = live.as_of(pages.values(), THEN)
    assert mediawiki.requests_made == before
    assert found == pages | {"New": Page("New")}
    assert list(found) == list(pages)
    assert live.as_of([], THEN) == {}


@pytest.mark.parametrize("since", range(1, 6))
def test_a_page_that_was_edited_since(mediawiki: MediaWiki, live: LiveWiki, since: int) -> None:
    first, second = edits(mediawiki, "Team", "one", "two", since=MONDAY)
    edits(mediawiki, "Team", *(f"new {n}" for n in range(since)), since=THEN + DAY)
    assert then(live, "Team") == {
        "Team": Page("Team", "two", second, saved=MONDAY + DAY, parent=first)
    }


def test_the_edits_of_a_page_may_all_be_later(mediawiki: MediaWiki, live: LiveWiki) -> None:
    for number in range(1, 6):
        edits(mediawiki, f"Team {number}", *"abcdef"[:number], since=THEN + DAY)
    titles = [f"Team {number}" for number in range(1, 6)]
    pages = live.load(titles)
    before = mediawiki.requests_made
    assert live.as_of(pages.values(), THEN) == {title: Page(title) for title in titles}
    assert mediawiki.requests_made - before == 4  # two steps back, the two that are left


def test_the_very_second_of_an_edit_belongs_to_it(mediawiki: MediaWiki, live: LiveWiki) -> None:
    for title, later in (("Now", 0), ("Later", 1), ("Often", 5)):
        edits(mediawiki, title, "old", since=MONDAY)
        mediawiki.edit(title, "same second", at=THEN)
        mediawiki.edit(title, "new", at=THEN)
        edits(mediawiki, title, *"abcdef"[:later], since=THEN + DAY)
    second = timedelta(seconds=1)
    at = {moment: then(live, "Now", "Later", "Often", moment=moment) for moment in (
        THEN - second, THEN, THEN + second - timedelta(microseconds=1)
    )}  # fmt: skip
    assert [[page.text for page in found.values()] for found in at.values()] == [
        ["old"] * 3,
        ["new"] * 3,
        ["new"] * 3,
    ]


def test_redirects_and_content_models_are_those_of_then(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    edits(mediawiki, "Crew", "#REDIRECT [[Team]]", since=MONDAY)
    edits(mediawiki, "Crew", "* Ada", since=THEN + DAY)
    edits(mediawiki, "Staff", "* Ada", since=MONDAY)
    edits(mediawiki, "Staff", "#REDIRECT [[Team]]", since=THEN + DAY)
    mediawiki.edit("Data", '{"Ada": 1}', at=MONDAY, contentmodel="json")
    mediawiki.configure("$wgGroupPermissions['sysop']['editcontentmodel'] = true;")
    with mediawiki.clock(THEN + DAY):
        fields = {"title": "Data", "model": "text", "summary": "for a test"}
        mediawiki.write("changecontentmodel", **fields)
    pages = live.load(["Crew", "Staff", "Data"])
    found = live.as_of(pages.values(), THEN)
    assert [(page.redirect, page.model) for page in pages.values()] == [
        (False, "wikitext"), (True, "wikitext"), (False, "text"),
    ]  # fmt: skip
    assert [(page.redirect, page.model) for page in found.values()] == [
        (True, "wikitext"), (False, "wikitext"), (False, "json"),
    ]  # fmt: skip


def test_a_redirect_in_the_language_of_the_wiki(
    mediawiki: MediaWiki, live: LiveWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pywikibot.site._siteinfo import Siteinfo

    real = Siteinfo.get

    def german(of: Siteinfo, key: str, *args: Any, **options: Any) -> Any:
        """Pywikibot keeps what it learnt of this wiki in other tests, so it is not asked."""
        words = [{"name": "redirect", "aliases": ["#WEITERLEITUNG", "#REDIRECT"]}]
        return words if key == "magicwords" else real(of, key, *args, **options)

    monkeypatch.setattr(Siteinfo, "get", german)
    edits(mediawiki, "Crew", "#WEITERLEITUNG [[Team]]", "* Ada", since=THEN)
    assert then(live, "Crew")["Crew"].redirect


def test_titles_are_as_they_were_asked_for(mediawiki: MediaWiki, live: LiveWiki) -> None:
    edits(mediawiki, "Équipe Å", "old", "new", since=THEN)
    edits(mediawiki, "User:Ada/Équipe", "old", *"abcde", since=THEN)
    asked = ["E\u0301quipe A\u030a", "équipe_Å", "user:ada/E\u0301quipe"]
    found = then(live, *asked)
    assert [(title, page.title, page.text) for title, page in found.items()] == [
        (title, title, "old") for title in asked
    ]


def test_a_page_that_was_moved_since_takes_its_history_along(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    edits(mediawiki, "Crew", "old", since=MONDAY)
    with mediawiki.clock(THEN + DAY):
        mediawiki.move("Crew", "Team")
    found = then(live, "Crew", "Team")
    assert found["Team"].text == "old"
    assert not found["Crew"].exists


def test_a_page_that_was_deleted_since_is_not_there(mediawiki: MediaWiki, live: LiveWiki) -> None:
    edits(mediawiki, "Team", "one", "two", since=MONDAY)
    with mediawiki.clock(THEN + DAY):
        mediawiki.delete("Team")
    assert then(live, "Team") == {"Team": Page("Team")}


def test_a_page_that_is_deleted_in_this_very_moment(mediawiki: MediaWiki, live: LiveWiki) -> None:
    edits(mediawiki, "Team", "old", "new", since=THEN)
    pages = live.load(["Team"])
    mediawiki.delete("Team")
    found = live.as_of(pages.values(), THEN)["Team"]
    assert not found.exists
    assert found.problem == f"“Team”: the wiki does not show revision {pages['Team'].revision}."


def test_a_text_that_is_hidden_is_a_problem_of_that_page(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    (old, _) = edits(mediawiki, "Team", "secret", "new", since=THEN)
    edits(mediawiki, "Other", "old", "new", since=THEN)
    mediawiki.hide("Team", old)
    found = then(live, "Team", "Other")
    assert found["Team"] == Page("Team", problem=f"“Team”: the wiki does not show revision {old}.")
    assert found["Other"].text == "old"


def test_a_revision_between_that_is_hidden_does_no_harm(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    _, between, _ = edits(mediawiki, "Team", "old", "secret", "new", since=THEN)
    mediawiki.hide("Team", between, what="content|comment|user")
    assert then(live, "Team")["Team"].text == "old"


def test_a_parent_that_is_gone(mediawiki: MediaWiki, live: LiveWiki) -> None:
    """A page whose middle revision stayed deleted when the others came back."""
    old, between, new = edits(mediawiki, "Team", "old", "between", "new", since=THEN)
    mediawiki.delete("Team")
    stamps = [f"{THEN + n * DAY:%Y-%m-%dT%H:%M:%SZ}" for n in (0, 2)]
    mediawiki.write("undelete", title="Team", timestamps="|".join(stamps), reason="for a test")
    point_at(mediawiki, new, parent=between)  # as wikis had it before MediaWiki looked after it
    page = live.load(["Team"])["Team"]
    assert (page.revision, page.parent) == (new, between)
    found = live.as_of([page], THEN)["Team"]
    assert (found.text, found.revision) == ("old", old)


def test_a_parent_that_belongs_to_another_page(mediawiki: MediaWiki, live: LiveWiki) -> None:
    """As merging of histories leaves it."""
    (elsewhere,) = edits(mediawiki, "Other", "not of this page", since=MONDAY)
    old, new = edits(mediawiki, "Team", "old", "new", since=THEN)
    point_at(mediawiki, new, parent=elsewhere)
    found = then(live, "Team")["Team"]
    assert (found.text, found.revision) == ("old", old)


def point_at(wiki: MediaWiki, revision: int, *, parent: int) -> None:
    """Make another revision the parent of one, in the database."""
    with closing(sqlite3.connect(wiki.database, timeout=60)) as database, database:
        change = "UPDATE revision SET rev_parent_id = ? WHERE rev_id = ?"
        assert database.execute(change, (parent, revision)).rowcount == 1


# --- in how many requests -----------------------------------------------------------------------


def test_many_pages_are_asked_about_together(mediawiki: MediaWiki, live: LiveWiki) -> None:
    titles = [f"Team {number}" for number in range(24)]
    for title in titles[::3]:
        edits(mediawiki, title, "old", since=THEN)
    once, twice = ["old"], ["old", "new"]  # with the import, edited once or twice since
    texts = dict.fromkeys(titles[1::3], once) | dict.fromkeys(titles[2::3], twice)
    mediawiki.import_histories(texts, user="Ada", since=THEN)
    pages = live.load(titles)
    before = mediawiki.requests_made
    found = live.as_of(pages.values(), THEN)
    assert {page.text for page in found.values()} == {"old"}
    # the revision before, the one before that, the texts
    assert mediawiki.requests_made - before == 3
    live.as_of(pages.values(), THEN)
    assert mediawiki.requests_made - before == 5  # the texts are known


def test_a_page_with_many_edits_is_asked_for_once(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.import_histories({"Team": ("old", *"abcdefghi")}, user="Ada", since=THEN)
    pages = live.load(["Team"])
    before = mediawiki.requests_made
    assert live.as_of(pages.values(), THEN)["Team"].text == "old"
    # the revision before, the one that was current then, its text
    assert mediawiki.requests_made - before == 3


def test_many_pages_with_many_edits_are_not_asked_for_one_by_one(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    texts = {f"Team {number}": ("old", *"abcd") for number in range(12)}
    mediawiki.import_histories(texts, user="Ada", since=THEN)
    pages = live.load(texts)
    before = mediawiki.requests_made
    found = live.as_of(pages.values(), THEN)
    assert {page.text for page in found.values()} == {"old"}
    assert mediawiki.requests_made - before == 6  # five steps back, the texts


# --- how the bot summed up its edits ------------------------------------------------------------


def test_summaries_of_the_bot_since_a_moment(mediawiki: MediaWiki, live: LiveWiki) -> None:
    for day in range(4):
        at = MONDAY + day * DAY
        mediawiki.edit("Équipe", f"bot {day}", user=mediawiki.bot, summary=f"day {day}", at=at)
        mediawiki.edit("Équipe", f"person {day}", summary="by a person", at=at)
    second = timedelta(seconds=1)
    since = MONDAY + 2 * DAY
    assert live.own_summaries("E\u0301quipe", since) == ("day 3", "day 2")
    assert live.own_summaries("Équipe", since - second) == ("day 3", "day 2")
    assert live.own_summaries("Équipe", since + timedelta(microseconds=1)) == ("day 3",)


def test_a_hidden_summary_is_left_out(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.edit("Team", "one", user=mediawiki.bot, summary="first")
    hidden = mediawiki.edit("Team", "two", user=mediawiki.bot, summary="secret")
    mediawiki.edit("Team", "three", user=mediawiki.bot, summary="third")
    mediawiki.hide("Team", hidden, what="comment")
    assert live.own_summaries("Team", MONDAY) == ("third", "first")


def test_the_summary_of_a_page_that_was_moved_away(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.edit("Talk:Team", "note", user=mediawiki.bot, summary="created")
    mediawiki.move("Talk:Team", "Talk:Team/Archive")
    assert live.own_summaries("Talk:Team", MONDAY) == ("created",)


def test_summaries_are_one_request(mediawiki: MediaWiki, live: LiveWiki) -> None:
    for number in range(3):
        mediawiki.edit("Team", str(number), user=mediawiki.bot, summary=str(number))
    before = mediawiki.requests_made
    live.own_summaries("Team", MONDAY)
    assert mediawiki.requests_made - before == 1


# --- how the bot left a page --------------------------------------------------------------------


def own(live: LiveWiki, title: str) -> str | None:
    page = live.own_version(title)
    return page.text if page else None


def test_how_the_bot_left_a_page_is_one_request(mediawiki: MediaWiki, live: LiveWiki) -> None:
    for day in range(3):
        at = MONDAY + day * DAY
        mediawiki.edit("Équipe", f"bot {day}", user=mediawiki.bot, at=at)
        mediawiki.edit("Équipe", f"person {day}", at=at)
    before = mediawiki.requests_made
    assert own(live, "E\u0301quipe") == "bot 2"
    assert mediawiki.requests_made - before == 1


def test_what_the_wiki_hides_of_the_bots_edits(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.edit("Team", "one", user=mediawiki.bot)
    second = mediawiki.edit("Team", "two", user=mediawiki.bot)
    mediawiki.edit("Team", "by a person")
    mediawiki.hide("Team", second, what="user")
    assert own(live, "Team") == "one"
    mediawiki.hide("Team", second, what="content")
    third = mediawiki.edit("Team", "three", user=mediawiki.bot)
    mediawiki.edit("Team", "by a person again")
    mediawiki.hide("Team", third)
    assert own(live, "Team") is None


def test_a_page_keeps_the_bots_edits_when_it_is_moved(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.edit("Team", "by the bot", user=mediawiki.bot)
    mediawiki.move("Team", "Old team")
    assert own(live, "Team") is None  # a redirect, by whoever moved it
    assert own(live, "Old team") == "by the bot"


def test_edits_that_were_imported_are_those_of_another_account(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    texts = {"Team": ["by a namesake"]}
    mediawiki.import_histories(texts, user=mediawiki.bot, since=MONDAY, here=False)
    assert mediawiki.text("Team") == "by a namesake"
    assert live.has_written() is False
    assert own(live, "Team") is None


def test_an_account_that_was_renamed_keeps_its_edits(mediawiki: MediaWiki, live: LiveWiki) -> None:
    """A rename ends bot passwords; the question is asked with the login that was there before."""
    mediawiki.create_account("OldBot")
    mediawiki.edit("Team", "under the old name", user="OldBot")
    mediawiki.rename("OldBot", "AtlasBot")
    query = Query(live._site, Revisions())
    for user, text in (("AtlasBot", "under the old name"), ("OldBot", None)):
        page = newest_of(query, "Team", user=user, is_redirect=lambda _: False)
        assert (page.text if page else None) == text


# --- edits that were put back -------------------------------------------------------------------


def test_one_request_tells_whether_any_edit_was_put_back(
    mediawiki: MediaWiki, live: LiveWiki
) -> None:
    titles = [f"Team/{number}" for number in range(4)]
    for title in titles:
        mediawiki.edit(title, "theirs")

    def planned() -> list[Edit]:
        pages = live.load(titles).values()
        return [Edit(p.title, p.revision, p.text, f"{p.title}: ours", "", (), ()) for p in pages]

    for _ in range(2):
        for edit in planned():
            assert live.save(edit).kind == "changed"
        mediawiki.edit("Team/0", "theirs")
        mediawiki.edit("Team/1", "something else")
        mediawiki.edit("Team/2", "theirs", user=mediawiki.bot)
        mediawiki.edit("Team/3", "theirs")
    wanted = planned()
    (hidden, *_) = [r.id for r in mediawiki.history("Team/3") if r.user == mediawiki.bot]
    mediawiki.hide("Team/3", hidden)  # then nothing is known of it
    before = live.requests
    assert live.put_back(wanted) == {"Team/0": 2, "Team/1": 2}
    suspected = 3  # the first three, of which the sums are known
    assert live.requests - before == 1 + suspected
    before = live.requests
    assert live.put_back([replace(edit, new="new") for edit in wanted]) == {}
    assert live.requests - before == 1
