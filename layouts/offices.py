"""/offices: how does each office do? With one asked for: who held its post, how its peers do, whence and whither."""

from typing import Final

from dash.development.base_component import Component

from dashboard.words.text import marked
from data_access.filters import Filters
from layouts.rooms import page_of

SHOWN: Final = ("offices", "office", "ageing", "trend", "peers", "transfers")
LEAD: Final = "offices"
_ONE: Final = frozenset(SHOWN) - {"offices"}


def offices(language: str, silent: frozenset[str] = frozenset()) -> Component:
    """The page with room for its panels."""
    return page_of(marked("Offices"), SHOWN, language, silent)


def silent(filters: Filters) -> frozenset[str]:
    """What is about one office says nothing until one is asked for."""
    return frozenset() if filters.office is not None else _ONE
