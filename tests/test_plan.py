"""Changes become one edit a page; guards hold back; a plan survives being written and read."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.config import Config, parse
from wikibot.errors import PlanError
from wikibot.model import Change, Edit, Finding, Fix, Page, Replacement, Site, Span
from wikibot.plan import (
    Held,
    Plan,
    apply_replacements,
    build,
    checksum,
    diff,
    dumps,
    limited,
    read,
    write,
)

ROSTER = "* [[User:A|Ana]], Chair\n* [[User:B|Bo]], Editor\n* [[User:C|Cy]], Editor\n"


def config(**limits: object) -> Config:
    return parse(
        {
            "wiki": {"folder": "w", "user": "Bot", "write_under": ["T", "U", "V"]},
            "team": [{"name": "T", "page": "T"}],
            "limits": limits,
        }
    )


def built(
    *changes: Change, pages: dict[str, Page], **limits: object
) -> tuple[tuple[Edit, ...], tuple[Held, ...]]:
    return build(changes, pages, config=config(**limits), site=Site())


def replace(title: str, start: int, end: int, text: str, *, say: str = "why") -> Change:
    return Change(title, "roster", say, (Replacement(title, Span(start, end), text),))


@st.composite
def texts_and_replacements(draw: st.DrawFn) -> tuple[str, list[Replacement]]:
    text = draw(st.text(max_size=40))
    cuts = sorted(
        draw(st.lists(st.integers(0, len(text)), max_size=8).map(lambda x: x[: len(x) // 2 * 2]))
    )
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return text, [
        Replacement("T", span, draw(st.text(max_size=5))) for span in dict.fromkeys(spans)
    ]


@given(texts_and_replacements(), st.randoms())
def test_replacing_keeps_everything_else_whatever_the_order(
    case: tuple[str, list[Replacement]], random: Random
) -> None:
    text, replacements = case
    shuffled = list(replacements)
    random.shuffle(shuffled)
    new = apply_replacements(text, shuffled)
    rest, at = [], 0
    for r in sorted(replacements, key=lambda r: r.span):
        rest += [text[at : r.span.start], r.text]
        at = r.span.end
    assert new == "".join(rest) + text[at:]


def test_overlapping_replacements_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_replacements(
            "abcdef", [Replacement("T", Span(0, 3), "x"), Replacement("T", Span(2, 4), "y")]
        )


def test_changes_of_several_tasks_become_one_edit() -> None:
    edits, held = built(
        replace("U", 0, 1, "A", say="first"),
        replace("U", 2, 3, "C", say="second"),
        pages={"U": Page("U", "abc", 7)},
    )
    assert held == ()
    (edit,) = edits
    assert (edit.base, edit.old, edit.new) == (7, "abc", "AbC")
    assert edit.summary == "[[User:Bot|wikibot]] roster: first; second"


def test_the_same_replacement_twice_counts_once() -> None:
    edits, _ = built(
        replace("U", 0, 1, "A"), replace("U", 0, 1, "A"), pages={"U": Page("U", "abc", 7)}
    )
    assert edits[0].new == "Abc"


def test_changes_that_contradict_each_other_leave_the_page_alone() -> None:
    edits, held = built(
        replace("U", 0, 2, "x", say="one"),
        replace("U", 1, 3, "y", say="other"),
        pages={"U": Page("U", "abc", 7)},
    )
    assert edits == ()
    assert held == (Held("U", "changes contradict each other (one; other); settle it by hand"),)


def test_a_change_that_changes_nothing_is_no_edit() -> None:
    assert built(replace("U", 0, 1, "a"), pages={"U": Page("U", "abc", 7)}) == ((), ())


def test_a_page_is_created_from_no_revision() -> None:
    edits, _ = built(Change("U", "contacts", "new", create="text\n"), pages={"U": Page("U")})
    assert (edits[0].base, edits[0].new) == (None, "text\n")


def test_nothing_is_written_outside_the_allowed_titles() -> None:
    edits, held = built(
        replace("Main Page", 0, 1, "x"), pages={"Main Page": Page("Main Page", "abc", 7)}
    )
    assert edits == ()
    assert [(h.title, h.serious) for h in held] == [("Main Page", False)]


def test_no_more_edits_than_allowed() -> None:
    pages = {title: Page(title, "abc", 7) for title in ("T", "U", "V")}
    edits, _ = built(*(replace(title, 0, 1, "x") for title in pages), pages=pages)
    allowed, held = limited(edits, config=config(edits=2))
    assert [edit.title for edit in allowed] == ["T", "U"]
    assert [(h.title, h.why) for h in held] == [
        ("V", "more than 2 edits in one run (limits.edits); run again for the rest")
    ]


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({}, "would remove 1 of 3 people (limits.allow_removals)"),
        ({"allow_removals": True}, "would remove 1 of 3 people (limits.removal_share)"),
        ({"allow_removals": True, "removal_share": 0.5}, None),
    ],
)
def test_people_are_not_removed_from_a_roster(limits: dict[str, object], why: str | None) -> None:
    second = ROSTER.index("* [[User:B")
    third = ROSTER.index("* [[User:C")
    edits, held = built(
        replace("T", second, third, ""), pages={"T": Page("T", ROSTER, 7)}, **limits
    )
    assert [h.why for h in held] == ([why] if why else [])
    assert len(edits) == (0 if why else 1)


def test_a_page_cannot_grow_beyond_what_mediawiki_takes() -> None:
    edits, held = built(replace("U", 0, 0, "x" * 2_100_000), pages={"U": Page("U", "abc", 7)})
    assert edits == ()
    assert "the wiki allows 2097152" in held[0].why


def test_a_summary_carries_no_links_but_its_own_and_fits() -> None:
    say = "title of [[Ana]] {{x}}\n" + "y" * 600
    (edit,), _ = built(replace("U", 0, 1, "x", say=say), pages={"U": Page("U", "abc", 7)})
    assert edit.summary.startswith("[[User:Bot|wikibot]] roster: title of Ana x y")
    assert edit.summary.count("[[") == 1
    assert len(edit.summary) == 500


def test_a_diff_names_page_and_revision_and_says_when_the_last_line_has_no_end() -> None:
    edit = Edit("T", 7, "a\nb", "a\nc", "s", ("roster",), ("why",))
    assert diff(edit) == (
        "--- T (revision 7)\n+++ T (planned)\n@@ -1,2 +1,2 @@\n a\n"
        "-b\n\\ No newline at end of page\n+c\n\\ No newline at end of page\n"
    )


def test_a_checksum_is_the_sha1_that_mediawiki_gives() -> None:
    assert checksum("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d"


PLAN = Plan(
    wiki="w",
    tasks=("roster",),
    period="2026-W47",
    edits=(Edit("T", 7, "a", "b\r\n\u200f", "s", ("roster",), ("why",)),),
    held=(Held("U", "why"),),
    findings=(
        Finding(
            "c", "error", "T", "S", 1, "m", Fix("roster", "x", (Replacement("T", Span(0, 1), "y"),))
        ),
    ),
)


def test_a_plan_survives_being_written_and_read(tmp_path: Path) -> None:
    write(PLAN, tmp_path / "plan.json")
    assert read(tmp_path / "plan.json") == PLAN


@given(st.integers(0, len(dumps(PLAN)) - 2))
def test_a_plan_that_was_cut_off_is_refused(
    tmp_path_factory: pytest.TempPathFactory, end: int
) -> None:
    file = tmp_path_factory.mktemp("plan") / "plan.json"
    file.write_text(dumps(PLAN)[:end], "utf-8")
    with pytest.raises(PlanError, match="not a plan of this version"):
        read(file)


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=6))))
def test_a_damaged_plan_is_a_plan_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[float, int, bytes]]
) -> None:
    content = bytearray(dumps(PLAN).encode())
    for where, length, junk in damage:
        start = int(where * len(content))
        content[start : start + length] = junk
    file = tmp_path_factory.getbasetemp() / "damaged.json"
    file.write_bytes(content)
    said = f"{file}: "
    try:
        read(file)
    except PlanError as error:
        said = str(error)
    assert said.startswith(f"{file}: ")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [('"version": 1', '"version": 2'), ('"base": 7', '"base": "seven"'), ('"wiki"', '"wikis"')],
)
def test_a_plan_of_another_kind_is_refused(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "plan.json"
    file.write_text(dumps(PLAN).replace(old, new), "utf-8")
    with pytest.raises(PlanError, match="make it anew"):
        read(file)


def test_a_plan_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="there is no such file; make one"):
        read(tmp_path / "nothing.json")


def test_an_obstacle_holds_the_page_back_with_all_that_is_wanted_of_it() -> None:
    blocked = Change("T", "contacts", "whom to ask", obstacle="it is a redirect")
    edits, held = built(blocked, replace("T", 0, 1, "x"), pages={"T": Page("T", ROSTER, 1)})
    assert edits == ()
    assert held == (Held("T", "it is a redirect"),)
