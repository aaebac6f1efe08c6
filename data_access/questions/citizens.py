"""Who is registered, where they live, and how often they complain."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, ColumnElement, Row, Subquery, cast, func, select
from sqlalchemy import Integer as Whole

from data_access.questions.homes import home_of, homes
from data_access.questions.trend import week_ends
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.facts import citizen, complaint
from data_access.tables.reference import district

NOBODY: Final = ("nobody", "Citizen not known")
COUNTS: Final = (
    *("registered", "registered_before", "women", "of_known_gender", "special_persons"),
    *("complaints", "complainants", "repeat_complainants"),
)
COLUMNS: Final = (
    *("slug", "name", "is_member", "registered", "share", "registered_change", "population", "per_1000"),
    *("women", "of_known_gender", "share_women", "special_persons", "share_special"),
    *("complaints", "per_citizen", "complainants", "repeat_complainants", "repeat_share"),
)
REGISTRATIONS: Final = ("week_ending", "days", "new", "registered")
_C: Final = citizen.c


def citizens(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per home of registered citizens at the end of the as-of day: territories, abroad, not known. COLUMNS.

    registered_change: since the day compared with, null where there is none. per_1000: of the census of 2017, null
    where not all districts were counted. share_women is of those whose gender is known. Complaints are those received
    until the as-of day; complainants filed one or more, repeat complainants two or more. Shares are fractions, null
    over 0. Complaints whose citizen nobody knows, as exports bring them, have a row of their own where there are any,
    so that complaints add up to all that were received.
    """
    if view.window is None:
        return pd.DataFrame(columns=list(COLUMNS))
    as_of, nobodys = view.window.as_of, _of_nobody(snapshot, view.window.as_of)
    those = dict(homes(snapshot)) | ({NOBODY[0]: (NOBODY[1], False)} if nobodys else {})
    found: dict[str, dict[str, int]] = {name: {} for name in COUNTS}
    found["complaints"][NOBODY[0]] = nobodys
    for row in [*_registered(snapshot, as_of, view.compare), *_filed(snapshot, as_of)]:
        slug = home_of(snapshot, row.home_id, row.residency)
        for name in COUNTS:
            found[name][slug] = found[name].get(slug, 0) + int(getattr(row, name, 0) or 0)
    counted = {name: np.array([by.get(slug, 0) for slug in those], dtype=np.int64) for name, by in found.items()}
    return _told(snapshot, those, counted, has_before=view.before is not None)


def registrations(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per week, oldest first: week_ending, days, new (registered on them), registered (at the end, in all).

    Weeks end on the weekday of the as-of day; the first may have fewer than 7 days. A period is one of registration.
    """
    if view.window is None:
        return pd.DataFrame(columns=list(REGISTRATIONS))
    until = view.window.to_on or view.window.as_of
    daily = select(_C.registered_on, func.count().label("new")).where(_C.registered_on <= until)
    rows = snapshot.connection.execute(daily.group_by(_C.registered_on).order_by(_C.registered_on)).all()
    if not rows:
        return pd.DataFrame(columns=list(REGISTRATIONS))
    first = view.window.from_on or rows[0].registered_on
    ends = week_ends(first, until)
    starts = [first - timedelta(days=1), *ends]
    days = np.array([row.registered_on for row in rows], dtype="datetime64[D]")
    total = np.concatenate([[0], np.cumsum([row.new for row in rows])])
    by = total[np.searchsorted(days, np.array(starts, dtype="datetime64[D]"), side="right")]
    lengths = [(end - start).days for start, end in zip(starts, ends, strict=False)]
    return pd.DataFrame({"week_ending": ends, "days": lengths, "new": np.diff(by), "registered": by[1:]})


def _registered(snapshot: Snapshot, as_of: date, before: date | None) -> Sequence[Row[Any]]:
    counts = {
        "registered_before": _C.registered_on <= (before or date.min),
        "women": _C.gender == "female",
        "of_known_gender": _C.gender != "unknown",
        "special_persons": _C.special_person,
    }
    sums = [cast(func.sum(cast(told, Whole)), BigInteger).label(name) for name, told in counts.items()]
    statement = select(_C.home_id, _C.residency, func.count().label("registered"), *sums)
    found = statement.where(_C.registered_on <= as_of).group_by(_C.home_id, _C.residency)
    return snapshot.connection.execute(found).all()


def _filed(snapshot: Snapshot, as_of: date) -> Sequence[Row[Any]]:
    each = _by_citizen(as_of)
    sums: Iterable[ColumnElement[Any]] = (
        cast(func.sum(each.c.filed), BigInteger).label("complaints"),
        func.count().label("complainants"),
        cast(func.sum(cast(each.c.filed > 1, Whole)), BigInteger).label("repeat_complainants"),
    )
    statement = select(_C.home_id, _C.residency, *sums).join(each, each.c.citizen_id == _C.id)
    return snapshot.connection.execute(statement.group_by(_C.home_id, _C.residency)).all()


def _by_citizen(as_of: date) -> Subquery:
    """One row per citizen who complained until that day."""
    columns = (complaint.c.citizen_id, func.count().label("filed"))
    known = (complaint.c.received_at < _after(as_of), complaint.c.citizen_id.is_not(None))
    return select(*columns).where(*known).group_by(complaint.c.citizen_id).subquery("by_citizen")


def _of_nobody(snapshot: Snapshot, as_of: date) -> int:
    """How many complaints were received until that day of whose citizen nothing is known."""
    where = (complaint.c.received_at < _after(as_of), complaint.c.citizen_id.is_(None))
    return int(snapshot.connection.execute(select(func.count()).select_from(complaint).where(*where)).scalar_one())


def _after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time())


def _told(
    snapshot: Snapshot, those: Mapping[str, tuple[str, bool]], counted: Mapping[str, np.ndarray], *, has_before: bool
) -> pd.DataFrame:
    people = _people(snapshot, those)
    registered = counted["registered"]
    ratios = {
        "share": (registered, np.full(len(those), registered.sum())),
        "share_women": (counted["women"], counted["of_known_gender"]),
        "share_special": (counted["special_persons"], registered),
        "per_citizen": (counted["complaints"], registered),
        "repeat_share": (counted["repeat_complainants"], counted["complainants"]),
    }
    table = {
        "slug": np.array(list(those), dtype=object),
        "name": np.array([name for name, _ in those.values()], dtype=object),
        "is_member": np.array([is_territory for _, is_territory in those.values()], dtype=bool),
        **counted,
        "registered_change": registered - counted["registered_before"] if has_before else np.full(len(those), np.nan),
        "population": people,
        "per_1000": registered * 1000 / people.to_numpy(dtype=float, na_value=np.nan),
        **{name: part / np.where(whole == 0, np.nan, whole) for name, (part, whole) in ratios.items()},
    }
    return pd.DataFrame(table)[list(COLUMNS)]


def _people(snapshot: Snapshot, those: Iterable[str]) -> pd.arrays.IntegerArray:
    """The people of each territory in the census; null for what is none, or where a district was not counted."""
    d = district.c
    rows = snapshot.connection.execute(select(d.id, d.population)).all()
    counted: dict[int, int | None] = {row.id: row.population for row in rows}
    found: list[int | None] = []
    for slug in those:
        land = snapshot.directory.territory(slug) if slug in snapshot.directory.ids["government"] else ()
        own = [counted[key] for key in land]
        found.append(sum(one or 0 for one in own) if own and None not in own else None)
    return pd.array(found, dtype="Int64")
