"""Writes what is told of the whole country: entered, changed, withdrawn, and each step in the audit log.

A form carries how many steps it has seen, so that nobody overwrites unawares what somebody else has written meanwhile.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Generic

from sqlalchemy import Row, Table, func, insert, select, update

from data_access.accounts.audit import Entry, write
from data_access.clock import utc_now
from data_access.database import Database
from data_access.entries.entry import D, Entered, Stale, There, demand_entries, steps_of
from data_access.intake.foreign.slugs import slug_for
from data_access.reader import read_state
from data_access.recording import RecordProblem
from data_access.scope import Scope


@dataclass(frozen=True)
class Book(ABC, Generic[D]):
    """Writes one table on behalf of an account. Methods raise RecordProblem or OutOfScope, and nothing has changed.

    `kind` is what the audit log calls a row.
    """

    database: Database
    scope: Scope
    kind: ClassVar[str]
    table: ClassVar[Table]

    def add(self, draft: D) -> int:
        """Enter it. Its number."""
        with self.writing() as there:
            values = self.columns(there, draft)
            self.check_new(there, values, None)
            t = self.table.c
            number: int = there.connection.execute(select(func.coalesce(func.max(t.id), 0) + 1)).scalar_one()
            entered: dict[str, Any] = {"entered_at": utc_now(), "entered_by": self.scope.account}
            if "steps" in t:
                entered |= {"steps": 1, "slug": f"{slug_for(values['title']) or self.kind}-{number}"}
            there.connection.execute(insert(self.table).values(id=number, **values, **entered))
            self.beside(there, number, draft)
            self.note(there, "added", number, draft.said())
        return number

    def withdraw(self, number: int, seen: int) -> None:
        """What was entered holds no longer; it stays in the list and in the audit log."""
        with self.writing() as there:
            row = self.found(there, number, seen)
            values: dict[str, Any] = {"withdrawn_at": utc_now()}
            if "steps" in self.table.c:
                values["steps"] = (row.steps or 0) + 1
            there.connection.execute(update(self.table).where(self.table.c.id == number).values(values))
            self.note(there, "withdrawn", number, {})

    def entered(self, there: There) -> list[Entered[D]]:
        """All entries, the newest first, withdrawn ones too."""
        rows = there.connection.execute(select(self.table).order_by(self.day().desc(), self.table.c.id.desc())).all()
        return [
            Entered(row.id, steps_of(row), row.entered_by, row.withdrawn_at is not None, draft)
            for row, draft in zip(rows, self.drafts(there, rows), strict=True)
        ]

    @abstractmethod
    def columns(self, there: There, draft: D) -> dict[str, Any]:
        """The columns of what is entered. Raises RecordProblem for what cannot be."""

    @abstractmethod
    def check_new(self, there: There, values: Mapping[str, Any], own: int | None) -> None:
        """Raise RecordProblem where another row, not that of the number `own`, says the same already."""

    @abstractmethod
    def drafts(self, there: There, rows: Sequence[Row[Any]]) -> list[D]:
        """What stands in the rows, as it would be entered."""

    @abstractmethod
    def day(self) -> Any:
        """The column by which the list is sorted."""

    def beside(self, there: There, number: int, draft: D) -> None:
        """Write what other tables hold of it."""

    @contextmanager
    def writing(self) -> Iterator[There]:
        """The transaction of a step."""
        demand_entries(self.scope)
        with self.database.clerk() as connection:
            state = read_state(connection)
            yield There(connection, self.database.directories.of_version(state.edition, connection), state)

    def found(self, there: There, number: int, seen: int) -> Row[Any]:
        """The row of that number, as the form has seen it. Raises Stale where it is another by now."""
        row = there.connection.execute(select(self.table).where(self.table.c.id == number)).one_or_none()
        if row is None or row.withdrawn_at is not None:
            raise Stale("There is no such entry any more: it was withdrawn meanwhile. Nothing was written.")
        if steps_of(row) != seen:
            message = "Somebody has changed this entry since you opened it, so nothing was written."
            raise Stale(f"{message} Look at what stands there now, and send yours again if it shall be.")
        return row

    def note(self, there: There, step: str, number: int, detail: Mapping[str, str]) -> None:
        """An entry in the audit log."""
        write(there.connection, Entry(f"{self.kind}-{step}", self.scope.account, str(number), dict(detail)))


class Changing(Book[D]):
    """A book whose entries have titles and can be changed, too."""

    def check_new(self, there: There, values: Mapping[str, Any], own: int | None) -> None:
        """One title a day."""
        t, day = self.table.c, self.day()
        same = (t.title == values["title"], day == values[day.name], t.withdrawn_at.is_(None), t.id != (own or 0))
        found = there.connection.execute(select(t.id).where(*same)).first()
        if found:
            message = f"There is an entry of this title and day already: number {found.id}."
            raise RecordProblem(f"{message} Change that one, or give another title.", "title")

    def change(self, number: int, seen: int, draft: D) -> None:
        """Write it anew; the audit log says what stood there before."""
        with self.writing() as there:
            row = self.found(there, number, seen)
            [before] = self.drafts(there, [row])
            draft = self.kept(draft, before)
            old, new = before.said(), draft.said()
            differs = [name for name in new if new[name] != old[name]]
            if not differs:
                raise RecordProblem("Nothing differs from what stands there already.")
            values = self.columns(there, draft)
            self.check_new(there, values, number)
            written = {**values, "steps": steps_of(row) + 1}
            there.connection.execute(update(self.table).where(self.table.c.id == number).values(written))
            self.beside(there, number, draft)
            both = {f"{name}_before": old[name] for name in differs} | {name: new[name] for name in differs}
            self.note(there, "changed", number, both)

    def kept(self, draft: D, before: D) -> D:  # noqa: ARG002  # most show all there is
        """The draft with what the account does not see as it was before."""
        return draft
