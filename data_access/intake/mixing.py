"""Whether a database holds the sample or real data: rows of the one never join the other."""

from sqlalchemy import select

from data_access.database import Database, DatabaseProblem
from data_access.tables.system import dataset


def holds_sample(database: Database) -> bool:
    """Whether it is made for the sample, which invented rows alone may join; else real ones alone may."""
    return _kind_held(database) == "sample"


def refuse_mixing(database: Database, *, invented: bool) -> None:
    """Raise DatabaseProblem where real and invented rows would come together."""
    kind = _kind_held(database)
    if kind is None:
        raise DatabaseProblem("This database is empty; prepare it with: python -m data_access new")
    if kind == "sample" and not invented:
        raise DatabaseProblem(
            "This database holds the sample, which real data never join: name another one in DATABASE_URL and make it "
            "with: python -m data_access new. Rows that are invented may join with --invented."
        )
    if kind == "real" and invented:
        raise DatabaseProblem("This database holds real data, which invented rows never join; leave --invented out.")


def _kind_held(database: Database) -> str | None:
    """Sample or real; None for a database that nobody has made ready."""
    with database.snapshot() as connection:
        kind: str | None = connection.execute(select(dataset.c.kind)).scalar()
    return kind
