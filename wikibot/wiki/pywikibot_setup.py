"""Pywikibot as a library: its own folder, our account, no prompts, no secrets in what it says.

Pywikibot is made for scripts: when it is imported it looks at the command line, executes the
``user-config.py`` of the current folder, and writes to the terminal. :func:`connect` keeps all
of that in bounds; it is the one place that knows how.

Pywikibot's configuration is one for a process, so one wiki is open at a time.
"""

import logging
import os
import re
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.cookiejar import LWPCookieJar
from math import ceil, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote, quote_plus, urlsplit

from wikibot import __version__
from wikibot.config import LOOPBACK, Config
from wikibot.errors import WikiError
from wikibot.titles import normal_username

if TYPE_CHECKING:
    from pywikibot.family import Family
    from pywikibot.site import APISite

USER_CONFIG = "user-config.py"
FAMILY = "wikibot"
_OAUTH = (
    "WIKIBOT_CONSUMER_TOKEN",
    "WIKIBOT_CONSUMER_SECRET",
    "WIKIBOT_ACCESS_TOKEN",
    "WIKIBOT_ACCESS_SECRET",
)
_COLOUR = re.compile("<<[a-z;]+>>")
_PARAMETER = re.compile(r"""((?:token|password)(?:=|'?: ?\[?'))[^&\s'"]+""")  # in logged requests
_log = logging.getLogger("wikibot.pywikibot")


# --- credentials --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BotPassword:
    """What Special:BotPasswords gives: ``app`` is the part behind the ``@``."""

    app: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OAuth:
    """An owner-only consumer of OAuth 1, in the order of ``config.authenticate``."""

    tokens: tuple[str, str, str, str] = field(repr=False)


Credentials = BotPassword | OAuth | None


def credentials(environment: Mapping[str, str], *, user: str) -> Credentials:
    """What the environment gives for ``user``; ``None`` leaves it to Pywikibot's own files.

    ``WIKIBOT_LOGIN`` is ``Account@app``, as Special:BotPasswords says; it may be left out when
    ``WIKIBOT_PASSWORD`` has MediaWiki's other form, ``app@password``.
    """
    given = [name for name in _OAUTH if environment.get(name)]
    if len(given) == 4:
        first, second, third, fourth = (environment[name] for name in _OAUTH)
        return OAuth((first, second, third, fourth))
    if given:
        missing = ", ".join(name for name in _OAUTH if name not in given)
        raise WikiError(f"OAuth needs four variables; set {missing} as well.")
    password = environment.get("WIKIBOT_PASSWORD", "")
    if not password:
        return None
    account, _, app = environment.get("WIKIBOT_LOGIN", user).rpartition("@")
    if not account:
        account, (app, _, password) = app, password.rpartition("@")
    if not app:
        raise WikiError(
            "WIKIBOT_LOGIN should be the bot password's name, such as "
            f"“{user}@wikibot”; Special:BotPasswords shows it."
        )
    if normal_username(account) != normal_username(user):
        raise WikiError(
            f"WIKIBOT_LOGIN is about “{account}”, the configuration's user is “{user}”; "
            "make them the same."
        )
    return BotPassword(app, password)


# --- folders ------------------------------------------------------------------------------------


def base_folder(state_dir: Path, environment: Mapping[str, str]) -> Path:
    """Where Pywikibot keeps cookies, caches and its ``user-config.py``.

    ``PYWIKIBOT_DIR`` when it holds a ``user-config.py``; else a folder of our own below
    ``state_dir``, which only its owner can read. Never the current folder.
    """
    theirs = environment.get("PYWIKIBOT_DIR")
    if theirs and (Path(theirs) / USER_CONFIG).is_file():
        return Path(theirs).absolute()
    base = state_dir.absolute() / "pywikibot"
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    base.chmod(0o700)
    (base / "apicache").mkdir(mode=0o700, exist_ok=True)  # Pywikibot would let others look in
    throttle = base / "throttle.ctrl"  # who else is at work; it may be lost
    try:
        throttle.read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        throttle.unlink(missing_ok=True)
    throttle.touch(0o600)  # Pywikibot misses it when a second wiki is opened
    for jar in base.glob("*.lwp"):
        _drop_if_damaged(jar)
    if not (base / USER_CONFIG).exists():  # without one, Pywikibot looks elsewhere
        _private_file(base / USER_CONFIG, "")
    return base


def _drop_if_damaged(jar: Path) -> None:
    """Take away cookies that cannot be read: Pywikibot would not log in any more."""
    cookies = LWPCookieJar(jar)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it calls damage a bug of its own, before it raises
            cookies.load(ignore_discard=True, ignore_expires=True)
        if any(None in (c.version, c.value) or not (c.domain and c.path) for c in cookies):
            raise ValueError("a cookie is incomplete")
    except (OSError, ValueError, LookupError, AttributeError, AssertionError) as error:
        _log.warning("%s is damaged (%s); a new login begins.", jar, error)
        jar.unlink(missing_ok=True)


def _private_file(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)


# --- what Pywikibot says ------------------------------------------------------------------------


class Relay(logging.Handler):
    """Passes what Pywikibot says on to ``logging``: one line each, no colours, no secrets.

    ``complaint`` is the last thing that went wrong. Pywikibot's ``ApiTimeoutError`` says only
    that it gave up; why it had to try again is in what it said before. ``retried``: it has.
    """

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self.complaint = ""
        self.retried = False
        spellings = {form for secret in secrets for form in (secret, quote_plus(secret))}
        known = "|".join(re.escape(form) for form in sorted(spellings, key=len, reverse=True))
        self._secret = re.compile(known or "(?!)")

    def emit(self, record: logging.LogRecord) -> None:
        text = _COLOUR.sub("", record.getMessage()).strip()
        lines = text.splitlines() or [""]
        # Pywikibot logs the traceback of a failed request; its last line says what happened
        line = lines[-1] if text.startswith("Traceback ") else " ".join(lines)
        line = self._secret.sub("***", _PARAMETER.sub(r"\1***", line))
        if record.levelno >= logging.WARNING and not line.startswith("Waiting "):
            self.complaint = line
        self.retried |= line.startswith("Waiting ")
        # what the API refuses is raised as well, and becomes an outcome or trouble
        level = logging.INFO if line.startswith("API error ") else record.levelno
        _log.log(level, "%s", line)


class Asked(Exception):
    """Pywikibot has asked the terminal, for a password mostly."""


def _listen(relay: Relay) -> None:
    """Send what Pywikibot says to ``relay``, and answer none of its questions."""
    from pywikibot import bot
    from pywikibot.userinterfaces.buffer_interface import UI

    def refuse(question: str, *_: object, **__: object) -> NoReturn:
        raise Asked(question)

    ui = UI()
    ui.log_handler = relay
    ui.input = ui.input_choice = ui.input_list_choice = refuse
    bot.ui = ui
    # The head of a log file, which there is none of; it looks at the file of every module.
    bot.writelogheader = lambda: None
    bot._handlers_initialized.clear()
    bot.init_handlers()
    logging.captureWarnings(False)  # which init_handlers() turns on


def retry_after(said: str) -> str:
    """The header Retry-After in seconds, as Pywikibot takes it; it may also be a date.

    What is neither is "0", as if there were none: Pywikibot would drop the answer because of it.
    https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
    """
    with suppress(ValueError):
        seconds = float(said)
        return said if isfinite(seconds) else "0"
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return "0"
    return str(max(0, ceil(moment.timestamp() - time.time())))


# --- the connection -----------------------------------------------------------------------------


@contextmanager
def pywikibot_started(
    config: Config, *, state_dir: Path, environment: Mapping[str, str]
) -> Iterator[Relay]:
    """Import Pywikibot and set it up for the wiki and the account of ``config``.

    Nothing is asked of the wiki. At the end, secrets are taken back from memory and disk.
    """
    api, user = config.wiki.api, config.wiki.user
    assert api
    assert user
    given = credentials(environment, user=user)
    base = base_folder(state_dir, environment)
    with _as_pywikibot_starts(base):
        import pywikibot
    _refuse_plain_http()
    settings = pywikibot.config
    settings.base_dir = str(base)
    settings.user_agent_format = _user_agent(api, user)
    settings.put_throttle = config.limits.put_throttle
    settings.minthrottle = 0
    settings.write_maxlag = settings.read_maxlag = 5
    settings.solve_captcha = False
    settings.simulate = False
    settings.cosmetic_changes = False
    with ExitStack() as cleanup:
        relay = Relay()
        match given:
            case OAuth(tokens):
                relay = Relay(*tokens)
                host = urlsplit(api).netloc
                settings.authenticate[host] = tokens
                cleanup.callback(settings.authenticate.pop, host, None)
            case BotPassword(app, password):
                relay = Relay(password)
                # A file, because Pywikibot forgets a password in memory when it logs in again.
                file = state_dir.absolute() / "bot-password"
                _private_file(file, f"({user!r}, BotPassword({app!r}, {password!r}))\n")
                cleanup.callback(file.unlink, missing_ok=True)
                cleanup.callback(setattr, settings, "password_file", settings.password_file)
                settings.password_file = str(file)
        _listen(relay)
        yield relay


def _refuse_plain_http() -> None:
    """Send nothing to where a redirect leads without TLS: passwords go along with it."""
    import requests
    from pywikibot.comms import http
    from requests.adapters import HTTPAdapter

    class OnlyToThisMachine(HTTPAdapter):
        def send(
            self, request: requests.PreparedRequest, *arguments: Any, **options: Any
        ) -> requests.Response:
            host = urlsplit(request.url or "").hostname
            if host not in LOOPBACK:
                raise requests.exceptions.InvalidSchema(
                    f"the wiki sends the bot on to http://{host}, without TLS, where it does not "
                    "follow; correct the address, or tell the administrators"
                )
            return super().send(request, *arguments, **options)

    http.session.mount("http://", OnlyToThisMachine())


@contextmanager
def logged_in(config: Config, *, retries: int) -> Iterator["APISite"]:
    """The site of ``config``, logged in; between :func:`pywikibot_started` and its end.

    ``retries`` is how often a request is tried again, with waits that double from 5 seconds on;
    the first contact gives up sooner. Raises Pywikibot's own errors, and :class:`Asked` when it
    has no password.
    """
    import pywikibot
    from pywikibot.comms import http

    assert config.wiki.api
    with ExitStack() as cleanup:
        cleanup.callback(pywikibot.stopme)  # other runs need not wait for this one any more
        cleanup.callback(http.cookie_jar.clear)  # they stay in the folder
        pywikibot.config.max_retries = min(retries, 2)
        family = _family(config.wiki.api)
        try:
            site = pywikibot.Site(_code(config.wiki.api), family, config.wiki.user)
            cleanup.callback(site.tokens.clear)
            cleanup.callback(delattr, site, "userinfo")
            site.throttle.set_delays()  # a site that was open before keeps those of that time
            with warnings.catch_warnings():  # those of the password file quote its lines
                malformed = "The length of tuple|Invalid (tuple|password)"
                warnings.filterwarnings("error", message=malformed)
                site.login()
        except (FileNotFoundError, ValueError) as error:
            raise WikiError(f"Pywikibot's password file cannot be used: {error}.") from None
        except UserWarning:
            raise WikiError(
                "Pywikibot's password file has a line that is no pair of name and password, with "
                "code and family before it at most; correct it."
            ) from None
        except RuntimeError as error:
            raise WikiError(f"{config.wiki.api}: the login is not understood: {error}.") from None
        pywikibot.config.max_retries = retries
        yield site


@contextmanager
def _as_pywikibot_starts(base: Path) -> Iterator[None]:
    """Pywikibot looks for its folder, and for options, while it is being imported."""
    argv, folder = sys.argv, os.environ.get("PYWIKIBOT_DIR")
    sys.argv, os.environ["PYWIKIBOT_DIR"] = ["wikibot"], str(base)
    try:
        yield
    finally:
        sys.argv = argv
        if folder is None:
            del os.environ["PYWIKIBOT_DIR"]
        else:
            os.environ["PYWIKIBOT_DIR"] = folder


def contact_page(api: str, user: str) -> str:
    """The address of the bot's user page, which says who runs it."""
    return f"{api.removesuffix('api.php')}index.php?title=User:{quote(user.replace(' ', '_'))}"


def _user_agent(api: str, user: str) -> str:
    """https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy asks for a contact."""
    contact = contact_page(api, user)
    return f"wikibot/{__version__} ({contact}) {{pwb}} {{python}} {{http_backend}}"


def _code(api: str) -> str:
    """A name for the wiki that Pywikibot accepts, so that caches of two wikis do not mix."""
    url = urlsplit(api)
    path = url.path.removesuffix("/api.php")
    return re.sub("[^a-z0-9]+", "-", f"{url.netloc}{path}".lower()).strip("-")


def _family(api: str) -> "Family":
    """A family of the one wiki at ``api``.

    Pywikibot would make one from the address by itself (``AutoFamily``), but takes a passing
    error of the server for a wiki that does not exist then.
    """
    from pywikibot.family import Family

    url, code = urlsplit(api), _code(api)
    schemes, paths = {code: url.scheme}, {code: url.path.removesuffix("/api.php")}
    members = {
        "name": FAMILY,
        "langs": {code: url.netloc},
        "protocol": lambda _, code: schemes[code],
        "scriptpath": lambda _, code: paths[code],
    }
    return type("WikibotFamily", (Family,), members)()
