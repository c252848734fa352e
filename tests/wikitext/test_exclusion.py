"""Who may edit a page, as its {{bots}} and {{nobots}} say, and what a shut-off page says."""

import pytest

from wikibot.wikitext.exclusion import excluded, shut_off


@pytest.mark.parametrize(
    "text",
    [
        "{{nobots}}",
        "{{Nobots}}",
        "{{NoBots}}",
        "{{ nobots }}",
        "{{nobots<!-- until Monday -->}}",
        "{{nobots|reason=being moved}}",
        "{{template:nobots}}",
        "{{bots|allow=none}}",
        "{{bots|allow=OtherBot}}",
        "{{bots|allow=OtherBot,ThirdBot}}",
        "{{bots|deny=all}}",
        "{{bots|deny=RosterBot}}",
        "{{bots|deny=rosterBot}}",
        "{{Bots | deny = OtherBot , RosterBot }}",
        "{{bots|deny=OtherBot|deny=RosterBot}}",
        "{{bots|deny=RosterBot|reason={{tl|x}}}}",
        "{{bots|allow=RosterBot|deny=all}}",
        "{{bots|optout=all}}",
        "{{bots}} and further down {{nobots}}",
        "{{box|text={{nobots}}}}",
        "An unclosed <nowiki> is plain text: {{nobots}}",
        "<nowiki /> {{nobots}} <nowiki>x</nowiki>",
        "<nowiki>a</nowiki> {{nobots}} <nowiki>b</nowiki>",
        "<nowiki><!--</nowiki> {{nobots}}",
    ],
)
def test_excluded(text: str) -> None:
    assert excluded(f"Some text\n{text}\nmore text", "RosterBot")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{{bots}}",
        "{{bots|allow=all}}",
        "{{bots|allow=RosterBot}}",
        "{{bots|allow=OtherBot, rosterBot}}",
        "{{bots|deny=none}}",
        "{{bots|deny=OtherBot}}",
        "{{bots|deny=RosterBot2}}",
        "{{bots|deny=}}",
        "{{bots|optout=nosource}}",
        "{{nobots|deny=OtherBot}}",
        "{{robots}}",
        "{{bots in general}}",
        "{{tl|nobots}}",
        "{{nobots",
        "<!-- {{nobots}} -->",
        "<!-- the rest of the page is a comment {{nobots}}",
        "<nowiki>{{nobots}}</nowiki>",
        "<pre class='x'>{{nobots}}</pre>",
    ],
)
def test_not_excluded(text: str) -> None:
    assert not excluded(f"Some text\n{text}\nmore text", "RosterBot")


def test_underscores_in_a_name_are_blanks() -> None:
    assert excluded("{{bots|deny=Roster_Bot}}", "Roster Bot")


@pytest.mark.parametrize(
    "part", ["<nowiki>", "<pre>", "<pre ", "<!--", "{{ ", "{{bots|", "{{nobots", "{{bots|a|"]
)
def test_hostile_text_is_read_to_its_end(part: str) -> None:
    # 2 MB; a quadratic reader would take hours
    assert not excluded(part * (2_000_000 // len(part)), "RosterBot")


@pytest.mark.parametrize("text", ["", " \n", "<!-- Write here to stop the bot. -->", "<!-- open"])
def test_nothing_on_the_shut_off_page(text: str) -> None:
    assert shut_off(text) == ""


def test_first_words_of_the_shut_off_page() -> None:
    assert shut_off("<!-- note -->\nPlease\nstop it.") == "Please stop it."
    assert shut_off("word " * 100) == "word " * 15 + "word…"
