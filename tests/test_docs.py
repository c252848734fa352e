"""Pages that are made from the code are as the code says; links between pages lead somewhere."""

import re
import runpy
from pathlib import Path

import pytest

from wikibot import templates

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "examples" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("name", ["checks", "templates"])
def test_what_is_made_from_the_code_is_as_the_code_says(name: str) -> None:
    made = runpy.run_path(str(ROOT / "docs" / f"make_{name}.py"))["page"]()
    assert (ROOT / "docs" / f"{name}.md").read_text("utf-8") == made, (
        f"docs/{name}.md is out of date; run: python docs/make_{name}.py"
    )


def test_the_page_of_faults_has_each_fault_as_it_is_listed_and_all_are_passed() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_reliability.py"))
    passed = {(fault.name, v): "passed" for fault in made["FAULTS"] for v in made["VERSIONS"]}
    assert (ROOT / "docs" / "reliability.md").read_text("utf-8") == made["page"](passed), (
        "docs/reliability.md is out of date; run: python docs/make_reliability.py"
    )


def test_the_page_of_templates_leaves_none_out() -> None:
    told = re.findall(r"^### (.+)$", (ROOT / "docs" / "templates.md").read_text("utf-8"), re.M)
    pages = templates.packaged()
    assert sorted(told) == sorted(name for name in pages if f"{name}/doc" in pages)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_module_has_its_place_in_the_architecture() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    modules = [
        file.relative_to(ROOT / "wikibot").with_suffix("").as_posix()
        for file in (ROOT / "wikibot").rglob("*.py")
        if not file.name.startswith("__")
    ]
    folders = ("checks/", "tasks/")
    missing = [m for m in modules if not m.startswith(folders) and f"`{m}`" not in told]
    assert missing == []
