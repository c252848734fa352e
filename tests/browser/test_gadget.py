"""The search box of the contacts page, in a browser, as an installed gadget of a real MediaWiki."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Browser
from tests.mediawiki import MediaWiki
from tests.museum import DATA, HELP, PAGE, PAGES, ROLES, directory
from wikibot import templates
from wikibot.tasks import contacts
from wikibot.tasks.contacts_page import TEMPLATES

pytestmark = pytest.mark.own_wiki  # an extension, pages of the interface

ROOT = Path(__file__).parent.parent.parent
GADGET = ROOT / "templates_wikitext" / "gadget" / "Gadget-wikibot-contacts.js"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenaufbewahrungsordnung"
KNOWN = {
    "wikibot directory": 1,
    "teams": [{"name": "IT Services", "aliases": ["Computer room"], "page": "Museum/IT"}],
    "people": [
        {
            "key": "Curia (Example)",
            "name": "Wilhelmina Oakes",
            "username": "Curia (Example)",
            "title": "Head Curator",
            "aliases": ["Billie Oakes"],
        }
    ],
    "roles": [],
}


def definition() -> str:
    """The line that docs/contacts.md gives for MediaWiki:Gadgets-definition."""
    text = (ROOT / "docs" / "contacts.md").read_text("utf-8")
    (line,) = (line for line in text.splitlines() if line.startswith("* wikibot-contacts["))
    return line


@pytest.fixture(scope="module")
def museum(mediawiki_server: MediaWiki) -> MediaWiki:
    """A wiki with the contacts page of the museum, and the gadget for everybody.

    The tests look at it; what one changes, it changes back.
    """
    wiki = mediawiki_server
    wiki.reset()
    wiki.load_extension("Gadgets")
    package = templates.pages()
    found = directory({ROLES: PAGES[ROLES].replace("* Order postcards", f"* {LONG}")})
    (change,) = contacts.changes(found, [])
    wiki.import_pages(
        {
            **{f"Template:{name}": package[f"Template:{name}"] for name in TEMPLATES},
            PAGE: change.create or "",
        }
    )
    wiki.edit("MediaWiki:Gadget-wikibot-contacts.js", GADGET.read_text("utf-8"))
    wiki.edit("MediaWiki:Gadgets-definition", definition())
    return wiki


@pytest.fixture
def other_names(museum: MediaWiki) -> Iterator[None]:
    """The directory, which knows more names than the page shows."""
    museum.edit(DATA, json.dumps(KNOWN))
    yield
    museum.delete(DATA)


def address(wiki: MediaWiki, **fields: str) -> str:
    more = "".join(f"&{key}={value}" for key, value in fields.items())
    return f"{wiki.url}/index.php?title={PAGE.replace(' ', '_')}{more}"


def lines(page: Page, caption: str) -> list[str]:
    """The activities, or people, that a table shows."""
    table = page.locator(f'table:has(caption:text-is("{caption}"))')
    heads = table.locator("th[scope=row]:visible")
    return [head.locator("bdi").first.inner_text() for head in heads.all()]


def letters(page: Page) -> list[str]:
    table = page.locator('table:has(caption:text-is("By activity"))')
    return [head.inner_text() for head in table.locator("th[scope=rowgroup]:visible").all()]


@pytest.mark.usefixtures("other_names")
def test_the_page_is_filtered_as_one_types(museum: MediaWiki, browser: Browser) -> None:
    with browser.window(museum.url, width=1000) as page:
        errors: list[object] = []
        page.on("pageerror", lambda error: errors.append(error))
        with page.expect_response(lambda answer: "action=query" in answer.url):
            page.goto(address(museum))
        box = page.get_by_label("Search this page")
        status = page.locator("[aria-live=polite]", has_text="found")

        box.press_sequentially("budgets app")  # in any order, not yet whole
        assert lines(page, "By activity") == ["Approve budgets"]
        assert lines(page, "By group") == ["Approve budgets"]
        assert letters(page) == ["A"]
        assert page.locator('table:has(caption:text-is("By person"))').is_hidden()
        expect(status).to_have_text("Lines found: 2")

        box.press("Escape")
        assert box.input_value() == ""
        assert len(lines(page, "By activity")) == 20
        assert len(letters(page)) == 14
        assert page.locator("[aria-live=polite]").last.inner_text() == ""

        for typed, activity in {
            "UBERPRUFUNG": "Überprüfung der Rahmen",  # neither case nor accents
            "sso": "Support for the VPN and for SSO",
            "ЭКСКУРСИИ": "Школьные экскурсии",
            "retrospektives": "Run retrospectives of living artists",  # another letter
            "retrospetcives": "Run retrospectives of living artists",  # swapped
            "passwrd": "Reset passwords",  # missing
            "curia": "Approve budgets",  # the username
            "billie budgets": "Approve budgets",  # an alias
            "computer room vpn": "Support for the VPN and for SSO",  # a team's other name
        }.items():
            box.fill(typed)
            assert activity in lines(page, "By activity"), typed
            assert len(lines(page, "By activity")) < 6, typed
        box.fill("tomas")
        assert lines(page, "By person") == ["Tomás Zorro"]
        assert page.locator(".wikibot-contact:visible").count() == 1

        box.fill("quantum chromodynamics")
        expect(status).to_have_text("Nothing found. Try fewer letters, or other words.")
        assert lines(page, "By activity") == []
        assert not errors


def test_without_the_directory_the_words_of_the_page_are_found(
    museum: MediaWiki, browser: Browser
) -> None:
    with browser.window(museum.url, width=1000) as page:
        errors: list[object] = []
        page.on("pageerror", lambda error: errors.append(error))
        with page.expect_response(lambda answer: "action=query" in answer.url):
            page.goto(address(museum))
        box = page.get_by_label("Search this page")
        box.fill("budgets")
        assert lines(page, "By activity") == ["Approve budgets"]
        box.fill("curia")
        assert lines(page, "By activity") == []
        assert not errors


def test_nothing_on_the_page_is_wider_than_a_phone(museum: MediaWiki, browser: Browser) -> None:
    with browser.window(museum.url, width=360) as page:
        for skin in ("minerva", "monobook", "timeless"):  # those for phones
            page.goto(address(museum, useskin=skin))
            expect(page.get_by_label("Search this page")).to_be_visible()
            assert page.locator("table.wikibot-contacts-table").count() == 3
            ours = ".wikibot-contacts, .wikibot-contacts *, .wikibot-contact, .wikibot-contact *"
            tables = ".wikibot-contacts-table, .wikibot-contacts-table *"
            wide = page.evaluate(
                """ours => Array.from( document.querySelectorAll( ours ) ).filter( e =>
                    getComputedStyle( e ).overflowX === 'auto' && e.scrollWidth > e.clientWidth ||
                    e.getBoundingClientRect().right > window.innerWidth
                ).map( e => e.outerHTML.slice( 0, 200 ) )""",
                f"{ours}, {tables}",
            )
            assert wide == [], skin
            word = page.get_by_role("columnheader", name="Role").first
            assert word.evaluate("e => e.getClientRects().length") == 1
            assert word.evaluate("e => e.offsetWidth") > 70, skin  # no word is cut in pieces


def test_a_letter_leads_to_its_activities_by_keyboard(museum: MediaWiki, browser: Browser) -> None:
    with browser.window(museum.url, width=1000) as page:
        page.goto(address(museum))
        link = page.get_by_role("navigation", name="Activities by letter").get_by_role(
            "link", name="Ш"
        )
        link.focus()
        link.press("Enter")
        expect(page.get_by_text("Школьные экскурсии")).to_be_in_viewport()
        assert page.evaluate("document.querySelector(':target').innerText") == "Ш"
        assert HELP in page.locator(".wikibot-contacts").inner_text()
