"""Who is taken off a roster, when, and how many at once."""

import pytest

from wikibot.config import Config, parse
from wikibot.model import Edit, Site
from wikibot.removals import lost, objection, removal_share
from wikibot.wikitext.rosters import read_roster


def config(*, staff_of: list[str] | None = None, **limits: object) -> Config:
    staff: dict[str, object] = {"page": "Staff"} | ({"teams": staff_of} if staff_of else {})
    return parse(
        {
            "wiki": {"folder": "w"},
            "team": [
                {"name": "One", "page": "One"},
                {"name": "Two", "page": "Two", "removal_share": 0.5},
                {"name": "Six", "page": "Six", "removal_share": 0},
            ],
            "staff": [staff],
            "limits": {"allow_removals": True, **limits},
        }
    )


def roster(*people: str) -> str:
    return "".join(f"* {person}, Engineer\n" for person in people)


def edit(before: str, after: str, title: str = "Staff") -> Edit:
    return Edit(title, 1, before, after, "", (), ())


OLA, KIM = "[[User:Ola|Ola Berg]]", "[[User:Kim|Kim Dahl]]"


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ([OLA, KIM], [OLA, KIM], 0),
        ([OLA, KIM], [KIM], 1),
        ([OLA, KIM], [KIM, OLA], 0),  # moved
        ([OLA, KIM], [OLA.replace("Berg", "Lund"), KIM], 0),  # has another name
        ([OLA, KIM], [OLA.replace("User:Ola", "User:Olla"), KIM], 0),  # another account
        (["[[User:Ola]]", KIM], ["[[User:Olla]]", KIM], 0),  # and an account without a name
        ([OLA, KIM], [KIM, "Ada Stone"], 1),  # one who comes does not make up for one who goes
        ([OLA, KIM, "Ada Stone"], [KIM, "Eva Poe", "Mia Holm"], 1),
        ([OLA, OLA, KIM], [OLA, KIM], 1),  # stood there twice
        ([OLA, KIM], [], 2),
        ([], [OLA], 0),
    ],
)
def test_how_many_are_lost(before: list[str], after: list[str], gone: int) -> None:
    rosters = [read_roster(roster(*people), site=Site()).people for people in (before, after)]
    assert lost(*rosters) == gone


TWELVE = [f"[[User:U{n}|Person {chr(64 + n)}]]" for n in range(1, 13)]


@pytest.mark.parametrize(
    ("kept", "limits", "why"),
    [
        (9, {}, ""),
        (8, {}, "would remove 4 of 12 people (limits.removal_share)"),
        (8, {"removal_share": 0.4}, ""),
        (11, {"removal_share": 0.05}, "would remove 1 of 12 people (limits.removal_share)"),
        (11, {"allow_removals": False}, "would remove 1 of 12 people (limits.allow_removals)"),
    ],
)
def test_a_quarter_at_most_unless_configured(
    kept: int, limits: dict[str, object], why: str
) -> None:
    change = edit(roster(*TWELVE), roster(*TWELVE[:kept]))
    assert objection(change, config(staff_of=["One"], **limits), Site()) == why


@pytest.mark.parametrize(
    ("staff_of", "share"),
    [
        (["One"], (0.25, "limits.removal_share")),
        (["Two"], (0.5, "removal_share of Two")),
        (["One", "Two"], (0.25, "limits.removal_share")),
        (None, (0, "removal_share of Six")),  # a list of all teams
    ],
)
def test_a_list_has_the_smallest_share_of_its_teams(
    staff_of: list[str] | None, share: tuple[float, str]
) -> None:
    made = config(staff_of=staff_of)
    assert removal_share(made.staff[0], made) == share


def test_a_team_page_has_the_share_of_its_team() -> None:
    made = config()
    shares = [removal_share(team, made)[0] for team in made.team]
    assert shares == [0.25, 0.5, 0]
    half = edit(roster(*TWELVE), roster(*TWELVE[:6]), title="Two")
    assert objection(half, made, Site()) == ""
    assert "removal_share" in objection(edit(half.old, half.new, title="One"), made, Site())


def test_each_roster_of_a_page_counts_for_itself() -> None:
    """One that grows does not hide another one that is lost."""
    two = parse(
        {
            "wiki": {"folder": "w"},
            "team": [
                {"name": name, "page": "P", "roster": {"section": name}} for name in ("One", "Two")
            ],
        }
    )
    before = f"== One ==\n{roster(*TWELVE[:2])}\n== Two ==\n{roster(*TWELVE[2:3])}"
    after = f"== One ==\n{roster(*TWELVE[1:2])}\n== Two ==\n{roster(*TWELVE[2:6])}"
    why = objection(edit(before, after, title="P"), two, Site())
    assert why == "would remove 1 of 2 people (limits.allow_removals)"


def test_pages_without_a_roster_may_lose_lines() -> None:
    assert objection(edit(roster(*TWELVE), "", title="Contacts"), config(), Site()) == ""
