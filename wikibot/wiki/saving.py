"""One edit to a live wiki, and what became of it by the wiki's own account.

An edit goes by ``action=edit`` with the revision that was read as its base, not by
``Page.save()``, which

- moves the base when anything makes Pywikibot load the page again, so that others' edits are lost,
- sends an edit that an abuse filter warns of again at once, for ever where there is no session,
- gives neither the wiki's reason for a refusal nor the revision that it made.

What the wiki answers is not the whole story:

- An answer may be lost, and Pywikibot tries again by itself. So after any trouble the edit is
  looked for among the revisions since its base, to which others may have added theirs.
- MediaWiki merges what was edited in different places. Where both have put the same person on a
  list, say, it would then stand there twice; that is taken back, and a conflict.

Throttle, maxlag, retries, tokens and logging in again are Pywikibot's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wikibot.model import Edit, Outcome
from wikibot.wiki import outcomes
from wikibot.wiki.pywikibot_setup import Relay
from wikibot.wiki.query import Query, Revision
from wikibot.wikitext.exclusion import excluded
from wikibot.wikitext.saved import added_by_both, reads_as

if TYPE_CHECKING:
    from pywikibot.site import APISite

_SINCE = 10  # revisions looked through for an edit of ours: retries last minutes at most

_SAYS_IT = "The page says it already."


@dataclass(frozen=True, slots=True)
class _At:
    """The wiki on which an edit is made, and the account that makes it."""

    site: "APISite"
    query: Query
    relay: Relay
    user: str

    def explain(self, error: Exception) -> str:
        return outcomes.explain(error, complaint=self.relay.complaint)


def save(edit: Edit, *, site: "APISite", query: Query, relay: Relay) -> Outcome:
    """Write and read back. Trouble with the wiki is an outcome that ends the run."""
    relay.complaint, relay.retried = "", False
    at = _At(site, query, relay, str(site.user()))
    try:
        said = _submit(edit, at)
    except outcomes.trouble() as error:
        return _after_trouble(error, edit, at)
    if said.get("result") != "Success":
        return _failure(said, edit, at)
    number = said.get("newrevid")
    try:
        if number is None:
            return _ours(edit, at, lost=relay.retried) or _nothing_new(edit, at)
        return _confirmed(number, edit, at)
    except outcomes.trouble() as error:
        says = "changes nothing" if number is None else f"is saved as revision {number}"
        why = at.explain(error)
        detail = f"The wiki says that the edit {says}, but it cannot be read back: {why}."
        return Outcome(edit.title, "failed", detail, revision=number, stop=detail)


# --- the request --------------------------------------------------------------------------------


def _submit(edit: Edit, at: _At) -> Mapping[str, Any]:
    """What the wiki says of the edit; nothing, if its answer is about something else."""
    from pywikibot.exceptions import APIError

    try:
        answer = at.site.simple_request(**_parameters(edit, at)).submit()
    except APIError as error:
        if error.code != "badtoken":
            raise
        # Having logged in again in the middle of an edit, Pywikibot sends the token of the login.
        at.site.tokens.clear()
        answer = at.site.simple_request(**_parameters(edit, at)).submit()
    said = answer.get("edit") if isinstance(answer, Mapping) else None
    return said if isinstance(said, Mapping) else {}


def _parameters(edit: Edit, at: _At) -> dict[str, Any]:
    """https://www.mediawiki.org/wiki/API:Edit"""
    base: dict[str, Any] = (
        {"createonly": True, **_model(edit)}
        if edit.base is None
        # no basetimestamp: with it, MediaWiki lets an account overwrite what it saved itself
        else {"baserevid": edit.base, "nocreate": True}
    )
    return base | {
        "action": "edit",
        "formatversion": 2,
        "title": edit.title,
        "text": edit.new,
        "summary": edit.summary,
        "bot": True,
        "notminor": True,  # also where the account's preferences say otherwise
        "watchlist": "nochange",
        "assertuser": at.user,
        "token": at.site.tokens["csrf"],
    }


def _model(edit: Edit) -> dict[str, str]:
    """Only for a page that is created: one that is there keeps the model that it has."""
    return {} if edit.model == "wikitext" else {"contentmodel": edit.model}


# --- after an answer ----------------------------------------------------------------------------


def _confirmed(number: int, edit: Edit, at: _At) -> Outcome:
    """The outcome after reading back the revision that the wiki says it made."""
    there = at.query.revision(number)
    if there is None:
        detail = f"The wiki says that it saved revision {number}, but does not show it."
        return Outcome(edit.title, "failed", detail, revision=number)
    if there.parent != (edit.base or 0):
        return _merged(there, edit, at)
    if there.text is None or not reads_as(there.text, edit.new):
        detail = f"Revision {number} was saved, but its text is not what was sent; look at it."
        return Outcome(edit.title, "failed", detail, revision=number)
    return Outcome(edit.title, "changed", revision=number)


def _nothing_new(edit: Edit, at: _At) -> Outcome:
    there = at.query.newest(edit.title)
    return Outcome(edit.title, "unchanged", _SAYS_IT, revision=there.id if there else None)


def _failure(said: Mapping[str, Any], edit: Edit, at: _At) -> Outcome:
    """Refusals that come as an answer, not as an error; or an answer to something else."""
    from pywikibot.exceptions import UnexpectedAPIDataError

    code = next((code for code in ("captcha", "spamblacklist") if code in said), said.get("code"))
    if code:
        return outcomes.refused(edit, code=code, info=said.get("info", ""), other=said)
    result = f"result {said['result']}" if "result" in said else "no result"
    error = UnexpectedAPIDataError(f"the wiki's answer is not understood ({result})")
    return _after_trouble(error, edit, at)


# --- after trouble ------------------------------------------------------------------------------


def _after_trouble(error: Exception, edit: Edit, at: _At) -> Outcome:
    """What became of an edit that ended in an error: whatever the last answer was, it may be there
    by an earlier attempt.
    """
    from pywikibot.exceptions import APIError

    why = at.explain(error)
    try:
        # an error at the first attempt is the answer itself
        lost = at.relay.retried or not isinstance(error, APIError)
        if ours := _ours(edit, at, lost=lost):
            return ours
        if isinstance(error, APIError):
            return outcomes.refused(edit, code=error.code, info=error.info, other=error.other)
        if isinstance(error, outcomes.no_answer()):
            read_only = _why_read_only(at.query)
            say = "Not saved" if read_only else "Not saved, as far as the page shows"
            return _stopping(edit, f"{say}: {read_only or why}.")
    except outcomes.trouble():  # the first error says why
        return _stopping(edit, f"Whether the edit was saved is not known: {why}.")
    return _stopping(edit, f"Not saved: {why}.")


def _stopping(edit: Edit, detail: str) -> Outcome:
    return Outcome(edit.title, "failed", detail, stop=detail)


def _ours(edit: Edit, at: _At, *, lost: bool) -> Outcome | None:
    """The outcome, if an answer may be ``lost`` and this edit is there since its base.

    If none can be, another run with the same account has made it.

    Others may have edited the page since; before it, too, if the wiki merged it with theirs. Also
    if somebody else has made the same change, which MediaWiki may take for a conflict.
    """
    revisions = at.query.since(edit.title, edit.base, limit=_SINCE)
    for there in revisions:
        detail = "The wiki's answer was lost; the edit is there."
        if not lost or there.user != at.user:
            continue
        if there.parent == (edit.base or 0):
            if there.text is not None and reads_as(there.text, edit.new):
                return Outcome(edit.title, "changed", detail, revision=there.id)
        elif there.comment == edit.summary:
            merged = _merged(there, edit, at)
            if merged.kind != "changed":
                return merged
            return replace(merged, detail=f"{detail} {merged.detail}")
    if revisions and (text := revisions[-1].text) is not None and reads_as(text, edit.new):
        return Outcome(edit.title, "unchanged", _SAYS_IT, revision=revisions[-1].id)
    return None


def read_only(general: Mapping[str, Any]) -> str:
    """Why the wiki takes no edits, a clause, ``""`` if it does; of ``siprop=general``."""
    if not general.get("readonly"):
        return ""
    return f"the wiki is read-only: {outcomes.line(general['readonlyreason'])}"


def _why_read_only(query: Query) -> str:
    """Asked after Pywikibot gave up, which says nothing more than that."""
    (answer,) = query(meta="siteinfo", siprop="general")
    return read_only(answer["general"])


# --- after a merge ------------------------------------------------------------------------------


def _merged(there: Revision, edit: Edit, at: _At) -> Outcome:
    """The outcome of an edit that came upon others' in the very moment, in other places."""
    theirs = at.query.revision(there.parent)
    before = theirs.text if theirs else None
    if before is not None and added_by_both(edit.old, edit.new, before):
        return _taken_back(there, before, edit, at)
    detail = f"The wiki merged it with what others saved meanwhile (revision {there.parent})."
    if there.text is not None and excluded(there.text, at.user):
        detail += " The page keeps the bot away since ({{bots}}); undo the edit if it is unwanted."
    return Outcome(edit.title, "changed", detail, revision=there.id)


def _taken_back(merged: Revision, theirs: str, edit: Edit, at: _At) -> Outcome:
    """The conflict that MediaWiki did not see: both have added the same, and now it stands twice.
    The page becomes what the others had saved, ``theirs``.
    """
    from pywikibot.exceptions import APIError

    why = "somebody has added the same to the page meanwhile"
    summary = f"wikibot: takes back revision {merged.id}: {why}"
    back = replace(edit, base=merged.id, old=merged.text or "", new=theirs, summary=summary)
    twice = f"Revision {merged.id}: {why}, it stands there twice; look at it"
    try:
        said = _submit(back, at)
    except outcomes.trouble() as error:
        detail = f"{twice}: {at.explain(error)}."
        stop = "" if isinstance(error, APIError) else detail
        return Outcome(edit.title, "failed", detail, revision=merged.id, stop=stop)
    if said.get("result") != "Success":
        return Outcome(edit.title, "failed", f"{twice}.", revision=merged.id)
    return Outcome(edit.title, "conflict", why, revision=said.get("newrevid"))
