"""Which cell of a table stands in which column, with ``rowspan`` and ``colspan`` counted in."""

from dataclasses import dataclass

from wikibot.wikitext.blocks import Cell, Row, Table

_WIDEST = 50  # cells further right do not reach into rows below; keeps hostile tables linear


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row; ``cells`` by column from 0, those that reach in from rows above included.

    ``own`` are the columns of cells that are written in this row.
    """

    row: Row
    cells: dict[int, Cell]
    own: frozenset[int]


def grid(table: Table) -> list[GridRow]:
    """The rows of a table with their cells by column."""
    rows = []
    reach: dict[int, tuple[Cell, int]] = {}  # column → cell from above, how many rows are left
    for row in table.rows:
        cells = {column: cell for column, (cell, _) in reach.items()}
        reach = {column: (cell, left - 1) for column, (cell, left) in reach.items() if left > 1}
        taken = _taken(cells)
        own = []
        column = 0
        for cell in row.cells:
            while column in taken:
                column += 1
            cells[column] = cell
            own.append(column)
            if cell.rowspan != 1 and column < _WIDEST:
                reach[column] = (cell, cell.rowspan - 1 if cell.rowspan else len(table.rows))
            column += cell.colspan
        rows.append(GridRow(row, cells, frozenset(own)))
    return rows


def _taken(cells: dict[int, Cell]) -> set[int]:
    return {
        column + offset
        for column, cell in cells.items()
        for offset in range(min(cell.colspan, _WIDEST))
    }
