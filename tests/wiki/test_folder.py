"""What is special to a folder as a wiki; what it shares with a live one is in test_contract."""

import json
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.errors import WikiError
from wikibot.model import Edit, Page
from wikibot.wiki.folder import FolderWiki, revision_of
from wikibot.wiki.protocol import Wiki

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def everything(_: str) -> bool:
    return True


def open_folder(
    folder: Path, *, may_write: Callable[[str], bool] = everything, stop_page: str | None = None
) -> FolderWiki:
    return FolderWiki(
        folder, may_write=may_write, user="RosterBot", stop_page=stop_page, clock=lambda: NOON
    )


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    return folder


@pytest.fixture
def wiki(pages: Path) -> FolderWiki:
    return open_folder(pages)


def page(wiki: Wiki, title: str) -> Page:
    return wiki.load([title])[title]


def edit(title: str, base: int | None, old: str, new: str) -> Edit:
    return Edit(title, base, old, new, "roster: Ada is a manager", ("roster",), ())


def change(wiki: Wiki, title: str, new: str) -> Edit:
    found = page(wiki, title)
    return edit(title, found.revision, found.text, new)


# --- the folder ---------------------------------------------------------------------------------


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WikiError, match=r"none: there is no such folder of pages"):
        open_folder(tmp_path / "none")


def test_the_wiki_is_called_as_its_folder_and_has_no_accounts(wiki: FolderWiki) -> None:
    assert wiki.site().name == "pages"
    assert wiki.accounts(["Ada"], since=date(2026, 1, 1)) is None


def test_looking_writes_nothing(wiki: FolderWiki, pages: Path) -> None:
    (pages / "Team.wiki").write_text("text")
    wiki.load(["Team", "None"])
    wiki.exists(["Team", "None"])
    wiki.save(change(wiki, "Team", "text"))
    assert [path.name for path in pages.iterdir()] == ["Team.wiki"]


def test_url_is_a_path_that_editors_open(
    wiki: FolderWiki, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wiki.url("user:ada/Team") == str(pages / "User%3AAda" / "Team.wiki")
    monkeypatch.chdir(pages.parent)
    assert wiki.url("user:ada/Team", revision=5, line=3) == "pages/User%3AAda/Team.wiki:3"
    assert open_folder(Path("pages")).url("Team") == "pages/Team.wiki"
    assert wiki.url("[[") == "[["


@pytest.mark.parametrize("closed", ["pages", ".wikibot"])
def test_a_folder_that_may_not_be_written(
    wiki: FolderWiki, pages: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    (pages / ".wikibot").mkdir()
    # asked of the system, whose answer to root would be that everything may be written
    monkeypatch.setattr(os, "access", lambda path, mode: path.name != closed or mode == os.R_OK)
    reason = wiki.why_not_writable()
    assert reason is not None
    assert f"{closed}: the folder may not be written" in reason


# --- texts --------------------------------------------------------------------------------------


@given(text=st.text(), more=st.text())
def test_texts_are_kept_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, text: str, more: str
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    wiki = open_folder(folder)
    (folder / "Team.wiki").write_bytes(text.encode())
    assert page(wiki, "Team").text == text
    wiki.save(change(wiki, "Team", text + more))
    assert (folder / "Team.wiki").read_bytes() == (text + more).encode()


@pytest.mark.parametrize("text", ["a\r\nb\rc\n", "\ufeffa", "a  \n\n", "", "\x00\x1a"])
def test_line_ends_marks_and_blanks_stay(wiki: FolderWiki, pages: Path, text: str) -> None:
    assert wiki.save(edit("Team", None, "another", text)).kind == "changed"
    assert (pages / "Team.wiki").read_bytes() == text.encode()
    assert page(wiki, "Team").text == text


def test_a_file_that_is_not_utf_8_is_a_problem_of_that_page_alone(
    wiki: FolderWiki, pages: Path
) -> None:
    (pages / "Bad.wiki").write_bytes(b"caf\xe9")
    (pages / "Good.wiki").write_text("text")
    found = wiki.load(["Bad", "Good"])
    assert found["Good"].text == "text"
    assert found["Bad"].text == ""
    assert "Bad.wiki: is not UTF-8: 'utf-8' codec can't decode byte 0xe9" in found["Bad"].problem
    assert wiki.exists(["Bad"]) == {"Bad": True}


def test_a_page_that_could_not_be_read_is_never_overwritten(wiki: FolderWiki, pages: Path) -> None:
    content = b"caf\xe9"
    (pages / "Bad.wiki").write_bytes(content)
    assert wiki.save(change(wiki, "Bad", "new")).kind == "conflict"
    assert wiki.save(edit("Bad", revision_of(content), "", "new")).kind == "failed"
    assert (pages / "Bad.wiki").read_bytes() == content


def test_a_text_that_utf_8_cannot_hold(wiki: FolderWiki, pages: Path) -> None:
    outcome = wiki.save(edit("Team", None, "", "\ud800"))
    assert outcome.kind == "failed"
    assert "not UTF-8" in outcome.detail
    assert not (pages / "Team.wiki").exists()


def test_a_page_that_may_not_be_read(wiki: FolderWiki, pages: Path) -> None:
    (pages / "Team.wiki").mkdir()  # root may read any file, but nobody reads a folder as one
    assert "Team.wiki: cannot be read: Is a directory" in page(wiki, "Team").problem
    assert wiki.save(edit("Team", None, "", "new")).kind == "failed"


def test_a_file_where_a_folder_should_be(wiki: FolderWiki, pages: Path) -> None:
    (pages / "Team").write_text("no page")
    assert page(wiki, "Team/Roles") == Page("Team/Roles")
    outcome = wiki.save(edit("Team/Roles", None, "", "new"))
    assert outcome.kind == "failed"
    assert "Roles.wiki: not saved" in outcome.detail


def test_a_title_that_no_page_can_have(wiki: FolderWiki) -> None:
    assert page(wiki, "A|B").problem.startswith("The title “A|B” contains '|'")
    assert wiki.exists(["A|B"]) == {"A|B": False}
    assert wiki.save(edit("A/../../B", None, "", "new")).kind == "failed"


# --- revisions ----------------------------------------------------------------------------------


def test_a_revision_is_a_number_that_json_holds_exactly() -> None:
    # the first 48 bits of the SHA-256 of nothing
    assert revision_of(b"") == 0xE3B0C44298FC
    assert revision_of(b"a") < 2**48


def test_a_page_that_was_changed_and_changed_back_has_not_moved_on(
    wiki: FolderWiki, pages: Path
) -> None:
    (pages / "Team.wiki").write_text("one")
    planned = change(wiki, "Team", "two")
    (pages / "Team.wiki").write_text("other")
    assert wiki.save(planned).kind == "conflict"
    (pages / "Team.wiki").write_text("one")
    assert wiki.save(planned).kind == "changed"


def test_the_log_tells_what_the_bot_saved(wiki: FolderWiki, pages: Path) -> None:
    first = wiki.save(edit("team_page", None, "", "one")).revision
    second = wiki.save(edit("Team page", first, "one", "zwö")).revision
    wiki.save(edit("Team page", first, "one", "late"))
    log = pages / ".wikibot" / "revisions.jsonl"
    common = {
        "timestamp": "2026-11-20T12:00:00+00:00",
        "title": "Team page",
        "user": "RosterBot",
        "summary": "roster: Ada is a manager",
    }
    assert [json.loads(line) for line in log.read_text("utf-8").splitlines()] == [
        common | {"revision": first, "parent": None},
        common | {"revision": second, "parent": first},
    ]


def test_what_is_the_bots_own_stays_out_of_a_repository(wiki: FolderWiki, pages: Path) -> None:
    wiki.save(edit("Team", None, "", "text"))
    assert (pages / ".wikibot" / ".gitignore").read_text() == "*\n"


def test_a_log_that_cannot_be_written_does_not_make_a_save_untrue(
    wiki: FolderWiki, pages: Path
) -> None:
    (pages / ".wikibot" / "revisions.jsonl").mkdir(parents=True)
    outcome = wiki.save(edit("Team", None, "", "text"))
    assert outcome.kind == "changed"
    assert outcome.detail.startswith("saved, but not noted")
    assert page(wiki, "Team").revision == outcome.revision


# What full disks, killed runs, merges and editors leave in the log.
DAMAGED = [
    b'{"timestamp": "2026-11-20T12:00:00+00:00", "title": "Team", "us',
    b"",
    b"<<<<<<< HEAD",
    b"[1, 2]",
    b"null",
    b"\xff\xfe",
    b'{"timestamp": "2026-11-20T12:00:00", "title": "Team", "user": "RosterBot", "summary": ""}',
    b'{"timestamp": "then", "title": "Team", "user": "RosterBot", "summary": "no day"}',
    b'{"timestamp": 5, "title": "Team", "user": "RosterBot", "summary": "no day"}',
    b'{"timestamp": "2026-11-20T12:00:00+00:00", "title": "Team", "user": "RosterBot"}',
    b'{"timestamp": "2026-11-20T12:00:00+00:00", "title": "Team", "user": "me", "summary": 5}',
    b'{"timestamp": "2026-11-20T12:00:00+00:00", "title": "Team", "user": "Other", "summary": "x"}',
]


def test_damaged_lines_of_the_log_are_passed_over(wiki: FolderWiki, pages: Path) -> None:
    log = pages / ".wikibot" / "revisions.jsonl"
    first = wiki.save(edit("Team", None, "", "one")).revision
    with log.open("ab") as file:
        file.write(b"".join(line + b"\n" for line in DAMAGED))
    wiki.save(edit("Team", first, "one", "two"))
    assert wiki.own_summaries("Team", NOON) == ("roster: Ada is a manager",) * 2


def test_a_log_that_cannot_be_read_is_not_taken_for_an_empty_one(
    wiki: FolderWiki, pages: Path
) -> None:
    (pages / ".wikibot" / "revisions.jsonl").mkdir(parents=True)
    with pytest.raises(WikiError, match=r"revisions\.jsonl: cannot be read: .+\."):
        wiki.own_summaries("Team", NOON)


# --- files --------------------------------------------------------------------------------------


def test_the_mode_of_a_file_stays(wiki: FolderWiki, pages: Path) -> None:
    (pages / "Team.wiki").write_text("one")
    (pages / "Team.wiki").chmod(0o640)
    wiki.save(change(wiki, "Team", "two"))
    assert stat.S_IMODE((pages / "Team.wiki").stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_that_the_user_wants(wiki: FolderWiki, pages: Path) -> None:
    old = os.umask(0o027)
    try:
        wiki.save(edit("Team", None, "", "text"))
    finally:
        os.umask(old)
    assert stat.S_IMODE((pages / "Team.wiki").stat().st_mode) == 0o640


def test_nothing_but_the_page_is_left_after_a_save(wiki: FolderWiki, pages: Path) -> None:
    (pages / "Team").mkdir()
    (pages / "Team" / ".wikibot-save").write_text("left by a killed run")
    wiki.save(edit("Team/Roles", None, "", "text"))
    assert [path.name for path in (pages / "Team").iterdir()] == ["Roles.wiki"]


@pytest.mark.parametrize("link", ["Team.wiki", "Team", ".wikibot"])
def test_links_do_not_lead_out_of_the_folder(
    wiki: FolderWiki, pages: Path, tmp_path: Path, link: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    secret = outside / "Roles.wiki"
    secret.write_text("secret")
    (pages / link).symlink_to(secret if link.endswith(".wiki") else outside)
    title = "Team" if link == "Team.wiki" else "Team/Roles"
    outcome = wiki.save(edit(title, None, "", "new"))
    assert outcome.kind == "failed"
    assert str(pages / link) in outcome.detail
    assert [path.name for path in outside.iterdir()] == ["Roles.wiki"]
    assert secret.read_text() == "secret"
    assert page(wiki, title).text == ""


def test_a_link_as_temporary_file_is_not_followed(
    wiki: FolderWiki, pages: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (pages / ".wikibot-save").symlink_to(secret)
    assert wiki.save(edit("Team", None, "", "new")).kind == "changed"
    assert secret.read_text() == "secret"


def test_a_pipe_is_no_page_and_holds_up_nobody(wiki: FolderWiki, pages: Path) -> None:
    os.mkfifo(pages / "Team.wiki")
    assert "Team.wiki: is neither a file nor a folder" in page(wiki, "Team").problem


# --- two at once --------------------------------------------------------------------------------


def test_of_several_saves_from_one_base_one_wins(pages: Path) -> None:
    (pages / "Team.wiki").write_text("start")
    base = revision_of(b"start")
    edits = [edit("Team", base, "start", f"by run {number}") for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda each: open_folder(pages).save(each), edits))
    won = [made for made, outcome in zip(edits, outcomes, strict=True) if outcome.kind == "changed"]
    assert sorted(outcome.kind for outcome in outcomes) == ["changed"] + ["conflict"] * 15
    assert (pages / "Team.wiki").read_text() == won[0].new
    log = (pages / ".wikibot" / "revisions.jsonl").read_text().splitlines()
    assert len(log) == 1


def test_an_edit_made_while_the_bot_saves_is_not_lost(
    wiki: FolderWiki, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pages / "Team.wiki"
    file.write_text("one")
    planned = change(wiki, "Team", "two")
    fsync = os.fsync

    def somebody_writes(descriptor: int) -> None:
        fsync(descriptor)
        file.write_text("by a person")

    monkeypatch.setattr(os, "fsync", somebody_writes)
    outcome = wiki.save(planned)
    assert (outcome.kind, outcome.detail) == ("conflict", "was edited in this very moment")
    assert file.read_text() == "by a person"


# --- the shut-off page --------------------------------------------------------------------------


def test_a_shut_off_page_that_cannot_be_read_stops(pages: Path) -> None:
    wiki = open_folder(pages, stop_page="User:RosterBot/Stop")
    (pages / "User%3ARosterBot").mkdir()
    (pages / "User%3ARosterBot" / "Stop.wiki").write_bytes(b"\xff")
    reason = wiki.stop_reason()
    assert reason is not None
    assert reason.startswith("The shut-off page cannot be read: ")


def test_without_a_shut_off_page_nothing_stops(wiki: FolderWiki) -> None:
    assert wiki.stop_reason() is None


# --- what may be written ------------------------------------------------------------------------


def test_another_spelling_of_a_title_does_not_get_around_what_may_be_written(pages: Path) -> None:
    wiki = open_folder(pages, may_write=lambda title: title != "Team page")
    assert wiki.save(edit("team__page", None, "", "text")).kind == "refused"
    assert wiki.save(edit("Other", None, "", "text")).kind == "changed"
