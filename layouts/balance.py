"""The books: opening, what came, what went, closing; a line for each row, and what remains unexplained, in red."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.books_headlines import signed
from dashboard.words.dates import day
from dashboard.words.numbers import count
from dashboard.words.text import marked, say, say_many
from layouts.aria import data
from layouts.drilled import named
from layouts.listed import number
from layouts.parts import Here
from layouts.tabular import scrolling

SHOWN: Final = 30
"""Rows that are drawn: those that do not add up, then the largest. The others are one row; the table has them all."""
_STEPS: Final = (
    ("opening", marked("Pending, {day}")),
    ("filed", marked("+ filed")),
    ("moved_in", marked("+ moved in")),
    ("reopened", marked("+ reopened")),
    ("closings", marked("− closings")),
    ("moved_out", marked("− moved out")),
    ("closing", marked("= pending, {day}")),
    ("remainder", marked("Remainder")),
)
Row = Mapping[str, Any]


def balance(answer: Answer, here: Here) -> Component:
    """The table; the row of the whole stands last."""
    language = answer.language
    *rows, whole = answer.rows
    kept = [row for row in rows if any(row[name] for name, _ in _STEPS)]
    kept.sort(key=lambda row: (not row["remainder"], -(row["opening"] + row["filed"] + row["moved_in"])))
    drawn, rest = kept[:SHOWN], kept[SHOWN:]
    body = [_line(answer, row, named(answer, row, here)) for row in drawn]
    if rest:
        words = say_many("One more", "{parts} more", len(rest), language, parts=count(len(rest), language))
        body.append(_line(answer, _summed(rest), html.Span(words)))
    body.append(_line(answer, whole, html.Span(say("All", language))))
    table = html.Table([html.Thead(_head(answer, whole)), html.Tbody(body)], className="jd-table jd-balance")
    title = say(answer.panel.title, language)
    return scrolling(table, title)


def _head(answer: Answer, whole: Row) -> Component:
    language = answer.language
    days = {name: day(whole[f"{name}_on"], language) for name in ("opening", "closing")}
    return html.Tr(
        [
            html.Th(say(answer.panel.column("name").label, language), scope="col"),
            *(
                html.Th(
                    say(words, language, day=days[name]) if name in days else say(words, language),
                    scope="col",
                    className="jd-number",
                    title=say(answer.panel.column(name).definition, language),
                )
                for name, words in _STEPS
            ),
        ]
    )


def _line(answer: Answer, row: Row, name: Component) -> Component:
    cells = [_cell(answer, row, step) for step, _ in _STEPS]
    return html.Tr(
        [html.Th(name, scope="row"), *cells], className="" if row["is_member"] or not row["slug"] else "jd-rest"
    )


def _cell(answer: Answer, row: Row, step: str) -> Component:
    value, language = row[step], answer.language
    if step == "remainder":
        text, kind = signed(value, language), "jd-number jd-bad" if value else "jd-number"
        return html.Td(text, className=kind, **data(figure=f"{row['slug']} {step}"))
    shown = number(answer, row, step, count(value, language))
    return html.Td(shown, className="jd-number", **data(figure=f"{row['slug']} {step}"))


def _summed(rows: Sequence[Row]) -> Row:
    """Rows that are drawn as one, which cannot be asked for."""
    return {
        **rows[0],
        "slug": "",
        "is_member": False,
        **{name: sum(row[name] for row in rows) for name, _ in _STEPS},
    }
