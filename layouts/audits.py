"""/audits: do citizens confirm what was closed? All draws for calls to them, and of one what they said: the newest."""

from typing import Final

from dash.development.base_component import Component

from dashboard.words.text import marked
from layouts.rooms import page_of

SHOWN: Final = ("audit-draws", "audit-result", "audit-sample")


def audits(language: str, _silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return page_of(marked("Audits"), SHOWN, language)
