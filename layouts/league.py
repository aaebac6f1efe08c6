"""A league table: one row a government, its bar in its cell; who is not ranked is shown, marked and says why."""

from collections.abc import Mapping
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Panel
from dashboard.words.dates import short_day
from dashboard.words.numbers import moved, shown
from dashboard.words.text import say
from layouts.aria import aria
from layouts.parts import address
from layouts.strip import tone
from layouts.tables import counts_of

_BARRED: Final = "resolution_rate"
_LESSER: Final = "jd-number jd-lesser"  # columns that a phone leaves to the table below


def league(answer: Answer, path: str) -> Component:
    """The table; a government's name leads to the same page for it alone."""
    most = max((row["pending_over_90"] or 0 for row in answer.rows), default=0)
    name = say(answer.panel.title, answer.language)
    return html.Div(
        html.Table(
            [
                html.Thead(_head(answer.panel, answer.language)),
                html.Tbody([_row(answer, row, path, most) for row in answer.rows]),
            ],
            className="jd-table jd-league",
        ),
        className="jd-scroll",
        tabIndex="0",
        role="region",
        **aria(label=name),
    )


def _head(panel: Panel, language: str) -> Component:
    def th(name: str, text: str, kind: str) -> Component:
        definition = say(panel.column(name).definition, language)
        return html.Th(say(text, language), scope="col", className=kind, title=definition)

    return html.Tr(
        [
            th("rank", "Rank", "jd-rank"),
            th("name", "Government", ""),
            th("received", "Received", _LESSER),
            th(_BARRED, "Resolved", "jd-barred"),
            th(f"{_BARRED}_change", "± points", _LESSER),
            th("pending", "Pending", _LESSER),
            th("pending_over_90", "Over 90 days", "jd-number"),
            th("confirmed_rate", "Confirmed", _LESSER),
            th("latest_event_day", "Latest event", _LESSER),
        ]
    )


def _row(answer: Answer, row: Mapping[str, Any], path: str, most: int) -> Component:
    language = answer.language
    over_90, change, latest = row["pending_over_90"], row[f"{_BARRED}_change"], row["latest_event_day"]
    return html.Tr(
        [
            html.Td("–" if row["rank"] is None else str(row["rank"]), className="jd-rank"),
            html.Th([_name(answer, row, path), *_note(row, language)], scope="row"),
            html.Td(shown(row["received"], "complaints", language), className=_LESSER),
            html.Td(_bar(row, language), className="jd-barred", title=counts_of(row, _BARRED, language)),
            html.Td(moved(change, "fraction", language), className=f"{_LESSER} {tone(change, 1)}"),
            html.Td(shown(row["pending"], "complaints", language), className=_LESSER),
            html.Td(
                shown(over_90, "complaints", language),
                className="jd-number jd-bad" if over_90 and over_90 == most else "jd-number",
            ),
            html.Td(
                shown(row["confirmed_rate"], "fraction", language),
                className=_LESSER,
                title=counts_of(row, "confirmed_rate", language),
            ),
            html.Td(short_day(latest, language) if latest else say("none", language), className=_LESSER),
        ],
        className="" if row["ranked"] else "jd-unranked",
    )


def _name(answer: Answer, row: Mapping[str, Any], path: str) -> Component:
    """The government's name: a link to the same page for it alone."""
    alone = answer.asked.but(**{answer.panel.drill: row["slug"]}) if answer.panel.drill else answer.asked
    return dcc.Link(row["name"], href=address(path, alone))


def _note(row: Mapping[str, Any], language: str) -> list[Component]:
    if row["ranked"]:
        return []
    return [html.Span(row["note"] or say("not ranked", language), className="jd-note")]


def _bar(row: Mapping[str, Any], language: str) -> Component:
    rate = row[_BARRED]
    width = 0.0 if rate is None else min(max(rate, 0.0), 1.0) * 100
    return html.Div(
        [
            html.Span(
                html.Span(style={"width": f"{width:.2f}%"}, className="jd-fill"),
                className="jd-track",
                **aria(hidden="true"),
            ),
            html.Span(shown(rate, "fraction", language), className="jd-rate"),
        ],
        className="jd-barcell",
    )
