"""The ledger in memory, per data version: for whatever crosses dimensions, which no flow can add up.

Twenty counts of every stay, or every closing by its lag, took a row store half a second to a second, and columns a
third of that. From arrays it is a few hundredths on either engine, and reading them costs what one or two scans do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from sqlalchemy import Connection, select

from data_access.arrays import many_of
from data_access.cohorts import EPOCH
from data_access.stays import WORDS, stays_of
from data_access.tables.reference import office

_HOLDERS: Final = ("government", "department", "office", "from_office", "to_office")
_COLUMNS: Final = (
    *("received", "opened", "closed", "reopened", "due", "feedback"),
    *(*_HOLDERS, "district", "category", *WORDS),
    *("outcome", "first", "came", "satisfied"),
)


@dataclass(frozen=True)
class Ledger:
    """`columns`: one value per stay, in the order of the days of receipt, as `stays_of` has it, in few bytes.

    `holders`: the government, and the department, of each office, by its id; -1 where there is no such office.
    """

    columns: Mapping[str, np.ndarray]
    holders: Mapping[str, np.ndarray]

    def received_in(self, from_on: date | None, to_on: date | None) -> slice:
        """The stays of complaints that were received in the period (None: whenever)."""
        received = self.columns["received"]
        if from_on is None or to_on is None:
            return slice(0, len(received))
        days = [(from_on - EPOCH).days, (to_on - EPOCH).days + 1]
        first, end = np.searchsorted(received, days)
        return slice(int(first), int(end))


def read_ledger(connection: Connection) -> Ledger:
    """All of it, as this connection sees it."""
    found = {name: _small(values) for name, values in stays_of(connection, _COLUMNS).items()}
    order = np.argsort(found["received"], kind="stable")
    return Ledger({name: values[order] for name, values in found.items()}, _holders(connection))


def _small(values: np.ndarray) -> np.ndarray:
    """In as few bytes as hold them."""
    if values.dtype == bool:
        return values
    least, most = int(values.min(initial=0)), int(values.max(initial=0))
    return values.astype(np.result_type(np.min_scalar_type(least), np.min_scalar_type(most)))


def _holders(connection: Connection) -> dict[str, np.ndarray]:
    c = office.c
    told = many_of(connection, select(c.id, c.government_id.label("government"), c.department_id.label("department")))
    found = {}
    for name in ("government", "department"):
        found[name] = np.full(int(told["id"].max(initial=0)) + 1, -1, dtype=np.int32)
        found[name][told["id"]] = told[name]
    return found
