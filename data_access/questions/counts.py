"""The measures as of a day, from whichever table answers fastest: the flow, the cohort flow, or the ledger itself.

All three give the same numbers (tests/test_properties.py). Which one is asked follows from the question alone:
- all since launch, at most one dimension besides the government: `flow`;
- a period of receipt, no other dimension: `cohort_flow`;
- anything else: `assignment`, whose stays are counted as of one day, or their changes for any number of days.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, FromClause, Select, cast, func, select

from data_access.measures import MEASURES
from data_access.questions.grids import By, Level, Wanted
from data_access.questions.ledger_changes import ledger_changes
from data_access.questions.ledger_counts import border_of, ledger_sums
from data_access.questions.lots import by_period, lots, segment
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.flow import cohort_flow, flow

Grids = dict[Window, np.ndarray]


def measures(
    snapshot: Snapshot,
    selection: Selection,
    windows: Sequence[Window],
    level: Level,
    names: Sequence[str] = tuple(MEASURES),
) -> list[dict[str, np.ndarray]]:
    """For each window these measures as of its day: int64 columns, one value for each row of the level.

    Moves across borders that the level does not have are 0.
    """
    wanted = Wanted(level, names)
    if in_flow(selection, level.by) and all(window.from_on is None for window in windows):
        grids = _from_flow(snapshot, selection, windows, wanted)
    elif in_cohorts(selection, level.by):
        grids = _from_cohorts(snapshot, selection, windows, wanted)
    else:
        grids = _from_ledger(snapshot, selection, windows, wanted)
    if border_of(selection, level.by) is None:
        for grid in grids.values():
            grid[:, [place for place, name in enumerate(names) if name in {"moved_in", "moved_out"}]] = 0
    return [{name: grids[window][:, place].copy() for place, name in enumerate(names)} for window in windows]


def in_flow(selection: Selection, by: By | None = None) -> bool:
    """Whether the flow can answer: at most one of its dimensions besides the government."""
    crossed = _crossed(selection, by)
    return len(crossed) <= 1 and crossed <= {"district", "department", "category"}


def in_cohorts(selection: Selection, by: By | None) -> bool:
    """Whether the cohort flow can answer: it knows governments alone."""
    return not _crossed(selection, by)


def _crossed(selection: Selection, by: By | None) -> frozenset[str]:
    return selection.crossed if by is None or by == "government" else selection.crossed | {by}


def flow_conditions(selection: Selection, by: By | None = None) -> list[ColumnElement[bool]]:
    """What of the flow belongs to the selection, which crosses at most one dimension, and is grouped by no other."""
    dimension = next(iter(_crossed(selection, by)), "government")
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


def _from_flow(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], wanted: Wanted) -> Grids:
    """One scan for all days: changes are summed per segment between them, the segments then added up."""
    [group] = by_period(windows)
    ends = [window.as_of for window in group]
    rows = (
        select(wanted.member(flow), segment(flow.c.day, ends), *(flow.c[name] for name in wanted.names))
        .where(*flow_conditions(selection, wanted.level.by), flow.c.day <= ends[-1])
        .subquery()
    )
    found = snapshot.columns(_sums(rows, wanted))
    return dict(zip(group, wanted.running(found, found["segment"], len(group)), strict=True))


def _from_cohorts(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], wanted: Wanted) -> Grids:
    grids: Grids = {}
    for lot in lots(selection, windows):
        counts = (cohort_flow.c[name] for name in wanted.names)
        rows = select(wanted.member(cohort_flow), lot.segment, *counts).where(*lot.where).subquery()
        found = snapshot.columns(_sums(rows, wanted))
        grids |= {window: wanted.grid(lot.rows_of(found, window)) for window in lot.windows}
    return grids


def _from_ledger(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], wanted: Wanted) -> Grids:
    """One day is counted; for several days all changes are, which costs less than counting two."""
    grids: Grids = {}
    for group in by_period(windows):
        if len(group) > 1:
            grids |= _from_changes(snapshot, selection, group, wanted)
        else:
            sums = ledger_sums(selection, group[0], wanted.names, wanted.level.by)
            grids[group[0]] = wanted.grid(snapshot.columns(sums))
    return grids


def _from_changes(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], wanted: Wanted) -> Grids:
    """Windows of one period, in the order of their as-of days."""
    changes = ledger_changes(selection, windows[-1], wanted.names, wanted.level.by)
    found = snapshot.columns(changes)
    ends = np.array([window.as_of for window in windows], dtype="datetime64[D]")
    segments = np.searchsorted(ends, found["day"].astype("datetime64[D]"))
    return dict(zip(windows, wanted.running(found, segments, len(windows)), strict=True))


def _sums(rows: FromClause, wanted: Wanted) -> Select[Any]:
    totals = [cast(func.sum(rows.c[name]), BigInteger).label(name) for name in wanted.names]
    return select(rows.c.member, rows.c.segment, *totals).group_by(rows.c.member, rows.c.segment)
