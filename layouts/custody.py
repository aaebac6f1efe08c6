"""One complaint: its facts, and its custody as a table whose bars show days held, those past the limit apart."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.dates import day
from dashboard.words.filters import VALUES
from dashboard.words.numbers import days
from dashboard.words.text import marked, say
from layouts.aria import aria

Row = Mapping[str, Any]
_LEFT: Final[Mapping[str, str]] = {
    "relief": marked("closed with relief"),
    "partial": marked("closed with partial relief"),
    "refused": marked("refused"),
    "dropped": marked("dropped"),
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
    rows, language = answer.rows, answer.language
    return html.Div([_facts(rows[-1], answer), _stays(rows, language)])


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


def _stays(rows: Sequence[Row], language: str) -> Component:
    most = max(max((row["days_held"] for row in rows), default=0), 1)
    head = html.Tr([html.Th(say(text, language), scope="col") for text in HEADS])
    body = [_stay(row, most, language) for row in rows]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="jd-table jd-custody")
    name = say("Who held it, and for how long", language)
    return html.Div(table, className="jd-scroll", tabIndex="0", role="region", **aria(label=name))


def _stay(row: Row, most: int, language: str) -> Component:
    until = say("still there", language) if row["closed_on"] is None else day(row["closed_on"], language)
    return html.Tr(
        [
            html.Th(_holder(row, language), scope="row"),
            html.Td([day(row["opened_on"], language), _small(say(_CAME[row["opened_by"]], language))]),
            html.Td(until),
            html.Td(_bar(row, most, language)),
            html.Td(say(_LEFT[row["outcome"]], language) if row["outcome"] else say("open", language)),
            html.Td(_said(row, language)),
        ]
    )


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


def _bar(row: Row, most: int, language: str) -> list[Component]:
    """Days held as a bar; those past the day it was due are marked by colour, pattern and words."""
    held, late = row["days_held"], row["days_late"]
    bar = html.Span(
        [
            html.Span(style={"width": f"{(held - late) / most * 100:.2f}%"}, className="jd-held"),
            html.Span(style={"width": f"{late / most * 100:.2f}%"}, className="jd-late"),
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
