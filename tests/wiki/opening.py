"""Opens a :class:`LiveWiki` on the wiki of a test, with caches that live as long as the test."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.mediawiki import Witness
from wikibot.config import Config, parse
from wikibot.wiki.live import LiveWiki, open_live


class Revisions:
    """A revision cache in memory."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}

    def get(self, revision: int) -> str | None:
        return self.texts.get(revision)

    def get_many(self, revisions: Iterable[int]) -> dict[int, str]:
        return {number: self.texts[number] for number in revisions if number in self.texts}

    def put_many(self, texts: Mapping[int, str]) -> None:
        self.texts.update(texts)


class Facts:
    """A fact cache in memory, in which nothing grows old."""

    def __init__(self) -> None:
        self.kept: set[tuple[str, str]] = set()

    def known(self, kind: str, keys: Iterable[str]) -> set[str]:
        return {key for key in keys if (kind, key) in self.kept}

    def remember(self, kind: str, keys: Iterable[str]) -> None:
        self.kept |= {(kind, key) for key in keys}


def config_for(mediawiki: Witness, **wiki: Any) -> Config:
    """The bot may write ``Team`` and what is below; no pause between edits."""
    table = {"api": mediawiki.api, "user": mediawiki.bot, "write_under": ["Team", "Team/"]}
    return parse({"wiki": table | wiki, "limits": {"put_throttle": 0}})


def environment_for(mediawiki: Witness) -> dict[str, str]:
    return {"WIKIBOT_LOGIN": mediawiki.bot_login, "WIKIBOT_PASSWORD": mediawiki.bot_password}


def open_for(
    mediawiki: Witness,
    state_dir: Path,
    *,
    config: Config | None = None,
    environment: Mapping[str, str] | None = None,
    retries: int = 0,
) -> LiveWiki:
    """Logged in as the bot of the wiki; a request without an answer is not put again.

    What Pywikibot asks once of each wiki has been asked, so that tests can count what follows.
    """
    wiki = open_live(
        config or config_for(mediawiki),
        state_dir=state_dir,
        revisions=Revisions(),
        facts=Facts(),
        environment=environment_for(mediawiki) if environment is None else environment,
        retries=retries,
    )
    wiki.site()
    wiki.stop_reason()
    return wiki
