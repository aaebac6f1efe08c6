"""Places coloured by one figure, drawn by plotly over shapes that the browser fetches once, by their address."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly has no types of its own

from dashboard.charts.boundaries import Frame, MapLayer
from dashboard.charts.classes import NO_VALUE
from dashboard.charts.tokens import FONT, LIGHT

_LAPTOP: Final = (620, 470)  # pixels that the drawing has: room for labels is reckoned by them
_PHONE: Final = (330, 350)
_STRETCH: Final = 1.16  # a degree of latitude is so much longer on a map of these parts than one of longitude
_WIDEST: Final = 22  # letters; longer names are broken
_LETTER, _LINE = 6.4, 15  # pixels that a letter and a line of a label take
_CLEAR: Final = "rgba(0,0,0,0)"


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """One shape: its id, what a click on it asks for, its colour (a shade of `classes`), what is said of it."""

    shape: str
    slug: str
    shade: int
    hover: str


@dataclass(frozen=True)
class Label:
    """A name on the map, in degrees, perhaps with a figure; where room is short, the one with more weight stays."""

    text: str
    latitude: float
    longitude: float
    weight: float = 0.0
    value: str = ""  # the figure, in a line of its own

    @property
    def lines(self) -> list[str]:
        """The name, broken where it is long, and the value."""
        return [*wrap(self.text, _WIDEST), *([self.value] if self.value else [])]


def draw_map(
    layer: MapLayer, places: Sequence[Place], labels: Sequence[Label], shades: Sequence[str], *, whole: bool
) -> go.Figure:
    """The map of these places, in the colours of these tokens, the lowest class first.

    `whole`: of all the country, with what is disputed, else of the places alone.
    """
    figure = go.Figure()
    for shade in (NO_VALUE, *range(len(shades))):
        own = [place for place in places if place.shade == shade]
        if own:
            figure.add_trace(_shapes(layer.url, own, None if shade == NO_VALUE else LIGHT[shades[shade]]))
    frame = layer.frame_of([] if whole else [place.shape for place in places])
    if whole and layer.disputed:
        _add_disputed(figure, layer)
        disputed = layer.disputed.values()
        labels = [*labels, *(Label(shape.name, shape.label[1], shape.label[0], inf) for shape in disputed)]
    few = uncrowded(labels, _scale(frame, *_PHONE))
    frame = _with_room(frame, few, _scale(frame, *_PHONE))
    more = uncrowded(labels, _scale(frame, *_LAPTOP), few)
    for shown in (few, more[len(few) :]):  # the styles leave the second ones away where the screen is narrow
        _add_names(figure, shown)
    _lay_out(figure, frame)
    return figure


def _scale(frame: Frame, width: float, height: float) -> float:
    """Pixels a degree of longitude on a drawing so large."""
    return min(width / (frame.east - frame.west), height / (frame.north - frame.south) / _STRETCH)


def _with_room(frame: Frame, labels: Sequence[Label], scale: float) -> Frame:
    """The frame, wide enough for names that reach over what they name."""
    boxes = [_box(label, scale) for label in labels]
    west = min((box[0] / scale for box in boxes), default=frame.west)
    east = max((box[1] / scale for box in boxes), default=frame.east)
    return Frame(min(frame.west, west), frame.south, max(frame.east, east), frame.north)


def _add_names(figure: go.Figure, labels: Sequence[Label]) -> None:
    figure.add_scattergeo(
        lat=[label.latitude for label in labels],
        lon=[label.longitude for label in labels],
        text=["<br>".join(label.lines) for label in labels],
        mode="text",
        textfont={"size": 12, "color": LIGHT["ink"], "family": FONT},
        hoverinfo="skip",
    )


def _add_disputed(figure: go.Figure, layer: MapLayer) -> None:
    """Hatched: lines across what is disputed, which has no colour of a figure."""
    shapes = [Place(slug, "", NO_VALUE, shape.name) for slug, shape in layer.disputed.items()]
    figure.add_trace(_shapes(layer.url, shapes, LIGHT["no-value"]))
    ends = [point for start, end in layer.hatching for point in (start, end, (None, None))]
    figure.add_scattergeo(
        lon=[longitude for longitude, _ in ends],
        lat=[latitude for _, latitude in ends],
        mode="lines",
        line={"color": LIGHT["line-strong"], "width": 1},
        hoverinfo="skip",
    )


def _lay_out(figure: go.Figure, frame: Frame) -> None:
    figure.update_geos(
        visible=False,
        projection_type="mercator",
        lonaxis_range=[frame.west, frame.east],
        lataxis_range=[frame.south, frame.north],
        bgcolor="rgba(0,0,0,0)",
    )
    figure.update_layout(
        autosize=True,  # as large as the styles make its room
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        dragmode=False,
        paper_bgcolor="rgba(0,0,0,0)",
        hoverlabel={
            "bgcolor": LIGHT["paper"],
            "bordercolor": LIGHT["line-strong"],
            "font": {"color": LIGHT["ink"], "family": FONT, "size": 13},
            "align": "left",
        },
    )


def _shapes(url: str, places: Sequence[Place], colour: str | None) -> Any:
    """Shapes of one colour; without one they are outlines: no figure is no colour."""
    fill, line = (_CLEAR, LIGHT["line-strong"]) if colour is None else (colour, LIGHT["paper"])
    return go.Choropleth(
        geojson=url,
        locationmode="geojson-id",
        locations=[place.shape for place in places],
        z=[0] * len(places),
        customdata=[place.slug for place in places],
        text=[place.hover for place in places],
        hovertemplate="%{text}<extra></extra>",
        colorscale=[[0, fill], [1, fill]],
        showscale=False,
        marker={"line": {"color": line, "width": 0.8}},
    )


def uncrowded(labels: Sequence[Label], scale: float, first: Sequence[Label] = ()) -> list[Label]:
    """Those labels that lie on no other, at so many pixels a degree: the weightier first, as long as there is room.

    `first` are those that have their place already; they come first.
    """
    shown = list(first)
    taken = [_box(label, scale) for label in shown]
    for label in sorted(labels, key=lambda label: -label.weight):
        box = _box(label, scale)
        if label not in shown and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            shown.append(label)
    return shown


def _box(label: Label, scale: float) -> Box:
    """West, east, south and north of a label in pixels."""
    lines = label.lines
    x, y = label.longitude * scale, label.latitude * scale * _STRETCH
    wide, high = max(map(len, lines)) * _LETTER / 2, len(lines) * _LINE / 2
    return x - wide, x + wide, y - high, y + high


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
