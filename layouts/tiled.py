"""The tile grid on the page: a link for each place, what is said of it beside it when it is pointed at."""

from collections.abc import Mapping, Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.charts.tile_grid import TileGrid, TileMark
from dashboard.panels.answer import Answer
from dashboard.panels.measured import Row
from dashboard.panels.tiled import tiles_of
from dashboard.words.text import say
from layouts.aria import aria, data
from layouts.hover import said_of
from layouts.legend import HATCHED, alarming
from layouts.parts import Here

_SIZES: Final = ((5, "few"), (10, "some"), (99, "many"))
"""Up to so many columns tiles are of this size."""
_LETTERS: Final = (4, 6, 8, 10, 12, 14)
"""The styles know how wide a tile must be for so many letters."""


def tiled(answer: Answer, here: Here) -> Component:
    """The grid. Its links are no stops of the keyboard: the same ones stand in the ranked rows beside it."""
    grid = tiles_of(answer)
    rows = {row["slug"]: row for row in answer.rows}
    size = next(name for most, name in _SIZES if grid.columns <= most)
    return html.Ul(
        [_tile(answer, here, grid, mark, rows.get(mark.slug), size) for mark in grid.marks],
        className=f"jd-tiles jd-tiles-{size} {alarming(answer.measured)}".strip(),
        style={"--columns": str(grid.columns)},
    )


def _tile(answer: Answer, here: Here, grid: TileGrid, mark: TileMark, row: Row | None, size: str) -> Component:
    shade = f"jd-{HATCHED}" if mark.disputed else f"jd-shade-{mark.shade}"
    drill = None if row is None else answer.drill_of(row)
    inside = [*_words(mark, size), html.Span(_tip(answer, mark, row), className=f"jd-tip {_side(grid, mark)}")]
    name = f"jd-tile {shade}"
    face = (
        html.Span(inside, className=name)
        if drill is None
        else html.A(inside, href=here.to(**drill), className=name, tabIndex="-1", **data(way=""))
    )
    style = {"gridColumn": str(mark.column + 1), "gridRow": str(mark.row + 1)}
    return html.Li(face, className=f"jd-letters-{_letters(mark, size)}", style=style)


def _words(mark: TileMark, size: str) -> Sequence[Component]:
    """The name, or its code where the tile is too narrow for it, and where there is room for it the figure."""
    hidden = aria(hidden="true")  # what is said of it, for eyes and ears, is the tip
    found: list[Component] = [
        html.Span(mark.name, className="jd-tile-name", **hidden),
        html.Span(mark.code, className="jd-tile-code", **hidden),
    ]
    if mark.value and size != "many":
        found.append(html.Span(mark.value, className="jd-tile-value", **hidden))
    return found


def _tip(answer: Answer, mark: TileMark, row: Row | None) -> Sequence[Component]:
    if row is None:
        lines = [mark.name, say("Disputed territory, not scored.", answer.language)]
    else:
        lines = list(said_of(answer, row))
    return [html.Strong(lines[0]), *(html.Span(line) for line in lines[1:])]


def _side(grid: TileGrid, mark: TileMark) -> str:
    """Where the tip stands, so that it stays on the screen: to the middle of the grid, below the upper rows."""
    across = mark.column / max(grid.columns - 1, 1)
    side = "jd-tip-start" if across < 0.34 else "jd-tip-end" if across > 0.66 else "jd-tip-middle"
    return f"{side} jd-tip-{'under' if mark.row < grid.rows / 2 else 'over'}"


def _letters(mark: TileMark, size: str) -> int:
    """How many letters must go into a line: of the whole name where there is one line, else of the longest word."""
    parts: Mapping[str, int] = {"many": len(mark.name)}
    wanted = parts.get(size, max(map(len, mark.name.replace("-", " ").split()), default=0))
    return next((letters for letters in _LETTERS if wanted <= letters), _LETTERS[-1] + 2)
