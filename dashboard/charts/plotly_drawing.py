"""Chart descriptions as plotly figures. The only place that knows plotly; takes a frame and touches nothing else."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly has no types of its own

from dashboard.charts.description import Band, Chart, Kind, Series
from dashboard.charts.funnel_drawing import HEIGHT as FUNNEL
from dashboard.charts.funnel_drawing import funnel
from dashboard.charts.tokens import FONT, LIGHT
from dashboard.words.dates import short_day
from dashboard.words.numbers import shown
from dashboard.words.text import say

_STACK: Final = 250  # pixels of height for one band of parts upon each other,
_BAND: Final = 165  # and of lines,
_DRAWN: Final = 0.7  # of which this part is between the axis and the highest value
_LABEL: Final = 17  # pixels that one line of text takes
_FEW: Final = 4
_TEMPLATE: Final = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": LIGHT["ink"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hoverlabel": {"bgcolor": LIGHT["paper"], "bordercolor": LIGHT["line-strong"], "font": {"color": LIGHT["ink"]}},
        "xaxis": {"gridcolor": LIGHT["line"], "linecolor": LIGHT["line-strong"], "fixedrange": True},
        "yaxis": {"gridcolor": LIGHT["line"], "zerolinecolor": LIGHT["line-strong"], "fixedrange": True},
    }
)


def drawable(chart: Chart) -> bool:
    """Whether this kind is drawn; the others are tables wherever they appear."""
    return chart.kind in _DRAWERS


def height_of(chart: Chart) -> int:
    """The height a figure will have, in pixels: room can be kept for it before it is there."""
    return FUNNEL if chart.kind == "funnel" else sum(_pixels(band) for band in chart.bands) + 40


def _pixels(band: Band) -> int:
    return _STACK if band.stacked else _BAND


def draw(chart: Chart, frame: pd.DataFrame, language: str) -> go.Figure:
    """The figure of the frame's rows. Raises KeyError for a kind that is not drawn."""
    figure = _DRAWERS[chart.kind](chart, frame, language)
    figure.update_layout(template=_TEMPLATE, height=height_of(chart))
    return figure


def _lines(chart: Chart, frame: pd.DataFrame, language: str) -> go.Figure:
    """Bands over the same days, each from zero, each line named at its last point."""
    figure = go.Figure()
    whole, top = sum(_pixels(band) for band in chart.bands), 1.0
    for number, band in enumerate(chart.bands):
        axis, share = "" if number == 0 else str(number + 1), _pixels(band) / whole
        room = {"domain": [top - share + 0.06, top - 0.09], "rangemode": "tozero"}
        figure.update_layout({f"yaxis{axis}": {**room, **_ticks(band, frame)}})
        figure.add_annotation(
            text=f"<b>{say(band.label, language)}</b>",
            x=0,
            y=top,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            showarrow=False,
        )
        _draw_band(figure, chart, band, axis, frame, language)
        top -= share
    if chart.marked is not None and not frame.empty:
        _mark(figure, frame[chart.marked].iloc[0], language)
    # Labels stand right of the last day; plotly would else make room for them by years that are not in the data.
    # Not by a fixed range: plotly would take that for a choice of ours and forget the reader's when newer data come.
    first, last = frame[chart.category].min(), frame[chart.category].max()
    figure.update_xaxes(autorangeoptions={"clipmin": first, "clipmax": last})
    figure.update_yaxes(separatethousands=True)
    figure.update_xaxes(
        anchor=f"y{'' if len(chart.bands) == 1 else len(chart.bands)}", tickformat="%-d %b\n%Y", tickangle=0
    )
    figure.update_xaxes(ticks="outside", ticklen=6, tickcolor=LIGHT["line-strong"])
    figure.update_xaxes(fixedrange=False)  # days can be looked at closely; counts always start at zero
    figure.update_layout(margin={"l": 56, "r": 130, "t": 4, "b": 38}, hovermode="x unified", dragmode="zoom")
    figure.update_layout(hoverdistance=-1)  # wherever one points or clicks, the nearest row is meant
    return figure


def _mark(figure: go.Figure, day: date, language: str) -> None:
    """A line at the day on which something began."""
    line = {"color": LIGHT["ink"], "width": 1, "dash": "dot"}
    figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, xref="x", yref="paper", line=line)
    says = {"text": short_day(day, language), "x": day, "y": 1, "xref": "x", "yref": "paper", "showarrow": False}
    figure.add_annotation(**says, xanchor="left", yanchor="top", xshift=4)


def _ticks(band: Band, frame: pd.DataFrame) -> Mapping[str, int | str]:
    """How the axis of a band is divided and read: few complaints one by one, for there are no halves of them."""
    if band.unit == "fraction":
        return {"nticks": 4, "tickformat": ".0%"}
    top = max((float(frame[series.column].max()) for series in band.series), default=0.0)
    few = band.unit != "days" and top <= _FEW
    return {"tickformat": ",d", **({"dtick": 1} if few else {"nticks": 4})}


def _draw_band(figure: go.Figure, chart: Chart, band: Band, axis: str, frame: pd.DataFrame, language: str) -> None:
    ends: list[tuple[float, float, Series]] = []  # where the label stands, what it says, of which series
    below = 0.0
    for series in band.series:
        values = _whole_rows(chart, band, frame, series.column)
        figure.add_scatter(
            x=frame[chart.category],
            y=values,
            yaxis=f"y{axis}",
            mode="lines",
            name=say(series.label, language),
            hovertemplate="%{y:.1%}" if band.unit == "fraction" else "%{y:,.0f}",
            **_look(series, band, axis),
        )
        if values.notna().any():
            last = float(values.dropna().iloc[-1])
            ends.append((below + last / 2 if band.stacked else last, last, series))
            below += last
    columns = frame[[series.column for series in band.series]]
    top = columns.sum(axis=1).max() if band.stacked else columns.max().max()
    ends.sort(key=itemgetter(0))
    for (place, value, series), shift in zip(ends, _apart([end[0] for end in ends], top, band), strict=True):
        figure.add_annotation(
            x=frame[chart.category].iloc[-1],
            y=place,
            yref=f"y{axis}",
            text=f"{say(series.label, language)} <b>{shown(value, band.unit, language)}</b>",
            font={"color": LIGHT["ink" if band.stacked else series.emphasis]},
            showarrow=False,
            xanchor="left",
            xshift=6,
            yshift=shift,
        )


def _look(series: Series, band: Band, axis: str) -> dict[str, Any]:
    """How plotly draws a series: a line, or a part of the band's stack."""
    colour = LIGHT[series.emphasis]
    if band.stacked:
        return {"stackgroup": f"stack{axis}", "fillcolor": colour, "line": {"color": LIGHT["paper"], "width": 0.5}}
    return {"line": {"color": colour, "width": 2, "dash": "dot" if series.emphasis == "plain" else "solid"}}


def _whole_rows(chart: Chart, band: Band, frame: pd.DataFrame, column: str) -> "pd.Series[float]":
    values = frame[column].astype(float)
    if not band.flow or chart.span is None:
        return values
    return values.where(frame[chart.span] == frame[chart.span].max())


def _apart(values: Sequence[float], top: float, band: Band) -> list[float]:
    """Shifts, in pixels, that keep labels at these values (rising) from lying on each other."""
    shifts: list[float] = []
    lowest = -math.inf
    for value in values:
        place = value / top * _pixels(band) * _DRAWN if top else 0.0
        moved = max(place, lowest)
        shifts.append(moved - place)
        lowest = moved + _LABEL
    return shifts


_DRAWERS: Final[Mapping[Kind, Callable[[Chart, pd.DataFrame, str], Any]]] = {"lines": _lines, "funnel": funnel}
