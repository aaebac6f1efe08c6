"""Who moved a figure, and how far: for each kind of part a list of its largest contributions, as bars to both sides."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Column
from dashboard.words.changes_headlines import TOLD_BY
from dashboard.words.numbers import changed, moved
from dashboard.words.text import marked, say, say_many
from layouts.aria import aria, data
from layouts.drilled import named
from layouts.parts import Here

SHOWN: Final = 4
"""Parts that are drawn of each kind; the others share a row, and all of them stand in the panel's table."""
DIGITS: Final = 2
"""Of points: parts move the rate of a country by hundredths."""
KINDS: Final = dict(
    zip(
        TOLD_BY,
        (marked("Governments"), marked("Districts"), marked("Departments"), marked("Categories")),
        strict=True,
    )
)
Row = Mapping[str, Any]


def moves(answer: Answer, here: Here) -> Component:
    """A half for each figure: how far it moved, and by whom. Worse is told by colour, side and sign."""
    halves = [_half(answer, here, band.label, band.series[0].column) for band in answer.panel.chart.bands]
    return html.Div(halves, className="jd-moves")


def _half(answer: Answer, here: Here, label: str, name: str) -> Component:
    language, column = answer.language, answer.panel.column(name)
    kinds = {kind: [row for row in answer.rows if row["dimension"] == kind] for kind in KINDS}
    lists = {kind: _largest(rows, name) for kind, rows in kinds.items() if len(rows) > 1}
    most = max((abs(value) for rows in lists.values() for value in _values(rows, name)), default=0)
    whole = changed(answer.rows[0][name], column.unit, language)
    title = html.H3([f"{say(label, language)} ", html.Span(whole, **data(figure=f"whole {name}"))])
    drawn = [_list(answer, here, kind, lists[kind], kinds[kind], column, most) for kind in lists]
    return html.Div([title, html.Div(drawn, className="jd-move-lists")], className="jd-half-moves")


def _values(rows: Sequence[Row], name: str) -> list[float]:
    return [row[name] for row in rows if row[name] is not None]


def _largest(rows: Sequence[Row], name: str) -> list[Row]:
    return sorted((row for row in rows if row[name]), key=lambda row: -abs(row[name]))[:SHOWN]


def _list(
    answer: Answer, here: Here, kind: str, shown: Sequence[Row], rows: Sequence[Row], column: Column, most: float
) -> Component:
    language = answer.language
    name = column.name
    body = [
        _line([named(answer, row, here), *_parent(row, here)], row["name"], row[name], column, most, language, row)
        for row in shown
    ]
    others = [row for row in rows if row[name] and row not in shown]
    if others:
        words = say_many("One other", "{parts} others", len(others), language, parts=len(others))
        body.append(_line([words], "", sum(_values(others, name)), column, most, language))
    if not body:
        body = [html.Tr(html.Td(say("No change", language), className="jd-small", colSpan=3))]
    return html.Table([html.Caption(say(KINDS[kind], language)), html.Tbody(body)], className="jd-table jd-move")


def _parent(row: Row, here: Here) -> list[Component]:
    parent = row["parent_name"]
    if row["dimension"] != "department" or parent is None or here.filters.government or parent in row["name"]:
        return []
    return [html.Small(f" {parent}", className="jd-parent")]


def _line(
    head: Sequence[Component | str],
    title: str,
    value: float,
    column: Column,
    most: float,
    language: str,
    row: Row | None = None,
) -> Component:
    mark = data(figure=f"{row['dimension']} {row['slug']} {column.name}") if row else {}
    return html.Tr(
        [
            html.Th(head, scope="row", title=title),
            html.Td(_bar(value, column, most)),
            html.Td(moved(value, column.unit, language, DIGITS), className="jd-number", **mark),
        ],
        className="" if row else "jd-rest",
    )


def _bar(value: float, column: Column, most: float) -> Component:
    """From the middle to the left for less, to the right for more, as far as the largest is drawn."""
    width = min(abs(value) / most, 1) * 50 if most else 0
    side = "left" if value > 0 else "right"
    worse = value * column.good < 0
    fill = html.Span(style={side: "50%", "width": f"{width:.2f}%"}, className="jd-worse" if worse else "jd-better")
    return html.Span(fill, className="jd-swing", **aria(hidden="true"))
