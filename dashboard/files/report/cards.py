"""Large figures side by side, for every hand that shows some: a card a figure, with its change and counts behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard.files.report.description import Section
from dashboard.panels.cells import WORDS, behind, cell
from dashboard.panels.panel import Column
from dashboard.words.numbers import changed
from dashboard.words.text import say

SHOWN: Final = (
    *("received", "resolution_rate", "confirmed_rate", "pending"),
    *("pending_over_90", "on_time_rate", "satisfaction", "median_days"),
)
"""The figures of a scorecard that are shown large, in their order."""
_MOST: Final = 8
_FEWEST: Final = 4
_NAMES: Final = WORDS | {"rank", "number", "of_metric"}
"""Units of what is no figure by itself."""


@dataclass(frozen=True)
class Card:
    """A figure as it is read: its label, the figure, what it changed by and the counts behind it, where there are."""

    label: str
    value: str
    change: str
    counts: str


def cards_of(section: Section) -> list[Card]:
    """The large figures of a panel of one row; of other panels none."""
    if section.answer.panel.chart.kind != "figures" or not section.rows:
        return []
    return _cards(section, (column for name in SHOWN for column in section.columns if column.name == name))


def cards_alone(section: Section) -> list[Card]:
    """The figures of an answer that has but one row, which no bars compare with others; none where they are few."""
    kind = section.answer.panel.chart.kind
    if len(section.rows) != 1 or kind == "lines" or not (section.drawings or kind == "map"):
        return []
    figures = [one for one in section.columns if one.unit not in _NAMES and not one.name.endswith("_change")]
    return _cards(section, figures[:_MOST]) if len(figures) >= _FEWEST else []


def _cards(section: Section, columns: Iterable[Column]) -> list[Card]:
    return [_card(section.rows[0], column, section.answer.language) for column in columns]


def _card(row: Mapping[str, Any], column: Column, language: str) -> Card:
    change = row.get(f"{column.name}_change")
    return Card(
        say(column.label, language),
        cell(row[column.name], column, language),
        "" if change is None else changed(change, column.unit, language),
        behind(row, column.name, language),
    )
