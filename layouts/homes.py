"""What a map does not show of its places, in a table under it: of citizens who they are, how often they complain."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.cells import cell
from dashboard.words.text import marked, say
from layouts.aria import data
from layouts.drilled import named
from layouts.parts import Here
from layouts.tabular import heading, scrolling

_LESSER: Final = frozenset({"share", "share_special", "per_citizen", "complainants", "repeat_complainants"})
"""What a phone leaves to the table below."""
_SHORT: Final = {
    "registered_change": marked("Change"),
    "share_women": marked("Women"),
    "share_special": marked("Special persons"),
    "per_citizen": marked("Per citizen"),
}
"""Headings where those of the columns would be too long."""
Row = Mapping[str, Any]


def homes(answer: Answer, here: Here) -> Component:
    """The table, in the order of the rows."""
    language = answer.language
    heads = [
        html.Th(say(answer.panel.column("name").label, language), scope="col"),
        *(_head(answer, one) for one in answer.panel.chart.below),
    ]
    body = [_row(answer, row, here) for row in answer.rows]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="jd-table")
    name = say(answer.panel.title, language)
    return scrolling(table, name)


def _head(answer: Answer, name: str) -> Component:
    return heading(answer.panel.column(name), answer.language, _kind(name), _SHORT.get(name))


def _kind(name: str) -> str:
    return "jd-number jd-lesser" if name in _LESSER else "jd-number"


def _row(answer: Answer, row: Row, here: Here) -> Component:
    cells = [
        html.Td(
            cell(row[name], answer.panel.column(name), answer.language),
            className=_kind(name),
            **data(figure=f"{row['slug']} {name}"),
        )
        for name in answer.panel.chart.below
    ]
    kind = "" if row["is_member"] else "jd-rest"
    return html.Tr([html.Th(named(answer, row, here), scope="row"), *cells], className=kind)
