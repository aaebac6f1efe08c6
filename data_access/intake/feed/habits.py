"""How each government has worked of late: the chances that the feed goes on with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Select, func, select

from data_access.arrays import arrays_of
from data_access.intake.feed import tallies
from data_access.intake.sample.numbers import Floats
from data_access.measures import AGE_LIMITS, OUTCOMES
from data_access.tables.reference import government

WINDOW: Final = 28
"""Days that count as of late: whole weeks, so that every weekday counts alike."""
FEW: Final = 100.0
"""A government with fewer stay-days, closings or answers than about so many goes along with all others."""


@dataclass(frozen=True)
class Habits:
    """What governments did in the WINDOW days before `day`. Rows of the arrays are government ids.

    `filed`, `answers`, `undone`: complaints filed, closings answered and closings reopened on an average day.
    `closing`, `moving`: chance a day that an open stay is closed, or transferred; columns are age buckets.
    `outcomes`: how closings end, shares; `satisfied`: share of answers. Columns are OUTCOMES.
    `pending`: open stays on an average day; `closings`, `transfers` in the window. Of all governments.
    """

    day: date
    filed: Floats
    answers: Floats
    undone: Floats
    closing: Floats
    moving: Floats
    outcomes: Floats
    satisfied: Floats
    pending: float
    closings: float
    transfers: float


def read_habits(connection: Connection, day: date) -> Habits:
    """The habits that hold on this day, from whole days before it."""
    rows = connection.execute(select(func.max(government.c.id))).scalar_one() + 1
    begin = day - timedelta(days=WINDOW)
    done = _grids(connection, tallies.done(begin, day), rows, 1)
    over = _grids(connection, tallies.exposed(begin, day), rows, 1)
    left = _grids(connection, tallies.left(begin, day), rows, len(AGE_LIMITS) + 1)
    told = _grids(connection, tallies.answered(begin, day), rows, len(OUTCOMES))
    # Those in an age bucket are older than its lower edge and not older than its upper one.
    exposed = np.hstack([*over.values(), np.zeros((rows, 1))])
    exposed = exposed[:, :-1] - exposed[:, 1:]
    ended = np.hstack([done[name] for name in OUTCOMES])
    return Habits(
        day=day,
        filed=done["filed"][:, 0] / WINDOW,
        answers=done["answers"][:, 0] / WINDOW,
        undone=done["undone"][:, 0] / WINDOW,
        closing=_chance(left[tallies.CLOSINGS], exposed),
        moving=_chance(left[tallies.TRANSFERS], exposed),
        outcomes=_chance(ended, ended.sum(axis=1, keepdims=True)),
        satisfied=_chance(told["satisfied"], told["answers"]),
        pending=float(exposed.sum()) / WINDOW,
        closings=float(ended.sum()),
        transfers=float(left[tallies.TRANSFERS].sum()),
    )


def _chance(happened: Floats, could: Floats) -> Floats:
    """How often what could happen did, drawn towards all governments together where a government's could seldom."""
    everywhere = happened.sum(axis=0) / np.maximum(could.sum(axis=0), 1.0)
    return np.asarray((happened + FEW * everywhere) / (could + FEW))


def _grids(connection: Connection, statement: Select[Any], rows: int, columns: int) -> dict[str, Floats]:
    """Each count of the statement by `row` and `column`; 0 where it has no row."""
    found = arrays_of(connection, statement)
    at = found.pop("row").astype(np.int64), found.pop("column").astype(np.int64)
    grids = {name: np.zeros((rows, columns)) for name in found}
    for name, values in found.items():
        grids[name][at] = values.astype(np.float64)
    return grids
