"""Horizontal bars from zero; the name stands above its bar with the number, so long names never squeeze the bars."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.numbers import count, percent, shown
from dashboard.words.text import say
from layouts.aria import aria, data
from layouts.listed import number

Row = Mapping[str, Any]
SHOWN: Final = 15
"""Rows that are drawn; all of them stand in the panel's table."""


def bars(answer: Answer) -> Component:
    """The rows of the answer, in its order; a number leads to the complaints that it counts."""
    column = answer.measured.name
    most = max((row[column] or 0 for row in answer.rows), default=0) or 1
    drawn = html.Ul([_bar(answer, row, column, most) for row in answer.rows[:SHOWN]], className="jd-bars")
    more = len(answer.rows) - SHOWN
    if more <= 0:
        return drawn
    words = say("{more} more stand in the table below.", answer.language, more=count(more, answer.language))
    return html.Div([drawn, html.P(words, className="jd-notes")])


def _bar(answer: Answer, row: Row, column: str, most: float) -> Component:
    value, language = row[column], answer.language
    text = shown(value, answer.measured.unit, language)
    share = row.get("share")
    return html.Li(
        [
            html.Div(
                [
                    f"{row[answer.panel.chart.category]} ",
                    html.Strong(number(answer, row, column, text), **data(figure=f"{row['slug']} {column}")),
                    "" if share is None else f" · {percent(share, language)}",
                ]
            ),
            html.Span(
                html.Span(style={"width": f"{(value or 0) / most * 100:.2f}%"}, className="jd-fill"),
                className="jd-track",
                **aria(hidden="true"),
            ),
        ]
    )
