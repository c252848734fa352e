"""Tries every fault of ``tests/faults/faults.toml``, and writes ``docs/reliability.md``.

``python docs/make_reliability.py``; the page says what the tests have shown just now.
"""

import inspect
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_name("reliability.md")
sys.path.insert(0, str(ROOT))

from tests.faults import acts, network  # noqa: E402
from tests.faults.listed import FAULTS, Fault  # noqa: E402

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
    return "\n".join([HEAD, f"| {heads} |", "|---" * (6 + len(VERSIONS)) + "|", *rows, ""])


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
        cases = ElementTree.parse(report).getroot().iter("testcase")
        results = {}
        for case in cases:
            name = case.attrib["name"].partition("[")[2].removesuffix("]")
            version, _, name = name.partition("-")
            wrong = case.find("failure") is not None or case.find("error") is not None
            results[name, version] = "failed" if wrong else "passed"
        return results


if __name__ == "__main__":
    tried = _tried()
    PAGE.write_text(page(tried), "utf-8")
    sys.exit(set(tried.values()) != {"passed"})
