"""/initiatives: what came out of complaints, whether it changed anything, campaigns, and whom the portal helped."""

from typing import Final

from dash.development.base_component import Component

from dashboard.words.text import marked
from layouts.rooms import page_of

SHOWN: Final = ("initiatives", "initiative-effect", "initiative-course", "awareness", "stories")


def initiatives(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return page_of(marked("Initiatives"), SHOWN, language)
