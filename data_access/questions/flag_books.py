"""Flags on citizens' conduct as offices made them, judged: which were false, and what may be told of whom.

A flag that was reviewed is false when it was not upheld, or its appeal was allowed, or its complaint ended in relief:
then the citizen was right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import numpy as np
import pandas as pd
from sqlalchemy import select

from data_access.questions.conduct_flags import counts, flags_until, is_reviewed
from data_access.questions.ledger_counts import stands
from data_access.reader import Snapshot
from data_access.selection import Window
from data_access.suppression import FEWEST, NOTHING, PARTS, Discretion, Told
from data_access.tables.facts import assignment
from data_access.tables.records import conduct_flag

OPEN, SOUND, FALSE = "open", "sound", "false"
Row = dict[str, Any]


@dataclass(frozen=True)
class Books:
    """The flags until the end of a day, one row each.

    Columns: citizen, office, government (its slug), state (OPEN, SOUND or FALSE), ruling (open, upheld or not upheld),
    has_relief, and cause, which is ruling and relief in one.
    """

    ending: date
    flags: pd.DataFrame

    def told(self, by: str, part: str, most: int = PARTS, units: Iterable[str] = ()) -> Told:
        """What may be told of all, `most` at most, and of each unit in the column `by`, whose parts that column tells.

        `units` are among them even if nobody is in them.
        """
        people: dict[str, dict[str, frozenset[int]]] = {unit: {} for unit in units}
        for key, those in self.flags.groupby([by, part])["citizen"]:
            unit, name = cast("tuple[Any, str]", key)
            people.setdefault(str(unit), {})[name] = frozenset(those)
        return Discretion().told(people, most)

    def of(self, by: str, unit: str | int) -> "Books":
        """The same of one government or office."""
        return Books(self.ending, self.flags[self.flags[by] == unit])

    def figures(self, level: int) -> Row:
        """The figures that may be told: flags; reviewed, false_flags and false_rate, or the rate's bounds alone."""
        if level == NOTHING:
            return {}
        sizes = {name: int((self.flags["state"] == name).sum()) for name in (OPEN, SOUND, FALSE)}
        reviewed = sizes[SOUND] + sizes[FALSE]
        if level == PARTS:
            rate = sizes[FALSE] / reviewed if reviewed else None
            told = {"reviewed": reviewed, "false_flags": sizes[FALSE], "false_rate": rate}
            return {"flags": len(self.flags), **told, "false_rate_low": rate, "false_rate_high": rate}
        low, high = false_bounds(sizes)
        return {"flags": len(self.flags), "false_rate_low": low, "false_rate_high": high}

    def causes(self, level: int) -> Row:
        """Why flags are false, if it may be told."""
        if level < PARTS:
            return {}
        not_upheld = int((self.flags["ruling"] == "not upheld").sum())
        relief = int(self.flags["has_relief"].sum())
        reviewed = int((self.flags["state"] != OPEN).sum())
        return {
            "not_upheld": not_upheld,
            "not_upheld_rate": not_upheld / reviewed if reviewed else None,
            "with_relief": relief,
            "with_relief_rate": relief / len(self.flags) if len(self.flags) else None,
        }


def false_bounds(sizes: Mapping[str, int]) -> tuple[float | None, float | None]:
    """Between which ends the share of false flags among those reviewed lies, for somebody who knows how many there are.

    Nothing else is given away: of each state only whether it has fewer than ten flags, not even that it has none, for
    that is as good as a number where others are taken away. None: nothing can be said.
    """
    whole = sum(sizes.values())
    unread, sound, false = (_span(sizes[name], whole) for name in (OPEN, SOUND, FALSE))
    reviewed = whole - np.arange(unread[0], unread[1] + 1)  # as many as there may be
    least, most = np.maximum(sound[0], reviewed - false[1]), np.minimum(sound[1], reviewed - false[0])
    can_be = (reviewed > 0) & (least <= most)
    if not can_be.any():
        return None, None
    of = reviewed[can_be]
    low, high = 1 - float((most[can_be] / of).max()), 1 - float((least[can_be] / of).min())
    return (None, None) if (low, high) == (0.0, 1.0) else (low, high)


def _span(size: int, whole: int) -> tuple[int, int]:
    """What somebody knows of a size who is told only whether it is fewer than ten, or more."""
    return (0, FEWEST - 1) if size < FEWEST else (FEWEST, whole)


def books_at(snapshot: Snapshot, ending: date) -> Books:
    """All flags until the end of that day."""
    flags = flags_until(snapshot, ending)
    standing = select(assignment.c.complaint_id).where(stands(Window(ending)), assignment.c.outcome == "relief")
    right = standing.join_from(assignment, conduct_flag, conduct_flag.c.complaint_id == assignment.c.complaint_id)
    has_relief = flags["complaint"].isin(snapshot.connection.execute(right.distinct()).scalars().all())
    reviewed, upheld = is_reviewed(flags, ending), counts(flags, ending)
    ruling = np.where(~reviewed, "open", np.where(upheld, "upheld", "not upheld"))
    offices = {key: snapshot.directory.member("office", int(key)) for key in flags["office"].unique().tolist()}
    governments = {key: snapshot.directory.around("office", one.slug).get("government") for key, one in offices.items()}
    judged = flags[["citizen", "office"]].assign(
        government=flags["office"].map(governments),
        state=np.where(~reviewed, OPEN, np.where(upheld & ~has_relief, SOUND, FALSE)),
        ruling=ruling,
        has_relief=has_relief,
        cause=[f"{one} {'relief' if relief else 'no relief'}" for one, relief in zip(ruling, has_relief, strict=True)],
    )
    return Books(ending, judged)
