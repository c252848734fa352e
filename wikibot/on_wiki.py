"""The part of a configuration that stands on a page of the wiki.

It has the same keys as ``wikibot.toml``, as JSON. Whoever can edit the page decides what the bot
reads and what it says, but never where it may write, how much, which host it talks to, or which
file it opens: these keys are taken from the file alone. The page is believed only where ordinary
users cannot edit it, which is asked of the wiki at each run.
"""

import json
from pathlib import Path
from typing import Any

from wikibot import config as configuration
from wikibot.config import Config
from wikibot.errors import ConfigError
from wikibot.wiki.protocol import Wiki

KEYS = ("authority", "checks", "contacts", "people", "report", "roles", "staff", "team")


def complete(config: Config, wiki: Wiki) -> Config:
    """The configuration with what its page says, if it names one (``wiki.config_page``).

    :class:`ConfigError` says why the page cannot be used.
    """
    title = config.wiki.config_page
    if not title:
        return config
    page = wiki.load([title])[title]
    if page.problem:
        raise ConfigError(f"{title}: cannot be read: {page.problem}")
    if not page.exists:
        raise ConfigError(f"{title}: there is no such page; make it, or remove wiki.config_page.")
    if why := wiki.open_to_others(title):
        raise ConfigError(f"{title}: is not taken for a configuration: {why}.")
    return configuration.load(config.path, more=_said(title, page.text, config.path), page=title)


def _said(title: str, text: str, path: Path) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{title}: not valid JSON: {error}.") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{title}: should be an object, with keys such as “team”.")
    for key in data:
        if key not in KEYS:
            raise ConfigError(
                f"{title}: {key}: stands in {path} only; a page of the wiki may have "
                f"{', '.join(KEYS)}."
            )
    teams = data.get("team")
    for team in teams if isinstance(teams, list) else ():
        if isinstance(team, dict) and "removal_share" in team:  # how much may be written
            raise ConfigError(f"{title}: team.removal_share: stands in {path} only.")
    return data
