"""MediaWiki from Debian's packages, unpacked beside the checkout and not installed.

Only PHP is installed on the machine. The packages of MediaWiki are fetched and unpacked, of this
and of other releases of Debian, so that several versions stand side by side.
"""

import os
import shutil
import subprocess
from pathlib import Path

from tests.mediawiki.commands import Unavailable, run, say

RELEASES = {"1.39": "bookworm", "1.43": "trixie"}
MODULES = ("apcu", "curl", "dom", "intl", "mbstring", "pdo_sqlite", "sqlite3", "xml")
PHP = ("php-cli php-sqlite3 php-intl php-mbstring php-xml php-curl php-apcu lua5.1").split()


def code(version: str, folder: Path) -> Path:
    """The folder of ``api.php``, fetched into ``folder`` when it is not there yet."""
    _require_php()
    ready = folder / "code"
    if not (ready / "api.php").exists():
        _unpack(version, folder / "new")
        (folder / "new").rename(ready)
    return ready


def _require_php() -> None:
    if shutil.which("php") and shutil.which("lua5.1"):
        found = run(["php", "-m"], doing="php -m").lower().split()
        if all(module in found for module in MODULES):
            return
    packages = " ".join(PHP)
    if shutil.which("apt-get") is None:
        raise Unavailable(f"PHP ≥ 7.4 with {', '.join(MODULES)} and lua5.1 are needed")
    if os.geteuid() != 0:
        raise Unavailable(f"PHP is needed: as root, apt-get install {packages}")
    say("Installing PHP from Debian's packages…")
    run(["apt-get", "-q", "update"], doing="apt-get update")
    install = ["apt-get", "-y", "-q", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0", "install"]
    run([*install, *PHP], doing="apt-get install of PHP")


def _unpack(version: str, target: Path) -> None:
    release = RELEASES.get(version)
    if release is None:
        known = ", ".join(RELEASES)
        raise Unavailable(
            f"MediaWiki {version} is in no known release of Debian (only {known} are)"
        )
    work = target.with_name("fetch")
    for folder in (work, target):
        shutil.rmtree(folder, ignore_errors=True)
    (work / "lists" / "partial").mkdir(parents=True)
    sources = work / "sources.list"
    sources.write_text(_source(release), "utf-8")
    apt = [
        "apt-get",
        "-q",
        f"-oDir::Etc::SourceList={sources}",
        "-oDir::Etc::SourceParts=-",
        f"-oDir::State::Lists={work / 'lists'}",
        "-oDir::Cache::pkgcache=",
        "-oDir::Cache::srcpkgcache=",
        "-oAcquire::Languages=none",
    ]
    say(f"Fetching MediaWiki {version} from Debian {release}…")
    run([*apt, "update"], doing=f"apt-get update for Debian {release}")
    packages = ["mediawiki", "mediawiki-classes"]
    run([*apt, "download", *packages], doing=f"download of MediaWiki {version}", cwd=work)
    for package in sorted(work.glob("*.deb")):
        run(["dpkg", "-x", str(package), str(work / "unpacked")], doing=f"unpacking {package.name}")
    tree = work / "unpacked" / "usr" / "share" / "mediawiki"
    # These point into /etc and /var/lib, where the package would be configured.
    for link in ("LocalSettings.php", "config", "images", "extensions"):
        (tree / link).unlink(missing_ok=True)
    (tree / "extensions").symlink_to("extensions-core")
    (tree / "images").mkdir()
    tree.rename(target)
    shutil.rmtree(work)


def _source(release: str) -> str:
    """A source list for ``release`` on the mirror that this machine gets Debian from."""
    try:
        form = "$(REPO_URI) $(CODENAME) $(RELEASE) $(COMPONENT)"
        lines = run(
            ["apt-get", "indextargets", "--format", form, "Created-By: Packages"],
            doing="apt-get indextargets",
        ).splitlines()
        here = _os_release().get("VERSION_CODENAME", "")
    except (OSError, subprocess.SubprocessError) as error:
        raise Unavailable(f"this is no Debian ({error})") from None
    for line in lines:
        uri, *names = line.split()
        if here in RELEASES.values() and here in names[:-1] and names[-1] == "main":
            keys = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
            options = f"[signed-by={keys}] " if keys.exists() else ""
            return f"deb {options}{uri} {release} main\n"
    raise Unavailable("this machine's apt knows no mirror of Debian 12 or later")


def _os_release() -> dict[str, str]:
    pairs = (line.partition("=") for line in Path("/etc/os-release").read_text("utf-8").split("\n"))
    return {key: value.strip('"') for key, _, value in pairs}
