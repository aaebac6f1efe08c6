"""Large figures side by side: those of a panel of one row, and of an answer that has but one."""

from collections.abc import Sequence
from typing import Final

from dashboard.files.report.description import Section
from dashboard.files.report.widths import width
from dashboard.files.stage.sheet import Content
from dashboard.panels.cells import WORDS, behind, cell
from dashboard.words.numbers import changed
from dashboard.words.text import say

MOST: Final = 8
_FEWEST: Final = 4
_CARD: Final = 34.0  # the inside of a card of four in a line
_VALUE: Final = 8.0


def cards_content(cards: Sequence[Content]) -> Content:
    """The cards for the template, each value in the largest size in which it stands in one line."""
    return {"kind": "cards", "cards": [{**card, "size": _size(card["value"])} for card in cards]}


def _size(value: str) -> float:
    return min(_VALUE, _VALUE * _CARD / max(width(value, _VALUE, bold=True), 1.0))


def alone(section: Section) -> list[Content]:
    """The figures of an answer with one row, where it has some."""
    kind = section.answer.panel.chart.kind
    if len(section.rows) != 1 or kind == "lines" or not (section.drawings or kind == "map"):
        return []
    row, language = section.rows[0], section.answer.language
    names = [column.name for column in section.columns]
    figures = [
        column
        for column in section.columns
        if column.unit not in WORDS and column.unit not in {"rank", "number", "of_metric"}
        if not column.name.endswith("_change")
    ]
    if len(figures) < _FEWEST:
        return []
    found = []
    for column in figures[:MOST]:
        change = f"{column.name}_change"
        said = row.get(change) is not None and change in names
        found.append(
            {
                "label": say(column.label, language),
                "value": cell(row[column.name], column, language),
                "change": changed(row[change], column.unit, language) if said else "",
                "counts": behind(row, column.name, language),
            }
        )
    return found
