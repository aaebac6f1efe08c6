"""Whether a database holds the sample or real data: rows of the one never join the other."""

from sqlalchemy import select

from data_access.database import Database
from data_access.tables.system import dataset


def holds_sample(database: Database) -> bool:
    """Whether it is made for the sample, which invented rows alone may join; else real ones alone may."""
    with database.snapshot() as connection:
        return bool(connection.execute(select(dataset.c.kind)).scalar() == "sample")
