"""A map with its legend, what stands on no map, and the same places ranked beside it."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.boundaries import MapLayer
from dashboard.charts.classes import NO_VALUE, Classes, shades_for
from dashboard.charts.map_drawing import Label, Place, draw_map
from dashboard.panels.answer import Answer
from dashboard.panels.measured import Row, classes, members
from dashboard.words.numbers import shown
from dashboard.words.text import marked, say
from data_access.metrics import METRICS
from layouts.aria import aria, data
from layouts.graph import CONFIG, GRAPH
from layouts.homes import homes
from layouts.hover import said_of
from layouts.legend import beside_the_map, legend
from layouts.map_tools import tools
from layouts.markup import still
from layouts.parts import Here
from layouts.ranked import ranked
from layouts.tiled import tiled

_PER_PEOPLE: Final = {"per_100k": 100_000, "per_1000": 1_000}
"""A figure by people, which is the size of a place for so many of them."""
BESIDE: Final = "beside"
TOOLS, LANDLESS, LEGEND, RANKED, BELOW = PARTS = ("tools", "landless", "legend", "ranked", "below")
_TILES: Final = marked("One tile for each, all of one size, about where it lies. No borders are shown.")


def mapped(answer: Answer, here: Here) -> Component:
    """The map, or the tile grid, beside the ranked rows."""
    language, name = answer.language, answer.panel.name
    title = say(answer.panel.title, language)
    if here.map_style == "tiles":
        drawn: Component = html.Div(still(tiled(answer, here)), role="group", **aria(label=title))
    else:
        graph = {"id": {"type": GRAPH, "name": name}, "config": CONFIG, "className": "jd-map", "responsive": True}
        chart = dcc.Graph(figure=map_of(answer, here), **graph)
        closer = here.layers["districts"].url  # the browser has them ready for the click that descends
        drawn = html.Div(chart, className="jd-map-frame", role="img", **aria(label=title), **data(next_shapes=closer))
    parts = {part: html.Div(child, id=beside_id(name, part)) for part, child in beside(answer, here).items()}
    scrolls = html.Div(parts[RANKED], className="jd-scroll jd-beside", tabIndex="0", role="region", **aria(label=title))
    left = [html.Div([drawn, parts[LANDLESS]], className="jd-map-room"), parts[LEGEND], _source(answer, here)]
    return html.Div(
        [
            parts[TOOLS],
            html.Div([html.Div(left, className="jd-map-side"), scrolls], className="jd-map-grid"),
            parts[BELOW],
        ]
    )


def beside(answer: Answer, here: Here) -> Mapping[str, Component]:
    """What stands around the map, by its part: changed in place, as the map is, when other figures come."""
    return {
        TOOLS: tools(answer, here),
        LANDLESS: _landless(answer, here),
        LEGEND: legend(answer, whole=_is_whole(answer, here)),
        RANKED: still(ranked(answer, here)),
        BELOW: still(homes(answer, here)) if answer.panel.chart.below else html.Div(),
    }


def beside_id(name: str, part: str) -> dict[str, str]:
    """The id of a part around the map of the panel of that name."""
    return {"type": BESIDE, "name": name, "part": part}


def map_of(answer: Answer, here: Here) -> Any:  # plotly has no types of its own
    """The figure of the places that have a shape."""
    layer = _layer(answer, here)
    column, found = answer.measured, classes(answer)
    own = [row for row in members(answer) if row["slug"] in layer.shape_of]
    by_shape = sorted(own, key=lambda row: layer.shape_of[row["slug"]])
    places = [
        _place(answer, shape, list(rows), found)
        for shape, rows in groupby(by_shape, key=lambda row: layer.shape_of[row["slug"]])
    ]
    told = answer.panel.chart.shapes == "provinces"  # there are so few that each has room for its figure
    values = [shown(row[column.name], column.unit, answer.language) if told else "" for row in own]
    labels = [_label(answer, row, layer, value) for row, value in zip(own, values, strict=True)]
    figure = draw_map(layer, places, labels, shades_for(column.good), whole=_is_whole(answer, here))
    return figure.update_layout(uirevision=f"{answer.panel.name} {answer.asked.query()}")


def _layer(answer: Answer, here: Here) -> MapLayer:
    return here.layers[answer.panel.chart.shapes or "provinces"]


def _is_whole(answer: Answer, here: Here) -> bool:
    """Whether all of the country is shown: then what is disputed is shown too."""
    return _layer(answer, here).shape_of.keys() <= {row["slug"] for row in members(answer)}


def _landless(answer: Answer, here: Here) -> Component:
    """Who has figures and no territory, beside the map; on the tile grid it has a tile of its own."""
    if here.map_style == "tiles":
        return html.Div()
    shape_of = _layer(answer, here).shape_of
    found = [beside_the_map(answer, here, row) for row in members(answer) if row["slug"] not in shape_of]
    return html.Div(found, className="jd-landless jd-alarming" if answer.measured.good < 0 else "jd-landless")


def _source(answer: Answer, here: Here) -> Component:
    """What the map is, and where its borders come from, as their file says."""
    layer = _layer(answer, here)
    said = (_TILES,) if here.map_style == "tiles" else (layer.note, layer.attribution)
    return html.P(" ".join(say(sentence, answer.language) for sentence in said if sentence), className="jd-notes")


def _label(answer: Answer, row: Row, layer: MapLayer, value: str) -> Label:
    longitude, latitude = layer.shapes[layer.shape_of[row["slug"]]].label
    return Label(row["name"], latitude, longitude, _weight(answer, row), value)


def _place(answer: Answer, shape: str, rows: Sequence[Row], found: Classes | None) -> Place:
    """A shape. Where it shows more than one place, it has the colour of both together and leads to the larger."""
    rows = sorted(rows, key=lambda row: -_weight(answer, row))
    shade = found.shade(_together(answer, rows)) if found else NO_VALUE
    return Place(shape, rows[0]["slug"], shade, "<br>".join(_hover(answer, row) for row in rows))


def _hover(answer: Answer, row: Row) -> str:
    name, *lines = said_of(answer, row)
    return "<br>".join([f"<b>{name}</b>", *lines])


def _weight(answer: Answer, row: Row) -> float:
    return float(row[answer.panel.chart.sizes[0]] or 0)


def _together(answer: Answer, rows: Sequence[Row]) -> float | None:
    """The figure of several rows: ratios from the sums of their counts; None for what cannot be told from counts."""
    name = answer.measured.name
    if len(rows) == 1:
        return float(rows[0][name]) if rows[0][name] is not None else None
    if name in _PER_PEOPLE:
        people = sum(row["population"] or 0 for row in rows)
        counted = all(row["population"] is not None for row in rows)
        return sum(_weight(answer, row) for row in rows) * _PER_PEOPLE[name] / people if people and counted else None
    metric = METRICS.get(name)
    if metric is None or metric.unit == "days":
        return None
    if metric.denominator is None or metric.numerator is None:
        return float(sum(row[name] or 0 for row in rows))
    below = sum(row[metric.denominator] or 0 for row in rows)
    return sum(row[metric.numerator] or 0 for row in rows) / below if below else None
