"""What changed between two days: which parts moved the resolution rate and the backlog, and by how much?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from data_access.measures import OUTCOMES
from data_access.metrics import standing
from data_access.questions.counts import measures
from data_access.questions.current_level import CurrentLevel, current_level
from data_access.questions.grids import WHOLE, Level
from data_access.reader import Snapshot
from data_access.selection import View, Window

LEVELS: Final = ("governments", "districts", "departments", "categories")
"""The parts that the change is told by, each of which adds up to the whole."""
ALL: Final = "whole"
"""The slug and dimension of the row that holds everything."""
ABOUT: Final = ("dimension", "slug", "name", "parent_name", "is_member", "since", "until")
_COUNTS: Final = ("received", "resolved", "pending")
COLUMNS: Final = (
    *ABOUT,
    *_COUNTS,
    "resolution_rate",
    *(f"{name}_before" for name in (*_COUNTS, "resolution_rate")),
    "resolution_rate_change",
    "rate_contribution",
    "pending_contribution",
)
_MEASURES: Final = ("filed", "moved_in", "moved_out", *OUTCOMES, *(f"undone_{outcome}" for outcome in OUTCOMES))
Counts = Mapping[str, np.ndarray]


def changes(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """The whole, then one row per government, district, department and category looked at: COLUMNS.

    Counts and rates are those at the end of the days `until` and (`_before`) `since`. A part's rate_contribution, in
    fractions, is (s1 − R0·n1) ÷ N1 − (s0 − R0·n0) ÷ N0: s of its n received are resolved, of all N the rate R, before
    (0) and after (1). Those of a dimension add up to the change of the whole's rate, as its pending_contribution do to
    the change of what is pending. Rates are NaN where nothing was received. No rows where there is nothing earlier to
    compare with. A period is read as days of events: what changed from its first day's morning to its last day's end.
    """
    days = days_of(view)
    if days is None:
        return pd.DataFrame(columns=list(COLUMNS))
    windows = [Window(day) for day in days]
    whole = _counted(snapshot, view, windows, WHOLE)
    levels = [current_level(snapshot.directory, replace(view, filters=view.filters.but(by=name))) for name in LEVELS]
    tables = [_table(_whole_about(), whole, whole)]
    for level in levels:
        tables.append(_table(_about(level), _counted(snapshot, view, windows, level.level), whole))
    found = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
    since, until = days
    rows = len(found["slug"])
    found |= {"since": np.array([since] * rows, dtype=object), "until": np.array([until] * rows, dtype=object)}
    return pd.DataFrame({name: found[name] for name in COLUMNS})


def days_of(view: View) -> tuple[date, date] | None:
    """The two days at whose ends the figures are compared; None where there is no earlier one."""
    if view.window is None:
        return None
    if view.from_on is not None and view.to_on is not None:
        return view.from_on - timedelta(days=1), view.to_on
    return None if view.compare is None else (view.compare, view.window.as_of)


def _counted(snapshot: Snapshot, view: View, windows: Sequence[Window], level: Level) -> list[Counts]:
    """The counts before and after, for each row of the level."""
    found = measures(snapshot, view.selection, windows, level, _MEASURES)
    return [{name: counts[name] for name in _COUNTS} for counts in map(standing, found)]


def _table(about: Counts, counts: Sequence[Counts], whole: Sequence[Counts]) -> dict[str, np.ndarray]:
    """All columns but the days, of rows that are parts of the whole."""
    before, after = counts
    old, new = _rate(before), _rate(after)
    shares = _share(after, whole[1], whole[0]) - _share(before, whole[0], whole[0])
    return {
        **about,
        **after,
        "resolution_rate": new,
        **{f"{name}_before": before[name] for name in _COUNTS},
        "resolution_rate_before": old,
        "resolution_rate_change": new - old,
        "rate_contribution": shares,
        "pending_contribution": after["pending"] - before["pending"],
    }


def _rate(counts: Counts) -> np.ndarray:
    rates = np.full(len(counts["received"]), np.nan)
    np.divide(counts["resolved"], counts["received"], out=rates, where=counts["received"] != 0)
    return rates


def _share(part: Counts, whole: Counts, before: Counts) -> np.ndarray:
    """(s − R0·n) ÷ N: how far the part lifts the whole's rate of that day above the rate of the day before it."""
    received = whole["received"][0]
    if not received or not before["received"][0]:
        return np.full(len(part["received"]), np.nan)
    lifted: np.ndarray = (part["resolved"] - _rate(before)[0] * part["received"]) / received
    return lifted


def _whole_about() -> dict[str, np.ndarray]:
    texts = {"dimension": ALL, "slug": ALL, "name": "All", "parent_name": None}
    about = {name: np.array([text], dtype=object) for name, text in texts.items()}
    return {**about, "is_member": np.array([False])}


def _about(level: CurrentLevel) -> dict[str, np.ndarray]:
    about = level.about()
    parents = [line.parent.name if line.parent else None for line in level.lines]
    return {
        "dimension": about["level"],
        "slug": about["slug"],
        "name": about["name"],
        "parent_name": np.array(parents, dtype=object),
        "is_member": about["is_member"],
    }
