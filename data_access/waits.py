"""How long every stay waited and of whom, in memory per data version: survival curves across dimensions.

A curve asks for every closing so far by its lag. Across dimensions nothing is there to be added up but the ledger,
whose rows a row store scans and hashes in half a second. From arrays it takes a few hundredths, and reading them costs
what two such scans do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from sqlalchemy import Connection

from data_access.cohorts import EPOCH
from data_access.stays import OUTCOMES, WORDS, Codes, codes_of, stays_of

_HOLDERS: Final = ("government", "department", "office", "district", "category")
_DAYS: Final = ("received", "opened", "closed", "reopened")


@dataclass(frozen=True)
class Waits:
    """One value per stay, in the order of the days of receipt.

    `columns`: received, opened, closed and reopened; government, department, office, district and category; channel,
    residency and gender by the `codes`: all as `stays_of` has them, in as few bytes as hold them. And transferred:
    whether the stay ended by that.
    """

    columns: Mapping[str, np.ndarray]
    codes: Codes

    def received_in(self, from_on: date | None, to_on: date | None) -> slice:
        """The stays of complaints that were received in the period (None: whenever)."""
        if from_on is None or to_on is None:
            return slice(None)
        days = [(from_on - EPOCH).days, (to_on - EPOCH).days + 1]
        first, end = np.searchsorted(self.columns["received"], days)
        return slice(int(first), int(end))


def read_waits(connection: Connection) -> Waits:
    """The whole ledger, as this connection sees it."""
    codes = codes_of(connection)
    found = stays_of(connection, (*_DAYS, *_HOLDERS, *WORDS, "outcome"), codes)
    found["transferred"] = found.pop("outcome") == OUTCOMES["transferred"]
    small = {name: _small(values) for name, values in found.items()}
    order = np.argsort(small["received"], kind="stable")
    return Waits({name: values[order] for name, values in small.items()}, codes)


def _small(values: np.ndarray) -> np.ndarray:
    """In as few bytes as hold them."""
    if values.dtype == bool:
        return values
    least, most = int(values.min(initial=0)), int(values.max(initial=0))
    return values.astype(np.result_type(np.min_scalar_type(least), np.min_scalar_type(most)))
