"""A frame as plain rows: whole numbers as int, days as date, nothing as None. What JSON, CSV and words read."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from dashboard.panels.panel import COUNTS, Column


def plain_rows(frame: pd.DataFrame, columns: Sequence[Column]) -> tuple[Mapping[str, Any], ...]:
    """One mapping per row with exactly these columns, in this order. KeyError when the frame lacks one."""
    names = [column.name for column in columns]
    # numpy's scalars become Python's here, a column at a time
    values = [[_value(value, column.unit) for value in frame[column.name].tolist()] for column in columns]
    return tuple(dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))


def _value(value: Any, unit: str) -> Any:  # a cell may hold anything
    if value is None or value is pd.NA or value != value:  # NaN and NaT are not even themselves
        return None
    if unit in COUNTS:
        return int(value)
    if unit in {"day", "month"}:
        return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value))
    return bool(value) if unit == "flag" else value
