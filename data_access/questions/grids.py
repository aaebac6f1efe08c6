"""Measures as grids of rows and names, summed from the rows of a statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from sqlalchemy import ColumnElement, FromClause, func, literal_column

By = Literal["government", "district", "department", "office", "category"]
UNPLACED: Final = 0
"""Stands for complaints that are not placed in a district, where complaints are grouped by district."""
# Not bound: PostgreSQL would not know it again where rows are grouped by it.
_ZERO: Final[ColumnElement[int]] = literal_column("0")


@dataclass(frozen=True)
class Level:
    """The rows of an answer: what complaints are grouped `by` (None: the whole, one row), and the row of each id.

    Several ids may share a row; an id without one counts nowhere.
    """

    by: By | None
    row_of: Mapping[int, int]
    rows: int

    @classmethod
    def each(cls, by: By, ids: Iterable[int]) -> "Level":
        """A row for each id, in their order."""
        row_of = {key: row for row, key in enumerate(ids)}
        return cls(by, row_of, len(row_of))


WHOLE: Final = Level(None, {0: 0}, 1)


@dataclass(frozen=True)
class Wanted:
    """What is asked for: the level's rows are the rows of a grid, names its columns."""

    level: Level
    names: Sequence[str]

    def member(self, table: FromClause) -> ColumnElement[int]:
        """What a row of the table (the ledger or a flow) counts for: an id of what the level is grouped by."""
        return member_of(table, self.level.by)

    def grid(self, found: dict[str, np.ndarray]) -> np.ndarray:
        """int64, rows × names; zeros for rows that nothing counts for."""
        return self.running(found, np.zeros(len(found["member"])), 1)[0]

    def running(self, found: dict[str, np.ndarray], segments: np.ndarray, length: int) -> list[np.ndarray]:
        """For each of so many segments of time the grid at its end, from rows of changes that lie in these segments."""
        places = places_of(found["member"], self.level)
        own = places >= 0
        cells = (segments[own].astype(np.int64), places[own])
        changes = np.zeros((len(self.names), length, self.level.rows), dtype=np.int64)
        for grid, name in zip(changes, self.names, strict=True):
            np.add.at(grid, cells, found[name][own].astype(np.int64))  # without a row, PostgreSQL's columns are floats
        return list(np.moveaxis(np.cumsum(changes, axis=1), 0, -1))


def member_of(table: FromClause, by: By | None) -> ColumnElement[int]:
    """The column of the table that tells the id of what its rows are grouped by."""
    column: ColumnElement[int]
    if by is None:
        column = _ZERO
    elif "dimension" in table.c and by != "government":
        column = table.c.member_id
    elif by == "district":
        column = func.coalesce(table.c.district_id, _ZERO)
    else:
        column = table.c[f"{by}_id"]
    return column.label("member")


def places_of(members: np.ndarray, level: Level) -> np.ndarray:
    """The row of each member, -1 for those without one."""
    if not level.row_of:
        return np.full(len(members), -1, dtype=np.int64)
    keys = np.fromiter(level.row_of, dtype=np.int64)
    order = np.argsort(keys)
    rows = np.fromiter(level.row_of.values(), dtype=np.int64)[order]
    place = np.minimum(np.searchsorted(keys, members, sorter=order), len(keys) - 1)
    return np.where(keys[order][place] == members, rows[place], -1)
