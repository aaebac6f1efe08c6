"""What the software keeps about its own data: batches, rejects, versions, restatements."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, String, Table

from data_access.tables.base import metadata

# One row: says whether this database holds the sample or real data. They never share one.
dataset = Table(
    "dataset",
    metadata,
    Column("kind", String, primary_key=True),  # sample | real
    Column("label", String, nullable=False),  # shown on every page and file; empty for real data
    Column("made_at", DateTime, nullable=False),
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("source", String, nullable=False),
    Column("landed_at", DateTime, nullable=False),
    Column("read", BigInteger, nullable=False),  # accepted + rejected + unchanged
    Column("accepted", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    Column("unchanged", BigInteger, nullable=False),
)

import_reject = Table(
    "import_reject",
    metadata,
    Column("batch_id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("file", String, nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("column", String, nullable=False),
    Column("value", String),
    Column("reason", String, nullable=False),
)

# One row per batch that landed. The newest row says what every figure stands on.
data_version = Table(
    "data_version",
    metadata,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("batch_id", Integer, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("first_day", Date),  # of the first complaint received; null while there is none
    Column("newest_day", Date),  # of the newest event
)

# One row: a batch changed figures of a day that lay before the newest day when it landed.
restatement = Table(
    "restatement",
    metadata,
    Column("batch_id", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("events", BigInteger, nullable=False),
)

# What administrators choose while servers run, for all of them; what is not here is as it was made.
setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
