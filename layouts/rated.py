"""Rows by how satisfied citizens are: a bar with the interval that surely holds it, and of how many answers it is."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.numbers import count, percent, shown
from dashboard.words.text import marked, say
from data_access.questions.feedback import FEWEST
from layouts.aria import aria, data
from layouts.drilled import named
from layouts.level_tools import levels
from layouts.parts import Here
from layouts.tabular import heading, scrolling

Row = Mapping[str, Any]
_BESIDE: Final = ("answers", "closings", "response_rate")
_HEADS: Final = {"channel": marked("By channel"), "residency": marked("By residency"), "gender": marked("By gender")}
_FEW: Final = marked("Who has fewer than {fewest} answers, or is not ranked at all, stands back.")


def rated(answer: Answer, here: Here) -> Component:
    """The table, the most satisfied first; of segments a part for each kind of them, in their own order."""
    language, of_levels = answer.language, answer.panel.drill_by == "level"
    rows = sorted(answer.rows, key=_place) if of_levels else list(answer.rows)
    shown_rows = [row for row in rows if row["closings"]]
    if not any(row["answers"] for row in rows):
        empty = html.P(say("No citizen has answered.", language), className="jd-empty")
        return html.Div([levels(answer, here), empty] if of_levels else empty)
    parts = (
        [html.Tbody([_row(answer, row, here) for row in shown_rows])] if of_levels else _parts(answer, shown_rows, here)
    )
    table = html.Table([html.Thead(_head(answer)), *parts], className="jd-table jd-ranked jd-rated")
    title = say(answer.panel.title, language)
    scrolls = scrolling(table, title)
    few = not all(map(_stands, shown_rows))
    note = [html.P(say(_FEW, language, fewest=count(FEWEST, language)), className="jd-notes")] if few else []
    return html.Div([*([levels(answer, here)] if of_levels else []), scrolls, *note])


def _place(row: Row) -> tuple[bool, bool, float]:
    return (not row["is_member"], row["rank"] is None, -(row["satisfaction"] or 0.0))


def _parts(answer: Answer, rows: list[Row], here: Here) -> list[Component]:
    found: list[Component] = []
    for dimension, own in groupby(rows, key=lambda row: row.get("dimension")):
        words = say(_HEADS[dimension], answer.language) if dimension else ""
        head = html.Tr(html.Th(words, colSpan=str(2 + len(_BESIDE)), scope="colgroup"), className="jd-of-group")
        found.append(html.Tbody([*([head] if dimension else []), *(_row(answer, row, here) for row in own)]))
    return found


def _head(answer: Answer) -> Component:
    def th(name: str, kind: str) -> Component:
        return heading(answer.panel.column(name), answer.language, kind)

    return html.Tr([th("name", ""), th("satisfaction", "jd-barred"), *(th(name, _kind(name)) for name in _BESIDE)])


def _kind(name: str) -> str:
    return "jd-number jd-lesser" if name == "closings" else "jd-number"


def _row(answer: Answer, row: Row, here: Here) -> Component:
    language = answer.language
    kinds = "" if _stands(row) else "jd-rest"
    return html.Tr(
        [
            html.Th(named(answer, row, here), scope="row"),
            html.Td(_bar(answer, row), className="jd-barred"),
            *(
                html.Td(shown(row[name], answer.panel.column(name).unit, language), className=_kind(name))
                for name in _BESIDE
            ),
        ],
        className=kinds,
    )


def _stands(row: Row) -> bool:
    """Whether it is compared with others: segments have no ranks."""
    return bool(row["is_member"]) and row["answers"] >= FEWEST and row.get("rank", 0) is not None


def _bar(answer: Answer, row: Row) -> Component:
    """The bar from zero, the interval upon it, the figure with its ends."""
    language = answer.language
    said = shown(row["satisfaction"], "fraction", language)
    figure = html.Span(said, className="jd-rate", **data(figure=f"{row['slug']} satisfaction"))
    if row["satisfaction"] is None:
        return html.Div([html.Span(className="jd-track", **aria(hidden="true")), figure], className="jd-barcell")
    low, high = (row[name] * 100 for name in ("low", "high"))
    marks = [
        html.Span(style={"width": f"{row['satisfaction'] * 100:.2f}%"}, className="jd-fill"),
        html.Span(style={"left": f"{low:.2f}%", "width": f"{high - low:.2f}%"}, className="jd-interval"),
    ]
    ends = say("{low} to {high}", language, **{name: percent(row[name], language) for name in ("low", "high")})
    return html.Div(
        [
            html.Span(marks, className="jd-track jd-ends", **aria(hidden="true")),
            figure,
            html.Span(ends, className="jd-soft jd-between"),
        ],
        className="jd-barcell",
    )
