"""The contacts page as readers of a real MediaWiki get it: links, tables, hostile text, size."""

from dataclasses import replace

import pytest

from tests.mediawiki import MediaWiki
from tests.museum import CONFIG, HELP, PAGE, PAGES, directory, large
from tests.rendered import Element, Rendered, rows_of
from tests.test_reports_rendered import HOSTILE
from wikibot import templates
from wikibot.config import RolesTable
from wikibot.directory import Directory
from wikibot.duties import Duty, Holding
from wikibot.members import Entry, Member, MemberIndex
from wikibot.messages import load
from wikibot.model import Activity, ActivityGroup, Holder, Part, Person, Role, Span
from wikibot.reports.markup import Pen
from wikibot.tasks.contacts import EXTENTS, changes
from wikibot.tasks.contacts_page import TEMPLATES, counted, parts

SPAN = Span(0, 0)
# The first one is that of the table of contents, which MediaWiki puts there itself
HEADINGS = ["Contents", "By activity", "By group", "By person", "By team"]
TAGS = set("div p h2 span a ul li b table caption tbody tr th td bdi br input label".split())


def published(wiki: MediaWiki, found: Directory) -> Rendered:
    """The page as it is after the bot has saved it; what is there then is what was sent."""
    package = templates.pages()
    wiki.import_pages({f"Template:{name}": package[f"Template:{name}"] for name in TEMPLATES})
    (change,) = changes(found, [])
    assert change.create
    wiki.edit(PAGE, change.create, user=wiki.bot)
    assert wiki.text(PAGE) == change.create.rstrip()
    return Rendered(wiki, PAGE)


def tables(page: Rendered) -> dict[str, list[list[Element]]]:
    """The rows of each table by its caption, once it is sure that the table is whole."""
    found = {}
    for table in page.html.all("table"):
        (caption,) = table.all("caption")
        head, *rows = rows_of(table)
        assert [(cell.tag, cell.attributes.get("scope")) for cell in head] == [("th", "col")] * 3
        for first, *rest in rows:
            assert first.tag == "th"
            if rest:
                assert first.attributes["scope"] == "row"
                assert [cell.tag for cell in rest] == ["td", "td"]
            else:
                assert (first.attributes["scope"], first.attributes["colspan"]) == ("rowgroup", "3")
        outside = {each.tag for each in table.content if isinstance(each, Element)}
        assert outside <= {"caption", "tbody"}
        assert {"wikitable", "wikibot-contacts-table"} <= set(table.classes)
        assert table.style("word-break") == "break-word"
        found[caption.text] = rows
    return found


def test_readers_find_whom_to_ask(mediawiki: MediaWiki) -> None:
    mediawiki.import_pages(PAGES)
    page = published(mediawiki, directory())
    assert all(page.templates.values())
    assert page.headings == HEADINGS
    by_activity = tables(page)["By activity"]
    lines = {cell.all("bdi")[0].text: rest for cell, *rest in by_activity}

    role, ask = lines["Approve budgets"]
    assert (role.text, ask.text) == ("Head of shows", "Wilhelmina Oakes")
    assert (role.all("a")[0].attributes["href"]) == "/index.php/Museum/Roles#Head_of_shows"
    assert "User:Curia_(Example)" in ask.all("a")[0].attributes["href"]
    assert lines["Order postcards"][1].text == f"nobody at present; {HELP}"
    assert [e.text for e in lines["Школьные экскурсии"][1].all("bdi")] == ["רבקה לוי"]

    # each link to a letter leads to its row; a list of links is reached by the keyboard
    (letters,) = (e for e in page.html if "wikibot-contacts-letters" in e.classes)
    assert letters.attributes["role"] == "navigation"
    assert letters.attributes["aria-label"] == "Activities by letter"
    anchors = {link.attributes["href"][1:]: link.text for link in letters.all("a")}
    row_ids = [
        row.attributes["id"]
        for row in page.html.all("tr")
        if "wikibot-contacts-group" in row.classes and "id" in row.attributes
    ]
    assert list(anchors) == row_ids
    assert anchors["contacts-digits"] == "0–9"
    assert len(set(row_ids)) == len(row_ids) == 14

    cards = [element.text for element in page.html if "wikibot-contact" in element.classes]
    assert cards == [
        "Exhibitions Ask on: Talk:Museum/Exhibitions "
        "People: Wilhelmina Oakes, Tomás Zorro, רבקה לוי",
        f"Conservation Ask on: {HELP} People: Jörg Müller, Ines Paint",
        "IT Services Ask on: Talk:Museum/IT People: Jörg Müller, Ada Bytes",
        f"Night Watch Ask on: {HELP} Nobody is on the roster.",
    ]


# --- hostile text -------------------------------------------------------------------------------


def hostile() -> Directory:
    """A museum in which everything is called like markup."""
    texts = list(HOSTILE)
    teams = [{"name": text, "page": f"Museum/Team {number}"} for number, text in enumerate(texts)]
    found = directory(config={**CONFIG, "team": teams, "people": {}})
    table = RolesTable(page="Museum/Roles")
    members, duties = [], []
    for number, text in enumerate(texts):
        part = Part(text, SPAN)
        person = Person(part, None, part, text, 1, SPAN)
        username = text if number % 2 else ""
        entry = Entry(f"Museum/Team {number}", text, person)
        member = Member(text, username, frozenset(), text, text, (), (entry,))
        members.append(member)
        activities = (Activity(part, text, 1), Activity(Part(f"{text} x", SPAN), text, 1))
        holder = Holder(part)
        role = Role(part, (holder,), (ActivityGroup(part, activities, 1),), text, 1, SPAN)
        known = Holding(holder, "person", (member,))
        duties += [
            Duty("Museum/Roles", table, role, (known,)),
            Duty("Museum/Roles", table, role, (Holding(holder, "unknown"),)),
        ]
    return replace(found, people=MemberIndex(members), duties=tuple(duties))


@pytest.mark.parametrize("extent", [EXTENTS[0], EXTENTS[1]], ids=["templates", "links"])
def test_hostile_text_shows_as_text_and_does_nothing(
    mediawiki: MediaWiki, monkeypatch: pytest.MonkeyPatch, extent: object
) -> None:
    monkeypatch.setattr("wikibot.tasks.contacts.EXTENTS", (extent,))
    page = published(mediawiki, hostile())
    assert set(page.templates) == {
        f"Template:{name}"
        for name in TEMPLATES
        if extent == EXTENTS[0] or not name.startswith("Directory")
    }
    for kind in ("categories", "images", "langlinks", "externallinks"):
        assert page.data[kind] == [], kind
    tags = {element.tag for element in page.html} - {"root"}
    assert tags <= TAGS, tags
    assert page.headings == HEADINGS
    found = tables(page)
    shown = {" ".join(text.split()) for text in HOSTILE}
    names = [cells[0].all("bdi")[0].text for cells in found["By activity"] if len(cells) > 1]
    assert len(names) == 4 * len(HOSTILE)
    assert {name.removesuffix(" x") for name in names} == shown
    roles = {cells[1].text for cells in found["By activity"] if len(cells) > 1}
    asked = {cells[2].text for cells in found["By activity"] if len(cells) > 1}
    assert roles == shown
    assert asked == shown | {f"{text}; {HELP}" for text in shown}
    groups = {cells[0].text for cells in found["By group"] if len(cells) == 1}
    assert groups == shown
    people = [[cell.text for cell in cells] for cells in found["By person"]]
    for first, *_ in found["By person"]:
        name, title = first.all("bdi")
        assert name.text == title.text
    assert {team for _, team, _ in people} == {role for _, _, role in people} == shown
    cards = [element.text for element in page.html if "wikibot-contact" in element.classes]
    assert set(cards) == {f"{text} Ask on: {HELP} People: {text}" for text in shown}


# --- size ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "activities"), [(60, 300), (300, 1500)])
def test_a_large_page_stays_inside_the_limits_and_is_counted_right(
    mediawiki: MediaWiki, people: int, activities: int
) -> None:
    found = large(people, activities)
    page = published(mediawiki, found)
    assert page.headings == HEADINGS
    assert len(page.html.all("tr")) > 2 * activities + people
    limits = page.limits()
    for what in (
        "limitreport-postexpandincludesize",
        "limitreport-templateargumentsize",
        "limitreport-ppvisitednodes",
        "limitreport-expansiondepth",
    ):
        used, most = limits[what]
        assert 0 < used < most * 0.9, (what, used, most)
    pen = Pen(load("en"), found.site, "Template:")
    extent = EXTENTS[0] if people < 100 else EXTENTS[1]
    assert ("{{Directory person" in (mediawiki.text(PAGE) or "")) == extent.styled
    expected = sum(counted(part.body or "") for part in parts(found, pen, extent))
    used, _ = limits["limitreport-postexpandincludesize"]
    assert 0.95 * expected < used < 1.03 * expected
