"""A drawn chart. Its headline is its name for those who cannot see it; the panel's table holds its data."""

from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.plotly_drawing import draw
from dashboard.panels.answer import Answer
from dashboard.words.text import say
from layouts.aria import aria

CONFIG: Final[Any] = {
    "displayModeBar": False,
    "responsive": True,
    # plotly.js offers to send charts to a cloud unless told otherwise.
    "showSendToCloud": False,
    "plotlyServerURL": "",
}


def graph(answer: Answer) -> Component:
    """The panel's chart, of a known height."""
    figure = draw(answer.panel.chart, answer.frame, answer.language)
    name = answer.headline or say(answer.panel.title, answer.language)
    return html.Div(
        dcc.Graph(figure=figure, config=CONFIG, style={"height": f"{figure.layout.height}px"}),
        role="img",
        **aria(label=name),
    )
