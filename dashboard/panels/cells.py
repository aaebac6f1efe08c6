"""A cell as it is read: what tables on pages, on slides and on paper say of a value."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from dashboard.panels.panel import Column
from dashboard.words.announced import unit_of
from dashboard.words.dates import day, month
from dashboard.words.numbers import changed, shown
from dashboard.words.text import say
from data_access.metrics import METRICS

WORDS: Final = frozenset({"text", "day", "month", "flag"})
"""Units whose values are read from the left; numbers stand on the right."""


def cell(value: Any, column: Column, language: str) -> str:  # a cell may hold anything
    """A value as it is read."""
    if value is None:
        return "" if column.unit in {"text", "rank", "flag"} else say("n/a", language)
    if column.unit == "flag":
        return say("yes", language) if value else say("no", language)
    if column.unit == "number":  # it names something
        return str(value)
    if column.unit == "day":
        return day(value, language)
    if column.unit == "month":
        return month(value, language)
    if column.unit == "text":
        return str(value)
    if column.signed or column.name.endswith("_change"):
        return changed(value, column.unit, language)
    return shown(value, column.unit, language)


def in_unit(row: Mapping[str, Any], column: Column) -> Column:
    """The column; of one in the unit of a metric, in that of the metric which the row names."""
    if column.unit != "of_metric":
        return column
    names = (f"{column.name}_metric", "metric", "target_metric")
    return replace(column, unit=unit_of(next((row[name] for name in names if row.get(name)), "")))


def behind(row: Mapping[str, Any], name: str, language: str) -> str:
    """The counts behind a figure, as `counts_of`; empty for what is no ratio."""
    metric = METRICS.get(name)
    return counts_of(row, name, language) if metric is not None and metric.denominator else ""


def counts_of(row: Mapping[str, Any], name: str, language: str) -> str:
    """The counts behind a ratio: 38,268 of 95,894. Empty when they are not in the row."""
    metric = METRICS[name]
    top, bottom = row.get(metric.numerator or ""), row.get(metric.denominator or "")
    if top is None or bottom is None:
        return ""
    return say(
        "{part} of {whole}",
        language,
        part=shown(top, "complaints", language),
        whole=shown(bottom, "complaints", language),
    )
