"""Does an office differ from its peers by more than chance? One rate of offices of the same kind and of similar size.

Limits are those between which chance alone would leave 95, or 99.8, of 100 offices that all do as the group does:
p ± z · √(p (1 − p) ÷ n) (Spiegelhalter 2005, "Funnel plots for comparing institutional performance").
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import select

from data_access.directory import Member
from data_access.filters import FilterError, Filters
from data_access.metrics import METRICS
from data_access.questions.held_counts import RATES, counted_by
from data_access.questions.stints import office_asked
from data_access.reader import Snapshot
from data_access.selection import View, Window, view_of

COLUMNS: Final = (
    *("slug", "name", "department_slug", "department", "government", "own", "rank", "closings", "part", "whole"),
    *("value", "group", "peers", "group_value", "low", "high", "lower", "higher", "stands"),
)
LEAST: Final = 30
"""Closings under which an office has no rank: so few say little."""
FEW: Final = 5
"""Peers of the same designation, besides the office, under which all offices of similar size are its peers."""
TIMES: Final = 3
"""Similar: at most so many times as many closings, or so many times fewer."""
LIMITS: Final = {"low": -1.959964, "high": 1.959964, "lower": -3.090232, "higher": 3.090232}
DEFAULT: Final = "on_time_rate"
COMPARED: Final = tuple(rate.replace("_", "-") for rate in RATES)
"""The metrics that can be, as addresses name them."""


def peers(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per peer of the office that is asked for, itself among them, by what it does best: COLUMNS.

    value is the rate that metric= chooses, part ÷ whole; group_value the same of all peers together; low … high are the
    limits of 95, lower … higher those of 99.8 of 100. stands: within, above or below the wider ones. Null without rank:
    under 30 closings. Peers lie inside what is asked for besides the office. Raises as `stints.office_stints` does.
    """
    own, window = office_asked(snapshot, view.filters), view.window
    rate = rate_asked(view.filters)
    if window is None:
        return pd.DataFrame(columns=list(COLUMNS))
    pinned = snapshot.scope.pinned.get("office")  # whoever is held to one office sees no other
    around = view_of(snapshot, view.filters.but(office=pinned, complaint=None))
    metric = METRICS[rate]
    found = _group(snapshot, around, window, own, ("closings", metric.numerator or "", metric.denominator or ""))
    members = snapshot.directory.members["office"]
    part = np.array([row[metric.numerator or ""] for row in found], dtype=float)
    whole = np.array([row[metric.denominator or ""] for row in found], dtype=float)
    closings = np.array([row["closings"] for row in found], dtype=int)
    share = float(part.sum() / whole.sum()) if whole.sum() else np.nan
    value = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    spread = np.sqrt(share * (1 - share) / np.where(whole > 0, whole, np.nan))
    limits = {name: np.clip(share + z * spread, 0, 1) for name, z in LIMITS.items()}
    frame = pd.DataFrame(
        {
            **_names(snapshot, [members[row["holder"]] for row in found]),
            "own": [row["holder"] == own for row in found],
            "rank": _ranks(value, closings, metric.good),
            "closings": closings,
            "part": part.astype(int),
            "whole": whole.astype(int),
            "value": value,
            "group": found[0]["group"] if found else "",
            "peers": len(found) - 1,
            "group_value": share,
            **limits,
            "stands": np.where(value > limits["higher"], "above", np.where(value < limits["lower"], "below", "within")),
        },
        columns=list(COLUMNS),
    )
    worst_last = frame["value"] * (metric.good or 1)
    return frame.iloc[np.lexsort((frame["slug"], -worst_last.fillna(-2).to_numpy()))].reset_index(drop=True)


def rate_asked(filters: Filters) -> str:
    """The rate that the filters choose. Raises FilterError for what is none of an office's."""
    name = (filters.metric or DEFAULT).replace("-", "_")
    if name not in RATES:
        message = f"metric={filters.metric} cannot be compared between offices; choose one of {', '.join(COMPARED)}."
        raise FilterError("metric", filters.metric or "", message)
    return name


def _group(snapshot: Snapshot, around: View, window: Window, own: int, names: Sequence[str]) -> list[dict[str, Any]]:
    """These counts of the office and of its peers, and what makes them the same."""
    members = snapshot.directory.members["office"]
    counted = counted_by(around, window, None).subquery().c
    rows = snapshot.connection.execute(select(counted.holder, *(counted[name] for name in set(names)))).mappings().all()
    counts = {int(row["holder"]): {name: int(row[name] or 0) for name in names} for row in rows}
    mine = counts.get(own, dict.fromkeys(names, 0))
    size = max(mine["closings"], 1)
    similar = [key for key, one in counts.items() if size / TIMES <= one["closings"] <= size * TIMES]
    alike = [key for key in similar if members[key].post == members[own].post]
    group, what = (alike, members[own].post or "") if len(set(alike) - {own}) >= FEW else (similar, "")
    return [{"holder": key, "group": what, **counts.get(key, mine)} for key in sorted({*group, own})]


def _names(snapshot: Snapshot, offices: Sequence[Member]) -> dict[str, list[str | None]]:
    directory = snapshot.directory
    units = [directory.parent_of(one, "department") for one in offices]
    above = [directory.parent_of(unit, "government") if unit else None for unit in units]
    return {
        "slug": [one.slug for one in offices],
        "name": [one.name for one in offices],
        "department_slug": [unit.slug if unit else None for unit in units],
        "department": [unit.name if unit else None for unit in units],
        "government": [one.name if one else None for one in above],
    }


def _ranks(values: np.ndarray, closings: np.ndarray, good: int) -> list[int | None]:
    """1 for the best; those that are equal share a rank; None under LEAST closings, or without a value."""
    takes_part = (closings >= LEAST) & ~np.isnan(values)
    sign = good or 1
    better = [int(((values[takes_part] - value) * sign > 0).sum()) + 1 for value in values]
    return [rank if counts else None for rank, counts in zip(better, takes_part, strict=True)]
