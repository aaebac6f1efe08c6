"""Rows that programs send as JSON objects, made ready for the door, which judges what stands in them.

What JSON can say and no file can (a list for a name, 1.5 for an id) is told here; all else the door tells of a row of a
file alike, so values go on as the text that a file would have.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from data_access.intake.canonical import KINDS, CanonicalColumn, Kind
from data_access.intake.columns import EXPECTED
from data_access.intake.validate import RawRows
from data_access.rejects import COLUMNS as REJECT_COLUMNS

LISTS: Final[Mapping[str, Kind]] = {
    f"{kind.name}s": kind for kind in KINDS if kind.name in {"citizen", "complaint", "event"}
}
"""What can be sent: the name of a list -> the kind of its rows."""
LONGEST_SHOWN: Final = 200
"""Characters that are told of a value that cannot be taken."""

Row = Mapping[str, Any]


def rows_sent(name: str, rows: Sequence[Row]) -> RawRows:
    """The rows of the list of this name; the first stands on line 1. They have no columns but those of their kind."""
    kind = LISTS[name]
    bad = [_fault(kind, row) for row in rows]
    good = [row for row, fault in zip(rows, bad, strict=True) if fault is None]
    table = {
        column.name: pa.array([_text(row.get(column.name)) for row in good], pa.string()) for column in kind.columns
    }
    told = [
        {"file": name, "line": line, "original": _original(row), **fault}
        for line, (row, fault) in enumerate(zip(rows, bad, strict=True), 1)
        if fault is not None
    ]
    lines = np.array([line for line, fault in enumerate(bad, 1) if fault is None], dtype=np.int64)
    unreadable = pd.DataFrame(told, columns=list(REJECT_COLUMNS)) if told else None
    return RawRows(kind, name, pa.table(table), lines, unreadable)


def expected(column: CanonicalColumn) -> str:
    """What a value of the column must be, in words."""
    return f"one of {', '.join(column.choices)}" if column.choices else EXPECTED[column.type]


def _fault(kind: Kind, row: Row) -> dict[str, str] | None:
    """Column, value and reason of the first value that no text of a file stands for."""
    for column in kind.columns:
        value = row.get(column.name)
        if not _fits(column, value):
            return {"column": column.name, "value": _shown(value), "reason": f"is not {expected(column)}"}
    return None


def _shown(value: object) -> str:
    """As any database can hold it; of what holds others only that it does."""
    if isinstance(value, (list, dict)):
        return "[…]" if isinstance(value, list) else "{…}"
    return json.dumps(value)[:LONGEST_SHOWN]


def _original(row: Row) -> str:
    """The row as it was sent, as far as it can be shown."""
    return "{" + ", ".join(f"{json.dumps(name)}: {_shown(value)}" for name, value in row.items()) + "}"


def _fits(column: CanonicalColumn, value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, str):
        return value.isascii() or _can_be_written(value)
    if isinstance(value, bool):  # which Python takes for a number
        return column.type == "flag"
    return isinstance(value, int) and column.type in {"id", "whole"}


def _can_be_written(text: str) -> bool:
    """Whether it is text: JSON can name halves of a letter."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower()  # True and 17 as files have them
