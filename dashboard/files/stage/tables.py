"""Tables on slides: as large as they may be, and what has no room goes on, by rows and by columns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dashboard.charts.plain_series import Drawn
from dashboard.files.report.fitting import Fitted, fitted
from dashboard.files.report.grid import Grid
from dashboard.files.stage.sheet import LEAST, Content, in_class

SIZES: Final = (3.6, 3.3, 3.0, 2.8, 2.6, LEAST)
PADDING: Final = 0.42
"""Of the size of the text, at both sides of a cell; above and below it is 0.6 of that."""
_LINES: Final = 1.5  # what the lines between rows take
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


def table_content(table: Fitted, rows: range, ways: Ways, about: str, drawn: Drawn | None = None) -> Content:
    """Those rows of the table for the template. `drawn`: a bar for each row, behind the first column."""
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
        "widths": [f"{width / whole * 100:.2f}%" for width in widths],
        "heads": table.grid.heads,
        "right": table.grid.right,
        "rows": [
            {"cells": own, "way": way, "bar": bar} for own, way, bar in zip(cells, leads, bars, strict=True)
        ],
        "barred": drawn is not None,
        "legend": [] if drawn is None or len(drawn.strands) < 2 else _legend(drawn),
    }


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


def pairs(rows: Sequence[tuple[str, str]]) -> Grid:
    """A table of two columns without headings."""
    return Grid(("", ""), (False, False), (True, False), tuple(rows))


def rows_to(grid: Grid, most: int) -> Grid:
    """The first rows alone."""
    return replace(grid, rows=grid.rows[:most])
