"""What Pywikibot and MediaWiki say when something goes wrong, in the words of the project."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from requests import RequestException

from wikibot.errors import WikiError
from wikibot.model import Edit, Outcome, OutcomeKind
from wikibot.wiki.pywikibot_setup import Asked, Relay

# Pywikibot is imported inside of functions: where it looks for its files is settled before.


def trouble() -> tuple[type[Exception], ...]:
    """What Pywikibot raises when a wiki does not do what is asked of it.

    ``ConnectionError`` is the builtin one: no such host.
    """
    from pywikibot.exceptions import Error

    return Error, Asked, ConnectionError, RequestException


def no_answer() -> tuple[type[Exception], ...]:
    """Those of :func:`trouble` after which it is open whether the wiki has done it."""
    from pywikibot.exceptions import ApiTimeoutError, ServerError, UnexpectedAPIDataError

    return (
        ApiTimeoutError,
        ServerError,
        UnexpectedAPIDataError,
        ConnectionError,
        RequestException,
    )


@contextmanager
def told(wiki: str, relay: Relay) -> Iterator[None]:
    """Turn :func:`trouble` into :class:`WikiError`, one sentence about ``wiki``."""
    relay.complaint = ""
    try:
        yield
    except trouble() as error:
        raise WikiError(f"{wiki}: {explain(error, complaint=relay.complaint)}.") from None


def explain(error: Exception, *, complaint: str) -> str:
    """What went wrong, as the end of a sentence ``wiki: …``, with what to do about it.

    ``complaint`` is the last thing that Pywikibot complained of, ``""`` when it did not.
    """
    from pywikibot.exceptions import (
        APIError,
        ApiTimeoutError,
        MaxlagTimeoutError,
        NoUsernameError,
        ServerError,
    )

    match error:
        case Asked() if complaint:
            return f"the login failed, try again later: {line(complaint)}"
        case Asked():
            return (
                "there is no password; set WIKIBOT_LOGIN and WIKIBOT_PASSWORD (a bot password), or "
                "the four variables of OAuth, or use Pywikibot's files (user-config.example.py)"
            )
        case NoUsernameError():
            return f"the login was refused, check account and password: {line(error)}"
        case APIError():
            return f"the wiki refused: {line(error.info)} ({error.code})"
        case MaxlagTimeoutError():
            return "the wiki's databases lag behind for too long (maxlag), try again later"
        case ApiTimeoutError() if complaint.startswith("API error "):
            return f"the wiki refuses again and again: {line(complaint)}"
        case ApiTimeoutError() if complaint:
            do = "check the address or try later"
            return f"the wiki gives no usable answer, {do}: {line(complaint)}"
        case ApiTimeoutError() | ConnectionError() | ServerError() | RequestException():
            return f"the wiki cannot be reached, check the address and the network: {line(error)}"
        case _:
            return line(error)


def line(said: object) -> str:
    """What somebody else's program says, fit for the end of a sentence."""
    text = " ".join(str(said).split()).rstrip(".")
    for pattern, say in _SHORTER:
        if found := pattern.search(text):
            return found.expand(say)
    return text


# What is worth knowing of what requests wraps into the names of four classes, and of the page of
# text that Pywikibot prints for an answer that is not JSON.
_SHORTER = (
    (re.compile(r"Non-JSON response .*Status code: (\d+)"), r"it is not JSON (HTTP status \1)"),
    (re.compile(r"_readonly: .*\[readonlyreason: (.*?);? help: .*"), r"the wiki is read-only: \1"),
    (re.compile(r"\[Errno -?\d+\] ([^'\"()]+)"), r"\1"),
    (re.compile(r"\(Caused by \w+\(\w+\(\d+, '([^']+)'"), r"\1"),
    (re.compile(r"^[a-z_]+\.[\w.]*(?:Error|Timeout): (.+)"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class _Refusal:
    kind: OutcomeKind
    say: str
    stop: bool = False  # whatever is tried next will be refused as well


# https://www.mediawiki.org/wiki/API:Edit#Possible_errors; codes are compared by their beginning,
# because some go on (cantcreate-anon, titleblacklist-forbidden-edit).
_REFUSALS = {
    "editconflict": _Refusal("conflict", "somebody has edited the page in the same places"),
    "articleexists": _Refusal("conflict", "the page was created meanwhile"),
    "edit-already-exists": _Refusal("conflict", "the page was created meanwhile"),
    "contentmodel-mismatch": _Refusal("conflict", "the page has another content model now"),
    "nosuchrevid": _Refusal("conflict", "the revision that was read is gone"),
    "missingtitle": _Refusal("missing", "the page is not there any more (deleted, or moved away)"),
    "pagedeleted": _Refusal("missing", "the page is not there any more (deleted, or moved away)"),
    "protectedpage": _Refusal("protected", "the page is protected"),
    "cascadeprotected": _Refusal("protected", "a page that includes the page is protected"),
    "protectedtitle": _Refusal("protected", "the title is protected from creation"),
    "protectednamespace": _Refusal("protected", "the namespace is protected"),
    "namespaceprotected": _Refusal("protected", "the namespace is protected"),
    "mycustomjsonprotected": _Refusal(
        "protected",
        "pages of JSON below its own user page take the grant “Edit your user "
        "CSS/JSON/JavaScript” (editmyuserjson)",
    ),
    "customcssprotected": _Refusal("protected", "the page belongs to another user"),
    "customjsonprotected": _Refusal("protected", "the page belongs to another user"),
    "customjsprotected": _Refusal("protected", "the page belongs to another user"),
    "sitecssprotected": _Refusal("protected", "only interface administrators may edit it"),
    "sitejsonprotected": _Refusal("protected", "only interface administrators may edit it"),
    "sitejsprotected": _Refusal("protected", "only interface administrators may edit it"),
    "abusefilter-": _Refusal("refused", "an abuse filter objects"),
    "spamblacklist": _Refusal("refused", "a link is on the spam blacklist"),
    "titleblacklist-": _Refusal("refused", "the title is on the title blacklist"),
    "filtered": _Refusal("refused", "the edit was filtered"),
    "hookaborted": _Refusal("refused", "an extension of the wiki objects"),
    "cantchangecontentmodel": _Refusal(
        "refused",
        "the account may not make pages of JSON; give it the right editcontentmodel, or make the "
        "page for it (Special:ChangeContentModel)",
    ),
    "cantcreate": _Refusal("refused", "the account may not create this page"),
    "nocreate-": _Refusal("refused", "the account may not create this page"),
    "tpt-": _Refusal("refused", "the page is made by the Translate extension"),
    "contenttoobig": _Refusal("failed", "the text is larger than the wiki allows"),
    "invalidtitle": _Refusal("failed", "the title is not valid"),
    "blocked": _Refusal("failed", "the account or its address is blocked", stop=True),
    "autoblocked": _Refusal("failed", "the account or its address is blocked", stop=True),
    "systemblocked": _Refusal("failed", "the account or its address is blocked", stop=True),
    "globalblocking-": _Refusal("failed", "the account or its address is blocked", stop=True),
    "assert": _Refusal("failed", "the wiki takes us for another account", stop=True),
    "noedit": _Refusal("failed", "the account has lost the right to edit", stop=True),
    "permissiondenied": _Refusal("failed", "the account has lost the right to edit", stop=True),
    "writeapidenied": _Refusal("failed", "the account may not write by the API", stop=True),
    "noapiwrite": _Refusal("failed", "the wiki does not allow writing by the API", stop=True),
    "badtoken": _Refusal("failed", "the session was lost", stop=True),
    "mwoauth-": _Refusal("failed", "the OAuth consumer is not accepted any more", stop=True),
    "readonly": _Refusal("failed", "the wiki is read-only", stop=True),
    "captcha": _Refusal("failed", "the wiki asks for a CAPTCHA", stop=True),
    "ratelimited": _Refusal("failed", "the account edits faster than it may", stop=True),
}


def refused(edit: Edit, *, code: str, info: str, other: Mapping[str, Any]) -> Outcome:
    """What becomes of an edit that the wiki has refused, by the code of the API's error.

    ``info`` is what the API says about it, ``other`` what stands beside that.
    """
    if code == "blocked" and other.get("blockinfo", {}).get("blockpartial"):
        return Outcome(edit.title, "refused", "the account is blocked from editing this page")
    for beginning, refusal in _REFUSALS.items():
        if code.startswith(beginning):
            detail = f"{refusal.say}: {line(info)}" if info else refusal.say
            return Outcome(edit.title, refusal.kind, detail, stop=detail if refusal.stop else "")
    return Outcome(edit.title, "failed", f"{line(info)} ({code}).")
