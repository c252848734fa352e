"""What becomes of a plan: one outcome a page, and nothing after a stop."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.memory import MemoryWiki
from wikibot import templates
from wikibot.config import parse
from wikibot.directory import Directory
from wikibot.errors import PlanError, Terminated, WikiError
from wikibot.model import Change, Edit, Finding, Outcome, Page, Replacement, Span
from wikibot.period import parse as week
from wikibot.plan import Held, Plan
from wikibot.runner import address, apply, exit_code, make_plan, survey
from wikibot.tasks import TASKS

CONFIG = parse({"wiki": {"folder": "w", "write_under": ["A", "B", "C", "D", "E", "F", "G"]}})


def plan(*edits: Edit) -> Plan:
    return Plan(wiki=address(CONFIG), tasks=("roster",), period="2026-W47", edits=edits)


def edit(title: str, base: int | None, new: str = "new\n") -> Edit:
    return Edit(title, base, "" if base is None else "old\n", new, "summary", ("roster",), ("why",))


def outcomes(wiki: MemoryWiki, *edits: Edit) -> list[tuple[str, str, str]]:
    return [(o.title, o.kind, o.detail) for o in apply(wiki, plan(*edits), config=CONFIG)]


def test_an_edit_of_the_revision_that_is_there_is_saved() -> None:
    wiki = MemoryWiki({"A": "old\n"})
    assert outcomes(wiki, edit("A", 1)) == [("A", "changed", "")]
    assert wiki.pages["A"].text == "new\n"


def test_a_page_that_moved_on_is_left_alone_and_the_others_are_saved() -> None:
    wiki = MemoryWiki({"A": "old\n", "B": "theirs\n", "C": "theirs\n"})
    assert outcomes(wiki, edit("A", 1), edit("B", 1), edit("C", None), edit("D", 4)) == [
        ("A", "changed", ""),
        ("B", "moved on", "is at revision 2, the plan was made from 1"),
        ("C", "moved on", "was created since the plan was made"),
        ("D", "missing", "was deleted, or moved away, since the plan was made"),
    ]
    assert [e.title for e in wiki.saved] == ["A"]


def test_a_page_that_is_as_it_should_be_is_not_saved() -> None:
    wiki = MemoryWiki({"A": "new\n"})
    assert outcomes(wiki, edit("A", 1)) == [("A", "unchanged", "")]
    assert wiki.saved == []


def test_a_plan_that_is_applied_twice_finds_all_on_the_wiki() -> None:
    wiki = MemoryWiki({"A": "old\n"})
    made = (edit("A", 1), edit("B", None))
    assert [kind for _, kind, _ in outcomes(wiki, *made)] == ["changed", "changed"]
    assert [kind for _, kind, _ in outcomes(wiki, *made)] == ["unchanged", "unchanged"]
    assert len(wiki.saved) == 2


def test_a_plan_cannot_write_outside_the_allowed_titles() -> None:
    wiki = MemoryWiki({"Main Page": "old\n"})
    assert outcomes(wiki, edit("Main Page", 1))[0][1] == "refused"
    assert wiki.saved == []


def test_a_plan_whose_old_text_is_not_the_wikis_is_refused() -> None:
    wiki = MemoryWiki({"A": "{{nobots}}\n"})
    assert outcomes(wiki, edit("A", 1)) == [
        ("A", "refused", "the plan has another text of revision 1 than the wiki; make it anew")
    ]
    assert wiki.saved == []


def test_a_plan_cannot_take_people_off_a_roster_unasked() -> None:
    wiki = MemoryWiki({"One": PEOPLE})
    config = parse(
        {"wiki": {"folder": "w", "write_under": ["One"]}, "team": [{"name": "One", "page": "One"}]}
    )
    emptied = Edit("One", 1, PEOPLE, "", "summary", ("roster",), ("why",))
    (outcome,) = apply(wiki, plan(emptied), config=config)
    assert (outcome.kind, wiki.saved) == ("refused", [])
    assert outcome.detail.endswith("people (limits.allow_removals)")


def test_a_page_that_cannot_be_read_is_not_called_deleted() -> None:
    wiki = MemoryWiki({})
    wiki.pages["A"] = Page("A", problem="The wiki does not show revision 1.")
    assert outcomes(wiki, edit("A", 1)) == [
        ("A", "failed", "cannot be read: The wiki does not show revision 1.")
    ]


def test_a_shutoff_page_stops_before_the_first_edit() -> None:
    wiki = MemoryWiki({"A": "old\n", "B": "old\n"}, stop="the shut-off page is set")
    assert outcomes(wiki, edit("A", 1), edit("B", 2)) == [
        ("A", "failed", "not tried: the shut-off page is set"),
        ("B", "failed", "not tried: the shut-off page is set"),
    ]
    assert wiki.saved == []


def test_a_shutoff_page_that_is_set_in_mid_run_stops_it_at_once() -> None:
    wiki = MemoryWiki(dict.fromkeys("ABCDEFG", "old\n"))
    kinds = []
    for outcome in apply(
        wiki, plan(*(edit(title, n) for n, title in enumerate("ABCDEFG", start=1))), config=CONFIG
    ):
        wiki.stop = "somebody said stop"
        kinds.append(outcome.kind)
    assert kinds == ["changed"] + ["failed"] * 6


def test_a_wiki_that_takes_no_edits_is_asked_once_and_ends_the_run() -> None:
    class Asked(MemoryWiki):
        asked = 0

        def why_not_writable(self) -> str | None:
            self.asked += 1
            return super().why_not_writable()

    edits = [edit(title, n) for n, title in enumerate("ABCDEFG", start=1)]
    open_wiki = Asked(dict.fromkeys("ABCDEFG", "old\n"))
    assert {kind for _, kind, _ in outcomes(open_wiki, *edits)} == {"changed"}
    assert open_wiki.asked == 1
    closed = Asked(dict.fromkeys("ABCDEFG", "old\n"), not_writable="the wiki is read-only")
    found = list(apply(closed, plan(*edits), config=CONFIG))
    assert {(o.kind, o.detail) for o in found} == {("failed", "not tried: the wiki is read-only")}
    assert (exit_code(found), closed.saved, closed.asked) == (2, [], 1)


def test_whether_a_wiki_takes_edits_is_not_asked_when_there_is_nothing_to_save() -> None:
    class NotAsked(MemoryWiki):
        def why_not_writable(self) -> str | None:
            raise AssertionError("asked for nothing")

    assert outcomes(NotAsked({"A": "new\n"}), edit("A", 1)) == [("A", "unchanged", "")]


def test_a_blocked_account_stops_the_run() -> None:
    class Blocked(MemoryWiki):
        def save(self, edit: Edit) -> Outcome:
            return Outcome(edit.title, "failed", "blocked", stop="the account is blocked")

    wiki = Blocked({"A": "old\n", "B": "old\n"})
    found = list(apply(wiki, plan(edit("A", 1), edit("B", 2)), config=CONFIG))
    assert [o.detail for o in found] == ["blocked", "not tried: the account is blocked"]
    assert exit_code(found) == 2


@pytest.mark.parametrize(
    ("now", "kind", "words"),
    [
        (Page("B", "{{nobots}}\nold\n", 9), "excluded", "keeps the bot away"),
        (Page("B", "#REDIRECT [[A]]", 9, redirect=True), "moved on", "is a redirect now"),
        (Page("B", "{}", 9, model="json"), "moved on", "is not wikitext any more (json)"),
        (Page("B", "old\ntheirs\n", 9), "moved on", "is at revision 9"),
        (Page("B"), "missing", "was deleted, or moved away"),
    ],
)
def test_what_people_do_while_the_run_is_under_way(now: Page, kind: str, words: str) -> None:
    wiki = MemoryWiki({"A": "old\n", "B": "old\n", "C": "old\n"})
    found = []
    for outcome in apply(wiki, plan(edit("A", 1), edit("B", 2), edit("C", 3)), config=CONFIG):
        wiki.pages["B"] = now
        found.append(outcome)
    assert [o.kind for o in found] == ["changed", kind, "changed"]
    assert words in found[1].detail
    assert wiki.pages["B"] == now


def test_a_page_of_data_that_moved_on_is_still_what_it_was() -> None:
    wiki = MemoryWiki({"A": "old\n"})
    wiki.pages["A"] = Page("A", "{}", 9, model="json")
    assert outcomes(wiki, replace(edit("A", 1), model="json")) == [
        ("A", "moved on", "is at revision 9, the plan was made from 1")
    ]


def test_a_page_that_cannot_be_asked_for_ends_the_run_and_what_was_done_is_told() -> None:
    class Failing(MemoryWiki):
        def load(self, titles: Iterable[str]) -> dict[str, Page]:
            if self.saved:
                raise WikiError("The wiki cannot be reached.")
            return super().load(titles)

    wiki = Failing({"A": "old\n", "B": "old\n"})
    found = list(apply(wiki, plan(edit("A", 1), edit("B", 2)), config=CONFIG))
    assert [(o.kind, o.detail) for o in found] == [
        ("changed", ""),
        ("failed", "not tried: The wiki cannot be reached."),
    ]
    assert exit_code(found) == 2


def test_an_interrupted_save_that_cannot_be_looked_at_is_not_known() -> None:
    class Failing(MemoryWiki):
        gone = False

        def save(self, edit: Edit) -> Outcome:
            self.gone = True
            raise Terminated(f"SIGTERM while {edit.title} is saved")

        def load(self, titles: Iterable[str]) -> dict[str, Page]:
            if self.gone:
                raise WikiError("The wiki cannot be reached.")
            return super().load(titles)

    (outcome,) = apply(Failing({"A": "old\n"}), plan(edit("A", 1)), config=CONFIG)
    assert (outcome.kind, outcome.stop) == ("failed", "SIGTERM while A is saved")
    assert outcome.detail.startswith("whether it was saved is not known: SIGTERM")


@pytest.mark.parametrize(("arrived", "kind"), [(True, "changed"), (False, "failed")])
def test_an_interrupted_save_is_looked_at_again(arrived: bool, kind: str) -> None:
    class Interrupted(MemoryWiki):
        def save(self, edit: Edit) -> Outcome:
            if arrived:
                super().save(edit)
            raise Terminated("SIGTERM")

    wiki = Interrupted({"A": "old\n", "B": "old\n"})
    found = list(apply(wiki, plan(edit("A", 1), edit("B", 2)), config=CONFIG))
    assert [(o.kind, bool(o.stop)) for o in found] == [(kind, True), ("failed", True)]
    assert wiki.pages["B"].text == "old\n"


def test_an_interrupted_save_is_not_called_lost_where_others_have_edited() -> None:
    class Interrupted(MemoryWiki):
        def save(self, edit: Edit) -> Outcome:
            there = super().save(edit)
            self.pages[edit.title] = Page(edit.title, "theirs\n", (there.revision or 0) + 1)
            raise Terminated("SIGTERM")

    (outcome,) = apply(Interrupted({"A": "old\n"}), plan(edit("A", 1)), config=CONFIG)
    assert (outcome.kind, outcome.stop) == ("failed", "SIGTERM")
    assert outcome.detail.startswith(
        "whether it was saved is not known, look at the page's history"
    )


def test_a_plan_for_another_wiki_is_refused() -> None:
    other = parse({"wiki": {"folder": "elsewhere"}})
    with pytest.raises(PlanError, match=r"made for “.*/w”"):
        list(apply(MemoryWiki({}), plan(), config=other))


@pytest.mark.parametrize(
    ("kinds", "held", "code"),
    [
        ([], [], 0),
        (["changed", "unchanged"], [], 0),
        (["changed", "conflict"], [], 1),
        (["changed"], [Held("A", "too many", serious=True)], 1),
        (["changed"], [Held("A", "not ours", serious=False)], 0),
    ],
)
def test_exit_codes(kinds: list[str], held: list[Held], code: int) -> None:
    assert exit_code([Outcome("A", kind) for kind in kinds], held) == code


ONE = {"name": "One", "page": "One"}
PACKAGE = templates.pages()
PEOPLE = "* [[User:A|Ana Ruiz]], Chair\n* [[User:B|Bo Li]], Editor\n"


@pytest.mark.parametrize("team_page", [None, "", "#REDIRECT [[X]]", "Nobody here.\n"])
def test_pages_that_depend_on_a_page_that_came_back_empty_are_left_alone(
    team_page: str | None,
) -> None:
    config = parse(
        {
            "wiki": {"folder": "w", "write_under": ["Staff", "Staff 2", "Contacts"]},
            "team": [{"name": "One", "page": "One"}, {"name": "Two", "page": "Two"}],
            "staff": [{"page": "Staff", "teams": ["One"]}, {"page": "Staff 2", "teams": ["Two"]}],
            "contacts": {"page": "Contacts"},
        }
    )
    pages = {
        "Two": PEOPLE,
        "Staff": PEOPLE.replace("Chair", "Boss"),
        "Staff 2": PEOPLE.replace("Chair", "Boss"),
    }
    if team_page is not None:
        pages["One"] = team_page
    wiki = MemoryWiki(pages, redirects=["One"] if team_page == "#REDIRECT [[X]]" else ())
    found = survey(wiki, config, period=week("2026-W47"), today=date(2026, 11, 20))
    made = make_plan(found, ["roster", "roles", "contacts"])
    assert [edit.title for edit in made.edits] == ["Staff 2"]
    assert [(held.title, held.why) for held in made.held] == [
        ("Staff", "nothing could be read from “One”"),
        ("Contacts", "nothing could be read from “One”"),
    ]


def test_a_page_that_the_translate_extension_generates_is_never_edited() -> None:
    config = parse(
        {
            "wiki": {"folder": "w", "write_under": ["Staff/"]},
            "team": [{"name": "One", "page": "One"}],
            "staff": [{"page": "Staff/fr"}, {"page": "Staff/it"}],
        }
    )
    wrong = PEOPLE.replace("Chair", "Boss")
    wiki = MemoryWiki(
        {
            "One": PEOPLE,
            "Staff/fr": wrong,
            "Staff/it": wrong,
            "Staff": f"<languages/><translate>\n{PEOPLE}</translate>",
        }
    )
    found = survey(wiki, config, period=week("2026-W47"), today=date(2026, 11, 20))
    made = make_plan(found, ["roster"])
    assert made.edits == ()
    assert {held.why for held in made.held} == {
        "it is generated by the Translate extension from “Staff”; name that page instead"
    }
    wiki.pages["Staff"] = replace(wiki.pages["Staff"], text="Two departments.")
    again = survey(wiki, config, period=week("2026-W47"), today=date(2026, 11, 20))
    assert [e.title for e in make_plan(again, ["roster"]).edits] == ["Staff/fr", "Staff/it"]


def test_a_region_that_people_edited_is_overwritten_only_when_the_configuration_says_so() -> None:
    table = {
        "wiki": {"folder": "w", "write_under": ["Contacts"]},
        "team": [{"name": "One", "page": "One"}],
        "contacts": {"page": "Contacts"},
    }
    region = (
        "<!-- Wikibot region: task=contacts hash=000000000000 -->ours<!-- Wikibot region end -->"
    )
    wiki = MemoryWiki({"One": PEOPLE, "Contacts": region} | PACKAGE)
    edits = []
    for limits in ({}, {"overwrite_edited_regions": True}):
        config = parse({**table, "limits": limits})
        found = survey(wiki, config, period=week("2026-W47"), today=date(2026, 11, 20))
        edits.append([edit.title for edit in make_plan(found, ["contacts"]).edits])
    assert edits == [[], ["Contacts"]]


def test_a_change_that_makes_others_necessary_is_planned_with_them() -> None:
    config = parse(
        {
            "wiki": {"folder": "w", "write_under": ["One", "Contacts", "Roles"]},
            "team": [{"name": "One", "page": "One"}],
            "staff": [{"page": "Staff"}],
            "roles": [{"page": "Roles"}],
            "contacts": {"page": "Contacts"},
            "authority": {"titles": "roles"},
        }
    )
    mark = "<!-- Wikibot region: task=roles -->\n<!-- Wikibot region end -->"
    wiki = MemoryWiki(
        {
            "One": PEOPLE,
            "Staff": PEOPLE.replace("Chair", "Boss"),
            "Roles": f"== Lead ==\n{mark}\n{{|\n! Activity !! Ana Ruiz\n|-\n|\n* Plan\n|}}\n",
        }
        | PACKAGE,
    )
    found = survey(wiki, config, period=week("2026-W47"), today=date(2026, 11, 20))
    made = make_plan(found, ["roster", "roles", "contacts"])
    new = {edit.title: edit.new for edit in made.edits}
    assert sorted(new) == ["Contacts", "One", "Roles"]
    assert all("Boss" in text and "Chair" not in text for text in new.values())
    assert {o.kind for o in apply(wiki, made, config=config)} == {"changed"}
    again = survey(wiki, config, period=week("2026-W47"), today=date(2026, 11, 20))
    assert make_plan(again, ["roster", "roles", "contacts"]).edits == ()


def test_pages_are_generated_from_pages_that_have_been_mended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In whatever order the tasks are named; and a generated page is written once."""
    config = parse(
        {
            "wiki": {"folder": "w", "write_under": ["One", "Contacts", "Staff"]},
            "team": [{"name": "One", "page": "One"}],
            "staff": [{"page": "Staff"}],
            "contacts": {"page": "Contacts"},
            "authority": {"titles": "roles"},
        }
    )
    pages = {"One": PEOPLE, "Staff": PEOPLE.replace("Chair", "Boss")}
    wiki = MemoryWiki(pages | PACKAGE)
    found = survey(wiki, config, period=week("2026-W47"), today=date(2026, 11, 20))
    seen = []
    contacts = TASKS["contacts"]

    def watching(directory: Directory, findings: Sequence[Finding]) -> list[Change]:
        seen.append(directory.pages["One"].text)
        return contacts(directory, findings)

    monkeypatch.setitem(TASKS, "contacts", watching)
    made = make_plan(found, ["contacts", "roster"])
    assert [edit.title for edit in made.edits] == ["One", "Contacts"]
    assert seen == [PEOPLE.replace("Chair", "Boss")] * 2
    assert "Boss" in made.edits[1].new


def test_a_page_that_is_held_back_from_mending_does_not_hold_up_the_others() -> None:
    config = parse(
        {
            "wiki": {"folder": "w", "write_under": ["Contacts"]},
            "team": [{"name": "One", "page": "One"}],
            "staff": [{"page": "Staff"}],
            "contacts": {"page": "Contacts"},
        }
    )
    pages = {"One": PEOPLE, "Staff": PEOPLE.replace("Chair", "Boss")}
    wiki = MemoryWiki(pages | PACKAGE)
    found = survey(wiki, config, period=week("2026-W47"), today=date(2026, 11, 20))
    made = make_plan(found, ["roster", "contacts"])
    assert [edit.title for edit in made.edits] == ["Contacts"]
    assert [held.title for held in made.held] == ["Staff"]


def test_changes_that_undo_each_other_are_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    config = parse({"wiki": {"folder": "w", "write_under": ["One"]}, "team": [ONE]})
    found = survey(
        MemoryWiki({"One": "x"}), config, period=week("2026-W47"), today=date(2026, 11, 20)
    )

    def turning(directory: Directory, _: Sequence[Finding]) -> list[Change]:
        new = "y" if directory.pages["One"].text == "x" else "x"
        return [Change("One", "roster", "turn", (Replacement("One", Span(0, 1), new),))]

    monkeypatch.setitem(TASKS, "roster", turning)
    made = make_plan(found, ["roster"])
    assert made.edits == ()
    assert [held.why for held in made.held] == ["its changes undo each other; report this"]
