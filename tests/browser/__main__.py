"""``python -m tests.browser``: fetch and install what the tests in a browser need, saying so."""

import sys

from tests.browser.tools import axe, chromium
from tests.mediawiki.commands import Unavailable

try:
    chromium()
    axe()
except Unavailable as error:
    sys.exit(f"{error}")
