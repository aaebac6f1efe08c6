"""/officers: how does each officer do? With one asked for: which posts he or she held, and what lay there."""

from typing import Final

from dash.development.base_component import Component

from dashboard.words.text import marked
from data_access.filters import Filters
from layouts.rooms import page_of

SHOWN: Final = ("officers", "officer")


def officers(language: str, silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return page_of(marked("Officers"), SHOWN, language, silent)


def silent(filters: Filters) -> frozenset[str]:
    """The table until one is asked for, that one then."""
    return frozenset({"officers"} if filters.officer is not None else {"officer"})
