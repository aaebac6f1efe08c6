"""Rows as exports tell them, rejects with the original row, and what the newest batch replaced."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ADDED: tuple[tuple[str, sa.Column[Any]], ...] = (
    ("complaint", sa.Column("told_at", sa.DateTime(), nullable=True)),
    ("event", sa.Column("by_case", sa.Boolean(), nullable=True)),
    ("import_reject", sa.Column("original", sa.String(), nullable=True)),
    ("import_batch", sa.Column("waiting", sa.BigInteger(), nullable=True)),
    ("import_batch", sa.Column("undoes", sa.Integer(), nullable=True)),
    ("import_batch", sa.Column("undoable", sa.Boolean(), nullable=True)),
)


def upgrade() -> None:
    for table, column in _ADDED:
        op.add_column(table, column)
    op.create_table(
        "was_citizen",
        sa.Column("by_batch", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("home_id", sa.Integer(), nullable=True),
        sa.Column("residency", sa.String(), nullable=True),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("special_person", sa.Boolean(), nullable=True),
        sa.Column("existed", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "was_complaint",
        sa.Column("by_batch", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("citizen_id", sa.BigInteger(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("existed", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "was_event",
        sa.Column("by_batch", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("by_case", sa.Boolean(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=False),
    )
    op.create_table(
        "was_reference",
        sa.Column("by_batch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("by_batch", "number", name=op.f("pk_was_reference")),
    )


def downgrade() -> None:
    for table in ("was_reference", "was_event", "was_complaint", "was_citizen"):
        op.drop_table(table)
    for table, column in reversed(_ADDED):
        op.drop_column(table, column.name)
