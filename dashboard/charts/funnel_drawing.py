"""A rate by how many it is of, between the limits within which chance alone may scatter it."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly has no types of its own

from dashboard.charts.description import Chart
from dashboard.charts.tokens import LIGHT
from dashboard.words.numbers import count, percent
from dashboard.words.text import say

HEIGHT: Final = 340
_LIMITS: Final = (("low", "dash"), ("high", "dash"), ("lower", "dot"), ("higher", "dot"))


def funnel(chart: Chart, frame: pd.DataFrame, language: str) -> Any:  # plotly has no types of its own
    """Each row a point, the one asked for a larger one in the accent; its peers lead to themselves when clicked."""
    figure = go.Figure()
    rate = chart.bands[0].series[0].column
    told = frame[frame[chart.category].fillna(0) > 0].sort_values(chart.category)
    for name, dash in _LIMITS:
        figure.add_scatter(
            x=told[chart.category],
            y=told[name],
            mode="lines",
            hoverinfo="skip",
            line={"color": LIGHT["line-strong"], "width": 1, "dash": dash},
        )
    figure.add_scatter(
        x=told[chart.category],
        y=told["group_value"],
        mode="lines",
        hoverinfo="skip",
        line={"color": LIGHT["plain"], "width": 1},
    )
    own = told["own"].astype(bool)
    for rows, colour, size in ((told[~own], LIGHT["plain"], 7), (told[own], LIGHT["accent"], 13)):
        words = [
            f"{row['name']}<br>{percent(row[rate], language)} "
            + say("of {whole}", language, whole=count(row[chart.category], language))
            for _, row in rows.iterrows()
        ]
        figure.add_scatter(
            x=rows[chart.category],
            y=rows[rate],
            mode="markers",
            customdata=rows["slug"],
            text=words,
            hovertemplate="%{text}<extra></extra>",
            marker={"color": colour, "size": size, "opacity": 0.75, "line": {"color": LIGHT["paper"], "width": 1}},
        )
    figure.update_yaxes(tickformat=".0%", rangemode="tozero", nticks=6)
    figure.update_xaxes(tickformat=",d", rangemode="tozero", title=say("Of how many", language))
    figure.update_layout(margin={"l": 56, "r": 20, "t": 10, "b": 48}, hovermode="closest", dragmode=False)
    return figure
