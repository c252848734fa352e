"""What MediaWiki and the network say, in the words of the project."""

import pytest

from wikibot.model import Edit
from wikibot.wiki.outcomes import line, refused

EDIT = Edit("Team", 7, "old", "new", "roster: tidy up", ("roster",), ())
_GOES_ON = [
    ("editconflict", "conflict"),
    ("articleexists", "conflict"),
    ("nosuchrevid", "conflict"),
    ("missingtitle", "missing"),
    ("pagedeleted", "missing"),
    ("protectedpage", "protected"),
    ("cascadeprotected", "protected"),
    ("protectedtitle", "protected"),
    ("protectednamespace-interface", "protected"),
    ("abusefilter-disallowed", "refused"),
    ("abusefilter-warning", "refused"),
    ("spamblacklist", "refused"),
    ("titleblacklist-forbidden-edit", "refused"),
    ("hookaborted", "refused"),
    ("cantcreate", "refused"),
    ("tpt-target-page", "refused"),
    ("contenttoobig", "failed"),
    ("never-heard-of", "failed"),
]
_STOPS = [
    "blocked",
    "autoblocked",
    "systemblocked",
    "assertnameduserfailed",
    "assertuserfailed",
    "noedit",
    "permissiondenied",
    "writeapidenied",
    "readonly",
    "captcha",
    "ratelimited",
    "mwoauth-invalid-authorization",
]


@pytest.mark.parametrize(("code", "kind"), _GOES_ON)
def test_the_other_pages_are_still_done(code: str, kind: str) -> None:
    outcome = refused(EDIT, code=code, info="The wiki\nsays this.", other={})
    assert (outcome.title, outcome.kind, outcome.stop) == ("Team", kind, "")
    assert "The wiki says this" in outcome.detail


@pytest.mark.parametrize("code", _STOPS)
def test_nothing_more_is_written(code: str) -> None:
    outcome = refused(EDIT, code=code, info="The wiki says this.", other={})
    assert outcome.kind == "failed"
    assert "The wiki says this" in outcome.stop


def test_a_code_that_nobody_knows_is_named() -> None:
    outcome = refused(EDIT, code="never-heard-of", info="Odd.", other={})
    assert outcome.detail == "Odd (never-heard-of)."


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "HTTPConnectionPool(host='wiki.example', port=80): Max retries exceeded with url: /api "
            "(Caused by NewConnectionError('<urllib3.connection.HTTPConnection object at 0x7f>: "
            "Failed to establish a new connection: [Errno 111] Connection refused'))",
            "Connection refused",
        ),
        (
            "requests.exceptions.SSLError: HTTPSConnectionPool(host='wiki.example', port=443): Max "
            "retries exceeded with url: /api.php?a=(b) (Caused by SSLError(SSLError(1, '[SSL: X] "
            "certificate verify failed')))",
            "[SSL: X] certificate verify failed",
        ),
        (
            "Non-JSON response received from server wikibot:wiki for url https://wiki.example/\n"
            "The server may be down.\nStatus code: 404\nUser agent: x\nThe text message is: Hi.",
            "it is not JSON (HTTP status 404)",
        ),
        (
            "pywikibot.exceptions.ServerError: 503 Server Error: Service Unavailable",
            "503 Server Error: Service Unavailable",
        ),
        ("Two\n lines.", "Two lines"),
        ("The filter says: No.", "The filter says: No"),
    ],
)
def test_what_other_programs_say_becomes_short(said: str, shown: str) -> None:
    assert line(said) == shown
