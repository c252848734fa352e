"""A wiki that runs on 127.0.0.1 until it is stopped, or until this process is gone."""

import html
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from xml.sax.saxutils import escape

import requests

from tests.mediawiki.commands import Unavailable, run
from tests.mediawiki.template import BOT, Template, template
from tests.mediawiki.witness import ADMIN, USER_AGENT, ApiError, Request, Witness

# Ends the server's process group when this process is gone, however it died: its end of the pipe
# is closed then. The wiki's folder, the first argument, is removed too. A server that ends by
# itself ends the shell, and leaves the folder with its log.
_SUPERVISE = """
exec 3<&0
trap ended=1 TERM
{ cat <&3 >/dev/null; kill -TERM 0; } &
"$@" </dev/null
if [ "${ended-}" ]; then rm -rf "$0"; else kill -TERM 0; fi
"""


# What MediaWiki takes for now, in seconds, when the file has something in it; this is the clock by
# which it dates everything that it saves. Sessions and caches go by PHP's own.
_CLOCK = """
if ( $wikibotClock = file_get_contents( '{file}' ) ) {{
	Wikimedia\\Timestamp\\ConvertibleTimestamp::setFakeTime( (int)$wikibotClock );
}}
"""


def start(version: str) -> "MediaWiki":
    """A fresh wiki, running. Use it in ``with``, or call ``stop``."""
    wiki = MediaWiki(template(version))
    try:
        wiki.serve()
    except BaseException:
        wiki.stop()
        raise
    return wiki


class MediaWiki(Witness):
    """A wiki of our own: beside what any wiki lets an administrator do, its settings and server.

    ``version`` is as in ``start``, ``url`` the server's address, ``api`` that of api.php;
    ``bot`` is an account in the group of bots, ``bot_login`` and ``bot_password`` its bot
    password (``RosterBot@tests``).
    """

    def __init__(self, template: Template) -> None:
        self._template = template
        self.folder = Path(tempfile.mkdtemp(prefix="wikibot-mediawiki-"))
        self.folder.chmod(0o777)
        self._settings = self.folder / "LocalSettings.php"
        self._requests = self.folder / "requests.jsonl"
        self._clock = self.folder / "clock.txt"
        self._generation = 0
        self._begin_with = template.folder / "data"
        self._server: subprocess.Popen[bytes] | None = None
        self.version = template.engine.version
        self.url = f"http://127.0.0.1:{_free_port()}"
        super().__init__(
            api=f"{self.url}/api.php",
            admin=(ADMIN, template.admin_password),
            bot_login=f"{BOT}@tests",
            bot_password=template.bot_password,
        )
        self._own_logins = dict(self._logins)
        self._fresh_copy()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- the server -----------------------------------------------------------------------------

    @property
    def pid(self) -> int:
        """The process group of the server."""
        if self._server is None:
            raise ValueError("the wiki is not running")
        return self._server.pid

    @property
    def database(self) -> Path:
        """The SQLite file of pages and revisions, for what no request can bring about."""
        name = f"wiki_{self._generation}"
        return self.folder / name / f"{name}.sqlite"

    def serve(self) -> None:
        """Start the server and wait until it answers."""
        log = self.folder / "server.log"
        ini = [
            f"auto_prepend_file={self._template.folder}/prepend.php",
            "display_errors=stderr",
            "apc.shm_size=128M",
            "opcache.enable=1",
            "opcache.enable_cli=1",
            "opcache.memory_consumption=256",
            "opcache.interned_strings_buffer=32",
            "opcache.max_accelerated_files=20000",
            "opcache.validate_timestamps=0",  # settings alone change; they are not cached
            f"opcache.blacklist_filename={self._uncached()}",
            "post_max_size=64M",
            "memory_limit=512M",
        ]
        port = int(self.url.rpartition(":")[2])
        command = self._template.engine.serve(
            port=port, settings=self._settings, ini=ini, shared=self._shared
        )
        with log.open("wb") as output:
            self._server = subprocess.Popen(
                ["sh", "-c", _SUPERVISE, str(self.folder), *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while not self._answers():
            if time.monotonic() > deadline or self._server.poll() is not None:
                raise Unavailable(
                    f"MediaWiki {self.version} does not answer at {self.api}: "
                    f"{log.read_text('utf-8')[-500:]}"
                )
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server with its workers and remove the wiki's files. Twice does no harm."""
        if self._server is not None and self._server.stdin is not None:
            self._server.stdin.close()
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(self._server.pid, signal.SIGKILL)
                self._server.wait()
            self._server = None
        self.log_out()
        shutil.rmtree(self.folder, ignore_errors=True)

    def reset(self) -> None:
        """Back to the wiki as it was installed, or kept, with no setting, session or request kept.

        The databases get a new name, so that no cache can serve what was before, and a request
        that is still at work writes into files that nobody reads.
        """
        self._fresh_copy()
        self._session(None).get(f"{self.url}/index.php?forget=1", timeout=60).raise_for_status()
        self.log_out()
        self._logins = dict(self._own_logins)

    def keep(self) -> None:
        """Let ``reset`` come back to the wiki as it is now, its accounts included."""
        kept = self.folder / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        for file in self.database.parent.glob("*.sqlite"):
            shutil.copy(file, kept / file.name.replace(self.database.stem, "wiki_0"))
        self._begin_with = kept
        self._own_logins = dict(self._logins)

    def configure(self, php: str) -> None:
        """Add to LocalSettings.php, for instance ``$wgReadOnly = 'x';``. Holds until reset."""
        with self._settings.open("a", encoding="utf-8") as file:
            file.write(f"{php}\n")

    def set_clock(self, moment: datetime | None) -> None:
        """Let it be ``moment`` (aware, whole seconds) for the wiki, whoever asks; ``None``: now.

        The clock stands still there. What is saved carries that time in histories, recent changes
        and logs. Holds until it is set again, or until reset.
        """
        said = "" if moment is None else str(int(moment.timestamp()))
        new = self._clock.with_suffix(".new")
        new.write_text(said, "ascii")
        new.replace(self._clock)

    @contextmanager
    def clock(self, moment: datetime) -> Iterator[None]:
        """Whatever is done meanwhile (deleting, moving, …) happens at ``moment``."""
        before = self._clock.read_text("ascii")
        self.set_clock(moment)
        try:
            yield
        finally:
            self.set_clock(datetime.fromtimestamp(int(before), UTC) if before else None)

    def edit(
        self,
        title: str,
        text: str,
        *,
        user: str | None = ADMIN,
        summary: str = "",
        at: datetime | None = None,
        **params: str,
    ) -> int:
        """Save a page; the number of its newest revision. ``at`` is when that happens.

        Of one page, save what is older first: MediaWiki tells which revision is the newest by the
        order of the edits.
        """
        if at is None:
            return super().edit(title, text, user=user, summary=summary, **params)
        with self.clock(at):
            return super().edit(title, text, user=user, summary=summary, **params)

    def import_pages(
        self, pages: Mapping[str, str], *, user: str = ADMIN, at: datetime | None = None
    ) -> None:
        """Save pages by title, all in one request. ``at`` is when ``user`` wrote them."""
        self.import_histories({t: [text] for t, text in pages.items()}, user=user, since=at)

    def let_the_bot_be_known(self) -> None:
        """Let it have edited: a first run on a wiki is asked about."""
        self.edit(f"User:{self.bot}", "A bot.", user=self.bot)

    def import_histories(
        self,
        histories: Mapping[str, Iterable[str]],
        *,
        user: str,
        since: datetime | None,
        here: bool = True,
    ) -> None:
        """Save the texts that pages had, by title, oldest first, one a day from ``since`` on.

        MediaWiki notes the import itself as one more edit, now, that repeats the last text.
        ``here`` says whether an account of that name is the one of this wiki.
        https://www.mediawiki.org/wiki/API:Import
        """
        written = "".join(
            f"<page><title>{escape(title)}</title>"
            + "".join(_revision(text, user, since, day) for day, text in enumerate(texts))
            + "</page>"
            for title, texts in histories.items()
        )
        schema = "http://www.mediawiki.org/xml/export-0.11/"
        dump = f'<mediawiki xmlns="{schema}" version="0.11">{written}</mediawiki>'
        fields = {"action": "import", "interwikiprefix": "elsewhere", "format": "json"}
        fields["token"] = self.csrf_token(ADMIN)
        if here:
            fields["assignknownusers"] = "1"
        files = {"xml": ("dump.xml", dump.encode())}
        answer = self._session(ADMIN).post(self.api, fields, files=files, timeout=120)
        if len(answer.json().get("import", ())) != len(histories):
            raise ApiError("import", answer.text[:500])

    def hide(self, title: str, revision: int, *, what: str = "content") -> None:
        """Hide ``content``, ``comment`` or ``user`` of a revision from everybody but oversighters.

        The newest revision of a page cannot be hidden.
        """
        self.configure("$wgGroupPermissions['sysop']['deleterevision'] = true;")
        fields = {"type": "revision", "target": title, "ids": str(revision), "hide": what}
        (item,) = self.write("revisiondelete", **fields)["revisiondelete"]["items"]
        if item["status"] != "Success":
            raise ApiError("revisiondelete", str(item))

    def create_account(self, name: str, *, groups: Sequence[str] = ()) -> None:
        """Create an account that ``edit(…, user=name)`` can use."""
        password = f"{name} may pass 1"
        data = self.call(
            ADMIN,
            action="createaccount",
            createreturnurl=self.api,
            createtoken=self._token("createaccount", user=ADMIN),
            username=name,
            password=password,
            retype=password,
            reason="for a test",
        )["createaccount"]
        if data["status"] != "PASS":
            raise ApiError(str(data.get("messagecode", data["status"])), str(data.get("message")))
        self._logins[name] = (name, password)
        if groups:
            token = self._token("userrights", user=ADMIN)
            self.call(ADMIN, action="userrights", user=name, add="|".join(groups), token=token)

    def abuse_filter(self, rules: str, *, warn: bool = False, number: int | None = None) -> None:
        """Add a filter that disallows what ``rules`` match, by the form of Special:AbuseFilter.

        ``warn``: it warns of it only. ``number`` changes that filter instead; they count from 1.
        """
        address = f"{self.url}/index.php?title=Special:AbuseFilter/{number or 'new'}"
        action = "Warn" if warn else "Disallow"
        form = self._session(ADMIN).get(address, timeout=60).text
        (token,) = re.findall(r'value="([^"]*)" name="wpEditToken"', form)
        fields = {
            "wpEditToken": html.unescape(token),
            "wpFilterDescription": "for a test",
            "wpFilterRules": rules,
            "wpFilterEnabled": "1",
            f"wpFilterAction{action}": "1",
            f"wpFilter{action}Message": f"abusefilter-{'warning' if warn else 'disallowed'}",
        }
        self._session(ADMIN).post(address, fields, timeout=60).raise_for_status()
        if not self.call(ADMIN, action="query", list="abusefilters")["query"]["abusefilters"]:
            raise ApiError("abusefilter", f"the filter was not saved: {rules}")

    def load_extension(self, name: str) -> None:
        """Load an extension that the settings leave out and make its tables. Holds until reset."""
        self.configure(f"wfLoadExtension( '{name}' );")
        # other wikis do not know its messages, and would put them together anew
        self.configure("$wgCacheDirectory = $wikibotData;")
        self._script("update", "--quick")

    def run_jobs(self) -> None:
        """Run what the wiki has put off (links of pages that use a changed template, …)."""
        self._script("runJobs")

    def rename(self, old: str, new: str) -> None:
        """Rename an account and its user page, as Special:RenameUser does."""
        if self.version == "1.39":
            extension = f"{self._template.engine.code}/extensions/Renameuser"
            script = [f"{extension}/maintenance/renameUser.php"]
            self._php(*script, f"--oldname={old}", f"--newname={new}", "--performer=Admin")
            if self.text(f"User:{old}") is not None:
                self.move(f"User:{old}", f"User:{new}")
        else:
            self._script("renameUser", old, new, "--performer=Admin")
        self.run_jobs()
        if old in self._logins:
            _, password = self._logins.pop(old)
            self._logins[new] = (new, password)

    # --- what the server was asked ---------------------------------------------------------------

    def request_log(self) -> list[Request]:
        """Requests since the last reset, oldest first, those of this object left out."""
        if not self._requests.exists():
            return []
        lines = self._requests.read_text("utf-8").splitlines()
        return [Request(**json.loads(line)) for line in lines]

    @property
    def requests_made(self) -> int:
        """How many requests the server had since the last reset, those of this object left out."""
        return len(self.request_log())

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _shared(self) -> Sequence[Path]:
        return (self._template.folder, self.folder)

    def _fresh_copy(self) -> None:
        """The databases to begin with under a name that was not used before."""
        self._generation += 1
        database = f"wiki_{self._generation}"
        data = self.folder / database
        data.mkdir()
        for file in self._begin_with.glob("*.sqlite"):
            shutil.copy(file, data / file.name.replace("wiki_0", database))
        for path in (data, *data.iterdir()):
            path.chmod(0o777 if path.is_dir() else 0o666)
        settings = self._template.settings(data=data, database=database, server=self.url)
        settings += _CLOCK.format(file=self._clock)
        self.set_clock(None)
        new = self._settings.with_suffix(".new")
        new.write_text(settings, "utf-8")
        new.replace(self._settings)
        self._requests.unlink(missing_ok=True)
        # The one before the last: nobody can be at work there any more.
        shutil.rmtree(self.folder / f"wiki_{self._generation - 2}", ignore_errors=True)

    def _uncached(self) -> Path:
        """Settings may change twice in a second, which PHP's cache of code would not see."""
        path = self.folder / "uncached.txt"
        path.write_text(f"{self._settings}\n", "utf-8")
        return path

    def _answers(self) -> bool:
        query = {"action": "query", "meta": "siteinfo", "format": "json"}
        try:
            return requests.get(self.api, query, headers={"User-Agent": USER_AGENT}, timeout=60).ok
        except requests.ConnectionError:
            return False

    def _script(self, name: str, *args: str) -> str:
        return self._php(*self._template.engine.script(name), *args)

    def _php(self, *args: str) -> str:
        command = self._template.engine.php(*args, settings=self._settings, shared=self._shared)
        return run(command, doing=f"{args[0]} of MediaWiki {self.version}")


def _revision(text: str, user: str, since: datetime | None, day: int) -> str:
    """An edit as files of exported pages have it; the edit form takes blanks at the end off."""
    moment = ""
    if since:
        moment = f"<timestamp>{since + timedelta(days=day):%Y-%m-%dT%H:%M:%SZ}</timestamp>"
    return (
        f"<revision>{moment}<contributor><username>{escape(user)}</username></contributor>"
        f"<comment>imported</comment><text>{escape(text.rstrip())}</text></revision>"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
