"""What the pages of a configuration say, and link to, as the rules see it."""

from dataclasses import replace

import pytest

from wikibot import readings
from wikibot.config import parse
from wikibot.model import Page, Site
from wikibot.period import parse as parse_period
from wikibot.readings import Readings, read, watched

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


def test_weeks_without_a_year_are_those_near_the_week_that_is_reported_on() -> None:
    config = parse(
        {
            "wiki": {"folder": "w"},
            "team": [{"name": "One", "page": "One", "updates": ["Up"]}],
            "report": {"base": "Status"},
        }
    )
    written = Page("Up", "== Week 47 ==\n* a\n== Week 46 ==\n* b\n", 1)

    def days(week: str) -> list[str]:
        period = parse_period(week)
        pages = {title: Page(title, "", None) for title in watched(config, period)}
        found = read(config, Site(), pages | {"Up": written}, period=period)
        return [str(each.date) for some in found.updates_on.values() for each in some]

    assert days("2026-W47") == ["2026-11-16", "2026-11-09"]
    assert days("2025-W47") == ["2025-11-17", "2025-11-10"]


# --- reading again ------------------------------------------------------------------------------

# One page is two teams', with a section for each; another has days in its title.
DEPARTMENT = parse(
    {
        "wiki": {"folder": "w"},
        "team": [
            {"name": "A", "page": "Teams", "roster": {"section": "A"}, "updates": ["Up/{date}"]},
            {"name": "B", "page": "Teams", "roster": {"section": "B"}, "updates": ["Up/B"]},
        ],
        "staff": [{"page": "Staff"}],
        "roles": [{"page": "Roles"}],
        "contacts": {"page": "Contacts"},
        "report": {"base": "Status"},
    }
)
REPORTED = "{{Status report team|team=A|date=2026-11-13|health=on track|done=* Docks}}\n"
TEXTS = {
    "Teams": "[[Help]]\n== A ==\n* Ana Ruiz, Chair\n== B ==\n* Bo Li, Editor\n",
    "Staff": "* Ana Ruiz, Chair\n* Bo Li, Editor\n",
    "Roles": "== Lead ==\n{|\n! Activity !! Ana Ruiz\n|-\n|\n* Plan\n|}\n",
    "Up/2026-11-18": "{{Status update|team=A|date=2026-11-18|done=* Locks}}\n",
    "Up/B": "{{Status update|team=B|date=2026-11-19|done=* Keys}}\n",
    "Contacts": "<!-- Wikibot region: task=contacts -->x<!-- Wikibot region end -->\n",
    "Status/2026-W46": REPORTED,
    "Status/2026-W47": REPORTED,
}


def department(*changed: Page) -> dict[str, Page]:
    """The pages, those that are given in the place of what they were."""
    pages = {title: Page(title) for title in watched(DEPARTMENT, WEEK)}
    pages |= {title: Page(title, text, 1) for title, text in TEXTS.items()}
    return pages | {page.title: page for page in changed}


def _must_not_be_asked(*_: object, **__: object) -> None:
    raise AssertionError


def test_a_page_with_the_same_text_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(DEPARTMENT, Site(), department(), period=WEEK)
    for reader in ("roster", "roles", "updates", "goals", "links", "regions", "recorded"):
        monkeypatch.setattr(readings, f"read_{reader}", _must_not_be_asked)
    saved = {title: replace(page, revision=2) for title, page in department().items()}
    again = read(DEPARTMENT, Site(), saved, period=WEEK, earlier=first)
    assert again == replace(first, pages=saved)


@pytest.mark.parametrize(
    "page",
    [
        Page("Teams", TEXTS["Teams"].replace("Ana Ruiz", "Cy Fox"), 2),
        Page("Teams", TEXTS["Teams"], 2, redirect=True),
        Page("Staff", "* Ana Ruiz, Boss\n", 2),
        Page("Roles", TEXTS["Roles"].replace("Plan", "Pay"), 2),
        Page("Roles"),
        Page("Up/2026-11-18", TEXTS["Up/2026-11-18"] * 2, 2),
        Page("Up/2026-11-17", TEXTS["Up/2026-11-18"], 1),
        Page("Up/B", TEXTS["Up/B"], 2, model="json"),
        Page("Contacts", TEXTS["Contacts"].replace("x", "<!-- Wikibot region: task=x -->"), 2),
        Page("Status/2026-W46", TEXTS["Status/2026-W46"].replace("Docks", "Dams"), 2),
        Page("Status/2026-W45", REPORTED.replace("-13", "-06"), 2),
        Page("Elsewhere", "== A section that is linked to ==", 1),
    ],
    ids=lambda page: page.title,
)
def test_reading_again_says_what_reading_anew_does(page: Page) -> None:
    first = read(DEPARTMENT, Site(), department(), period=WEEK)
    changed = department(page)
    anew = read(DEPARTMENT, Site(), changed, period=WEEK)
    assert read(DEPARTMENT, Site(), changed, period=WEEK, earlier=first) == anew
    assert _without_pages(anew) != _without_pages(first)
    back = read(DEPARTMENT, Site(), department(), period=WEEK, earlier=anew)
    assert back == first


def _without_pages(found: Readings) -> Readings:
    return replace(found, pages={})


def test_pages_that_only_links_lead_to_are_read_when_all_are() -> None:
    first = read(DEPARTMENT, Site(), department(), period=WEEK)
    more = first.with_pages({"Elsewhere": Page("Elsewhere", TEXTS["Contacts"], 1)})
    again = read(DEPARTMENT, Site(), more.pages, period=WEEK, earlier=more)
    assert again == read(DEPARTMENT, Site(), more.pages, period=WEEK)


def test_reports_are_read_that_of_the_week_itself_too() -> None:
    found = read(DEPARTMENT, Site(), department(), period=WEEK)
    assert [str(week) for week in found.reported] == ["2026-W46", "2026-W47"]
