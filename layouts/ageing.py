"""/ageing: how old is the backlog, who holds the oldest, and does it grow older?"""

from typing import Final

from dash.development.base_component import Component

from dashboard.words.text import marked
from layouts.rooms import page_of

SHOWN: Final = ("ageing", "ageing-trend", "oldest")
LEAD: Final = "ageing"


def ageing(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return page_of(marked("Ageing"), SHOWN, language)
