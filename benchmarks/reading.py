"""How fast pages are read, and that hostile ones are read in linear time.

``python -m benchmarks.reading``

Measured in turns in one run, in CPU time: the readers with a known layout, the readers that find
out by themselves, and ``mwparserfromhell.parse`` on the same page. Limits: a known layout takes at
most half of the parse; 2 MB of anything takes under 5 s, and growth is linear.
"""

import statistics
import sys
import time
from collections.abc import Callable

import mwparserfromhell

from benchmarks.fragments import PAGES
from wikibot.model import Layout
from wikibot.wikitext.roles import read_roles
from wikibot.wikitext.rosters import read_roster

MEGABYTE = 2**20
SECONDS = 5.0  # for 2 MB
SHARE = 0.5  # of mwparserfromhell.parse
GROWTH = 3.0  # when the text doubles; 2 is linear, 4 quadratic
SHORT = 0.3  # seconds; below, growth is not told from noise


def team_page(size: int) -> str:
    """A team page of about ``size`` characters: a roster, prose, links, a table, templates."""
    people = "".join(
        f"* [[User:Person {n}|Person {n}]], {'Lead' if n == 0 else 'Engineer'}\n" for n in range(8)
    )
    parts = [f"{{{{Team header|name=Harbour}}}}\n== Who we are ==\n{people}"]
    number = 0
    while sum(map(len, parts)) < size:
        number += 1
        parts.append(
            f"== Project {number} ==\n"
            f"The project moves ''all'' of [[Harbour/Project {number}|its pages]] to the new "
            f"'''store'''. See [https://example.org/{number} the plan] and {{{{Task|{number}}}}}."
            f"<ref>Minutes of week {number % 52}</ref>\n\n"
            '{| class="wikitable"\n! Step !! Owner !! State\n'
            + "".join(
                f"|-\n| Step {step} || [[User:Person {step}]] || {{{{Done|{number}}}}}\n"
                for step in range(4)
            )
            + "|}\n* first, do this\n* then that: see [[Help:Contents]]\n\n"
        )
    return "".join(parts)


def seconds(call: Callable[[], object]) -> float:
    begun = time.process_time()
    call()
    return time.process_time() - begun


def ratios() -> bool:
    """Ours beside mwparserfromhell; whether the limit was kept."""
    known = Layout(section="Who we are", layout="bullets", pattern="{name}, {title}")
    kept = True
    sys.stdout.write("page       parse ms   known   finding out (share of the parse)\n")
    for size, rounds in ((3_000, 100), (30_000, 20), (300_000, 5)):
        page = team_page(size)
        assert len(read_roster(page, layout=known).people) == 8
        times: list[list[float]] = [[], [], []]
        for _ in range(rounds):
            times[0].append(seconds(lambda page=page: mwparserfromhell.parse(page)))
            times[1].append(seconds(lambda page=page: read_roster(page, layout=known)))
            times[2].append(seconds(lambda page=page: read_roster(page)))
        parse, with_layout, detecting = map(statistics.median, times)
        share = with_layout / parse
        kept &= share <= SHARE
        sys.stdout.write(
            f"{len(page) // 1000:4} KB   {parse * 1000:8.2f}    {share:5.2f}    "
            f"{detecting / parse:5.2f}   {'ok' if share <= SHARE else 'FAILED'}\n"
        )
    return kept


def growth_of(read: Callable[[str], object], texts: list[str]) -> list[float]:
    return [seconds(lambda text=text: read(text)) for text in texts]


def linear(taken: list[float]) -> bool:
    return taken[2] < SECONDS and (taken[2] < SHORT or taken[2] < GROWTH * taken[1])


def growth() -> bool:
    """0.5, 1 and 2 MB of each kind of page; whether the limits were kept."""
    kept = True
    sys.stdout.write("\nCPU seconds for 0.5, 1, 2 MB    read_roster         read_roles\n")
    for name, page in PAGES.items():
        line = f"{name:30}"
        good = True
        for read in (read_roster, read_roles):
            texts = [page(size) for size in (MEGABYTE // 2, MEGABYTE, 2 * MEGABYTE)]
            taken = growth_of(read, texts)
            if not linear(taken):  # another program may have disturbed
                taken = growth_of(read, texts)
            line += "".join(f"{each:6.2f}" for each in taken) + "  "
            good &= linear(taken)
        kept &= good
        sys.stdout.write(f"{line}{'' if good else 'FAILED'}\n")
        sys.stdout.flush()
    return kept


def main() -> None:
    raise SystemExit(not all([ratios(), growth()]))


if __name__ == "__main__":
    main()
