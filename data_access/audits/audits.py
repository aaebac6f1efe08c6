"""Audits by call: closings are drawn by lot, and what their citizens say is written down; each step is noted."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, func, insert, select, update

from data_access.accounts.audit import Entry, write
from data_access.audits.drawing import MOST, Draw, Drawn, draw
from data_access.clock import utc_now
from data_access.database import Database
from data_access.directory import Directory
from data_access.filters import FilterError
from data_access.reader import DataState, read_state, reader
from data_access.recording import RecordProblem
from data_access.roles import RECORDS
from data_access.scope import OutOfScope, Scope
from data_access.tables.oversight import audit_call, audit_draw

RESULTS: Final = ("confirmed", "denied", "unreachable")
WHAT: Final = "the pages on which audits are drawn and entered"
FARTHEST_SEED: Final = 2**31 - 1


@dataclass(frozen=True)
class Wanted:
    """What shall be drawn; days that are left out are those of the data."""

    seed: int
    size: int
    from_on: date | None = None
    to_on: date | None = None
    government: str | None = None


@dataclass(frozen=True)
class Audits:
    """Draws and writes on behalf of an account. Methods raise RecordProblem or OutOfScope, and nothing has changed."""

    database: Database
    scope: Scope

    def draw(self, wanted: Wanted) -> int:
        """Closings that stand on the newest day, drawn by lot. The number of the draw."""
        self.scope.demand(RECORDS, WHAT)
        with reader(self.database, self.scope).snapshot() as snapshot:
            self._check_own(snapshot.directory, wanted.government)
            one = _checked(wanted, snapshot.state, snapshot.directory)
            found = draw(snapshot.connection, one)
            version = snapshot.state.version
        if not found:
            raise RecordProblem("No closing of that time stands; choose other days.", "from_on")
        with self.database.clerk() as connection:
            number: int = connection.execute(select(func.coalesce(func.max(audit_draw.c.id), 0) + 1)).scalar_one()
            about = {"seed": one.seed, "size": one.size, "as_of": one.as_of, "from_on": one.from_on, "to_on": one.to_on}
            drawn = {"drawn_by": self.scope.account, "drawn_at": utc_now(), "data_version": version}
            connection.execute(insert(audit_draw).values(id=number, government_id=one.government, **about, **drawn))
            connection.execute(insert(audit_call), [_row(number, each) for each in found])
            detail: dict[str, str | int | None] = {
                "seed": one.seed,
                "drawn": len(found),
                "from": str(one.from_on),
                "to": str(one.to_on),
                "government": wanted.government,
            }
            write(connection, Entry("audit-drawn", self.scope.account, str(number), detail))
        return number

    def enter(self, number: int, complaint: int, result: str) -> None:
        """What the citizen of a closing that was drawn said; said again, it takes the place of what was written down.

        Every entry is in the audit log, with what was written down before.
        """
        self.scope.demand(RECORDS, WHAT)
        if result not in RESULTS:
            raise RecordProblem(f"Choose what came of the call: {', '.join(RESULTS)}.", "result")
        with self.database.clerk() as connection:
            drawn = connection.execute(select(audit_draw).where(audit_draw.c.id == number)).one_or_none()
            directory = self.database.directories.of_version(read_state(connection).edition, connection)
            if drawn is None or not may_see(self.scope, directory, drawn):
                raise RecordProblem("There is no such draw; look at the list again.", "number")
            call = (audit_call.c.draw_id == number, audit_call.c.complaint_id == complaint)
            before = connection.execute(select(audit_call).where(*call)).one_or_none()
            if before is None:
                raise RecordProblem(f"Complaint {complaint} was not drawn; its number stands in the list.", "complaint")
            entered = {"result": result, "entered_by": self.scope.account, "entered_at": utc_now()}
            connection.execute(update(audit_call).where(*call).values(**entered))
            detail = {"complaint": complaint, "result": result, "before": before.result}
            write(connection, Entry("audit-answered", self.scope.account, str(number), detail))

    def _check_own(self, directory: Directory, government: str | None) -> None:
        pinned = dict(self.scope.pinned)
        if pinned and (government is None or pinned != {"government": government}):
            own = self.scope.in_words(directory)
            raise OutOfScope(f"Your account answers for {own}; it draws from the closings of that, if a government.")


def may_see(scope: Scope, directory: Directory, drawn: Row[Any]) -> bool:
    """Whether a draw is of what the account answers for: all that was drawn from must be its own."""
    if not scope.pinned:
        return True
    government = directory.members["government"].get(drawn.government_id or 0)
    return government is not None and dict(scope.pinned) == {"government": government.slug}


def _checked(wanted: Wanted, state: DataState, directory: Directory) -> Draw:
    if not 0 <= wanted.seed <= FARTHEST_SEED:
        raise RecordProblem(f"A seed is a whole number from 0 to {FARTHEST_SEED}.", "seed")
    if not 1 <= wanted.size <= MOST:
        raise RecordProblem(f"From 1 to {MOST:,} closings can be drawn.", "size")
    first, newest = state.first_day, state.newest_day
    if first is None or newest is None:
        raise RecordProblem("The database holds no complaints yet.", "from_on")
    from_on, to_on = wanted.from_on or first, wanted.to_on or newest
    for day, name in ((from_on, "from_on"), (to_on, "to_on")):
        if not first <= day <= newest:
            raise RecordProblem(f"{day} lies outside the data, which reach from {first} to {newest}.", name)
    if to_on < from_on:
        raise RecordProblem("The last day lies before the first one; swap the two.", "to_on")
    try:
        own = None if wanted.government is None else directory.id_of("government", wanted.government)
    except FilterError as error:
        raise RecordProblem(str(error), "government") from error
    return Draw(wanted.seed, wanted.size, newest, from_on, to_on, own)


def _row(number: int, one: Drawn) -> dict[str, Any]:
    government, outcome = one.stratum
    return {
        "draw_id": number,
        "complaint_id": one.complaint,
        "office_id": one.office,
        "government_id": government,
        "outcome": outcome,
        "closed_on": one.closed_on,
        "population": one.population,
        "sampled": one.sampled,
    }
