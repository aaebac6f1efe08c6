"""Who had which complaint from when to when: all stays, cut where the post changed hands, in memory per data version.

Tables of thousands of holders ask for twenty counts of every stay. The database took 150 to 260 milliseconds for a page
of them; from arrays that lie in the order of their holders it is a third of that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Date, Integer, cast, literal, select

from data_access.arrays import many_of
from data_access.cohorts import EPOCH
from data_access.ledger import Ledger
from data_access.stays import NEVER, WORDS
from data_access.tables.reference import office
from data_access.tenures import tenures_at

_DAYS: Final = ("opened", "due", "received", "closed", "reopened", "feedback")


@dataclass(frozen=True)
class Custody:
    """Tenures, and the pieces of stays that fell into them, in the order of the tenures.

    `tenures`: one value per tenure: office, department, government, holder (see `tenures_at`), from_on, to_on,
    said. `starts`: where the pieces of each begin, and last the number of all.

    `pieces`: one value per stay and tenure. Days count from `zero`, with `never` for what has not happened: first, the
    first day that the holder had it; end, the day of the closing where it `closes` under that holder, else the day
    after the tenure; opened, due, received, reopened, feedback. `came`: by a transfer; `begins`: arrived under that
    holder; outcome as in ENDINGS; satisfied; district (0: none), category, and channel, residency and gender as in
    WORDS.
    """

    tenures: Mapping[str, np.ndarray]
    pieces: Mapping[str, np.ndarray]
    starts: np.ndarray
    zero: int
    never: int

    def day(self, day: date) -> int:
        """The day as the pieces count it."""
        return int(np.clip((day - EPOCH).days - self.zero, -self.never, self.never))

    def rows(self, chosen: np.ndarray) -> tuple[slice | np.ndarray, np.ndarray]:
        """The pieces of these tenures (ascending), and where those of each begin among them, and last their number."""
        lengths = self.starts[chosen + 1] - self.starts[chosen]
        begins = np.concatenate(([0], np.cumsum(lengths)))
        if not len(chosen):
            return slice(0, 0), begins
        if chosen[-1] - chosen[0] == len(chosen) - 1:  # they lie side by side: nothing is copied
            return slice(int(self.starts[chosen[0]]), int(self.starts[chosen[-1] + 1])), begins
        return np.repeat(self.starts[chosen] - begins[:-1], lengths) + np.arange(begins[-1]), begins


@dataclass(frozen=True)
class Stays:
    """What custody is made of: the ledger, and a connection that sees the postings of the same data version."""

    connection: Connection
    ledger: Ledger


def read_custody(of: Stays) -> Custody:
    """All stays of the ledger, cut by all postings."""
    held, stays = _tenures(of.connection), of.ledger.columns
    real = [stays[name] for name in _DAYS]
    zero = min((int(days.min()) for days in real if len(days)), default=0)
    last = max((int(days[days < NEVER].max(initial=zero)) for days in real), default=zero)
    never = last - zero + 2
    kind = np.dtype(np.int16) if never < np.iinfo(np.int16).max else np.dtype(np.int32)

    def counted(days: np.ndarray) -> np.ndarray:
        return np.clip(days.astype(np.int64) - zero, 0, never).astype(kind)

    stay, tenure, starts = _cut(held, stays)
    from_on, closed, to_on = held["from_on"][tenure], stays["closed"][stay], held["to_on"][tenure]
    closes = closed <= to_on
    pieces = {
        "first": counted(np.maximum(stays["opened"][stay], from_on)),
        "end": counted(np.where(closes & (closed < NEVER), closed, to_on + 1)),
        "closes": closes & (closed < NEVER),
        "begins": from_on <= stays["opened"][stay],
        **{name: counted(stays[name])[stay] for name in ("opened", "due", "received", "reopened", "feedback")},
        **{name: stays[name][stay] for name in ("came", "satisfied")},
        **{name: stays[name].astype(np.uint8)[stay] for name in ("outcome", *WORDS)},
        **{name: stays[name].astype(np.int32)[stay] for name in ("district", "category")},
    }
    return Custody(held, pieces, starts, zero, never)


def _tenures(connection: Connection) -> dict[str, np.ndarray]:
    """All tenures, in the order of governments, departments, offices and days."""
    held = tenures_at(()).subquery()
    o, t = office.c, held.c
    columns = {
        "office": t.office_id,
        "department": o.department_id,
        "government": o.government_id,
        "holder": t.holder,
        "from_on": _number(t.from_on),
        "to_on": _number(t.to_on),
        "said": t.said,
    }
    wanted = select(*(column.label(name) for name, column in columns.items())).join(held, t.office_id == o.id)
    found = many_of(connection, wanted)
    order = np.lexsort([found[name] for name in ("from_on", "office", "department", "government")])
    return {name: values[order] for name, values in found.items()}


def _number(day: Any) -> Any:
    """Days since EPOCH."""
    return cast(day - literal(EPOCH, Date), Integer)


def _cut(held: Mapping[str, np.ndarray], stays: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The stay and the tenure of each piece, in the order of the tenures, and where those of each tenure begin."""
    offices, first_rows = np.unique(held["office"], return_index=True)
    rank = np.zeros(int(offices.max(initial=0)) + 1, dtype=np.int64)  # of an office by its id, as the tenures lie
    rank[offices[np.argsort(first_rows)]] = np.arange(len(offices))

    def place(office_ids: np.ndarray, days: np.ndarray) -> np.ndarray:
        """One ascending number for an office and a day."""
        found: np.ndarray = rank[office_ids] * (1 << 24) + days.astype(np.int64) + (1 << 22)
        return found

    begins = place(held["office"], held["from_on"])
    first = np.searchsorted(begins, place(stays["office"], stays["opened"]), side="right") - 1
    last = np.searchsorted(begins, place(stays["office"], stays["closed"]), side="right") - 1
    times = last - first + 1
    stay = np.repeat(np.arange(len(times)), times)
    nth = np.arange(len(stay)) - np.repeat(np.cumsum(times) - times, times)
    tenure = first[stay] + nth
    order = np.argsort(tenure.astype(np.min_scalar_type(len(begins))), kind="stable")  # the smaller, the faster
    starts = np.searchsorted(tenure[order], np.arange(len(begins) + 1))
    return stay[order], tenure[order], starts
