"""An installed wiki of each version, made once and copied for each wiki that is started."""

import fcntl
import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mediawiki.commands import run, say
from tests.mediawiki.engine import CACHE, Engine, find
from tests.mediawiki.witness import ADMIN

BOT = "RosterBot"
GRANTS = "basic,highvolume,editpage,createeditmovepage,editprotected"
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Template:
    """``folder`` has ``data/`` (the databases), ``installed.php`` and the files of ``HERE``.

    ``bot_password`` goes with the login ``RosterBot@tests``.
    """

    engine: Engine
    folder: Path
    admin_password: str
    bot_password: str

    def settings(self, *, data: Path, database: str, server: str) -> str:
        """LocalSettings.php of a wiki that has its databases in ``data``."""
        return "\n".join(
            [
                "<?php",
                f"$wikibotData = '{data}';",
                f"$wikibotDatabase = '{database}';",
                f"$wikibotServer = '{server}';",
                f"require '{self.folder}/installed.php';",
                f"require '{self.folder}/settings.php';",
                "",
            ]
        )


def template(version: str) -> Template:
    """The template of a version, made when it is not there yet (or was made by other code)."""
    with _lock(CACHE / version):
        engine = find(version)
        files = (HERE / name for name in ("template.py", "settings.php", "prepend.php"))
        made_by = str(engine).encode() + b"".join(path.read_bytes() for path in files)
        folder = CACHE / version / f"template-{hashlib.sha256(made_by).hexdigest()[:12]}"
        if not (folder / "accounts.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _make(engine, folder)
        accounts = json.loads((folder / "accounts.json").read_text("utf-8"))
        return Template(engine, folder, **accounts)


def _make(engine: Engine, folder: Path) -> None:
    say(f"Installing MediaWiki {engine.version}…")
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "l10n").mkdir()
    for file in ("settings.php", "prepend.php"):
        shutil.copy(HERE / file, folder)
    _let_all_write(folder)
    admin_password, bot_password = secrets.token_hex(16), secrets.token_hex(16)
    run(
        engine.php(
            *engine.script("install"),
            "--dbtype=sqlite",
            f"--dbpath={data}",
            "--dbname=wiki_0",
            f"--confpath={folder}",
            "--server=http://127.0.0.1",
            "--scriptpath=",
            f"--extensions={_extensions()}",
            f"--pass={admin_password}",
            "Wiki",
            ADMIN,
            shared=[folder],
        ),
        doing=f"installing MediaWiki {engine.version}",
    )
    (folder / "installed.php").write_text(_adaptable(folder), "utf-8")
    made = Template(engine, folder, admin_password, bot_password)
    local = folder / "LocalSettings.php"
    local.write_text(
        made.settings(data=data, database="wiki_0", server="http://127.0.0.1"), "utf-8"
    )
    for script, *args in (
        ("changePassword", f"--user={ADMIN}", f"--password={admin_password}"),  # by our settings
        ("createAndPromote", "--bot", BOT, secrets.token_hex(16)),
        ("createBotPassword", "--appid=tests", f"--grants={GRANTS}", BOT, bot_password),
        ("rebuildLocalisationCache", "--lang=en"),
        ("runJobs",),
    ):
        run(
            engine.php(*engine.script(script), *args, settings=local, shared=[folder]),
            doing=f"{script} of MediaWiki {engine.version}",
        )
    local.unlink()
    accounts = {"admin_password": admin_password, "bot_password": bot_password}
    (folder / "accounts.json").write_text(json.dumps(accounts), "utf-8")


def _extensions() -> str:
    """Those that settings.php loads and that need tables."""
    return "AbuseFilter"


def _adaptable(folder: Path) -> str:
    """What the installer wrote, with the place of the databases left to each wiki."""
    text = (folder / "LocalSettings.php").read_text("utf-8")
    for name, variable in (
        ("wgSQLiteDataDir", "$wikibotData"),
        ("wgDBname", "$wikibotDatabase"),
        ("wgServer", "$wikibotServer"),
    ):
        text, count = re.subn(rf'^\${name} = ".*";$', f"${name} = {variable};", text, flags=re.M)
        if count != 1:
            raise ValueError(f"{folder}/LocalSettings.php: ${name} stands {count} times, not once")
    return text + f"$wgCacheDirectory = '{folder}/l10n';\n"


def _let_all_write(folder: Path) -> None:
    """The web server of a container is another account than ours."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """One process at a time fetches and installs."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
