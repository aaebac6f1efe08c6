"""Tables on slides: as large as they may be, and what has no room goes on, by rows and by columns."""

from collections.abc import Iterator, Sequence
from typing import Final

from dashboard.charts.plain_series import Drawn
from dashboard.files.report.fitting import Fitted, fitted
from dashboard.files.report.grid import Grid
from dashboard.files.report.widths import LEADING, width
from dashboard.files.stage.sheet import LEAST, Content, in_class

SIZES: Final = (3.6, 3.3, 3.0, 2.8, 2.6, LEAST)
PADDING: Final = 0.42
"""Of the size of the text, at both sides of a cell; above and below it is 0.6 of that."""
_LINES: Final = 1.5  # what the lines between rows take
LOOSEST: Final = 7
"""Steps by which rows may stand further apart."""
_ROW: Final = LEADING + 2 * PADDING * 0.6  # the least height of a row, of the size of its text
BAR: Final = 0.24
"""Of the width of a table is its bars', where it has them."""

Ways = Sequence[int | None]
"""For each row the place of what it leads to, one level deeper."""


def set_in(grid: Grid, wide: float, size: float) -> Fitted:
    """The table so wide in that size; columns at its end that have no room are left out."""
    return fitted(grid, wide, [size], PADDING * size)


def whole_or_most(grid: Grid, wide: float, high: float) -> tuple[Fitted, int]:
    """The table in the largest size in which all of it has room, else in the smallest, and how many rows have room."""
    for size in SIZES:
        if len(grid.rows) * size * _ROW > high:
            continue
        found = set_in(grid, wide, size)
        if not found.left_out and found.whole_height <= high - _LINES:
            return found, len(grid.rows)
    found = set_in(grid, wide, SIZES[-1])
    return found, len(found.pages(high - _LINES)[0])


def all_pages(grid: Grid, wide: float, high: float) -> Iterator[tuple[Fitted, range]]:
    """All of the table in the smallest size: page by page, and columns that have no room on further pages.

    The first column, by which rows are known, stands on each page.
    """
    rest = grid
    while True:
        found = set_in(rest, wide, SIZES[-1])
        for rows in found.pages(high - _LINES):
            yield found, rows
        shown = len(found.grid.heads)
        if not found.left_out or shown < 2:
            return
        rest = rest.only([0, *range(shown, len(rest.heads))])


def table_content(
    table: Fitted, rows: range, about: str, high: float, ways: Ways = (), drawn: Drawn | None = None
) -> Content:
    """Those rows of the table for the template, as loose as so much height allows.

    `drawn`: a bar for each row, behind the first column.
    """
    widths = list(table.widths)
    if drawn is not None:
        widths.insert(1, sum(widths) * BAR / (1 - BAR))
    whole = sum(widths)
    bars = [_bar(drawn, place) for place in rows] if drawn is not None else [()] * len(rows)
    cells = [table.grid.rows[place] for place in rows]
    leads = [ways[place] if place < len(ways) else None for place in rows]
    return {
        "kind": "table",
        "about": about,
        "size": in_class(table.size),
        "looser": _looser(table, rows, high),
        "widths": [f"{width / whole * 100:.2f}%" for width in widths],
        "heads": table.grid.heads,
        "right": table.grid.right,
        "rows": [{"cells": own, "way": way, "bar": bar} for own, way, bar in zip(cells, leads, bars, strict=True)],
        "barred": drawn is not None,
        "legend": [] if drawn is None or len(drawn.strands) < 2 else _legend(drawn),
    }


def _looser(table: Fitted, rows: range, high: float) -> int:
    """By how many steps, of a tenth of the text's size for each row, the rows may stand further apart."""
    taken = table.head_height + sum(table.height(table.grid.rows[place]) for place in rows)
    return max(0, min(LOOSEST, int((high - _LINES - taken) / (len(rows) + 1) / table.size / 0.1)))


def _legend(drawn: Drawn) -> list[Content]:
    return [{"ink": strand.emphasis, "label": strand.label, "value": ""} for strand in drawn.strands]


def _bar(drawn: Drawn, place: int) -> tuple[tuple[float, float, str], ...]:
    """The parts of a row's bar: where each begins, how wide it is, of a hundred that the longest has, and its ink."""
    sums = [sum(max(strand.values[one] or 0.0, 0.0) for strand in drawn.strands) for one in range(len(drawn.names))]
    most, found, left = max(sums, default=0.0) or 1.0, [], 0.0
    for strand in drawn.strands:
        wide = max(strand.values[place] or 0.0, 0.0) / most * 100
        found.append((round(left, 2), round(wide, 2), strand.emphasis))
        left += wide
    return tuple(found)


def cut(grid: Grid, columns: int) -> Grid:
    """The first columns of the table alone."""
    return grid if len(grid.heads) <= columns else grid.only(range(columns))


def pairs(rows: Sequence[tuple[str, str]], wide: float, size: float) -> Fitted:
    """A table of two columns without headings: the first as wide as it needs, but no more than two fifths."""
    padding = PADDING * size
    first = max((width(label, size) for label, _ in rows), default=0.0) + 5 * padding
    first = min(first, wide * 0.4)
    grid = Grid(("", ""), (False, False), (True, False), tuple(rows))
    return Fitted(grid, size, (first, wide - first), padding)


def pairs_content(rows: Sequence[tuple[str, str]], wide: float, high: float, about: str) -> list[Content]:
    """The pairs in the largest size in which all have room; else in the smallest, on as many slides as that takes."""
    sizes = (pairs(rows, wide, size) for size in SIZES)
    found = next((one for one in sizes if one.whole_height <= high - _LINES), pairs(rows, wide, SIZES[-1]))
    parts = found.pages(high - _LINES)
    return [{**table_content(found, part, about, high), "kind": "pairs"} for part in parts]
