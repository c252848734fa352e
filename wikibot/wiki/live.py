"""Any MediaWiki ≥ 1.39, by Pywikibot.

Reading: the current revisions of all pages first (``prop=info|revisions`` without texts, as many
pages in a request as the account may ask for), then only those texts that are not in the cache.

Earlier revisions are in ``history``, writing is in ``saving``.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from requests import Response

from wikibot.config import Config
from wikibot.errors import WikiError
from wikibot.model import DEFAULT_PAGE_BYTES, Account, Edit, Outcome, Page, Site
from wikibot.titles import normal_title
from wikibot.wiki import accounts, history, keepers, outcomes, saving
from wikibot.wiki.protocol import FactCache, RevisionCache
from wikibot.wiki.pywikibot_setup import Relay, logged_in, pywikibot_started, retry_after
from wikibot.wiki.query import Query
from wikibot.wikitext.exclusion import excluded, shut_off
from wikibot.wikitext.redirects import is_redirect
from wikibot.wikitext.saved import as_saved

if TYPE_CHECKING:
    from pywikibot.site import APISite


# https://www.mediawiki.org/wiki/Extension:Scribunto: only that extension has it
MODULE_NAMESPACE = 828


def open_live(
    config: Config,
    *,
    state_dir: Path,
    revisions: RevisionCache,
    facts: FactCache,
    environment: Mapping[str, str] = os.environ,
    retries: int = 6,
) -> "LiveWiki":
    """Log in to the wiki of ``config``; what Pywikibot has to keep is kept below ``state_dir``.

    ``retries`` is how often Pywikibot puts a request again that had no answer. Raises
    :class:`WikiError` when the wiki cannot be used as the account of the configuration.
    """
    with ExitStack() as opened:
        relay = opened.enter_context(
            pywikibot_started(config, state_dir=state_dir, environment=environment)
        )
        counter = opened.enter_context(_Counter())
        with outcomes.told(f"{config.wiki.api}, account “{config.wiki.user}”", relay):
            site = opened.enter_context(logged_in(config, retries=retries))
        _check_account(site, config, complaint=relay.complaint)
        return LiveWiki(
            site,
            config=config,
            revisions=revisions,
            facts=facts,
            relay=relay,
            counter=counter,
            close=opened.pop_all().close,
        )


def _check_account(site: "APISite", config: Config, *, complaint: str) -> None:
    user = config.wiki.user
    if site.user() is None:
        why = outcomes.line(complaint) or "the wiki gives no reason"
        raise WikiError(f"{config.wiki.api}: the login as “{user}” failed: {why}.")
    if block := _block(site.userinfo):
        raise WikiError(f"{config.wiki.api}: the account “{user}” {block}")


def _block(userinfo: Mapping[str, Any]) -> str:
    """The end of a sentence about an account that is blocked from the whole wiki, else ``""``."""
    if "blockid" not in userinfo or userinfo.get("blockpartial"):
        return ""
    by, reason = userinfo.get("blockedby"), userinfo.get("blockreason")
    return f"or its address is blocked by {by} ({reason}); find out why before it edits again."


class _Counter:
    """Counts the answers at the HTTP session, whoever asked."""

    def __init__(self) -> None:
        self.requests = 0

    def __call__(self, answer: Response, *_: object, **__: object) -> None:
        self.requests += 1
        if "Retry-After" in answer.headers:
            answer.headers["Retry-After"] = retry_after(answer.headers["Retry-After"])

    def __enter__(self) -> "_Counter":
        from pywikibot.comms import http

        http.session.hooks["response"].append(self)
        return self

    def __exit__(self, *_: object) -> None:
        from pywikibot.comms import http

        http.session.hooks["response"].remove(self)


class LiveWiki:
    """A wiki that ``open_live`` has logged in to, as :class:`wikibot.wiki.protocol.Wiki`."""

    def __init__(
        self,
        site: "APISite",
        *,
        config: Config,
        revisions: RevisionCache,
        facts: FactCache,
        relay: Relay,
        counter: _Counter,
        close: Callable[[], None],
    ) -> None:
        self._site = site
        self._query = Query(site, revisions)
        self._config = config
        self._facts = facts
        self._relay = relay
        self._counter = counter
        self._close = close
        self._user = str(site.user())

    @property
    def requests(self) -> int:
        """How many requests have been answered since the wiki was opened."""
        return self._counter.requests

    def close(self) -> None:
        """Forget the account; cookies and site information stay for the next run."""
        self._close()

    def _told(self) -> AbstractContextManager[None]:
        return outcomes.told(str(self._config.wiki.api), self._relay)

    # --- reading --------------------------------------------------------------------------------

    def site(self) -> Site:
        """Names of namespaces and interwikis, which Pywikibot keeps for a month."""
        with self._told():
            names = {
                number: frozenset(name.lower().replace("_", " ") for name in namespace)
                for number, namespace in self._site.namespaces.items()
            }
            interwikis = self._site.siteinfo["interwikimap"]
            general = self._site.siteinfo["general"]
            return Site(
                name=self._site.siteinfo["sitename"],
                language=self._site.siteinfo["lang"],
                user_prefixes=names[2],
                file_prefixes=names[6],
                category_prefixes=names[14],
                # https://www.mediawiki.org/wiki/Manual:Namespace: those of talk are odd
                talk_prefixes=frozenset().union(*(names[n] for n in names if n > 0 and n % 2)),
                special_prefixes=names[-1] | names[-2],
                namespaces=frozenset().union(*names.values()) - {""},
                interwikis=frozenset(entry["prefix"].lower() for entry in interwikis),
                scribunto=MODULE_NAMESPACE in names,
                max_page_bytes=general.get("maxarticlesize", DEFAULT_PAGE_BYTES),
            )

    def load(self, titles: Iterable[str]) -> dict[str, Page]:
        """Pages by the title that was asked for; see :class:`~wikibot.wiki.protocol.Wiki`."""
        with self._told():
            said = self._query.pages(
                titles, prop=["info", "revisions"], rvprop=["ids", "timestamp"]
            )
            texts = self._query.texts(
                page["lastrevid"] for page in said.values() if page.get("lastrevid")
            )
        return {title: _page(title, page, texts) for title, page in said.items()}

    def as_of(self, pages: Iterable[Page], moment: datetime) -> dict[str, Page]:
        """Pages as they stood at ``moment``; see :class:`~wikibot.wiki.protocol.Wiki`."""
        with self._told():
            return history.as_of(self._query, pages, moment, is_redirect=self._is_redirect)

    def _is_redirect(self, text: str) -> bool:
        """Whether a text makes a redirect here. What this wiki calls one is asked for once a month,
        by Pywikibot, and only if there is a text that may be one.
        """
        if not text.lstrip().startswith("#"):
            return False
        known = self._site.siteinfo.get("magicwords", cache=False)
        words = {word["name"]: word["aliases"] for word in known}
        return is_redirect(text, [alias.removeprefix("#") for alias in words["redirect"]])

    def own_summaries(self, title: str, since: datetime) -> tuple[str, ...]:
        """The bot's own edits of a page; see :class:`~wikibot.wiki.protocol.Wiki`."""
        with self._told():
            return history.summaries(self._query, title, user=self._user, since=since)

    def put_back(self, edits: Iterable[Edit]) -> dict[str, int]:
        """Which edits others undid before; see :class:`~wikibot.wiki.protocol.Wiki`."""
        with self._told():
            return history.put_back(self._query, edits, user=self._user)

    def own_version(self, title: str) -> Page | None:
        """The page as the bot last saved it; see :class:`~wikibot.wiki.protocol.Wiki`.

        An account that was renamed keeps its edits, under its new name. Edits that were imported
        from another wiki are another account's, unless whoever imported them said otherwise.
        """
        with self._told():
            return history.newest_of(
                self._query, title, user=self._user, is_redirect=self._is_redirect
            )

    def has_written(self) -> bool:
        """Whether the account has made an edit here, asked afresh, in one request."""
        with self._told():
            asked = self._query(list="usercontribs", ucuser=self._user, ucprop="ids", uclimit=1)
            said = next(asked)  # what would continue it is older
        return bool(said["usercontribs"])

    def exists(self, titles: Iterable[str]) -> dict[str, bool]:
        """Whether there is a page of each title, or a file in a shared repository.

        What lies on another wiki is taken to be there.
        """
        asked = list(titles)
        known = self._facts.known("page", asked)
        with self._told():
            said = self._query.pages((t for t in asked if t not in known), prop="info")
        found = {
            title: "invalidreason" not in page and ("missing" not in page or "known" in page)
            for title, page in said.items()
        }
        self._facts.remember("page", [title for title, there in found.items() if there])
        return {title: title in known or found[title] for title in asked}

    def accounts(
        self, usernames: Iterable[str], *, since: date, afresh: bool = False
    ) -> dict[str, Account]:
        """Accounts by the name that was asked for; see :class:`~wikibot.wiki.protocol.Wiki`.

        Those that were fine within a day are not asked for again, unless ``afresh``.
        """
        asked = list(usernames)
        known = set() if afresh else self._facts.known("account", asked)
        with self._told():
            found = accounts.look_up(
                self._query,
                [name for name in asked if name not in known],
                since=since,
                renames=self._has_rename_log(),
            )
        fine = [name for name, a in found.items() if a.exists and not a.blocked and a.active]
        self._facts.remember("account", fine)
        return found | {name: Account(name, exists=True, active=True) for name in known}

    def _has_rename_log(self) -> bool:
        """Renaming came from an extension before MediaWiki 1.40."""
        return bool(self._site.mw_version >= "1.40" or self._site.has_extension("Renameuser"))

    def open_to_others(self, title: str) -> str | None:
        """Whether ordinary users could edit a page; see :mod:`wikibot.wiki.keepers`."""
        with self._told():
            return keepers.open_to(self._query, title, user=self._user)

    def stop_reason(self) -> str | None:
        """What the shut-off page says now, or why it cannot be read."""
        title = self._config.wiki.stop
        if title is None:
            return None
        try:
            with self._told():
                there = self._query.newest(title)
        except WikiError as error:
            return f"The shut-off page “{title}” cannot be read: {error}"
        if there is None:
            return None
        if there.text is None:
            return f"The shut-off page “{title}” cannot be read: its text is hidden."
        words = shut_off(there.text)
        return f"The shut-off page “{title}” says: {words}" if words else None

    # --- writing --------------------------------------------------------------------------------

    def why_not_writable(self) -> str | None:
        """What keeps every edit away, or why that cannot be found out.

        Rights are those of this login: grants of a bot password or OAuth consumer limit them.
        """
        try:
            with self._told():
                # answered for another account, Pywikibot logs in again and repeats the question
                (said,) = self._query(
                    meta=["siteinfo", "userinfo"], siprop="general", uiprop=["blockinfo", "rights"]
                )
        except WikiError as error:
            return f"Whether pages can be saved cannot be found out: {error}"
        if why := saving.read_only(said["general"]):
            return f"{self._config.wiki.api}: {why}; try again later."
        account = f"{self._config.wiki.api}: the account “{self._user}”"
        if block := _block(said["userinfo"]):
            return f"{account} {block}"
        # creating takes both; an account that may only edit can still save what is there
        lacking = [r for r in ("edit", "createpage") if r not in said["userinfo"]["rights"]]
        if "edit" in lacking:
            return (
                f"{account} lacks the right{'s' * (len(lacking) > 1)} {' and '.join(lacking)}; "
                "correct its groups, or the grants of its bot password or OAuth consumer."
            )
        return None

    def save(self, edit: Edit) -> Outcome:
        """Save, if the configuration and the page allow it; see :mod:`wikibot.wiki.saving`."""
        try:
            name = normal_title(edit.title, self.site())
        except ValueError as error:
            return Outcome(edit.title, "failed", f"The title “{edit.title}” {error}.")
        if not self._config.may_write(name):
            detail = f"“{name}” is none of the titles that the bot may write (write_under)."
            return Outcome(edit.title, "refused", detail)
        if edit.base is not None:
            if as_saved(edit.new) == as_saved(edit.old):
                return Outcome(edit.title, "unchanged", revision=edit.base)
            if edit.model == "wikitext" and excluded(edit.old, self._user):
                return Outcome(edit.title, "excluded", "The page keeps the bot away ({{bots}}).")
        return saving.save(edit, site=self._site, query=self._query, relay=self._relay)

    # --- addresses ------------------------------------------------------------------------------

    def url(self, title: str, *, revision: int | None = None, line: int = 0) -> str:
        """Where the page is shown; as it was at ``revision``, if that is given."""
        del line
        with self._told():
            general = self._site.siteinfo["general"]
        scheme = urlsplit(str(self._config.wiki.api)).scheme
        server = general["server"]
        if server.startswith("//"):
            server = f"{scheme}:{server}"
        name = title.replace(" ", "_")
        if revision is None:
            return f"{server}{general['articlepath'].replace('$1', quote(name, safe='/:@!*();,'))}"
        return f"{server}{general['script']}?{urlencode({'title': name, 'oldid': revision})}"


def _page(title: str, said: Mapping[str, Any], texts: Mapping[int, str]) -> Page:
    if "invalidreason" in said:
        return Page(title, problem=f"The title “{title}” is not valid: {said['invalidreason']}.")
    if "iw" in said:
        return Page(title, problem=f"“{title}” lies on another wiki.")
    if "special" in said:
        return Page(title, problem=f"“{title}” is a special page, which has no text of its own.")
    if "missing" in said:
        return Page(title)
    number = said["lastrevid"]
    if number not in texts:
        return Page(title, problem=f"“{title}”: the wiki does not show revision {number}.")
    # an edit in this very moment may make them two
    seen = next((r for r in said.get("revisions", ()) if r["revid"] == number), None)
    return Page(
        title,
        texts[number],
        revision=number,
        redirect="redirect" in said,
        model=said["contentmodel"],
        saved=datetime.fromisoformat(seen["timestamp"]) if seen else None,
        parent=seen["parentid"] if seen else None,
    )
