"""What is said of a place that is pointed at, and how large it is."""

from collections.abc import Mapping, Sequence
from typing import Final

from dashboard.panels.answer import Answer
from dashboard.panels.cells import behind
from dashboard.panels.measured import Row
from dashboard.words.numbers import count, shown
from dashboard.words.text import marked, say

_SIZES: Final[Mapping[str, str]] = {
    "received": marked("{count} received"),
    "pending": marked("{count} pending"),
    "registered": marked("{count} registered"),
    "complaints": marked("{count} complaints"),
}
"""A column that says how large a place is (`Chart.sizes`) -> how it says so."""


def said_of(answer: Answer, row: Row) -> Sequence[str]:
    """Its name; the figure that is looked at, with its counts; how large it is."""
    column, language = answer.measured, answer.language
    value, counts = shown(row[column.name], column.unit, language), behind(row, column.name, language)
    sizes = ", ".join(size_of(row, name, language) for name in answer.panel.chart.sizes)
    return row["name"], f"{say(column.label, language)} {value}{f' ({counts})' if counts else ''}", sizes


def size_of(row: Row, name: str, language: str) -> str:
    """The place by this size: 95,894 received."""
    return say(_SIZES[name], language, count=count(row[name] or 0, language))
