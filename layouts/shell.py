"""The frame around every page, and the ids of its parts."""

from collections.abc import Sequence
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.words.text import DEFAULT_LANGUAGE, say
from layouts.aria import aria

ADDRESS: Final = "address"
STAMP: Final = "stamp"
ACCOUNT: Final = "account"
NAVIGATION: Final = "navigation"
NOTICE: Final = "notice"
CHIPS: Final = "chips"
LEAD: Final = "lead"
PAGE: Final = "page"
SOURCE: Final = "source"


def shell() -> Component:
    """Header, navigation, room for the page, footer. What stands in them comes by callbacks."""
    language = DEFAULT_LANGUAGE
    return html.Div(
        [
            dcc.Location(id=ADDRESS, refresh=False),
            html.A(say("Skip to the figures", language), href=f"#{PAGE}", className="jd-skip"),
            html.Header(
                html.Div(
                    [
                        html.Div(
                            [
                                html.Span("Jawabdeh", className="jd-brand"),
                                html.Span(say("Pakistan Citizen Portal", language), className="jd-of"),
                            ]
                        ),
                        html.Div(id=STAMP, className="jd-stamp", role="status"),
                        html.Div(id=ACCOUNT, className="jd-account"),
                    ],
                    className="container-fluid jd-bar",
                ),
                className="jd-header",
            ),
            html.Nav(id=NAVIGATION, className="jd-nav container-fluid", **aria(label=say("Pages", language))),
            html.Div(
                [
                    html.Div(id=CHIPS, className="jd-chips"),
                    html.Div(id=NOTICE, role="alert"),
                    html.P(id=LEAD, className="jd-lead"),
                ],
                className="container-fluid",
            ),
            html.Main(id=PAGE, className="container-fluid jd-page", tabIndex="-1"),
            html.Footer(id=SOURCE, className="container-fluid jd-footer"),
        ]
    )


def stamp(day: str, label: str, language: str) -> list[Component]:
    """The as-of day of the page, and what kind of data it shows when it is not real."""
    found: list[Component] = [html.Strong(say("as of {day}", language, day=day))]
    if label:
        found.append(html.Span(label, className="jd-label"))
    return found


def navigation(pages: Sequence[tuple[str, str]], here: str, search: str, language: str) -> Component:
    """Links to the pages (path, title); each carries the view, so the filters stay when the page changes."""
    return html.Ul(
        [
            html.Li(
                dcc.Link(say(title, language), href=f"{path}{search}"),
                # dcc.Link takes no aria attributes; on the item screen readers say it too.
                **(aria(current="page") if path == here else {}),
            )
            for path, title in pages
        ]
    )


def source(version: int, label: str, language: str) -> list[Component]:
    """Where the figures come from."""
    words = say("Source: events of the Pakistan Citizen Portal, data version {version}.", language, version=version)
    found: list[Component] = [html.Span(words)]
    if label:
        found.append(html.Strong(f" {label}."))
    return found
