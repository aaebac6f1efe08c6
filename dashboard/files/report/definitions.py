"""How figures are computed, in words, from the columns that hold them."""

from collections.abc import Iterable

from dashboard.panels.panel import Column
from dashboard.words.text import say

Definitions = tuple[tuple[str, str], ...]
"""Label and definition of each figure."""


def defined(columns: Iterable[Column], language: str) -> Definitions:
    """Those that have a definition, in the order of the columns."""
    return tuple(
        (say(column.label, language), say(column.definition, language)) for column in columns if column.definition
    )


def definitions(told: Iterable[tuple[Iterable[Column], str]]) -> Definitions:
    """Those of many panels, from the columns and the language of each: every one once, by alphabet."""
    found = {pair for columns, language in told for pair in defined(columns, language)}
    return tuple(sorted(found, key=lambda pair: (pair[0].casefold(), pair[1])))
