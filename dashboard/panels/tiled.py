"""The tile grid of an answer: what the page draws where it shows no borders, and files and slides draw from."""

from dashboard.charts.classes import NO_VALUE, shades_for
from dashboard.charts.tile_grid import Scored, TileGrid, tile_grid
from dashboard.panels.answer import Answer
from dashboard.panels.measured import classes, members
from dashboard.words.numbers import shown


def tiles_of(answer: Answer) -> TileGrid:
    """The answer's places by the figure that is looked at, coloured as on the map."""
    column, found = answer.measured, classes(answer)
    places = [
        Scored(
            row["slug"],
            row["name"],
            NO_VALUE if found is None else found.shade(row[column.name]),
            shown(row[column.name], column.unit, answer.language),
        )
        for row in members(answer)
    ]
    level = answer.panel.chart.shapes or "provinces"
    return tile_grid(level, places, shades_for(column.good))
