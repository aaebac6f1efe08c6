"""Figures told in public beside the ledger's: by source and day, with the difference and why."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.web.guard import ANNOUNCEMENTS_PAGE
from dashboard.words.announced import agrees, difference_of, told_of, unit_of
from dashboard.words.dates import day
from dashboard.words.numbers import shown
from dashboard.words.text import say
from data_access.questions.announced import ALL, NATION
from data_access.roles import may_enter
from layouts.parts import Here
from layouts.tabular import heading, scrolling

Row = Mapping[str, Any]


def announced(answer: Answer, _here: Here) -> Component:
    """The table, the newest day first; and for who may, the way to enter more."""
    language, ways = answer.language, _ways(answer)
    if not answer.rows:
        return html.Div([html.P(say("There are no figures to show.", language), className="jd-empty"), *ways])
    body: list[Component] = []
    for _, rows in groupby(answer.rows, key=lambda row: (row["of_day"], row["source"])):
        body += _group(list(rows), language)

    def th(name: str, kind: str = "") -> Component:
        column = answer.panel.column(name)
        return heading(column, language, kind)

    numbers = [th(name, "jd-number") for name in ("announced", "ledger", "difference")]
    head = html.Tr([th("label"), *numbers, th("why")])
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-announced")
    title = say(answer.panel.title, language)
    scrolls = scrolling(table, title)
    return html.Div([scrolls, *ways])


def _ways(answer: Answer) -> list[Component]:
    if not may_enter(answer.abilities, answer.pinned):
        return []
    words = say("Enter or withdraw announcements", answer.language)
    return [html.P(html.A(words, href=ANNOUNCEMENTS_PAGE), className="jd-ways")]


def _group(rows: Sequence[Row], language: str) -> list[Component]:
    """What was told in one place of one day."""
    words = say("{source}: figures of {day}", language, source=rows[0]["source"], day=day(rows[0]["of_day"], language))
    heading = html.Tr(html.Th(words, colSpan=5, scope="rowgroup"), className="jd-of-group")
    return [heading, *(_line(row, language) for row in rows)]


def _line(row: Row, language: str) -> Component:
    unit = unit_of(row["metric"])
    bad = row["difference"] is not None and not agrees(row)
    return html.Tr(
        [
            html.Th([f"{row['label']} ", html.Small(_whom(row, language))], scope="row"),
            html.Td(told_of(row, language), className="jd-number"),
            html.Td(shown(row["ledger"], unit, language), className="jd-number"),
            html.Td(difference_of(row, language), className="jd-number jd-bad" if bad else "jd-number"),
            html.Td(row["why"], className="jd-why"),
        ]
    )


def _whom(row: Row, language: str) -> str:
    """The government, and what the figure covers where that is a part of it."""
    covers = row["note"] if row["note"] != ALL else None
    if row["slug"] == NATION[0] and covers:
        return say(covers, language)
    return f"{row['name']}, {say(covers, language)}" if covers else str(row["name"])
