"""All metrics of one level with their counts and changes: what totals and scorecard both show."""

from datetime import timedelta
from typing import Final

import numpy as np

from data_access.measures import MEASURES
from data_access.metrics import with_counts, with_ratios
from data_access.questions.counts import measures
from data_access.questions.grids import Level
from data_access.questions.survival import QUANTILES, waiting_days
from data_access.reader import Snapshot
from data_access.selection import Selection, View, Window

CHANGING: Final = (
    "received",
    "resolved",
    "resolution_rate",
    "pending",
    "pending_over_90",
    "overdue",
    "on_time_rate",
    "relief_rate",
    "satisfaction",
    "response_rate",
    "confirmed_rate",
    "reopen_rate",
    "clearance_rate",
    "median_days",
    "p90_days",
)
COUNTS: Final = (
    "filed",
    "moved_in",
    "moved_out",
    "closings",
    "reopened",
    "resolved_relief",
    "resolved_partial",
    "resolved_refused",
    "resolved_dropped",
    "resolved_unstated",
    "resolved_stated",
    "resolved_on_time",
    "resolved_late",
    "judged",
    "answers",
    "satisfied",
    "confirmed",
    "period_closings",
    "period_arrivals",
)
COUNTED: Final = tuple(
    name for name in MEASURES if name not in {"stays", "transfers", "over_10", "over_20", "over_40", "over_60"}
)
"""The measures behind the figures."""
COLUMNS: Final = (*CHANGING, *COUNTS, *(f"{name}_change" for name in CHANGING))


def figures(snapshot: Snapshot, view: View, level: Level) -> dict[str, np.ndarray]:
    """COLUMNS, one value for each row of the level. Rates are fractions; NaN where the denominator is 0.

    Changes are differences (of fractions for rates) to `view.before`; NaN where there is nothing to compare with.
    """
    windows = [window for window in (view.window, view.before) if window is not None]
    whole = metrics_of(snapshot, view.selection, windows, level)
    now = whole[0] if whole else _nothing(level.rows)
    unknown = np.full(level.rows, np.nan)
    changes = {f"{name}_change": now[name] - whole[1][name] if len(whole) > 1 else unknown for name in CHANGING}
    found = {**now, **changes}
    return {name: found[name] for name in COLUMNS}


def _nothing(rows: int) -> dict[str, np.ndarray]:
    zeros, unknown = np.zeros(rows, dtype=np.int64), np.full(rows, np.nan)
    counts = with_counts(dict.fromkeys(MEASURES, zeros))
    ratios = with_ratios({**counts, "period_closings": zeros, "period_arrivals": zeros})
    return {**ratios, **dict.fromkeys(QUANTILES, unknown)}


def metrics_of(
    snapshot: Snapshot, selection: Selection, windows: list[Window], level: Level
) -> list[dict[str, np.ndarray]]:
    """For each window every metric and count."""
    if not windows:
        return []
    counted = [with_counts(found) for found in measures(snapshot, selection, windows, level, COUNTED)]
    waits = waiting_days(snapshot, selection, windows, level)
    found = []
    for window, counts, wait in zip(windows, counted, waits, strict=True):
        cleared = _cleared(snapshot, selection, window, counts, level)
        found.append({**with_ratios({**counts, **cleared}), **wait})
    return found


def _cleared(
    snapshot: Snapshot, selection: Selection, window: Window, counts: dict[str, np.ndarray], level: Level
) -> dict[str, np.ndarray]:
    """Closings and arrivals on the days of the period, whatever day the complaints were received."""
    if window.from_on is None or window.to_on is None:
        return _work(counts)
    ends = [Window(window.to_on), Window(window.from_on - timedelta(days=1))]
    until, before = (_work(with_counts(found)) for found in measures(snapshot, selection, ends, level, COUNTED))
    return {name: until[name] - before[name] for name in until}


def _work(counts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    arrivals = counts["filed"] + counts["moved_in"] + counts["reopened"]
    return {"period_closings": counts["closings"], "period_arrivals": arrivals}
