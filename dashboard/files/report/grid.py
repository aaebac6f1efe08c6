"""The printed rows of a section as text: the table that slides and paper show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from dashboard.files.report.description import Section
from dashboard.panels.cells import WORDS, behind, cell, in_unit
from dashboard.panels.panel import Column
from dashboard.words.announced import label_of
from dashboard.words.numbers import changed
from dashboard.words.text import say

T = TypeVar("T")
_METRIC: Final = "target_metric"


@dataclass(frozen=True)
class Grid:
    """Headings, for each column whether it stands on the right and whether its text stays in one line, rows of text."""

    heads: tuple[str, ...]
    right: tuple[bool, ...]
    whole: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]

    def only(self, places: Sequence[int]) -> "Grid":
        """The columns at these places."""

        def cut(values: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(values[place] for place in places)

        return Grid(cut(self.heads), cut(self.right), cut(self.whole), tuple(map(cut, self.rows)))

    def from_row(self, first: int, last: int | None = None) -> "Grid":
        """The rows from the one to before the other."""
        return replace(self, rows=self.rows[first:last])


def grid_of(section: Section, names: tuple[str, ...] | None = None, most: int | None = None) -> Grid:
    """The table of a section; with `names` of those columns alone, with `most` of so many rows.

    A panel of one row stands upright. A column in which nothing stands is left away.
    """
    if section.answer.panel.chart.kind == "figures":
        return _upright(section)
    columns = section.columns
    if names is not None:
        columns = tuple(section.answer.panel.column(name) for name in names)
    language = section.answer.language
    whole = Grid(
        tuple(say(column.label, language) for column in columns),
        tuple(column.unit not in WORDS for column in columns),
        tuple(column.unit != "text" for column in columns),
        tuple(tuple(text_of(row, column, language) for column in columns) for row in section.rows[:most]),
    )
    return whole.only([place for place in range(len(columns)) if any(row[place] for row in whole.rows)])


def text_of(row: Mapping[str, Any], column: Column, language: str) -> str:
    """A cell as it is printed, in one line."""
    value = row[column.name]
    if column.name == _METRIC and value is not None:
        return label_of(value, language)
    return " ".join(cell(value, in_unit(row, column), language).split())


def _upright(section: Section) -> Grid:
    language = section.answer.language
    heads = tuple(say(text, language) for text in ("Figure", "Value", "Counts", "Change"))
    rows = [
        (say(column.label, language), *_figure(row, column, language))
        for row in section.rows
        for column in section.columns
    ]
    numbers = (False, True, True, True)
    return Grid(heads, numbers, numbers, tuple(rows))


def _figure(row: Mapping[str, Any], column: Column, language: str) -> tuple[str, str, str]:
    """A figure's value, the counts behind it, and its change."""
    change = f"{column.name}_change"
    said = changed(row[change], column.unit, language) if change in row else ""
    return cell(row[column.name], column, language), behind(row, column.name, language), said
