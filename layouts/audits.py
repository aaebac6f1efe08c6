"""/audits: do citizens confirm what was closed? The newest draw for calls to them, and what they said."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from layouts.panel import room

SHOWN: Final = ("audit-result", "audit-sample")


def audits(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Audits", language), className="visually-hidden"),
            *(room(PANELS[name], "jd-wide", language) for name in SHOWN),
        ],
        className="jd-grid",
    )
