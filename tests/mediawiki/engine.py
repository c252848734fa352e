"""Where the code of a MediaWiki version and a PHP to run it are to be had."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mediawiki import debian
from tests.mediawiki.commands import Unavailable

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "mediawiki"
VERSIONS = tuple(os.environ.get("WIKIBOT_TEST_VERSIONS", "1.39 1.43").split())


@dataclass(frozen=True, slots=True)
class Engine:
    """A MediaWiki version that can be run.

    ``code`` is the folder of ``api.php`` as PHP sees it; ``image`` is the Docker image that holds
    it, ``None`` when code and PHP are this machine's own. What is done with an image follows its
    documentation (https://hub.docker.com/_/mediawiki); it has not been tried.
    """

    version: str
    code: str
    image: str | None = None

    def php(self, *args: str, settings: Path | None = None, shared: Sequence[Path]) -> list[str]:
        """The command that runs ``php ARGS``.

        ``settings`` is the wiki's LocalSettings.php; ``shared`` are the folders that it touches.
        """
        config = [f"MW_CONFIG_FILE={settings}"] if settings else []
        if self.image is None:
            return ["env", *config, "php", *args]
        # As ourselves, so that we can copy and remove what the script writes.
        options = [
            "--rm",
            f"--user={os.getuid()}:{os.getgid()}",
            *_mounts(shared),
            *(f"--env={v}" for v in config),
        ]
        return ["docker", "run", *options, self.image, "php", *args]

    def serve(
        self, *, port: int, settings: Path, ini: Sequence[str], shared: Sequence[Path]
    ) -> list[str]:
        """The command that serves the wiki on 127.0.0.1 until it is sent SIGTERM."""
        if self.image is None:
            env = [f"MW_CONFIG_FILE={settings}", "PHP_CLI_SERVER_WORKERS=4"]
            options = [word for line in ini for word in ("-d", line)]
            return ["env", *env, "php", *options, "-S", f"127.0.0.1:{port}", "-t", self.code]
        ini_file = settings.with_name("wikibot.ini")
        ini_file.write_text("\n".join(ini), "utf-8")
        options = [
            "--rm",
            f"--publish=127.0.0.1:{port}:80",
            f"--env=MW_CONFIG_FILE={settings}",
            *_mounts(shared),
            f"--volume={ini_file}:/usr/local/etc/php/conf.d/zz-wikibot.ini:ro",
        ]
        return ["docker", "run", *options, self.image]

    def script(self, name: str) -> list[str]:
        """How a maintenance script is called (``run.php`` is there from 1.40 on)."""
        maintenance = f"{self.code}/maintenance"
        return (
            [f"{maintenance}/{name}.php"]
            if self.version == "1.39"
            else [f"{maintenance}/run.php", name]
        )


def find(version: str) -> Engine:
    """The first of: Debian's packages, a Docker image. Fetches what is not there yet."""
    try:
        return Engine(version, str(debian.code(version, CACHE / version)))
    except Unavailable as error:
        why = str(error)
    if _docker_answers():
        return Engine(version, "/var/www/html", image=f"mediawiki:{version}")
    raise Unavailable(
        f"MediaWiki {version} for the tests is not to be had: {why}; no Docker engine answers "
        f"either. Do one of these, start Docker, or set WIKIBOT_TEST_API to a wiki that may be "
        f"written to (see tests/conftest.py)."
    )


def _docker_answers() -> bool:
    if shutil.which("docker") is None:
        return False
    done = subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=30)
    return done.returncode == 0


def _mounts(folders: Sequence[Path]) -> list[str]:
    """Every folder under its own path, so that settings read the same inside and outside."""
    return [f"--volume={folder}:{folder}" for folder in folders]
