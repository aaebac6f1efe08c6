"""The measures as of a day, from whichever table answers fastest: the flow, the cohort flow, or the ledger itself.

All three give the same numbers (tests/test_properties.py), and all are held in memory. Which one is asked follows from
the question alone:
- all since launch, at most one dimension besides the government: `flow`;
- a period of receipt, no other dimension: `cohort_flow`;
- anything else: `assignment`, whose stays are counted as of a day, or their changes for any number of days.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from data_access.measures import MEASURES
from data_access.questions.counts_memory import from_memory
from data_access.questions.grids import By, Level, Wanted, places_of
from data_access.questions.ledger_changes import ledger_changes
from data_access.questions.ledger_counts import border_of, ledger_sums
from data_access.questions.periods import by_period
from data_access.reader import Snapshot
from data_access.running import RECEIVED, Running, number_of
from data_access.selection import Selection, Window

Grids = dict[Window, np.ndarray]
_FEW: Final = 6


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


def flow_of(snapshot: Snapshot, selection: Selection, by: By | None = None) -> tuple[Running, np.ndarray]:
    """The flow that answers a selection of at most one dimension, grouped by no other; and the groups that belong."""
    dimension = next(iter(_crossed(selection, by)), "government")
    members = {
        "district": selection.districts,
        "department": None if selection.department is None else (selection.department,),
        "category": selection.categories,
    }.get(dimension)
    running = snapshot.running(dimension)
    own = _of_government(running, selection)
    return running, np.flatnonzero(own if members is None else own & np.isin(running.member, members))


def _of_government(running: Running, selection: Selection) -> np.ndarray:
    if selection.government is None:
        return np.ones(len(running.government), dtype=bool)
    own: np.ndarray = running.government == selection.government
    return own


def _from_flow(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], wanted: Wanted) -> Grids:
    [group] = by_period(windows)
    return _added(*flow_of(snapshot, selection, wanted.level.by), group, wanted)


def _from_cohorts(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], wanted: Wanted) -> Grids:
    running, grids = snapshot.running(RECEIVED), Grids()
    held = _of_government(running, selection)
    for group in by_period(windows):
        own, (first, last) = held, (group[0].from_on, group[0].to_on)
        if first is not None and last is not None:
            own = held & (running.member >= number_of(first)) & (running.member <= number_of(last))
        grids |= _added(running, np.flatnonzero(own), group, wanted)
    return grids


def _added(running: Running, groups: np.ndarray, windows: Sequence[Window], wanted: Wanted) -> Grids:
    """The grids of windows that differ in their days alone, which rise, from these groups."""
    by = wanted.level.by
    keys = running.government if by == "government" else running.member
    rows = places_of(keys[groups] if by else np.zeros(len(groups), dtype=np.int64), wanted.level)
    own = rows >= 0
    sums = running.until(groups[own], [window.as_of for window in windows], wanted.names)
    found = np.zeros((*sums.shape[:2], wanted.level.rows), dtype=np.int64)
    np.add.at(np.moveaxis(found, -1, 0), rows[own], np.moveaxis(sums, -1, 0))
    return dict(zip(windows, np.moveaxis(found, 0, -1), strict=True))


def _from_ledger(snapshot: Snapshot, selection: Selection, windows: Sequence[Window], wanted: Wanted) -> Grids:
    """A few days are counted one by one in memory; of many, or where none is held, the database tells all changes.

    That costs it less than counting two days, and as much as memory takes for six.
    """
    grids: Grids = {}
    for group in by_period(windows):
        ledger = snapshot.ledger() if len(group) <= _FEW else None
        if ledger is not None:
            border = border_of(selection, wanted.level.by)
            grids |= from_memory(ledger, selection, group, wanted, border)
        elif len(group) > 1:
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
