"""What an office says to a signal about it: entered by who answers for it, withdrawn, and never changed."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, func, insert, select, update

from data_access.accounts.audit import Entry, write
from data_access.clock import utc_now
from data_access.database import Database
from data_access.directory import Directory
from data_access.filters import FilterError
from data_access.lettering import is_text
from data_access.reader import read_state
from data_access.recording import RecordProblem, in_one_line
from data_access.roles import RECORDS
from data_access.scope import OutOfScope, Scope
from data_access.signals import SIGNALS
from data_access.tables.oversight import signal_reply

LONGEST: Final = 1000
"""Letters of a reply."""
WHAT: Final = "the page on which offices reply to signals"


@dataclass(frozen=True)
class Replies:
    """Writes replies on behalf of an account. Methods raise RecordProblem or OutOfScope, and nothing has changed."""

    database: Database
    scope: Scope

    def add(self, office: str, signal: str, text: str) -> int:
        """What the office says to the signal; it takes the place of what it said before. Its number.

        The audit log notes that it was said, and not what.
        """
        self.scope.demand(RECORDS, WHAT)
        said = in_one_line(text)
        if signal not in SIGNALS:
            raise RecordProblem(f"Choose a signal: {', '.join(SIGNALS)}.", "signal")
        if not said or len(said) > LONGEST or not is_text(said):
            raise RecordProblem(f"Write a reply of at most {LONGEST:,} letters.", "text")
        with self.database.clerk() as connection:
            directory = self.database.directories.of_version(read_state(connection).edition, connection)
            try:
                key = directory.id_of("office", office)
            except FilterError as error:
                raise RecordProblem(str(error), "office") from error
            if not speaks_for(self.scope, directory, office):
                raise OutOfScope("Your account does not answer for that office; who does may reply.", "office")
            number: int = connection.execute(select(func.coalesce(func.max(signal_reply.c.id), 0) + 1)).scalar_one()
            entered = {"entered_at": utc_now(), "entered_by": self.scope.account}
            connection.execute(
                insert(signal_reply).values(id=number, office_id=key, signal=signal, text=said, **entered)
            )
            detail = {"office": office, "signal": signal}
            write(connection, Entry("signal-replied", self.scope.account, str(number), detail))
        return number

    def withdraw(self, number: int) -> None:
        """A reply holds no longer; only who wrote it withdraws it."""
        self.scope.demand(RECORDS, WHAT)
        with self.database.clerk() as connection:
            row = connection.execute(select(signal_reply).where(signal_reply.c.id == number)).one_or_none()
            if row is None or row.withdrawn_at is not None:
                raise RecordProblem("There is no such reply any more; look at the list again.")
            if not self.may_withdraw(row):
                raise OutOfScope("Your account withdraws what it has entered itself, and nothing else.")
            connection.execute(update(signal_reply).where(signal_reply.c.id == number).values(withdrawn_at=utc_now()))
            write(connection, Entry("reply-withdrawn", self.scope.account, str(number)))

    def may_withdraw(self, row: Row[Any]) -> bool:
        """Whether the account wrote that reply, and it holds."""
        return bool(row.withdrawn_at is None and row.entered_by == self.scope.account)

    def entered(self) -> list[tuple[Row[Any], str]]:
        """All replies of offices that the account speaks for or may see, with the office's slug, the newest first."""
        self.scope.demand(RECORDS, WHAT)
        with self.database.snapshot() as connection:
            directory = self.database.directories.of_version(read_state(connection).edition, connection)
            rows = connection.execute(select(signal_reply).order_by(signal_reply.c.id.desc())).all()
        offices = directory.members["office"]
        named = [(row, offices[row.office_id].slug) for row in rows if row.office_id in offices]
        return [(row, slug) for row, slug in named if not self.scope.pinned or speaks_for(self.scope, directory, slug)]


def speaks_for(scope: Scope, directory: Directory, office: str) -> bool:
    """Whether the account is pinned to the office, or to what all of it lies in: who sees all answers for none."""
    own = directory.members["office"][directory.id_of("office", office)]
    lies_in = {"office": office, **directory.around("office", office)}
    if own.place is not None:
        district = directory.member("district", own.place)
        lies_in |= {"district": district.slug, "division": directory.division_of(district.id)}
    return bool(scope.pinned) and all(lies_in.get(pin) == slug for pin, slug in scope.pinned.items())
