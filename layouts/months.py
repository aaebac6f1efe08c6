"""One figure by row and month, the newest month last: what is held back is n/a."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.dates import month
from dashboard.words.text import say
from layouts.aria import data
from layouts.parts import Here
from layouts.tables import cell
from layouts.tabular import scrolling

SHOWN: Final = 13
"""Months: a year, and the one before it to compare with."""


def months(answer: Answer, _here: Here) -> Component:
    """The table."""
    language, column = answer.language, answer.measured
    endings = sorted({row["month_ending"] for row in answer.rows})[-SHOWN:]
    by_place = {(row["slug"], row["month_ending"]): row for row in answer.rows}
    names = {row["slug"]: row["name"] for row in answer.rows}
    heads = [html.Th(month(ending, language), scope="col", className="jd-number") for ending in endings]
    body = []
    for slug, name in names.items():
        cells = []
        for ending in endings:
            row = by_place[slug, ending]
            text = cell(row[column.name], column, language)
            figure = data(figure=f"{slug} {ending} {column.name}")
            cells.append(html.Td(text, className="jd-number", **figure))
        kind = "" if by_place[slug, endings[-1]]["is_member"] else "jd-rest"
        body.append(html.Tr([html.Th(name, scope="row"), *cells], className=kind))
    first = html.Th(say(answer.panel.column("name").label, language), scope="col")
    caption = html.Caption(say(answer.panel.chart.bands[0].label, language), className="jd-soft")
    table = html.Table([caption, html.Thead(html.Tr([first, *heads])), html.Tbody(body)], className="jd-table")
    title = say(answer.panel.title, language)
    return scrolling(table, title)
