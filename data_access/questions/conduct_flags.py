"""Flags on citizens' conduct as they stood at the end of a day, and the index that they make.

The index of a citizen is FULL less what each counting flag takes off: its weight, halved with every half-life since it
was upheld (exponential fading, as of radioactive decay); 0 at least, and told as a whole number.
"""

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import select

from data_access.conduct import ALLOWED, FULL, slug_of
from data_access.conduct_weights import Weights
from data_access.questions.homes import home_of
from data_access.reader import Snapshot
from data_access.tables.facts import citizen
from data_access.tables.records import conduct_flag

COLUMNS: Final = (
    *("id", "citizen", "home", "complaint", "office", "kind", "slug", "flagged_on"),
    *("reviewed_on", "upheld", "appeal", "appeal_decided_on", "removed_on"),
)
_F: Final = conduct_flag.c


def flags_until(snapshot: Snapshot, day: date, citizen_id: int | None = None) -> pd.DataFrame:
    """One row per flag until that day, of everybody or of one citizen: COLUMNS, in the order in which they were made.

    Days are datetime64, NaT where there is none; home is the slug of the citizen's, slug that of the kind. removed_on:
    the day from which a flag counts no longer, its appeal being allowed; where nobody told when, it never counted.
    """
    columns = (
        _F.id,
        _F.citizen_id.label("citizen"),
        citizen.c.home_id,
        citizen.c.residency,
        _F.complaint_id.label("complaint"),
        _F.office_id.label("office"),
        *(_F.kind, _F.flagged_on, _F.reviewed_on, _F.upheld, _F.appeal, _F.appeal_decided_on),
    )
    made = select(*columns).select_from(conduct_flag.outerjoin(citizen, citizen.c.id == _F.citizen_id))
    made = made.where(_F.flagged_on <= day).order_by(_F.flagged_on, _F.id)
    found = snapshot.connection.execute(made if citizen_id is None else made.where(_F.citizen_id == citizen_id))
    table = pd.DataFrame(found.mappings().all(), columns=[column.key or "" for column in columns])
    table["home"] = [
        home_of(snapshot, None if pd.isna(home) else int(home), residency or "")
        for home, residency in zip(table["home_id"], table["residency"], strict=True)
    ]
    table["slug"] = table["kind"].map(slug_of)
    for name in ("flagged_on", "reviewed_on", "appeal_decided_on"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[s]")
    allowed = table["appeal"] == ALLOWED
    table["removed_on"] = table["appeal_decided_on"].fillna(table["reviewed_on"]).where(allowed)
    return table[list(COLUMNS)]


def is_reviewed(flags: pd.DataFrame, day: date) -> np.ndarray:
    """Whether each flag had been reviewed by the end of that day."""
    return np.asarray(flags["reviewed_on"] <= np.datetime64(day))


def counts(flags: pd.DataFrame, day: date) -> np.ndarray:
    """Whether each flag counts at the end of that day: reviewed, upheld, and its appeal not allowed by then."""
    upheld = flags["upheld"].eq(True) & is_reviewed(flags, day)
    return np.asarray(upheld & ~(flags["removed_on"] <= np.datetime64(day)))


def points(flags: pd.DataFrame, day: date, weights: Weights) -> np.ndarray:
    """What each flag takes off the index of its citizen at the end of that day; 0 where it does not count."""
    since = (pd.Timestamp(day) - flags["reviewed_on"]).dt.days.to_numpy(dtype=float)
    weight = np.array([weights.points[slug] for slug in flags["slug"]], dtype=float)
    faded = weight * 0.5 ** (since / weights.half_life)
    return np.where(counts(flags, day), faded, 0.0)


def indices(flags: pd.DataFrame, day: date, weights: Weights) -> pd.DataFrame:
    """One row per citizen with a flag that counts: citizen, home, index (a whole number, FULL where all has faded)."""
    is_taken = counts(flags, day)
    codes, citizens = pd.factorize(flags["citizen"].to_numpy()[is_taken])
    sums = np.bincount(codes, weights=points(flags, day, weights)[is_taken], minlength=len(citizens))
    homes = np.empty(len(citizens), dtype=object)
    homes[codes] = flags["home"].to_numpy()[is_taken]
    return pd.DataFrame(
        {"citizen": citizens, "home": homes, "index": np.rint(np.maximum(FULL - sums, 0)).astype(np.int64)}
    )


def month_ends(first: date, until: date) -> list[date]:
    """The last day of each month from the first day's on, as far as it is over: figures about conduct are told then."""
    after = pd.date_range(first, until + timedelta(days=1), freq="MS")
    return [day.date() - timedelta(days=1) for day in after if day.date() > first]
