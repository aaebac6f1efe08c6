"""What the newest batch replaced, so that it can be rolled back. Older batches leave nothing here.

Rows of `was_citizen`, `was_complaint` and `was_conduct_flag` that did not exist before have their id and nothing else.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table

from data_access.tables.base import metadata
from data_access.tables.facts import citizen, complaint, event
from data_access.tables.records import conduct_flag


def _was(table: Table, key: frozenset[str], into: MetaData, *more: Column[Any]) -> Table:
    """The columns of a table as they were before a batch; only those of the key are always there."""
    columns: list[Column[Any]] = [
        Column(column.name, column.type, nullable=column.name not in key)
        for column in table.columns
        if column.name != "batch_id"
    ]
    return Table(f"was_{table.name}", into, Column("by_batch", Integer, nullable=False), *columns, *more)


was_citizen = _was(citizen, frozenset({"id"}), metadata, Column("existed", Boolean, nullable=False))
was_complaint = _was(complaint, frozenset({"id"}), metadata, Column("existed", Boolean, nullable=False))
was_conduct_flag = _was(conduct_flag, frozenset({"id"}), metadata, Column("existed", Boolean, nullable=False))
was_event = _was(event, frozenset({"complaint_id", "hash"}), metadata, Column("batch_id", Integer, nullable=False))

# One row per reference row that the batch made or changed, in the order in which it did.
was_reference = Table(
    "was_reference",
    metadata,
    Column("by_batch", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("table_name", String, nullable=False),
    Column("key", String, nullable=False),  # JSON: the columns that tell the row, and what is in them
    Column("before", String),  # JSON: the row as it was; null: there was none
)
