"""/officers: how does each officer do? With one asked for: the row alone, and the posts that were held."""

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
    """What is about one officer says nothing until one is asked for."""
    return frozenset() if filters.officer is not None else frozenset({"officer"})
