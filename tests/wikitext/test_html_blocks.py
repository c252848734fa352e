"""Tables and lists that are written as HTML."""

import pytest

from wikibot.wikitext.blocks import scan


def tables(text: str) -> list[tuple[int, list[list[str]]]]:
    """Depth and rows of each table; ``!`` before the content of head cells."""
    return [
        (
            table.depth,
            [["!" * c.header + c.content.of(text) for c in row.cells] for row in table.rows],
        )
        for table in scan(text).tables
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<table><tr><th>a</th><td>b</td></tr></table>", [["!a", "b"]]),
        ("<TABLE class=x>\n<tr><td>a<td>b\n<tr><td>c</table>", [["a", "b"], ["c"]]),
        ("<table><td>a</td><tr><td>b</td></table>", [["a"], ["b"]]),
        ("<table><tr></tr><tr><td>a</td></tr></table>", [["a"]]),
        ("<table><tr><td>a\n* b\n| c</td></tr></table>", [["a\n* b\n| c"]]),
        ("<table><tr><td>a", [["a"]]),
        ("<table><caption>x</caption><tr><td>a</td></tr></table>", [["a"]]),
    ],
)
def test_rows_and_cells(text: str, expected: list[list[str]]) -> None:
    assert tables(text) == [(1, expected)]


def test_spans_attributes_and_caption() -> None:
    text = (
        "<table id=t><caption>The crew</caption><tr><td rowspan=2 colspan='3'>a</td></tr></table>"
    )
    (table,) = scan(text).tables
    (row,) = table.rows
    (cell,) = row.cells
    assert table.caption is not None
    assert (table.caption.of(text), table.attributes.of(text)) == ("The crew", " id=t")
    assert (cell.rowspan, cell.colspan) == (2, 3)
    assert row.span.of(text) == "<tr><td rowspan=2 colspan='3'>a</td></tr>"
    assert (table.span.of(text), table.markup, table.closed) == (text, "html", True)


def test_tables_in_each_other_of_both_kinds() -> None:
    html = "<table><tr><td>\n{|\n| a\n|}\n</td><td>b</td></tr></table>"
    assert tables(html) == [(1, [["{|\n| a\n|}", "b"]]), (2, [["a"]])]
    wikitext = "{|\n| <table><tr><td>a</td></tr></table>\n| b\n|}"
    assert tables(wikitext) == [
        (1, [["<table><tr><td>a</td></tr></table>", "b"]]),
        (2, [["a"]]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ul><li>a</li><li>b</li></ul>", [("*", "a"), ("*", "b")]),
        ("<ol>\n<li>a\n<li> b\n</ol>", [("#", "a"), ("#", "b")]),
        ("<ul><li>a<ol><li>b</li></ol></li></ul>", [("*", "a"), ("*#", "b")]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", [(";", "a"), (":", "b")]),
        ("<ul><li>a", [("*", "a")]),
    ],
)
def test_lists(text: str, expected: list[tuple[str, str]]) -> None:
    (found,) = scan(text).lists
    assert [(item.marker, item.content.of(text)) for item in found.items] == expected


def test_a_list_that_was_not_closed_leaves_the_lists_below_alone() -> None:
    text = "<ul><li>a\n* b\n* c"
    found = [[(i.marker, i.content.of(text)) for i in each.items] for each in scan(text).lists]
    assert found == [[("*", "a")], [("*", "b"), ("*", "c")]]


def test_lists_of_cells_are_found_there() -> None:
    text = "<table><tr><td><ul><li>a</li></ul>\n* b\n; c : d</td></tr></table>"
    blocks = scan(text)
    content = blocks.tables[0].rows[0].cells[0].content
    found = [(item.marker, item.content.of(text)) for item in blocks.items(content)]
    assert found == [("*", "a"), ("*", "b"), (";", "c"), (":", "d")]
    assert blocks.lists == ()
