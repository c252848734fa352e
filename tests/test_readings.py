"""What the pages of a configuration say, and link to, as the rules see it."""

import pytest

from wikibot.config import parse
from wikibot.model import Page, Site
from wikibot.period import parse as parse_period
from wikibot.readings import read

WEEK = parse_period("2026-W47")
CONFIG = parse({"wiki": {"folder": "w"}, "team": [{"name": "One", "page": "One"}]})
GERMAN = Site(
    language="de",
    user_prefixes=frozenset({"user", "benutzer"}),
    talk_prefixes=frozenset({"talk", "diskussion", "benutzer diskussion"}),
    special_prefixes=frozenset({"special", "spezial"}),
    namespaces=Site().namespaces | {"benutzer", "diskussion", "benutzer diskussion", "spezial"},
)


def targets(text: str, site: Site) -> frozenset[str]:
    return read(CONFIG, site, {"One": Page("One", text, 1)}, period=WEEK).link_targets()


@pytest.mark.parametrize("link", ["Talk:One", "User talk:Ola", "Special:RecentChanges", "User:Ola"])
def test_talk_user_and_special_pages_need_not_be_there(link: str) -> None:
    assert targets(f"[[{link}]]", Site()) == frozenset()


@pytest.mark.parametrize(
    "link", ["Diskussion:One", "Benutzer Diskussion:Ola", "Spezial:Letzte Änderungen", "Talk:One"]
)
def test_nor_those_that_a_wiki_calls_by_names_of_its_own(link: str) -> None:
    assert targets(f"[[{link}]]", GERMAN) == frozenset()


def test_a_page_whose_name_only_sounds_like_talk() -> None:
    assert targets("[[Small talk: an introduction]]", Site()) == {"Small talk: an introduction"}


def test_links_to_subpages() -> None:
    assert targets("[[/Checklists/]] [[/Plans|our plans]]", Site()) == {
        "One/Checklists",
        "One/Plans",
    }


def test_templates_that_show_a_user_can_be_configured() -> None:
    text = "* {{Staff member|Ana}}, Chair\n* {{staff_member|Bo}}, Editor\n* {{u|Cy}}, Editor\n"
    table = {"folder": "w", "user_templates": ["Staff member"]}
    config = parse({"wiki": table, "team": [{"name": "One", "page": "One"}]})
    site = config.on(Site())
    found = read(config, site, {"One": Page("One", text, 1)}, period=WEEK)
    people = found.rosters[0].roster.people
    assert [p.username.text for p in people if p.username] == ["Ana", "Bo", "Cy"]
