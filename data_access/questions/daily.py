"""What happened day by day: the changes that make the backlog."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from data_access.measures import OUTCOMES
from data_access.questions.counts import flow_of, in_flow
from data_access.questions.ledger_changes import ledger_changes
from data_access.reader import Snapshot
from data_access.selection import Selection, Window

CHANGES: Final = ("filed", "stays", "closings", "transfers")
_SUMMED: Final = ("filed", "stays", "transfers", *OUTCOMES)


def daily_changes(snapshot: Snapshot, selection: Selection, last: date) -> dict[str, np.ndarray]:
    """One value per day until `last` on which something happened, oldest first: day (datetime64[D]) and CHANGES.

    The backlog is the sum of stays − closings − transfers over the days so far.
    """
    summed = _by_day(snapshot, selection, last, _SUMMED)
    closings = np.sum([summed[name] for name in OUTCOMES], axis=0)
    return {"day": summed["day"], "closings": closings, **{name: summed[name] for name in _SUMMED if name in CHANGES}}


def sum_until(changes: dict[str, np.ndarray], days: list[date]) -> dict[str, np.ndarray]:
    """The running sums of the changes at the end of each of these days."""
    return _running(changes, days, CHANGES)


def sums_at(
    snapshot: Snapshot, selection: Selection, days: Sequence[date], names: Sequence[str]
) -> dict[str, np.ndarray]:
    """These measures at the end of each of the days, which rise: one scan, however many days there are."""
    return _running(_by_day(snapshot, selection, days[-1], names), days, names)


def _running(changes: dict[str, np.ndarray], days: Sequence[date], names: Sequence[str]) -> dict[str, np.ndarray]:
    position = np.searchsorted(changes["day"], np.array(days, dtype="datetime64[D]"), side="right")
    return {name: np.concatenate([[0], np.cumsum(changes[name])])[position] for name in names}


def _by_day(snapshot: Snapshot, selection: Selection, last: date, names: Sequence[str]) -> dict[str, np.ndarray]:
    """The changes of these measures, one value per day until `last`, oldest first; the days as `day`."""
    if in_flow(selection):
        running, groups = flow_of(snapshot, selection)
        return running.by_day(groups, last, names)
    found = snapshot.columns(ledger_changes(selection, Window(last), names, None))
    days = found["day"].astype("datetime64[D]")
    order = np.argsort(days)
    return {"day": days[order], **{name: found[name][order].astype(np.int64) for name in names}}
