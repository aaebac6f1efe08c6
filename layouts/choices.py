"""Choices that are links: what is chosen stands in the address, and works by keyboard as by mouse."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from layouts.aria import aria


@dataclass(frozen=True)
class Choice:
    """One choice: its words, where it leads, whether it is the one that is made."""

    words: str
    href: str
    chosen: bool


def row_of(label: str, choices: Sequence[Choice]) -> Component:
    """Few choices, side by side."""
    return html.Div([html.Span(label, className="jd-choices-of"), _list(choices)], className="jd-choices")


def menu_of(label: str, choices: Sequence[Choice]) -> Component:
    """Many choices, under the one that is made."""
    made = next((choice.words for choice in choices if choice.chosen), "")
    return html.Details(
        [
            html.Summary([html.Span(label, className="jd-choices-of"), " ", html.Strong(made)]),
            html.Div(_list(choices), className="jd-menu-body"),
        ],
        className="jd-menu jd-choices-menu",
    )


def _list(choices: Sequence[Choice]) -> Component:
    return html.Ul(
        [
            html.Li(dcc.Link(choice.words, href=choice.href), **(aria(current="true") if choice.chosen else {}))
            for choice in choices
        ]
    )
