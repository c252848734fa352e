"""Looks for pages that are not read in linear time.

``python -m benchmarks.fuzz_growth [N [SEED]]``

N pages are made of one to four fragments of :mod:`benchmarks.fragments`, repeated, between a head
and a tail. What takes more than three times as long when it doubles, or would take more than 5 s
at 2 MB, is measured again, as other programs may have disturbed; what stays so is told.
"""

import random
import sys
import time
from collections.abc import Callable

from benchmarks.fragments import FRAGMENTS, ROW_FRAGMENTS, repeated, text_of
from wikibot.wikitext.blocks import scan
from wikibot.wikitext.links import anchors, read_links
from wikibot.wikitext.roles import read_roles
from wikibot.wikitext.rosters import read_roster

SIZE = 2**17  # doubled once; 16 times as much is 2 MB
SECONDS = 5.0
GROWTH = 3.0
SHORT = 0.1  # seconds; below, growth is not told from noise
HEADS = [
    "",
    "* ",
    "== Team ==\\n",
    "{|\\n! Name !! Role\\n|-\\n",
    "{|\\n! Role !! Who\\n|-\\n| ",
    "<table>",
]
TAILS = ["", "\\n|}", "]]", "}}", "-->", "</b>", "''", "\\n* [[User:Ana]], Lead", "</table>"]
READERS: tuple[Callable[[str], object], ...] = (
    read_roster,
    read_roles,
    read_links,
    anchors,
    lambda text: scan(text).tables,
)
NAMES = ("read_roster", "read_roles", "read_links", "anchors", "tables")


def seconds(read: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def grows(read: Callable[[str], object], page: Callable[[int], str]) -> str:
    """What is wrong with the growth, as a phrase; the better of two measurements."""
    for _ in range(2):
        once, twice, thrice = (seconds(read, page(SIZE * factor)) for factor in (1, 2, 4))
        problem = ""
        if twice > SHORT and min(twice / once, thrice / twice) > GROWTH:
            problem = f"{once:.2f}, {twice:.2f}, {thrice:.2f} s when it doubles"
        elif thrice > SECONDS / 4 and seconds(read, page(SIZE * 16)) > SECONDS:
            problem = f"more than {SECONDS} s at 2 MB"
        if not problem:
            return ""
    return problem


def main() -> None:
    number, seed = (*map(int, sys.argv[1:]), *(300, 0)[len(sys.argv) - 1 :])
    choice = random.Random(seed)
    found = 0
    for _ in range(number):
        unit = "".join(choice.choices([*FRAGMENTS, *ROW_FRAGMENTS], k=choice.randint(1, 4)))
        head, tail = choice.choice(HEADS), choice.choice(TAILS)
        page = repeated(text_of(unit), text_of(head), text_of(tail))
        for name, read in zip(NAMES, READERS, strict=True):
            if problem := grows(read, page):
                found += 1
                sys.stdout.write(f"{name}: {head!r} + {unit!r} * n + {tail!r}: {problem}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{number} pages (seed {seed}), {found} that are not read in linear time\n")
    raise SystemExit(found > 0)


if __name__ == "__main__":
    main()
