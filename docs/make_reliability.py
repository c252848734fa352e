"""Tries every fault of ``tests/faults/faults.toml``, and writes ``docs/reliability.md``.

``python docs/make_reliability.py``; the page says what the tests have shown just now, and how the
long series of races in ``docs/races.toml`` have gone.
"""

import inspect
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_name("reliability.md")
RACES = Path(__file__).with_name("races.toml")
sys.path.insert(0, str(ROOT))

from tests.faults import acts, network  # noqa: E402
from tests.faults.listed import FAULTS, Fault  # noqa: E402
from tests.races.test_interleaving import IN_FOLDER, ON_MEDIAWIKI  # noqa: E402

VERSIONS = ("1.39", "1.43")
HEAD = """\
# What happens when something goes wrong

Each row is a test on a real MediaWiki. While `wikibot run` makes its edits (two pages, and one that
it creates), a proxy in front of the wiki, or the wiki itself, lets one thing go wrong. The
test passes when

- the outcome of each page is named as it says here, and is what has become of the page,
- the others are saved, or the run stops and says why; and the exit code is right,
- nothing that people wrote is gone, and no edit was made twice,
- after the next run, with the fault gone, everything planned is on the wiki, once.

Exit codes: 0, everything planned is on the wiki; 1, some page was not saved; 2, the run was
stopped. “In the very moment” is between the last look at a page and its save, some milliseconds.

The page is made by running the tests: `python docs/make_reliability.py`. A new fault is an entry in
[faults.toml](../tests/faults/faults.toml).
"""
TAIL = f"""\

## When people, or a second run, come in between

A schedule is a random order in which people edit, move, delete and restore the pages of a small
department while one or two runs of the bot go on, request by request. Of each save it must hold
that nothing that people wrote is lost, nothing is there twice, and what is said of it has happened;
at the end, that one more run does everything that is left, and a further one has nothing to do.
What that means exactly is in [judging.py](../tests/races/judging.py).

The tests play {IN_FOLDER:,} schedules in a folder and {ON_MEDIAWIKI} on each MediaWiki, the same
ones each time. “Merged” are saves that MediaWiki has put together with what others saved in the
very moment, “refused” those that it, or the bot, did not make because of them. Longer series:

| command | date | schedules | saves | merged | refused | schedules that failed |
|---|---|---|---|---|---|---|
"""
MOMENTS = {
    "start": "before the run",
    "login": "at the login",
    "reading": "while pages are read",
    "first save": "between reading and saving",
    "before save": "just before the save",
    "save": "at the save",
}
Results = Mapping[tuple[str, str], str]  # fault and version → "passed" or "failed"


def page(results: Results) -> str:
    """The text of the page."""
    versions = " | ".join(f"MediaWiki {version}" for version in VERSIONS)
    heads = f"fault | produced by | the page | the run | exit code | the next run | {versions}"
    rows = [_row(fault, results) for fault in FAULTS]
    table = [f"| {heads} |", "|---" * (6 + len(VERSIONS)) + "|", *rows]
    return "\n".join([HEAD, *table, TAIL + "\n".join(_races()), ""])


def _races() -> Iterator[str]:
    """A row for each series that was played."""
    for series in tomllib.loads(RACES.read_text("utf-8"))["series"]:
        asked, played = int(series["command"].split("--count ")[1].split()[0]), series["schedules"]
        stopped = f" of {asked:,}, then stopped" if played < asked else ""
        counts = " | ".join(f"{series[key]:,}" for key in ("saves", "merged", "refused", "failed"))
        note = f" ({series['note']})" if "note" in series else ""
        yield f"| `{series['command']}` | {series['date']} | {played:,}{stopped} | {counts}{note} |"


def _row(fault: Fault, results: Results) -> str:
    producer, _, later = _producer(fault).partition("; later ")
    left = f"does what is left, when {later}" if later else "does what is left"
    cells = (
        fault.name,
        f"{producer} ({MOMENTS[fault.at]})",
        f"*{fault.here}*" if fault.here else "not tried",
        fault.run,
        str(fault.code),
        fault.heals or ("has nothing to do" if fault.code == 0 else left),
        *(results.get((fault.name, version), "not tried") for version in VERSIONS),
    )
    marked = [re.sub(r"{{.*?}}", r"`\g<0>`", cell) for cell in cells]
    return f"| {' | '.join(marked)} |"


def _producer(fault: Fault) -> str:
    """The first sentence of the function that does it, or the setting."""
    if php := fault.arguments.get("php"):
        return f"setting: `{php}`"
    by_proxy = network.KINDS.get(fault.kind)
    doc = inspect.getdoc(by_proxy or acts.KINDS[fault.kind]) or ""
    sentence = " ".join(doc.split("\n\n")[0].split()).rstrip(".")
    who = "proxy" if by_proxy else "wiki"
    return f"{who}: {sentence[0].lower()}{sentence[1:]}"


def _tried() -> Results:
    """Run the tests; the report is JUnit's, which several processes can write together."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "tests/faults", f"--junitxml={report}"]
        subprocess.run(command, cwd=ROOT, check=False)
        return results(report)


def results(report: Path) -> dict[tuple[str, str], str]:
    """What a report of the tests says."""
    said = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = case.attrib["name"].partition("[")[2].removesuffix("]")
        version, _, name = name.partition("-")
        wrong = case.find("failure") is not None or case.find("error") is not None
        said[name, version] = "failed" if wrong else "passed"
    return said


if __name__ == "__main__":
    tried = _tried()
    PAGE.write_text(page(tried), "utf-8")
    sys.exit(set(tried.values()) != {"passed"})
