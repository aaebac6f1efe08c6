"""The measures as of a day, from whichever table answers fastest: the flow, the cohort flow, or the ledger itself.

All three give the same numbers (tests/test_properties.py). Which one is asked follows from the question alone:
- all since launch, at most one dimension besides the government: `flow`;
- a period of receipt, no other dimension: `cohort_flow`;
- anything else: one scan of `assignment`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, FromClause, Select, cast, func, literal_column, select

from data_access.measures import MEASURES
from data_access.questions.ledger_counts import ledger_sums
from data_access.questions.lots import lots, segment
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.flow import cohort_flow, flow

NATION: Final = 0
"""The member that stands for the whole when nothing is grouped."""
_POSITION: Final = {name: position for position, name in enumerate(MEASURES)}


def measures(
    snapshot: Snapshot, selection: Selection, windows: Sequence[Window], members: Sequence[int]
) -> list[dict[str, np.ndarray]]:
    """For each window the measures as of its day: int64 columns, one value for each of the members.

    Members are ids of governments, or NATION alone. Moves across borders that the level does not have are 0.
    """
    if in_flow(selection) and all(window.from_on is None for window in windows):
        grids = _from_flow(snapshot, selection, [window.as_of for window in windows], members)
    elif not selection.crossed:
        grids = _from_cohorts(snapshot, selection, windows, members)
    else:
        grids = [_from_ledger(snapshot, selection, window, members) for window in windows]
    if list(members) == [NATION] and selection.government is None and selection.department is None:
        for grid in grids:
            grid[:, [_POSITION["moved_in"], _POSITION["moved_out"]]] = 0
    return [{name: grid[:, position] for name, position in _POSITION.items()} for grid in grids]


def in_flow(selection: Selection) -> bool:
    """Whether the flow can answer: at most one of its dimensions besides the government."""
    return len(selection.crossed) <= 1 and selection.crossed <= {"district", "department", "category"}


def flow_conditions(selection: Selection) -> list[ColumnElement[bool]]:
    """What of the flow belongs to the selection, which crosses at most one dimension."""
    dimension = next(iter(selection.crossed), "government")
    members = {
        "district": selection.districts,
        "department": None if selection.department is None else (selection.department,),
        "category": selection.categories,
    }.get(dimension)
    found = [flow.c.dimension == dimension]
    if members is not None:
        found.append(flow.c.member_id.in_(members))
    if selection.government is not None:
        found.append(flow.c.government_id == selection.government)
    return found


def _from_flow(
    snapshot: Snapshot, selection: Selection, days: Sequence[date], members: Sequence[int]
) -> list[np.ndarray]:
    """One scan for all days: changes are summed per segment between them, the segments then added up."""
    ends = sorted(set(days))
    rows = (
        select(_member(flow, members), segment(flow.c.day, ends), *(flow.c[name] for name in MEASURES))
        .where(*flow_conditions(selection), flow.c.day <= ends[-1])
        .subquery()
    )
    found = snapshot.columns(_sums(rows, rows.c.member, rows.c.segment))
    parts = []
    for position in range(len(ends)):
        own = found["segment"] == position
        parts.append(_grid({name: values[own] for name, values in found.items()}, members))
    running = dict(zip(ends, np.cumsum(parts, axis=0), strict=True))
    return [running[day].copy() for day in days]


def _from_cohorts(
    snapshot: Snapshot, selection: Selection, windows: Sequence[Window], members: Sequence[int]
) -> list[np.ndarray]:
    grids: dict[Window, np.ndarray] = {}
    for lot in lots(selection, windows):
        counts = (cohort_flow.c[name] for name in MEASURES)
        rows = select(_member(cohort_flow, members), lot.segment, *counts).where(*lot.where).subquery()
        found = snapshot.columns(_sums(rows, rows.c.member, rows.c.segment))
        for window in lot.windows:
            grids[window] = _grid(lot.rows_of(found, window), members)
    return [grids[window].copy() for window in windows]


def _from_ledger(snapshot: Snapshot, selection: Selection, window: Window, members: Sequence[int]) -> np.ndarray:
    statement = ledger_sums(selection, window, by_government=list(members) != [NATION])
    return _grid(snapshot.columns(statement), members)


def _member(table: FromClause, members: Sequence[int]) -> ColumnElement[int]:
    grouped = list(members) != [NATION]
    return (table.c.government_id if grouped else literal_column(str(NATION))).label("member")


def _sums(rows: FromClause, *keys: ColumnElement[Any]) -> Select[Any]:
    totals = [cast(func.sum(rows.c[name]), BigInteger).label(name) for name in MEASURES]
    return select(*keys, *totals).group_by(*keys)


def _grid(found: dict[str, np.ndarray], members: Sequence[int]) -> np.ndarray:
    """int64, members × measures, in the order of `members`; zeros for members without a row."""
    grid = np.zeros((len(members), len(MEASURES)), dtype=np.int64)
    row_of = {key: row for row, key in enumerate(members)}
    for source, key in enumerate(found["member"].tolist()):
        if key in row_of:
            grid[row_of[key]] += [found[name][source] for name in MEASURES]
    return grid
