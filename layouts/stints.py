"""Who held a post, one after the other: what lay there under each, and how much of the delay fell into whose days."""

from collections.abc import Mapping
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.cells import behind, cell
from dashboard.words.dates import day
from dashboard.words.text import say
from data_access.roles import OFFICER_NAMES
from layouts.parts import address
from layouts.tabular import heading, scrolling

Row = Mapping[str, Any]
OFFICERS: Final = "/officers"
OFFICES: Final = "/offices"
_SHOWN: Final = (
    *("held", "closings", "pending", "overdue", "days_held", "days_late", "median_days"),
    *("on_time_rate", "relief_rate", "confirmed_rate", "reopen_rate"),
)


def stints(answer: Answer) -> Component:
    """The table, the newest first."""
    language = answer.language
    of_officer = answer.panel.name == "officer"
    heads = [say("Post" if of_officer else "Held by", language), say("From", language), say("Until", language)]
    head: list[Component] = [html.Th(text, scope="col") for text in heads]
    head += [heading(answer.panel.column(name), language, "jd-number") for name in _SHOWN]
    body = [_row(answer, row, of_officer=of_officer) for row in answer.rows]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="jd-table jd-stints")
    title = say(answer.panel.title, language)
    return scrolling(table, title)


def _row(answer: Answer, row: Row, *, of_officer: bool) -> Component:
    language = answer.language
    who = _post(answer, row) if of_officer else _holder(answer, row)
    since = day(row["since"], language) if row["since"] else say("not known", language)
    ended = day(row["ended"], language) if row["ended"] else say("now", language)
    cells = [html.Th(who, scope="row"), html.Td(since), html.Td(ended)]
    for name in _SHOWN:
        text = cell(row[name], answer.panel.column(name), language)
        cells.append(html.Td(text, className="jd-number", title=behind(row, name, language) or None))
    return html.Tr(cells, className="jd-now" if row["now"] else "")


def _holder(answer: Answer, row: Row) -> Component | str:
    """Who held it: the name where the account may see it, else that somebody did."""
    language = answer.language
    if row["vacant"]:
        return html.Span(say("vacant", language), className="jd-vacant")
    if row["officer"] is None or OFFICER_NAMES not in answer.abilities:
        return say("an officer", language)
    kept = answer.asked.but(office=None, complaint=None, officer=row["officer_id"])
    return dcc.Link(row["officer"], href=address(OFFICERS, kept))


def _post(answer: Answer, row: Row) -> Component:
    kept = answer.asked.but(officer=None, complaint=None, office=row["office_slug"])
    return dcc.Link(row["office"], href=address(OFFICES, kept))
