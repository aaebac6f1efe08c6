"""What people answer to signals, and what citizens say when they are called back about closings drawn by lot."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, String, Table

from data_access.tables.base import metadata

# What an office says to a signal about it. Append-only: a mistake is withdrawn, never changed; the newest counts.
signal_reply = Table(
    "signal_reply",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("office_id", Integer, nullable=False),
    Column("signal", String, nullable=False),  # one of data_access.signals
    Column("text", String, nullable=False),
    Column("entered_at", DateTime, nullable=False),  # UTC
    Column("entered_by", String, nullable=False),  # the account
    Column("withdrawn_at", DateTime),  # UTC; null: it holds
)

# One row: closings drawn by lot. With these values the same data give the same draw.
audit_draw = Table(
    "audit_draw",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seed", BigInteger, nullable=False),
    Column("size", Integer, nullable=False),  # as it was asked for; each stratum has one at least
    Column("as_of", Date, nullable=False),  # the closings stood at the end of this day,
    Column("from_on", Date, nullable=False),  # and were made from this day
    Column("to_on", Date, nullable=False),  # to this one
    Column("government_id", Integer),  # null: of all governments
    Column("drawn_by", String, nullable=False),  # the account
    Column("drawn_at", DateTime, nullable=False),  # UTC
    Column("data_version", BigInteger, nullable=False),
)

# One row: a closing that was drawn. Its stratum is a government and an outcome.
audit_call = Table(
    "audit_call",
    metadata,
    Column("draw_id", Integer, primary_key=True, autoincrement=False),
    Column("complaint_id", BigInteger, primary_key=True, autoincrement=False),
    Column("office_id", Integer, nullable=False),  # which closed it
    Column("government_id", Integer, nullable=False),
    Column("outcome", String, nullable=False),
    Column("closed_on", Date, nullable=False),
    Column("population", BigInteger, nullable=False),  # closings in the stratum
    Column("sampled", Integer, nullable=False),  # of which so many were drawn
    Column("result", String),  # confirmed | denied | unreachable; null: not called yet
    Column("entered_by", String),  # the account
    Column("entered_at", DateTime),  # UTC
)
