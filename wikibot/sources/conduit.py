"""Phabricator's Conduit: one method asked, one answer checked, and the token never told.

How a question and its answer look is said on https://secure.phabricator.com/conduit/: a form with
``params`` (JSON, the token among them) and ``output`` goes to ``/api/METHOD``; an object
``{result, error_code, error_info}`` comes back, with status 200 for errors, too.

Only methods that read are asked here, so that every question may be repeated.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import requests
from pydantic import BaseModel, StrictInt, StrictStr, ValidationError
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, InvalidHeader
from urllib3.util import Retry

from wikibot import __version__
from wikibot.model import Lack, LackKind

TOKEN = "WIKIBOT_PHABRICATOR_TOKEN"
PAGE = 100  # what Conduit gives, and takes, at most at once
_CHUNK = 2**16
_TOLD = 200  # characters of a foreign text that a sentence quotes


class Unanswered(Exception):
    """Why one thing could not be learnt."""

    def __init__(self, kind: LackKind, why: str) -> None:
        super().__init__(why)
        self.lack = Lack(kind, why)


class OutOfReach(Unanswered):
    """Why nothing more can be learnt, whatever is asked."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much at most; times are seconds.

    ``budget`` is for all questions together: no attempt begins after it. ``backoff`` is urllib3's
    factor: 1 waits 0, 2, 4 seconds before the attempts after the first. ``retry_after`` is the
    longest that the server may make the bot wait.
    """

    connect: float = 10
    read: float = 30
    budget: float = 120
    retries: int = 3
    backoff: float = 1
    retry_after: int = 60
    body: int = 8 * 2**20
    pages: int = 100


class Cursor(BaseModel):
    """``after`` is what the next page is asked with, ``None`` on the last one."""

    after: StrictStr | StrictInt | None


class Page(BaseModel):
    """What every ``*.search`` answers with; what is in ``data`` is for its subclasses to say."""

    cursor: Cursor


class _Envelope(BaseModel):
    result: Any = None
    error_code: StrictStr | StrictInt | None = None
    error_info: StrictStr | None = None


Shape = TypeVar("Shape", bound=BaseModel)
Pages = TypeVar("Pages", bound=Page)


# --- how a question is sent ---------------------------------------------------------------------


class _Retry(Retry):
    """Tries again while there is time, and never waits for longer than there is.

    urllib3 makes a new one for each attempt, by :meth:`new`.
    """

    def __init__(
        self, *arguments: Any, time_left: Callable[[], float] = lambda: 0, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.time_left = time_left

    def new(self, **options: Any) -> Self:
        return super().new(time_left=self.time_left, **options)

    def is_exhausted(self) -> bool:
        return super().is_exhausted() or self.time_left() <= 0

    def parse_retry_after(self, retry_after: str) -> float:
        try:
            seconds = super().parse_retry_after(retry_after)  # at most retry_after_max
        except (InvalidHeader, ValueError, OverflowError):
            return 0  # then backoff says how long
        return min(seconds, max(0, self.time_left()))

    def get_backoff_time(self) -> float:
        return min(super().get_backoff_time(), max(0, self.time_left()))


class _Session(requests.Session):
    """Follows no redirect, nor reads what comes with one: the token is in what would be sent."""

    def get_redirect_target(self, *_: object) -> None:
        return None


def _session(limits: Limits, contact: str, time_left: Callable[[], float]) -> requests.Session:
    """Says who it is as the wiki's connection does: client, contact, library."""
    retry = _Retry(
        limits.retries,
        allowed_methods={"POST"},
        status_forcelist={429, 500, 502, 503, 504},
        backoff_factor=limits.backoff,
        raise_on_status=False,
        retry_after_max=limits.retry_after,
        time_left=time_left,
    )
    about = f" ({contact})" if contact else ""
    session = _Session()
    session.headers["User-Agent"] = f"wikibot/{__version__}{about} requests/{requests.__version__}"
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def _reason(error: BaseException) -> str:
    """What is at the bottom of an error of requests: “Connection refused”, “timed out”."""
    for _ in range(20):  # there may be circles
        inner = [argument for argument in error.args if isinstance(argument, BaseException)]
        deeper = error.__cause__ or error.__context__ or next(iter(inner), None)
        if deeper is None:
            break
        error = deeper
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


def _spellings(token: str) -> re.Pattern[str]:
    """Finds the token, also where it was encoded for an address, for JSON, or for HTML.

    Repetitions are bounded, because the texts that are searched may be long and odd.
    """

    def spelled(char: str) -> str:
        percent = "".join(f"%{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
        code = ord(char)
        forms = (
            rf"\\{{0,4}}{re.escape(char)}",
            percent,
            rf"\\{{1,4}}u{code:04x}",
            rf"\\{{1,4}}x{code:02x}",
            f"&#0{{0,4}}{code};",
            f"&#x0{{0,4}}{code:x};",
        )
        return f"(?:{'|'.join(forms)})"

    return re.compile("".join(map(spelled, token)), re.IGNORECASE)


class Conduit:
    """Asks the Phabricator at ``url``, one question after the other, until ``budget`` is spent.

    ``contact`` is where people reach whoever runs the bot. Every text of the server that gets
    into a sentence loses the token, line breaks and most of its length.
    """

    def __init__(
        self, url: str, token: str, *, contact: str, limits: Limits, clock: Callable[[], float]
    ) -> None:
        ends = clock() + limits.budget
        self.url = url.rstrip("/")
        self.limits = limits
        self._token = token
        self._secret = _spellings(token)
        self._time_left: Callable[[], float] = lambda: ends - clock()
        self._session = _session(limits, contact, self._time_left)
        self._out_of_reach: Lack | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def ask(self, method: str, arguments: Mapping[str, object], shape: type[Shape]) -> Shape:
        """The result of ``method``. Raises :class:`Unanswered`.

        After an :class:`OutOfReach` nothing more is sent: every question gets the same answer.
        """
        if self._out_of_reach:
            raise OutOfReach(self._out_of_reach.kind, self._out_of_reach.why)
        try:
            return self._understood(method, self._sent(method, arguments), shape)
        except OutOfReach as error:
            self._out_of_reach = error.lack
            raise

    def pages(
        self, method: str, arguments: Mapping[str, object], shape: type[Pages], *, endless: Lack
    ) -> list[Pages]:
        """All pages of a search; ``endless`` is what is wrong when they do not end.

        By ``newest`` (the number of the object), because that order stands still. In the order of
        changes, what is changed while the bot reads would move from a page that it has yet to
        read to one that it has read, and be missed.
        """
        pages: list[Pages] = []
        question: dict[str, object] = {**arguments, "order": "newest", "limit": PAGE}
        seen: set[str | int] = set()
        for _ in range(self.limits.pages):
            pages.append(self.ask(method, question, shape))
            after = pages[-1].cursor.after
            if after is None:
                return pages
            if after in seen:
                raise Unanswered(
                    "strange", f"{self.url} gives the same page of {method} again and again."
                )
            seen.add(after)
            question["after"] = after
        raise Unanswered(endless.kind, endless.why)

    def _sent(self, method: str, arguments: Mapping[str, object]) -> bytes:
        """The body of the answer."""
        if self._time_left() <= 0:
            raise self._spent()
        params = json.dumps({**arguments, "__conduit__": {"token": self._token}})
        try:
            answer = self._session.post(
                f"{self.url}/api/{method}",
                data={"params": params, "output": "json"},
                timeout=(self.limits.connect, self.limits.read),
                allow_redirects=False,
                stream=True,
            )
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            reason = self._quoted(_reason(error))
            raise OutOfReach(
                "silent",
                f"{self.url} did not answer ({reason}); the next run asks again, look at url of"
                " [phabricator] if it stays so.",
            ) from None
        with answer:
            self._check_status(method, answer)
            return self._body(method, answer)

    def _check_status(self, method: str, answer: requests.Response) -> None:
        """429 and the 500s have been tried again before they get here."""
        status = answer.status_code
        if status == requests.codes.ok:
            return
        if 300 <= status < 400:
            target = self._quoted(answer.headers.get("Location", "nowhere"))
            raise OutOfReach(
                "strange",
                f"{self.url} sends the bot on to {target}, where it does not follow with its"
                " token; correct url of [phabricator].",
            )
        if status == requests.codes.too_many_requests:
            raise OutOfReach(
                "silent",
                f"{self.url} wants to be asked less (HTTP 429), also when asked again; the next"
                " run asks again.",
            )
        if status >= 500:
            raise OutOfReach(
                "silent",
                f"{self.url} is out of order (HTTP {status}), also when asked again; the next run"
                " asks again.",
            )
        raise OutOfReach(
            "refused" if status in (401, 403) else "strange",
            f"{self.url} answered {method} with HTTP {status}; correct url of [phabricator].",
        )

    def _body(self, method: str, answer: requests.Response) -> bytes:
        body = bytearray()
        try:
            # what has arrived, and not whole chunks: a body that drips must not outlast the budget
            while chunk := answer.raw.read1(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > self.limits.body:
                    raise Unanswered(
                        "strange",
                        f"{self.url} answered {method} with more than {self.limits.body} bytes;"
                        " the next run asks again.",
                    )
                if self._time_left() <= 0:
                    raise self._spent()
        except (HTTPError, OSError, ValueError) as error:
            reason = self._quoted(_reason(error))
            raise Unanswered(
                "silent",
                f"{self.url} broke off while it answered {method} ({reason}); the next run asks"
                " again.",
            ) from None
        return bytes(body)

    def _understood(self, method: str, body: bytes, shape: type[Shape]) -> Shape:
        start = body.lstrip()[:1]
        if not start:
            raise Unanswered(
                "silent", f"{self.url} answered {method} with nothing; the next run asks again."
            )
        if start == b"<":
            raise OutOfReach(
                "strange",
                f"{self.url} answered {method} with a web page instead of JSON; correct url of"
                " [phabricator].",
            )
        try:
            envelope = _Envelope.model_validate_json(body)
            if envelope.error_code is None:
                return shape.model_validate(envelope.result)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            where = ".".join(map(str, first["loc"]))
            detail = self._quoted(f"{where}: {first['msg']}" if where else first["msg"])
            raise Unanswered(
                "strange",
                f"{self.url} answered {method} with what the bot does not understand ({detail});"
                " if the next run says so, too, look for a newer version of the bot.",
            ) from None
        raise self._refusal(method, str(envelope.error_code), envelope.error_info or "")

    def _refusal(self, method: str, code: str, info: str) -> Unanswered:
        """https://secure.phabricator.com/conduit/ has no list of codes; these are in its source."""
        said = self._quoted(f"{code}: {info}" if info else code)
        if code in ("ERR-INVALID-AUTH", "ERR-INVALID-SESSION", "ERR-USER-DISABLED"):
            return OutOfReach(
                "token",
                f"{self.url} does not accept the token ({said}); put a new one into {TOKEN}.",
            )
        return Unanswered(
            "refused",
            f"{self.url} refused {method} ({said}); if the next run says so, too, ask its"
            " administrators.",
        )

    def _quoted(self, text: str) -> str:
        """A foreign text, fit for a sentence; the token goes first, lest a part of it be left."""
        told = " ".join(self._secret.sub("***", text).split())
        return told if len(told) <= _TOLD else f"{told[:_TOLD]}…"

    def _spent(self) -> OutOfReach:
        return OutOfReach(
            "silent",
            f"{self.url} took more than {self.limits.budget:g} seconds for all questions together;"
            " the next run asks again.",
        )
