"""Sessions that end before their time: one of them, or all that an account has anywhere."""

from sqlalchemy import Connection, delete, insert, select, update

from data_access.accounts.audit import Entry, write
from data_access.database import Database
from data_access.tables.accounts import account, ended_session


def end_session(database: Database, mark: str, until: int, now: float) -> None:
    """Note that the session of this mark has ended; by `until` (seconds since 1970) its limits would have ended it.

    A copy of its cookie, or a reply that was on its way, then brings nothing back: on no server, after no restart.
    """
    with database.clerk() as connection:
        connection.execute(delete(ended_session).where(ended_session.c.until <= now))
        held = connection.execute(select(ended_session.c.mark).where(ended_session.c.mark == mark)).first()
        if held is None and until > now:
            connection.execute(insert(ended_session).values(mark=mark, until=until))


def end_all_sessions(connection: Connection, username: str, by: str | None) -> None:
    """End every session and every remembered password of the account at its next request; in the clerk's transaction.

    `by` is the account that wants it; None: whoever sits at the command line.
    """
    connection.execute(update(account).where(account.c.username == username).values(epoch=account.c.epoch + 1))
    write(connection, Entry("sessions-ended", by, username))
