"""The page of all reports."""

import re

import pytest

from tests.reports.offices import directory
from wikibot.messages import load
from wikibot.period import parse
from wikibot.reports.index_page import index_body
from wikibot.reports.page import Place


def body(*names: str, base: str = "Office/Status", language: str = "en", starts: int = 7) -> str:
    periods = [parse(name, fiscal_year_starts=starts) for name in names]
    return index_body(periods, Place(base, directory({})), load(language))


def lines(text: str) -> list[str]:
    """Headings and lists, links as the names of what they lead to."""
    links = re.sub(r"\[\[:?[^\[\]|]*/([^/|\]]*)\|\1\]\]", r"\1", text)
    return [line for line in links.split("\n") if line.startswith(("=", "*"))]


def test_reports_are_listed_by_year_newest_first() -> None:
    names = ["2025-W52", "2026-W47", "2026-W02", "2025-12", "2026-11", "2026-10", "FY2026-27 Q2"]
    assert lines(body(*names)) == [
        "== 2026 ==",
        "* Quarters: FY2026-27 Q2",
        "* Months: 2026-11, 2026-10",
        "* 2026-W47, 16 November 2026 to 22 November 2026",
        "* 2026-W02, 5 January 2026 to 11 January 2026",
        "== 2025 ==",
        "* Months: 2025-12",
        "* 2025-W52, 22 December 2025 to 28 December 2025",
    ]


def test_the_order_in_which_they_are_known_does_not_matter() -> None:
    names = ["2025-W52", "2026-W47", "2026-11", "FY2026-27 Q2"]
    assert body(*names) == body(*reversed(names))


def test_the_newest_week_is_shown_and_no_month_is() -> None:
    text = body("2026-W46", "2026-W47", "2026-12", "FY2026-27 Q2")
    assert text.startswith("Newest report: [[:Office/Status/2026-W47|2026-W47]]\n\n")
    assert re.findall(r"\{\{.*?\}\}", text) == ["{{:Office/Status/2026-W47}}"]


def test_without_a_week_nothing_is_shown_above_the_archive() -> None:
    assert lines(body("2026-11")) == ["== 2026 ==", "* Months: 2026-11"]
    assert "{{" not in body("2026-11")
    assert body() == ""


@pytest.mark.parametrize(
    ("name", "starts", "year"),
    [
        ("2020-W53", 7, 2020),  # to 3 January 2021
        ("2025-W01", 7, 2025),  # from 30 December 2024
        ("FY2026-27 Q2", 7, 2026),
        ("FY2026-27 Q3", 7, 2027),
        ("FY2026-27 Q1", 12, 2027),  # December to February
        ("2026-12", 7, 2026),
    ],
)
def test_the_year_is_that_of_the_last_day_of_a_week_that_of_its_name(
    name: str, starts: int, year: int
) -> None:
    assert lines(body(name, starts=starts))[0] == f"== {year} =="


@pytest.mark.parametrize(
    "base",
    [
        "Status",
        "Office/Status",
        "Project:Office/Status",
        "User:Bot/Status",
        "Template:Status",
        "Status: all of it",  # no namespace: without the colon it would be in Template:
    ],
)
def test_the_newest_report_is_shown_in_whatever_namespace_it_is(base: str) -> None:
    assert f"\n{{{{:{base}/2026-W47}}}}\n" in body("2026-W47", base=base)
    assert f"[[:{base}/2026-W47|2026-W47]], 16 November" in body("2026-W47", base=base)


def test_in_german() -> None:
    assert lines(body("2026-W47", "2026-11", language="de")) == [
        "== 2026 ==",
        "* Monate: 2026-11",
        "* 2026-W47, 16. November 2026 bis 22. November 2026",
    ]
