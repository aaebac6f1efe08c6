"""What signals count, as arrays with a value for each office."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
from sqlalchemy import ColumnElement, Select

from data_access.questions.signal_cases import (
    PLACES,
    busiest_days,
    cases,
    circles,
    how_many,
    is_praise,
    meeting,
    moved,
    repeated_praise,
)
from data_access.reader import Snapshot
from data_access.selection import Selection, Window


@dataclass(frozen=True)
class Counted:
    """One value for each office: how often, out of how many, and the first and last day of what was counted.

    `since` is the day from which an office's pace is told; only where days are compared with a pace.
    """

    count: np.ndarray
    of: np.ndarray
    first: np.ndarray
    last: np.ndarray
    since: np.ndarray | None = None


_ENDS: Final = ("first", "last")


@dataclass(frozen=True)
class _Praise:
    """So many answers of a week, and the first and last day of them."""

    answers: int
    first: date
    last: date

    def and_also(self, answers: int, first: date, last: date) -> "_Praise":
        """These and so many more."""
        return _Praise(self.answers + answers, min(self.first, first), max(self.last, last))


@dataclass(frozen=True)
class Counts:
    """Asks for what is counted in a selection, and puts it in the places of the offices."""

    snapshot: Snapshot
    selection: Selection
    window: Window
    places: np.ndarray  # by the id of an office its place among all
    size: int
    known: dict[str, np.ndarray] = field(default_factory=dict)

    def rows(self, statement: Select[Any]) -> dict[str, np.ndarray]:
        """The statement's rows, `office` among them as a place."""
        found = self.snapshot.columns(statement)
        return {**found, "office": self.places[found["office"].astype(np.int64)]}

    def spread(self, found: Mapping[str, np.ndarray], name: str) -> np.ndarray:
        """The column with a value for each office, 0 where there is no row."""
        values = np.zeros(self.size, dtype=np.int64)
        values[found["office"]] = found[name].astype(np.int64)
        return values

    def days(self, found: Mapping[str, np.ndarray], name: str) -> np.ndarray:
        """The same of days, the as-of day where there is no row."""
        values = np.full(self.size, self.window.as_of, dtype="datetime64[D]")
        values[found["office"]] = found[name].astype("datetime64[D]")
        return values

    def how_many(self, name: str, condition: ColumnElement[bool]) -> np.ndarray:
        """The stays of each office that meet the condition, which `name` tells from others: counted once."""
        if name not in self.known:
            found = self.rows(how_many(self.selection, self.window, condition))
            self.known[name] = self.spread(found, "count")
        return self.known[name]

    def shares(self, slug: str) -> Counted:
        """Those of its stays that meet a condition."""
        one = cases(self.window)[slug]
        found = self.rows(meeting(one, self.selection, self.window))
        of = self.how_many(one.base, one.out_of)
        return Counted(self.spread(found, "count"), of, self.days(found, "first"), self.days(found, "last"))

    def bulk(self) -> Counted:
        """Its busiest day."""
        found = self.rows(busiest_days(self.selection, self.window))
        most = self.spread(found, "most")
        day = np.datetime64(self.window.as_of, "D") - (most % PLACES).astype("timedelta64[D]")
        return Counted(most // PLACES, self.spread(found, "of"), day, day, self.days(found, "since"))

    def praise(self) -> Counted:
        """The week with most praise of citizens who praise more than once."""
        found = self.rows(repeated_praise(self.selection, self.window))
        of = self.how_many("praise", is_praise(self.window))
        days = [found[name].astype("datetime64[D]").tolist() for name in ("week", "first", "last")]
        weeks: dict[tuple[int, date], _Praise] = {}
        for office, answers, week, *about in zip(
            found["office"].tolist(), found["answers"].tolist(), *days, strict=True
        ):
            weeks[office, week] = weeks.get((office, week), _Praise(0, *about)).and_also(int(answers), *about)
        best: dict[int, _Praise] = {}
        for (office, _), told in sorted(weeks.items()):
            if office not in best or told.answers > best[office].answers:  # of weeks alike, the earliest
                best[office] = told
        places, values = np.array(list(best), dtype=np.int64), list(best.values())
        both = {
            "office": places,
            "answers": np.array([one.answers for one in values], dtype=np.int64),
            **{name: np.array([getattr(one, name) for one in values], dtype="datetime64[D]") for name in _ENDS},
        }
        first, last = (self.days(both, name) for name in _ENDS)
        return Counted(self.spread(both, "answers"), of, first, last)

    def circles(self) -> Counted:
        """Complaints that came back, out of all it has held."""
        found = self.rows(circles(self.selection, self.window))
        of = self.spread(found, "of") + self.how_many("single", ~moved())
        return Counted(self.spread(found, "count"), of, self.days(found, "first"), self.days(found, "last"))

    def of(self, slug: str) -> Counted:
        """What the signal of that slug counts: a value for each office of the directory."""

        def count() -> dict[str, np.ndarray]:
            return {name: values for name, values in vars(_WAYS[slug](self)).items() if values is not None}

        return Counted(**self.snapshot.worked_out(f"signal {slug}", (self.selection, self.window), count))


_WAYS: Final[Mapping[str, Callable[[Counts], Counted]]] = {
    "relief-denied": lambda asked: asked.shares("relief-denied"),
    "bulk-closing-day": Counts.bulk,
    "last-day-before-limit": lambda asked: asked.shares("last-day-before-limit"),
    "quick-reopening": lambda asked: asked.shares("quick-reopening"),
    "praise-burst": Counts.praise,
    "sent-in-circles": Counts.circles,
}


def counts(snapshot: Snapshot, selection: Selection, window: Window) -> Counts:
    """What signals count in a selection of complaints as of a day."""
    ids = np.array(list(snapshot.directory.members["office"]), dtype=np.int64)
    places = np.zeros(int(ids.max(initial=0)) + 1, dtype=np.int64)
    places[ids] = np.arange(len(ids))
    return Counts(snapshot, selection, window, places, len(ids))
