"""A batch while it is taken in, and what became of it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import BigInteger, Column, Connection, MetaData, Select, Table, func, insert, select

from data_access.intake.columns import text_of
from data_access.intake.references import Known
from data_access.intake.stage import drop, keep
from data_access.intake.validate import RawRows, as_they_stood
from data_access.rejects import COLUMNS as REJECT_COLUMNS
from data_access.rejects import Reject

COUNTS: Final = ("read", "accepted", "rejected", "waiting", "unchanged")
"""What became of the rows of a batch: the last four add up to the first."""
Say = Callable[[str], None]
"""Is told what is being done; what it raises ends the batch, and nothing of it stays."""
Over = Callable[[Connection], AbstractContextManager[None]]
"""Stands over all statements of a batch, but for its very last, which makes it hold."""
_TOUCHED: Final = Table("touched_id", MetaData(), Column("id", BigInteger), prefixes=["TEMPORARY"])


def undisturbed(_connection: Connection) -> AbstractContextManager[None]:
    """Nobody stands over them."""
    return nullcontext()


@dataclass
class Report:
    """What became of a batch: accepted + rejected + waiting + unchanged = read.

    `waiting` are events of complaints that are not known yet. `batch` is its number; 0 for one that left no trace.
    """

    batch: int = 0
    read: int = 0
    accepted: int = 0
    unchanged: int = 0
    waiting: int = 0
    touched: int = 0
    version: int = 0
    restated_days: int = 0
    restated_events: int = 0
    rejects: list[pd.DataFrame] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return sum(len(part) for part in self.rejects)

    @property
    def changed(self) -> bool:
        """Whether anything is now otherwise than before."""
        return bool(self.accepted or self.waiting)

    def counts(self) -> dict[str, int]:
        """COUNTS by name."""
        return {name: getattr(self, name) for name in COUNTS}

    def refused(self) -> Iterator[Reject]:
        """The rows that were refused, by line in each file."""
        rows = self.reject_rows()
        texts = rows.astype(object).where(rows.notna(), None)[list(REJECT_COLUMNS)]
        for number, row in enumerate(texts.itertuples(index=False, name=None), 1):
            yield Reject(number, *row)

    def reject_rows(self) -> pd.DataFrame:
        """One row per refused row: file, line, column, value, reason, and the row as it stood; by line in each file."""
        rows = pd.concat(self.rejects) if self.rejects else pd.DataFrame(columns=list(REJECT_COLUMNS))
        turn = pd.factorize(rows["file"])[0]  # files in the order in which they were met
        rows = rows.iloc[np.lexsort((rows["line"].to_numpy(dtype=np.int64), turn))]
        return rows.assign(value=rows["value"].map(_storable), original=rows["original"].map(_storable))


def _storable(value: object) -> object:
    """PostgreSQL takes no null character in a text."""
    return value.replace("\x00", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


@dataclass
class Batch:
    """One batch under way, in one transaction. `undoable`: what it replaces is kept, to be put back if need be."""

    connection: Connection
    known: Known
    now: datetime
    number: int
    newest_day: date | None
    report: Report
    undoable: bool = True

    def begin(self) -> None:
        """Make ready for rows."""
        drop(self.connection, _TOUCHED.name)
        _TOUCHED.create(self.connection, checkfirst=False)

    def touch(self, ids: Select[Any]) -> None:
        """The ledger of these complaints is to be built anew."""
        self.connection.execute(insert(_TOUCHED).from_select(["id"], ids))

    def touched(self) -> Table:
        """All complaints that were touched, each once; the caller drops it."""
        found = keep(self.connection, "touched", select(_TOUCHED.c.id).distinct())
        drop(self.connection, _TOUCHED.name)
        self.report.touched = self.connection.execute(select(func.count()).select_from(found)).scalar_one()
        return found

    def reject(self, raw: RawRows, rejects: list[pd.DataFrame]) -> None:
        """Note rows that were refused, as they stood in their file; what was made for others to refer to is none."""
        if not raw.made:
            self.report.rejects.extend(as_they_stood(raw, part) for part in rejects)

    def refuse(self, raw: RawRows, lines: np.ndarray, column: str, values: pa.Array | None, reason: str) -> None:
        """Note rows that only the database could tell were bad."""
        shown = None if values is None else text_of(values).to_pandas()
        found = {"file": raw.source, "line": lines, "column": column, "value": shown, "reason": reason}
        self.reject(raw, [pd.DataFrame(found, columns=list(REJECT_COLUMNS))])

    def count(self, raw: RawRows, accepted: int, unchanged: int, waiting: int = 0) -> None:
        """Note what became of rows."""
        if not raw.made:
            self.report.accepted += accepted
            self.report.unchanged += unchanged
            self.report.waiting += waiting
