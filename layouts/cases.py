"""Some complaints, one row each: how long they wait, and who holds them."""

from collections.abc import Mapping
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.cases import LIST_PARAMETERS
from dashboard.words.dates import day
from dashboard.words.numbers import count
from dashboard.words.text import say
from layouts.listed import ONE
from layouts.parts import Here, address
from layouts.tabular import heading, scrolling

SHOWN: Final = 25
"""Rows that are drawn; all of them stand in the panel's table. Each cell more makes the whole page slower to come."""
_COLUMNS: Final = (
    ("age", "jd-number jd-size"),
    ("id", ""),
    ("subject", "jd-lesser"),
    ("office", ""),
    ("days_held", "jd-number"),
    ("government", "jd-lesser"),
    ("district", "jd-lesser"),
    ("due_on", "jd-lesser"),
)
"""The columns that are shown; all others are in the file."""
Row = Mapping[str, Any]


def cases(answer: Answer, here: Here) -> Component:
    """The table, in the order of the rows; a number leads to its complaint."""
    head = html.Tr([_th(answer, name, kind) for name, kind in _COLUMNS])
    body = [_row(answer, row, here) for row in answer.rows[:SHOWN]]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-cases")
    title = say(answer.panel.title, answer.language)
    scrolls = scrolling(table, title)
    more = len(answer.rows) - SHOWN
    if more <= 0:
        return scrolls
    words = say("{more} more stand in the table below.", answer.language, more=count(more, answer.language))
    return html.Div([scrolls, html.P(words, className="jd-notes")])


def _th(answer: Answer, name: str, kind: str) -> Component:
    return heading(answer.panel.column(name), answer.language, kind)


def _row(answer: Answer, row: Row, here: Here) -> Component:
    kept = here.filters.only(LIST_PARAMETERS)
    said: dict[str, Component | str] = {
        "age": count(row["age"], answer.language),
        "id": dcc.Link(str(row["id"]), href=address(f"{ONE}{row['id']}", kept), refresh=True),
        "days_held": count(row["days_held"], answer.language),
        "due_on": day(row["due_on"], answer.language),
        **{name: row[name] or "" for name in ("subject", "office", "government", "district")},
    }
    return html.Tr([html.Td(said[name], className=kind) for name, kind in _COLUMNS])
