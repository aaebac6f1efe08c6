"""Review days and commitments, as people enter and withdraw them: never changed, each step in the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, func, insert, select, update

from data_access.accounts.audit import Entry, write
from data_access.clock import utc_now
from data_access.database import Database
from data_access.directory import Directory
from data_access.filters import Filters
from data_access.lettering import is_text
from data_access.metrics import METRICS
from data_access.questions.promises import PROMISABLE
from data_access.reader import DataState, read_state
from data_access.recording import LONGEST, RecordProblem, id_in, in_one_line, near
from data_access.roles import RECORDS
from data_access.scope import OutOfScope, Scope
from data_access.tables.records import commitment, review

KINDS: Final = ("cabinet review", "provincial review", "departmental review", "public announcement")
PARTS: Final = ("district", "department", "office")
"""The parts of a government that a promise can be for."""
MOST: Final = 10.0**9
WHAT: Final = "the pages on which reviews and promises are entered"


@dataclass(frozen=True)
class Promised:
    """What somebody promises: `holder` are the government and at most one part of it, parameter -> slug."""

    metric: str
    value: float
    due_by: date
    set_on: date
    source: str
    holder: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Records:
    """Writes them on behalf of an account. Every method raises RecordProblem or OutOfScope, and nothing has changed."""

    database: Database
    scope: Scope

    def add_review(self, day: date, kind: str, government: str | None) -> int:
        """A day on which is reviewed: of one government, or None: of all. Its number."""
        self.scope.demand(RECORDS, WHAT)
        with self.database.clerk() as connection:
            directory, state = self._there(connection)
            near(day, "day", state)
            if kind not in KINDS:
                raise RecordProblem(f"Choose what kind of review it is: {', '.join(KINDS)}.", "kind")
            own = None if government is None else id_in(directory, "government", government, "government")
            self._check_own_review(directory, government)
            whose = func.coalesce(review.c.government_id, 0) == (own or 0)
            same = (review.c.day == day, review.c.withdrawn_at.is_(None), whose)
            if connection.execute(select(review.c.id).where(*same)).first():
                raise RecordProblem(f"There is a review on {day} already; withdraw that one first.", "day")
            number = self._add(connection, review, {"day": day, "kind": kind, "government_id": own})
            detail = {"day": str(day), "kind": kind, "government": government}
            write(connection, Entry("review-added", self.scope.account, str(number), detail))
        return number

    def add_commitment(self, one: Promised) -> int:
        """A promise. Its number."""
        self.scope.demand(RECORDS, WHAT)
        with self.database.clerk() as connection:
            directory, state = self._there(connection)
            _check_promise(one, state)
            ids = self._holder(directory, one.holder)
            values = {"metric": one.metric, "value": one.value, "due_by": one.due_by, "set_on": one.set_on}
            number = self._add(connection, commitment, {**ids, **values, "source": in_one_line(one.source)})
            said = {"metric": one.metric, "value": str(one.value), "by": str(one.due_by), "set_on": str(one.set_on)}
            write(connection, Entry("commitment-made", self.scope.account, str(number), {**one.holder, **said}))
        return number

    def withdraw_review(self, number: int) -> None:
        """A review day that was a mistake holds no longer."""
        self._withdraw(review, number, "review-withdrawn")

    def withdraw_commitment(self, number: int) -> None:
        """A promise that was a mistake holds no longer."""
        self._withdraw(commitment, number, "commitment-withdrawn")

    def may_withdraw(self, row: Row[Any]) -> bool:
        """Whether the account may withdraw what a row of either table holds: its own, or all where it has no pins."""
        return self.scope.may(RECORDS) and (not self.scope.pinned or row.entered_by == self.scope.account)

    def _there(self, connection: Connection) -> tuple[Directory, DataState]:
        state = read_state(connection)
        return self.database.directories.of_version(state.edition, connection), state

    def _check_own_review(self, directory: Directory, government: str | None) -> None:
        pinned = self.scope.pinned
        if pinned and (government is None or dict(pinned) != {"government": government}):
            own = self.scope.in_words(directory)
            raise OutOfScope(f"Your account answers for {own}; it enters reviews of that, if it is a government.")

    def _holder(self, directory: Directory, holder: Mapping[str, str]) -> dict[str, int]:
        """The columns of whom it is for, which lies inside the account's pins."""
        if "government" not in holder:
            raise RecordProblem("Say which government promises.", "government")
        parts = [name for name in PARTS if name in holder]
        if len(parts) > 1:
            message = "A promise is for one part: leave all but one of district, department and office empty."
            raise RecordProblem(message, parts[1])
        ids = {name: id_in(directory, name, slug, name) for name, slug in holder.items()}
        for name in parts:
            around = directory.around(name, holder[name])
            landless = name == "district" and holder["government"] in directory.landless
            if around.get("government") != holder["government"] and not landless:
                raise RecordProblem(f"The {name} {holder[name]} does not belong to {holder['government']}.", name)
        self.check_pins(directory, holder)
        return {"holder_id": ids.pop("government"), **{f"{name}_id": key for name, key in ids.items()}}

    def check_pins(self, directory: Directory, holder: Mapping[str, str]) -> None:
        """Raise OutOfScope unless the holder of a promise lies in every pin of the account."""
        self.scope.confine(Filters(**dict(holder)), directory)  # type: ignore[arg-type]  # slugs are words
        lies_in = dict(holder)
        for name in PARTS:
            lies_in |= directory.around(name, holder[name]) if name in holder else {}
        missing = {pin: slug for pin, slug in self.scope.pinned.items() if lies_in.get(pin) != slug}
        if missing:
            own = ", ".join(directory.names_of(missing))
            raise OutOfScope(f"Your account answers for {own} only; say so in the promise.")

    def _add(self, connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
        number: int = connection.execute(select(func.coalesce(func.max(table.c.id), 0) + 1)).scalar_one()
        entered = {"entered_at": utc_now(), "entered_by": self.scope.account}
        connection.execute(insert(table).values(id=number, **values, **entered))
        return number

    def _withdraw(self, table: Table, number: int, action: str) -> None:
        self.scope.demand(RECORDS, WHAT)
        with self.database.clerk() as connection:
            row = connection.execute(select(table).where(table.c.id == number)).one_or_none()
            if row is None or row.withdrawn_at is not None:
                raise RecordProblem("There is no such entry any more; look at the list again.")
            if not self.may_withdraw(row):
                raise OutOfScope("Your account withdraws what it has entered itself, and nothing else.")
            connection.execute(update(table).where(table.c.id == number).values(withdrawn_at=utc_now()))
            write(connection, Entry(action, self.scope.account, str(number)))


def _check_promise(one: Promised, state: DataState) -> None:
    if one.metric not in PROMISABLE:
        raise RecordProblem("Choose what is promised.", "metric")
    if not 0 <= one.value <= MOST:
        raise RecordProblem("The value must be a number, 0 or more.", "value")
    if METRICS[one.metric].unit == "fraction" and one.value > 1 and one.metric != "clearance_rate":
        raise RecordProblem("A rate is at most 100%; write 55 for 55%.", "value")
    for name, day in (("set_on", one.set_on), ("due_by", one.due_by)):
        near(day, name, state)
    if one.due_by <= one.set_on:
        message = f"It is promised on {one.set_on} and due by {one.due_by}; the second must be later."
        raise RecordProblem(message, "due_by")
    source = in_one_line(one.source)
    if not source or len(source) > LONGEST or not is_text(source):
        raise RecordProblem(f"Say in at most {LONGEST} letters where it was promised.", "source")
