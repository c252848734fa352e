"""The directory on a real MediaWiki: the bytes that are stored, and what templates show of it."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.directories import CONFIG, PAGES, TITLE, directory_of, large, questions
from tests.mediawiki import VERSIONS, MediaWiki, start
from tests.orchard import OnMediaWiki
from tests.rendered import Element, Rendered, rows_of
from wikibot import templates
from wikibot.directory_page import as_data, as_text
from wikibot.directory_wikitext import pages as plain_pages
from wikibot.messages import load

pytestmark = pytest.mark.own_wiki  # settings, jobs

PLAIN = "Template:Plain/"
BASE = TITLE.removesuffix(".json")
SETUP = """
[wiki]
{wiki}
write_under = ["Quarry/"]

[[team]]
name = "Slate"
page = "Quarry/Slate"
contact = "Talk:Quarry/Slate"

[[roles]]
page = "Quarry/Roles"
teams = ["Slate"]

[contacts]
directory = "Quarry/directory.json"
fallback = "Talk:Quarry"

[limits]
put_throttle = 0
"""


@pytest.fixture(scope="module", params=VERSIONS)
def wiki_with_queries(request: pytest.FixtureRequest) -> Iterator[MediaWiki]:
    """A wiki with the package, and with its forms for a wiki without Lua under another prefix."""
    with start(request.param) as wiki:
        with_lua = templates.pages(directory=TITLE)
        without = templates.pages(PLAIN, directory=TITLE, scribunto=False)
        for title, text in (with_lua | without).items():
            if "Status" not in title and "/doc" not in title.removeprefix("Module:"):
                wiki.edit(title, text)
        wiki.keep()
        yield wiki


@pytest.fixture
def department(wiki_with_queries: MediaWiki, tmp_path: Path) -> OnMediaWiki:
    wiki_with_queries.reset()
    department = OnMediaWiki(wiki_with_queries, tmp_path, config=SETUP)
    department.now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return department


def publish(wiki: MediaWiki, data: Mapping[str, Any], title: str = TITLE) -> None:
    """Save the directory as the bot does; what is there then is what was sent."""
    text = as_text(data)
    model = {} if wiki.text(title) else {"contentmodel": "json"}
    wiki.edit(title, text, user=wiki.bot, **model)
    assert wiki.text(title) == text


def asked(wiki: MediaWiki, *questions: str, title: str = "Asking") -> list[Element]:
    """What readers of a page get for each question."""
    wiki.edit(title, "\n".join(f"<div>\n{question}\n</div>" for question in questions))
    page = Rendered(wiki, title)
    assert {name for name, there in page.templates.items() if not there} <= {"Nowhere.json"}
    (whole,) = [element for element in page.html if "mw-parser-output" in element.classes]
    return [e for e in whole.content if isinstance(e, Element) and e.tag == "div"]


def texts(wiki: MediaWiki, *questions: str) -> list[str]:
    return [answer.text for answer in asked(wiki, *questions)]


# --- the bytes -----------------------------------------------------------------------------------

NASTY = (
    *("<", ">", "&", '"', "'", "/", "\\", "</script>", "&amp;", "&lt;b&gt;", "\\u003C", "\\n"),
    *("\u2028", "\u2029", "a\u2028b", "\u200b", "\u200e\u200f", "\ufeff", "\ufffd", "\x7f", "\xad"),
    *("é", "<\u034f\u0327", "👩‍💻", "שרה", "管理者", "\ue000", "\U000f0000", "٣", "ﬁ", "½"),
    *("[[x]]", "{{x}}", "{|", "|}", "~~~~", "~~~~~", "<nowiki>", "<!-- x -->", "__TOC__", "-{x}-"),
    *("    four blanks", "a    b", "x ", "{}", "[]", "null", "true", "1", "1.0", "1e9", "0x1"),
    *("{{subst:x}}", "<pre>", "#REDIRECT [[x]]", 'key": "value', "//", "/* x */", "\t", ""),
)


def test_a_page_of_json_is_stored_as_it_was_sent(department: OnMediaWiki) -> None:
    """Whatever a text has in it, so that a second run finds nothing to change."""
    publish(
        department.wiki,
        {
            "texts": list(NASTY),
            "keys": dict.fromkeys(NASTY, ""),
            "empty": [[], {}, [[]], [{}], {"": []}, {"": {}}],
            "deep": [[[[{"a": [{"b": ["    ", "\n    x"]}]}]]]],
            "others": [1, 0, -5, True, False, None],
        },
    )


def test_what_people_write_arrives_in_a_page_of_json(department: OnMediaWiki) -> None:
    """Marks that would join with the code of a ``<``, characters that no page can have."""
    odd = ("<\u0327", ">\u0301 >\u0301", "&\u0301", "\x00\x01", "e\u0301", "\ufffe \uffff", "\x0c")
    people = {"Ada Moss": {"aliases": [f"x{text}" for text in (*odd, *NASTY)]}}
    data = as_data(directory_of({**CONFIG, "people": people}))
    publish(department.wiki, data)
    stored = json.loads(department.wiki.text(TITLE) or "")
    assert stored == data
    assert len(stored["people"][0]["aliases"]) == len(odd) + len(NASTY)


# --- questions and answers -----------------------------------------------------------------------

ADA = "Ada Moss (Programme lead)"
NOBODY = "nobody at present (Tool keeper); ask on Talk:Quarry/Slate, Talk:Quarry/Chalk"
ANSWERS = {
    "{{Contact for|annual planning}}": ADA,
    "{{Contact for|1=  Planning,   ANNUAL  }}": ADA,
    "{{Contact for|annual plannings}}": ADA,
    "{{Contact for|planning}}": ADA,
    "{{Contact for|programme lead}}": ADA,
    "{{Contact for|Talk with R&D: stone &#61; slate}}": ADA,
    "{{Contact for|stones & R&amp;D}}": ADA,
    "{{Contact for|prepare budget}}": f"{ADA}; {NOBODY}",
    "{{Contact for|sharpen chisels}}": NOBODY,
    "{{Contact for|weighbridge}}": "Bo Fern (Weighbridge)",
    "{{Contact for|other duties as assigned}}": (
        "Nobody is known for “other duties as assigned”; ask on Talk:Quarry."
    ),
    "{{Contact for|<nowiki>[[x]] {{y}}</nowiki>}}": (
        "Nobody is known for “[[x]] {{y}}”; ask on Talk:Quarry."
    ),
    "{{Contact for}}": "Nobody is known for “”; ask on Talk:Quarry.",
    "{{Role holder|Programme lead}}": "Ada Moss",
    "{{Role holder|programme LEADS}}": "Ada Moss",
    "{{Role holder|lead}}": "Ada Moss",
    "{{Role holder|Tool keeper}}": (
        "nobody at present; ask on Talk:Quarry/Slate, Talk:Quarry/Chalk"
    ),
    "{{Roster|slatte}}": (
        "There is no team “slatte”. Teams, for instance: Slate, Gravel, Chalk & Flint."
    ),
    "{{Roster|Gravel}}": "Nobody is on the roster of Gravel.",
    "{{Responsibilities|person=Eve}}": "Nobody called “Eve” is in the directory.",
    "{{Responsibilities|person=Kim Reed}}": "No roles are known for: Kim Reed.",
    "{{Contact box|Chalk & Flint}}": (
        "Chalk & Flint Ask on: Talk:Quarry/Chalk People: Kim Reed, שרה ברק, Ada Moss"
    ),
    "{{Contact box|team=Gravel}}": "Gravel Ask on: Talk:Quarry Nobody is on the roster.",
    "{{Contact for|x|directory=Nowhere.json}}": (
        "The directory Nowhere.json is not there yet, or cannot be read. The bot that keeps it "
        "writes it on its next run."
    ),
}


def test_answers_are_forgiving_and_say_where_to_ask(department: OnMediaWiki) -> None:
    publish(department.wiki, as_data(directory_of()))
    found = texts(department.wiki, *ANSWERS)
    assert dict(zip(ANSWERS, found, strict=True)) == ANSWERS


def test_tables_have_captions_scopes_and_few_columns(department: OnMediaWiki) -> None:
    publish(department.wiki, as_data(directory_of()))
    roster, bare, both, roles = asked(
        department.wiki,
        "{{Roster|team=slate TEAM|roles=yes}}",
        "{{Roster|titles=no}}",
        "{{Roster|team=Chalk & Flint, Slate}}",
        "{{Responsibilities|team=Slate}}",
    )
    (table,) = roster.all("table")
    assert "wikitable" in table.classes
    assert table.style("word-break") == "break-word"
    assert [[cell.text for cell in row] for row in rows_of(table)] == [
        ["Name", "Title", "Roles"],
        ["Ada Moss", "Team Lead", "Programme lead"],
        ["Bo Fern", "Splitter", "Weighbridge"],
        ["Kim Reed", "Splitter", ""],
    ]
    head, first, *_ = rows_of(table)
    assert [cell.attributes["scope"] for cell in head] == ["col"] * 3
    assert (first[0].tag, first[0].attributes["scope"]) == ("th", "row")
    assert [[c.text for c in t.all("caption")] for t in bare.all("table")] == [
        ["Slate"],
        ["Chalk & Flint"],
    ]
    assert all(len(row) == 1 for table in bare.all("table") for row in rows_of(table))
    assert bare.text.endswith("Nobody is on the roster of Gravel.")
    assert [t.all("caption")[0].text for t in both.all("table")] == ["Chalk & Flint", "Slate"]
    (table,) = roles.all("table")
    assert table.all("caption")[0].text == "Responsibilities: Slate"
    assert [[cell.text for cell in row] for row in rows_of(table)] == [
        ["Role", "Held by", "Responsible for"],
        [
            "Programme lead",
            "Ada Moss",
            "Plans Annual planning, yearly Prepare the budgets Talk with R&D: stone = slate Other "
            "Other duties as assigned",
        ],
        [
            "Tool keeper",
            "nobody at present; ask on Talk:Quarry/Slate, Talk:Quarry/Chalk",
            "Tools Sharpen chisels Prepare the budgets",
        ],
        ["Weighbridge", "Bo Fern", ""],
    ]
    assert table.all("li")[0].text == "Annual planning, yearly"
    assert "שרה ברק" in {element.text for element in both.all("bdi")}


SAME = (
    "{{%sContact for|annual planning}}",
    "{{%sContact for|Annual planning, yearly}}",
    "{{%sContact for|PREPARE the budgets}}",
    "{{%sContact for|Tool keeper}}",
    "{{%sContact for|Talk with R&D: stone &#61; slate}}",
    "{{%sContact for|juggle}}",
    "{{%sRole holder|programme lead}}",
    "{{%sRole holder|Tool keeper}}",
    "{{%sRoster}}",
    "{{%sRoster|Slate team}}",
    "{{%sRoster|team=Gravel}}",
    "{{%sRoster|Slate|Chalk & Flint|titles=no|roles=yes}}",
    "{{%sRoster|titles=no}}",
    "{{%sResponsibilities}}",
    "{{%sResponsibilities|team=slate}}",
    "{{%sResponsibilities|team=Chalk & Flint}}",
    "{{%sResponsibilities|team=Gravel}}",
    "{{%sResponsibilities|person=Addie Moss}}",
    "{{%sResponsibilities|person=Kim1 (Example)}}",
    "{{%sResponsibilities|page=Quarry/Gravel/Roles}}",
    "{{%sContact box|Slate}}",
    "{{%sContact box|Gravel|Chalk & Flint}}",
)


def test_without_lua_the_same_is_shown(department: OnMediaWiki) -> None:
    wiki, data = department.wiki, as_data(directory_of())
    publish(wiki, data)
    for name, text in plain_pages(data, load("en"), prefix=PLAIN).items():
        wiki.edit(f"{BASE}/{name}", text)
    with_lua = asked(wiki, *(question % "" for question in SAME), title="With")
    without = asked(wiki, *(question % PLAIN for question in SAME), title="Without")
    for question, one, other in zip(SAME, with_lua, without, strict=True):
        assert list(shape(one)) == list(shape(other)), question
    assert not Rendered(wiki, "Without").templates.keys() & {"Module:Wikibot directory", TITLE}


def shape(element: Element) -> Iterator[object]:
    """Elements, their attributes and texts, blanks between them left out."""
    for inner in element.content:
        if isinstance(inner, Element):
            yield inner.tag, sorted(inner.attributes.items())
            yield from shape(inner)
            yield "end", inner.tag
        elif inner.strip():
            yield " ".join(inner.split())


# --- hostile text --------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</span></table></div><b onclick='x()'>fat</b>",
    "a </onlyinclude> <noinclude>x</noinclude><includeonly>y</includeonly>",
    "{{Delete me|now}} {{{parameter}}} {{#if:x|y}} {{subst:x}} {{PAGENAME}} {{!}}",
    "[[Category:Bad]] [[de:Baum]] [[File:Bad.png|thumb]] [[Special:Logout|out]]",
    "{| class=x",
    "|} text || cell !! head",
    "|- style=x",
    "== Heading ==",
    "~~~~ ~~~ ~~~~~",
    "__TOC__ __NOINDEX__ __FORCETOC__",
    "#REDIRECT [[Elsewhere]]",
    "<pre>x <ref>note</ref> <gallery> <math> <nowiki>y</nowiki> <!-- z -->",
    "'''bold ''italic",
    "&lt;b&gt; &#123;&#123;x&#125;&#125; &amp;amp;",
    "ISBN 9780306406157 RFC 2616 PMID 1234 mailto:a@example.org https://bad.example",
    "-{zh-hans:a; zh-hant:b}-",
    "* # : ; starred",
    "; term : definition",
    "---- rule",
    "}} ]] > --> \" ' = : ; * \\ % $what %1 [=[ ]=]",
    "{{Wikibot region end}}",
    "<nowiki>",
    "{{{{{{",
)


def test_hostile_text_shows_as_text_and_does_nothing(department: OnMediaWiki) -> None:
    wiki = department.wiki
    keys = [f"{number} {text}" for number, text in enumerate(HOSTILE)]
    data = {
        "wikibot directory": 1,
        "fallback": "Talk:R&D's *page*",
        "teams": [
            {"name": f"T{text}", "page": f"Quarry/Page {number}", "people": [keys[number]]}
            for number, text in enumerate(HOSTILE)
        ],
        "people": [
            {"key": key, "name": f"N{text}", "title": text, "team": f"T{text}"}
            for key, text in zip(keys, HOSTILE, strict=True)
        ],
        "roles": [
            {
                "name": f"R{text}",
                "page": "Quarry/Roles",
                "teams": [f"T{text}"],
                "holders": [key],
                "groups": [{"name": f"G{text}", "activities": [{"text": text, "cadence": text}]}],
            }
            for key, text in zip(keys, HOSTILE, strict=True)
        ],
    }
    publish(wiki, data)
    for name, text in plain_pages(data, load("en"), prefix=PLAIN).items():
        wiki.edit(f"{BASE}/{name}", text)
    for prefix in ("", PLAIN):
        wiki.edit(
            "Hostile",
            f"{{{{{prefix}Roster|roles=yes}}}}\n{{{{{prefix}Responsibilities}}}}\n"
            f"{{{{{prefix}Contact for|nobody}}}}\n",
        )
        page = Rendered(wiki, "Hostile")
        assert all(page.templates.values()), page.templates
        for kind in ("categories", "images", "langlinks", "externallinks"):
            assert page.data[kind] == [], kind
        allowed = "div p span a ul li b table caption tbody tr th td bdi".split()
        assert {element.tag for element in page.html} - {"root"} <= set(allowed)
        assert page.headings == []
        rosters = [t for t in page.html.all("table") if "wikibot-roster" in t.classes]
        (roles,) = (t for t in page.html.all("table") if "wikibot-responsibilities" in t.classes)
        rows = rows_of(roles)[1:]
        assert len(rosters) == len(rows) == len(HOSTILE)
        for text, roster, row in zip(HOSTILE, rosters, rows, strict=True):
            shown = " ".join(text.split())
            one = [cell.text for cell in rows_of(roster)[1]]
            assert one == [f"N{shown}", shown, f"R{shown}"]
            assert roster.all("caption")[0].text == f"T{shown}"
            said = [cell.text for cell in row]
            assert said == [f"R{shown}", f"N{shown}", f"G{shown} {shown}"]
        assert "Talk:R&D's *page*" in page.text


# --- size ----------------------------------------------------------------------------------------


def test_large_directories_stay_inside_the_limits(department: OnMediaWiki) -> None:
    wiki = department.wiki
    publish(wiki, large())
    wiki.edit("Everybody", "{{Roster|roles=yes}}")
    wiki.edit("Hundred", questions())
    everybody, hundred = Rendered(wiki, "Everybody"), Rendered(wiki, "Hundred")
    assert sum(len(rows_of(table)) - 1 for table in everybody.html.all("table")) == 300
    assert hundred.text.count("(Keeper of Things ") == 100
    for page in (everybody, hundred):
        for name in ("postexpandincludesize", "templateargumentsize"):
            used, allowed = page.limits()[f"limitreport-{name}"]
            assert used <= allowed * 0.2, (page.title, name, used)
        used, _ = page.limits()["limitreport-expensivefunctioncount"]
        assert used <= 2


def test_thousands_of_people_fit_into_what_lua_may_have(department: OnMediaWiki) -> None:
    wiki = department.wiki
    publish(wiki, large(people=6000, roles=600))
    (answer,) = texts(wiki, "{{Contact for|keeper of things 77}}")
    assert answer == "Person 154 Example (Keeper of Things 77)"


# --- never out of date ---------------------------------------------------------------------------

ROLES = '== Roles ==\n{| class="wikitable"\n! Role !! Holder\n|-\n| Weighbridge || %s\n|}\n'


def test_a_page_shows_what_the_team_page_says_after_the_next_run(department: OnMediaWiki) -> None:
    wiki = department.wiki
    wiki.edit("Notice board", "{{Roster|Slate}} {{Contact for|weighbridge}}")
    wiki.edit("Quarry/Slate", PAGES["Quarry/Slate"])
    wiki.edit("Quarry/Roles", ROLES % "Bo Fern")
    assert Rendered(wiki, "Notice board").text.startswith("The directory Quarry/directory.json is")

    assert department.wikibot("run", "directory", "--yes").exit_code == 0
    wiki.run_jobs()
    board = shown_to_readers(wiki, "Notice board")
    assert "Bo Fern (Weighbridge)" in board

    wiki.edit("Quarry/Slate", PAGES["Quarry/Slate"].replace("Bo Fern", "Fay Flint"))
    wiki.edit("Quarry/Roles", ROLES % "Fay Flint")
    assert department.wikibot("run", "directory").exit_code == 0
    wiki.run_jobs()
    board = shown_to_readers(wiki, "Notice board")
    assert "Fay Flint (Weighbridge)" in board
    assert "Bo Fern" not in board

    before = wiki.history(TITLE)
    assert department.wikibot("run", "directory").exit_code == 0
    assert wiki.history(TITLE) == before
    assert f"{BASE}/Roster" not in {page["title"] for page in all_pages(wiki)}


def shown_to_readers(wiki: MediaWiki, title: str) -> str:
    """The page as a browser gets it, from the wiki's cache of parsed pages if it is there."""
    answer = wiki.browser("Admin").get(f"{wiki.url}/index.php", params={"title": title}, timeout=60)
    return re.sub(r"<[^>]*>", "", answer.text).replace("&#32;", " ")


def all_pages(wiki: MediaWiki) -> Any:
    return wiki.query(list="allpages", apprefix="Quarry", aplimit="max")["allpages"]
