"""Saving to a real MediaWiki: nobody's edit is lost, and every outcome is the wiki's own word."""

import json
import signal
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qsl

import pytest
import requests
from requests.adapters import HTTPAdapter

from tests.mediawiki import MediaWiki, Witness
from tests.wiki.opening import config_for, open_for
from wikibot.config import parse
from wikibot.errors import Terminated
from wikibot.model import Edit, Outcome
from wikibot.wiki.live import LiveWiki

Adapter = TypeVar("Adapter", bound=HTTPAdapter)


def edit(base: int | None, old: str, new: str, *, title: str = "Team") -> Edit:
    return Edit(title, base, old, new, "roster: Ada is now a lead", ("roster",), ("because",))


class OnEdits(Protocol):
    """Puts an adapter between Pywikibot and the wiki."""

    def __call__(self, adapter: Adapter, *, retries: int = 0) -> Adapter: ...


@pytest.fixture
def on_edits(mediawiki: Witness, monkeypatch: pytest.MonkeyPatch) -> Iterator[OnEdits]:
    from pywikibot import config
    from pywikibot.comms import http

    def mount(adapter: Adapter, *, retries: int = 0) -> Adapter:
        monkeypatch.setattr(config, "max_retries", retries)
        monkeypatch.setattr(config, "retry_wait", 0)
        http.session.mount(mediawiki.api, adapter)
        return adapter

    yield mount
    http.session.adapters.pop(mediawiki.api).close()


# --- saving -------------------------------------------------------------------------------------


def test_an_edit_is_one_revision_and_says_what_it_is(mediawiki: Witness, live: LiveWiki) -> None:
    base = mediawiki.edit("Team", "* Ada, engineer")
    outcome = live.save(edit(base, "* Ada, engineer", "* Ada, lead"))
    newest, first = mediawiki.history("Team")
    assert outcome == Outcome("Team", "changed", revision=newest.id)
    assert first.id == base
    assert newest.user == mediawiki.bot
    assert newest.comment == "roster: Ada is now a lead"
    assert newest.bot
    assert not newest.minor
    assert mediawiki.text("Team") == "* Ada, lead"


def test_the_rest_of_the_page_stays_byte_for_byte(mediawiki: Witness, live: LiveWiki) -> None:
    odd = "\n\n  <b>x</b>\t\u200e|=é {{unclosed\n* Ada, engineer\n\n\n&nbsp;👩‍💻 [[ ''"
    base = mediawiki.edit("Team", odd)
    page = live.load(["Team"])["Team"]
    new = page.text.replace("engineer", "lead")
    assert live.save(edit(base, page.text, new)).kind == "changed"
    assert mediawiki.text("Team") == mediawiki_text(odd).replace("engineer", "lead")


def mediawiki_text(text: str) -> str:
    """MediaWiki drops blanks at the end."""
    return text.rstrip()


def test_what_was_saved_is_not_transferred_again(mediawiki: Witness, live: LiveWiki) -> None:
    base = mediawiki.edit("Team", "a")
    live.save(edit(base, "a", "b"))
    before = live.requests
    assert live.load(["Team"])["Team"].text == "b"
    assert live.requests - before == 1


def test_a_page_is_created(mediawiki: Witness, live: LiveWiki) -> None:
    outcome = live.save(edit(None, "", "* Ada\n", title="Team/2026-W47"))
    (only,) = mediawiki.history("Team/2026-W47")
    assert outcome == Outcome("Team/2026-W47", "changed", revision=only.id)
    assert not only.minor


@pytest.mark.parametrize("new", ["same", "same\n", "same\r\n", "same \t\n\n"])
def test_nothing_is_written_where_nothing_would_change(
    mediawiki: Witness, live: LiveWiki, new: str
) -> None:
    base = mediawiki.edit("Team", "same")
    before = live.requests
    assert live.save(edit(base, "same", new)) == Outcome("Team", "unchanged", revision=base)
    assert live.requests == before


def test_somebody_has_saved_the_very_same_text(mediawiki: Witness, live: LiveWiki) -> None:
    base = mediawiki.edit("Team", "old")
    theirs = mediawiki.edit("Team", "new")
    outcome = live.save(edit(base, "old", "new"))
    assert (outcome.kind, outcome.revision) == ("unchanged", theirs)
    assert len(mediawiki.history("Team")) == 2


# --- nobody's edit is lost ----------------------------------------------------------------------


def test_a_conflict_that_looking_at_the_page_does_not_hide(
    mediawiki: Witness, live: LiveWiki
) -> None:
    base = mediawiki.edit("Team", "* Ada, engineer")
    live.load(["Team"])
    mediawiki.edit("Team", "* Ada, director")
    live.load(["Team"])
    assert live.save(edit(base, "* Ada, engineer", "* Ada, lead")).kind == "conflict"
    assert mediawiki.text("Team") == "* Ada, director"


def test_edits_in_different_places_are_merged_and_that_is_said(
    mediawiki: Witness, live: LiveWiki
) -> None:
    old = "* Ada, engineer\n\n\n\n* Grace, admiral"
    base = mediawiki.edit("Team", old)
    theirs = mediawiki.edit("Team", old.replace("admiral", "rear admiral"))
    outcome = live.save(edit(base, old, old.replace("engineer", "lead")))
    assert outcome.kind == "changed"
    assert f"merged it with what others saved meanwhile (revision {theirs})" in outcome.detail
    assert mediawiki.text("Team") == "* Ada, lead\n\n\n\n* Grace, rear admiral"


class Losing(HTTPAdapter):
    """Loses answers to edits, or the edits themselves, as a broken connection does; after the first
    ``passing``.
    """

    def __init__(self, *, passing: int = 0, answers: int = 0, questions: int = 0) -> None:
        super().__init__()
        self.passing, self.answers, self.questions = passing, answers, questions

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        if "action=edit" not in str(request.body):
            return super().send(request, **options)
        if self.passing:
            self.passing -= 1
            return super().send(request, **options)
        if self.questions:
            self.questions -= 1
            raise requests.ConnectionError("connection reset")
        response = super().send(request, **options)
        if self.answers:
            self.answers -= 1
            response.close()
            raise requests.ConnectionError("connection reset")
        return response


@pytest.mark.parametrize("retries", [0, 1])
def test_an_answer_that_is_lost(
    mediawiki: Witness, live: LiveWiki, on_edits: OnEdits, retries: int
) -> None:
    base = mediawiki.edit("Team", "old")
    on_edits(Losing(answers=1), retries=retries)
    outcome = live.save(edit(base, "old", "new"))
    newest, _ = mediawiki.history("Team")
    assert (outcome.kind, outcome.revision, outcome.stop) == ("changed", newest.id, "")
    assert "answer was lost" in outcome.detail


@pytest.mark.parametrize("retries", [0, 1])
def test_an_answer_to_a_creation_that_is_lost(
    mediawiki: Witness, live: LiveWiki, on_edits: OnEdits, retries: int
) -> None:
    on_edits(Losing(answers=1), retries=retries)
    outcome = live.save(edit(None, "", "new"))
    (only,) = mediawiki.history("Team")
    assert (outcome.kind, outcome.revision, outcome.stop) == ("changed", only.id, "")


class LosingThen(Losing):
    """Loses one answer, and lets somebody edit the page at once."""

    def __init__(self, mediawiki: Witness, *, text: str) -> None:
        super().__init__(answers=1)
        self.mediawiki, self.text = mediawiki, text

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        try:
            return super().send(request, **options)
        except requests.ConnectionError:
            self.mediawiki.edit("Team", self.text)
            raise


@pytest.mark.parametrize("retries", [0, 1])
def test_an_answer_that_is_lost_before_somebody_edits_the_page(
    mediawiki: Witness, live: LiveWiki, on_edits: OnEdits, retries: int
) -> None:
    base = mediawiki.edit("Team", "old")
    on_edits(LosingThen(mediawiki, text="theirs"), retries=retries)
    outcome = live.save(edit(base, "old", "new"))
    _, ours, _ = mediawiki.history("Team")
    assert (outcome.kind, outcome.revision) == ("changed", ours.id)
    assert mediawiki.text("Team") == "theirs"


def test_an_answer_that_is_lost_to_an_edit_that_was_merged(
    mediawiki: Witness, live: LiveWiki, on_edits: OnEdits
) -> None:
    old = "* Ada, engineer\n\n\n\n* Grace, admiral"
    base = mediawiki.edit("Team", old)
    theirs = mediawiki.edit("Team", old.replace("admiral", "rear admiral"))
    on_edits(Losing(answers=1))
    outcome = live.save(edit(base, old, old.replace("engineer", "lead")))
    assert (outcome.kind, outcome.revision) == ("changed", mediawiki.history("Team")[0].id)
    assert "answer was lost" in outcome.detail
    assert f"(revision {theirs})" in outcome.detail


def test_an_edit_of_another_run_is_not_taken_for_one_whose_answer_was_lost(
    mediawiki: Witness, live: LiveWiki
) -> None:
    base = mediawiki.edit("Team", "old")
    mediawiki.edit("Team", "new", user=mediawiki.bot)
    mediawiki.edit("Team", "theirs")
    assert live.save(edit(base, "old", "new")).kind == "conflict"
    assert mediawiki.text("Team") == "theirs"


# Two enter the same person in different places of a list, which MediaWiki merges.
LIST = "* [[User:Bo]]\n* [[User:Cy]]\n\n\n\n* [[User:Di]]"
OURS, THEIRS = f"{LIST}\n* [[User:Ada]]", f"* [[User:Ada]]\n{LIST}"


@pytest.mark.parametrize("answers", [0, 1], ids=["answered", "the answer is lost"])
def test_what_both_have_added_does_not_stand_there_twice(
    mediawiki: Witness, live: LiveWiki, on_edits: OnEdits, answers: int
) -> None:
    base = mediawiki.edit("Team", LIST)
    mediawiki.edit("Team", THEIRS)
    on_edits(Losing(answers=answers))
    outcome = live.save(edit(base, LIST, OURS))
    back, merged, _, _ = mediawiki.history("Team")
    assert (outcome.kind, outcome.revision, outcome.stop) == ("conflict", back.id, "")
    assert "added the same" in outcome.detail
    assert f"takes back revision {merged.id}" in back.comment
    assert mediawiki.text("Team") == THEIRS


def test_what_stands_there_twice_and_cannot_be_taken_back_is_said(
    mediawiki: Witness, live: LiveWiki, on_edits: OnEdits
) -> None:
    base = mediawiki.edit("Team", LIST)
    mediawiki.edit("Team", THEIRS)
    on_edits(Losing(passing=1, questions=1))
    outcome = live.save(edit(base, LIST, OURS))
    assert (outcome.kind, outcome.revision) == ("failed", mediawiki.history("Team")[0].id)
    assert "stands there twice; look at it" in outcome.stop


def test_an_edit_that_does_not_arrive_is_sent_again(
    mediawiki: Witness, live: LiveWiki, on_edits: OnEdits
) -> None:
    base = mediawiki.edit("Team", "old")
    on_edits(Losing(questions=1), retries=1)
    assert live.save(edit(base, "old", "new")).kind == "changed"
    assert len(mediawiki.history("Team")) == 2


def test_an_edit_that_never_arrives_ends_the_run(
    mediawiki: Witness, live: LiveWiki, on_edits: OnEdits
) -> None:
    base = mediawiki.edit("Team", "old")
    on_edits(Losing(questions=2), retries=1)
    outcome = live.save(edit(base, "old", "new"))
    assert outcome.kind == "failed"
    assert "connection reset" in outcome.stop
    assert mediawiki.text("Team") == "old"


# --- what the wiki and its people do not want ---------------------------------------------------


def test_no_write_outside_of_the_titles_allowed(mediawiki: Witness, live: LiveWiki) -> None:
    base = mediawiki.edit("Elsewhere", "old")
    before = live.requests
    outcome = live.save(edit(base, "old", "new", title="Elsewhere"))
    assert outcome.kind == "refused"
    assert "write_under" in outcome.detail
    assert live.requests == before


def test_a_protected_page(mediawiki: Witness, live: LiveWiki) -> None:
    base = mediawiki.edit("Team", "old")
    mediawiki.protect("Team")
    mediawiki.protect("Team/new")
    changing = live.save(edit(base, "old", "new"))
    creating = live.save(edit(None, "", "new", title="Team/new"))
    assert (changing.kind, changing.stop) == ("protected", "")
    assert (creating.kind, creating.stop) == ("protected", "")
    assert mediawiki.text("Team") == "old"


@pytest.mark.own_wiki
def test_the_spam_blacklist(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.configure("$wgGroupPermissions['bot']['sboverride'] = false;")
    mediawiki.edit("MediaWiki:Spam-blacklist", r"bad\.example")
    outcome = live.save(edit(None, "", "see https://bad.example/x"))
    assert (outcome.kind, outcome.stop) == ("refused", "")
    assert "spam blacklist" in outcome.detail


def test_the_title_blacklist(mediawiki: Witness, live: LiveWiki) -> None:
    mediawiki.edit("MediaWiki:Titleblacklist", "Team.bad.*")
    outcome = live.save(edit(None, "", "x", title="Team/bad one"))
    assert (outcome.kind, outcome.stop) == ("refused", "")
    assert mediawiki.text("Team/bad one") is None


@pytest.mark.own_wiki
def test_an_abuse_filter(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.abuse_filter('added_lines contains "gone"')
    base = mediawiki.edit("Team", "old")
    outcome = live.save(edit(base, "old", "all people are gone"))
    assert (outcome.kind, outcome.stop) == ("refused", "")
    assert "filter" in outcome.detail
    assert mediawiki.text("Team") == "old"


@pytest.mark.own_wiki
def test_a_blocked_account_ends_the_run(mediawiki: MediaWiki, live: LiveWiki) -> None:
    base = mediawiki.edit("Team", "old")
    mediawiki.block(mediawiki.bot, reason="runs wild")
    outcome = live.save(edit(base, "old", "new"))
    assert outcome.kind == "failed"
    assert "blocked" in outcome.stop
    assert mediawiki.text("Team") == "old"


@pytest.mark.own_wiki
def test_a_block_from_one_page_does_not(mediawiki: MediaWiki, live: LiveWiki) -> None:
    base = mediawiki.edit("Team", "old")
    mediawiki.block(mediawiki.bot, partial="1", pagerestrictions="Team", allowusertalk="1")
    outcome = live.save(edit(base, "old", "new"))
    assert (outcome.kind, outcome.stop) == ("refused", "")


@pytest.mark.own_wiki
def test_a_wiki_that_is_read_only_ends_the_run(mediawiki: MediaWiki, live: LiveWiki) -> None:
    base = mediawiki.edit("Team", "old")
    mediawiki.configure("$wgReadOnly = 'moving house';")
    outcome = live.save(edit(base, "old", "new"))
    assert outcome.kind == "failed"
    assert "read-only: moving house" in outcome.stop


@pytest.mark.own_wiki
def test_rights_that_are_lost_end_the_run(mediawiki: MediaWiki, live: LiveWiki) -> None:
    base = mediawiki.edit("Team", "old")
    mediawiki.configure("$wgRevokePermissions['bot']['edit'] = true;")
    outcome = live.save(edit(base, "old", "new"))
    assert outcome.kind == "failed"
    assert "right to edit" in outcome.stop


def as_json(title: str, text: str = "{}") -> Edit:
    return Edit(title, None, "", text, "directory: people", ("directory",), (), model="json")


def test_a_page_of_json_is_created_as_such(live: LiveWiki) -> None:
    outcome = live.save(as_json("Team/directory.json"))
    assert outcome.kind == "changed"
    assert live.load(["Team/directory.json"])["Team/directory.json"].model == "json"


def test_words_that_keep_bots_away_mean_nothing_in_json(live: LiveWiki) -> None:
    old, new = '{\n\t"name": "{{nobots}}"\n}', '{\n\t"name": "{{nobots}} x"\n}'
    outcome = live.save(as_json("Team/directory.json", old))
    assert (
        live.save(replace(as_json("Team/directory.json", new), base=outcome.revision, old=old)).kind
        == "changed"
    )


@pytest.mark.own_wiki
def test_an_account_that_may_not_make_pages_of_json(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.configure("$wgRevokePermissions['bot']['editcontentmodel'] = true;")
    outcome = live.save(as_json("Team/directory.json"))
    assert (outcome.kind, outcome.stop) == ("refused", "")
    assert "may not make pages of JSON; give it the right editcontentmodel" in outcome.detail


@pytest.mark.own_wiki
def test_json_below_the_bots_own_user_page_takes_a_grant(
    mediawiki: MediaWiki, tmp_path: Path
) -> None:
    title = f"User:{mediawiki.bot}/directory.json"
    config = config_for(mediawiki, write_under=[title, "User:Admin/", "MediaWiki:"])
    live = open_for(mediawiki, tmp_path, config=config)
    try:
        outcome = live.save(as_json(title))
        assert (outcome.kind, outcome.stop) == ("protected", "")
        assert "grant “Edit your user CSS/JSON/JavaScript” (editmyuserjson)" in outcome.detail
        for other, why in (
            ("User:Admin/directory.json", "belongs to another user"),
            ("MediaWiki:Directory.json", "protected"),
        ):
            refused = live.save(as_json(other))
            assert refused.kind == "protected"
            assert why in refused.detail
        mediawiki.configure("$wgGrantPermissions['editpage']['editmyuserjson'] = true;")
        assert live.save(as_json(title)).kind == "changed"
        assert live.load([title])[title].model == "json"
    finally:
        live.close()


@pytest.mark.own_wiki
def test_a_text_that_is_too_large(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.configure("$wgMaxArticleSize = 1;")
    outcome = live.save(edit(None, "", "x" * 2000))
    assert (outcome.kind, outcome.stop) == ("failed", "")
    assert "larger than the wiki allows" in outcome.detail


def test_a_text_that_the_wiki_changes_is_not_called_done(
    mediawiki: Witness, live: LiveWiki
) -> None:
    outcome = live.save(edit(None, "", "{{subst:PAGENAME}}"))
    assert outcome.kind == "failed"
    assert outcome.revision == mediawiki.history("Team")[0].id


def test_a_signature_is_what_the_wiki_makes_of_it(mediawiki: Witness, live: LiveWiki) -> None:
    outcome = live.save(edit(None, "", "Hello ~~~~"))
    assert (outcome.kind, outcome.detail) == ("changed", "")
    assert str(mediawiki.text("Team")).startswith("Hello [[User:")


def lose_session(state_dir: Path) -> None:
    from pywikibot.comms import http

    http.cookie_jar.clear()
    for kept in state_dir.rglob("*.lwp"):
        kept.unlink()


def test_a_session_that_was_lost_is_taken_up_again(
    mediawiki: Witness, live: LiveWiki, tmp_path: Path
) -> None:
    base = mediawiki.edit("Team", "old")
    live.save(edit(base, "old", "new"))
    lose_session(tmp_path)
    base = mediawiki.history("Team")[0].id
    assert live.save(edit(base, "new", "newer")).kind == "changed"
    assert mediawiki.history("Team")[0].user == mediawiki.bot


def test_a_password_that_was_revoked_ends_the_run(
    mediawiki: Witness, live: LiveWiki, tmp_path: Path
) -> None:
    base = mediawiki.edit("Team", "old")
    live.save(edit(base, "old", "new"))
    file = tmp_path / "bot-password"
    file.write_text(file.read_text("utf-8").replace(mediawiki.bot_password, "revoked1"), "utf-8")
    lose_session(tmp_path)
    outcome = live.save(edit(mediawiki.history("Team")[0].id, "new", "newer"))
    assert outcome.kind == "failed"
    assert outcome.stop.startswith("Not saved: the login was refused")
    assert mediawiki.text("Team") == "new"


@pytest.mark.own_wiki
def test_a_limit_of_the_wiki_ends_the_run(mediawiki: MediaWiki, live: LiveWiki) -> None:
    mediawiki.configure("$wgGroupPermissions['bot']['noratelimit'] = false;")
    mediawiki.configure("$wgRateLimits['edit']['user'] = $wgRateLimits['edit']['bot'] = [0, 60];")
    outcome = live.save(edit(None, "", "new"))
    assert outcome.kind == "failed"
    assert "the wiki refuses again and again: API error ratelimited" in outcome.stop
    assert mediawiki.text("Team") is None


@pytest.mark.own_wiki
def test_a_wiki_that_breaks_down_ends_the_run(mediawiki: MediaWiki, live: LiveWiki) -> None:
    base = live.save(edit(None, "", "old")).revision
    mediawiki.configure("http_response_code(503); exit('broken');")
    outcome = live.save(edit(base, "old", "new"))
    assert outcome.kind == "failed"
    assert outcome.stop.startswith("Whether the edit was saved is not known: ")
    assert "503" in outcome.stop


# --- answers that a wiki does not give when it is told to ----------------------------------------


class Answering(HTTPAdapter):
    """Answers edits itself; ``sent`` are their parameters."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer
        self.sent: list[dict[str, str]] = []

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        if "action=edit" not in str(request.body):
            return super().send(request, **options)
        self.sent.append(dict(parse_qsl(str(request.body), keep_blank_values=True)))
        response = requests.Response()
        response.status_code = 200
        response.request = request
        response.raw = BytesIO(json.dumps(self.answer).encode())
        return response


def test_the_warning_of_a_filter_is_not_passed_over(live: LiveWiki, on_edits: OnEdits) -> None:
    adapter = on_edits(Answering({"error": {"code": "abusefilter-warning", "info": "Sure?"}}))
    assert live.save(edit(None, "", "new")).kind == "refused"
    assert len(adapter.sent) == 1


def test_a_captcha_is_not_answered(live: LiveWiki, on_edits: OnEdits) -> None:
    captcha = {"type": "simple", "mime": "text/plain", "id": "1", "question": "2 + 2 ="}
    adapter = on_edits(Answering({"edit": {"result": "Failure", "captcha": captcha}}))
    outcome = live.save(edit(None, "", "new"))
    assert outcome.kind == "failed"
    assert "CAPTCHA" in outcome.stop
    assert len(adapter.sent) == 1


def test_a_failure_with_a_code(live: LiveWiki, on_edits: OnEdits) -> None:
    failure = {"result": "Failure", "code": "abusefilter-disallowed", "info": "Harmful."}
    on_edits(Answering({"edit": failure}))
    outcome = live.save(edit(None, "", "new"))
    assert (outcome.kind, outcome.stop) == ("refused", "")
    assert "Harmful" in outcome.detail


def test_another_account_ends_the_run(live: LiveWiki, on_edits: OnEdits) -> None:
    on_edits(Answering({"error": {"code": "assertnameduserfailed", "info": "Not you."}}))
    outcome = live.save(edit(None, "", "new"))
    assert outcome.kind == "failed"
    assert "another account" in outcome.stop


@pytest.mark.parametrize(
    "answer", [{}, [1], {"edit": []}, {"edit": {}}, {"edit": {"result": "Odd"}}]
)
def test_an_answer_that_nobody_knows(live: LiveWiki, on_edits: OnEdits, answer: Any) -> None:
    on_edits(Answering(answer))
    outcome = live.save(edit(None, "", "new"))
    assert outcome.kind == "failed"
    assert outcome.stop.startswith("Not saved, as far as the page shows: the wiki's answer is not")


def test_a_save_that_the_wiki_does_not_show_is_not_called_done(
    live: LiveWiki, on_edits: OnEdits
) -> None:
    on_edits(Answering({"edit": {"result": "Success", "oldrevid": 0, "newrevid": 99999}}))
    outcome = live.save(edit(None, "", "new"))
    assert outcome.kind == "failed"
    assert "revision 99999" in outcome.detail


def test_every_write_names_account_and_base(
    mediawiki: Witness, live: LiveWiki, on_edits: OnEdits
) -> None:
    base = mediawiki.edit("Team", "old")
    adapter = on_edits(Answering({"error": {"code": "protectedpage", "info": "No."}}))
    live.save(edit(base, "old", "new"))
    live.save(edit(None, "", "new", title="Team/2"))
    changing, creating = adapter.sent
    assert changing["assertuser"] == creating["assertuser"] == mediawiki.bot
    assert changing["baserevid"] == str(base)
    assert {"nocreate", "createonly"} & changing.keys() == {"nocreate"}
    assert {"nocreate", "createonly", "baserevid"} & creating.keys() == {"createonly"}
    assert "basetimestamp" not in changing


# --- interrupts ---------------------------------------------------------------------------------


def test_an_interrupt_ends_the_pause_before_an_edit(mediawiki: Witness, tmp_path: Path) -> None:
    wiki = config_for(mediawiki).wiki.model_dump(exclude_none=True)
    live = open_for(
        mediawiki, tmp_path, config=parse({"wiki": wiki, "limits": {"put_throttle": 600}})
    )

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise Terminated("SIGALRM")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(Terminated):
            live.save(edit(None, "", "x"))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert not live.load(["Team"])["Team"].exists
    live.close()
