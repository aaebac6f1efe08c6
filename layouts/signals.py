"""/signals: which offices are worth asking about? With an office and a signal asked for: the complaints behind it."""

from typing import Final

from dash.development.base_component import Component

from dashboard.words.text import marked
from data_access.filters import Filters
from layouts.rooms import page_of

SHOWN: Final = ("signals", "signal-complaints")


def signals(language: str, silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return page_of(marked("Signals"), SHOWN, language, silent)


def silent(filters: Filters) -> frozenset[str]:
    """All signals until one of one office is asked for, the complaints behind that one then."""
    one = filters.office is not None and filters.by is not None
    return frozenset({"signals"} if one else {"signal-complaints"})
