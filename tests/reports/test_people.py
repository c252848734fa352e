"""Who joined a team, left it, or has another title."""

import pytest

from tests.reports.offices import configured, directory, team
from wikibot.directory import World
from wikibot.model import Page
from wikibot.reports.people import people_changes

SEARCH, PRINT = "Office/Search", "Office/Print"
CONFIG = configured([team("Search"), team("Print")])
History = dict[str, tuple[Page, Page]]


def roster(*people: str) -> str:
    return "== Team ==\n" + "".join(f"* {person}\n" for person in people)


def person(name: str, title: str = "Engineer", *, user: str = "") -> str:
    return f"[[User:{user}|{name}]], {title}" if user else f"{name}, {title}"


ANA = person("Ana Ruiz", user="Ana (Example)")
BO = person("Bo Lind", "Painter", user="Bo (Example)")
CY = person("Cy Dahl", "Rigger")


def page(title: str, text: str) -> Page:
    return Page(title, text, 1)


def of_pages(history: History) -> list[str]:
    found = directory({}, config=CONFIG, world=World(history=history))
    told = []
    for change in people_changes(found):
        account = f" ({change.username})" if change.username else ""
        more = f": {change.before} → {change.after}" if change.before or change.after else ""
        told.append(f"{change.team}: {change.name}{account} {change.kind}{more}")
    return told


def changes(before: str, after: str) -> list[str]:
    """What changed on the page of one team."""
    return of_pages({SEARCH: (page(SEARCH, before), page(SEARCH, after))})


def both(search: tuple[str, str], printing: tuple[str, str]) -> list[str]:
    return of_pages(
        {
            SEARCH: (page(SEARCH, search[0]), page(SEARCH, search[1])),
            PRINT: (page(PRINT, printing[0]), page(PRINT, printing[1])),
        }
    )


def test_who_is_new_has_joined() -> None:
    assert changes(roster(ANA, CY), roster(ANA, BO, CY)) == [
        "Search: Bo Lind (Bo (Example)) joined"
    ]


def test_who_is_not_there_any_more_has_left() -> None:
    assert changes(roster(ANA, BO, CY), roster(ANA, BO)) == ["Search: Cy Dahl left"]


def test_a_title_that_is_another_one() -> None:
    old = person("Cy Dahl", "Rigger")
    assert changes(roster(ANA, old), roster(ANA, person("Cy Dahl", "Chief Engineer"))) == [
        "Search: Cy Dahl title: Rigger → Chief Engineer"
    ]


@pytest.mark.parametrize("title", ["rigger", "RIGGER", "Rigger  "])
def test_a_title_in_other_letters_is_no_other_title(title: str) -> None:
    assert changes(roster(ANA, CY), roster(ANA, person("Cy Dahl", title))) == []


def test_a_title_that_was_missing_is_nothing_new() -> None:
    assert changes(roster(ANA, "Cy Dahl"), roster(ANA, CY)) == []
    assert changes(roster(ANA, CY), roster(ANA, "Cy Dahl")) == []


def test_the_order_on_the_page_does_not_matter() -> None:
    assert changes(roster(ANA, BO, CY), roster(CY, ANA, BO)) == []


def test_a_link_that_is_corrected_is_the_same_person() -> None:
    assert changes(roster(ANA, person("Bo Lind", user="Bob")), roster(ANA, person("Bo Lind"))) == []
    old, new = person("Bo Lind", user="Bob"), person("Bo Lind", user="Bo (Example)")
    assert changes(roster(ANA, old), roster(ANA, new)) == []
    assert changes(roster(ANA, person("Bo Lind")), roster(ANA, new)) == []


def test_who_has_another_name_and_the_same_account_is_the_same_person() -> None:
    old, new = person("Ana Ruiz", user="Ana"), person("Ana Ruiz-Holm", user="ana")
    assert changes(roster(CY, old), roster(CY, new)) == []


def test_who_has_another_name_and_no_account_is_somebody_else() -> None:
    assert changes(roster(ANA, CY), roster(ANA, person("Cy Holm", "Rigger"))) == [
        "Search: Cy Holm joined",
        "Search: Cy Dahl left",
    ]


def test_of_two_people_of_one_name_one_leaves() -> None:
    one, two = person("Sam Lee", user="Sam A"), person("Sam Lee", "Painter", user="Sam B")
    assert changes(roster(ANA, one, two), roster(ANA, two)) == ["Search: Sam Lee (Sam A) left"]
    assert changes(roster(ANA, one, two), roster(ANA, one)) == ["Search: Sam Lee (Sam B) left"]
    assert changes(roster(ANA, one), roster(ANA, two, one)) == ["Search: Sam Lee (Sam B) joined"]


def test_two_people_of_one_name_without_accounts_are_told_apart_by_their_order() -> None:
    one, two = person("Sam Lee", "Engineer"), person("Sam Lee", "Painter")
    assert changes(roster(one, two), roster(one, two)) == []
    assert changes(roster(one, two), roster(one)) == ["Search: Sam Lee left"]


# --- two teams ------------------------------------------------------------------------------------


def test_who_leaves_one_team_and_joins_another_one_has_moved() -> None:
    assert both((roster(ANA, BO), roster(ANA)), (roster(CY), roster(CY, BO))) == [
        "Print: Bo Lind (Bo (Example)) moved: Search → Print"
    ]


def test_who_moves_may_be_linked_on_one_page_only() -> None:
    old, new = person("Bo Lind"), person("Bo Lind", user="Bo (Example)")
    assert both((roster(ANA, old), roster(ANA)), (roster(CY), roster(CY, new))) == [
        "Print: Bo Lind (Bo (Example)) moved: Search → Print"
    ]


def test_who_joins_one_team_and_stays_in_the_other_one_has_not_moved() -> None:
    assert both((roster(ANA, BO), roster(ANA, BO)), (roster(CY), roster(CY, BO))) == [
        "Print: Bo Lind (Bo (Example)) joined"
    ]


def test_of_two_people_of_one_name_who_leave_one_moves() -> None:
    sam = person("Sam Lee")
    assert both((roster(ANA, sam, sam), roster(ANA)), (roster(CY), roster(CY, sam))) == [
        "Search: Sam Lee left",
        "Print: Sam Lee moved: Search → Print",
    ]


def test_somebody_else_of_the_same_name_has_not_moved() -> None:
    one, other = person("Sam Lee", user="Sam A"), person("Sam Lee", user="Sam B")
    assert both((roster(ANA, one), roster(ANA)), (roster(CY), roster(CY, other))) == [
        "Search: Sam Lee (Sam A) left",
        "Print: Sam Lee (Sam B) joined",
    ]


# --- pages that say nothing -----------------------------------------------------------------------

UNREADABLE = [
    pytest.param(Page(SEARCH, "", 1), id="empty"),
    pytest.param(Page(SEARCH, "We are many.", 1), id="no roster"),
    pytest.param(Page(SEARCH, roster(ANA), 1, redirect=True), id="redirect"),
    pytest.param(Page(SEARCH, roster(ANA), 1, model="json"), id="not wikitext"),
    pytest.param(Page(SEARCH, "", 1, problem="its history cannot be read"), id="unreadable"),
    pytest.param(Page(SEARCH), id="not there"),
]


@pytest.mark.parametrize("broken", UNREADABLE)
def test_nobody_leaves_because_a_page_is_broken_or_joins_because_it_is_mended(broken: Page) -> None:
    sound = page(SEARCH, roster(ANA, BO))
    assert of_pages({SEARCH: (sound, broken)}) == []
    assert of_pages({SEARCH: (broken, sound)}) == []


def test_a_page_that_is_broken_does_not_hold_up_the_others() -> None:
    history = {
        SEARCH: (page(SEARCH, roster(ANA)), Page(SEARCH)),
        PRINT: (page(PRINT, roster(ANA)), page(PRINT, roster(ANA, CY))),
    }
    assert of_pages(history) == ["Print: Cy Dahl joined"]


def test_a_wiki_without_histories_says_nothing() -> None:
    assert of_pages({}) == []
