"""Putting people in, moving them, taking them off: ``cases/editing``, and laws for any roster."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import Case, read_cases
from wikibot.model import Person
from wikibot.wikitext.editing import NewPerson, Splice, insert, move, remove, splice
from wikibot.wikitext.rosters import read_roster

CASES = read_cases(Path(__file__).parent / "cases" / "editing")


def person(text: str, name: str) -> Person:
    return next(p for p in read_roster(text).people if p.name.text == name)


def edit_of(case: Case) -> tuple[Splice, ...] | None:
    text = case.text("page")
    head, words = next((h, t.strip()) for h, t in case.parts if h not in ("page", "becomes"))
    command, _, neighbour = head.partition(" behind ")
    if command == "remove":
        return remove(text, person(text, words))
    after = person(text, neighbour)
    if command == "move":
        return move(text, person(text, words), after=after)
    assert command == "insert"
    name, username, title = (part.strip() for part in words.split("/"))
    return insert(text, NewPerson(name, username, title), after=after)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_page_becomes_what_the_case_says(case: Case) -> None:
    edit = edit_of(case)
    became = "(no edit)\n" if edit is None else splice(case.text("page"), edit)
    assert became == case.text("becomes")


# --- laws ---------------------------------------------------------------------------------------

NAMES = ["Ana Ruiz", "Bo Li", "Cy Ott", "Dee Ray", "Ewa Nowak", "Ida Holm", "Zoë Ørsted", "أمل نور"]
TITLES = ["Chair", "Editor", "Head of Care", "Engineer (tools)", "Manager, Delivery", "QA & tests"]
STYLES = [
    "* [[User:{u}|{n}]], {t}",
    "*[[User:{u}|{n}]] – {t}",
    "# '''[[User:{u}|{n}]]''': ''{t}''",
    "* [[ user:{u} |{n} ]] - {t} <!-- note -->",
    "* {n}, {t}",
]
ROWS = [
    "|-\n| [[User:{u}|{n}]]\n| {t}\n| 1.0{i}",
    "|-\n| [[User:{u}|{n}]] || {t} || 1.0{i}",
    '|- class="x"\n|style="a"|{n}||{t}||',
]


@st.composite
def rosters(draw: st.DrawFn) -> str:
    """A page with a roster of at least three people in one style, and other things around it."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=3, unique=True))
    lines = [
        {"u": f"U{i} (Ex)", "n": name, "t": draw(st.sampled_from(TITLES)), "i": i}
        for i, name in enumerate(names)
    ]
    before = draw(st.sampled_from(["", "Some text.\n\n", "* We like tea.\n* We like cake.\n\n"]))
    after = draw(st.sampled_from(["", "\n", "\n\nMore [[text]].\n", "\n== Else ==\n* x\n"]))
    if draw(st.booleans()):
        style = draw(st.sampled_from(STYLES))
        body = "\n".join(style.format(**line) for line in lines)
    else:
        style = draw(st.sampled_from(ROWS))
        rows = "\n".join(style.format(**line) for line in lines)
        body = "{| class=wikitable\n! Name !! Title !! Room\n" + rows + "\n|}"
    return f"== Team ==\n{before}{body}{after}"


new_people = st.builds(
    NewPerson,
    name=st.sampled_from(["Una Vale", "Kim de Boer", "Łucja Żak"]),
    username=st.sampled_from(["", "Una (Ex)", "K=1"]),
    title=st.sampled_from(["Tester", "Head of {{x}} | [[y]]", "Écrivain ''senior''", "R&D Lead"]),
)


@given(rosters(), new_people, st.integers(0, 99))
def test_what_was_put_in_is_read_back_and_all_else_stays(
    text: str, new: NewPerson, place: int
) -> None:
    people = read_roster(text).people
    after = people[place % len(people)]
    edit = insert(text, new, after=after)
    assert edit is not None
    ((span, source),) = edit
    assert span.start == span.end
    edited = splice(text, edit)
    assert edited.replace(source, "", 1) == text
    read = [NewPerson.of(p) for p in read_roster(edited).people]
    assert read.pop(people.index(after) + 1) == new
    assert read == [NewPerson.of(p) for p in people]


@given(rosters(), new_people, st.integers(0, 99))
def test_what_was_put_in_and_taken_off_again_leaves_no_trace(
    text: str, new: NewPerson, place: int
) -> None:
    people = read_roster(text).people
    after = people[place % len(people)]
    edit = insert(text, new, after=after)
    assert edit is not None
    edited = splice(text, edit)
    back = remove(edited, read_roster(edited).people[people.index(after) + 1])
    assert back is not None
    assert splice(edited, back) == text


@given(rosters(), st.integers(0, 99), st.integers(0, 99))
def test_moving_changes_the_order_and_nothing_else(text: str, one: int, other: int) -> None:
    people = list(read_roster(text).people)
    person, after = people[one % len(people)], people[other % len(people)]
    edit = move(text, person, after=after)
    assert edit is not None
    edited = splice(text, edit)
    assert sorted(edited.splitlines()) == sorted(text.splitlines())
    if person != after:
        people.remove(person)
        people.insert(people.index(after) + 1, person)
    assert [NewPerson.of(p) for p in read_roster(edited).people] == [
        NewPerson.of(p) for p in people
    ]


@given(st.text())
def test_an_edit_with_nothing_in_it_gives_the_same_bytes(text: str) -> None:
    assert splice(text, ()) == text
