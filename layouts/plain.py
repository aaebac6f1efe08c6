"""An answer as the table that it is, for panels without a better picture."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Column
from dashboard.words.text import say
from data_access.questions.audits import ALL
from layouts.parts import Here
from layouts.roster import Row, is_choosable, said_of
from layouts.tables import side
from layouts.tabular import heading, scrolling

_OF_DRAW: Final = frozenset({"draw", "seed", "drawn_as_of", "drawn_from", "drawn_to", "drawn_on"})
"""What the list of draws says above, of all rows alike."""


def plain(answer: Answer, here: Here) -> Component:
    """The columns that somebody reads, by row; what only addresses need stands in the table below."""
    language = answer.language
    columns = [column for column in answer.columns if is_choosable(answer, column) and column.name not in _OF_DRAW]

    body = [_row(answer, row, columns, here) for row in answer.rows]
    heads = html.Tr([heading(column, language, side(column)) for column in columns])
    table = html.Table([html.Thead(heads), html.Tbody(body)], className="jd-table jd-roster")
    title = say(answer.panel.title, language)
    return scrolling(table, title)


def _row(answer: Answer, row: Row, columns: list[Column], here: Here) -> Component:
    cells = [said_of(answer, row, column, here) for column in columns]
    if row.get("slug") == ALL:  # it is of no government, whose name would stand first
        cells[0] = html.Th(say("All together", answer.language), scope="row")
    return html.Tr(cells)
