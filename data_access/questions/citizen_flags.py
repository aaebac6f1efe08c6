"""The flags of one pseudonymous citizen: for due process, seen by nobody but who may, and each time noted."""

from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from data_access.conduct import FULL
from data_access.conduct_weights import weights_in
from data_access.filters import FilterError
from data_access.questions.conduct_flags import counts, flags_until, points
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.facts import citizen, complaint

COLUMNS: Final = (
    *("id", "citizen", "complaint", "kind", "office_slug", "office", "government"),
    *("flagged_on", "reviewed_on", "upheld", "appeal", "appeal_decided_on", "counts", "points", "index"),
)


def citizen_flags(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per flag of the citizen whose number `id` is, until the as-of day, the newest first: COLUMNS.

    What was reviewed or decided later is null; points are what the flag takes off on that day, index is what is left of
    100, as a whole number, the same in all rows. Raises FilterError for a number that no citizen has.
    """
    number, as_of = view.filters.complaint, view.as_of
    if number is None or as_of is None:
        return pd.DataFrame(columns=list(COLUMNS))
    if not is_citizen(snapshot.connection, number):
        raise FilterError("id", str(number), f"There is no citizen {number}; check the number.")
    flags = flags_until(snapshot, as_of, number)
    taken = points(flags, as_of, weights_in(snapshot.connection))
    offices = [snapshot.directory.member("office", key) for key in flags["office"]]
    above = [snapshot.directory.around("office", office.slug).get("government") for office in offices]
    names = {one.slug: one.name for one in snapshot.directory.members["government"].values()}
    told = pd.DataFrame({name: flags[name].astype(object) for name in ("id", "citizen", "complaint", "kind")})
    days = {name: flags[name].dt.date for name in ("flagged_on", "reviewed_on", "appeal_decided_on")}
    is_known = {name: flags[name] <= np.datetime64(as_of) for name in days}
    told = told.assign(
        office_slug=[office.slug for office in offices],
        office=[office.name for office in offices],
        government=pd.Series([names.get(slug or "") for slug in above], index=flags.index, dtype=object),
        **{name: column.where(is_known[name], None).astype(object) for name, column in days.items()},
        upheld=flags["upheld"].where(is_known["reviewed_on"], None).astype(object),
        appeal=flags["appeal"].where(is_known["reviewed_on"], None).astype(object),
        counts=counts(flags, as_of).astype(object),
        points=taken,
        index=int(np.rint(max(FULL - taken.sum(), 0))),
    )
    return told[list(COLUMNS)].iloc[::-1].reset_index(drop=True)


def is_citizen(connection: Connection, number: int) -> bool:
    """Whether a citizen has that pseudonymous number."""
    return connection.execute(select(citizen.c.id).where(citizen.c.id == number)).first() is not None


def citizen_behind(connection: Connection, number: int) -> int | None:
    """The pseudonymous number of whoever made the complaint of that number; None where that is not known."""
    made_by: int | None = connection.execute(select(complaint.c.citizen_id).where(complaint.c.id == number)).scalar()
    return made_by
