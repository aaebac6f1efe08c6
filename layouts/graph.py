"""A drawn chart. Its panel's headline says what it shows, the panel's table holds its data.

Its figure is changed in place: a chart that is drawn anew would forget what the reader has zoomed to.
"""

from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.plotly_drawing import draw
from dashboard.panels.answer import Answer
from dashboard.words.text import say
from layouts.aria import aria

GRAPH: Final = "graph"
CONFIG: Final[Any] = {
    "displayModeBar": False,
    "responsive": True,
    # plotly.js offers to send charts to a cloud unless told otherwise.
    "showSendToCloud": False,
    "plotlyServerURL": "",
}


def drawn_of(answer: Answer) -> Any:  # plotly has no types of its own
    """The panel's figure. Newer data keep what the reader has zoomed to; other filters do not."""
    figure = draw(answer.panel.chart, answer.frame, answer.language)
    return figure.update_layout(uirevision=f"{answer.panel.name} {answer.asked.query()}")


def graph(answer: Answer) -> Component:
    """The panel's chart, of the height that its figure says."""
    panel = answer.panel
    chart = dcc.Graph(figure=drawn_of(answer), id={"type": GRAPH, "name": panel.name}, config=CONFIG)
    return html.Div(chart, role="img", **aria(label=say(panel.title, answer.language)))
