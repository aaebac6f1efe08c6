"""What people decided and said about the figures: actions, flags, reviews, promises, initiatives, announcements."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Float, Integer, String, Table

from data_access.tables.base import metadata

accountability_action = Table(
    "accountability_action",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("government_id", Integer, nullable=False),
    Column("office_id", Integer),  # null: the source names a kind of post, not one office
    Column("post", String, nullable=False),  # the designation acted against, never a person
    Column("kind", String, nullable=False),  # one of data_access.actions.kinds
    Column("posts", Integer, nullable=False),  # how many posts of this designation
    Column("acted_on", Date, nullable=False),  # the day of the order
    Column("reason", String),
    Column("source", String, nullable=False),
    Column("authority", String),  # the post that gave the order
    Column("order_number", String),
    Column("reply_due", Date),  # the day by which the post answers
    Column("outcome", String),  # what came of it
    Column("state", String),  # null: it came with the data, and holds
    Column("referral_id", Integer),  # the case that it answers, a row of this table
    Column("proposed_by", String),  # the account; of a case that is referred, who referred it
    Column("proposed_at", DateTime),  # UTC
    Column("decided_by", String),  # the account that approved, declined or withdrew it
    Column("decided_at", DateTime),  # UTC
    Column("decision_note", String),
    Column("steps", Integer),  # how often it was written; null: it came with the data
)

action_complaint = Table(
    "action_complaint",
    metadata,
    Column("action_id", Integer, primary_key=True, autoincrement=False),
    Column("complaint_id", BigInteger, primary_key=True, autoincrement=False),  # one of those that led to the action
)

conduct_flag = Table(
    "conduct_flag",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("citizen_id", BigInteger, nullable=False),
    Column("complaint_id", BigInteger),
    Column("office_id", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("flagged_on", Date, nullable=False),
    Column("reviewed_on", Date),
    Column("upheld", Boolean),
    Column("appeal", String),  # lodged | allowed | rejected; null: none
    Column("appeal_decided_on", Date),  # null: not decided, or not told when
)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("kind", String, nullable=False),
    Column("government_id", Integer),  # null: all governments
    Column("entered_at", DateTime),  # UTC; null: it came with the data
    Column("withdrawn_at", DateTime),  # UTC; null: it holds. A mistake is withdrawn, never changed
    Column("entered_by", String),  # the account
)

commitment = Table(
    "commitment",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("holder_id", Integer, nullable=False),  # the government that promised, for all of it or for one part:
    Column("metric", String, nullable=False),
    Column("value", Float, nullable=False),
    Column("due_by", Date, nullable=False),
    Column("set_on", Date, nullable=False),
    Column("source", String, nullable=False),
    Column("district_id", Integer),  # what it holds in this district,
    Column("department_id", Integer),  # or this department of it,
    Column("office_id", Integer),  # or this office
    Column("entered_at", DateTime),  # UTC; null: it came with the data
    Column("withdrawn_at", DateTime),  # UTC; null: it holds. A mistake is withdrawn, never changed
    Column("entered_by", String),  # the account
)

initiative = Table(
    "initiative",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", String, nullable=False),
    Column("title", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("summary", String, nullable=False),
    Column("source", String, nullable=False),
    Column("kind", String, nullable=False),  # policy | campaign: one that made the portal known
    Column("entered_at", DateTime),  # UTC; null: it came with the data
    Column("entered_by", String),  # the account
    Column("withdrawn_at", DateTime),  # UTC; null: it holds
    Column("steps", Integer),  # how often it was written; null: it is as it came with the data
)

initiative_category = Table(
    "initiative_category",
    metadata,
    Column("initiative_id", Integer, primary_key=True, autoincrement=False),
    Column("category_id", Integer, primary_key=True, autoincrement=False),  # one of those that it answers
)

success_story = Table(
    "success_story",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("category_id", Integer),
    Column("district_id", Integer),
    Column("complaint_id", BigInteger),
    Column("told_on", Date, nullable=False),
    Column("summary", String, nullable=False),
    Column("source", String, nullable=False),
    Column("entered_at", DateTime),  # UTC; null: it came with the data
    Column("entered_by", String),  # the account
    Column("withdrawn_at", DateTime),  # UTC; null: it holds
    Column("steps", Integer),  # how often it was written; null: it is as it came with the data
)

announcement = Table(
    "announcement",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("announced_on", Date, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("source", String, nullable=False),
    Column("metric", String, nullable=False),
    Column("government_id", Integer),  # null: the nation
    Column("value", Float, nullable=False),
    Column("note", String),
    Column("entered_at", DateTime),  # UTC; null: it came with the data
    Column("entered_by", String),  # the account
    Column("withdrawn_at", DateTime),  # UTC; null: it holds. A mistake is withdrawn, never changed
)

briefing = Table(
    "briefing",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("title", String, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("made_by", String, nullable=False),
    Column("state", String, nullable=False),
    Column("data_version", BigInteger, nullable=False),
    Column("content", String, nullable=False),  # JSON: filters, panels, figures, definitions, notes
    Column("digest", String, nullable=False),  # SHA-256 over the figures
    Column("seal", String, nullable=False),  # SHA-256 over the content as it stands
    Column("pinned", String, nullable=False),  # JSON: what the account was held to that made it
    Column("needs", String, nullable=False),  # abilities without which it is not seen, with spaces between
    Column("cleared_by", String),
    Column("cleared_at", DateTime),
    Column("withdrawn_at", DateTime),
)
