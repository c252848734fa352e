"""Four weeks of a department: people write updates and comments, the bot runs in between.

The story is told once on each wiki, and what the pages said after each run is kept; the tests look
at that. What reports look like to their readers is at the end, on real MediaWikis only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from tests import orchard
from tests.mediawiki import VERSIONS, MediaWiki, start
from tests.orchard import BASE, Department, InFolder, OnMediaWiki, Run, day
from tests.rendered import Rendered, assert_whole

pytestmark = pytest.mark.own_wiki  # accounts, and the clock of the wiki

W44, W45, W46, W47 = (f"2026-W{number}" for number in (44, 45, 46, 47))
QUARTER = "FY2026-27 Q2"
ADA, BO, CY, DANA, ELI, FAY, GUS = orchard.PEOPLE


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The story is told in a folder, too; what needs MediaWiki is tried on each version of it."""
    if "department" in metafunc.fixturenames:
        kinds = [*VERSIONS] if "wiki" in metafunc.fixturenames else [*VERSIONS, "folder"]
        metafunc.parametrize("department", kinds, indirect=True, scope="module")


@pytest.fixture(scope="module")
def department(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Department]:
    """The department before the first week: accounts, templates, team pages, goals."""
    folder = tmp_path_factory.mktemp("orchard")
    if request.param == "folder":
        yield begun(InFolder(folder))
        return
    with start(request.param) as wiki:
        wiki.set_clock(orchard.BEGINNING)
        for name in orchard.PEOPLE:
            wiki.create_account(name)
        yield begun(OnMediaWiki(wiki, folder))


def begun(department: Department) -> Department:
    department.now = orchard.BEGINNING
    installed = department.wikibot("templates", "install", "--yes")
    assert installed.exit_code == 0, installed.output
    for team, people in orchard.ROSTERS.items():
        department.write(f"Orchard/{team}", orchard.roster(*people), by=DANA)
    for team in ("Apples", "Pears", "Wells"):
        form = f"{{{{Status update/form|team={team}}}}}\n"
        department.write(f"Orchard/{team}/Updates", form, by=DANA)
    department.write("Orchard/Scrum of scrums", "Notes of our meetings.\n", by=DANA)
    department.write(f"Orchard/Goals {QUARTER}", orchard.GOALS, by=DANA)
    return department


@dataclass
class Story:
    """What became of the pages: runs by name, and what people had written on reports by then."""

    department: Department
    runs: dict[str, Run] = field(default_factory=dict)
    comments: list[tuple[str, str]] = field(default_factory=list)
    comments_then: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def run(self, name: str, *words: str) -> None:
        self.comments_then[name] = list(self.comments)
        self.runs[name] = orchard.run(self.department, *words)

    def __getitem__(self, name: str) -> Run:
        return self.runs[name]

    def comment(self, period: str, heading: str, text: str, *, by: str) -> None:
        """At the end of a section of a report."""
        self.department.add_to_section(f"{BASE}/{period}", heading, text, by=by)
        self.comments.append((f"{BASE}/{period}", text))

    def topic(self, period: str, heading: str, text: str, *, by: str) -> None:
        """Under a new heading."""
        self.department.add_topic(f"{BASE}/{period}", heading, text, by=by)
        self.comments.append((f"{BASE}/{period}", text))

    def on_top(self, title: str, text: str, *, by: str) -> None:
        self.department.write(title, f"{text}\n\n{self.department.text(title)}", by=by)
        self.comments.append((title, text))


@pytest.fixture(scope="module")
def story(department: Department) -> Story:
    """The four weeks."""
    told = Story(department)
    for week in (first_week, second_week, third_week, fourth_week):
        week(told)
    return told


@pytest.fixture(scope="module")
def wiki(department: Department) -> MediaWiki:
    """The wiki of the department, where it is a MediaWiki."""
    assert isinstance(department, OnMediaWiki)
    return department.wiki


def first_week(s: Story) -> None:
    d = s.department
    day(d, "2026-10-27 10:00")
    text = orchard.update(
        "Apples",
        "2026-10-27",
        "on track",
        "The harvest is in",
        done=["[[Orchard/Old tree|Old tree]] pruned", "Crates counted"],
        next=["Grafting"],
        blocked_by=["Pears: the long ladders", "Town: a permit for the fire"],
    )
    d.add_topic("Orchard/Apples/Updates", W44, text, by=ADA)
    day(d, "2026-10-28 06:00")
    s.run("only one team has reported")
    s.run("nothing is new")

    day(d, "2026-10-29 10:00")
    text = "* Done:\n** Jam boiled\n** Quinces weighed: <5 kg\n* Next: labels\n* Health: at risk"
    d.add_topic("Orchard/Pears/Updates", "29 October 2026", text, by=BO)
    text = (
        "=== Cider Press ===\n* Blocked by:\n** Bees: wax for the lids\n* Updates:\n"
        "** New cloths\n* Risks: the pump is old\n"
        "=== Bees ===\n* Blocked by: none\n* Blocking:\n** Cider Press: wax for lids\n* Updates:\n"
        "** Hives are warm"
    )
    d.add_topic("Orchard/Scrum of scrums", "29 October 2026", text, by=CY)
    day(d, "2026-10-29 18:00")
    s.run("four have reported")

    day(d, "2026-10-30 08:00")
    s.on_top(f"{BASE}/{W44}", "Read this before the meeting!", by=ELI)
    s.comment(W44, "Apples", "Well done! – Eli", by=ELI)
    s.topic(W44, "Questions", "Who takes the crates?", by=GUS)
    s.on_top(BASE, "All our reports are here.", by=ELI)
    day(d, "2026-10-30 09:00")
    text = orchard.update("Hedgehogs", "2026-10-30", "on track", done=["Slept"])
    d.add_topic("Orchard/Wells/Updates", "Guests", text, by=FAY)
    text = orchard.update("Wells", "2026-10-32", "on track", done=["Dug"])
    d.add_topic("Orchard/Wells/Updates", W44, text, by=ELI)
    day(d, "2026-10-30 18:00")
    s.run("an unknown team and an impossible date")


def second_week(s: Story) -> None:
    d = s.department
    day(d, "2026-11-02 08:00")
    wells = "Orchard/Wells/Updates"
    d.write(wells, d.text(wells).replace("2026-10-32", "2026-10-30"), by=ELI)
    s.run("a late update", "--period", "last")
    day(d, "2026-11-03 08:00")
    d.write("Orchard/Bees", orchard.roster("Dana, Beekeeper", "Fay, Beekeeper"), by=DANA)
    d.write("Orchard/Apples", orchard.roster("Ada, Head Pruner", "Eli, Picker"), by=DANA)
    text = orchard.update("Apples", "2026-11-03", "red", "Frost!", done=["Fires lit"])
    d.add_topic("Orchard/Apples/Updates", W45, text, by=ADA)
    day(d, "2026-11-04 08:00")
    text = orchard.update(
        "Pears", "2026-11-04", "on track", done=["Labels"], blocking=["Apples: the long ladders"]
    )
    d.add_topic("Orchard/Pears/Updates", W45, text, by=BO)
    day(d, "2026-11-05 08:00")
    text = orchard.update(
        "apples",
        "2026-11-05",
        "Amber",
        "Some trees are lost",
        done=["Crates counted", "Trees wrapped"],
        blocked_by=["Pears: long ladders"],
    )
    d.add_topic("Orchard/Apples/Updates", W45, text, by=ELI)
    half = "{{Status update|team=Wells|date=2026-11-05|health=done|done=\n* The new well"
    d.add_topic(wells, W45, half, by=ELI)
    day(d, "2026-11-05 18:00")
    s.run("two updates of a team, and half of one")

    day(d, "2026-11-06 08:00")
    s.comment(W45, "Apples", "Which trees? – Gus", by=GUS)
    title = f"{BASE}/{W45}"
    d.write(title, d.text(title).replace("* Labels", "* Labels, by me!"), by=GUS)
    d.write(wells, f"{d.text(wells)}\n}}}}", by=ELI)
    day(d, "2026-11-06 18:00")
    s.run("somebody edited a part")


def third_week(s: Story) -> None:
    d = s.department
    day(d, "2026-11-10 08:00")
    title = f"{BASE}/{W45}"
    d.write(title, d.text(title).replace("* Labels, by me!", "* Labels"), by=GUS)
    s.run("the part is whole again", "--period", "last")
    day(d, "2026-11-12 08:00")
    text = (
        "=== Cider Press ===\n* Blocked by:\n** Bees: wax for the lids\n"
        "* Updates:\n** First barrel\n=== Bees ===\n* Updates:\n** Candles"
    )
    d.add_topic("Orchard/Scrum of scrums", "12 November 2026", text, by=CY)
    text = orchard.update(
        "Apples", "2026-11-12", "at risk", done=["Pruned"], blocked_by=["Pears: the long ladders"]
    )
    d.add_topic("Orchard/Apples/Updates", W46, text, by=ADA)
    d.write("Orchard/Pears", orchard.roster("Bo, Pruner"), by=DANA)
    d.write("Orchard/Wells", orchard.roster("Eli, Digger", "Gus, Digger"), by=DANA)
    day(d, "2026-11-13 18:00")
    s.run("pears are silent")

    text = orchard.update("Bees", "2026-10-28", "off track", done=["Told very late"])
    d.add_topic("Orchard/Scrum of scrums", "Forgotten", text, by=DANA)
    s.run("too late", "--period", W44)


def fourth_week(s: Story) -> None:
    d = s.department
    day(d, "2026-11-19 08:00")
    for team, health, done in (
        ("Apples", "on track", ["Ladders are here"]),
        ("Pears", "on track", ["Ladders given"]),
        ("Wells", "done", ["All wells"]),
    ):
        text = orchard.update(team, "2026-11-19", health, done=done, next=["Sleep"])
        d.add_topic(f"Orchard/{team}/Updates", W47, text, by=BO)
    text = (
        "=== Cider Press ===\n* Blocked by: none\n* Updates:\n** Bottles\n"
        "=== Bees ===\n* Blocked by: none\n* Updates:\n** Honey"
    )
    d.add_topic("Orchard/Scrum of scrums", "19 November 2026", text, by=CY)
    d.write("Orchard/Pears", orchard.roster("Pia, Pruner"), by=DANA)
    goals = f"Orchard/Goals {QUARTER}"
    d.write(goals, d.text(goals).replace("|| on track ||", "|| done ||"), by=ADA)
    day(d, "2026-11-20 18:00")
    s.run("nobody is blocked")
    s.run("nothing is new at the end")


# --- what the bot did ----------------------------------------------------------------------------


def test_what_is_reported_as_changed_is_what_has_changed(story: Story) -> None:
    for name, run in story.runs.items():
        assert run.code == 0, (name, run.said)
        assert set(run.outcomes.values()) <= {"changed"}, name
        texts = {title for title, text in run.after.items() if text != run.before.get(title)}
        assert texts == set(run.outcomes), name
        assert set(run.before) <= set(run.after), name


def test_by_the_pages_histories_no_edit_was_for_nothing(story: Story, wiki: MediaWiki) -> None:
    saved = [title for run in story.runs.values() for title in run.outcomes]
    for title in set(saved):
        history = wiki.history(title)
        assert sum(revision.user == wiki.bot for revision in history) == saved.count(title)
        assert all(revision.bot for revision in history if revision.user == wiki.bot)
        found = wiki.query(titles=title, prop="revisions", rvprop="sha1", rvlimit="max")
        sums = [revision["sha1"] for revision in found["pages"][0]["revisions"]]
        assert all(new != old for new, old in pairwise(sums))


def test_which_reports_each_run_writes(story: Story) -> None:
    october, november = {"2026-10", QUARTER}, {"2026-11", QUARTER}
    assert {name: run.changed for name, run in story.runs.items()} == {
        "only one team has reported": {W44, *october, ""},
        "nothing is new": set(),
        "four have reported": {W44, *october},
        "an unknown team and an impossible date": {W44},
        "a late update": {W44, *october},
        "two updates of a team, and half of one": {W45, *november, ""},
        "somebody edited a part": {W45},
        "the part is whole again": november,
        "pears are silent": {W46, *november, ""},
        "too late": {QUARTER},
        "nobody is blocked": {W47, *november, ""},
        "nothing is new at the end": set(),
    }


def test_no_word_of_people_is_lost(story: Story) -> None:
    assert len(story.comments) == 5
    for name, comments in story.comments_then.items():
        for title, text in comments:
            assert story[name].after[title].count(text) == 1, (name, text)
    last = story["nothing is new at the end"]
    assert last[W44].startswith("Read this before the meeting!\n\n<!-- This page is kept")
    assert last[W44].endswith("\n\n== Questions ==\n\nWho takes the crates?")
    assert "Wikibot region end -->\nWell done! – Eli\n\n== Pears & Quinces ==\n" in last[W44]
    assert "Wikibot region end -->\nWhich trees? – Gus\n\n== Pears & Quinces ==\n" in last[W45]
    assert last[""].startswith("All our reports are here.\n\n")


def test_what_people_wrote_themselves_is_as_they_left_it(story: Story) -> None:
    for name, run in story.runs.items():
        for title, text in run.before.items():
            if not title.startswith(BASE):
                assert run.after[title] == text, (name, title)


# --- what the reports say ------------------------------------------------------------------------


def test_the_first_week_is_of_one_team_and_then_of_four(story: Story) -> None:
    first = story["only one team has reported"][W44]
    assert list(orchard.parts(first)) == [
        "overview", "changes", "blockers", "awaited", "Apples", "Pears & Quinces", "findings",
    ]  # fmt: skip
    assert {team: row["kind"] for team, row in orchard.rows(first).items()} == {
        "Apples": "on-track",
        "Pears & Quinces": "none",
        "Cider Press": "none",
        "Bees": "none",
        "Wells": "none",
    }
    assert orchard.rows(first)["Apples"]["trend"] == "–––––––✔"
    assert orchard.team(first, "Apples") == {
        "team": "Apples",
        "date": "2026-10-27",
        "source": "Update of 27 October 2026 on [[:Orchard/Apples/Updates|Orchard/Apples/Updates]]",
        "kind": "on-track",
        "health": "on track",
        "headline": "The harvest is in",
        "done": "* [[:Orchard/Old tree|Old tree]] pruned\n* Crates counted",
        "next": "* Grafting",
        "blocked by": "* Town: a permit for the fire",
        "blocked by alone": "* Pears & Quinces: the long ladders",
    }
    assert orchard.team(first, "Pears & Quinces") == {
        "team": "Pears & Quinces",
        "note": "No update for this week.",
        "blocking heard": "* Apples: the long ladders",
    }
    assert orchard.blockers(first) == [
        ("Apples", "", "Town: a permit for the fire", W44, "1 week", ""),
        ("Apples", "Pears & Quinces", "the long ladders", W44, "1 week", "only Apples"),
    ]

    second = story["four have reported"][W44]
    assert list(orchard.parts(second)) == [
        "overview", "changes", "blockers", "awaited",
        "Apples", "Pears & Quinces", "Cider Press", "Bees", "findings",
    ]  # fmt: skip
    assert orchard.parts(second)["awaited"] == (
        "* Wells, expected on [[:Orchard/Wells/Updates|Orchard/Wells/Updates]]"
    )
    pears = orchard.team(second, "Pears & Quinces")
    assert pears["done"] == "* Jam boiled\n* Quinces weighed: &lt;5 kg"
    assert (pears["next"], pears["kind"]) == ("* labels", "at-risk")
    assert orchard.team(second, "Cider Press")["blocked by"] == "* Bees: wax for the lids"
    assert orchard.team(second, "Cider Press")["risks"] == "* the pump is old"
    assert orchard.team(second, "Bees")["blocking"] == "* Cider Press: wax for lids"
    assert orchard.blockers(second)[2] == (
        "Cider Press", "Bees", "wax for the lids", W44, "1 week", "both",
    )  # fmt: skip


def test_what_cannot_be_told_is_named(story: Story) -> None:
    found = orchard.parts(story["an unknown team and an impossible date"][W44])
    assert found["unknown"] == "* Hedgehogs, on [[:Orchard/Wells/Updates|Orchard/Wells/Updates]]"
    assert found["problems"].endswith(
        "the date “2026-10-32” cannot be read; write it as YYYY-MM-DD."
    )
    half = orchard.parts(story["two updates of a team, and half of one"][W45])
    assert half["problems"].startswith("* [[:Orchard/Wells/Updates|Orchard/Wells/Updates]], line ")
    assert half["problems"].endswith("the update of Wells cannot be read whole.")
    assert "* The new well" in half["Wells"]
    assert "problems" not in orchard.parts(story["somebody edited a part"][W45])


def test_a_late_update_changes_the_report_of_the_week_before(story: Story) -> None:
    report = story["a late update"][W44]
    assert "missing" not in orchard.parts(report)
    assert "problems" not in orchard.parts(report)
    assert orchard.team(report, "Wells")["done"] == "* Dug"
    assert orchard.rows(report)["Wells"]["kind"] == "on-track"


def test_of_two_updates_the_later_counts_and_the_earlier_is_kept(story: Story) -> None:
    report = story["two updates of a team, and half of one"][W45]
    later, earlier = orchard.calls(orchard.parts(report)["Apples"], "Status report team")
    assert (later["date"], later["health"], later["kind"]) == ("2026-11-05", "Amber", "at-risk")
    assert (earlier["date"], earlier["done"]) == ("2026-11-03", "* Fires lit")
    assert orchard.rows(report)["Apples"]["headline"] == "Some trees are lost"
    assert "\n}}\nEarlier in the week:\n{{" in orchard.parts(report)["Apples"]


def test_what_changed_since_the_week_before(story: Story) -> None:
    assert orchard.parts(story["two updates of a team, and half of one"][W45])["changes"] == (
        "* Apples: on track → at risk\n"
        "* Pears & Quinces: at risk → on track\n"
        "* Wells: on track → done\n"
        "* Not a blocker any more: "
        "Apples waits for somebody outside: Town: a permit for the fire"
    )
    assert orchard.parts(story["nobody is blocked"][W47])["changes"] == (
        "* Apples: at risk → on track\n"
        "* Not a blocker any more: Apples waits for Pears & Quinces: the long ladders\n"
        "* Not a blocker any more: Cider Press waits for Bees: wax for the lids"
    )


def test_blockers_grow_older_until_they_are_gone(story: Story) -> None:
    second = story["somebody edited a part"][W45]
    assert orchard.blockers(second) == [
        ("Apples", "Pears & Quinces", "long ladders", W44, "2 weeks", "both"),
        ("Cider Press", "Bees", "wax for the lids", W44, "2 weeks", "both"),
    ]
    assert f"|quiet=no news since {W44}}}}}" in orchard.parts(second)["blockers"]
    assert orchard.team(second, "Bees")["blocking"] == "* Cider Press: wax for lids"

    third = story["pears are silent"][W46]
    assert orchard.blockers(third) == [
        ("Apples", "Pears & Quinces", "the long ladders", W44, "3 weeks", "both"),
        ("Cider Press", "Bees", "wax for the lids", W44, "3 weeks", "only Cider Press"),
    ]
    assert orchard.team(third, "Bees")["blocking heard"] == "* Cider Press: wax for the lids"
    assert orchard.parts(third)["missing"].count("\n") == 1  # Pears and Wells

    fourth = orchard.parts(story["nobody is blocked"][W47])
    assert not {"blockers", "missing"} & set(fourth)
    assert "blocked by" not in fourth["Apples"]


def test_who_joined_moved_and_has_a_new_title(story: Story) -> None:
    second = orchard.parts(story["somebody edited a part"][W45])
    third = orchard.parts(story["pears are silent"][W46])
    if not story.department.has_history:
        assert not {"people"} & (set(second) | set(third))
        return
    assert second["people"] == (
        "* [[User:Ada (Example)|Ada Example]] (Apples): Pruner → Head Pruner\n"
        "* [[User:Fay (Example)|Fay Example]] joined Bees"
    )
    assert third["people"] == (
        "* [[User:Gus (Example)|Gus Example]] moved from Pears & Quinces to Wells"
    )
    fourth = orchard.parts(story["nobody is blocked"][W47])
    assert fourth["people"] == (
        "* [[User:Pia (Example)|Pia Example]] joined Pears & Quinces\n"
        "* [[User:Bo (Example)|Bo Example]] left Pears & Quinces"
    )
    assert "people" not in orchard.parts(story["only one team has reported"][W44])


def test_the_trend_grows_week_by_week(story: Story) -> None:
    rows = orchard.rows(story["nobody is blocked"][W47])
    assert {team: row["trend"] for team, row in rows.items()} == {
        "Apples": "––––✔▲▲✔",
        "Pears & Quinces": "––––▲✔–✔",
        "Cider Press": "––––○–○○",
        "Bees": "––––○–○○",
        "Wells": "––––✔■–■",
    }
    assert rows["Wells"]["trend text"].endswith(
        "2026-W45: done; 2026-W46: no update; 2026-W47: done"
    )


def test_a_part_that_was_edited_is_left_alone_until_it_is_whole(story: Story) -> None:
    edited = story["somebody edited a part"]
    assert "* Labels, by me!" in edited.before[f"{BASE}/{W45}"]
    assert "* Labels, by me!" in edited[W45]
    assert "a part that a bot writes was edited by hand" in orchard.parts(edited[W45])["findings"]
    mended = story["the part is whole again"][W45]
    assert "* Labels, by me!" not in mended
    # those of the week, as they were told in it
    assert orchard.parts(mended)["findings"] == orchard.parts(edited[W45])["findings"]


def test_a_report_that_is_old_stays_as_it_is(story: Story) -> None:
    late = story["too late"]
    assert late[W44] == late.before[f"{BASE}/{W44}"]
    assert late["2026-10"] == late.before[f"{BASE}/2026-10"]
    bees = orchard.team(late[QUARTER], "Bees")  # the quarter goes on
    assert "* Told very late (2026-W44)" in bees["done"]


def test_links_to_the_weeks_before_and_after(story: Story) -> None:
    last = story["nothing is new at the end"]
    assert (
        f"[[:{BASE}/{W45}|← {W45}]] · [[:{BASE}|all reports]] · [[:{BASE}/{W47}|{W47} →]]"
    ) in last[W46]


def test_month_and_quarter_roll_the_weeks_up(story: Story) -> None:
    last = story["nothing is new at the end"]
    month, quarter = last["2026-11"], last[QUARTER]
    apples = orchard.team(month, "Apples")
    assert apples["source"] == "Reported in 3 of 3 weeks"
    assert apples["done"] == (
        "* Fires lit (2026-W45)\n* Crates counted (2026-W45)\n* Trees wrapped (2026-W45)\n"
        "* Pruned (2026-W46)\n* Ladders are here (2026-W47)"
    )
    assert apples["open"] == "* Sleep"
    assert orchard.rows(month)["Wells"]["trend"] == "■–■"
    assert orchard.parts(month)["gone"] == (
        "* Apples waits for somebody outside: Town: a permit for the fire "
        "(named for 1 week, for the last time in 2026-W44)\n"
        "* Apples waits for Pears & Quinces: the long ladders "
        "(named for 3 weeks, for the last time in 2026-W46)\n"
        "* Cider Press waits for Bees: wax for the lids "
        "(named for 3 weeks, for the last time in 2026-W46)"
    )
    assert orchard.team(quarter, "Wells")["done"] == (
        "* Dug (2026-W44)\n* The new well (2026-W45)\n* All wells (2026-W47)"
    )
    goals = orchard.calls(orchard.parts(quarter)["goals"], "Status report goal")
    fields = ("team", "goal", "owner", "kind", "due")
    assert [tuple(goal[name] for name in fields) for goal in goals] == [
        ("Apples", "Graft [[:Orchard/Old tree|the old tree]]", "Ada", "done", "15 December 2026"),
        ("Pears & Quinces", "Plant ten quinces", "Bo", "at-risk", "30 November 2026"),
    ]
    october = orchard.parts(last["2026-10"])
    assert list(orchard.rows(last["2026-10"])) == list(orchard.rows(month))
    assert "blockers" in october
    assert "Told very late" not in october["Bees"]


def test_the_page_of_all_reports(story: Story) -> None:
    first, last = story["only one team has reported"][""], story["nothing is new at the end"][""]
    assert f"{{{{:{BASE}/{W44}}}}}" in first.splitlines()
    assert f"{{{{:{BASE}/{W47}}}}}" in last.splitlines()
    listed = [line for line in last.splitlines() if line.startswith("* ")]
    assert listed == [
        f"* Quarters: [[:{BASE}/{QUARTER}|{QUARTER}]]",
        f"* Months: [[:{BASE}/2026-11|2026-11]], [[:{BASE}/2026-10|2026-10]]",
        f"* [[:{BASE}/{W47}|{W47}]], 16 November 2026 to 22 November 2026",
        f"* [[:{BASE}/{W46}|{W46}]], 9 November 2026 to 15 November 2026",
        f"* [[:{BASE}/{W45}|{W45}]], 2 November 2026 to 8 November 2026",
        f"* [[:{BASE}/{W44}|{W44}]], 26 October 2026 to 1 November 2026",
    ]


# --- what their readers see ----------------------------------------------------------------------


@pytest.mark.usefixtures("story")
def test_reports_are_whole_for_their_readers(wiki: MediaWiki) -> None:
    overview = (5, 3)
    of_weeks = {
        W44: {f"Overview, {W44}": overview, f"Blockers, {W44}": (3, 3)},
        W45: {f"Overview, {W45}": overview, f"Blockers, {W45}": (2, 3)},
        W46: {f"Overview, {W46}": overview, f"Blockers, {W46}": (2, 3)},
        W47: {f"Overview, {W47}": overview},
        "2026-11": {"Overview, 2026-11": overview, "Goals, 2026-11": (2, 3)},
        QUARTER: {f"Overview, {QUARTER}": overview, f"Goals, {QUARTER}": (2, 3)},
    }
    for period, tables in of_weeks.items():
        assert_whole(Rendered(wiki, f"{BASE}/{period}"), tables=tables)
    index = Rendered(wiki, BASE)
    assert_whole(index, tables={f"Overview, {W47}": overview})
    assert index.headings == ["2026"]
    assert index.text.startswith(f"All our reports are here. Newest report: {W47} Overview, {W47}")


@pytest.mark.usefixtures("story")
def test_links_lead_to_sections_that_are_there(wiki: MediaWiki) -> None:
    reports = {
        title: Rendered(wiki, title)
        for title in (BASE, *(f"{BASE}/{period}" for period in (W44, W45, W46, W47, QUARTER)))
    }
    for page in reports.values():
        anchors = [(title, anchor) for title, anchor in page.links() if anchor]
        assert len(anchors) >= 4, page.title
        for title, anchor in anchors:
            assert anchor in reports[title].ids, (page.title, title, anchor)
