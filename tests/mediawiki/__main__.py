"""``python -m tests.mediawiki install``: fetch and install what the tests need, saying so."""

import sys

from tests.mediawiki.commands import Unavailable
from tests.mediawiki.engine import VERSIONS
from tests.mediawiki.template import template

try:
    for version in VERSIONS:
        template(version)
except Unavailable as error:
    sys.exit(f"{error}")
