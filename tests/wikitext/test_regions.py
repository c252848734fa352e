"""Managed regions: what is one, what is broken, and what filling one changes."""

from functools import partial
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.model import Site, Span
from wikibot.wikitext import escape
from wikibot.wikitext.regions import Broken, Region, Style, fill, read_regions, wrap

COMMENT = "<!-- Wikibot region: task=contacts -->\nbody\n<!-- Wikibot region end -->"
TEMPLATE = "{{Wikibot region|task=contacts}}\nbody\n{{Wikibot region end}}"

SITE = Site()

styles = st.sampled_from(["comment", "template"])
names = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1).filter(
    lambda n: n not in ("task", "hash")
)
values = st.text(min_size=1).map(lambda text: " ".join(escape.shown(text, site=SITE).split()))
bodies = st.lists(st.text().map(escape.plain)).map("\n".join).map(partial(normalize, "NFC"))
humans = st.text("abc =*'\n<>[]|&é", max_size=40)


def the_region(text: str) -> Region:
    (region,), broken = read_regions(text)
    assert broken == ()
    return region


def apply(text: str, changes: tuple[tuple[Span, str], ...]) -> str:
    for span, new in sorted(changes, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


# --- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        COMMENT,
        TEMPLATE,
        "{{User:Bot/Wikibot region|task=contacts}}\nbody\n{{User:Bot/Wikibot region end}}",
        "{{ wikibot_region \n| task = contacts\n}}\nbody\n{{wikibot region end}}",
        "<!--wikibot region:task=contacts-->\nbody\n<!--Wikibot region end-->",
    ],
)
def test_a_pair_of_marks_is_a_region(text: str) -> None:
    region = the_region(f"above\n{text}\nbelow")
    assert region.task == "contacts"
    assert region.outer.of(f"above\n{text}\nbelow") == text
    assert region.body(f"above\n{text}\nbelow") == "body"
    assert region.line == 2
    assert not region.edited


def test_further_attributes_may_hold_blanks_and_references() -> None:
    comment = "<!-- Wikibot region: task=roles role=Lead &#61; R&amp;D  of=x -->"
    template = "{{Wikibot region|task=roles|role=Lead &#61; R&amp;D |of=x}}"
    ends = ("<!-- Wikibot region end -->", "{{Wikibot region end}}")
    for text in (comment + ends[0], template + ends[1]):
        assert the_region(text).attributes == {"role": "Lead = R&D", "of": "x"}


@pytest.mark.parametrize(
    "text",
    [
        f"<nowiki>{TEMPLATE}</nowiki>",
        f"<pre>{COMMENT}</pre>",
        f"<!-- like this: {TEMPLATE} -->",
        f"{{{{Box|{TEMPLATE}}}}}",
        "<!-- Wikibot regions are explained below -->",
        "<!-- The end of the Wikibot region -->",
        "{{Wikibot regional|task=contacts}}",
        "{{Wikibot|region}}",
        "{{Wikibot Region|task=contacts}}",
    ],
)
def test_what_is_shown_or_hidden_or_called_otherwise_is_no_mark(text: str) -> None:
    assert read_regions(text) == ((), ())


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("<!-- Wikibot region: task=a -->\nx", [(1, "this region has no end")]),
        ("x\n{{Wikibot region end}}", [(2, "this mark ends a region that does not begin")]),
        (
            "<!-- Wikibot region: task=a -->\n<!-- Wikibot region: task=b -->\n"
            "<!-- Wikibot region end -->\n<!-- Wikibot region end -->",
            [(2, "this region begins inside the one of line 1")],
        ),
        (
            "<!-- Wikibot region: task=a -->\n<!-- Wikibot region: task=b -->\n"
            "<!-- Wikibot region end -->",
            [(1, "this region has no end"), (2, "this region begins inside the one of line 1")],
        ),
        (f"{COMMENT}\n{COMMENT}", [(4, "the same region begins on line 1")]),
        (f"{COMMENT}\n{TEMPLATE}", [(4, "the same region begins on line 1")]),
        (
            "{{Wikibot region|task=a}}<!-- Wikibot region end -->",
            [(1, "this region begins as a template and ends as a comment")],
        ),
        (
            "{{Wikibot region|role=a}}{{Wikibot region end}}",
            [(1, "this region names no task")],
        ),
        (
            "<!-- Wikibot region --><!-- Wikibot region end -->",
            [(1, "this region names no task")],
        ),
        (
            "<!-- Wikibot region: task=a -->\n<!-- Wikibot region end ->\n"
            "<!-- Wikibot region: task=b -->\n<!-- Wikibot region end -->",
            [(2, "this mark does not end: its comment goes on to the next mark")],
        ),
        ("<!-- Wikibot region: task=a\n<!-- Wikibot region end", [(1, "this region has no end")]),
    ],
)
def test_marks_that_do_not_pair_are_told_and_make_no_region(
    text: str, broken: list[tuple[int, str]]
) -> None:
    assert read_regions(text) == ((), tuple(Broken(line, why) for line, why in broken))


def test_a_good_region_beside_broken_marks_is_still_read() -> None:
    regions, broken = read_regions(f"{COMMENT}\n<!-- Wikibot region: task=roles -->\n")
    assert [region.task for region in regions] == ["contacts"]
    assert [mark.line for mark in broken] == [4]


def test_regions_of_one_task_that_differ_in_an_attribute_are_not_the_same() -> None:
    text = wrap("roles", "x", attributes={"role": "a"}) + wrap(
        "roles", "x", attributes={"role": "b"}
    )
    regions, broken = read_regions(text)
    assert [region.attributes for region in regions] == [{"role": "a"}, {"role": "b"}]
    assert not broken


@given(st.lists(st.sampled_from([*COMMENT.split("\n"), *TEMPLATE.split("\n"), "{{", "}}", "<!--"])))
def test_reading_never_fails_and_no_regions_overlap(parts: list[str]) -> None:
    regions, _ = read_regions("\n".join(parts))
    ends = [0, *(region.outer.end for region in regions)]
    assert all(end <= region.outer.start for end, region in zip(ends, regions, strict=False))


# --- writing ------------------------------------------------------------------------------------


def test_filling_keeps_the_mark_as_people_wrote_it() -> None:
    text = "{{ wikibot_region \n| task = contacts\n}}old{{Wikibot region end}}"
    filled = apply(text, fill(text, the_region(text), "new"))
    assert filled == (
        "{{ wikibot_region \n| task = contacts|hash=ef4f1deb4e99\n}}\nnew\n{{Wikibot region end}}"
    )


def test_a_new_hash_replaces_the_old_one() -> None:
    old = "<!-- Wikibot region: hash=0123 task=contacts -->x<!-- Wikibot region end -->"
    filled = apply(old, fill(old, the_region(old), "new"))
    assert filled == (
        "<!-- Wikibot region: hash=ef4f1deb4e99 task=contacts -->\nnew\n<!-- Wikibot region end -->"
    )


def test_nothing_is_done_where_nothing_would_change() -> None:
    text = wrap("contacts", "body")
    assert fill(text, the_region(text), "body") == ()


def test_an_edit_by_people_is_seen() -> None:
    text = wrap("contacts", "body")
    assert not the_region(text).edited
    assert the_region(text.replace("body", "bodies")).edited


def test_line_ends_and_normalisation_are_no_edits() -> None:
    text = wrap("contacts", "Ame\u0301lie\nBo")
    assert "Amélie" in text
    assert not the_region(text.replace("\n", "\r\n")).edited


def test_an_empty_hash_means_that_the_bot_may_write() -> None:
    text = "{{Wikibot region|task=contacts|hash=}}\nby people\n{{Wikibot region end}}"
    region = the_region(text)
    assert not region.edited
    filled = apply(text, fill(text, region, "new"))
    assert (
        filled == "{{Wikibot region|task=contacts|hash=ef4f1deb4e99}}\nnew\n{{Wikibot region end}}"
    )


def test_templates_may_have_a_prefix() -> None:
    text = wrap("contacts", "new", style="template", prefix="User:Atlas bot/")
    assert text == (
        "{{User:Atlas bot/Wikibot region|task=contacts|hash=ef4f1deb4e99}}\n"
        "new\n{{User:Atlas bot/Wikibot region end}}"
    )
    assert the_region(text).task == "contacts"


@given(body=bodies, style=styles, attributes=st.dictionaries(names, values, max_size=3))
def test_a_wrapped_body_reads_back(body: str, style: Style, attributes: dict[str, str]) -> None:
    text = wrap("contacts", body, style=style, attributes=attributes)
    region = the_region(text)
    assert (region.task, region.attributes, region.style) == ("contacts", attributes, style)
    assert region.inner.of(text) == f"\n{body}\n"
    assert not region.edited


@given(before=humans, after=humans, old=bodies, new=bodies, style=styles)
def test_filling_changes_the_region_only_and_once(
    before: str, after: str, old: str, new: str, style: Style
) -> None:
    text = f"{before}\n{wrap('contacts', old, style=style)}\n{after}"
    filled = apply(text, fill(text, the_region(text), new))
    region = the_region(filled)
    assert region.body(filled) == new
    assert not region.edited
    assert fill(filled, region, new) == ()
    assert filled[: region.outer.start] == f"{before}\n"
    assert filled[region.outer.end :] == f"\n{after}"
