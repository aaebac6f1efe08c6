"""What the software keeps about its own data: batches, rejects, versions, restatements."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, String, Table

from data_access.tables.base import metadata

# One row: says whether this database holds the sample or real data. They never share one.
dataset = Table(
    "dataset",
    metadata,
    Column("kind", String, primary_key=True),  # sample | real
    Column("label", String, nullable=False),  # shown on every page and file; empty for real data
    Column("made_at", DateTime, nullable=False),
    Column("place", String),  # where all governments together are; null: Pakistan
    Column("source", String),  # what the complaints were registered in; null: the Pakistan Citizen Portal
    Column("identity", String),  # whose versions these are: by chance, another one from each restoring on (identity.py)
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("source", String, nullable=False),
    Column("landed_at", DateTime, nullable=False),
    Column("read", BigInteger, nullable=False),  # accepted + rejected + waiting + unchanged
    Column("accepted", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    Column("unchanged", BigInteger, nullable=False),
    Column("waiting", BigInteger),  # events of complaints not known yet; null: counted as accepted, once
    Column("undoes", Integer),  # the batch that was rolled back; null: rows came in
    Column("undoable", Boolean),  # whether what it replaced was put aside, until the next batch lands
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
    Column("original", String),  # the row as it stood in the file
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

# One row: how many events of a batch lie on a day before the newest day that the data had when it landed.
restatement = Table(
    "restatement",
    metadata,
    Column("batch_id", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("events", BigInteger, nullable=False),
    Column("measured", Boolean, nullable=False),  # whether restated_figure says by how much; not of old batches
)

# One row: by how much a batch changed what had been told of such a day and a government, with events on it or without.
restated_figure = Table(
    "restated_figure",
    metadata,
    Column("batch_id", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("government_id", Integer, primary_key=True, autoincrement=False),
    Column("filed", BigInteger, nullable=False),
    Column("moved_in", BigInteger, nullable=False),  # from another government
    Column("moved_out", BigInteger, nullable=False),  # to another government
    Column("transfers", BigInteger, nullable=False),  # from an office to any other
    Column("reopened", BigInteger, nullable=False),
    Column("closings", BigInteger, nullable=False),
    Column("answers", BigInteger, nullable=False),
    Column("pending", BigInteger, nullable=False),  # at the end of the day, and of the days until the next row
    Column("described", BigInteger, nullable=False),  # complaints received on the day that are described anew
)

# What administrators choose while servers run, for all of them; what is not here is as it was made.
setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
