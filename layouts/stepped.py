"""A chart over days that can be had week by week or day by day."""

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.text import say
from layouts.choices import Choice, row_of
from layouts.graph import graph
from layouts.mapped import TOOLS, beside_id
from layouts.parts import Here


def stepped(answer: Answer, here: Here) -> Component:
    """The chart under its choices, which are changed in place as it is."""
    return html.Div([html.Div(steps(answer, here), id=beside_id(answer.panel.name, TOOLS)), graph(answer)])


def steps(answer: Answer, here: Here) -> Component:
    """Week by week, or day by day."""
    language, daily = answer.language, answer.filters.by == "day"
    choices = [
        Choice(say("Week", language), here.to(by=None), not daily),
        Choice(say("Day", language), here.to(by="day"), daily),
    ]
    return html.Div(row_of(say("By", language), choices), className="jd-tools")
