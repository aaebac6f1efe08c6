"""Rows of which some figures are held back, for they would show persons: a bar each, n/a where nothing is told."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Column
from dashboard.words.dates import day
from dashboard.words.numbers import count, percent
from dashboard.words.text import marked, say
from data_access.roles import CONDUCT
from data_access.suppression import FEWEST
from layouts.aria import aria, data
from layouts.drilled import named
from layouts.parts import Here
from layouts.tables import cell
from layouts.tabular import heading, scrolling

Row = Mapping[str, Any]
OPEN: Final = "/conduct/open"
_WHY: Final = marked("Held back: it is of fewer than {fewest} people, or would let one work out fewer.")
_NOTE: Final = marked(
    "n/a: of fewer than {fewest} people, or one could work out fewer. Figures are those of {day}, a month's end."
)
MOST: Final = 15
"""Rows of a group that are drawn; all are in the table below and in files."""
_LESSER: Final = frozenset({"registered", "mean_below", "not_upheld_rate", "with_relief_rate", "peers_per_1000"})
"""What a phone leaves to the table below."""
_HEADS: Final = {
    "government": marked("Governments"),
    "out": marked("Offices that flag far more than their peers"),
    "office": marked("Other offices"),
    "rest": marked("All others"),
}


def withheld(answer: Answer, here: Here) -> Component:
    """The table in the order of the rows, in groups where they are of several levels."""
    language, columns = answer.language, [answer.panel.column(name) for name in answer.panel.chart.below]
    measured = answer.measured
    heads = [
        html.Th(say(answer.panel.column("name").label, language), scope="col"),
        heading(measured, language, "jd-barred"),
        *(heading(column, language, _kind(column)) for column in columns),
    ]
    kind = "jd-alarming " if answer.panel.chart.bands[0].series[0].emphasis == "alarm" else ""
    parts = [html.Thead(html.Tr(heads)), *_bodies(answer, columns, here)]
    table = html.Table(parts, className=f"{kind}jd-table jd-ranked jd-rated")
    title = say(answer.panel.title, language)
    ending = day(answer.rows[0]["month_ending"], language)
    note = html.P(say(_NOTE, language, fewest=FEWEST, day=ending), className="jd-notes")
    ways = []
    if CONDUCT in answer.abilities and answer.panel.name == "responsibility":
        ways = [html.P(html.A(say("Open the flags of one citizen", language), href=OPEN), className="jd-ways")]
    return html.Div([scrolling(table, title), note, *ways])


def _kind(column: Column) -> str:
    return "jd-number jd-lesser" if column.name in _LESSER else "jd-number"


def _group(row: Row) -> str:
    return "out" if row.get("stands_out") else row.get("level", "")


def _bodies(answer: Answer, columns: list[Column], here: Here) -> list[Component]:
    name = answer.measured.name
    most = 1.0 if answer.measured.unit == "fraction" else max((row[name] or 0 for row in answer.rows), default=0) or 1
    found: list[Component] = []
    for group, rows in groupby(answer.rows, key=_group):
        words = say(_HEADS[group], answer.language) if group in _HEADS else ""
        head = html.Tr(html.Th(words, colSpan=str(2 + len(columns)), scope="colgroup"), className="jd-of-group")
        those = list(rows)
        body = [_row(answer, row, columns, most, here) for row in those[:MOST]]
        more = [] if len(those) <= MOST else [_more(answer, len(those) - MOST, 2 + len(columns))]
        found.append(html.Tbody([*([head] if words else []), *body, *more]))
    return found


def _more(answer: Answer, number: int, width: int) -> Component:
    words = say("and {number} more, in the table below", answer.language, number=count(number, answer.language))
    return html.Tr(html.Td(words, colSpan=str(width), className="jd-soft"), className="jd-rest")


def _row(answer: Answer, row: Row, columns: list[Column], most: float, here: Here) -> Component:
    cells = [_cell(answer, row, column) for column in columns]
    return html.Tr(
        [
            html.Th(named(answer, row, here), scope="row"),
            html.Td(_bar(answer, row, most), className="jd-barred"),
            *cells,
        ],
        className="" if row["is_member"] else "jd-rest",
    )


def _cell(answer: Answer, row: Row, column: Column) -> Component:
    value, language = row[column.name], answer.language
    applies = column.name not in {"per_1000", "peers_per_1000"} or row.get("level") == "office"
    about = "" if value is not None or not applies else say(_WHY, language, fewest=FEWEST)
    said = cell(value, column, language) if applies else ""
    return html.Td(said, className=_kind(column), title=about, **data(figure=f"{row['slug']} {column.name}"))


def _bar(answer: Answer, row: Row, most: float) -> Component:
    """The bar from zero; where the figure is held back, the ends that it lies between, if they may be told."""
    language, column = answer.language, answer.measured
    value, low, high = row[column.name], row.get(f"{column.name}_low"), row.get(f"{column.name}_high")
    marks: list[Component] = []
    if value is not None:
        marks = [html.Span(style={"width": f"{value / most * 100:.2f}%"}, className="jd-fill")]
    elif low is not None and high is not None:
        ends = {"left": f"{low / most * 100:.2f}%", "width": f"{(high - low) / most * 100:.2f}%"}
        marks = [html.Span(style=ends, className="jd-interval jd-spanned")]
    said = cell(value, column, language)
    if value is None and low is not None and high is not None:
        told = {"low": percent(low, language, digits=0), "high": percent(high, language, digits=0)}
        said = say("{low} to {high}", language, **told)
    about = "" if value is not None else say(_WHY, language, fewest=FEWEST)
    return html.Div(
        [
            html.Span(marks, className="jd-track jd-ends", **aria(hidden="true")),
            html.Span(said, className="jd-rate", title=about, **data(figure=f"{row['slug']} {column.name}")),
        ],
        className="jd-barcell",
    )
