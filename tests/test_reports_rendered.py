"""Reports as readers of a real MediaWiki get them: hostile text, size, the form, reminders."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import orchard
from tests.hostile import HOSTILE
from tests.mediawiki import VERSIONS, MediaWiki, start
from tests.orchard import BASE, OnMediaWiki, day
from tests.rendered import Element, Rendered, assert_tables_and_labels_whole, tree
from wikibot import templates
from wikibot.config import parse
from wikibot.directory import Facts, join
from wikibot.model import Page, Site
from wikibot.period import parse as parse_period
from wikibot.readings import read, watched
from wikibot.reports.markup import TEMPLATES, counted
from wikibot.tasks import status_report

pytestmark = pytest.mark.own_wiki  # accounts, settings, and the clock of the wiki

ADA, BO, CY, DANA, ELI, FAY, GUS = orchard.PEOPLE
W47 = "2026-W47"
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module", params=VERSIONS)
def mediawiki_with_templates(request: pytest.FixtureRequest) -> Iterator[MediaWiki]:
    with start(request.param) as wiki:
        wiki.set_clock(orchard.BEGINNING)
        wiki.import_pages(templates.pages())
        wiki.let_the_bot_be_known()
        for name in orchard.PEOPLE:
            wiki.create_account(name)
        wiki.keep()
        yield wiki


@pytest.fixture
def department(mediawiki_with_templates: MediaWiki, tmp_path: Path) -> OnMediaWiki:
    """The department on a Friday, nothing but templates on the wiki."""
    mediawiki_with_templates.reset()
    department = OnMediaWiki(mediawiki_with_templates, tmp_path)
    department.now = FRIDAY
    return department


def reports(config: dict[str, Any], pages: Mapping[str, str]) -> dict[str, str]:
    """The pages that the bot would write if it found these on a wiki."""
    asked = parse({"wiki": {"folder": "x", "write_under": ["Orchard/"]}, **config})
    period = parse_period(W47)
    loaded = {
        title: Page(title, pages[title], number) if title in pages else Page(title)
        for number, title in enumerate(watched(asked, period), start=1)
    }
    directory = join(
        read(asked, Site(), loaded, period=period),
        config=asked,
        site=Site(),
        facts=Facts(),
        period=period,
        today=FRIDAY.date(),
        until=FRIDAY.date(),
    )
    return {change.title: change.create or "" for change in status_report.changes(directory, [])}


def published(wiki: MediaWiki, pages: Mapping[str, str]) -> None:
    """Save reports as the bot does; what is there then is what was sent."""
    for title, text in pages.items():
        wiki.edit(title, text, user=wiki.bot)
        assert wiki.text(title) == text.rstrip()


# --- hostile text --------------------------------------------------------------------------------

NO_ANCHORS = ('R&D "Kern" <b>', "a|b {x} [[y]]", "#1 *2", "__TOC__ ~~~~")  # in no link's target
ODD_TEAMS = (*NO_ANCHORS, "== x ==", "Ä’ö_ü ×")


def test_hostile_text_shows_as_text_and_does_nothing(department: OnMediaWiki) -> None:
    wiki = department.wiki
    pages: dict[str, str] = {}  # by the name of their team
    for number, text in enumerate(HOSTILE):
        pages[f"Free {number}"] = (
            f"== 2026-11-20 ==\n* Headline: {text}\n* Health: {text}\n* Done:\n** {text}\n"
            f"* Next: {text}\n* Blocked by:\n** {text}\n* Risks:\n** {text}\n"
        )
        fields = ("headline", "health", "done", "next", "blocked by", "blocking", "risks")
        said = "|".join(f"{name}={text}" for name in fields)
        pages[f"Call {number}"] = f"{{{{Status update|team=Call {number}|date=2026-11-20|{said}}}}}"
    for name in ODD_TEAMS:
        pages[name] = "== 2026-11-20 ==\n* Done: this\n* Blocked by: Free 0: something\n"
    titles = {name: f"Orchard/Page {number}" for number, name in enumerate(pages)}
    config = {
        "team": [
            {"name": name, "page": title, "updates": [title]} for name, title in titles.items()
        ],
        "report": {"base": BASE},
    }
    published(wiki, reports(config, {titles[name]: text for name, text in pages.items()}))

    week, month, index = (Rendered(wiki, t) for t in (f"{BASE}/{W47}", f"{BASE}/2026-11", BASE))
    for page in (week, month, index):
        assert_harmless(page)
    for text, shown in HOSTILE.items():
        assert (shown or text) in week.text, text
    rows, blockers = (len(pages), 3), (wiki.text(week.title) or "").count("{{Status blocker|")
    assert_tables_and_labels_whole(
        week, tables={f"Overview, {W47}": rows, f"Blockers, {W47}": (blockers, 3)}
    )
    assert_tables_and_labels_whole(
        month, tables={"Overview, 2026-11": rows, f"Blockers, {W47}": (blockers, 3)}
    )
    assert_tables_and_labels_whole(index, tables={f"Overview, {W47}": rows})
    first = ["What changed since 2026-W46", "Blockers"]
    assert week.headings == [*first, *pages, "What is missing from this report"]
    assert month.headings == ["Blockers", *pages]
    assert index.headings == ["2026"]
    linked = {anchor for title, anchor in index.links() if title == week.title and anchor}
    assert linked <= week.ids
    assert len(linked) == len(pages) - len(NO_ANCHORS)


def assert_harmless(page: Rendered) -> None:
    package = {f"Template:{name}" for name in TEMPLATES}
    assert set(page.templates) <= {*package, f"{BASE}/{W47}"}
    for kind in ("categories", "images", "langlinks", "externallinks"):
        assert page.data[kind] == [], kind
    tags = {element.tag for element in page.html} - {"root"}
    assert tags <= set("div p h2 span a ul li b table caption tbody tr th td br bdi".split()), tags


# --- size ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("teams", "weeks", "periods"),
    [(200, 8, (W47, "FY2026-27 Q2")), (500, 1, (W47,))],
)
def test_large_reports_stay_inside_the_limits(
    department: OnMediaWiki, teams: int, weeks: int, periods: tuple[str, ...]
) -> None:
    wiki = department.wiki
    titles = [*(f"{BASE}/{period}" for period in periods), BASE]
    made = _large(teams, weeks)
    published(wiki, {title: made[title] for title in titles})
    for title in titles:
        page = Rendered(wiki, title)
        assert all(page.templates.values())
        overview = page.html.all("table")[0]
        assert len(overview.all("tr")) == teams + 1
        limits = page.limits()
        for what in (
            "limitreport-postexpandincludesize",
            "limitreport-templateargumentsize",
            "limitreport-ppvisitednodes",
            "limitreport-expansiondepth",
        ):
            used, most = limits[what]
            assert 0 < used < most * 0.9, (title, what, used, most)
        if title != BASE:
            expected = sum(counted(body) for body in orchard.parts(made[title]).values())
            used, _ = limits["limitreport-postexpandincludesize"]
            assert 0.9 * expected < used < 1.03 * expected, (title, used, expected)
            assert "of week 0 is" in page.text  # what teams said is not left out


@cache
def _large(teams: int, weeks: int) -> Mapping[str, str]:
    pages = {f"Orchard/Row {number}": _updates(number, teams, weeks) for number in range(teams)}
    config = {
        "team": [
            {"name": f"Row {number}", "page": title, "updates": [title]}
            for number, title in enumerate(pages)
        ],
        "report": {"base": BASE},
    }
    return reports(config, pages)


def _updates(team: int, teams: int, weeks: int) -> str:
    """A page of a team that has much to say and waits for its neighbour."""
    other = f"Row {(team + 1) % teams}"
    healths = ("on track", "at risk", "off track", "done", "nobody knows")
    return "\n".join(
        orchard.update(
            f"Row {team}",
            (FRIDAY - timedelta(weeks=week)).date().isoformat(),
            healths[(team + week) % 5],
            f"What row {team} has done in week {week}, in [[Orchard/Row {team}|one line]]",
            done=[
                f"Tree {number} of week {week} is [[Orchard/Tree|pruned]]" for number in range(5)
            ],
            next=[f"Tree {tree} is watered" for tree in range(3)],
            blocked_by=[f"{other}: the ladder, the long one, for tree {team}", "The weather"],
            risks=["Rain, and what comes with it"],
        )
        for week in range(weeks)
    )


# --- the form ------------------------------------------------------------------------------------


def test_two_clicks_make_an_update_that_the_bot_reads(department: OnMediaWiki) -> None:
    title = "Orchard/Apples/Updates"
    department.write(title, "{{Status update/form|team=Apples}}\n", by=DANA)
    reader, url = department.wiki.browser(ADA), department.wiki.url
    page = tree(reader.get(f"{url}/index.php/{title}", timeout=60).text)
    address, fields = form_with(page, "preloadparams[]")
    assert fields["preloadparams[]"] == "Apples"
    first = reader.get(url + address, params=fields, timeout=60)  # the button
    address, fields = form_with(tree(first.text), "wpTextbox1")
    assert fields["wpTextbox1"].startswith("{{Status update\n| team = Apples\n| date = {{")
    fields["wpTextbox1"] = fields["wpTextbox1"].replace("| done =\n* ", "| done =\n* Picked all")
    reader.post(url + address, fields, timeout=60).raise_for_status()  # “Save page”

    text = department.text(title)
    assert f"\n== {W47} ==\n" in text
    assert "| date = 2026-11-20\n" in text
    assert department.wiki.history(title)[0].user == ADA
    reported = orchard.run(department)
    assert reported.code == 0, reported.said
    apples = orchard.team(reported[W47], "Apples")
    assert (apples["kind"], apples["done"]) == ("on-track", "* Picked all")
    assert "next" not in apples


def form_with(page: Element, field: str) -> tuple[str, dict[str, str]]:
    """The form that has a field: where it is sent, and what with by its first button."""
    form = next(
        form
        for form in page.all("form")
        if any(element.attributes.get("name") == field for element in form)
    )
    fields: dict[str, str] = {}
    pressed = False
    for element in form.all("input", "textarea"):
        kind = element.attributes.get("type", "text")
        name = element.attributes.get("name")
        if not name or (kind == "checkbox" and "checked" not in element.attributes):
            continue
        if kind == "submit" and pressed:
            continue
        pressed = pressed or kind == "submit"
        content = "".join(part for part in element.content if isinstance(part, str))
        fields[name] = content if element.tag == "textarea" else element.attributes.get("value", "")
    return form.attributes.get("action", ""), fields


# --- reminders -----------------------------------------------------------------------------------

APPLES, FAYS, ELIS = "Talk:Orchard/Apples", f"User talk:{FAY}", f"User talk:{ELI}"
WITH_ECHO = {"1.43"}  # Debian 12 has MediaWiki 1.39 without that extension


def test_whoever_is_reminded_is_notified_once(department: OnMediaWiki) -> None:
    wiki = department.wiki
    if wiki.version in WITH_ECHO:
        wiki.load_extension("Echo")
    config = orchard.CONFIG.replace('["Orchard/"]', '["Orchard/", "Talk:", "User talk:"]')
    config = config.replace("[report]\n", "[report]\nreminder_days = 2\n")
    for team, more in (
        ("Apples", f'reminder = "{APPLES}"\nnotify = ["{ADA}", "{BO}"]'),
        ("Bees", f'reminder = "{FAYS}"'),
        ("Wells", f'reminder = "{ELIS}"'),
    ):
        config = config.replace(f'name = "{team}"\n', f'name = "{team}"\n{more}\n')
    department = OnMediaWiki(wiki, department.config.parent, config=config)
    day(department, "2026-11-17 12:00")
    for blocked in (BO, FAY):
        wiki.block(blocked)
    department.write(APPLES, "== Ladders ==\nWhere are they?", by=CY)

    assert reminded(department) == {}  # too early
    day(department, "2026-11-18 12:00")
    assert reminded(department) == {APPLES: "changed", ELIS: "changed"}
    text = department.text(APPLES)
    assert text.startswith("== Ladders ==\nWhere are they?\n\n== Status update of Apples for ")
    assert f"[[User:{ADA}|{ADA}]]: There is no update of Apples for {W47} yet." in text
    assert BO not in text
    assert "~~~" not in text
    assert text.endswith(f"[[User talk:{wiki.bot}|talk]]) 12:00, 18 November 2026 (UTC)")

    assert reminded(department) == {}
    if wiki.version in WITH_ECHO:
        assert notifications(wiki, ADA) == ["mention"]
        assert notifications(wiki, ELI) == ["edit-user-talk"]
        assert notifications(wiki, BO) == notifications(wiki, FAY) == []

    # the note is taken away
    department.write(APPLES, "== Ladders ==\nWhere are they?", by=CY)
    wiki.delete(ELIS)
    day(department, "2026-11-19 12:00")
    assert reminded(department) == {}
    assert [revision.user for revision in wiki.history(APPLES)] == [CY, wiki.bot, CY]
    day(department, "2026-11-25 12:00")  # of the next week
    assert reminded(department) == {APPLES: "changed", ELIS: "changed"}


def reminded(department: OnMediaWiki) -> dict[str, str]:
    result = department.wikibot("run", "reminder", "--format", "json")
    assert result.exit_code == 0, result.output
    return {each["title"]: each["kind"] for each in json.loads(result.stdout)["outcomes"]}


def notifications(wiki: MediaWiki, user: str) -> list[str]:
    """The kinds of notifications that an account has of what the bot did."""
    wiki.run_jobs()
    found = wiki.call(user, action="query", meta="notifications", notlimit="50")
    listed = found["query"]["notifications"]["list"]
    return [each["type"] for each in listed if each["agent"]["name"] == wiki.bot]
