"""What PostgreSQL knows of the tables when it plans a question: gathered at once where much has come in.

It gathers by itself too, minutes later; until then it would take full tables for empty ones. DuckDB keeps its own with
the rows.
"""

import logging
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from data_access.database import Database
from data_access.tables.every import metadata

log = logging.getLogger("jawabdeh")

MUCH: Final = 50_000
"""Rows of a batch from which on it is worth while."""
_PATIENCE: Final = text("SET LOCAL lock_timeout = '3s'")  # it may be gathering by itself just now
_GATHER: Final = text(f"ANALYZE {', '.join(sorted(metadata.tables))}")


def gather(database: Database) -> None:
    """Gather, after what came in was committed. Where that fails the log says so: questions are slow for a while."""
    try:
        with database.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(_PATIENCE)
            gather_in(connection)
    except SQLAlchemyError as error:
        log.warning("statistics of the tables could not be gathered: %s", type(error).__name__)


def gather_in(connection: Connection) -> None:
    """The same in a transaction that is open, and raise what fails."""
    if connection.dialect.name == "postgresql":
        connection.execute(_GATHER)
