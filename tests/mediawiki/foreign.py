"""A wiki that somebody else runs, given by ``WIKIBOT_TEST_API``."""

import os

from tests.mediawiki.commands import Unavailable
from tests.mediawiki.witness import ADMIN, Witness

NEEDED = {
    "WIKIBOT_TEST_API": "address of api.php",
    "WIKIBOT_TEST_USER": "bot password's login, such as RosterBot@tests",
    "WIKIBOT_TEST_PASSWORD": "the bot password",
    "WIKIBOT_TEST_ADMIN": "an administrator's account",
    "WIKIBOT_TEST_ADMIN_PASSWORD": "the administrator's password",
}
_SCRATCH = 100  # pages that a wiki made for tests has at most


class ForeignWiki(Witness):
    """What an administrator may do on a wiki whose server is not ours.

    It must be a wiki that was made for tests: pages of any title are created, and deleted again.
    A wiki with more than a few pages is refused, and no page is deleted but those that were
    created meanwhile.
    """

    def __init__(self) -> None:
        missing = [f"{name} ({what})" for name, what in NEEDED.items() if not os.environ.get(name)]
        if missing:
            raise Unavailable(f"WIKIBOT_TEST_API needs these to be set too: {', '.join(missing)}")
        super().__init__(
            api=os.environ["WIKIBOT_TEST_API"],
            admin=(os.environ["WIKIBOT_TEST_ADMIN"], os.environ["WIKIBOT_TEST_ADMIN_PASSWORD"]),
            bot_login=os.environ["WIKIBOT_TEST_USER"],
            bot_password=os.environ["WIKIBOT_TEST_PASSWORD"],
        )
        info = self.query(meta="siteinfo", siprop="general|statistics")
        if info["statistics"]["pages"] > _SCRATCH:
            raise Unavailable(
                f"{self.api} has more than {_SCRATCH} pages; name a wiki that was made for tests"
            )
        self.version = str(info["general"]["generator"]).removeprefix("MediaWiki ")
        self._since = self._now()

    def reset(self) -> None:
        """Delete what was created, lift what was blocked or protected, since the last reset."""
        since = self._since
        for title in self._created(since):
            if self.text(title) is not None:
                self.delete(title)
        for block in self.query(list="blocks", bkend=since, bkprop="user", bklimit="max")["blocks"]:
            self.unblock(block["user"])
        for page in self.query(list="protectedtitles", ptend=since)["protectedtitles"]:
            self.write("protect", title=page["title"], protections="create=all")
        self._since = self._now()

    def _created(self, since: str) -> set[str]:
        """Titles of pages that came to be since then, by an edit or by a move."""
        changes = self.query(
            list="recentchanges",
            rctype="new|log",
            rcend=since,
            rcprop="title|loginfo",
            rclimit="max",
        )["recentchanges"]
        moves = [change for change in changes if change.get("logtype") == "move"]
        return (
            {change["title"] for change in changes if change["type"] == "new"}
            | {move["title"] for move in moves}
            | {move["logparams"]["target_title"] for move in moves}
        )

    def stop(self) -> None:
        """Leave the wiki as it was found."""
        self.reset()
        self.log_out()

    def _now(self) -> str:
        return str(self.call(ADMIN, action="query", curtimestamp="1")["curtimestamp"])
