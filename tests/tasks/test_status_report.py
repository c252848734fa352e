"""The pages of reports: ``golden/*`` is what they look like.

After a change that is meant, ``python -m tests.tasks.golden`` writes these files anew, for the
difference to be read.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mwparserfromhell.nodes import Comment

from tests.tasks.golden import INDEX, WEEK, after, golden, made, wanted
from tests.tasks.harbour import UPDATES, directory
from wikibot.model import Finding
from wikibot.reports import markup
from wikibot.tasks.status_report import changes, missing_templates
from wikibot.wikitext.regions import read_regions

MONTH, QUARTER = "Harbour/Status/2026-11", "Harbour/Status/FY2026-27 Q2"

# --- what the pages look like -------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(made()))
def test_what_is_written_is_in_the_golden_file(name: str) -> None:
    assert made()[name] == golden(name)


def test_golden_files_are_of_all_kinds_of_pages() -> None:
    assert {name.partition(".")[2] for name in made()} == {"wiki", "txt", "json"}
    assert json.loads(golden("week.json"))["period"] == "2026-W47"


def test_edit_summaries_say_what_was_written() -> None:
    found = wanted(UPDATES)
    assert {title: change.say for title, change in found.items()} == {
        WEEK: "status report for 2026-W47",
        MONTH: "status report for 2026-11",
        QUARTER: "status report for FY2026-27 Q2",
        INDEX: "list of status reports",
    }
    assert {change.task for change in found.values()} == {"status-report"}


PAGES = [name for name in made() if name.endswith(".wiki")]
OURS = {*markup.TEMPLATES, ":Harbour/Status/2026-W47"}


@pytest.mark.parametrize("page", PAGES)
def test_nothing_but_our_own_markup_is_on_the_pages(page: str) -> None:
    code = mwparserfromhell.parse(golden(page))
    assert {str(call.name).strip() for call in code.filter_templates()} <= OURS
    tags = {"div", "table", "tr", "td", "th", "li", "b", "onlyinclude"}
    assert {str(tag.tag) for tag in code.filter_tags()} <= tags
    links = [str(link.title) for link in code.filter_wikilinks()]
    assert all(link.startswith((":", "#", "User:")) for link in links)


# --- what happens to pages that are there -------------------------------------------------------


def test_a_second_run_changes_nothing() -> None:
    pages = after(UPDATES)
    assert wanted(pages) == {}


def test_a_late_update_changes_its_parts_and_people_keep_their_text() -> None:
    pages = after(UPDATES)
    comment = "\n: Well done! --[[User:Ruth (Example)|Ruth]]"
    pages[WEEK] = f"Dear all!\n{pages[WEEK]}\n== Comments ==\n* Thanks to everybody!"
    pages[WEEK] = pages[WEEK].replace("\n\n== Tugs", f"{comment}\n\n== Tugs")
    pages["Harbour/Tugs/Updates"] = "{{Status update|team=Tugs & Pilots|date=2026-11-21|done=x}}"
    changed = after(pages)
    assert changed[WEEK].startswith("Dear all!\n<!-- This page")
    assert changed[WEEK].endswith("\n== Comments ==\n* Thanks to everybody!")
    assert f"<!-- Wikibot region end -->{comment}\n\n== Tugs &" in changed[WEEK]
    assert "| done =\n* x\n" in changed[WEEK]
    assert changed[INDEX] == pages[INDEX]


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
    for title in (WEEK, INDEX):
        assert found[title].obstacle.startswith(why)
        assert not found[title].replacements
        assert found[title].create is None


def test_a_report_that_is_older_than_it_may_be_is_frozen() -> None:
    pages = after(UPDATES)
    pages["Harbour/Tugs/Updates"] = "{{Status update|team=Tugs & Pilots|date=2026-11-21|done=x}}"
    found = directory(pages)
    last = found.period.last
    kept = replace(found, today=last.replace(day=last.day + 28 - 28))
    assert WEEK in {change.title for change in changes(kept, [])}
    for days, frozen in ((28, False), (29, True)):
        late = replace(found, today=last.fromordinal(last.toordinal() + days))
        assert (WEEK not in {change.title for change in changes(late, [])}) == frozen


def test_an_old_report_that_is_not_there_is_written() -> None:
    found = directory(UPDATES)
    late = replace(found, today=found.today.replace(year=2028))
    assert WEEK in {change.title for change in changes(late, [])}


def test_without_their_templates_reports_are_held_back() -> None:
    found = directory(UPDATES)
    facts = replace(found.facts, exists={"Template:Status blocker": False})
    held = changes(replace(found, facts=facts), [])
    assert missing_templates(replace(found, facts=facts)) == ["Template:Status blocker"]
    assert {change.title for change in held} == {WEEK, MONTH, QUARTER}
    assert all("wikibot templates install" in change.obstacle for change in held)


def test_reports_on_months_and_quarters_can_be_switched_off() -> None:
    found = directory(UPDATES)
    assert found.config.report
    report = found.config.report.model_copy(update={"monthly": False, "quarterly": False})
    config = found.config.model_copy(update={"report": report})
    titles = {change.title for change in changes(replace(found, config=config), [])}
    assert titles == {WEEK, INDEX}


def test_reports_around_that_are_there_are_listed_and_others_are_not() -> None:
    pages = {**UPDATES, "Harbour/Status/2026-W48": "by hand"}
    pages[INDEX] = (
        "<!-- Wikibot region: task=status-report -->\n"
        "[[Harbour/Status/2026-W46]] [[:Harbour/Status/2020-W53|x]] [[Harbour/Status/2021-W53]]"
        " [[Harbour/Status/2026-Week]] [[Elsewhere/2026-W01]] [[Harbour/Status/2024-02]] 2026-W02\n"
        "<!-- Wikibot region end -->"
    )
    index = after(pages)[INDEX]
    assert re.findall(r"^\* \[\[:Harbour/Status/(.*?)\|", index, re.M) == [
        "2026-W48",
        "2026-W47",
        "2020-W53",
    ]
    assert "{{:Harbour/Status/2026-W48}}" in index
    assert "* Months: [[:Harbour/Status/2024-02|2024-02]]" in index


def test_without_a_report_in_the_configuration_nothing_is_written() -> None:
    found = directory()
    config = found.config.model_copy(update={"report": None})
    assert changes(replace(found, config=config), []) == []


def test_open_findings_are_told_in_the_week_that_goes_on() -> None:
    finding = Finding("role-vacant", "error", "Harbour/Roles", "", 3, "a sentence in English")
    found = directory(UPDATES)
    (week,) = (c.create for c in changes(found, [finding]) if c.title == WEEK)
    assert "* [[:Harbour/Roles|Harbour/Roles]], line 3: nobody holds a role\n" in str(week)
    later = replace(found, today=found.period.after().first)
    (week,) = (c.create for c in changes(later, [finding]) if c.title == WEEK)
    assert "Harbour/Roles" not in str(week)


# --- room -----------------------------------------------------------------------------------------


def test_a_page_stays_short_enough_to_be_transcluded_whatever_people_write() -> None:
    long = "\n".join(f"* {'word ' * 200}{number}" for number in range(1000))
    update = "{{{{Status update|team={}|date=2026-11-20|done=\n{}\n|blocked by=\n{}\n}}}}"
    pages = {
        "Harbour/Cranes/Updates": update.format("Cranes", long, long),
        "Harbour/Shared updates": update.format("Lights", long, long),
    }
    assert sum(map(len, pages.values())) > 1_000_000
    for title, text in after(pages).items():
        if title.startswith("Harbour/Status"):
            assert len(text.encode()) < markup.MOST_COUNTED
    assert " more on [[:Harbour/Cranes/Updates|Harbour/Cranes/Updates]]" in after(pages)[WEEK]


# --- laws ---------------------------------------------------------------------------------------


@given(st.randoms(use_true_random=False))
def test_the_order_of_what_was_read_does_not_matter(random: Random) -> None:
    found = directory()
    updates = list(found.updates)
    goals = list(found.goals)
    random.shuffle(updates)
    random.shuffle(goals)
    shuffled = replace(found, updates=tuple(updates), goals=tuple(goals))
    assert changes(shuffled, []) == changes(found, [])


MARKUP = "[[ ]] {{ }} {| |} | || - + == * # ''' ~~~~ <!-- --> <nowiki> & ; : \n".split(" ")
HOSTILE = st.text() | st.lists(st.sampled_from(MARKUP)).map("".join)
FIELDS = ["team", "health", "headline", "done", "risks", "blocked by", "blocking"]


@given(st.dictionaries(st.sampled_from(FIELDS), HOSTILE))
def test_whatever_an_update_says_stays_inside_its_part_as_text(said: Mapping[str, str]) -> None:
    arguments = "".join(f"\n|{name}={text}" for name, text in said.items())
    update = f"{{{{Status update|date=2026-11-20|team=Cranes{arguments}\n}}}}"
    pages = after({"Harbour/Cranes/Updates": update})
    for title in (WEEK, MONTH):
        regions, broken = read_regions(pages[title])
        assert not broken
        code = mwparserfromhell.parse(pages[title])
        assert {str(call.name).strip() for call in code.filter_templates()} <= OURS
        tags = {"div", "table", "tr", "td", "th", "li", "b", "onlyinclude"}
        assert {str(tag.tag) for tag in code.filter_tags()} <= tags
        comments = [node for node in code.nodes if isinstance(node, Comment)]
        assert len(comments) == 1 + 2 * len(regions)
    assert wanted(pages) == {}
