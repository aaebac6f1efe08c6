"""What is said of a place that is pointed at."""

from collections.abc import Sequence

from dashboard.panels.measured import Row
from dashboard.panels.panel import Column
from dashboard.words.numbers import shown
from dashboard.words.text import say
from layouts.tables import behind


def said_of(row: Row, column: Column, language: str) -> Sequence[str]:
    """Its name; the figure that is looked at, with its counts; how much it received and what is pending."""
    value, counts = shown(row[column.name], column.unit, language), behind(row, column.name, language)
    return (
        row["name"],
        f"{say(column.label, language)} {value}{f' ({counts})' if counts else ''}",
        say(
            "{received} received, {pending} pending",
            language,
            received=shown(row["received"], "complaints", language),
            pending=shown(row["pending"], "complaints", language),
        ),
    )
