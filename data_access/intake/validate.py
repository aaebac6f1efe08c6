"""Rows of one canonical kind against what may stand in them. Bad rows come out with line, column, value and reason."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data_access.intake.canonical import DECIDED, CanonicalColumn, Kind
from data_access.intake.columns import EXPECTED, read_column, text_of
from data_access.rejects import COLUMNS as REJECT_COLUMNS


@dataclass(frozen=True)
class RawRows:
    """Rows as they were read. `lines` holds the line of each in its file; `unreadable` what never became a row.

    `unreadable` has REJECT_COLUMNS. `original` has the columns of the file for each row, where they are others than
    those of `table`. `made`: they stand in no file, but were made so that others can refer to them; nobody counts them.
    """

    kind: Kind
    source: str
    table: pa.Table
    lines: np.ndarray
    unreadable: pd.DataFrame | None = None
    original: pa.Table | None = None
    made: bool = False

    @property
    def read(self) -> int:
        """How many rows the file had, those included that could not be read."""
        return 0 if self.made else len(self.lines) + (0 if self.unreadable is None else len(self.unreadable))


def as_they_stood(raw: RawRows, rejects: pd.DataFrame) -> pd.DataFrame:
    """The rejects with the row of each as it stood in the file, where it is not there already."""
    lacking = rejects["original"].isna().to_numpy()
    if not lacking.any() or not len(raw.lines):
        return rejects
    place = np.searchsorted(raw.lines, rejects.loc[lacking, "line"].to_numpy(dtype=np.int64))
    rows = (raw.table if raw.original is None else raw.original).take(pa.array(place))
    texts = rows.to_pandas().astype(object)
    texts = texts.where(texts.notna(), "")
    found = rejects.copy()
    found["original"] = found["original"].astype(object)
    found.loc[lacking, "original"] = [_line(row) for row in texts.itertuples(index=False, name=None)]
    return found


def _line(values: Sequence[object]) -> str:
    """Values as a line of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()


@dataclass
class Checking:
    """Which rows are still good, and why the others are not. A row is rejected once, for its first fault."""

    source: str
    lines: np.ndarray
    good: np.ndarray
    rejects: list[pd.DataFrame]

    def reject(self, bad: np.ndarray, column: str, values: pa.Array | None, reason: str) -> None:
        """Reject the rows of the mask that are still good."""
        fresh = bad & self.good
        if not fresh.any():
            return
        at = np.flatnonzero(fresh)
        shown = None if values is None else text_of(values).take(pa.array(at)).to_pandas()
        found = {"file": self.source, "line": self.lines[at], "column": column, "value": shown, "reason": reason}
        self.rejects.append(pd.DataFrame(found, columns=list(REJECT_COLUMNS)))
        self.good &= ~fresh


def check_rows(
    raw: RawRows, known: Mapping[str, Mapping[str, int]], now: datetime
) -> tuple[pa.Table, np.ndarray, list[pd.DataFrame]]:
    """Typed good rows (slugs that refer to something turned into ids), the lines they stood on, and the rejects.

    `known` maps a kind to its slugs and their ids; `now` is the wall-clock time in Karachi: nothing happens after it.
    """
    checking = Checking(raw.source, raw.lines, np.ones(len(raw.lines), dtype=bool), [])
    if raw.unreadable is not None:
        checking.rejects.append(raw.unreadable)
    typed: dict[str, pa.Array] = {}
    for column in raw.kind.columns:
        typed[column.name] = _check_column(column, raw.table, checking, known)
    _RULES.get(raw.kind.name, _no_rule)(typed, checking, now)
    keep = pa.array(checking.good)
    table = pa.table({name: values.filter(keep) for name, values in typed.items()})
    return table, raw.lines[checking.good], checking.rejects


def _check_column(
    column: CanonicalColumn, table: pa.Table, checking: Checking, known: Mapping[str, Mapping[str, int]]
) -> pa.Array:
    if column.name not in table.column_names:
        raw: pa.ChunkedArray = pa.chunked_array([pa.nulls(len(table), pa.string())])
    else:
        raw = table.column(column.name)
    values, bad = read_column(column, raw)
    shown = raw.combine_chunks() if len(raw) else pa.array([], pa.string())
    expected = f"is not one of {', '.join(column.choices)}" if column.choices else f"is not {EXPECTED[column.type]}"
    checking.reject(bad, column.name, shown, expected)
    if column.choices:
        unknown = pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, pa.array(column.choices))))
        checking.reject(_flags(unknown), column.name, shown, expected)
    if column.required:
        checking.reject(_flags(pc.is_null(values)), column.name, None, "is empty, but every row must have it")
    if column.default is not None and values.null_count:
        filler, _ = read_column(column, pa.chunked_array([pa.array([column.default])]))
        values = pc.fill_null(values, filler[0])
    if column.refers is not None and column.refers in known and column.type == "slug":
        values = _referred(column, values, shown, checking, known[column.refers])
    return values


def _referred(
    column: CanonicalColumn, values: pa.Array, shown: pa.Array, checking: Checking, ids: Mapping[str, int]
) -> pa.Array:
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    per_slug = pa.array([ids.get(slug) for slug in encoded.dictionary.to_pylist()], pa.int32())
    found = per_slug.take(encoded.indices)
    missing = _flags(pc.and_(pc.is_valid(values), pc.is_null(found)))
    checking.reject(missing, column.name, shown, f"names no {column.refers} that is known")
    return found


def _flags(values: pa.Array) -> np.ndarray:
    return np.asarray(pc.fill_null(values, False).to_numpy(zero_copy_only=False), dtype=bool)


def _no_rule(_rows: dict[str, pa.Array], _checking: Checking, _now: datetime) -> None:
    """Most kinds have no rule beyond their columns."""


def _event_rule(rows: dict[str, pa.Array], checking: Checking, now: datetime) -> None:
    kind, when = rows["kind"], rows["happened_at"]
    checking.reject(
        _flags(pc.greater(when, pa.scalar(now, pa.timestamp("us")))), "happened_at", when, "lies in the future"
    )
    moves = pc.is_in(kind, pa.array(["received", "assigned", "transferred"]))
    nowhere = pc.and_(moves, pc.is_null(rows["office"]))
    checking.reject(_flags(nowhere), "office", None, "is empty, but this kind of event happens at an office")
    for needed, owner in (("outcome", "closed"), ("satisfied", "feedback")):
        owns = pc.equal(kind, owner)
        given = pc.is_valid(rows[needed])
        checking.reject(_flags(pc.and_(owns, pc.invert(given))), needed, None, f"is empty on an event {owner}")
        stray = pc.and_(pc.invert(owns), given)
        checking.reject(_flags(stray), needed, rows[needed], f"stands only on events {owner}")


def _complaint_rule(rows: dict[str, pa.Array], checking: Checking, now: datetime) -> None:
    when = rows["received_at"]
    checking.reject(
        _flags(pc.greater(when, pa.scalar(now, pa.timestamp("us")))), "received_at", when, "lies in the future"
    )
    early = pc.less(rows["due_on"], when.cast(pa.date32(), safe=False))
    checking.reject(_flags(early), "due_on", rows["due_on"], "lies before the day the complaint was received")


def _case_rule(rows: dict[str, pa.Array], checking: Checking, now: datetime) -> None:
    """What a complaint's row says of its end must be able to have happened, one after the other."""
    for name, after in (("closed_at", "received_at"), ("feedback_at", "closed_at"), ("reopened_at", "closed_at")):
        rows[name] = _of_that_day(rows[name], rows[after])
    _complaint_rule(rows, checking, now)
    closed = rows["closed_at"]
    for name in ("closed_at", "feedback_at", "reopened_at"):
        late = pc.greater(rows[name], pa.scalar(now, pa.timestamp("us")))
        checking.reject(_flags(late), name, rows[name], "lies in the future")
    early = pc.less(closed, rows["received_at"])
    checking.reject(_flags(early), "closed_at", closed, "lies before the complaint was received")
    unsaid = pc.and_(pc.is_valid(closed), pc.is_null(rows["outcome"]))
    checking.reject(_flags(unsaid), "outcome", None, "is empty, but the complaint was closed")
    for name in ("outcome", "satisfied", "feedback_at"):
        stray = pc.and_(pc.is_null(closed), pc.is_valid(rows[name]))
        checking.reject(_flags(stray), name, rows[name], "stands on a complaint that was not closed")
    mute = pc.and_(pc.is_valid(rows["feedback_at"]), pc.is_null(rows["satisfied"]))
    checking.reject(_flags(mute), "satisfied", None, "is empty, but there was an answer")
    before = pc.less(rows["feedback_at"], closed)
    checking.reject(_flags(before), "feedback_at", rows["feedback_at"], "lies before the complaint was closed")
    # A row has room for one closing: what was reopened before it had another, of which the row does not tell.
    early = pc.less(rows["reopened_at"], rows["received_at"])
    checking.reject(_flags(early), "reopened_at", rows["reopened_at"], "lies before the complaint was received")


def _of_that_day(values: pa.Array, after: pa.Array) -> pa.Array:
    """A bare day, which reads as its midnight, is taken for the moment on that day that it cannot have been before."""
    day = pc.floor_temporal(values, unit="day")
    same = pc.and_(pc.equal(day, pc.floor_temporal(after, unit="day")), pc.equal(values, day))
    moved = pc.if_else(pc.fill_null(pc.and_(same, pc.less(values, after)), False), after, values)
    return moved.combine_chunks() if isinstance(moved, pa.ChunkedArray) else moved


def _span_rule(rows: dict[str, pa.Array], checking: Checking, _now: datetime) -> None:
    checking.reject(_flags(pc.less(rows["to_on"], rows["from_on"])), "to_on", rows["to_on"], "lies before from_on")


def _limit_rule(rows: dict[str, pa.Array], checking: Checking, now: datetime) -> None:
    _span_rule(rows, checking, now)
    checking.reject(_flags(pc.less(rows["days"], 1)), "days", rows["days"], "is less than one day")
    checking.reject(_flags(pc.greater(rows["days"], 3650)), "days", rows["days"], "is more than ten years")


def _grade_rule(rows: dict[str, pa.Array], checking: Checking, _now: datetime) -> None:
    beyond = pc.or_(pc.less(rows["grade"], 1), pc.greater(rows["grade"], 22))
    checking.reject(_flags(beyond), "grade", rows["grade"], "is not a pay scale from 1 to 22")


def _flag_rule(rows: dict[str, pa.Array], checking: Checking, now: datetime) -> None:
    """A flag is made, then reviewed, then appealed against where it was upheld, then that is decided."""
    today = pa.scalar(now.date(), pa.date32())
    for name, after in (("flagged_on", None), ("reviewed_on", "flagged_on"), ("appeal_decided_on", "reviewed_on")):
        checking.reject(_flags(pc.greater(rows[name], today)), name, rows[name], "lies in the future")
        if after:
            checking.reject(_flags(pc.less(rows[name], rows[after])), name, rows[name], f"lies before {after}")
    reviewed, upheld, appealed = (pc.is_valid(rows[name]) for name in ("reviewed_on", "upheld", "appeal"))
    unsaid = pc.and_(reviewed, pc.invert(upheld))
    checking.reject(_flags(unsaid), "upheld", None, "is empty, but the flag was reviewed")
    stray = pc.and_(pc.invert(reviewed), upheld)
    checking.reject(_flags(stray), "upheld", rows["upheld"], "stands on a flag that was not reviewed")
    needless = pc.and_(appealed, pc.invert(pc.fill_null(rows["upheld"], False)))
    checking.reject(_flags(needless), "appeal", rows["appeal"], "stands on a flag that was not upheld")
    decided = pc.fill_null(pc.is_in(rows["appeal"], pa.array(DECIDED)), False)
    early = pc.and_(pc.is_valid(rows["appeal_decided_on"]), pc.invert(decided))
    checking.reject(
        _flags(early),
        "appeal_decided_on",
        rows["appeal_decided_on"],
        "stands on an appeal that is neither allowed nor rejected",
    )


_RULES = {
    "flag": _flag_rule,
    "event": _event_rule,
    "complaint": _complaint_rule,
    "case": _case_rule,
    "posting": _span_rule,
    "time_limit": _limit_rule,
    "officer": _grade_rule,
}
