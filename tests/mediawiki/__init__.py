"""A real MediaWiki on 127.0.0.1, for the tests and for ``make demo-wiki``.

``start("1.43")`` gives a running wiki with an administrator and a bot account::

    with start("1.43") as wiki:
        wiki.edit("Team", "* Ada")
        print(wiki.api, wiki.bot, wiki.bot_password)

The code of MediaWiki comes from Debian's packages or a Docker image (``engine``); the first use
makes an installation of each version (``template``), which is copied for each wiki (``server``).
Everything is kept in ``.cache/mediawiki``. What the tests want to know of the wiki is asked
through the plain web API (``witness``), without the code that is under test.
"""

from tests.mediawiki.commands import Unavailable
from tests.mediawiki.engine import VERSIONS
from tests.mediawiki.server import MediaWiki, start
from tests.mediawiki.witness import Request, Revision, Witness

__all__ = ["VERSIONS", "MediaWiki", "Request", "Revision", "Unavailable", "Witness", "start"]
