"""Few hold most: rows by what they hold, the largest first, with the share of all so far."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.numbers import percent, shown
from dashboard.words.text import say, say_many
from layouts.aria import aria, data
from layouts.drilled import named
from layouts.listed import number
from layouts.parts import Here
from layouts.tabular import heading, scrolling

SHOWN: Final = 12
"""Rows that are drawn; the rest is one row, and all of them stand in the panel's table."""
Row = Mapping[str, Any]


def pareto(answer: Answer, here: Here) -> Component:
    """The table; a name leads to the page for it alone."""
    column, language = answer.measured, answer.language
    rows = sorted(answer.rows, key=lambda row: -(row[column.name] or 0))
    held = [row[column.name] or 0 for row in rows]
    total, first = sum(held), held[0] if held else 0
    if not total:
        return html.P(say("Nothing is pending.", language), className="jd-empty")
    so_far = list(accumulate(held))
    drawn = [place for place, count in enumerate(held[:SHOWN]) if count]
    head = html.Tr(
        [
            html.Th(say(answer.panel.column("name").label, language), scope="col"),
            heading(column, language, "jd-barred"),
            html.Th(say("Share", language), scope="col", className="jd-number jd-lesser"),
            html.Th(
                say("So far", language),
                scope="col",
                className="jd-number",
                title=say("share of this row and all above it", language),
            ),
        ]
    )
    body = [
        _row(answer, rows[place], here, held[place], first, (held[place] / total, so_far[place] / total))
        for place in drawn
    ]
    rest = held[len(drawn) :]
    if sum(rest):
        body.append(_rest(len([count for count in rest if count]), sum(rest), total, language))
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-ranked")
    name = say(answer.panel.title, language)
    return scrolling(table, name)


def _row(answer: Answer, row: Row, here: Here, count: int, most: int, shares: Sequence[float]) -> Component:
    language = answer.language
    bar = html.Div(
        [
            html.Span(
                html.Span(style={"width": f"{count / most * 100:.2f}%"}, className="jd-fill"),
                className="jd-track",
                **aria(hidden="true"),
            ),
            html.Span(
                number(answer, row, answer.measured.name, shown(count, "complaints", language)),
                className="jd-rate",
                **data(figure=f"{row['slug']} held"),
            ),
        ],
        className="jd-barcell",
    )
    parent = (
        []
        if row["parent_name"] is None or here.filters.government or row["parent_name"] in row["name"]
        else [html.Small(f" {row['parent_name']}", className="jd-parent")]
    )
    own, so_far = (percent(share, language, digits=0) for share in shares)
    return html.Tr(
        [
            html.Th([named(answer, row, here), *parent], scope="row"),
            html.Td(bar, className="jd-barred"),
            html.Td(own, className="jd-number jd-lesser"),
            html.Td(so_far, className="jd-number"),
        ],
        className="" if row["is_member"] else "jd-rest",
    )


def _rest(parts: int, count: int, total: int, language: str) -> Component:
    words = say_many("One more", "{parts} more", parts, language, parts=shown(parts, "whole", language))
    return html.Tr(
        [
            html.Th(words, scope="row"),
            html.Td(
                html.Span(shown(count, "complaints", language), className="jd-rate"), className="jd-barred jd-number"
            ),
            html.Td(percent(count / total, language, digits=0), className="jd-number jd-lesser"),
            html.Td(percent(1, language, digits=0), className="jd-number"),
        ],
        className="jd-rest",
    )
