"""Blockers: cases in ``cases/blockers.txt``, and laws."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import Case, read_cases
from tests.reports.offices import ALIASES, NAMES, STATUS, UPDATES, directory, update
from wikibot.directory import Directory
from wikibot.model import Item, ListedBlocker, Site
from wikibot.period import Period, parse, week_of
from wikibot.reports.blockers import Blocker, gone, standing
from wikibot.reports.entries import others_in, team_names
from wikibot.reports.story import Story, story
from wikibot.reports.timeline import timeline

CASES = [c for c in read_cases(Path(__file__).parent / "cases") if c.name.startswith("blockers: ")]
LAST = parse("2026-W47")


def updates_of(week: str, lines: Sequence[str]) -> Iterator[str]:
    """The updates of a week from lines such as ``Search blocked by: Map Data: tiles``."""
    said: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        head, _, entry = line.partition(": ")
        team, side = head, ""
        for each in ("blocked by", "blocking"):
            if head.endswith(f" {each}"):
                team, side = head.removesuffix(f" {each}"), each
        lists = said.setdefault(team, {})
        if side:
            lists.setdefault(side.replace(" ", "_"), []).append(entry)
    for team, lists in said.items():
        texts = {side: "".join(f"\n* {each}" for each in all_) for side, all_ in lists.items()}
        yield update(team, parse(week).first.isoformat(), **texts)


def pages_of(case: Case) -> dict[str, str]:
    """The update page with all weeks, and the reports of the bot that are there."""
    weeks = case.texts("week").items()
    said = "".join(call for week, text in weeks for call in updates_of(week, text.splitlines()))
    reports = {f"{STATUS}/{week}": text for week, text in case.texts("report").items()}
    return {UPDATES: said, **reports}


def told(blocker: Blocker) -> str:
    waiting, on = blocker.waiting or "(outside)", blocker.on or "(outside)"
    what = f": {blocker.what.text}" if blocker.what.text else ""
    quiet = f", last in {blocker.seen}" if blocker.seen < LAST else ""
    return f"{waiting} waits for {on}{what} — {blocker.named_by}, since {blocker.since}{quiet}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_blockers(case: Case) -> None:
    found = story(directory(pages_of(case)))
    for week, expected in case.texts("blockers").items():
        assert "\n".join(map(told, found.blockers[parse(week)])) == expected.strip()
    for week, expected in case.texts("gone").items():
        before, now = found.blockers[parse(week).before()], found.blockers[parse(week)]
        assert "\n".join(map(told, gone(before, now))) == expected.strip()


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 30
    assert all(case.texts("blockers") for case in CASES)


# --- who else an entry is about -----------------------------------------------------------------


def others(source: str, *, text: str | None = None, me: str = "Print") -> tuple[str, ...]:
    item = Item(source if text is None else text, source)
    return others_in(item, team_names(directory({}).config), me=me, site=Site())[0]


CALLED = {name: name for name in NAMES}
CALLED |= {alias: name for name, aliases in ALIASES.items() for alias in aliases}
FIRST = ("{}: x", "{} – x", "{} (x)", "{}", "an x [[{}]]", "an x [[{}|y]]", "an x [[:x/y|{}]]")


@pytest.mark.parametrize(("said", "name"), CALLED.items())
def test_all_names_and_aliases_mean_the_team(said: str, name: str) -> None:
    me = "Search" if name == "Print" else "Print"
    for form in (said, said.upper(), said.lower()):
        for entry in FIRST:
            assert others(entry.format(form), me=me) == (name,), entry.format(form)
        for entry in ("an x of {}, please", "x ({})"):  # within an entry the spelling counts
            expected = (name,) if form == said else ()
            assert others(entry.format(form), me=me) == expected, entry.format(form)


@pytest.mark.parametrize("word", ["Searching", "Research", "MapData", "Sear ch", "Maps2", "pre-x"])
def test_a_part_of_a_word_is_no_name(word: str) -> None:
    assert others(f"the {word} of it") == ()
    assert others(f"{word}: x") == ()


# --- many entries -------------------------------------------------------------------------------


def test_of_a_thousand_entries_those_at_the_top_count() -> None:
    entries = "".join(f"\n* Map Data: thing{number}" for number in range(1000))
    found = directory({UPDATES: update("Search", "2026-11-20", blocked_by=entries)})
    texts = {one.what.text for one in story(found).blockers[LAST]}
    assert texts == {f"thing{number}" for number in range(50)}


def test_a_very_long_entry_is_one_blocker() -> None:
    long = "Map Data: " + "tiles " * 100_000
    pages = {UPDATES: update("Search", "2026-11-20", blocked_by=long)}
    (one,) = story(directory(pages)).blockers[LAST]
    assert (one.waiting, one.on) == ("Search", "Map Data")


def test_hundreds_of_teams_with_long_lists_are_told_of_in_a_moment() -> None:
    names = team_names(directory({}).config)
    entries = [Item(f"what {n} is of {n * 7}", f"what {n} is of {n * 7}") for n in range(300)]
    (report,) = timeline(directory({UPDATES: update("Search", "2026-11-20")}))[LAST].values()
    line = {
        parse(f"2026-W{week}"): {
            f"T{number}": replace(
                report,
                team=f"T{number}",
                date=parse(f"2026-W{week}").first,
                update=replace(
                    report.update, blocked_by=tuple(entries[week + number : week + number + 40])
                ),
            )
            for number in range(100)
        }
        for week in range(40, 48)
    }
    begin = process_time()
    found = standing(line, parse("2026-W40"), LAST, names=names, site=Site())
    assert process_time() - begin < 5  # it takes one
    assert [len(found[parse(week)]) for week in ("2026-W40", "2026-W47")] == [4000, 4000]


# --- how far back --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "count"),
    [("2023-W01", 0), ("2026-W40", 0), ("2026-W47", 1), ("2026-W50", 1), ("2030-W01", 0)],
)
def test_each_week_is_told_of_however_far_from_any_update(week: str, count: int) -> None:
    pages = {UPDATES: update("Search", "2026-11-20", blocked_by="Map Data: tiles")}
    found = story(directory(pages, week=week, today=LAST.last))
    assert len(found.blockers[parse(week)]) == count


def test_nobody_follows_a_blocker_for_more_than_two_years() -> None:
    first = parse("2020-W01")
    said = "".join(
        update("Search", date.isoformat(), blocked_by="Map Data: tiles")
        for date in (first.first, LAST.first)
    )
    (one,) = story(directory({UPDATES: said})).blockers[LAST]
    assert one.since == LAST


def test_the_first_report_that_is_left_says_what_silent_teams_said_and_no_later_one() -> None:
    def row(what: str) -> ListedBlocker:
        return ListedBlocker("Search", "Print", Item(what, what), parse("2026-W20"))

    found = standing(
        timeline(directory({UPDATES: update("Search", "2026-11-20")})),
        parse("2026-W46"),
        LAST,
        names=team_names(directory({}).config),
        site=Site(),
        recorded={parse("2026-W45"): [row("ink")], parse("2026-W44"): [row("paper")]},
    )
    texts = {str(week): [one.what.text for one in blockers] for week, blockers in found.items()}
    weeks = ("2026-W44", "2026-W45", "2026-W46")
    assert texts == {key: ["paper"] for key in weeks} | {"2026-W47": []}


def test_how_many_entries_are_left_out_of_a_list_is_counted_on_the_side_that_has_it() -> None:
    entries = "".join(f"\n* Map Data: thing{number}" for number in range(53))
    page = update("Search", "2026-11-20", blocked_by=entries, blocking="\n* Print: index")
    page += update("Map Data", "2026-11-20", blocking=entries.replace("Map Data", "Search"))
    blockers = story(directory({UPDATES: page})).blockers[LAST]
    assert len(blockers) == 51
    assert sum(one.more_waiting for one in blockers) == 3
    assert sum(one.more_blocking for one in blockers) == 3


# --- laws ---------------------------------------------------------------------------------------

TEAMS = ("Search", "Map Data", "Print")
WORDS = ("tiles", "index", "late", "T1", "T22", "of the", "Map Data", "Search", "Karten", "and")
TOKENS = (*WORDS, ": ", " – ", " (", ")", ", ", " & ", "[[", "]]", "|", "'''", "{{x}}", "-", "")
entries = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
soup = st.lists(st.sampled_from(TOKENS), max_size=10).map("".join) | st.text(max_size=30)
weeks = st.sampled_from(["2026-W43", "2026-W44", "2026-W45", "2026-W46", "2026-W47"])
lists = st.lists(st.tuples(st.sampled_from(TEAMS), entries), max_size=4)
SAID = st.lists(
    st.tuples(weeks, st.sampled_from(TEAMS), lists, lists),
    unique_by=lambda said: said[:2],
    min_size=1,
    max_size=8,
)
Said = Sequence[
    tuple[str, str, Sequence[tuple[str, str]], Sequence[tuple[str, str]]]
]  # week, team, blocked by, blocking


def department(said: Said) -> Directory:
    def listed(some: Sequence[tuple[str, str]]) -> str:
        return "".join(f"\n* {team}: {text}" for team, text in some)

    calls = (
        update(
            team, parse(week).first.isoformat(), blocked_by=listed(waits), blocking=listed(blocks)
        )
        for week, team, waits, blocks in said
    )
    return directory({UPDATES: "".join(calls)})


@given(SAID, st.randoms(use_true_random=False))
def test_the_order_of_updates_and_of_their_entries_does_not_matter(
    said: Said, random: Random
) -> None:
    shuffled = [
        (week, team, random.sample(waits, len(waits)), random.sample(blocks, len(blocks)))
        for week, team, waits, blocks in said
    ]
    random.shuffle(shuffled)
    assert story(department(shuffled)).blockers == story(department(said)).blockers


@given(SAID)
def test_a_blocker_is_never_older_than_the_first_update(said: Said) -> None:
    found: Story = story(department(said))
    first = min(found.line)
    for week, blockers in found.blockers.items():
        for one in blockers:
            assert first <= one.since <= one.seen <= week
            assert 1 <= one.weeks(week) <= (week.first - first.first).days // 7 + 1


@given(SAID)
def test_a_blocker_stands_as_long_as_somebody_names_it(said: Said) -> None:
    """What stands in a week is what the last reports up to then say; ages are all that is kept."""
    found = story(department(said))
    names = team_names(department(said).config)
    for week, blockers in found.blockers.items():
        last: dict[str, Period] = {}
        for earlier, teams in found.line.items():
            if earlier <= week:
                last |= dict.fromkeys(teams, earlier)
        now = {
            when: {t: found.line[when][t] for t in last if last[t] == when} for when in found.line
        }
        alone = standing(now, week, week, names=names, site=Site())[week]
        assert {replace(b, since=b.seen) for b in alone} == {
            replace(b, since=b.seen) for b in blockers
        }


@given(SAID)
def test_each_entry_is_in_one_blocker_for_each_team_that_it_names(said: Said) -> None:
    found = department(said)
    names = team_names(found.config)
    line = timeline(found)
    blockers = story(found).blockers[LAST]
    last = {team: report for _, teams in sorted(line.items()) for team, report in teams.items()}
    expected: list[tuple[str, str, str, str]] = []
    for team, report in last.items():
        for side in ("waiting", "blocking"):
            items = report.update.blocked_by if side == "waiting" else report.update.blocking
            for item in dict.fromkeys(items):
                teams, about = others_in(item, names, me=team, site=Site())
                for other in teams or ("",):
                    pair = (team, other) if side == "waiting" else (other, team)
                    expected.append((side, *pair, about.text))
    actual = [
        (side, one.waiting, one.on, item.text)
        for one in blockers
        for side, item in (("waiting", one.by_waiting), ("blocking", one.by_blocking))
        if item
    ]
    assert sorted(actual) == sorted(set(expected))  # what is said twice is one blocker


@given(st.lists(st.tuples(weeks, st.sampled_from(TEAMS), soup, soup), max_size=6))
def test_whatever_teams_write_there_are_blockers(said: list[tuple[str, str, str, str]]) -> None:
    pages = {
        UPDATES: "".join(
            update(team, parse(week).first.isoformat(), blocked_by=waits, blocking=blocks)
            for week, team, waits, blocks in said
        )
    }
    for blockers in story(directory(pages)).blockers.values():
        for one in blockers:
            assert one.waiting != one.on
            assert one.said
            assert one.named_by in ("both", "waiting", "blocking", "outside")


@given(st.text(), st.text())
def test_whatever_an_entry_is_it_is_about_teams_other_than_mine(text: str, source: str) -> None:
    names = team_names(directory({}).config)
    found, _ = others_in(Item(text, source), names, me="Search", site=Site())
    assert set(found) <= set(NAMES) - {"Search"}
    assert week_of(LAST.first) == LAST
