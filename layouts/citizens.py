"""/citizens: who is registered, who complains, from where, by which way, and what came of it?"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from layouts.panel import room

_ALL: Final = ("citizens", "registrations")
_PARTS: Final = ("channels", "outcomes", "genders", "residencies")
SHOWN: Final = (*_ALL, *_PARTS)


def citizens(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return html.Div(
        [
            html.H1(say("Citizens", language), className="visually-hidden"),
            *(room(PANELS[name], "jd-wide", language) for name in _ALL),
            *(room(PANELS[name], "jd-half", language) for name in _PARTS),
        ],
        className="jd-grid jd-halves",
    )
