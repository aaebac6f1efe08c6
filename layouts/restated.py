"""What batches changed of days told of before: a heading for each batch, a line for each day, signed differences."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.books_headlines import signed
from dashboard.words.dates import day, moment
from dashboard.words.numbers import count
from dashboard.words.text import say
from layouts.parts import Here
from layouts.tabular import heading, scrolling

_MOVES: Final = frozenset({"moved_in_change", "moved_out_change"})
Row = Mapping[str, Any]


def restated(answer: Answer, _here: Here) -> Component:
    """The table, the newest batch first."""
    language = answer.language
    names = _columns(answer)
    body: list[Component] = []
    for _, rows in groupby(answer.rows, key=itemgetter("batch")):
        body += _batch(list(rows), names, language)
    head = html.Tr(
        [
            html.Th(say(answer.panel.column("day").label, language), scope="col"),
            *(heading(answer.panel.column(name), language, "jd-number") for name in names),
        ]
    )
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-restated")
    title = say(answer.panel.title, language)
    return scrolling(table, title)


def _columns(answer: Answer) -> list[str]:
    """Events are counted for all governments together alone, moves for one of them alone."""
    changes = [column.name for column in answer.columns if column.name.endswith("_change")]
    if answer.filters.government is not None:
        return changes
    return ["events", *(name for name in changes if name not in _MOVES)]


def _batch(rows: Sequence[Row], names: Sequence[str], language: str) -> list[Component]:
    first = rows[0]
    landed = moment(datetime.fromisoformat(first["landed_at"]).replace(tzinfo=None), language)
    words = say(
        "Batch {number}, landed {moment}: {source}",
        language,
        number=first["batch"],
        moment=landed,
        source=first["source"],
    )
    heading = html.Tr(html.Th(words, colSpan=len(names) + 1, scope="rowgroup"), className="jd-of-group")
    return [heading, *(_line(row, names, language) for row in rows)]


def _line(row: Row, names: Sequence[str], language: str) -> Component:
    cells = [html.Td(_text(row[name], name, language), className="jd-number") for name in names]
    return html.Tr([html.Th(day(row["day"], language), scope="row"), *cells])


def _text(value: int | None, name: str, language: str) -> str:
    if value is None:
        return say("n/a", language)
    if not value:
        return "·"
    return count(value, language) if name == "events" else signed(value, language)
