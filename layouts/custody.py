"""One complaint: its facts, and its custody: a line for each stay, whose bar lies on its days, late ones apart.

All bars share one axis, from receipt to the end of the last stay; a tick on it is the day the complaint was due.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Self

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.dates import day
from dashboard.words.filters import VALUES
from dashboard.words.numbers import days
from dashboard.words.text import marked, say
from layouts.aria import aria, data
from layouts.tabular import scrolling

Row = Mapping[str, Any]
_LEFT: Final[Mapping[str, str]] = {
    "relief": marked("closed with relief"),
    "partial": marked("closed with partial relief"),
    "refused": marked("refused"),
    "dropped": marked("dropped"),
    "unstated": marked("closed, no outcome stated"),
    "transferred": marked("handed on"),
}
_CAME: Final[Mapping[str, str]] = {
    "received": marked("received"),
    "transferred": marked("handed on to it"),
    "reopened": marked("reopened"),
}
HEADS: Final = (
    marked("Held by"),
    marked("From"),
    marked("To"),
    marked("Days held"),
    marked("How it left"),
    marked("What the citizen said"),
)


def custody(answer: Answer) -> Component:
    """Its facts, then one line for each stay, oldest first."""
    return html.Div([_facts(answer.rows[-1], answer), _stays(answer)])


def _facts(row: Row, answer: Answer) -> Component:
    language = answer.language
    state = "pending" if row["closed_on"] is None else "resolved"
    outcome = VALUES["outcome"].get(row["outcome"] or "", "")
    told = say(state, language) + (f", {say(outcome, language)}" if outcome else "")
    facts = {
        say("Number", language): str(row["id"]),
        say("Subject", language): row["subject"] or say("n/a", language),
        say("Status", language): told,
        say("Received", language): day(row["received_on"], language),
        say("Due", language): day(row["due_on"], language),
        say("Category", language): row["category"],
        say("District", language): row["district"] or say("not placed", language),
        say("Channel", language): row["channel"],
        say("Citizen", language): f"{row['residency']}, {row['gender']}",
    }
    lines: list[Component] = []
    for name, value in facts.items():
        lines.append(html.Div([html.Dt(name), html.Dd(value)]))
    return html.Dl(lines, className="jd-facts")


@dataclass(frozen=True)
class _Axis:
    """The days from receipt on, so many of them."""

    first: date
    days: int

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Self:
        first: date = rows[0]["received_on"]
        ends = [rows[0]["due_on"], *(row["opened_on"] + timedelta(days=row["days_held"]) for row in rows)]
        return cls(first, max((max(ends) - first).days, 1))

    def share(self, days: int) -> str:
        """So many days as a part of the axis."""
        return f"{days / self.days * 100:.2f}%"

    def place(self, day: date) -> str:
        """Where the day lies on it."""
        return self.share((day - self.first).days)


def _stays(answer: Answer) -> Component:
    rows, language = answer.rows, answer.language
    axis = _Axis.of(rows)
    head = html.Tr([html.Th(say(text, language), scope="col") for text in HEADS])
    body = [_stay(row, axis, language) for row in rows]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-custody")
    name = say("Who held it, and for how long", language)
    mark = say(
        "The mark is the day it was due, {day}; days past it are striped.",
        language,
        day=day(rows[0]["due_on"], language),
    )
    scrolls = scrolling(table, name)
    return html.Div([scrolls, html.P(mark, className="jd-notes")])


def _stay(row: Row, axis: _Axis, language: str) -> Component:
    until = say("still there", language) if row["closed_on"] is None else day(row["closed_on"], language)
    cells: list[Any] = [
        [day(row["opened_on"], language), _small(say(_CAME[row["opened_by"]], language))],
        until,
        _bar(row, axis, language),
        say(_LEFT[row["outcome"]], language) if row["outcome"] else say("open", language),
        _said(row, language),
    ]
    # On a telephone the heads are not in sight: each cell carries its own.
    heads = [say(text, language) for text in HEADS[1:]]
    drawn = [html.Td(cell, **data(head=head)) for head, cell in zip(heads, cells, strict=True)]
    return html.Tr([html.Th(_holder(row, language), scope="row"), *drawn])


def _holder(row: Row, language: str) -> list[Component]:
    post = [row["designation"], *([say("vacant", language)] if row["vacant"] else [])]
    found = [
        html.Span(row["office"]),
        _small(_house(row)),
        _small(", ".join(part for part in post if part)),
    ]
    if row["officer"]:
        found.append(_small(row["officer"]))
    if row["earlier_officers"]:
        found.append(_small(say("before: {names}", language, names=row["earlier_officers"])))
    return found


def _house(row: Row) -> str:
    """Department and government; many departments carry the government in their name."""
    department, government = row["department"], row["government"]
    return department if government in department else f"{department}, {government}"


def _bar(row: Row, axis: _Axis, language: str) -> list[Component]:
    """Days held as a bar; those past the day it was due are marked by colour, pattern and words."""
    held, late = row["days_held"], row["days_late"]
    bar = html.Span(
        [
            html.Span(
                style={"marginInlineStart": axis.place(row["opened_on"]), "width": axis.share(held - late)},
                className="jd-held",
            ),
            html.Span(style={"width": axis.share(late)}, className="jd-late"),
            html.Span(style={"insetInlineStart": axis.place(row["due_on"])}, className="jd-tick"),
        ],
        className="jd-days",
        **aria(hidden="true"),
    )
    words = days(held, language)
    if late:
        words = say("{held}, {late} past the limit", language, held=words, late=days(late, language))
    return [bar, html.Span(words, className="jd-small")]


def _said(row: Row, language: str) -> list[Component | str]:
    found: list[Component | str] = []
    if row["answered_on"] is not None:
        said = say("satisfied" if row["satisfied"] else "not satisfied", language)
        found += [said, _small(day(row["answered_on"], language))]
    elif row["outcome"] not in {None, "transferred"}:
        found.append(say("no answer", language))
    if row["reopened_on"] is not None:
        found.append(_small(say("reopened {day}", language, day=day(row["reopened_on"], language))))
    return found


def _small(text: str) -> Component:
    return html.Span(text, className="jd-small")
