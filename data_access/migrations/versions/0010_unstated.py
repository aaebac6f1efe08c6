"""Closings of which the data do not say how they ended: counted in both flows. Until now there was none."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_ADDED = ("unstated", "undone_unstated")


def upgrade() -> None:
    for table in ("flow", "cohort_flow"):
        for name in _ADDED:
            # In two steps: DuckDB adds no column that has a constraint.
            op.add_column(table, sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=True))
            op.alter_column(table, name, nullable=False)


def downgrade() -> None:
    for table in ("flow", "cohort_flow"):
        for name in _ADDED:
            op.drop_column(table, name)
