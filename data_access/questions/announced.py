"""What was told in public, beside what the ledger says of the same day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import Row, case, func, select

from data_access.directory import Member
from data_access.metrics import METRICS
from data_access.questions.figures import metrics_of
from data_access.questions.grids import WHOLE, Level
from data_access.reader import Snapshot
from data_access.selection import Selection, View, Window
from data_access.tables.facts import citizen
from data_access.tables.records import announcement
from data_access.tables.system import import_batch, restated_figure

COLUMNS: Final = (
    *("slug", "name", "metric", "of_day", "announced_on", "source", "note"),
    *("announced", "ledger", "difference", "restated", "missing"),
)
NATION: Final = ("pakistan", "Pakistan")
"""Slug and name of the rows that are about all governments."""
SHARE: Final = "share_of_pending_over_90"
"""What a government holds of all complaints pending over 90 days: told in public, and no metric of ours."""
CITIZENS: Final = "registered_citizens"
OTHERS: Final[Mapping[str, frozenset[str]]] = {
    "overseas": frozenset({"overseas"}),
    "foreigner": frozenset({"foreigner"}),
    "province not known": frozenset({"inland", "unknown"}),
}
"""Note of a figure of registered citizens of no province -> their residencies."""
ALL: Final = "all"
_OLD: Final = "pending_over_90"

BEFORE: Final = "before the data"
AFTER: Final = "after the data"
UNKNOWN: Final = "not in the ledger"
UNDEFINED: Final = "over nothing"
"""Why the ledger has no figure: the day lies outside the data, nothing tells it, or it would divide by nothing."""
Told = Row[*tuple[Any, ...]]


def announced(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per figure told in public and not withdrawn, the newest day first: COLUMNS.

    Those of days until the as-of day, where one is asked for, or in the period. ledger and difference (ledger −
    announced) are NaN where `missing` says why; restated is the part of the difference that batches made which landed
    after it was told, None where that is not known. Rates are fractions. Figures are those of a government as a whole,
    or of all, whatever else the complaints are filtered by.
    """
    rows = _told(snapshot, view)
    known = _Known.of(snapshot, rows)
    restated = _restated(snapshot, rows)
    lines = [{**_line(snapshot, row, known), "restated": restated.get(row.id, 0)} for row in rows]
    return pd.DataFrame({name: pd.Series([line[name] for line in lines], dtype=object) for name in COLUMNS})


def _told(snapshot: Snapshot, view: View) -> Sequence[Told]:
    a, filters = announcement.c, view.filters
    first, last = (view.from_on, view.to_on) if view.from_on else (None, filters.as_of)
    where = [a.withdrawn_at.is_(None), *([a.as_of <= last] if last else []), *([a.as_of >= first] if first else [])]
    if filters.government is not None:
        where.append(a.government_id == snapshot.directory.id_of("government", filters.government))
    return snapshot.connection.execute(select(announcement).where(*where).order_by(a.as_of.desc(), a.id)).all()


def _line(snapshot: Snapshot, row: Told, known: "_Known") -> dict[str, Any]:
    government = None if row.government_id is None else snapshot.directory.member("government", row.government_id)
    found, missing = known.figure(row, government)
    return {
        "slug": government.slug if government else NATION[0],
        "name": government.name if government else NATION[1],
        "metric": row.metric,
        "of_day": row.as_of,
        "announced_on": row.announced_on,
        "source": row.source,
        "note": row.note,
        "announced": row.value,
        "ledger": found,
        "difference": found - row.value,
        "missing": missing,
    }


@dataclass(frozen=True)
class _Known:
    """What the ledger says of the days that were spoken of: by day, metrics of all and of each government.

    `citizens`: day -> (home, residency) -> how many were registered by then.
    """

    first: date
    newest: date
    nation: Mapping[date, Mapping[str, np.ndarray]]
    each: Mapping[date, Mapping[str, np.ndarray]]
    rows: Mapping[int, int]
    citizens: Mapping[date, Mapping[tuple[int | None, str], int]]

    @classmethod
    def of(cls, snapshot: Snapshot, rows: Iterable[Told]) -> "_Known":
        """Asked for all days at once."""
        first, newest = snapshot.state.first_day or date.max, snapshot.state.newest_day or date.min
        spoken = {row.as_of for row in rows if first <= row.as_of <= newest}
        days, counted = sorted(spoken), sorted({row.as_of for row in rows if row.metric == CITIZENS} & spoken)
        windows, level = (
            [Window(day) for day in days],
            Level.each("government", snapshot.directory.members["government"]),
        )
        nation, each = (metrics_of(snapshot, Selection(), windows, one) for one in (WHOLE, level))
        return cls(
            first,
            newest,
            dict(zip(days, nation, strict=True)),
            dict(zip(days, each, strict=True)),
            level.row_of,
            _citizens(snapshot, counted),
        )

    def figure(self, row: Told, government: Member | None) -> tuple[float, str | None]:
        """The ledger's figure; NaN and the reason where there is none."""
        if not self.first <= row.as_of <= self.newest:
            return np.nan, BEFORE if row.as_of < self.first else AFTER
        if row.metric == CITIZENS:
            found = self._registered(row, government)
        elif row.metric == SHARE and government is not None:
            whole = float(self.nation[row.as_of][_OLD][0])
            found = self._metric(row.as_of, _OLD, government) / whole if whole else np.nan
        elif row.metric in METRICS and row.metric in self.nation[row.as_of]:
            found = self._metric(row.as_of, row.metric, government)
        else:
            return np.nan, UNKNOWN
        if found is None:
            return np.nan, UNKNOWN
        return found, UNDEFINED if np.isnan(found) else None

    def _metric(self, day: date, name: str, government: Member | None) -> float:
        if government is None:
            return float(self.nation[day][name][0])
        return float(self.each[day][name][self.rows[government.id]])

    def _registered(self, row: Told, government: Member | None) -> float | None:
        """Citizens by home, or by residency where the note names one; None where it names something else."""
        counts = self.citizens[row.as_of]
        if government is not None:
            return float(sum(number for (home, _), number in counts.items() if home == government.id))
        if row.note in {None, ALL}:
            return float(sum(counts.values()))
        if row.note not in OTHERS:
            return None
        residencies = OTHERS[row.note]
        return float(sum(number for (home, where), number in counts.items() if home is None and where in residencies))


def _citizens(snapshot: Snapshot, days: Sequence[date]) -> dict[date, dict[tuple[int | None, str], int]]:
    """Asked in one scan."""
    if not days:
        return {}
    c = citizen.c
    sums = [func.sum(case((c.registered_on <= day, 1), else_=0)) for day in days]
    rows = snapshot.connection.execute(select(c.home_id, c.residency, *sums).group_by(c.home_id, c.residency)).all()
    return {day: {(row[0], row[1]): int(row[2 + place]) for row in rows} for place, day in enumerate(days)}


_CHANGES: Final[Mapping[str, Callable[[Mapping[str, int]], int]]] = {
    "filed": lambda by: by["filed"],
    "received": lambda by: by["filed"] + by["moved_in"] - by["moved_out"],
    "resolved": lambda by: by["closings"] - by["reopened"],
    "pending": lambda by: by["filed"] + by["moved_in"] - by["moved_out"] + by["reopened"] - by["closings"],
}
"""Metric -> how much the changes of days until its own have changed it."""
_CHANGING: Final = ("filed", "moved_in", "moved_out", "reopened", "closings")


def _restated(snapshot: Snapshot, rows: Sequence[Told]) -> dict[int, int | None]:
    """By the id of each figure how much batches have changed it that landed after it was told.

    None where they changed its days and it is not known by how much: it is no figure that adds up over days.
    """
    if not rows:
        return {}
    r, b = restated_figure.c, import_batch.c
    columns = (r.day, r.government_id, b.landed_at, *(r[name] for name in _CHANGING))
    since = min(row.announced_on for row in rows) + timedelta(days=1)
    statement = select(*columns).join(import_batch, b.id == r.batch_id).where(b.landed_at >= since)
    changes = snapshot.connection.execute(statement).mappings().all()
    found: dict[int, int | None] = {}
    for row in rows:
        own = [
            each
            for each in changes
            if each["day"] <= row.as_of
            and each["landed_at"].date() > row.announced_on
            and row.government_id in {None, each["government_id"]}
        ]
        if own and row.metric not in {*_CHANGES, CITIZENS}:
            found[row.id] = None
        elif own and row.metric in _CHANGES:
            found[row.id] = _CHANGES[row.metric]({name: sum(each[name] for each in own) for name in _CHANGING})
    return found
