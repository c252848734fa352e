"""What the bot's own reports say, read back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.offices import NAMES, STATUS, UPDATES, configured, directory, update
from wikibot.messages import load
from wikibot.model import Item, ListedBlocker, Site, Update
from wikibot.period import parse
from wikibot.plan import apply_replacements
from wikibot.reports.blockers import Blocker
from wikibot.reports.story import story
from wikibot.tasks.status_report import changes
from wikibot.wikitext.recorded import read_listed_blockers
from wikibot.wikitext.updates import read_recorded

WEEK, TITLE = parse("2026-W47"), f"{STATUS}/2026-W47"


def listed(text: str) -> list[ListedBlocker]:
    return list(read_listed_blockers(text, site=Site()))


# --- rows -----------------------------------------------------------------------------------------


def test_a_row_is_who_waits_for_whom_for_what_since_when_and_who_says_so() -> None:
    text = (
        "{{Status blocker|waiting=A & B|on=C|what=new [[:T|tiles]] &#124; x|since=2026-W20|by=both"
        "|age=1|quiet=seit 2026-W30 nichts}}"
    )
    what = Item("new tiles | x", "new [[:T|tiles]] &#124; x")
    since, seen = parse("2026-W20"), parse("2026-W30")
    assert listed(text) == [ListedBlocker("A & B", "C", what, since, "both", seen)]


def test_what_a_row_does_not_say_is_empty_and_the_side_that_waits_names_it() -> None:
    since = parse("2026-W20")
    assert listed("{{Status blocker|since=2026-W20}}{{Status blocker|SINCE=2026-W20|ON = C }}") == [
        ListedBlocker("", "", Item("", ""), since, "waiting", None),
        ListedBlocker("", "C", Item("", ""), since),
    ]


@pytest.mark.parametrize("since", ["", "|since=", "|since=long ago", "|since=2026-05"])
def test_a_row_without_a_week_is_left_out(since: str) -> None:
    assert listed(f"{{{{Status blocker|waiting=A|on=B|what=x{since}}}}}") == []


@pytest.mark.parametrize(
    ("said", "by"), [("both", "both"), ("outside", "outside"), ("me", "waiting"), ("", "waiting")]
)
def test_who_names_it(said: str, by: str) -> None:
    assert listed(f"{{{{Status blocker|since=2026-W20|by={said}}}}}")[0].by == by


@pytest.mark.parametrize("prefix", ["", "Template:", "User:Bot/", ":Bots/"])
def test_rows_are_found_under_any_prefix_in_the_order_of_the_page(prefix: str) -> None:
    calls = "\n".join(f"{{{{{prefix}Status blocker|since=2026-W20|on={on}}}}}" for on in "ABC")
    text = f"{{|\n{calls}\n|}}"
    assert [row.on for row in listed(text)] == ["A", "B", "C"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{{Status blockers|on=A}}",
        "<!-- {{Status blocker|on=A}} -->",
        "{{Status report row|on=A}}",
    ],
)
def test_what_is_no_row(text: str) -> None:
    assert listed(text) == []


@given(st.lists(st.sampled_from("{{Status blocker | on= [[ ]] }} {{ x <nowiki> \n".split(" "))))
def test_reading_never_fails(tokens: list[str]) -> None:
    read_listed_blockers("".join(tokens), site=Site())


# --- round trip -----------------------------------------------------------------------------------

WORDS = (
    "tiles",
    "index",
    "''late''",
    "[[Page|a page]]",
    "T1",
    "{{x}}",
    "<b>",
    "~~~~",
    "a=b",
    "&amp;",
)
MORE = (
    "-",
    "*",
    "#",
    ":",
    ";",
    "(x)",
    "[https://x.example y]",
    "https://x.example/a?b=c",
    "__TOC__",
)
entry = st.lists(st.sampled_from(WORDS + MORE), min_size=1, max_size=6).map(" ".join)
about = st.tuples(st.sampled_from([*NAMES, "Ferries"]), entry).map(": ".join) | entry
LISTS = ("done", "next", "risks", "blocked_by", "blocking")
said = st.fixed_dictionaries(
    {name: st.lists(about if "block" in name else entry, max_size=4) for name in LISTS}
    | {"health": st.sampled_from(["", "red", "so-so | x", "''green''"]), "headline": entry}
)


def written(team: str, day: str, said: dict[str, Any]) -> str:
    texts = {
        name: value if isinstance(value, str) else "".join(f"\n* {each}" for each in value)
        for name, value in said.items()
    }
    return update(team, day, **{name: text.replace("|", "{{!}}") for name, text in texts.items()})


# Pages of months and quarters say nothing that is read back.
CONFIG = configured(report={"base": STATUS, "monthly": False, "quarterly": False})


def report(pages: dict[str, str]) -> str:
    (made,) = (c for c in changes(directory(pages, config=CONFIG), []) if c.title == TITLE)
    return made.create or apply_replacements(pages[TITLE], made.replacements)


def told(found: Update) -> tuple[Any, ...]:
    lists = (found.done, found.next, found.risks)
    headline = found.headline.text if found.headline else ""
    texts = tuple(tuple(item.text for item in some) for some in lists)
    return found.team, found.date, found.health, headline, *texts


@given(st.dictionaries(st.sampled_from(["Search", "Map Data", "Tools (CI)"]), said, min_size=1))
def test_a_report_reads_back_as_what_was_said(teams: dict[str, dict[str, Any]]) -> None:
    page = "".join(written(team, "2026-11-20", lists) for team, lists in teams.items())
    before = directory({UPDATES: page}, config=CONFIG)
    text = report({UPDATES: page})
    recorded = [each for each in read_recorded(text, site=Site()) if each.date]
    assert sorted(map(told, recorded)) == sorted(told(found.update) for found in before.updates)


def named(blockers: tuple[Blocker, ...]) -> list[tuple[str, ...]]:
    """Who waits for whom, what either says about it, and since when."""
    return sorted(
        (
            one.waiting,
            one.on,
            *(f"“{item.text}”" if item else "" for item in (one.by_waiting, one.by_blocking)),
            str(one.since),
        )
        for one in blockers
    )


@given(st.dictionaries(st.sampled_from(["Search", "Map Data", "Tools (CI)"]), said, min_size=1))
def test_blockers_are_the_same_when_only_the_report_is_left(
    teams: dict[str, dict[str, Any]],
) -> None:
    page = "".join(written(team, "2026-11-20", lists) for team, lists in teams.items())
    text = report({UPDATES: page})
    now = story(directory({UPDATES: page}, config=CONFIG)).blockers[WEEK]
    later = story(directory({TITLE: text}, week="2026-W48", config=CONFIG)).blockers[WEEK]
    assert named(later) == named(now)


@given(st.dictionaries(st.sampled_from(["Search", "Map Data", "Tools (CI)"]), said, min_size=1))
def test_the_rows_are_the_blockers(teams: dict[str, dict[str, Any]]) -> None:
    page = "".join(written(team, "2026-11-20", lists) for team, lists in teams.items())
    now = story(directory({UPDATES: page}, config=CONFIG)).blockers[WEEK]
    rows = [(r.waiting, r.on, r.what.text, r.since, r.by) for r in listed(report({UPDATES: page}))]
    assert rows == [(b.waiting, b.on, b.what.text, b.since, b.named_by) for b in now]


def test_two_updates_of_one_day_read_back_in_their_order() -> None:
    page = "".join(update("Search", "2026-11-20", headline=text) for text in ("above", "below"))
    text = report({UPDATES: page})
    found = story(directory({TITLE: text}, week="2026-W48")).line[WEEK]["Search"]
    assert found.update.headline
    assert found.update.headline.text == "below"
    assert found.date == date(2026, 11, 20)
    assert len(found.earlier) == 1


def test_reports_in_german_are_read_back_too() -> None:
    words = load("de")
    assert words("report-blockers") != load("en")("report-blockers")
    page = update("Search", "2026-11-20", blocked_by="Print: Papier", done="x")
    (made,) = (
        c for c in changes(directory({UPDATES: page}, language="de"), []) if c.title == TITLE
    )
    found = story(directory({TITLE: str(made.create)}, week="2026-W48", language="de"))
    (one,) = found.blockers[parse("2026-W48")]
    assert (one.waiting, one.on, one.what.text, str(one.since)) == (
        "Search",
        "Print",
        "Papier",
        "2026-W47",
    )


def test_how_many_entries_had_no_room_is_no_entry() -> None:
    rest = "* <!-- more -->3 more on [[:Updates|Updates]]"
    text = f"{{{{Status report team|team=A|date=2026-11-20|done=\n* a\n{rest}\n}}}}"
    (said,) = read_recorded(text)
    assert [item.text for item in said.done] == ["a"]
