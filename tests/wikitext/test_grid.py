"""Which cell stands in which column."""

import pytest

from wikibot.wikitext.blocks import scan
from wikibot.wikitext.grid import grid


def shown(text: str) -> list[dict[int, str]]:
    return [
        {column: cell.content.of(text) for column, cell in sorted(row.cells.items())}
        for row in grid(scan(text).tables[0])
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("{|\n| a || b\n|-\n| c\n|}", [{0: "a", 1: "b"}, {0: "c"}]),
        ("{|\n| colspan=2 | a || b\n|}", [{0: "a", 2: "b"}]),
        (
            "{|\n| rowspan=2 | a || b\n|-\n| c\n|-\n| d\n|}",
            [{0: "a", 1: "b"}, {0: "a", 1: "c"}, {0: "d"}],
        ),
        (
            "{|\n| a || rowspan=\"2\" colspan='2' | b || c\n|-\n| d || e\n|}",
            [{0: "a", 1: "b", 3: "c"}, {0: "d", 1: "b", 3: "e"}],
        ),
        ("{|\n| rowspan=9 | a\n|-\n| b\n|}", [{0: "a"}, {0: "a", 1: "b"}]),
        ("{|\n| rowspan=x colspan=x | a || b\n|}", [{0: "a", 1: "b"}]),
        (
            "{|\n| rowspan=0 | a || b\n|-\n| c\n|-\n| d\n|}",
            [{0: "a", 1: "b"}, {0: "a", 1: "c"}, {0: "a", 1: "d"}],
        ),
    ],
)
def test_columns(table: str, expected: list[dict[int, str]]) -> None:
    assert shown(table) == expected


def test_own_cells_are_those_that_are_written_in_the_row() -> None:
    rows = grid(scan("{|\n| rowspan=2 | a || b\n|-\n| c\n|}").tables[0])
    assert [row.own for row in rows] == [{0, 1}, {1}]
