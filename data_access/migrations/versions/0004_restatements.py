"""By how much a batch changed the figures of earlier days, not only how many of its events lie there."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_COUNTS = ("filed", "moved_in", "moved_out", "transfers", "reopened", "closings", "answers", "pending", "described")


def upgrade() -> None:
    _restatements()
    op.create_table(
        "restated_figure",
        sa.Column("batch_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("government_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("batch_id", "day", "government_id", name=op.f("pk_restated_figure")),
    )


def _restatements() -> None:
    """The table is made anew with its rows: not every engine adds a column that must not be null."""
    connection = op.get_bind()
    old = connection.execute(sa.text("SELECT batch_id, day, events FROM restatement")).all()
    op.drop_table("restatement")
    op.create_table(
        "restatement",
        sa.Column("batch_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("measured", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "day", name=op.f("pk_restatement")),
    )
    insert = sa.text(
        "INSERT INTO restatement (batch_id, day, events, measured) VALUES (:batch_id, :day, :events, false)"
    )
    if old:
        connection.execute(insert, [dict(row._mapping) for row in old])


def downgrade() -> None:
    op.drop_table("restated_figure")
