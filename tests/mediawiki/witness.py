"""What a wiki says, asked by the plain web API, without the code that is under test."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

USER_AGENT = "wikibot-tests"
ADMIN = "Admin"


@dataclass(frozen=True, slots=True)
class Revision:
    """One line of a page's history."""

    id: int
    user: str
    comment: str
    timestamp: str
    size: int
    minor: bool
    bot: bool
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request that the server had. ``params`` are those of the address and of the body."""

    method: str
    path: str
    params: Mapping[str, str]

    @property
    def action(self) -> str:
        """The module of api.php that was asked for, ``""`` for any other page."""
        return self.params.get("action", "") if self.path.endswith("/api.php") else ""


class ApiError(Exception):
    """The wiki refused; ``code`` is the API's code."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(f"{code}: {info}")
        self.code = code


class Witness:
    """An administrator's view of a wiki by api.php.

    ``logins`` are name and password of each account that does something, by the name that is used
    here; an account is logged in when it is needed. ``user=None`` is an edit without an account.
    """

    def __init__(
        self, *, api: str, admin: tuple[str, str], bot_login: str, bot_password: str
    ) -> None:
        self.api = api
        self.admin, _ = admin
        self.bot, _, _ = bot_login.partition("@")
        self.bot_login = bot_login
        self.bot_password = bot_password
        self._logins = {ADMIN: admin, self.bot: (bot_login, bot_password)}
        self._sessions: dict[str | None, requests.Session] = {}
        self._csrf: dict[str | None, str] = {}  # good as long as the session

    # --- looking ---------------------------------------------------------------------------------

    def text(self, title: str) -> str | None:
        """The wikitext of a page, ``None`` when there is no such page."""
        page = self._page(title, prop="revisions", rvprop="content", rvslots="main")
        if "revisions" not in page:
            return None
        return str(page["revisions"][0]["slots"]["main"]["content"])

    def history(self, title: str) -> list[Revision]:
        """Every revision of a page, newest first."""
        props = "ids|user|comment|timestamp|size|flags|tags"
        page = self._page(title, prop="revisions", rvprop=props, rvlimit="max")
        revisions = page.get("revisions", [])
        bots = self._bot_flags(title, newest=revisions[0]["revid"]) if revisions else {}
        return [
            Revision(
                id=revision["revid"],
                user=revision["user"],
                comment=revision["comment"],
                timestamp=revision["timestamp"],
                size=revision["size"],
                minor=revision["minor"],
                bot=bots.get(revision["revid"], False),
                tags=tuple(revision["tags"]),
            )
            for revision in revisions
        ]

    def query(self, **params: str) -> Any:
        """``action=query`` without an account, for what has no method here."""
        return self.call(None, action="query", **params)["query"]

    def browser(self, user: str) -> requests.Session:
        """A session in which the account is logged in, for pages that people look at."""
        return self._session(user)

    # --- doing -----------------------------------------------------------------------------------

    def edit(
        self, title: str, text: str, *, user: str | None = ADMIN, summary: str = "", **params: str
    ) -> int:
        """Save a page; the number of its newest revision."""
        fields = {"title": title, "text": text, "summary": summary, **params}
        edit = self.write("edit", as_user=user, **fields)["edit"]
        if edit["result"] != "Success":
            raise ApiError(str(edit.get("code", edit["result"])), str(edit))
        if "newrevid" in edit:
            return int(edit["newrevid"])
        return int(self._page(title, prop="info")["lastrevid"])

    def import_pages(self, pages: Mapping[str, str], *, user: str = ADMIN) -> None:
        """Save pages by title."""
        for title, text in pages.items():
            self.edit(title, text, user=user, summary="imported")

    def protect(self, title: str, *, edit: str = "sysop") -> None:
        """Let only ``edit`` change the page; a page that is missing is protected from creation."""
        kind = "edit" if self.text(title) is not None else "create"
        self.write("protect", title=title, protections=f"{kind}={edit}", reason="for a test")

    def delete(self, title: str) -> None:
        """Delete a page."""
        self.write("delete", title=title, reason="for a test")

    def move(self, title: str, to: str, *, redirect: bool = True) -> None:
        """Move a page."""
        options = {} if redirect else {"noredirect": "1"}
        self.write("move", **{"from": title}, to=to, reason="for a test", **options)

    def block(self, user: str, *, reason: str = "for a test", **params: str) -> None:
        """Block an account; ``params`` as ``action=block`` has them (``partial="1"``, …)."""
        fields = {"user": user, "reason": reason, "expiry": "infinite", "nocreate": "1", **params}
        self.write("block", **fields)

    def unblock(self, user: str) -> None:
        """Lift a block."""
        self.write("unblock", user=user, reason="for a test")

    def write(self, action: str, /, *, as_user: str | None = ADMIN, **params: str) -> Any:
        """Any action that needs a token."""
        return self.call(as_user, action=action, token=self.csrf_token(as_user), **params)

    def csrf_token(self, user: str | None) -> str:
        """What lets an account that is logged in write."""
        if user not in self._csrf:
            self._csrf[user] = self._token("csrf", user=user)
        return self._csrf[user]

    def call(self, account: str | None, /, **params: str) -> Any:
        """Ask api.php; its answer, or :class:`ApiError`."""
        fields = {"format": "json", "formatversion": "2", **params}
        answer = self._session(account).post(self.api, fields, timeout=120)
        answer.raise_for_status()
        data = answer.json()
        if "error" in data:
            raise ApiError(data["error"]["code"], data["error"]["info"])
        return data

    def log_out(self) -> None:
        """Forget all sessions."""
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()
        self._csrf.clear()

    # --- inside ----------------------------------------------------------------------------------

    def _session(self, user: str | None) -> requests.Session:
        if user in self._sessions:
            return self._sessions[user]
        session = requests.Session()
        session.headers["User-Agent"] = USER_AGENT
        self._sessions[user] = session
        if user is not None:
            token = self._token("login", user=user)
            name, password = self._logins[user]
            fields = {"lgname": name, "lgpassword": password, "lgtoken": token}
            login = self.call(user, action="login", **fields)["login"]
            if login["result"] != "Success":
                del self._sessions[user]
                session.close()
                raise ApiError(login["result"], str(login.get("reason", "")))
        return session

    def _token(self, kind: str, *, user: str | None) -> str:
        data = self.call(user, action="query", meta="tokens", type=kind)
        return str(data["query"]["tokens"][f"{kind}token"])

    def _page(self, title: str, **params: str) -> Any:
        (page,) = self.call(None, action="query", titles=title, **params)["query"]["pages"]
        return page

    def _bot_flags(self, title: str, *, newest: int) -> dict[int, bool]:
        """Which revisions carry the bot flag, by the recent changes.

        Those are written just after the answer to the edit, so they are waited for. A revision
        that a move or a protection left behind is in the log only.
        """
        flags: dict[int, bool] = {}
        deadline = time.monotonic() + 10
        while newest not in flags:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{title}: revision {newest} is not in the recent changes")
            for where in ({"rctitle": title}, {"rctype": "log"}):
                fields = {"list": "recentchanges", "rcprop": "ids|flags", "rclimit": "max", **where}
                changes = self.query(**fields)["recentchanges"]
                flags |= {change["revid"]: change["bot"] for change in changes}
        return flags
