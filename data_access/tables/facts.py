"""What citizens filed and what happened to it: large tables, no foreign keys, no index beyond need.

`complaint`, `event` and `assignment` belong together by complaint id, which never changes, so that they can be
distributed by it. Days are days of Asia/Karachi; times are its wall-clock time.
"""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Index, Integer, SmallInteger, String, Table

from data_access.tables.base import metadata

citizen = Table(
    "citizen",
    metadata,
    Column("id", BigInteger, nullable=False),  # a pseudonym
    Column("registered_on", Date, nullable=False),
    Column("home_id", Integer),  # the government whose territory is home; null: unknown or abroad
    Column("residency", String, nullable=False),
    Column("gender", String, nullable=False),
    Column("special_person", Boolean, nullable=False),
)

complaint = Table(
    "complaint",
    metadata,
    Column("id", BigInteger, nullable=False),
    Column("citizen_id", BigInteger),  # null: not known
    Column("category_id", Integer, nullable=False),
    Column("district_id", Integer),  # where it is about; null: not placed
    Column("channel", String, nullable=False),
    Column("received_at", DateTime, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("subject", String),  # short, no personal data
    Column("told_at", DateTime),  # when an export told of it, where it says so: an older one changes nothing
)

event = Table(
    "event",
    metadata,
    Column("complaint_id", BigInteger, nullable=False),
    Column("hash", BigInteger, nullable=False),  # of all that the row says: the same event twice is one event
    Column("happened_at", DateTime, nullable=False),
    Column("kind", String, nullable=False),
    Column("office_id", Integer),
    Column("outcome", String),
    Column("satisfied", Boolean),
    Column("batch_id", Integer, nullable=False),
    Column("by_case", Boolean),  # true: only an export's row says so, and a later row of the complaint may take it back
)

# The ledger. One row for each stay of a complaint at one office, from the day it arrived to the day it left.
assignment = Table(
    "assignment",
    metadata,
    Column("complaint_id", BigInteger, nullable=False),
    Column("seq", SmallInteger, nullable=False),  # 1, 2, … in the order of the stays
    Column("office_id", Integer, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("opened_by", String, nullable=False),
    Column("closed_on", Date),
    Column("outcome", String),  # null while open
    Column("reopened_on", Date),  # on the row whose closing was undone
    Column("feedback_on", Date),  # one answer per closing: the first
    Column("satisfied", Boolean),
    Column("from_office_id", Integer),  # where it came from, when opened by a transfer
    Column("to_office_id", Integer),  # where it went, when ended by a transfer
    # Copied in, so that one scan answers without joins.
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("government_id", Integer, nullable=False),
    Column("department_id", Integer, nullable=False),
    Column("district_id", Integer),
    Column("category_id", Integer, nullable=False),
    Column("channel", String, nullable=False),
    Column("residency", String, nullable=False),
    Column("gender", String, nullable=False),
)

# DuckDB answers from column scans; these serve the row stores only (see migrations).
ROW_STORE_INDEXES = (
    Index("uq_citizen_id", citizen.c.id, unique=True),
    Index("uq_complaint_id", complaint.c.id, unique=True),
    Index("uq_event_complaint_id_hash", event.c.complaint_id, event.c.hash, unique=True),
    Index("uq_assignment_complaint_id_seq", assignment.c.complaint_id, assignment.c.seq, unique=True),
    # What came late is one stay in a thousand; without the index nobody knows that, and all are read, twice.
    Index("ix_assignment_days_before", assignment.c.opened_on - assignment.c.received_on),
)
