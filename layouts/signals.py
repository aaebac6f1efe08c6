"""/signals: which offices are worth asking about? With an office and a signal asked for: the complaints behind it."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from data_access.filters import Filters
from layouts.panel import HIDDEN, WAITING, room

SHOWN: Final = ("signals", "signal-complaints")


def signals(language: str, silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    words = say("A signal is a reason to ask, not a finding.", language)
    return html.Div(
        [
            html.H1(say("Signals", language), className="visually-hidden"),
            html.P(words, className="jd-notes jd-wide"),
            *(room(PANELS[name], "jd-wide", language, HIDDEN if name in silent else WAITING) for name in SHOWN),
        ],
        className="jd-grid",
    )


def silent(filters: Filters) -> frozenset[str]:
    """All signals until one of one office is asked for, the complaints behind that one then."""
    one = filters.office is not None and filters.by is not None
    return frozenset({"signals"} if one else {"signal-complaints"})
