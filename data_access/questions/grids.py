"""Measures as grids of members and names, summed from the rows of a statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy import ColumnElement, FromClause, literal_column

NATION: Final = 0
"""The member that stands for the whole when nothing is grouped."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for: members (ids of governments, or NATION alone) are the rows of a grid, names its columns."""

    members: Sequence[int]
    names: Sequence[str]

    @property
    def by_government(self) -> bool:
        """Whether the members are governments."""
        return list(self.members) != [NATION]

    def member(self, table: FromClause) -> ColumnElement[int]:
        """Whom a row of the table counts for."""
        return (table.c.government_id if self.by_government else literal_column(str(NATION))).label("member")

    def grid(self, found: dict[str, np.ndarray]) -> np.ndarray:
        """int64, members × names; zeros for members without a row."""
        return self.running(found, np.zeros(len(found["member"])), 1)[0]

    def running(self, found: dict[str, np.ndarray], segments: np.ndarray, length: int) -> list[np.ndarray]:
        """For each of so many segments of time the grid at its end, from rows of changes that lie in these segments."""
        place_of = {key: place for place, key in enumerate(self.members)}
        places = np.array([place_of.get(key, -1) for key in found["member"].tolist()], dtype=np.int64)
        own = places >= 0
        cells = (segments[own].astype(np.int64), places[own])
        changes = np.zeros((len(self.names), length, len(self.members)), dtype=np.int64)
        for grid, name in zip(changes, self.names, strict=True):
            np.add.at(grid, cells, found[name][own].astype(np.int64))  # without a row, PostgreSQL's columns are floats
        return list(np.moveaxis(np.cumsum(changes, axis=1), 0, -1))
