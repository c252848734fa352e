"""The bot does not save for a third time what somebody has put back twice."""

import pytest

from tests.memory import MemoryWiki
from wikibot.fights import LOOKED_AT, Version, times_put_back, without
from wikibot.model import Edit, Page
from wikibot.plan import Plan

X, Y = "* Ana, Chair\n", "* Ana, Boss\n"


@pytest.mark.parametrize(
    ("history", "times"),
    [
        # the oldest first: X is the planned text; capitals are the bot's, small letters others'
        ("yXy", 1),
        ("yXyXy", 2),
        ("yXzXy", 2),  # whoever put it back may have written something else, too
        ("yXYXY", 0),  # the bot has followed a roster to and fro
        ("yXYXYXY", 3),  # two configurations with one account do not agree
        ("yXyXYy", 1),
        ("yxyxy", 0),  # others fight with each other
        ("yXxy", 0),
        ("y", 0),
        ("", 0),
        ("yXyXy" + "z" * 9, 0),  # long ago
    ],
)
def test_how_often_an_edit_was_put_back(history: str, times: int) -> None:
    versions = [Version(v in "xX", v.isupper()) for v in history]
    assert times_put_back(reversed(versions)) == times
    assert LOOKED_AT >= 10


def plan(wiki: MemoryWiki, new: str, *, title: str = "Staff") -> Plan:
    page = wiki.pages.get(title, Page(title))
    edit = Edit(title, page.revision, page.text, new, "roster: …", ("roster",), ("why",))
    return without(Plan("memory", ("roster",), "2026-W47", edits=(edit,)), wiki)


def save(wiki: MemoryWiki, new: str) -> bool:
    """Whether the bot saves it."""
    made = plan(wiki, new)
    return all(wiki.save(edit).kind == "changed" for edit in made.edits) and bool(made.edits)


def put(wiki: MemoryWiki, text: str) -> None:
    """By somebody else."""
    number = max(page.revision or 0 for page in wiki.pages.values()) + 1
    wiki.pages["Staff"] = Page("Staff", text, number)


def test_a_third_time_is_held_back_until_something_is_new() -> None:
    wiki = MemoryWiki({"Staff": Y})
    for is_saved in (True, True, False, False):
        assert save(wiki, X) == is_saved
        put(wiki, Y)
    (held,) = plan(wiki, X).held
    assert held.title == "Staff"
    assert (
        held.why == "the bot has saved just this twice and somebody put it back; settle it by hand"
    )
    assert held.serious
    assert save(wiki, X + "* Bo, Editor\n")


def test_a_roster_that_goes_to_and_fro_is_followed() -> None:
    wiki = MemoryWiki({"Staff": Y})
    assert all(save(wiki, text) for text in [X, Y, X, Y, X, Y])
    assert not save(wiki, X)  # a fourth time, of which nothing came three times


def test_other_pages_are_still_saved() -> None:
    wiki = MemoryWiki({"Staff": Y, "Other": Y})
    for _ in range(2):
        save(wiki, X)
        put(wiki, Y)
    edits = (
        *plan(wiki, X, title="Other").edits,
        Edit("Staff", wiki.pages["Staff"].revision, Y, X, "", (), ()),
    )
    made = without(Plan("memory", (), "", edits=edits), wiki)
    assert [edit.title for edit in made.edits] == ["Other"]
    assert [held.title for held in made.held] == ["Staff"]


def test_without_edits_the_wiki_is_not_asked() -> None:
    class Quiet(MemoryWiki):
        def put_back(self, edits: object) -> dict[str, int]:
            raise AssertionError(edits)

    nothing = Plan("memory", (), "")
    assert without(nothing, Quiet({})) == nothing
