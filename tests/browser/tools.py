"""Chromium, fonts and axe-core: where they are on this machine, fetched when they are missing.

Chromium and the fonts are Debian's packages, which are installed. axe-core comes from npm, in one
version, into ``.cache/browser``; npm is Debian's where there is none.
"""

import fcntl
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mediawiki.commands import Unavailable, run, say

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "browser"
AXE = "axe-core@4.14.1"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Has Latin, Cyrillic, Greek, Arabic and Hebrew, and the symbols of reports.
FONTS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")


def chromium() -> Path:
    """The browser's program; with the fonts that the pages of the tests need."""
    with _lock():
        missing = [] if _found(CHROMIUM) else ["chromium"]
        if shutil.which("apt-get") and not FONTS.exists():
            missing.append("fonts-dejavu")
        if missing:
            _install(missing, needed="Chromium with fonts", once="and it is on the PATH")
        return Path(_found(CHROMIUM) or "")


def axe() -> Path:
    """The script of axe-core that is run inside a page."""
    with _lock():
        script = CACHE / f"{AXE}.min.js"
        if not script.exists():
            _fetch_axe(script)
        return script


def _fetch_axe(script: Path) -> None:
    if not shutil.which("npm"):
        _install(["npm"], needed="npm, which fetches axe-core,", once="and it is on the PATH")
    say(f"Fetching {AXE}…")
    with TemporaryDirectory(dir=CACHE) as folder:
        run(["npm", "pack", "--silent", AXE], doing=f"npm pack {AXE}", cwd=Path(folder))
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed:
            packed.extract("package/axe.min.js", folder)
        (Path(folder) / "package" / "axe.min.js").rename(script)


def _install(packages: list[str], *, needed: str, once: str) -> None:
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise Unavailable(f"{needed} is needed for the tests in a browser: install it, {once}")
    if os.geteuid() != 0:
        raise Unavailable(
            f"{needed} is needed for the tests in a browser: as root, apt-get install {names}"
        )
    say(f"Installing {names} from Debian's packages…")
    run(["apt-get", "-q", "update"], doing="apt-get update")
    install = ["apt-get", "-y", "-q", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0", "install"]
    run([*install, *packages], doing=f"apt-get install of {names}")


def _found(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def _lock() -> Iterator[None]:
    """One process at a time fetches and installs."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
