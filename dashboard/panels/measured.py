"""The rows of an answer by the figure that is looked at."""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.classes import Classes, classes_of
from dashboard.panels.answer import Answer

Row = Mapping[str, Any]


def members(answer: Answer) -> list[Row]:
    """The rows that can be asked for: the others belong to no place or member."""
    return [row for row in answer.rows if row["is_member"]]


def classes(answer: Answer) -> Classes | None:
    """The classes of the drawn column over the members."""
    name = answer.measured.name
    return classes_of([row[name] for row in members(answer)])


def ordered(answer: Answer) -> list[Row]:
    """All rows, the highest value first, those without a value after them, and last what is no member."""
    name = answer.measured.name

    def place(row: Row) -> tuple[bool, bool, float]:
        value = row[name]
        return (not row["is_member"], value is None, -(value or 0.0))

    return sorted(answer.rows, key=place)
