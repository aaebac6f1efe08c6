"""Rows ranked by one figure, each with its bar: what stands beside a map, and its way for keyboards and ears."""

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.charts.classes import NO_VALUE, Classes
from dashboard.panels.answer import Answer
from dashboard.panels.measured import classes, ordered
from dashboard.panels.panel import Column
from dashboard.words.numbers import count, shown
from dashboard.words.text import say
from data_access.metrics import METRICS
from layouts.aria import aria, data
from layouts.drilled import named
from layouts.hover import size_of
from layouts.legend import alarming
from layouts.listed import number
from layouts.parts import Here
from layouts.tables import Counts, counts_with_ways, with_way
from layouts.tabular import heading

Row = Mapping[str, Any]


def ranked(answer: Answer, here: Here) -> Component:
    """The rows by the figure that is looked at, highest first; a name leads to the page for it alone."""
    column, found = answer.measured, classes(answer)
    language = answer.language
    most = max((abs(row[column.name] or 0) for row in answer.rows), default=0) or 1
    if column.unit == "fraction":
        most = max(most, 1)
    head = html.Tr(
        [
            html.Th(say(answer.panel.column("name").label, language), scope="col"),
            heading(column, language, "jd-barred"),
            html.Th(say("Of", language), scope="col", className="jd-number jd-lesser"),
        ]
    )
    body = [_row(answer, row, here, column, found, most) for row in ordered(answer)]
    style = f"jd-table jd-ranked {alarming(column)}".strip()
    return html.Table([html.Thead(head), html.Tbody(body)], className=style)


def _row(answer: Answer, row: Row, here: Here, column: Column, found: Classes | None, most: float) -> Component:
    value, language = row[column.name], answer.language
    shade = NO_VALUE if found is None or not row["is_member"] else found.shade(value)
    bar = html.Div(
        [
            html.Span(
                html.Span(style={"width": f"{abs(value or 0) / most * 100:.2f}%"}, className="jd-fill"),
                className="jd-track",
                **aria(hidden="true"),
            ),
            html.Span(
                number(answer, row, column.name, shown(value, column.unit, language)),
                className="jd-rate",
                **data(figure=f"{row['slug']} {column.name}"),
            ),
        ],
        className="jd-barcell",
    )
    return html.Tr(
        [
            html.Th(
                [html.Span(className=f"jd-swatch jd-shade-{shade}", **aria(hidden="true")), named(answer, row, here)],
                scope="row",
            ),
            html.Td(bar, className="jd-barred"),
            html.Td(_counts(answer, row, column), className="jd-number jd-lesser"),
        ],
        className="" if row["is_member"] else "jd-rest",
    )


def _counts(answer: Answer, row: Row, column: Column) -> Counts:
    """The counts behind the figure; of a count, how large the place is. Each leads to its complaints, where it may."""
    metric = METRICS.get(column.name)
    if metric is not None and metric.denominator:
        return counts_with_ways(answer, row, column.name)
    size = answer.panel.chart.sizes[0]
    return with_way(size_of(row, size, answer.language), answer, row, size, count(row[size] or 0, answer.language))
