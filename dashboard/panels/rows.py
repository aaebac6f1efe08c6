"""A frame as plain rows: whole numbers as int, days as date, nothing as None. What JSON, CSV and words read."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from dashboard.panels.panel import COUNTS, Column


def plain_rows(frame: pd.DataFrame, columns: Sequence[Column]) -> tuple[Mapping[str, Any], ...]:
    """One mapping per row with exactly these columns, in this order. KeyError when the frame lacks one."""
    values = [_plain(frame[column.name], column.unit) for column in columns]
    names = [column.name for column in columns]
    return tuple(dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))


def _plain(series: "pd.Series[Any]", unit: str) -> list[Any]:
    missing = series.isna().tolist()
    values = series.tolist()  # numpy's scalars become Python's here
    return [None if gone else _value(value, unit) for gone, value in zip(missing, values, strict=True)]


def _value(value: Any, unit: str) -> Any:  # a cell may hold anything
    if unit in COUNTS:
        return int(value)
    if unit == "day":
        return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value))
    return value
