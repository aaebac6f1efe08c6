"""The database that commands work on: the one that the environment names."""

import os

from data_access.database import DEFAULT_URL, READ_THERE, Database, DatabaseProblem, file_of, open_database
from data_access.schema import is_current, is_made


def url() -> str:
    """The address of the database, from the environment."""
    return os.environ.get("DATABASE_URL") or DEFAULT_URL


def opened(instead: str = READ_THERE) -> Database:
    """The database, which is there. Raises DatabaseProblem (see `open_database`)."""
    file = file_of(url())
    if file is not None and not file.exists():
        raise DatabaseProblem(f"There is no database {file}; make one with: python -m data_access new")
    return open_database(url(), instead)


def prepared(instead: str = READ_THERE) -> Database:
    """The database, in which the tables must be."""
    database = opened(instead)
    if not is_current(database):
        made = is_made(database)
        database.close()
        what = "of another version; bring it to this one" if made else "empty; prepare it"
        raise DatabaseProblem(f"This database is {what} with: python -m data_access {'ensure' if made else 'new'}")
    return database
