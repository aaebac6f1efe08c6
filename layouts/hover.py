"""What is said of a place that is pointed at."""

from collections.abc import Sequence

from dashboard.panels.measured import Row
from dashboard.panels.panel import Column
from dashboard.words.numbers import shown
from dashboard.words.text import say
from layouts.tables import behind


def said_of(row: Row, column: Column, language: str) -> Sequence[str]:
    """Its name; the figure that is looked at, with its counts; how large it is."""
    value, counts = shown(row[column.name], column.unit, language), behind(row, column.name, language)
    return (
        row["name"],
        f"{say(column.label, language)} {value}{f' ({counts})' if counts else ''}",
        _sizes(row, language),
    )


def _sizes(row: Row, language: str) -> str:
    """How much a place received and what is pending; of citizens, how many there are and what they filed."""
    if "registered" in row:
        return say(
            "{registered} registered, {complaints} complaints",
            language,
            registered=shown(row["registered"], "citizens", language),
            complaints=shown(row["complaints"], "complaints", language),
        )
    return say(
        "{received} received, {pending} pending",
        language,
        received=shown(row["received"], "complaints", language),
        pending=shown(row["pending"], "complaints", language),
    )
