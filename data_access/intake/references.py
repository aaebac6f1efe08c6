"""Departments, categories, offices, officers, postings and time limits: small tables, compared whole and replaced."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Table, select, text

from data_access.intake.canonical import Kind
from data_access.intake.stage import fill
from data_access.intake.undo import keep_references
from data_access.tables import reference

_COLUMNS: Final[dict[str, dict[str, str]]] = {
    "government": {"slug": "slug", "name": "name"},
    "district": {"slug": "slug", "name": "name", "government": "government_id"},
    "department": {"slug": "slug", "name": "name", "government": "government_id"},
    "category": {"slug": "slug", "name": "name", "parent": "parent_id"},
    "office": {
        "slug": "slug",
        "name": "name",
        "department": "department_id",
        "designation": "designation",
        "district": "district_id",
    },
    "officer": {"slug": "slug", "name": "name", "designation": "designation", "grade": "grade"},
    "posting": {"office": "office_id", "officer": "officer_id", "from_on": "from_on", "to_on": "to_on"},
    "time_limit": {"category": "category_id", "from_on": "from_on", "to_on": "to_on", "days": "days"},
}
_UNSAID: Final[dict[str, dict[str, Any]]] = {
    "government": {"ranked": True},
    "district": {"iso_3166_2": "", "division_slug": "", "division": "", "latitude": np.nan, "longitude": np.nan},
}
"""What a row that was made for others to refer to does not say."""
FIXED: Final = {"department": "government_id", "office": "department_id"}
"""What a row must keep: the ledger holds copies of it."""


@dataclass
class Known:
    """Slugs and ids of everything that rows refer to; grows while a batch is taken in."""

    ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def allot(self, kind: str, slugs: list[str]) -> list[str]:
        """Ids for the slugs that are new; returns these. Ids are never used twice."""
        held = self.ids[kind]
        fresh = [slug for slug in dict.fromkeys(slugs) if slug and slug not in held]
        start = max(held.values(), default=0) + 1
        held.update({slug: start + position for position, slug in enumerate(fresh)})
        return fresh

    def forget(self, kind: str, slugs: list[str]) -> None:
        """Take slugs back whose rows were rejected."""
        for slug in slugs:
            self.ids[kind].pop(slug, None)


def read_known(connection: Connection) -> Known:
    """What the database knows already."""
    known = Known()
    for name in ("government", "district", "department", "category", "office", "officer"):
        table: Table = getattr(reference, name)
        known.ids[name] = {row.slug: row.id for row in connection.execute(select(table.c.slug, table.c.id))}
    return known


def is_reference(kind: Kind) -> bool:
    """Whether rows of this kind are reference rows."""
    return kind.name in _COLUMNS


@dataclass(frozen=True)
class Placed:
    """What became of reference rows. `refused` masks rows that would change what must stay, with the reason."""

    accepted: int
    unchanged: int
    refused: np.ndarray
    reason: str


def place(connection: Connection, kind: Kind, rows: pa.Table, known: Known, batch: int) -> Placed:
    """Insert new rows, replace changed ones, leave the rest. Within a batch the last row of a key counts."""
    table: Table = getattr(reference, kind.name)
    names = _COLUMNS[kind.name]
    fresh = rows.rename_columns([names[name] for name in rows.column_names]).to_pandas(integer_object_nulls=True)
    key = [names[name] for name in kind.key]
    if "slug" in fresh:
        fresh["id"] = fresh["slug"].map(known.ids[kind.name])
    if kind.name == "office":
        owner = {row.id: row.government_id for row in connection.execute(select(reference.department))}
        fresh["government_id"] = fresh["department_id"].map(owner)
    fresh = fresh.assign(**_UNSAID.get(kind.name, {}))
    held = pd.DataFrame(connection.execute(select(table)).mappings().all(), columns=[c.name for c in table.columns])
    refused, reason = _refused(kind, table, fresh, held)
    taken = fresh[~refused].drop_duplicates(key, keep="last")
    same = _same(taken, held)
    changed = taken[~same]
    _put_aside(connection, table, changed, key, held, batch)
    _replace(connection, table, changed, key, held)
    unchanged = len(fresh) - int(refused.sum()) - len(changed)  # superseded rows of the batch are among them
    return Placed(len(changed), unchanged, refused, reason)


def _texts(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None).map(lambda v: "" if v is None else str(v).removesuffix(".0"))


def _same(taken: pd.DataFrame, held: pd.DataFrame) -> np.ndarray:
    """Which rows stand in the database already, exactly so."""
    columns = [name for name in taken.columns if name in held.columns]
    there = set(map(tuple, _texts(held[columns]).to_numpy().tolist()))
    return np.array([tuple(row) in there for row in _texts(taken[columns]).to_numpy().tolist()], dtype=bool)


def _refused(kind: Kind, table: Table, fresh: pd.DataFrame, held: pd.DataFrame) -> tuple[np.ndarray, str]:
    if kind.name == "posting":
        return _overlapping(fresh, held), "overlaps another posting at the same office"
    if kind.name == "category":
        return _below_below(fresh, held), "has a parent that is not a main category"
    fixed = FIXED.get(kind.name)
    if fixed is None or held.empty:
        return np.zeros(len(fresh), dtype=bool), ""
    before = fresh["slug"].map(dict(zip(held["slug"], held[fixed], strict=True)))
    moved = before.notna() & (before != fresh[fixed])
    what = fixed.removesuffix("_id")
    return (
        moved.to_numpy(),
        f"would move this {table.name} to another {what}; make a new {table.name} with its own slug",
    )


def _below_below(fresh: pd.DataFrame, held: pd.DataFrame) -> np.ndarray:
    """Categories whose parent is itself or has a parent: there are two levels."""
    both = pd.concat([held[["id", "parent_id"]], fresh[["id", "parent_id"]]]).drop_duplicates("id", keep="last")
    below = set(both.loc[both["parent_id"].notna(), "id"])
    return np.array([parent in below for parent in fresh["parent_id"]], dtype=bool)


def _overlapping(fresh: pd.DataFrame, held: pd.DataFrame) -> np.ndarray:
    """Postings of the batch that overlap another at their office: an earlier one, or a later one that is held."""
    refused = np.zeros(len(fresh), dtype=bool)
    while True:  # a refused row replaces nothing, so what is held counts again
        found = _clashes(fresh[~refused], held)
        if not found.any():
            return refused
        refused[np.flatnonzero(~refused)[found]] = True


def _clashes(fresh: pd.DataFrame, held: pd.DataFrame) -> np.ndarray:
    columns = ["office_id", "from_on", "to_on"]
    both = pd.concat([held[columns].assign(row=-1), fresh[columns].assign(row=np.arange(len(fresh)))])
    both = both.drop_duplicates(["office_id", "from_on"], keep="last").sort_values(["office_id", "from_on"])
    start, end = pd.to_datetime(both["from_on"]), pd.to_datetime(both["to_on"]).fillna(pd.Timestamp("9999-12-31"))
    office, new = both["office_id"], both["row"] >= 0
    before = end.groupby(office).cummax().groupby(office).shift()
    later = start.where(~new).groupby(office).bfill().groupby(office).shift(-1)
    clash = both.loc[new & ((before >= start) | (later <= end)), "row"]
    mask = np.zeros(len(fresh), dtype=bool)
    mask[clash.to_numpy(dtype=int)] = True
    return mask


def _put_aside(
    connection: Connection, table: Table, changed: pd.DataFrame, key: list[str], held: pd.DataFrame, batch: int
) -> None:
    """Keep what these rows replace, by their keys."""
    rows = held.astype(object).where(held.notna(), None).to_dict("records")
    before = {tuple(str(row[name]) for name in key): row for row in rows}
    kept = []
    for values in changed[key].astype(object).to_numpy().tolist():
        old = before.get(tuple(map(str, values)))
        kept.append((dict(zip(key, values, strict=True)), None if old is None else {str(k): v for k, v in old.items()}))
    keep_references(connection, table, kept, batch)


def _replace(connection: Connection, table: Table, changed: pd.DataFrame, key: list[str], held: pd.DataFrame) -> None:
    if changed.empty:
        return
    if not held.empty:
        where = " AND ".join(f'"{name}" = :{name}' for name in key)
        old = set(map(tuple, _texts(held[key]).to_numpy().tolist()))
        there = [tuple(row) in old for row in _texts(changed[key]).to_numpy().tolist()]
        gone = [dict(zip(key, row, strict=True)) for row in changed.loc[there, key].astype(object).to_numpy().tolist()]
        if gone:
            # Names of our own tables and columns; values are bound.
            statement = f'DELETE FROM "{table.name}" WHERE {where}'  # noqa: S608  # nosec B608  # see above
            connection.execute(text(statement), gone)
    names = [column.name for column in table.columns if column.name in changed.columns]
    rows = pa.Table.from_pandas(changed[names], preserve_index=False)
    for position, column in enumerate(rows.schema):
        if pa.types.is_floating(column.type):  # pandas' NaN has become null, but means here that nobody knows
            rows = rows.set_column(position, column.name, pc.fill_null(rows.column(position), np.nan))
    fill(connection, table, rows)
