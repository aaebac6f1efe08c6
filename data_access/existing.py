"""The database that a server works on: it is there already, and of this version."""

from sqlalchemy.exc import DBAPIError

from data_access.database import Database, DatabaseProblem, file_of, open_database
from data_access.reader import read_state
from data_access.schema import is_current


def open_existing(url: str, query_seconds: int | None = None, read_url: str = "") -> Database:
    """The database at this address, which answers in so many seconds or not at all; figures come from `read_url`.

    Raises DatabaseProblem when there is none or it cannot be read.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        raise DatabaseProblem(f"There is no database at {file}; make one with: python -m data_access sample")
    database = open_database(url, query_seconds=query_seconds, read_url=read_url)
    try:
        with database.snapshot() as connection:
            read_state(connection)
        current = is_current(database)
    except DBAPIError as error:
        database.close()
        raise DatabaseProblem(
            f"The database {file or 'in DATABASE_URL'} is empty or of another version; "
            "make its tables with: python -m data_access new"
        ) from error
    if not current:
        database.close()
        raise DatabaseProblem(
            f"The database {file or 'in DATABASE_URL'} is of another version; "
            "bring it to this one with: python -m data_access ensure"
        )
    return database
