"""An answer as the table that it is, for panels without a better picture."""

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Column
from dashboard.words.text import say
from layouts.aria import aria
from layouts.parts import Here
from layouts.roster import is_choosable, said_of
from layouts.tables import side


def plain(answer: Answer, here: Here) -> Component:
    """The columns that somebody reads, by row; what only addresses need stands in the table below."""
    language = answer.language
    columns = [column for column in answer.columns if is_choosable(column)]

    def head(column: Column) -> Component:
        words = say(column.label, language)
        return html.Th(words, scope="col", className=side(column), title=say(column.definition, language))

    body = [html.Tr([said_of(answer, row, column, here) for column in columns]) for row in answer.rows]
    heads = html.Tr([head(column) for column in columns])
    table = html.Table([html.Thead(heads), html.Tbody(body)], className="jd-table jd-roster")
    title = say(answer.panel.title, language)
    return html.Div(table, className="jd-scroll", tabIndex="0", role="region", **aria(label=title))
