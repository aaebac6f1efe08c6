"""Who registered and what was filed in the weeks around the day a campaign for the portal began. Counts, no cause."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import func, select

from data_access.questions.daily import sums_at
from data_access.questions.initiative_effect import MOST
from data_access.questions.initiatives import CAMPAIGN, initiatives, looked_at
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.facts import citizen

COLUMNS: Final = ("week_ending", "id", "title", "started_on", "home", "registered", "filed")


def awareness(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per whole week around the first day of the campaign that `id` asks for, else of the newest one: COLUMNS.

    registered: citizens who registered in the week; where a government is asked for that has land, those at home there,
    and `home` is its name, else null. filed: complaints filed in the week. At most MOST weeks on either side, as far as
    they lie in the data. No row where no campaign had begun, or no whole week lies on either side of its first day.
    """
    one = looked_at(initiatives(snapshot, view), view.filters.complaint, CAMPAIGN)
    first = snapshot.state.first_day
    if one is None or view.as_of is None or first is None:
        return pd.DataFrame(columns=list(COLUMNS))
    ends = ends_around(one["started_on"], first, view.as_of)
    home = _home(snapshot, view)
    counted = {
        "week_ending": ends[1:],
        "registered": _registered(snapshot, home, ends),
        "filed": np.diff(sums_at(snapshot, view.selection, ends, ["filed"])["filed"]),
    }
    found = pd.DataFrame({**counted, **{name: one[name] for name in ("id", "title", "started_on")}})
    return found.assign(home=None if home is None else snapshot.directory.member("government", home).name)[
        list(COLUMNS)
    ]


def ends_around(started_on: date, first_day: date, as_of: date) -> list[date]:
    """The day before the first whole week around that day, and the last day of each: MOST at most on either side."""
    if started_on < first_day:  # of the weeks since then some lie outside the data
        return [started_on - timedelta(days=1)]
    before = min(MOST, (started_on - first_day).days // 7)
    since = min(MOST, ((as_of - started_on).days + 1) // 7)
    return [started_on + timedelta(days=7 * week - 1) for week in range(-before, since + 1)]


def _home(snapshot: Snapshot, view: View) -> int | None:
    """The government whose territory is asked about; None: all of the country, and abroad."""
    key = view.selection.government
    if key is None or snapshot.directory.member("government", key).slug in snapshot.directory.landless:
        return None
    return key


def _registered(snapshot: Snapshot, home: int | None, ends: Sequence[date]) -> np.ndarray:
    """How many registered in each of the weeks that end so."""
    c = citizen.c
    where = [c.registered_on > ends[0], c.registered_on <= ends[-1], *([c.home_id == home] if home else [])]
    daily = select(c.registered_on, func.count().label("new")).where(*where).group_by(c.registered_on)
    found = np.zeros(len(ends) - 1, dtype=np.int64)
    for row in snapshot.connection.execute(daily):
        found[((row.registered_on - ends[0]).days - 1) // 7] += row.new
    return found
