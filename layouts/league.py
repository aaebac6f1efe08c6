"""A league table: one row a government, its bar in its cell; who is not ranked is shown, marked and says why."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.panels.cells import counts_of
from dashboard.panels.panel import Panel
from dashboard.words.dates import day, short_day
from dashboard.words.numbers import SAME, moved, shown
from dashboard.words.text import say
from layouts.aria import aria, data
from layouts.drilled import named
from layouts.footnotes import footnotes, marks
from layouts.listed import number
from layouts.parts import Here
from layouts.strip import tone
from layouts.tabular import heading, scrolling
from layouts.target import reached, target_cell, tick

_BARRED: Final = "resolution_rate"
_LESSER: Final = "jd-number jd-lesser"  # columns that a phone leaves to the table below
Row = Mapping[str, Any]


def league(answer: Answer, here: Here) -> Component:
    """The table; a government's name leads to the same page for it alone."""
    most = max((row["pending_over_90"] or 0 for row in answer.rows), default=0)
    name = say(answer.panel.title, answer.language)
    table = html.Table(
        [
            html.Thead(_head(answer.panel, answer.language)),
            html.Tbody([_row(answer, row, here, most) for row in answer.rows]),
        ],
        className="jd-table jd-league",
    )
    scrolls = scrolling(table, name)
    return html.Div([scrolls, *footnotes(answer)])


def _head(panel: Panel, language: str) -> Component:
    def th(name: str, text: str, kind: str) -> Component:
        return heading(panel.column(name), language, kind, text)

    return html.Tr(
        [
            th("rank", "#", "jd-rank"),
            th("rank_change", "Moved", "jd-moved jd-lesser"),
            th("name", "Government", ""),
            th("received", "Received", _LESSER),
            th(_BARRED, "Resolved", "jd-barred"),
            th(f"{_BARRED}_change", "± points", f"{_LESSER} jd-change"),
            th("target", "Target", "jd-target jd-lesser"),
            th("confirmed_rate", "Confirmed", _LESSER),
            th("pending_over_90", "Over 90 days", "jd-number"),
            th("latest_event_day", "Latest event", _LESSER),
        ]
    )


def _row(answer: Answer, row: Row, here: Here, most: int) -> Component:
    language = answer.language
    over_90, change = row["pending_over_90"], row[f"{_BARRED}_change"]

    def td(name: str, text: Component | str, kind: str, title: str | None = None) -> Component:
        # The script that marks new figures knows a figure by its row and column.
        return html.Td(text, className=kind, title=title, **data(figure=f"{row['slug']} {name}"))

    def counted(name: str) -> Component | str:
        return number(answer, row, name, shown(row[name], "complaints", language))

    return html.Tr(
        [
            td("rank", "–" if row["rank"] is None else str(row["rank"]), "jd-rank"),
            _moved(row, answer),
            html.Th([named(answer, row, here), *marks(row, answer)], scope="row"),
            td("received", counted("received"), _LESSER),
            html.Td(_bar(row, language), className="jd-barred", title=_bar_title(row, language)),
            td("change", moved(change, "fraction", language), f"{_LESSER} jd-change {tone(change, 1)}"),
            target_cell(row, answer.as_of, language),
            td(
                "confirmed",
                shown(row["confirmed_rate"], "fraction", language),
                _LESSER,
                counts_of(row, "confirmed_rate", language),
            ),
            td(
                "over 90",
                counted("pending_over_90"),
                "jd-number jd-bad" if over_90 and over_90 == most else "jd-number",
            ),
            td("latest", _latest(row, language), f"{_LESSER} jd-bad" if row["stale"] else _LESSER),
        ],
        className="" if row["ranked"] else "jd-unranked",
    )


def _moved(row: Row, answer: Answer) -> Component:
    """Places gained or lost; nothing where nothing is known."""
    places, language = row["rank_change"], answer.language
    text = moved(places, "whole", language) if places else "" if places is None else SAME
    title = None
    if places is not None and row["rank"] is not None and answer.compare is not None:
        since = day(answer.compare, language)
        title = say("rank {before} on {day}", language, before=row["rank"] + places, day=since)
    return html.Td(text, title=title, className=f"jd-moved jd-lesser {tone(places, 1)}")


def _latest(row: Row, language: str) -> str:
    latest = row["latest_event_day"]
    return short_day(latest, language) if latest else say("none", language)


def _bar(row: Row, language: str) -> Component:
    rate = row[_BARRED]
    width = 0.0 if rate is None else min(max(rate, 0.0), 1.0) * 100
    return html.Div(
        [
            html.Span(
                [html.Span(style={"width": f"{width:.2f}%"}, className="jd-fill"), *tick(row, _BARRED)],
                className="jd-track",
                **aria(hidden="true"),
            ),
            html.Span(shown(rate, "fraction", language), className="jd-rate", **data(figure=f"{row['slug']} rate")),
        ],
        className="jd-barcell",
    )


def _bar_title(row: Row, language: str) -> str:
    return " · ".join(part for part in (counts_of(row, _BARRED, language), reached(row, language)) if part)
