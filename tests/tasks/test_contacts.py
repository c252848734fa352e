"""The page that says whom to ask: which parts it has, what stands in them, when it is written."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.museum import CONFIG, DATA, HELP, PAGE, PAGES, ROLES, directory, large
from wikibot.directory import Directory, Facts
from wikibot.messages import load
from wikibot.model import Change, PagePart
from wikibot.plan import apply_replacements
from wikibot.reports.markup import Pen
from wikibot.tasks.contacts import EXTENTS, changes, fitted
from wikibot.tasks.contacts_page import TEMPLATES, counted, parts
from wikibot.tasks.letters import letter, place
from wikibot.wikitext.calls import read_calls
from wikibot.wikitext.regions import read_regions, wrap


def by_part(found: Directory) -> dict[str, str]:
    """The body of each part, by its name."""
    return {part.key[1]: part.body or "" for part in fitted(found)}


def rows(body: str, name: str = "Contacts row") -> Iterator[dict[str, str]]:
    """The arguments of the calls of one template."""
    for call in read_calls(body, name=name):
        assert not call.problem
        yield {each.name: each.value.of(body).strip() for each in call.arguments}


def plain(text: str) -> str:
    """What is seen of people, roles and links in an argument."""
    text = re.sub(r"\{\{Directory \w+\|name=([^|}]*)[^}]*\}\}", r"\1", text)
    return re.sub(r"\[\[:[^|]*\|([^]]*)\]\]|<bdi>|</bdi>", r"\1", text)


def whom(found: Directory) -> dict[str, tuple[str, str]]:
    """Of each activity: the role and whom to ask."""
    listed = rows(by_part(found)["activity"])
    return {row["activity"]: (plain(row["role"]), plain(row["ask"])) for row in listed}


# --- what stands there --------------------------------------------------------------------------


def test_the_parts_in_their_order() -> None:
    headings = {part.key[1]: part.heading for part in fitted(directory())}
    assert headings == {
        "overview": "",
        "activity": "By activity",
        "group": "By group",
        "person": "By person",
        "team": "By team",
    }


def test_the_top_says_where_to_ask_when_nothing_fits_and_leads_to_the_letters() -> None:
    (head,) = rows(by_part(directory())["overview"], "Contacts head")
    assert (head["fallback"], head["directory"]) == (HELP, DATA)
    letters = re.findall(r"\[\[#([^|]*)\|([^]]*)\]\]", head["letters"])
    assert letters[:3] == [("contacts-other", "#"), ("contacts-digits", "0–9"), ("contacts-A", "A")]
    assert letters[-1] == ("contacts-Ш", "Ш")
    anchors = [row["anchor"] for row in rows(by_part(directory())["activity"], "Contacts group")]
    assert [anchor for anchor, _ in letters] == anchors


def test_whom_to_ask() -> None:
    asked = whom(directory())
    assert asked["Approve budgets"] == ("Head of shows", "Wilhelmina Oakes")
    # a role without activities
    assert asked["Beekeeper"] == ("Beekeeper", "Tomás Zorro")
    # a team: where to ask it
    assert asked["Reset passwords"] == ("Network keeper", "IT Services; Talk:Museum/IT")
    # nobody: the page of the roles page, or the one for everything
    assert asked["Gardener"] == ("Gardener", "nobody at present; Talk:Museum/Garden")
    assert asked["Order postcards"] == ("Shopkeeper", f"nobody at present; {HELP}")
    # somebody whom no roster has
    assert asked["Data retention"] == ("Archivist", f"Somebody Else; {HELP}")


def test_without_any_page_to_write_on_nothing_is_promised() -> None:
    config = {**CONFIG, "contacts": {"page": PAGE}}
    assert whom(directory(config=config))["Order postcards"][1] == "nobody at present"


def test_roles_lead_to_their_section_and_people_to_their_account() -> None:
    (row,) = [
        row
        for row in rows(by_part(directory())["activity"])
        if row["activity"] == "Approve budgets"
    ]
    section = "{{Directory role|name=Head of shows|page=Museum/Roles|section=Head of shows}}"
    assert row["role"] == section
    assert row["ask"] == "{{Directory person|name=Wilhelmina Oakes|username=Curia (Example)}}"
    assert row["group"] == "Money"


def test_a_cadence_stands_by_itself_only_when_the_activity_does_not_say_it() -> None:
    assert not any("cadence" in row for row in rows(by_part(directory())["activity"]))
    found = directory()
    duty = found.duties[0]
    group = duty.role.groups[0]
    activity = replace(group.activities[0], cadence="weekly")
    role = replace(duty.role, groups=(replace(group, activities=(activity,)),))
    (row,) = rows(by_part(replace(found, duties=(replace(duty, role=role),)))["activity"])
    assert row["cadence"] == "weekly"


def test_catch_alls_are_left_out() -> None:
    more = {ROLES: PAGES[ROLES].replace("* Approve budgets", "* Other duties as assigned")}
    assert "Other duties as assigned" not in whom(directory(more))


def test_activities_of_one_group_stand_together_whatever_role_has_them() -> None:
    body = by_part(directory())["group"]
    said = re.findall(r"^\{\{Contacts (?:group\|name|row\|activity)=([^|}]*)", body, re.M)
    assert said == [
        "Accounts",
        "Onboarding of new colleagues",
        "Reset passwords",
        "Support for the VPN and for SSO",
        "Money",
        "Approve budgets",
        "Sign loan agreements, as needed",
        "Plan exhibitions",
        "Choose themes for the yearly programme",
        "Run retrospectives of living artists",
        "Set up screens and audio guides",
    ]


def test_without_groups_that_have_names_there_is_no_such_part() -> None:
    without = {ROLES: re.sub("\\| colspan.*\n", "|\n", PAGES[ROLES])}
    assert "group" not in by_part(directory(without))


def test_people_with_title_teams_and_roles() -> None:
    people = {
        plain(row["person"]): (row["title"], plain(row["team"]), plain(row.get("roles", "")))
        for row in rows(by_part(directory())["person"], "Contacts person")
    }
    assert list(people) == [
        "Ada Bytes",
        "Ines Paint",
        "Jörg Müller",
        "Tomás Zorro",
        "Wilhelmina Oakes",
        "רבקה לוי",
    ]
    assert people["Jörg Müller"] == (
        "Restaurator",
        "Conservation, IT Services",
        "Picture doctor, Network keeper",
    )
    assert people["Ines Paint"] == ("Conservator", "Conservation", "")


def test_a_card_for_each_team_also_for_one_without_people_or_contact() -> None:
    cards = {row["team"]: row for row in rows(by_part(directory())["team"], "Contact card")}
    assert list(cards) == ["Exhibitions", "Conservation", "IT Services", "Night Watch"]
    assert plain(cards["IT Services"]["people"]) == "Jörg Müller, Ada Bytes"
    assert cards["IT Services"]["contact"] == "Talk:Museum/IT"
    assert cards["Conservation"]["contact"] == HELP
    assert "people" not in cards["Night Watch"]


def test_in_the_language_of_the_wiki() -> None:
    headings = [part.heading for part in fitted(directory(language="de"))]
    assert headings == ["", "Nach Aufgabe", "Nach Aufgabengruppe", "Nach Person", "Nach Team"]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("apple", "A"),
        ("Äpfel", "A"),
        ("Ærø", "Æ"),
        ("ßharp", "S"),
        ("ﬁne", "F"),
        ("Школа", "Ш"),
        ("йога", "И"),
        ("ÉCOLE", "E"),
        ("3D", "0–9"),
        ("٣", "0–9"),
        ("日本", "日"),
        ("がっこう", "か"),
        ("שלום", "ש"),
        ("“quoted”", "#"),
        ("", "#"),
        ("🎨", "#"),
    ],
)
def test_the_letter_that_a_text_stands_under(text: str, stands: str) -> None:
    assert letter(text) == stands


def test_order_is_that_of_letters_without_accents() -> None:
    texts = ["zebra", "Äb", "ac", "Aa", "1 a", "-", "Ж", "école", "Eclair"]
    assert sorted(texts, key=place) == [
        *("-", "1 a", "Aa", "Äb", "ac", "Eclair", "école", "zebra", "Ж")
    ]


# --- when it is written -------------------------------------------------------------------------


def after(text: str, found: Directory | None = None) -> str:
    (change,) = changes(found or directory({PAGE: text}), [])
    assert not change.obstacle
    return apply_replacements(text, change.replacements)


def created() -> str:
    (change,) = changes(directory(), [])
    assert change.create
    return change.create


def test_a_second_run_is_quiet() -> None:
    assert changes(directory({PAGE: created()}), []) == []


def test_a_page_with_the_one_region_of_before_gets_all_parts_and_loses_no_text_of_people() -> None:
    region = wrap("contacts", "== By activity ==\nold")
    old = f"Ours: above.\n\n{region}\n\nOurs: below.\n"
    new = after(old)
    assert "old" not in new
    assert new.startswith("Ours: above.\n\n<!-- Wikibot region: task=contacts hash=")
    assert new.index("Ours: below.") < new.index("\n== By activity ==\n")
    regions, broken = read_regions(new)
    assert not broken
    assert [region.attributes.get("part") for region in regions] == [
        *(None, "activity", "group", "person", "team")
    ]
    assert changes(directory({PAGE: new}), []) == []


def test_what_people_write_between_the_parts_stays() -> None:
    ours = created().replace("\n== By person ==", "Ours.\n\n== By person ==")
    ours = ours.replace("== By team ==", "== Teams, and where they sit ==")
    roles = {ROLES: PAGES[ROLES].replace("Approve budgets", "Approve expenses")}
    new = after(ours, directory({PAGE: ours, **roles}))
    assert "Ours.\n\n== By person ==" in new
    assert "== Teams, and where they sit ==" in new
    assert "By team" not in new
    assert "Approve expenses" in new


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_page_is_held_back_while_a_template_is_missing(name: str) -> None:
    found = directory(facts=Facts(exists={f"Template:{name}": False}))
    (change,) = changes(found, [])
    assert change == Change(
        PAGE,
        "contacts",
        "whom to ask",
        obstacle=f"“Template:{name}” is not on the wiki; run wikibot templates install",
    )


def test_templates_have_the_prefix_of_the_wiki() -> None:
    config = {**CONFIG, "wiki": {**CONFIG["wiki"], "templates": "User:Guide bot/"}}
    body = by_part(directory(config=config))["activity"]
    assert "{{User:Guide bot/Contacts row|" in body
    assert "{{User:Guide bot/Directory person|" in body
    assert not re.search(r"\{\{(?!User:Guide bot/)", body)


# --- how much of it -----------------------------------------------------------------------------


def sizes(found: Directory) -> list[int]:
    """What MediaWiki would count of each extent of the page."""
    pen = Pen(load("en"), found.site, "Template:")
    return [sum(counted(p.body or "") for p in parts(found, pen, each)) for each in EXTENTS]


def note(found: tuple[PagePart, ...]) -> str:
    (head,) = rows(found[0].body or "", "Contacts head")
    return head.get("note", "")


def test_a_page_that_would_be_too_large_loses_its_looks_then_parts_and_says_so() -> None:
    found = directory()
    whole, light, without_groups, least = sizes(found)
    assert whole > light > without_groups > least

    everything = fitted(found, most=whole)
    assert "{{Directory person" in (everything[1].body or "")
    assert note(everything) == ""

    links = fitted(found, most=whole - 1)
    assert [part.key for part in links] == [part.key for part in everything]
    assert "{{Directory" not in "".join(part.body or "" for part in links)
    assert "<bdi>[[User:Curia (Example)|Wilhelmina Oakes]]</bdi>" in (links[1].body or "")
    assert note(links) == ""

    fewer = fitted(found, most=light - 1)
    assert [part.key[1] for part in fewer] == ["overview", "activity", "person", "team"]
    assert note(fewer).endswith("MediaWiki cannot show a page of that size: By group.")

    few = fitted(found, most=without_groups - 1)
    assert [part.key[1] for part in few] == ["overview", "activity", "team"]
    assert note(few).endswith("MediaWiki cannot show a page of that size: By group and By person.")

    assert fitted(found, most=least - 1) == ()


def test_a_department_that_fits_on_no_page_is_held_back() -> None:
    found = large(10, 500)
    duties = found.duties * 20
    (change,) = changes(replace(found, duties=duties), [])
    assert change.obstacle.startswith("it would be too large for MediaWiki to show")


def test_five_hundred_people_with_two_thousand_activities_fit() -> None:
    found = fitted(large(500, 2000))
    assert [p.key[1] for p in found] == ["overview", "activity", "group", "person", "team"]
