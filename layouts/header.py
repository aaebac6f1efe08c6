"""The head of the frame: the product, the day of the figures, whether they are live, the theme, the account."""

from collections.abc import Sequence
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.web.forms import FIELD
from dashboard.words.text import say
from layouts.aria import aria, data

STAMP: Final = "stamp"
LAMP: Final = "lamp"
ACCOUNT: Final = "account"
ROLE: Final = "role"
OWN_PAGES: Final = "own-pages"
FORM_TOKEN: Final = "form-token"  # noqa: S105  # the id of a field


def header(source: str, language: str) -> Component:
    """The head; stamp and account come by callbacks, the lamp is kept by assets/live.js."""
    return html.Header(
        html.Div(
            [
                html.Div(
                    [
                        html.Span("Jawabdeh", className="jd-brand"),
                        html.Span("جواب دہ", lang="ur", dir="rtl", className="jd-urdu"),
                        html.Span(source, className="jd-of"),
                    ],
                    className="jd-name",
                ),
                html.Div(id=STAMP, className="jd-stamp", role="status"),
                _lamp(language),
                html.Button(
                    html.Span("◐", **aria(hidden="true")),
                    type="button",
                    className="jd-switch",
                    title=say("Light or dark", language),
                    **aria(label=say("Light or dark", language)),
                    **data(theme_switch=""),
                ),
                _account(language),
            ],
            className="container-fluid jd-bar",
        ),
        className="jd-header",
    )


def _lamp(language: str) -> Component:
    """Says whether what is on the screen is the newest; the script finds its sentences on it."""
    return html.Span(
        id=LAMP,
        className="jd-lamp",
        role="status",
        **data(
            live=say("live {time}", language, time="{time}"),
            lost=say("figures {day}, reconnecting …", language, day="{day}"),
            bare=say("reconnecting …", language),
            behind=say("figures are {age} behind", language, age="{age}"),
        ),
    )


def _account(language: str) -> Component:
    """Who is signed in, and the way out."""
    return html.Details(
        [
            html.Summary(id=ACCOUNT, title=say("Account", language)),
            html.Div(
                [
                    html.P(id=ROLE, className="jd-role"),
                    html.Div(id=OWN_PAGES, className="jd-own-pages"),
                    html.Form(
                        [
                            dcc.Input(id=FORM_TOKEN, name=FIELD, type="hidden"),
                            html.Button(say("Sign out", language), type="submit", className="jd-button"),
                        ],
                        action="/sign-out",
                        method="post",
                    ),
                ],
                className="jd-menu-body",
            ),
        ],
        className="jd-menu jd-account",
    )


def stamp(day: str, label: str, language: str) -> list[Component]:
    """The as-of day of the page, and what kind of data it shows when it is not real."""
    found: list[Component] = [html.Strong(say("as of {day}", language, day=day), className="jd-day")]
    if label:
        found.append(html.Span(label, className="jd-label"))
    return found


def own_pages(pages: Sequence[tuple[str, str]], language: str) -> list[Component]:
    """Links to the pages without Dash (path, title) that the account may open."""
    return [html.A(say(title, language), href=path) for path, title in pages]
