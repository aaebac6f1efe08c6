"""A page that is room for panels, one below the other, and nothing else."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.panels.catalogue import PANELS
from dashboard.words.text import say
from layouts.panel import HIDDEN, WAITING, room


def page_of(title: str, panels: Sequence[str], language: str, silent: frozenset[str] = frozenset()) -> Component:
    """The page of this title with room for these panels; those that are silent have theirs when they speak."""
    return html.Div(
        [
            html.H1(say(title, language), className="visually-hidden"),
            *(room(PANELS[name], "jd-wide", language, HIDDEN if name in silent else WAITING) for name in panels),
        ],
        className="jd-grid",
    )
