"""Where an office's complaints came from by transfer, and where they went: one row per other office."""

from typing import Any, Final

import pandas as pd
from sqlalchemy import and_, func, select

from data_access.questions.ledger_counts import ledger_conditions
from data_access.questions.stints import office_asked
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.facts import assignment

COLUMNS: Final = ("slug", "name", "department", "government", "came", "went", "both")
_A: Final = assignment.c


def transfers(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per office with which the one asked for exchanged complaints, the most moves first: COLUMNS.

    came: stays that arrived from there; went: stays that ended by going there; both: moves in all. Raises as
    `stints.office_stints` does.
    """
    own, window = office_asked(snapshot, view.filters), view.window
    if window is None:
        return pd.DataFrame(columns=list(COLUMNS))
    counts: dict[int, list[int]] = {}
    left = and_(_A.outcome == "transferred", _A.closed_on <= window.as_of, _A.to_office_id.is_not(None))
    moves = (
        (_A.from_office_id, and_(_A.opened_by == "transferred", _A.from_office_id.is_not(None))),
        (_A.to_office_id, left),
    )
    for place, (other, condition) in enumerate(moves):
        where = [*ledger_conditions(view.selection, window), _A.office_id == own, condition]
        rows: Any = select(other, func.count()).where(*where).group_by(other)
        for key, number in snapshot.connection.execute(rows):
            counts.setdefault(int(key), [0, 0])[place] += int(number)
    ordered = sorted(counts.items(), key=lambda one: (-sum(one[1]), one[0]))
    directory = snapshot.directory
    told = []
    for key, (came, went) in ordered:
        member = directory.member("office", key)
        unit = directory.parent_of(member, "department")
        above = directory.parent_of(unit, "government") if unit else None
        names = (member.name, unit.name if unit else None, above.name if above else None)
        told.append((member.slug, *names, came, went, came + went))
    return pd.DataFrame(told, columns=list(COLUMNS))
