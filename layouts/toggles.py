"""Few rows with a bar each: a click chooses one and marks it, a second click takes the choice away."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.cells import behind
from dashboard.words.numbers import shown
from dashboard.words.text import say
from layouts.aria import aria, data
from layouts.drilled import is_chosen, named
from layouts.listed import number
from layouts.parts import Here
from layouts.tabular import heading, scrolling

Row = Mapping[str, Any]


def toggles(answer: Answer, here: Here) -> Component:
    """The table; a row that is chosen is marked, the others stand back."""
    barred, *beside = (band.series[0].column for band in answer.panel.chart.bands)
    most = max((row[barred] for row in answer.rows), default=0) or 1
    choosing = any(is_chosen(answer, row, here) for row in answer.rows)
    head = html.Tr(
        [
            html.Th(say(answer.panel.column("name").label, answer.language), scope="col"),
            _th(answer, barred, "jd-barred"),
            *(_th(answer, name, _kind(name)) for name in ("share", *beside)),
        ]
    )
    body = [_row(answer, row, here, row[barred] / most, (barred, "share", *beside)) for row in answer.rows]
    kind = "jd-table jd-ranked jd-toggles jd-choosing" if choosing else "jd-table jd-ranked jd-toggles"
    table = html.Table([html.Thead(head), html.Tbody(body)], className=kind)
    name = say(answer.panel.title, answer.language)
    return scrolling(table, name)


def _th(answer: Answer, name: str, kind: str) -> Component:
    return heading(answer.panel.column(name), answer.language, kind)


def _kind(name: str) -> str:
    return "jd-number jd-lesser" if name == "pending" else "jd-number"


def _row(answer: Answer, row: Row, here: Here, part: float, columns: Sequence[str]) -> Component:
    """The row; the first of the columns has the bar, which is this part of the whole track."""
    language, chosen = answer.language, is_chosen(answer, row, here)
    barred, *others = columns
    bar = html.Div(
        [
            html.Span(
                html.Span(style={"width": f"{part * 100:.2f}%"}, className="jd-fill"),
                className="jd-track",
                **aria(hidden="true"),
            ),
            html.Span(_figure(answer, row, barred), className="jd-rate", **data(figure=f"{row['slug']} {barred}")),
        ],
        className="jd-barcell",
    )
    left = [html.Span(say("(chosen; leads back to all)", language), className="visually-hidden")] if chosen else []
    kinds = ["jd-chosen" if chosen else "", "" if row["is_member"] else "jd-rest"]
    return html.Tr(
        [
            html.Th([named(answer, row, here), *left], scope="row"),
            html.Td(bar, className="jd-barred"),
            *(
                html.Td(_figure(answer, row, name), className=_kind(name), title=behind(row, name, language))
                for name in others
            ),
        ],
        className=" ".join(filter(None, kinds)),
        **(aria(current="true") if chosen else {}),
    )


def _figure(answer: Answer, row: Row, name: str) -> Component | str:
    return number(answer, row, name, shown(row[name], answer.panel.column(name).unit, answer.language))
