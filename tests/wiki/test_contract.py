"""What both wikis promise to the rest of the project, tried on a folder and on a real MediaWiki.

Where they differ, on purpose or because MediaWiki does as it does:

- MediaWiki stores texts in NFC, with ``\\n`` as line end and without blanks at the end; a folder
  keeps every byte.
- MediaWiki merges an edit with one that somebody made elsewhere on the page meanwhile; on a
  folder, whatever was edited meanwhile is a conflict.
- On MediaWiki a page that was changed and changed back has moved on; on a folder it has not, for
  a revision there is made from the text.
- A folder has no accounts, and keeps no texts of earlier revisions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from tests.mediawiki import MediaWiki
from wikibot import config
from wikibot.model import Edit, Outcome, Page
from wikibot.state import open_state
from wikibot.wiki.folder import FolderWiki
from wikibot.wiki.live import open_live
from wikibot.wiki.paths import path_of
from wikibot.wiki.protocol import MOST_SUMMARIES, Wiki

WRITE_UNDER = ("Team page", "Team page/", "Zoë’s Équipe 😀/", "User:RosterBot/")
STOP = "User:RosterBot/Stop"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # on the folder


class People(Protocol):
    """What people do to a wiki, past the bot. Titles are as the wiki stores them."""

    def edit(self, title: str, text: str) -> object: ...

    def delete(self, title: str) -> None: ...

    def text(self, title: str) -> str | None: ...


@dataclass(frozen=True)
class Place:
    """A wiki as the bot has it, and the people there."""

    wiki: Wiki
    people: People
    bot: str

    def page(self, title: str) -> Page:
        return self.wiki.load([title])[title]

    def change(self, title: str, new: str) -> Edit:
        """An edit of the page as it is now."""
        page = self.page(title)
        return Edit(title, page.revision, page.text, new, "for a test", ("test",), ("a test",))

    def save(self, title: str, new: str) -> Outcome:
        return self.wiki.save(self.change(title, new))


class Contract:
    """The promises. A subclass has the fixture ``place``."""

    # --- load -----------------------------------------------------------------------------------

    def test_a_page_that_is_not_there(self, place: Place) -> None:
        assert place.page("Team page") == Page("Team page")
        assert not place.page("Team page").exists

    def test_a_page_that_is_there(self, place: Place) -> None:
        place.people.edit("Team page", "* [[User:Ada|Ada]], Manager")
        page = place.page("Team page")
        assert page.exists
        assert page.title == "Team page"
        assert page.text == "* [[User:Ada|Ada]], Manager"
        assert not page.redirect
        assert page.model == "wikitext"
        assert page.problem == ""

    def test_an_empty_page_is_there(self, place: Place) -> None:
        place.people.edit("Team page", "text")
        place.people.edit("Team page", "")
        assert place.page("Team page").exists
        assert place.page("Team page").text == ""

    def test_a_redirect_is_not_followed(self, place: Place) -> None:
        place.people.edit("Team page", "text")
        place.people.edit("Old page", "#redirect [[Team page]]")
        page = place.page("Old page")
        assert page.redirect
        assert page.text == "#redirect [[Team page]]"

    def test_a_page_of_json_is_created_and_changed(self, place: Place) -> None:
        title, old, new = "Team page/directory.json", '{\n\t"a": 1\n}', '{\n\t"a": 2\n}'
        created = replace(place.change(title, old), model="json")
        assert place.wiki.save(created).kind == "changed"
        assert place.page(title).model == "json"
        assert place.save(title, new).kind == "changed"
        assert (place.page(title).text, place.page(title).model) == (new, "json")

    def test_any_script_in_titles_and_texts(self, place: Place) -> None:
        text = "Zoë\u200b, 管理者, مدير, 👩🏽‍💻 — {{{!}}} <nowiki>&amp;</nowiki>\n\n'''x'''"
        place.people.edit("Zoë’s Équipe 😀/“管理”?", text)
        assert place.page("Zoë’s Équipe 😀/“管理”?").text == text

    def test_pages_are_called_as_they_were_asked_for(self, place: Place) -> None:
        place.people.edit("User talk:Ada/Team roles", "text")
        spellings = [
            "User talk:Ada/Team roles",
            "user_talk:ada/Team_roles",
            " USER TALK : Ada/Team  roles_",
            ":User talk:Ada/Team roles",
        ]
        found = place.wiki.load(spellings)
        assert [found[title].text for title in spellings] == ["text"] * 4

    def test_several_pages_in_any_order(self, place: Place) -> None:
        place.people.edit("Team page", "one")
        place.people.edit("Team page/Roles", "two")
        asked = ["Team page/Roles", "None", "Team_page", "Team page"]
        found = place.wiki.load(iter(asked))
        assert [found[title].text for title in asked] == ["two", "", "one", "one"]

    def test_a_title_that_no_page_can_have_is_a_problem_of_that_page(self, place: Place) -> None:
        place.people.edit("Team page", "text")
        found = place.wiki.load(["A<B", "Team page"])
        assert "A<B" in found["A<B"].problem
        assert not found["A<B"].exists
        assert found["Team page"].text == "text"

    def test_nothing_to_load(self, place: Place) -> None:
        assert place.wiki.load([]) == {}

    # --- revisions ------------------------------------------------------------------------------

    def test_a_page_stays_at_its_revision_until_it_is_edited(self, place: Place) -> None:
        place.people.edit("Team page", "one")
        first = place.page("Team page").revision
        assert place.page("Team page").revision == first
        place.people.edit("Team page", "two")
        page = place.page("Team page")
        assert page.revision != first
        assert page.text == "two"

    def test_the_bot_knows_how_it_summed_up_its_edits(self, place: Place) -> None:
        place.people.edit("Team page/Roles", "text")
        for said in ("first “é”", "second"):
            edit = replace(place.change("Team page/Roles", said), summary=said)
            assert place.wiki.save(edit).kind == "changed"
        place.people.edit("Team page/Roles", "by a person")
        place.save("Team page", "elsewhere")
        long_ago = datetime(2001, 1, 15, tzinfo=UTC)
        for title in ("Team page/Roles", "team_page/Roles"):
            assert place.wiki.own_summaries(title, long_ago) == ("second", "first “é”")
        assert place.wiki.own_summaries("Team page/Roles", datetime(2999, 1, 1, tzinfo=UTC)) == ()

    @pytest.mark.parametrize("title", ["Team page", "A<B", "A|B", ""])
    def test_where_it_made_no_edits_it_said_nothing(self, place: Place, title: str) -> None:
        place.people.edit("Team page", "by a person")
        assert place.wiki.own_summaries(title, datetime(2001, 1, 15, tzinfo=UTC)) == ()
        assert place.wiki.own_summaries("None", datetime(2001, 1, 15, tzinfo=UTC)) == ()

    def test_it_does_not_say_more_than_it_is_asked(self, place: Place) -> None:
        edit = place.change("Team page", "0")
        for number in range(MOST_SUMMARIES + 2):
            saved = place.wiki.save(replace(edit, new=str(number), summary=f"{number}."))
            edit = replace(edit, base=saved.revision, old=str(number))
        said = place.wiki.own_summaries("Team page", datetime(2001, 1, 15, tzinfo=UTC))
        assert said == tuple(f"{n}." for n in range(MOST_SUMMARIES + 1, 1, -1))

    def test_what_it_said_when_it_created_a_page_that_is_gone(self, place: Place) -> None:
        long_ago = datetime(2001, 1, 15, tzinfo=UTC)
        place.wiki.save(replace(place.change("Team page/New", "text"), summary="created"))
        place.people.delete("Team page/New")
        assert place.wiki.own_summaries("Team page/New", long_ago) == ("created",)
        assert place.wiki.own_summaries("Team page/New", datetime(2999, 1, 1, tzinfo=UTC)) == ()

    def test_the_bot_knows_how_it_left_a_page(self, place: Place) -> None:
        """A folder knows it only as long as nobody has edited the page."""
        assert place.wiki.own_version("Team page") is None
        place.people.edit("Team page", "by a person")
        assert place.wiki.own_version("Team page") is None
        for text in ("first", "second"):
            saved = place.save("Team page", text)
        for title in ("Team page", "team_page"):
            own = place.wiki.own_version(title)
            assert own
            assert (own.text, own.revision) == ("second", saved.revision)
        place.people.edit("Team page", "first")  # as it was once, which is not how it left it
        own = place.wiki.own_version("Team page")
        assert (own.text if own else "second") == "second"
        place.people.edit("Team page", "second")
        own = place.wiki.own_version("Team page")
        assert own
        assert own.text == "second"
        place.people.delete("Team page")
        assert place.wiki.own_version("Team page") is None

    @pytest.mark.parametrize("title", ["None", "A<B", "A|B", ""])
    def test_of_a_page_that_is_not_there_it_knows_nothing(self, place: Place, title: str) -> None:
        assert place.wiki.own_version(title) is None

    # --- what others undid ----------------------------------------------------------------------

    def test_how_often_an_edit_was_put_back(self, place: Place) -> None:
        place.people.edit("Team page", "* theirs")
        assert place.wiki.put_back([place.change("Team page", "* ours\n")]) == {}
        for _ in range(2):
            place.save("team_page", "* ours\n")
            place.people.edit("Team page", "* theirs")
        place.save("Team page/Roles", "* ours\n")
        planned = [
            place.change("Team page", "* ours\n"),
            place.change("Team page/Roles", "* theirs"),
            place.change("Team page/Other", "* ours\n"),
        ]
        assert place.wiki.put_back(iter(planned)) == {"Team page": 2}
        assert place.wiki.put_back([place.change("Team page", "* new")]) == {}

    def test_what_the_bot_changed_itself_was_not_put_back(self, place: Place) -> None:
        for text in ("one", "two", "one", "two"):
            place.save("Team page", text)
        assert place.wiki.put_back([place.change("Team page", "one")]) == {}

    def test_how_often_a_page_was_deleted_again(self, place: Place) -> None:
        title = "Zoë’s Équipe 😀/New"
        for _ in range(2):
            place.save(title, "text")
            place.people.delete(title)
        planned = [place.change(title, "another text"), place.change("Team page", "text")]
        assert place.wiki.put_back(planned) == {title: 2}

    # --- exists ---------------------------------------------------------------------------------

    def test_which_pages_there_are(self, place: Place) -> None:
        place.people.edit("Team page/Roles", "text")
        expected = {
            "Team page/Roles": True,
            "team_page/Roles": True,
            "Team page/None": False,
            "Special:RecentChanges": True,
            "A<B": False,
        }
        assert place.wiki.exists(iter(expected)) == expected
        place.people.edit("Team page/None", "text")
        assert place.wiki.exists(["Team page/None"]) == {"Team page/None": True}

    # --- creating -------------------------------------------------------------------------------

    def test_create(self, place: Place) -> None:
        outcome = place.save("Team page/New", "text")
        assert (outcome.kind, outcome.title, outcome.stop) == ("changed", "Team page/New", "")
        assert place.people.text("Team page/New") == "text"
        page = place.page("Team page/New")
        assert (page.text, page.revision) == ("text", outcome.revision)

    def test_create_a_page_that_somebody_has_created_meanwhile(self, place: Place) -> None:
        edit = place.change("Team page", "by the bot")
        place.people.edit("Team page", "by a person")
        assert place.wiki.save(edit).kind == "conflict"
        assert place.people.text("Team page") == "by a person"

    # --- editing --------------------------------------------------------------------------------

    def test_edit(self, place: Place) -> None:
        place.people.edit("Team page", "one")
        before = place.page("Team page").revision
        outcome = place.save("Team page", "two")
        assert outcome.kind == "changed"
        assert place.people.text("Team page") == "two"
        page = place.page("Team page")
        assert (page.text, page.revision) == ("two", outcome.revision)
        assert page.revision != before

    def test_edit_under_another_spelling_of_the_title(self, place: Place) -> None:
        place.people.edit("Team page/Roles", "one")
        assert place.save("team_page/Roles", "two").kind == "changed"
        assert place.people.text("Team page/Roles") == "two"

    def test_edit_to_an_empty_page(self, place: Place) -> None:
        place.people.edit("Team page", "one")
        assert place.save("Team page", "").kind == "changed"
        assert place.people.text("Team page") == ""

    def test_edit_a_page_that_has_moved_on(self, place: Place) -> None:
        place.people.edit("Team page", "* Ada, Manager")
        edit = place.change("Team page", "* Ada, Director")
        place.people.edit("Team page", "* Ada, Engineer")
        outcome = place.wiki.save(edit)
        assert outcome.kind == "conflict"
        assert outcome.detail
        assert place.people.text("Team page") == "* Ada, Engineer"

    def test_the_bot_is_in_conflict_with_itself_as_well(self, place: Place) -> None:
        place.people.edit("Team page", "* Ada, Manager")
        one = place.change("Team page", "* Ada, Director")
        other = place.change("Team page", "* Ada, Engineer")
        assert place.wiki.save(one).kind == "changed"
        assert place.wiki.save(other).kind == "conflict"
        assert place.people.text("Team page") == "* Ada, Director"

    def test_nobodys_words_are_lost(self, place: Place) -> None:
        lines = [f"* line {number}" for number in range(9)]
        place.people.edit("Team page", "\n".join(lines))
        edit = place.change("Team page", "\n".join(["* by the bot", *lines[1:]]))
        place.people.edit("Team page", "\n".join([*lines[:-1], "* by a person"]))
        outcome = place.wiki.save(edit)
        text = place.people.text("Team page")
        assert text is not None
        assert "* by a person" in text
        assert outcome.kind == ("changed" if "* by the bot" in text else "conflict")

    def test_edit_a_page_that_was_deleted(self, place: Place) -> None:
        place.people.edit("Team page", "one")
        edit = place.change("Team page", "two")
        place.people.delete("Team page")
        assert place.wiki.save(edit).kind == "missing"
        assert place.people.text("Team page") is None

    def test_an_edit_that_changes_nothing_saves_nothing(self, place: Place) -> None:
        place.people.edit("Team page", "one")
        before = place.page("Team page").revision
        assert place.save("Team page", "one").kind == "unchanged"
        assert place.page("Team page").revision == before

    def test_an_edit_that_is_saved_twice_makes_one_revision(self, place: Place) -> None:
        place.people.edit("Team page", "one")
        edit = place.change("Team page", "two")
        first = place.wiki.save(edit)
        again = place.wiki.save(edit)
        assert first.kind == "changed"
        assert again.kind == "conflict" or again.revision == first.revision
        assert place.page("Team page").revision == first.revision

    # --- what is not edited ---------------------------------------------------------------------

    def test_a_page_that_keeps_the_bot_away(self, place: Place) -> None:
        me = place.bot[:1].lower() + place.bot[1:]
        for template in ("{{nobots}}", f"{{{{bots|deny=OtherBot, {me}}}}}"):
            place.people.edit("Team page", f"{template} one")
            assert place.save("Team page", f"{template} two").kind == "excluded"
            assert place.people.text("Team page") == f"{template} one"
        place.people.edit("Team page", "{{bots|deny=OtherBot}} one")
        assert place.save("Team page", "{{bots|deny=OtherBot}} two").kind == "changed"

    def test_titles_that_the_bot_may_not_write(self, place: Place) -> None:
        titles = ["Other page", "Team pages", "User:RosterBot", "team_page 2", "Talk:Team page"]
        outcomes = [place.save(title, "text").kind for title in titles]
        assert outcomes == ["refused"] * 5
        assert not any(page.exists for page in place.wiki.load(titles).values())

    # --- the shut-off page ----------------------------------------------------------------------

    def test_no_shut_off_page(self, place: Place) -> None:
        assert place.wiki.stop_reason() is None

    def test_the_shut_off_page_is_asked_afresh(self, place: Place) -> None:
        assert place.wiki.stop_reason() is None
        place.people.edit(STOP, "Stop it, you remove people.")
        reason = place.wiki.stop_reason()
        assert reason == f"The shut-off page “{STOP}” says: Stop it, you remove people."
        place.people.edit(STOP, "")
        assert place.wiki.stop_reason() is None

    def test_a_note_on_the_shut_off_page_does_not_stop(self, place: Place) -> None:
        place.people.edit(STOP, "<!-- Write here to stop the bot. -->")
        assert place.wiki.stop_reason() is None

    # --- whether anything can be saved ----------------------------------------------------------

    def test_a_wiki_that_can_be_written(self, place: Place) -> None:
        assert place.wiki.why_not_writable() is None
        assert place.save("Team page", "text").kind == "changed"
        assert place.wiki.why_not_writable() is None

    def test_the_shut_off_page_is_another_question(self, place: Place) -> None:
        place.people.edit(STOP, "Stop it.")
        assert place.wiki.why_not_writable() is None

    # --- addresses ------------------------------------------------------------------------------

    def test_every_title_has_an_address(self, place: Place) -> None:
        place.people.edit("Team page", "text")
        page = place.page("Team page")
        assert place.wiki.url("Team page", revision=page.revision, line=3)
        assert place.wiki.url("No such page") != place.wiki.url("Team page")


class TestFolder(Contract):
    """A folder of files."""

    @pytest.fixture
    def place(self, tmp_path: Path) -> Place:
        settings = config.parse(
            {"wiki": {"folder": ".", "user": "RosterBot", "write_under": WRITE_UNDER}},
            path=tmp_path / "wikibot.toml",
        )
        wiki = FolderWiki(
            tmp_path,
            may_write=settings.may_write,
            user="RosterBot",
            stop_page=settings.wiki.stop,
            clock=lambda: NOW,
        )
        return Place(wiki, Editors(tmp_path), "RosterBot")

    def test_every_byte_is_kept(self, place: Place) -> None:
        text = "\ufeffa\r\nb\rZoe\u0308  \n\n"
        assert place.save("Team page", text).kind == "changed"
        assert place.people.text("Team page") == text

    def test_a_page_that_was_changed_back_has_not_moved_on(self, place: Place) -> None:
        place.people.edit("Team page", "one")
        edit = place.change("Team page", "two")
        place.people.edit("Team page", "other")
        place.people.edit("Team page", "one")
        assert place.wiki.save(edit).kind == "changed"

    def test_there_are_no_histories(self, place: Place) -> None:
        place.people.edit("Team page", "text")
        page = place.page("Team page")
        assert (page.saved, page.parent) == (None, None)
        assert place.wiki.as_of([page], NOW) is None

    def test_summaries_are_as_old_as_the_log_says(self, place: Place) -> None:
        place.save("Team page", "text")
        assert place.wiki.own_summaries("Team page", NOW) == ("for a test",)
        assert place.wiki.own_summaries("Team page", NOW + timedelta(seconds=1)) == ()

    def test_how_the_bot_left_a_page_that_people_edited_is_not_known(self, place: Place) -> None:
        place.save("Team page", "by the bot")
        place.people.edit("Team page", "by a person")
        assert place.wiki.own_version("Team page") is None

    def test_there_are_no_accounts(self, place: Place) -> None:
        assert place.wiki.has_written() is None
        assert place.wiki.accounts(["Ada"], since=date(2026, 1, 1)) is None


class Editors:
    """People who edit the files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def edit(self, title: str, text: str) -> None:
        file = self._folder / path_of(title)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def delete(self, title: str) -> None:
        (self._folder / path_of(title)).unlink()

    def text(self, title: str) -> str | None:
        file = self._folder / path_of(title)
        return file.read_bytes().decode() if file.exists() else None


class TestLive(Contract):
    """A real MediaWiki of each version."""

    @pytest.fixture
    def place(self, mediawiki: MediaWiki, tmp_path: Path) -> Iterator[Place]:
        settings = config.parse(
            {
                "wiki": {
                    "api": mediawiki.api,
                    "user": mediawiki.bot,
                    "write_under": WRITE_UNDER,
                    "stop_page": STOP,
                },
                "limits": {"put_throttle": 0},
            },
            path=tmp_path / "wikibot.toml",
        )
        state = open_state(settings, directory=tmp_path / "state")
        wiki = open_live(
            settings,
            state_dir=state.path,
            revisions=state.revisions,
            facts=state.facts,
            environment={
                "WIKIBOT_LOGIN": mediawiki.bot_login,
                "WIKIBOT_PASSWORD": mediawiki.bot_password,
            },
        )
        yield Place(wiki, mediawiki, mediawiki.bot)
        wiki.close()
        state.close()

    def test_texts_are_kept_as_mediawiki_does(self, place: Place) -> None:
        outcome = place.save("Team page", "a\r\nb\rZoe\u0308  \n\n")
        assert outcome.kind == "changed"
        assert place.people.text("Team page") == "a\nb\nZoë"

    def test_how_the_bot_left_a_page_that_people_edited(self, place: Place) -> None:
        place.save("Team page", "#REDIRECT [[Elsewhere]]")
        place.people.edit("Team page", "by a person")
        own = place.wiki.own_version("Team page")
        assert own
        assert (own.text, own.redirect, own.parent) == ("#REDIRECT [[Elsewhere]]", True, 0)

    def test_whether_the_bot_has_ever_written(self, place: Place) -> None:
        place.people.edit("Team page", "by a person")
        assert place.wiki.has_written() is False
        place.save("Team page", "by the bot")
        assert place.wiki.has_written() is True

    def test_blanks_at_the_end_are_no_change(self, place: Place) -> None:
        place.people.edit("Team page", "one")
        assert place.save("Team page", "one \n\n").kind == "unchanged"

    def test_a_page_that_was_changed_back_has_moved_on(self, place: Place) -> None:
        place.people.edit("Team page", "* one")
        revision = place.page("Team page").revision
        place.people.edit("Team page", "* other")
        place.people.edit("Team page", "* one")
        assert place.page("Team page").revision != revision

    def test_edits_elsewhere_on_the_page_are_merged(self, place: Place) -> None:
        lines = [f"* line {number}" for number in range(9)]
        place.people.edit("Team page", "\n".join(lines))
        edit = place.change("Team page", "\n".join(["* by the bot", *lines[1:]]))
        place.people.edit("Team page", "\n".join([*lines[:-1], "* by a person"]))
        assert place.wiki.save(edit).kind == "changed"
        merged = ["* by the bot", *lines[1:-1], "* by a person"]
        assert place.people.text("Team page") == "\n".join(merged)
