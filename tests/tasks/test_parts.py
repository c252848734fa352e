"""Pages in parts: what the bot writes changes, what people write between the parts stays."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.tasks.harbour import directory
from wikibot.model import Change, Page, PagePart
from wikibot.plan import apply_replacements
from wikibot.tasks.parts import parts_changes
from wikibot.wikitext.regions import read_regions, wrap

TITLE = "Harbour/Status/2026-W47"


def part(name: str, body: str = "", *, heading: str | None = None) -> PagePart:
    """A part of that name; the first one of a page has no heading."""
    if heading is None:
        heading = "" if name == "overview" else name.capitalize()
    return PagePart(("part", name), heading, body or f"What {name} says")


def changes(text: str | None, *parts: PagePart) -> list[Change]:
    found = directory({} if text is None else {TITLE: text})
    return parts_changes(
        found,
        TITLE,
        task="status-report",
        say="x",
        parts=parts,
        note="A note",
        headings=[name.capitalize() for name in NAMES],
    )


def after(text: str | None, *parts: PagePart) -> str:
    """The page once the change is made."""
    for change in changes(text, *parts):
        assert not change.obstacle, change.obstacle
        return change.create or apply_replacements(text or "", change.replacements)
    return text or ""


def skeleton(text: str) -> str:
    """The page without hashes, so that it can be read in a test."""
    (regions, broken) = read_regions(text)
    assert not broken
    for region in reversed(regions):
        assert not region.edited
        if region.hash:
            span = region.hash.span
            text = f"{text[: span.start - len(' hash=')]}{text[span.end :]}"
    return text.replace("Wikibot region: task=status-report part=", "")


FRESH = """A note
<!-- overview -->
What overview says
<!-- Wikibot region end -->

== Blockers ==
<!-- blockers -->
What blockers says
<!-- Wikibot region end -->

== People ==
<!-- people -->
What people says
<!-- Wikibot region end -->
"""


def fresh() -> str:
    return after(None, part("overview"), part("blockers"), part("people"))


def test_a_new_page_has_the_note_and_all_parts() -> None:
    assert skeleton(fresh()) == FRESH


def test_a_part_that_says_something_else_is_filled_and_nothing_else_changes() -> None:
    text = fresh()
    changed = after(text, part("overview"), part("blockers", "New"), part("people"))
    assert skeleton(changed) == FRESH.replace("What blockers says", "New")


def test_nothing_new_is_no_change() -> None:
    assert changes(fresh(), part("overview"), part("blockers"), part("people")) == []


def test_a_comment_at_the_end_of_a_section_stays_there() -> None:
    """Where the wiki puts it when somebody edits the section, or answers with a tool."""
    text = fresh().replace("\n\n== People", "\n: Ruth: mine is gone. --~~~~\n\n== People")
    changed = after(text, part("overview"), part("blockers", "New"), part("people", "Newer"))
    assert ": Ruth: mine is gone. --~~~~\n\n== People ==" in changed
    assert skeleton(changed).count("Wikibot region end") == 3


def test_a_part_goes_when_it_has_nothing_to_say() -> None:
    changed = after(fresh(), part("overview"), part("people"))
    assert skeleton(changed) == FRESH.replace(
        "== Blockers ==\n<!-- blockers -->\nWhat blockers says\n<!-- Wikibot region end -->\n\n", ""
    )


def test_a_part_with_text_of_people_below_is_emptied_and_its_heading_stays() -> None:
    text = fresh().replace("\n\n== People", "\nRuth: I can help.\n\n== People")
    changed = after(text, part("overview"), part("people"))
    kept = "== Blockers ==\n<!-- blockers -->\n\n<!-- Wikibot region end -->\nRuth: I can help."
    assert kept in skeleton(changed)
    again = after(changed, part("overview"), part("blockers"), part("people"))
    assert skeleton(again) == skeleton(text)


def test_a_new_part_stands_before_the_part_that_follows_it() -> None:
    two = after(None, part("overview"), part("people"))
    three = after(two, part("overview"), part("blockers"), part("people"))
    assert skeleton(three) == FRESH


def test_a_new_part_at_the_end_stands_before_the_sections_of_people() -> None:
    text = after(None, part("overview"), part("blockers"))
    text += "Ruth: below the blockers\n== Talk ==\nYes.\n"
    changed = after(text, part("overview"), part("blockers"), part("people"))
    assert skeleton(changed) == FRESH.replace(
        "\n== People", "Ruth: below the blockers\n\n== People"
    ) + ("\n== Talk ==\nYes.\n")


def test_a_heading_that_people_have_taken_over_is_theirs() -> None:
    text = fresh()
    (_, region, _), _ = read_regions(text)
    ours = text[: region.outer.start] + "We do this by hand." + text[region.outer.end :]
    changed = after(ours, part("overview"), part("blockers"), part("people", "New"))
    assert changed.count("== Blockers ==") == 1
    assert "We do this by hand." in changed


def test_a_team_may_be_called_like_another_part() -> None:
    team = PagePart(("team", "Blockers"), "Blockers", "A team")
    changed = after(fresh(), part("overview"), part("blockers"), team, part("people"))
    assert changed.count("== Blockers ==") == 2
    assert changes(changed, part("overview"), part("blockers"), team, part("people")) == []


def test_a_part_that_was_edited_by_hand_is_left_alone_and_the_others_are_written() -> None:
    text = fresh().replace("What blockers says", "What Ruth says")
    changed = after(text, part("overview", "New"), part("blockers", "New"), part("people", "New"))
    assert changed.count("New") == 2
    assert "What Ruth says" in changed


def test_a_part_that_was_edited_by_hand_does_not_go() -> None:
    text = fresh().replace("What blockers says", "What Ruth says")
    assert "What Ruth says" in after(text, part("overview"), part("people"))


def test_a_region_without_a_name_is_that_of_the_first_part() -> None:
    text = "Hello\n{{Wikibot region|task=status-report}}\n{{Wikibot region end}}\nBye"
    changed = after(text, part("overview"))
    assert changed.startswith("Hello\n{{Wikibot region|task=status-report|hash=")
    assert changed.endswith("\nWhat overview says\n{{Wikibot region end}}\nBye")


def test_a_page_of_people_without_a_region_is_held_back() -> None:
    (change,) = changes("Ours", part("overview"))
    assert change.obstacle.startswith("it has no managed region")
    assert not change.replacements


def test_a_redirect_is_held_back() -> None:
    found = directory({TITLE: "x"})
    page = Page(TITLE, "#REDIRECT [[x]]", 1, redirect=True)
    readings = replace(found.readings, pages={**found.pages, TITLE: page})
    (change,) = parts_changes(
        replace(found, readings=readings),
        TITLE,
        task="status-report",
        say="x",
        parts=[part("overview")],
        note="",
        headings=[],
    )
    assert change.obstacle.startswith("it is a redirect")


def test_what_people_write_between_a_heading_and_its_region_stays_with_both() -> None:
    text = fresh().replace("== People ==\n", "== People ==\nRuth: who is new?\n")
    changed = after(text, part("overview"), part("blockers"), part("missing"), part("people"))
    headings = re.findall("== (.*) ==|part=([a-z]+)", changed)
    assert [one or other for one, other in headings] == [
        "overview",
        "Blockers",
        "blockers",
        "Missing",
        "missing",
        "People",
        "people",
    ]
    assert "== People ==\nRuth: who is new?\n<!-- Wikibot region" in changed


def test_headings_of_people_at_other_levels_take_over_nothing() -> None:
    text = after(None, part("overview"), part("people"))
    text += "\n== Questions ==\n=== Blockers ===\nAny news?\n"
    changed = after(text, part("overview"), part("blockers"), part("people"))
    assert "part=blockers" in changed


def test_a_part_of_which_nothing_is_known_stays_as_it_is() -> None:
    unknown = PagePart(("part", "blockers"), "Blockers", None)
    assert changes(fresh(), part("overview"), unknown, part("people")) == []
    assert "Blockers" not in after(None, part("overview"), unknown, part("people"))
    two = after(None, part("overview"), part("people"))
    assert changes(two, part("overview"), unknown, part("people")) == []


def test_a_part_without_a_heading_goes_alone() -> None:
    tickets = PagePart(("tickets", "people"), "", "Tasks")
    more = after(None, part("overview"), part("people"), tickets)
    assert after(more, part("overview"), part("people")).count("== People ==") == 1
    gone = after(more, part("overview"), part("people"))
    assert "Tasks" not in gone
    assert "What people says" in gone
    assert changes(gone, part("overview"), part("people")) == []


def test_a_part_that_was_renamed_keeps_its_place() -> None:
    old = after(None, part("overview"), PagePart(("team", "Old"), "Old", "x"), part("people"))
    found = directory({TITLE: old})
    new = [part("overview"), PagePart(("team", "New"), "New", "y"), part("people")]
    (change,) = parts_changes(
        found,
        TITLE,
        task="status-report",
        say="x",
        parts=new,
        note="",
        headings=[],
        renamed={("team", "Old"): ("team", "New")},
    )
    changed = apply_replacements(old, change.replacements)
    assert "\ny\n" in changed
    assert "== New ==" not in changed


def test_headings_inside_of_a_region_from_before_the_parts_take_over_nothing() -> None:
    old = wrap("status-report", "== Blockers ==\nOld\n== Elsewhere ==\nOld")
    text = f"== Ours ==\nRuth: above\n{old}\nRuth: below\n== Talk ==\nYes.\n"
    changed = after(text, part("overview"), part("blockers"))
    assert "Old" not in changed
    bare = skeleton(changed).replace("Wikibot region: task=status-report", "overview")
    assert bare == (
        "== Ours ==\nRuth: above\n"
        "<!-- overview -->\nWhat overview says\n<!-- Wikibot region end -->\nRuth: below\n\n"
        "== Blockers ==\n<!-- blockers -->\nWhat blockers says\n<!-- Wikibot region end -->\n\n"
        "== Talk ==\nYes.\n"
    )
    assert changes(changed, part("overview"), part("blockers")) == []


def test_a_part_whose_heading_people_have_changed_is_emptied_and_the_heading_stays() -> None:
    text = fresh().replace("== Blockers ==", "== Blockers (ask Ruth) ==")
    changed = after(text, part("overview"), part("people"))
    kept = "== Blockers (ask Ruth) ==\n<!-- blockers -->\n\n<!-- Wikibot region end -->\n"
    assert kept in skeleton(changed)
    again = after(changed, part("overview"), part("blockers"), part("people"))
    assert skeleton(again) == skeleton(text)


# --- laws ---------------------------------------------------------------------------------------

NAMES = ("changes", "blockers", "missing", "people")
bodies = st.sampled_from(["One", "Two\n\n* three", "{|\n| a\n|}", "{{Status blocker|what=x}}"])
wanted = st.dictionaries(st.sampled_from(NAMES), bodies).map(
    lambda said: [
        part("overview"),
        *(part(name, said[name]) for name in NAMES if name in said),
    ]
)
people = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.sampled_from(["Ruth: yes", "== Ours ==", "* item", "", "<!-- note -->", "=== Sub ==="]),
    )
)


def interleaved(text: str, said: list[tuple[int, str]]) -> tuple[str, list[str]]:
    """People's lines at any place outside the regions, and the same lines in their order."""
    lines = text.split("\n")
    inside = False
    free = []
    for number, line in enumerate(lines):
        if not inside and not line.startswith(("== ", "<!-- Wikibot region:")):
            free.append(number)
        if line.startswith("<!-- Wikibot region:"):
            inside = True
        if line.startswith("<!-- Wikibot region end"):
            inside = False
            free.append(number + 1)
    placed: dict[int, list[str]] = {}
    for place, line in said:
        placed.setdefault(free[place % len(free)], []).append(line)
    result: list[str] = []
    theirs: list[str] = []
    for number, line in enumerate([*lines, ""]):
        result += placed.get(number, [])
        theirs += [each for each in placed.get(number, []) if each]
        result.append(line)
    return "\n".join(result[:-1]), theirs


def human_lines(text: str, theirs: list[str]) -> list[str]:
    return [line for line in text.split("\n") if line in set(theirs)]


@given(wanted, people, wanted)
def test_no_line_of_people_is_lost_or_moved_and_a_second_run_is_quiet(
    first: list[PagePart], said: list[tuple[int, str]], second: list[PagePart]
) -> None:
    page, theirs = interleaved(after(None, *first), said)
    changed = after(page, *second)
    assert human_lines(changed, theirs) == human_lines(page, theirs)
    regions, broken = read_regions(changed)
    assert not broken
    filled = {
        region.attributes["part"]: region.body(changed) for region in regions if region.attributes
    }
    assert {p.key[1]: p.body for p in second} == {k: body for k, body in filled.items() if body}
    assert changes(changed, *second) == []


old_bodies = st.lists(st.sampled_from(["== Blockers ==", "== People ==", "Old", "=== Sub ==="]))


@given(old_bodies, people, wanted)
def test_a_page_with_one_region_for_all_becomes_one_in_parts_without_losing_a_line_of_people(
    old: list[str], said: list[tuple[int, str]], parts: list[PagePart]
) -> None:
    page, theirs = interleaved(f"{wrap('status-report', chr(10).join(old))}\n", said)
    theirs = [line for line in theirs if line not in old]
    changed = after(page, *parts)
    assert human_lines(changed, theirs) == human_lines(page, theirs)
    assert not read_regions(changed)[1]
    assert changes(changed, *parts) == []
