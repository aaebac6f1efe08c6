"""Chart descriptions as plain series of numbers: what hands draw that have no plotly, in slides and documents.

Bars and lines have a counterpart in every office suite and are a few strokes for a typesetter; the other kinds are
tables there, and the map a grid of tiles (`tile_grid`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from dashboard.charts.description import Band, Chart, Emphasis, Kind
from dashboard.words.text import say
from data_access.metrics import Unit

Shape = Literal["bars", "stacked bars", "lines", "areas"]
Row = Mapping[str, Any]
MOST_BARS: Final = 15
"""Bars of one drawing: more of them are no longer told apart from the other end of a room."""
_BARS: Final[frozenset[Kind]] = frozenset({"bars", "league", "pareto", "rated", "toggles", "ages"})
"""Kinds whose first band is a bar for each row; what stands beside it in the row is for the table."""


@dataclass(frozen=True)
class Strand:
    """One column as it is drawn: its label, the token of its colour, a value or nothing for each name."""

    column: str
    label: str
    emphasis: Emphasis
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Drawn:
    """One drawing: what is drawn for each of the names, which are days where it runs through time.

    `left` are rows that are not drawn, because there are too many for bars.
    """

    shape: Shape
    label: str
    unit: Unit
    names: tuple[str, ...] | tuple[date, ...]
    strands: tuple[Strand, ...]
    left: int = 0


def drawings(chart: Chart, rows: Sequence[Row], language: str) -> list[Drawn]:
    """What is drawn of the rows: a drawing for each band of lines, one for bars; none for kinds that are tables."""
    if not rows or not chart.bands:
        return []
    if chart.kind == "lines":
        return [_through_time(chart, band, rows, language) for band in chart.bands]
    return [_side_by_side(chart, chart.bands[0], rows, language)] if chart.kind in _BARS else []


def _through_time(chart: Chart, band: Band, rows: Sequence[Row], language: str) -> Drawn:
    whole = max(row[chart.span] for row in rows) if band.flow and chart.span else None
    shown = [None if whole is not None and row[chart.span or ""] != whole else row for row in rows]
    strands = [
        Strand(
            series.column,
            say(series.label or band.label, language),
            series.emphasis,
            tuple(None if row is None else row[series.column] for row in shown),
        )
        for series in band.series
    ]
    days: tuple[date, ...] = tuple(row[chart.category] for row in rows)
    return Drawn("areas" if band.stacked else "lines", say(band.label, language), band.unit, days, tuple(strands))


def _side_by_side(chart: Chart, band: Band, rows: Sequence[Row], language: str) -> Drawn:
    """The largest where they come sorted by size, else all, as they stand."""
    shown = rows[:MOST_BARS]
    strands = [
        Strand(
            series.column,
            say(series.label or band.label, language),
            series.emphasis,
            tuple(row[series.column] for row in shown),
        )
        for series in band.series
    ]
    shape: Shape = "stacked bars" if band.stacked else "bars"
    names = tuple(str(row[chart.category]) for row in shown)
    return Drawn(shape, say(band.label, language), band.unit, names, tuple(strands), len(rows) - len(shown))
