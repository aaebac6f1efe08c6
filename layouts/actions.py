"""/actions: which actions were taken, on which posts, of which kind?"""

from typing import Final

from dash.development.base_component import Component

from dashboard.words.text import marked
from layouts.rooms import page_of

SHOWN: Final = ("actions", "action-totals")


def actions(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return page_of(marked("Actions"), SHOWN, language)
