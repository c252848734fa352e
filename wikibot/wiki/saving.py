"""One edit to a live wiki, and what became of it by the wiki's own account.

An edit goes by ``action=edit`` with the revision that was read as its base, not by
``Page.save()``, which

- moves the base when anything makes Pywikibot load the page again, so that others' edits are lost,
- sends an edit that an abuse filter warns of again at once, for ever where there is no session,
- gives neither the wiki's reason for a refusal nor the revision that it made.

Throttle, maxlag, retries, tokens and logging in again are Pywikibot's.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wikibot.model import Edit, Outcome
from wikibot.wiki import outcomes
from wikibot.wiki.pywikibot_setup import Relay
from wikibot.wiki.query import Query, Revision
from wikibot.wikitext.saved import reads_as

if TYPE_CHECKING:
    from pywikibot.site import APISite

# After these, and after no answer at all, it may be our own first attempt that is in the way.
_TRIED_TWICE = ("editconflict", "articleexists", "edit-already-exists")


def save(edit: Edit, *, site: "APISite", query: Query, relay: Relay) -> Outcome:
    """Write and read back. Trouble with the wiki is an outcome that ends the run."""
    relay.complaint = ""
    try:
        return _save(edit, site=site, query=query, relay=relay)
    except outcomes.trouble() as error:
        why = outcomes.explain(error, complaint=relay.complaint)
        lost = isinstance(error, outcomes.no_answer())
        say = "Whether the edit was saved is not known" if lost else "Not saved"
        return Outcome(edit.title, "failed", f"{say}: {why}.", stop=f"{say}: {why}.")


def _save(edit: Edit, *, site: "APISite", query: Query, relay: Relay) -> Outcome:
    from pywikibot.exceptions import APIError

    user = str(site.user())
    try:
        said = _submit(edit, site, user).get("edit", {})
    except APIError as error:
        if error.code in _TRIED_TWICE and (ours := _ours(query.newest(edit.title), edit, user)):
            return ours
        return outcomes.refused(edit, code=error.code, info=error.info, other=error.other)
    except outcomes.no_answer() as error:
        if ours := _ours(query.newest(edit.title), edit, user):
            return ours
        why = _why_read_only(query) or outcomes.explain(error, complaint=relay.complaint)
        return Outcome(edit.title, "failed", f"Not saved: {why}.", stop=f"Not saved: {why}.")
    if said.get("result") != "Success":
        return _failure(edit, said)
    if "nochange" in said:
        there = query.newest(edit.title)
        return _ours(there, edit, user) or Outcome(
            edit.title,
            "unchanged",
            "The page says it already.",
            revision=there.id if there else None,
        )
    return _confirmed(edit, said["newrevid"], query.revision(said["newrevid"]))


def _submit(edit: Edit, site: "APISite", user: str) -> Mapping[str, Any]:
    from pywikibot.exceptions import APIError

    try:
        answer: Mapping[str, Any] = site.simple_request(**_parameters(edit, site, user)).submit()
    except APIError as error:
        if error.code != "badtoken":
            raise
        # Having logged in again in the middle of an edit, Pywikibot sends the token of the login.
        site.tokens.clear()
        answer = site.simple_request(**_parameters(edit, site, user)).submit()
    return answer


def _parameters(edit: Edit, site: "APISite", user: str) -> dict[str, Any]:
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
        "assertuser": user,
        "token": site.tokens["csrf"],
    }


def _model(edit: Edit) -> dict[str, str]:
    """Only for a page that is created: one that is there keeps the model that it has."""
    return {} if edit.model == "wikitext" else {"contentmodel": edit.model}


def _ours(there: Revision | None, edit: Edit, user: str) -> Outcome | None:
    """The outcome, if the newest revision is just this edit: an answer to it was lost."""
    if (
        there is None
        or there.user != user
        or there.parent != (edit.base or 0)
        or there.text is None
        or not reads_as(there.text, edit.new)
    ):
        return None
    detail = "The wiki's answer was lost; the edit is there."
    return Outcome(edit.title, "changed", detail, revision=there.id)


def _confirmed(edit: Edit, number: int, there: Revision | None) -> Outcome:
    """The outcome after reading back the revision that the wiki says it made."""
    if there is None:
        detail = f"The wiki says that it saved revision {number}, but does not show it."
        return Outcome(edit.title, "failed", detail, revision=number)
    if there.parent != (edit.base or 0):
        detail = f"The wiki merged it with what others saved meanwhile (revision {there.parent})."
        return Outcome(edit.title, "changed", detail, revision=number)
    if there.text is None or not reads_as(there.text, edit.new):
        detail = f"Revision {number} was saved, but its text is not what was sent; look at it."
        return Outcome(edit.title, "failed", detail, revision=number)
    return Outcome(edit.title, "changed", revision=number)


def _failure(edit: Edit, said: Mapping[str, Any]) -> Outcome:
    """Refusals that come as an answer, not as an error."""
    code = next((code for code in ("captcha", "spamblacklist") if code in said), "")
    code = code or said.get("code") or f"result {said.get('result')}"
    return outcomes.refused(edit, code=code, info=said.get("info", ""), other=said)


def read_only(general: Mapping[str, Any]) -> str:
    """Why the wiki takes no edits, a clause, ``""`` if it does; of ``siprop=general``."""
    if not general.get("readonly"):
        return ""
    return f"the wiki is read-only: {outcomes.line(general['readonlyreason'])}"


def _why_read_only(query: Query) -> str:
    """Asked after Pywikibot gave up, which says nothing more than that."""
    (answer,) = query(meta="siteinfo", siprop="general")
    return read_only(answer["general"])
