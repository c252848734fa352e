"""Makes the pictures of the documentation, of a real MediaWiki with the example department on it.

``python docs/make_pictures.py`` makes all of them, ``… report-on-a-telephone`` just those that are
named. Another picture is another line in :data:`PICTURES`.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "examples")]

import demo_wiki  # noqa: E402
from demo import job  # noqa: E402

from tests.browser.chromium import Browser, Scheme, Skin  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
MOST = 120_000  # bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """What is on a picture: a page of the wiki from the top, or an element of it."""

    name: str
    page: str
    skin: Skin = "vector-2022"
    width: int = 1000
    height: int = 1000
    scheme: Scheme = "day"
    selector: str = ""  # of the element; the page when empty


PICTURES = (
    Picture("weekly-report", "Atlas Department/Status/2026-W47"),
    Picture("report-by-night", "Atlas Department/Status/2026-W47", scheme="night", height=700),
    Picture(
        "report-on-a-telephone",
        "Atlas Department/Status/2026-W47",
        skin="minerva",
        width=360,
        height=900,
    ),
    Picture("status-update", "Template:Status update", selector=".wikibot-update"),
)
