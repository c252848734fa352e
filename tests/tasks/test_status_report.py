"""The week's page and the list of weeks: ``golden/*.wiki`` is what they look like."""

import re
from dataclasses import replace
from pathlib import Path
from random import Random

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mwparserfromhell.nodes import Comment

from tests.tasks.harbour import UPDATES, directory
from wikibot.model import Change
from wikibot.tasks.status_report import changes
from wikibot.wikitext.regions import read_regions

GOLDEN = Path(__file__).parent / "golden"
WEEK = "Harbour/Status/2026-W47"
INDEX = "Harbour/Status"


def wanted(pages: dict[str, str], *, week: str = "2026-W47") -> dict[str, Change]:
    return {change.title: change for change in changes(directory(pages, week=week), [])}


def after(pages: dict[str, str], *, week: str = "2026-W47") -> dict[str, str]:
    """The pages once the changes are made."""
    pages = dict(pages)
    for title, change in wanted(pages, week=week).items():
        text = pages.get(title, "") if change.create is None else change.create
        for edit in sorted(change.replacements, key=lambda edit: edit.span, reverse=True):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        pages[title] = text
    return pages


def golden(name: str) -> str:
    return (GOLDEN / name).read_text("utf-8")


# --- what the pages look like -------------------------------------------------------------------


def test_the_page_of_the_week() -> None:
    assert after(UPDATES)[WEEK] == golden("week.wiki")


def test_the_page_of_a_week_without_updates() -> None:
    assert after({})[WEEK] == golden("week-without-updates.wiki")


def test_the_list_of_weeks() -> None:
    pages = after(UPDATES, week="2026-W45")
    for week in ("2026-W47", "2026-W46"):
        pages = after(pages, week=week)
    assert pages[INDEX] == golden("index.wiki")


def test_edit_summaries_say_what_was_written() -> None:
    found = wanted(UPDATES)
    assert found[WEEK].say == "status report for 2026-W47"
    assert found[INDEX].say == "list of status reports"
    assert {change.task for change in found.values()} == {"status-report"}


@pytest.mark.parametrize("page", ["week.wiki", "week-without-updates.wiki", "index.wiki"])
def test_nothing_but_our_own_markup_is_on_the_pages(page: str) -> None:
    code = mwparserfromhell.parse(golden(page))
    assert code.filter_templates() == []
    assert {str(tag.tag) for tag in code.filter_tags()} <= {"table", "tr", "td", "th", "li", "b"}
    assert all(link.title.startswith((":", "#")) for link in code.filter_wikilinks())


@pytest.mark.parametrize("color", sorted(set(re.findall('style="(back.*?)"', golden("week.wiki")))))
def test_health_is_readable_without_colour_and_with_it(color: str) -> None:
    background, foreground = re.findall("#([0-9a-f]{6})", color)
    lighter, darker = sorted((luminance(background), luminance(foreground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
    for cell in re.findall(rf'style="{re.escape(color)}" \| (.*)', golden("week.wiki")):
        assert re.fullmatch(r"\S \w.*", cell)


def luminance(color: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG21/#dfn-relative-luminance."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- what happens to pages that are there -------------------------------------------------------


def test_a_second_run_changes_nothing() -> None:
    pages = after(UPDATES)
    assert wanted(pages) == {}


def test_a_late_update_changes_the_region_and_people_keep_their_text() -> None:
    pages = after(UPDATES)
    pages[WEEK] = f"Dear all!\n{pages[WEEK]}\n== Comments ==\n* Well done!"
    pages["Harbour/Tugs/Updates"] = "{{Status update|team=Tugs & Pilots|date=2026-11-21|done=x}}"
    changed = after(pages)
    assert changed[WEEK].startswith("Dear all!\n<!-- This page")
    assert changed[WEEK].endswith("<!-- Wikibot region end -->\n\n== Comments ==\n* Well done!")
    assert "'''Done'''\n* x\n" in changed[WEEK]
    assert changed[INDEX] == pages[INDEX]


def test_a_page_with_a_region_of_templates_keeps_it() -> None:
    region = "Intro\n{{Wikibot region|task=status-report}}\n{{Wikibot region end}}\nOutro"
    changed = after({**UPDATES, WEEK: region})
    assert changed[WEEK].startswith("Intro\n{{Wikibot region|task=status-report|hash=")
    assert changed[WEEK].endswith("{{Wikibot region end}}\nOutro")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("People's own page, without a region", "it has no managed region"),
        (
            "<!-- Wikibot region: task=contacts --><!-- Wikibot region end -->",
            "it has no managed region",
        ),
        (
            "<!-- Wikibot region: task=status-report hash=0123 -->by hand"
            "<!-- Wikibot region end -->",
            "its managed region was edited by hand",
        ),
    ],
)
def test_a_page_without_a_region_to_write_is_held_back(text: str, why: str) -> None:
    found = wanted({**UPDATES, WEEK: text, INDEX: text})
    assert set(found) == {WEEK, INDEX}
    for change in found.values():
        assert change.obstacle.startswith(why)
        assert not change.replacements
        assert change.create is None


def test_weeks_around_that_are_there_are_listed_and_others_are_not() -> None:
    pages = {**UPDATES, "Harbour/Status/2026-W48": "by hand"}
    pages[INDEX] = (
        "<!-- Wikibot region: task=status-report -->\n"
        "[[Harbour/Status/2026-W46]] [[:Harbour/Status/2020-W53|x]] [[Harbour/Status/2021-W53]]"
        " [[Harbour/Status/2026-Week]] [[Elsewhere/2026-W01]] 2026-W02\n"
        "<!-- Wikibot region end -->"
    )
    listed = re.findall(r"\* \[\[:Harbour/Status/(.*?)\|", after(pages)[INDEX])
    assert listed == ["2026-W48", "2026-W47", "2020-W53"]


def test_without_a_report_in_the_configuration_nothing_is_written() -> None:
    found = directory()
    config = found.config.model_copy(update={"report": None})
    assert changes(replace(found, config=config), []) == []


# --- laws ---------------------------------------------------------------------------------------


@given(st.randoms(use_true_random=False))
def test_the_order_of_updates_does_not_matter(random: Random) -> None:
    found = directory()
    updates = list(found.updates)
    random.shuffle(updates)
    assert changes(replace(found, updates=tuple(updates)), []) == changes(found, [])


MARKUP = "[[ ]] {{ }} {| |} | || - + == * # ''' ~~~~ <!-- --> <nowiki> & ; : \n".split(" ")
HOSTILE = st.text() | st.lists(st.sampled_from(MARKUP)).map("".join)


@given(st.dictionaries(st.sampled_from(["team", "health", "headline", "done", "risks"]), HOSTILE))
def test_whatever_an_update_says_stays_inside_the_region_as_text(said: dict[str, str]) -> None:
    arguments = "".join(f"\n|{name}={text}" for name, text in said.items())
    update = f"{{{{Status update|date=2026-11-20|team=Cranes{arguments}\n}}}}"
    page = after({"Harbour/Cranes/Updates": update})[WEEK]
    (region,), broken = read_regions(page)
    assert not broken
    assert page[region.outer.end :] == "\n"
    code = mwparserfromhell.parse(page)
    assert not code.filter_templates()
    assert {str(tag.tag) for tag in code.filter_tags()} <= {"table", "tr", "td", "th", "li", "b"}
    assert len([node for node in code.nodes if isinstance(node, Comment)]) == 3
