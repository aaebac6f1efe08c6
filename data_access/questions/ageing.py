"""How old is what is pending? By the portal's own ages, a row for each member of the current level."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from data_access.filters import AGES
from data_access.measures import AGE_LIMITS, OUTCOMES
from data_access.questions.arrived_late import arrived_late
from data_access.questions.counts import measures
from data_access.questions.current_level import current_level
from data_access.reader import Snapshot
from data_access.selection import View

BUCKETS: Final = tuple(AGES)
OVER: Final = BUCKETS[-1]
COUNTED: Final = ("stays", "transfers", *OUTCOMES, *(f"over_{limit}" for limit in AGE_LIMITS))
"""The measures behind ages."""
CHANGING: Final = ("pending", OVER)


def ageing(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per member of the current level: `current_level.ROWS`, pending, BUCKETS, and what stands on them.

    <bucket>_share: of the row's pending; over-90_of_all: the row's part of all over 90 days; NaN where there is nothing
    to share. arrived_over_90: those over 90 days that were so already when they last came to the holder of the level by
    transfer. <name>_change for CHANGING, against `view.before`; NaN where there is nothing to compare with.
    """
    level = current_level(snapshot.directory, view)
    windows = [window for window in (view.window, view.before) if window is not None]
    if view.window is None:
        return pd.DataFrame({name: [] for name in level.about()})
    ages = [by_age(found) for found in measures(snapshot, view.selection, windows, level.level, COUNTED)]
    now, unknown = ages[0], np.full(len(level.lines), np.nan)
    return pd.DataFrame(
        {
            **level.about(),
            **now,
            **{f"{name}_share": part_of(now[name], now["pending"]) for name in BUCKETS},
            f"{OVER}_of_all": part_of(now[OVER], np.full(len(level.lines), now[OVER].sum())),
            "arrived_over_90": arrived_late(snapshot, view.selection, view.window, level.level),
            **{f"{name}_change": now[name] - ages[1][name] if len(ages) > 1 else unknown for name in CHANGING},
        }
    )


def by_age(counts: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Pending and BUCKETS from COUNTED, value by value."""
    closings = np.sum([counts[outcome] for outcome in OUTCOMES], axis=0)
    pending = counts["stays"] - counts["transfers"] - closings
    older = [pending, *(counts[f"over_{limit}"] for limit in AGE_LIMITS)]
    inside = [older[place] - older[place + 1] for place in range(len(AGE_LIMITS))]
    return {"pending": pending, **dict(zip(BUCKETS, [*inside, older[-1]], strict=True))}


def part_of(counts: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Each count as a fraction of its whole; NaN where that is 0."""
    found: np.ndarray = np.divide(counts, whole, out=np.full(len(whole), np.nan), where=whole != 0)
    return found
