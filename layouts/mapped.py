"""A map with its legend, what stands on no map, and the same places ranked beside it."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.boundaries import MapLayer
from dashboard.charts.classes import NO_VALUE, Classes
from dashboard.charts.map_drawing import Label, Place, draw_map
from dashboard.panels.answer import Answer
from dashboard.panels.panel import Column
from dashboard.words.numbers import shown
from dashboard.words.text import marked, say
from data_access.metrics import METRICS
from layouts.aria import aria
from layouts.graph import CONFIG, GRAPH
from layouts.map_tools import tools
from layouts.measured import classes, members
from layouts.parts import Here
from layouts.ranked import ranked
from layouts.tables import behind

Row = Mapping[str, Any]
BESIDE: Final = "beside"
TOOLS, LEGEND, RANKED = PARTS = ("tools", "legend", "ranked")
_SOURCE: Final = marked("Schematic, not authoritative. Boundaries: geoBoundaries, ODbL 1.0.")


def mapped(answer: Answer, here: Here) -> Component:
    """The map beside the ranked rows."""
    language, name = answer.language, answer.panel.name
    chart = dcc.Graph(figure=map_of(answer, here), id={"type": GRAPH, "name": name}, config=CONFIG, className="jd-map")
    parts = {part: html.Div(child, id=beside_id(name, part)) for part, child in beside(answer, here).items()}
    title = say(answer.panel.title, language)
    scrolls = html.Div(parts[RANKED], className="jd-scroll jd-beside", tabIndex="0", role="region", **aria(label=title))
    left = html.Div(
        [
            html.Div(chart, role="img", **aria(label=title)),
            parts[LEGEND],
            html.P(say(_SOURCE, language), className="jd-notes"),
        ],
        className="jd-map-side",
    )
    return html.Div([parts[TOOLS], html.Div([left, scrolls], className="jd-map-grid")])


def beside(answer: Answer, here: Here) -> Mapping[str, Component]:
    """What stands around the map, by its part: changed in place, as the map is, when other figures come."""
    return {TOOLS: tools(answer, here), LEGEND: legend(answer), RANKED: ranked(answer, here)}


def beside_id(name: str, part: str) -> dict[str, str]:
    """The id of a part around the map of the panel of that name."""
    return {"type": BESIDE, "name": name, "part": part}


def map_of(answer: Answer, here: Here) -> Any:  # plotly has no types of its own
    """The figure of the places that have a shape."""
    layer = here.layers[answer.panel.chart.shapes or "provinces"]
    column, found = answer.measured, classes(answer)
    own = [row for row in members(answer) if row["slug"] in layer.shape_of]
    by_shape = sorted(own, key=lambda row: layer.shape_of[row["slug"]])
    places = [
        _place(shape, list(rows), column, found, answer.language)
        for shape, rows in groupby(by_shape, key=lambda row: layer.shape_of[row["slug"]])
    ]
    labels = [_label(row, layer) for row in own]
    whole = here.filters.government is None and here.filters.district is None
    figure = draw_map(layer, places, labels, whole=whole)
    return figure.update_layout(uirevision=f"{answer.panel.name} {answer.asked.query()}")


def _label(row: Row, layer: MapLayer) -> Label:
    longitude, latitude = layer.shapes[layer.shape_of[row["slug"]]].label
    return Label(row["name"], latitude, longitude, row["received"] or 0)


def _place(shape: str, rows: Sequence[Row], column: Column, found: Classes | None, language: str) -> Place:
    """A shape. Where it shows more than one place, it has the colour of both together and leads to the larger."""
    rows = sorted(rows, key=lambda row: -(row["received"] or 0))
    shade = found.shade(_together(rows, column.name)) if found else NO_VALUE
    return Place(shape, rows[0]["slug"], shade, "<br>".join(_hover(row, column, language) for row in rows))


def _together(rows: Sequence[Row], name: str) -> float | None:
    """The figure of several rows: ratios from the sums of their counts; None for what cannot be told from counts."""
    if len(rows) == 1:
        return float(rows[0][name]) if rows[0][name] is not None else None
    metric = METRICS.get(name)
    if metric is None or metric.unit == "days":
        return None
    if metric.denominator is None or metric.numerator is None:
        return float(sum(row[name] or 0 for row in rows))
    below = sum(row[metric.denominator] or 0 for row in rows)
    return sum(row[metric.numerator] or 0 for row in rows) / below if below else None


def _hover(row: Row, column: Column, language: str) -> str:
    value, counts = shown(row[column.name], column.unit, language), behind(row, column.name, language)
    lines = [
        f"<b>{row['name']}</b>",
        f"{say(column.label, language)} {value}{f' ({counts})' if counts else ''}",
        say(
            "{received} received, {pending} pending",
            language,
            received=shown(row["received"], "complaints", language),
            pending=shown(row["pending"], "complaints", language),
        ),
    ]
    return "<br>".join(lines)


def legend(answer: Answer) -> Component:
    """What each colour stands for, in the unit of the figure."""
    column, found, language = answer.measured, classes(answer), answer.language
    items: list[Component] = []
    if found is not None:
        ranges = found.ranges
        for place, (low, high) in enumerate(ranges):
            shade = found.shade(low) if place else found.shade(found.ends[0])
            words = _range(low, high, column, last=place == len(ranges) - 1, language=language)
            items.append(_item(shade, words))
    if any(row[column.name] is None for row in members(answer)):
        items.append(_item(NO_VALUE, say("n/a", language)))
    return html.Div(
        [html.Span(say(column.label, language), className="jd-legend-title"), html.Ul(items)],
        className="jd-legend",
    )


def _range(low: float, high: float, column: Column, *, last: bool, language: str) -> str:
    """The ends of a class; the upper one belongs to it only in the last."""
    ends = {"low": shown(low, column.unit, language), "high": shown(high, column.unit, language)}
    if low == high:
        return ends["low"]
    return say("{low} to {high}", language, **ends) if last else say("{low} to under {high}", language, **ends)


def _item(shade: int, words: str) -> Component:
    return html.Li([html.Span(className=f"jd-swatch jd-shade-{shade}", **aria(hidden="true")), words])
