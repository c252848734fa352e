"""Headings, lists and tables, as MediaWiki's own passes see them."""

import pytest
from hypothesis import given

from tests.wikitext.readings import pages
from wikibot.model import Span
from wikibot.wikitext.blocks import MOST_LINES, Blocks, scan


def cells(text: str) -> list[list[str]]:
    """The first table of a page as rows of content; ``!`` before that of head cells."""
    blocks = scan(text)
    return [
        ["!" * cell.header + cell.content.of(text) for cell in row.cells]
        for row in blocks.tables[0].rows
    ]


def items(blocks: Blocks) -> list[list[tuple[str, str]]]:
    return [
        [(item.marker, item.content.of(blocks.text)) for item in found.items]
        for found in blocks.lists
    ]


def test_sections_have_bodies_and_subsections() -> None:
    text = "lead\n== A ==\na\n=== B ===\nb\n== C ==\nc"
    sections = scan(text).sections
    assert [(s.level, s.title, s.line) for s in sections] == [
        (0, "", 1),
        (2, "A", 2),
        (3, "B", 4),
        (2, "C", 6),
    ]
    assert [s.body.of(text) for s in sections] == ["lead\n", "a\n", "b\n", "c"]
    assert sections[1].span.of(text) == "== A ==\na\n=== B ===\nb\n"


@pytest.mark.parametrize(
    ("line", "level", "title"),
    [
        ("== A ==", 2, "A"),
        ("=A=", 1, "A"),
        ("=== A ==", 2, "= A"),
        ("== A ==  <!-- b --> ", 2, "A"),
        ("== ''A'' [[b|c]] &amp; d ==", 2, "A c & d"),
        ("==========", 4, "=="),
        ("===", 1, "="),
        ("======= A =======", 6, "= A ="),
    ],
)
def test_headings(line: str, level: int, title: str) -> None:
    section = scan(line).sections[1]
    assert (section.level, section.title) == (level, title)


@pytest.mark.parametrize(
    "line", [" == A ==", "== A == b", "==", "=", "<nowiki>\n== A ==\n</nowiki>"]
)
def test_no_headings(line: str) -> None:
    assert len(scan(line).sections) == 1


def test_lists_end_at_any_other_line() -> None:
    text = "* a\n** b\n\n# c\ntext\n:; d\n * e"
    assert items(scan(text)) == [[("*", "a"), ("**", "b")], [("#", "c")], [(":;", "d")]]


def test_lines_of_comments_do_not_part_a_list() -> None:
    text = "* a\n<!-- b\n* c -->\n* d <!-- e -->"
    blocks = scan(text)
    assert items(blocks) == [[("*", "a"), ("*", "d")]]
    assert [item.line for item in blocks.lists[0].items] == [1, 4]


def test_an_item_goes_on_over_the_lines_of_a_template() -> None:
    text = "* a {{b\n* c\n}} d\n* e"
    assert items(scan(text)) == [[("*", "a {{b\n* c\n}} d"), ("*", "e")]]
    assert scan(text).lists[0].items[1].line == 4


def test_lists_in_tables_belong_to_their_cell() -> None:
    text = "{|\n| a\n* b\n|}\n* c"
    blocks = scan(text)
    assert items(blocks) == [[("*", "c")]]
    inside = [blocks.item(line) for line in blocks.lines(blocks.tables[0].rows[0].cells[0].content)]
    assert [item.content.of(text) for item in inside if item] == ["b"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("{|\n| a\n| b\n|-\n| c\n|}", [["a", "b"], ["c"]]),
        ("{|\n|a||b\n|-\n!c!!d||e\n|}", [["a", "b"], ["!c", "!d", "!e"]]),
        ("{|\n| a !! b\n|}", [["a !! b"]]),
        ("{|\n| class=x | a || id=y | b\n|}", [["a", "b"]]),
        ("{|\n| a | b | c\n|}", [["b | c"]]),
        ("{|\n| [[a|b]] || [[c|d]]\n|}", [["[[a|b]]", "[[c|d]]"]]),
        ("{|\n| {{a|b}} || <ref>c|d</ref>\n|}", [["{{a|b}}", "<ref>c|d</ref>"]]),
        ("{|\n| a\nb\n\n* c\n| d\n|}", [["a\nb\n\n* c", "d"]]),
        ("{|\n|-\n|-\n|----- class=x\n| a\n|-\n|}", [["a"]]),
        ("{|\n| a\n|\n|}", [["a", ""]]),
        ("{|\n| a", [["a"]]),
        (":: {| class=x\n  | a\n  |}", [["a"]]),
        ("{|\n|+ caption\n! a\n|}", [["!a"]]),
        ("{|\n<!-- | no -->\n| a <!-- || no -->\n|}", [["a"]]),
        ("{|\n| | a\n!| b\n|}", [["a", "!b"]]),
        ("{|\r\n| a\r\n|}\r\n", [["a"]]),
    ],
)
def test_tables(table: str, expected: list[list[str]]) -> None:
    assert cells(table) == expected


def test_a_nested_table_is_content_of_its_cell() -> None:
    text = "{|\n| a\n{|\n| b\n|}\n| c\n|}\nafter"
    outer, inner = scan(text).tables
    assert [cell.content.of(text) for cell in outer.rows[0].cells] == ["a\n{|\n| b\n|}", "c"]
    assert (outer.depth, inner.depth, outer.closed) == (1, 2, True)
    assert outer.span.of(text) == text.removesuffix("\nafter")


def test_table_caption_attributes_and_rows() -> None:
    text = "\n{| class=x\n|+ align=y | The ''crew''\n|- style=z\n| a\n|-\n| b\nc\n|}"
    table = scan(text).tables[0]
    assert table.caption is not None
    assert table.caption.of(text).strip() == "The ''crew''"
    assert table.attributes.of(text) == " class=x"
    assert [row.span.of(text) for row in table.rows] == ["|- style=z\n| a", "|-\n| b\nc"]
    assert [row.line for row in table.rows] == [5, 7]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("; a : b", [(";", "a"), (":", "b")]),
        (":;a: b : c", [(":;", "a"), ("::", "b : c")]),
        ("; [[a:b|c:d]] <b title=x:y>e:f</b>", [(";", "[[a:b|c:d]] <b title=x:y>e:f</b>")]),
        ("; [https://a.example b] : c", [(";", "[https://a.example b]"), (":", "c")]),
        ("; https://a.example : c", [(";", "https://a.example"), (":", "c")]),
        (": a : b", [(":", "a : b")]),
        ("*; a : b", [("*;", "a"), ("*:", "b")]),
        (";<!-- : -->a", [(";", "a")]),
    ],
)
def test_terms_and_what_is_said_of_them(line: str, expected: list[tuple[str, str]]) -> None:
    assert items(scan(line)) == [expected]


def test_captions_of_galleries() -> None:
    text = "<gallery mode=packed>\nFile:A.jpg|alt=x|[[User:Ana|Ana]]\n\nB.png\n</gallery>"
    blocks = scan(text)
    (found,) = blocks.galleries
    assert [(item.content.of(text), item.line) for item in found.items] == [
        ("[[User:Ana|Ana]]", 2),
        ("", 4),
    ]
    assert (found.items[0].marker, found.items[0].depth, blocks.lists) == ("<gallery>", 1, ())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("'''Members:'''", ["Members:"]),
        ("'''Members''' : <!-- a -->", ["Members"]),
        ("<b>Members</b>", ["Members"]),
        ("'''[[Team|The ''crew'']]'''", ["[[Team|The ''crew'']]"]),
        ("'''Ana''' and '''Bo'''", []),
        ("'''Ana''' is here", []),
        ("* '''Ana'''", []),
        ("''''''", []),
    ],
)
def test_bold_lines_are_labels(line: str, expected: list[str]) -> None:
    assert [label.content.of(line) for label in scan(line).labels] == expected


def test_marks_of_translation_are_transparent() -> None:
    text = (
        "<languages/>\n<translate>\n== Team == <!--T:1-->\n{|\n<!--T:2-->\n"
        "! <translate>Name</translate>\n|-\n| Ana\n|}\n<!--T:3-->\n* Bo\n<!--T:4-->\n* Cy\n"
        "</translate>"
    )
    blocks = scan(text)
    assert blocks.sections[1].title == "Team"
    assert cells(text) == [["!Name"], ["Ana"]]
    assert items(blocks) == [[("*", "Bo"), ("*", "Cy")]]


def test_a_region_has_what_begins_in_it() -> None:
    text = "* a\n== A ==\n* b\n{|\n| c\n== B ==\n* d\n|}\n* e\n"
    blocks = scan(text)
    part = blocks.within(blocks.sections[1].span)
    assert items(part) == [[("*", "b")]]
    assert part.tables == blocks.tables
    assert items(blocks.within(blocks.sections[2].span)) == [[("*", "e")]]
    assert part.unread == 0


def test_what_is_too_long_is_read_up_to_a_line_that_is_told() -> None:
    lines = scan("* a\n" * 70_000)
    part = lines.within(Span(0, len(lines.text)))
    assert (part.unread, len(part.lists[0].items)) == (MOST_LINES + 1, MOST_LINES)
    wide = scan("{|\n" + "|a||b||c\n" * MOST_LINES)
    assert 0 < wide.unread <= MOST_LINES
    assert sum(len(row.cells) for row in wide.tables[0].rows) <= 100_003


@given(pages())
def test_every_block_stands_inside_the_page_and_in_order(text: str) -> None:
    blocks = scan(text)
    position = 0
    for found in blocks.lists:
        for item in found.items:
            assert position <= item.span.start <= item.content.start
            assert item.content.start <= item.content.end <= item.span.end <= len(text)
            position = item.span.end
    for table in blocks.tables:
        for row in table.rows:
            assert table.span.start <= row.span.start <= row.span.end <= table.span.end
            for cell in row.cells:
                assert row.span.start <= cell.content.start <= cell.content.end <= row.span.end


@given(pages())
def test_sections_cover_the_page(text: str) -> None:
    sections = scan(text).sections
    assert sections[0].body.start == 0
    starts = [section.span.start for section in sections[1:]]
    assert starts == sorted(set(starts))
    assert sections[-1].body.end == len(text)
