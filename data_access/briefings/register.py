"""The register of briefings: written once, never changed; a second account clears what the first has made."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from data_access.accounts.audit import Entry, write
from data_access.briefings.kept import (
    CLEARED,
    DRAFT,
    WHAT,
    WITHDRAWN,
    Conflict,
    Frozen,
    Kept,
    NoSuchBriefing,
    SpoiltBriefing,
    kept_of,
    seal_of,
)
from data_access.clock import utc_now
from data_access.database import Database
from data_access.directory import Directory
from data_access.reader import read_state, reader
from data_access.roles import BRIEFINGS
from data_access.scope import OutOfScope, Scope
from data_access.tables.records import briefing

_HEAD: Final = [column for column in briefing.c if column.name != "content"]


@dataclass(frozen=True)
class Briefings:
    """Reads and writes it on behalf of an account. Where a method raises, nothing has changed."""

    database: Database
    scope: Scope

    def freeze(self, frozen: Frozen) -> int:
        """Keep it, as a draft. Its number."""
        self.scope.demand(BRIEFINGS, WHAT)
        with self.database.clerk() as connection:
            number: int = connection.execute(select(func.coalesce(func.max(briefing.c.id), 0) + 1)).scalar_one()
            row = {
                "id": number,
                "title": frozen.title,
                "as_of": frozen.as_of,
                "made_at": utc_now(),
                "made_by": self.scope.account,
                "state": DRAFT,
                "data_version": frozen.data_version,
                "content": frozen.content,
                "digest": frozen.digest,
                "seal": frozen.seal,
                "pinned": json.dumps(dict(self.scope.pinned), sort_keys=True),
                "needs": " ".join(sorted(frozen.needs)),
            }
            connection.execute(insert(briefing).values(row))
            said = {"title": frozen.title, "as_of": str(frozen.as_of), "sha256": frozen.digest, "seal": frozen.seal}
            write(connection, Entry("briefing-made", self.scope.account, str(number), said))
        return number

    def clear(self, number: int) -> None:
        """A draft may be shown from now on. Never by who made it."""
        with self._deciding(number) as (connection, kept):
            if kept.made_by == self.scope.account:
                raise OutOfScope("You made this briefing, so another account clears it.")
            _check_waits(kept)
            cleared = {"state": CLEARED, "cleared_by": self.scope.account, "cleared_at": utc_now()}
            self._step(connection, kept, "briefing-cleared", cleared)

    def withdraw(self, number: int) -> None:
        """Who made a draft takes it back; it stays in the register."""
        with self._deciding(number) as (connection, kept):
            if kept.made_by != self.scope.account:
                raise OutOfScope("A briefing is withdrawn by the account that made it, and by no other.")
            _check_waits(kept)
            self._step(connection, kept, "briefing-withdrawn", {"state": WITHDRAWN, "withdrawn_at": utc_now()})

    def all(self) -> list[Kept]:
        """What the account may open, the newest first."""
        with reader(self.database, self.scope).snapshot() as snapshot:
            rows = snapshot.connection.execute(select(*_HEAD).order_by(briefing.c.id.desc())).all()
            found = [kept_of(row) for row in rows]
            return [one for one in found if one.why_not(self.scope, snapshot.directory) is None]

    def open(self, number: int) -> tuple[Kept, str]:
        """A briefing and its content. Raises SpoiltBriefing where that is not what was written."""
        with reader(self.database, self.scope).snapshot() as snapshot:
            row = _found(snapshot.connection, number, content=True)
            kept = kept_of(row)
            kept.demand(self.scope, snapshot.directory)
        if seal_of(row.content) != row.seal:
            raise SpoiltBriefing(number)
        return kept, row.content

    @contextmanager
    def _deciding(self, number: int) -> Iterator[tuple[Connection, Kept]]:
        self.scope.demand(BRIEFINGS, WHAT)
        with self.database.clerk() as connection:
            kept = kept_of(_found(connection, number))
            if kept.state == DRAFT:  # who comes too late is told that, and not that it is no draft
                kept.demand(self.scope, self._directory(connection))
            yield connection, kept

    def _directory(self, connection: Connection) -> Directory:
        return self.database.directories.of_version(read_state(connection).edition, connection)

    def _step(self, connection: Connection, kept: Kept, action: str, values: Mapping[str, Any]) -> None:
        connection.execute(update(briefing).where(briefing.c.id == kept.number).values(values))
        write(connection, Entry(action, self.scope.account, str(kept.number), {"sha256": kept.digest}))


def _found(connection: Connection, number: int, *, content: bool = False) -> Row[Any]:
    wanted = [*_HEAD, briefing.c.content] if content else _HEAD
    row = connection.execute(select(*wanted).where(briefing.c.id == number)).one_or_none()
    if row is None:
        raise NoSuchBriefing(f"There is no briefing {number}; look at the list of briefings.")
    return row


def _check_waits(kept: Kept) -> None:
    if kept.state != DRAFT:
        raise Conflict(f"Briefing {kept.number} is {kept.state} already; look at the list again.")
