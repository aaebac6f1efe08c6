"""Rows of an export, by its mapping, as rows that the door takes."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_access.intake.canonical import KINDS, Kind
from data_access.intake.foreign.cells import flags
from data_access.intake.foreign.holders import slugs
from data_access.intake.foreign.mapping import ForeignMapping
from data_access.intake.foreign.names import Names
from data_access.intake.foreign.parts import Part
from data_access.intake.foreign.times import Moments, wall_time
from data_access.intake.foreign.values import identity, moments, value
from data_access.intake.foreign.working import Working
from data_access.intake.validate import RawRows

_KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in KINDS}
_FOLLOWS: Final = {"closed_at": "received_at", "feedback_at": "closed_at", "reopened_at": "closed_at"}
"""What can be no earlier than something else of its complaint."""


def translate(part: Part, mapping: ForeignMapping, names: Names, source: str) -> Iterator[RawRows]:
    """What the rows refer to and nobody knew yet; then the rows, those refused among them."""
    working = Working.of(part, mapping, source)
    columns = _cases(working) if mapping.rows == "case" else _events(working)
    for what in ("office", "category", "district") if mapping.rows == "case" else ("office",):
        columns[what] = slugs(working, what, names)
    yield from names.fresh(source)
    good = working.good
    every = working.original(pa.array(np.flatnonzero(good)))
    keep = pa.array(good)
    table = pa.table({name: values.filter(keep) for name, values in columns.items()})
    yield RawRows(_KINDS[mapping.rows], source, table, part.lines[good], working.unreadable(), every)


def _cases(working: Working) -> dict[str, pa.Array]:
    columns = {"id": identity(working, "id")}
    if working.field("citizen"):
        columns["citizen"] = identity(working, "citizen")
    times = {name: moments(working, name) for name in ("received_at", *_FOLLOWS, "told_at")}
    _say_status(working, times)
    for name, read in _in_order(times).items():
        columns[name] = wall_time(read)
    if (due := moments(working, "due_on")) is not None:
        columns["due_on"] = _last_day(due)
    for name in ("channel", "subject", "outcome", "satisfied"):
        if working.field(name):
            columns[name] = value(working, name)
    closed = columns.get("closed_at", pa.nulls(len(working.good), pa.timestamp("us")))
    one = working.field("outcome")
    if one is not None and (one.constant or one.empty):
        # What a mapping says of all complaints is said of those that are closed.
        columns["outcome"] = pc.if_else(pc.is_valid(closed), columns["outcome"], pa.scalar(None, pa.string()))
    if "satisfied" in columns and "feedback_at" not in columns:
        answered = pc.is_valid(columns["satisfied"])
        columns["feedback_at"] = pc.if_else(answered, closed, pa.scalar(None, closed.type))
    return columns


def _events(working: Working) -> dict[str, pa.Array]:
    columns = {"complaint": identity(working, "complaint")}
    read = moments(working, "happened_at")
    if read is not None:
        columns["happened_at"] = wall_time(read.at)
    for name in ("kind", "outcome", "satisfied"):
        columns[name] = value(working, name)
    for name, owner in (("outcome", "closed"), ("satisfied", "feedback")):
        one = working.field(name)
        if one is not None and (one.constant or one.empty):
            owns = pc.equal(columns["kind"], owner)
            columns[name] = pc.if_else(owns, columns[name], pa.scalar(None, pa.string()))
    return columns


def _say_status(working: Working, times: dict[str, Moments | None]) -> None:
    """Refuse rows whose status and days contradict each other: which of the two is right nobody can tell."""
    one = working.field("status")
    if one is None:
        return
    status = value(working, "status")
    closed, reopened = (_there(times[name], len(working.good)) for name in ("closed_at", "reopened_at"))
    says = {word: flags(pc.equal(status, word)) for word in ("open", "closed", "reopened")}
    working.refuse(
        says["closed"] & ~closed, one.shown, "says that the complaint is closed, but no day of closing is there"
    )
    working.refuse(
        says["open"] & closed & ~reopened, one.shown, "says that the complaint is open, but a day of closing is there"
    )
    working.refuse(
        says["reopened"] & closed & ~reopened,
        one.shown,
        "says that the complaint was reopened, but a day of closing is there and none of reopening",
    )
    working.refuse(
        says["closed"] & reopened & _before(times["closed_at"], times["reopened_at"], len(working.good)),
        one.shown,
        "says that the complaint is closed, but it was reopened after its day of closing",
    )


def _there(read: Moments | None, rows: int) -> np.ndarray:
    return np.zeros(rows, dtype=bool) if read is None else flags(pc.is_valid(read.at))


def _before(first: Moments | None, second: Moments | None, rows: int) -> np.ndarray:
    if first is None or second is None:
        return np.zeros(rows, dtype=bool)
    return flags(pc.less(first.at, second.at))


def _in_order(times: dict[str, Moments | None]) -> dict[str, pa.Array]:
    """Moments; one written as a day, of the very day of what came before it, is not earlier than that."""
    found: dict[str, pa.Array] = {}
    for name, read in times.items():
        if read is None:
            continue
        found[name] = read.at
        before = _FOLLOWS.get(name)
        if before in found and read.day_only.any():
            earlier = found[before]
            same_day = pc.equal(read.days, pc.local_timestamp(earlier).cast(pa.date32(), safe=False))
            lifted = pc.and_(pc.and_(pa.array(read.day_only), same_day), pc.less(read.at, earlier))
            found[name] = pc.if_else(pc.fill_null(lifted, False), earlier, read.at)
    return found


def _last_day(due: Moments) -> pa.Array:
    """The day in Karachi on which the last moment falls; a day ends where the export was written, not here."""
    walls = pc.local_timestamp(due.at)
    end = pc.add(walls, pa.scalar(86_399, pa.duration("s")))
    last = pc.assume_timezone(end, due.at.type.tz, ambiguous="latest", nonexistent="latest")
    moment = pc.if_else(pa.array(due.day_only), last, due.at)
    return wall_time(moment).cast(pa.date32(), safe=False)
