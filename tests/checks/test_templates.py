"""Which pages of templates can show a report: any look will do, but nothing of the data is lost."""

from dataclasses import replace
from datetime import date

import pytest

from tests.memory import MemoryWiki
from wikibot import templates
from wikibot.checks.templates import template_broken, template_missing
from wikibot.config import parse
from wikibot.directory import Directory
from wikibot.period import parse as period
from wikibot.reports.markup import TEMPLATES
from wikibot.runner import survey

ROW = "Template:Status report row"
PACKAGE = templates.pages()


def directory(
    pages: dict[str, str], *, prefix: str = "Template:", redirects: tuple[str, ...] = ()
) -> Directory:
    config = parse(
        {
            "wiki": {"folder": "w", "templates": prefix},
            "team": [{"name": "One", "page": "One"}],
            "report": {"base": "Status"},
        }
    )
    wiki = MemoryWiki({"One": "* [[User:A|Ana Ruiz]], Chair"} | pages, redirects=redirects)
    return survey(wiki, config, period=period("2026-W47"), today=date(2026, 11, 20)).directory


def broken(pages: dict[str, str], *, redirects: tuple[str, ...] = ()) -> list[str]:
    """What is found where the package is installed and these pages stand in its place."""
    found = template_broken.find(directory(PACKAGE | pages, redirects=redirects))
    return [f"{each.page}: {each.message.partition(' are made of, ')[2]}" for each in found]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("prefix", ["Template:", "User:Atlas bot/", "Atlas/"])
def test_the_package_itself_is_in_order(prefix: str, language: str) -> None:
    found = directory(templates.pages(prefix, language=language), prefix=prefix)
    assert len(found.facts.templates) == len(TEMPLATES)
    assert list(template_missing.find(found)) == list(template_broken.find(found)) == []


def test_templates_that_are_not_there() -> None:
    gone = {ROW, "Template:Status blocker"}
    found = directory({title: text for title, text in PACKAGE.items() if title not in gone})
    assert {each.page for each in template_missing.find(found)} == gone


def test_that_most_are_not_there_is_told_once() -> None:
    (found,) = template_missing.find(directory({}))
    others = len(TEMPLATES) - 1
    assert found.message.startswith(f"this template and {others} others, which the bot’s pages")


def test_without_reports_no_template_is_looked_at() -> None:
    found = directory({})
    config = found.config.model_copy(update={"report": None})
    wiki = MemoryWiki({"One": "* [[User:A|Ana Ruiz]], Chair"})
    asked = survey(wiki, config, period=found.period, today=found.today)
    assert asked.directory.facts.templates == {}


CELL = "! {{{team|}}}\n| {{{headline|}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"|-\n{CELL}",
        f"|-\n{CELL}<noinclude>\n{{{{Documentation}}}}",  # many pages end like this
        f"{{{{Delete|reason=old}}}}<onlyinclude>|-\n{CELL}</onlyinclude>\nWhat it is for.",
        "|-\n! {{#if:{{{team|}}}|[[{{{team}}}]]|{{{ team }}}}}\n",
        "{{My row|name={{{team|{{{1|}}}}}}|health={{{health|}}}}}",
        "<includeonly>{{#invoke:Status|row}}</includeonly><noinclude>{{doc}}</noinclude>",
        "{{{{{|safesubst:}}}#Invoke:Status|row}}",
        "|-\n! {{{team}}} {{{!}} x {{!}}} <nowiki>{{</nowiki> <!-- }} -->\n",
        "|-\n! {{{team}}}\n| <pre>{{{</pre> <syntaxhighlight lang='js'>a({})}}</syntaxhighlight>\n",
        "|-\n| {{{team}}} <IncludeOnly>[[{{{trend}}}|x]]</includeonly >\n",
    ],
)
def test_how_it_looks_is_the_wikis_own_business(text: str) -> None:
    assert broken({ROW: text}) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("This template was deleted.", "shows nothing of what it is given"),
        (f"<noinclude>{CELL}</noinclude>", "shows nothing of what it is given"),
        (f"What it is for.<noinclude>\n{CELL}", "shows nothing of what it is given"),
        (f"{CELL}<onlyinclude>|-</onlyinclude>", "shows nothing of what it is given"),
        (f"<!-- {CELL} -->x", "shows nothing of what it is given"),
        ("|-\n| {{{headline|}}}\n", "does not show “team” any more"),
        ("|-\n| {{{headline|}}} <nowiki>{{{team}}}</nowiki>\n", "does not show “team” any more"),
        (f"<includeonly>{CELL}", "has “<includeonly>” without its partner"),
        (f"{CELL}</includeonly>", "has “<includeonly>” without its partner"),
        (f"x<onlyinclude>{CELL}", "has “<onlyinclude>” without its partner"),
        (f"{CELL}<!-- the rest", "has “<!--” without its partner"),
        (f"{{{{#if:x|{CELL}}}", "has “{{” without its partner"),
        (f"{{{{#if:x|{CELL}}}}}}}}}", "has “}}” without its partner"),
        (f"{{{{#if:x|[[A|{CELL}}}}}", "has “{{” without its partner"),
    ],
)
def test_what_keeps_the_data_from_being_seen(text: str, says: str) -> None:
    assert broken({ROW: text}) == [f"{ROW}: {says}"]


def test_where_redirects_lead() -> None:
    pages = {ROW: "#REDIRECT [[template:team_row#x]] {{R from move}}"}
    says = [f"{ROW}: is a redirect to “template:team_row”, which is not there"]
    assert broken(pages, redirects=(ROW,)) == says
    assert broken(pages | {"Template:Team row": CELL}, redirects=(ROW,)) == []
    assert broken({ROW: "#REDIRECT [[]]"}, redirects=(ROW,)) == [
        f"{ROW}: is a redirect to “”, which is not there"
    ]


def test_pages_that_are_not_wikitext_or_cannot_be_read() -> None:
    found = directory(PACKAGE)
    row = found.facts.templates[ROW]
    for page, says in (
        (replace(row, model="json"), "is not wikitext but “json”"),
        (replace(row, problem="it is hidden."), "cannot be read: it is hidden."),
    ):
        facts = replace(found.facts, templates={ROW: page})
        (each,) = template_broken.find(replace(found, facts=facts))
        assert each.message.endswith(says)


def test_a_module_must_be_there_and_show_the_directory_of_this_configuration() -> None:
    module = "Module:Wikibot directory"
    ours, theirs = (templates.pages(directory=f"{name}/who.json") for name in "AB")
    config = parse(
        {
            "wiki": {"folder": "w"},
            "team": [{"name": "One", "page": "One"}],
            "contacts": {"directory": "A/who.json"},
        }
    )

    def found(pages: dict[str, str]) -> list[str]:
        wiki = MemoryWiki({"One": "* [[User:A|Ana Ruiz]], Chair"} | pages, scribunto=True)
        d = survey(wiki, config, period=period("2026-W47"), today=date(2026, 11, 20)).directory
        both = (*template_missing.find(d), *template_broken.find(d))
        return [f"{each.page}: {each.message.partition(' are made of, ')[2]}" for each in both]

    assert found(ours) == []
    assert found(ours | {f"{module}/index": " "}) == [f"{module}/index: is empty"]
    assert found(ours | {module: theirs[module]}) == [
        f"{module}: shows “B/who.json”, the directory of another configuration; set wiki.module"
    ]
    del ours[module]
    assert found(ours) == [f"{module}: is not there; run wikibot templates install"]
