"""Draws of an audit, one row each: what was drawn and when, what came of it, and the way to each."""

from collections.abc import Mapping
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.web.guard import AUDITS_PAGE
from dashboard.words.dates import day
from dashboard.words.numbers import count, percent
from dashboard.words.text import marked, say
from data_access.roles import RECORDS
from layouts.aria import aria
from layouts.parts import Here
from layouts.tabular import heading, scrolling

Row = Mapping[str, Any]
_HEADS: Final = (
    ("draw", marked("Draw"), ""),
    ("government", marked("Drawn from"), ""),
    ("drawn_from", marked("Closed"), ""),
    ("seed", marked("Seed"), "jd-number"),
    ("sampled", marked("Drawn"), "jd-number"),
    ("answered", marked("Answered"), "jd-number"),
    ("share", marked("Confirmed share, with 95% confidence"), ""),
    ("drawn_on", marked("Drawn on"), ""),
)
"""The columns that are shown, each by the column of the answer that says how it is computed."""


def draws(answer: Answer, here: Here) -> Component:
    """The draws in the order of the rows; the one that is looked at is marked: the first where none is asked for.

    Who may draw finds the way to it below.
    """
    language = answer.language
    draw = html.P(html.A(say("Draw closings, enter answers", language), href=AUDITS_PAGE), className="jd-ways")
    ways = [draw] if RECORDS in answer.abilities else []
    if not answer.rows:
        return html.Div([html.P(say("None was drawn yet.", language), className="jd-empty"), *ways])
    number = here.filters.complaint or next((row["draw"] for row in answer.rows), None)
    head = [heading(answer.panel.column(name), language, kind, words) for name, words, kind in _HEADS]
    body = [_row(row, here, language, chosen=row["draw"] == number) for row in answer.rows]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="jd-table jd-draws")
    title = say(answer.panel.title, language)
    scrolls = scrolling(table, title)
    return html.Div([scrolls, *ways])


def _row(row: Row, here: Here, language: str, *, chosen: bool) -> Component:
    days = {"first": day(row["drawn_from"], language), "last": day(row["drawn_to"], language)}
    # Words and a place in the table of another draw say nothing of this one.
    link = dcc.Link(
        say("Draw {number}", language, number=row["draw"]),
        href=here.to(complaint=row["draw"], search=None, cursor=None),
    )
    cells = [
        html.Td(row["government"] or say("all governments", language)),
        html.Td(say("{first} to {last}", language, **days)),
        html.Td(str(row["seed"]), className="jd-number"),
        html.Td(count(row["sampled"], language), className="jd-number"),
        html.Td(count(row["answered"], language), className="jd-number"),
        html.Td(confirmed(row, language)),
        html.Td(day(row["drawn_on"], language)),
    ]
    name = html.Th(link, scope="row", **(aria(current="true") if chosen else {}))
    return html.Tr([name, *cells], className="jd-now" if chosen else "")


def confirmed(row: Row, language: str) -> str:
    """The share that is confirmed with its interval, or why there is none."""
    if row["share"] is None:
        return say("n/a: {reason}", language, reason=say(row["reason"], language))
    shares = {name: percent(row[name], language) for name in ("share", "low", "high")}
    return say("{share} ({low} to {high})", language, **shares)
