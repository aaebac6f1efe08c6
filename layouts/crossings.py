"""What grows too old in each part, if nothing is closed: a table, the worst first."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.numbers import shown
from dashboard.words.text import say
from layouts.aria import data
from layouts.drilled import named
from layouts.listed import number
from layouts.parts import Here
from layouts.tabular import heading, scrolling

SHOWN: Final = 15
"""Rows that are drawn; all of them stand in the panel's table."""
COLUMNS: Final = ("pending", "crosses_20", "crosses_40", "crosses_90", "hold_per_day", "clear_per_day")
_LESSER: Final = frozenset({"pending", "hold_per_day"})
Row = Mapping[str, Any]


def crossings(answer: Answer, here: Here) -> Component:
    """The parts where anything is pending."""
    rows = [row for row in answer.rows if row["pending"]]
    if not rows:
        return html.P(say("Nothing is pending.", answer.language), className="jd-empty")
    language = answer.language
    heads = [answer.panel.column(name) for name in COLUMNS]
    head = html.Tr(
        [
            html.Th(say(answer.panel.column("name").label, language), scope="col"),
            *(heading(column, language, _kind(column.name)) for column in heads),
        ]
    )
    body = [_row(answer, row, here) for row in rows[:SHOWN]]
    if rows[SHOWN:]:
        rest = {name: sum(row[name] for row in rows[SHOWN:]) for name in COLUMNS}
        words = say("{parts} more", language, parts=len(rows) - SHOWN)
        cells = [html.Td(_text(answer, rest, name), className=_kind(name)) for name in COLUMNS]
        body.append(html.Tr([html.Th(words, scope="row"), *cells], className="jd-rest"))
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-crossings")
    return scrolling(table, say(answer.panel.title, language))


def _row(answer: Answer, row: Row, here: Here) -> Component:
    cells = [
        html.Td(
            number(answer, row, name, _text(answer, row, name)),
            className=_kind(name),
            **data(figure=f"{row['slug']} {name}"),
        )
        for name in COLUMNS
    ]
    kind = "" if row["is_member"] else "jd-rest"
    return html.Tr([html.Th(named(answer, row, here), scope="row"), *cells], className=kind)


def _text(answer: Answer, row: Row, name: str) -> str:
    return shown(row[name], answer.panel.column(name).unit, answer.language)


def _kind(name: str) -> str:
    return "jd-number jd-lesser" if name in _LESSER else "jd-number"
