"""What stands in a panel's middle, by the kind of its chart."""

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.text import say
from layouts.graph import graph
from layouts.league import league
from layouts.strip import strip


def body_of(answer: Answer, path: str, companion: Answer | None = None) -> Component:
    """The figures of the answer, drawn; links in it lead to the page at `path`, the companion is drawn inside it."""
    if not answer.rows:
        return html.P(say("There are no figures to show.", answer.language), className="jd-empty")
    if answer.panel.chart.kind == "figures":
        return strip(answer, companion)
    if answer.panel.chart.kind == "league":
        return league(answer, path)
    return graph(answer)
