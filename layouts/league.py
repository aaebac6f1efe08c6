"""A league table: one row a government, its bar in its cell; who is not ranked is shown, marked and says why."""

from collections.abc import Mapping
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Panel
from dashboard.words.dates import day, short_day
from dashboard.words.numbers import moved, shown
from dashboard.words.text import say
from layouts.parts import address
from layouts.strip import tone
from layouts.tables import counts_of

_BARRED: Final = "resolution_rate"


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
        **{"aria-label": name},
    )


def _head(panel: Panel, language: str) -> Component:
    def th(name: str, text: str, className: str = "jd-number") -> Component:  # noqa: N803  # Dash's own word
        return html.Th(say(text, language), scope="col", className=className, title=say(panel.column(name).definition, language))

    return html.Tr(
        [
            th("rank", "Rank", "jd-rank"),
            th("name", "Government", ""),
            th("received", "Received"),
            th("resolution_rate", "Resolved", "jd-barred"),
            th("resolution_rate_change", "Points"),
            th("pending", "Pending"),
            th("pending_over_90", "Over 90 days"),
            th("on_time_rate", "On time"),
            th("confirmed_rate", "Confirmed"),
            th("latest_event_day", "Latest event"),
        ]
    )


def _row(answer: Answer, row: Mapping[str, Any], path: str, most: int) -> Component:
    language = answer.language
    here = answer.asked.but(**{answer.panel.drill or "government": row["slug"]})
    over_90 = row["pending_over_90"]
    change = row[f"{_BARRED}_change"]
    return html.Tr(
        [
            html.Td(str(row["rank"]) if row["rank"] is not None else "–", className="jd-rank"),
            html.Th([dcc.Link(row["name"], href=address(path, here)), *_note(row, language)], scope="row"),
            _number(shown(row["received"], "complaints", language)),
            html.Td(_bar(row, language), className="jd-barred", title=counts_of(row, _BARRED, language)),
            html.Td(moved(change, "fraction", language), className=f"jd-number {tone(change, 1)}"),
            _number(shown(row["pending"], "complaints", language)),
            _number(shown(over_90, "complaints", language), "jd-bad" if over_90 and over_90 == most else ""),
            _number(shown(row["on_time_rate"], "fraction", language), title=counts_of(row, "on_time_rate", language)),
            _number(shown(row["confirmed_rate"], "fraction", language), title=counts_of(row, "confirmed_rate", language)),
            _number(_latest(row, language), title=day(row["latest_event_day"], language)),
        ],
        className="" if row["ranked"] else "jd-unranked",
    )


def _number(text: str, className: str = "", title: str | None = None) -> Component:  # noqa: N803  # Dash's own word
    return html.Td(text, className=f"jd-number {className}".strip(), title=title)


def _note(row: Mapping[str, Any], language: str) -> list[Component]:
    if row["ranked"]:
        return []
    return [html.Span(row["note"] or say("not ranked", language), className="jd-note")]


def _latest(row: Mapping[str, Any], language: str) -> str:
    latest = row["latest_event_day"]
    return short_day(latest, language) if latest is not None else say("none", language)


def _bar(row: Mapping[str, Any], language: str) -> Component:
    rate = row[_BARRED]
    width = 0.0 if rate is None else min(max(rate, 0.0), 1.0) * 100
    return html.Div(
        [
            html.Span(
                html.Span(style={"width": f"{width:.2f}%"}, className="jd-fill"),
                className="jd-track",
                **{"aria-hidden": "true"},
            ),
            html.Span(shown(rate, "fraction", language), className="jd-rate"),
        ],
        className="jd-barcell",
    )
