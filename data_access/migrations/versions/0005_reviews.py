"""Review days and commitments that people enter, for parts of a government too, and withdraw again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ADDED = (
    ("review", "entered_at", sa.DateTime()),
    ("review", "withdrawn_at", sa.DateTime()),
    ("commitment", "district_id", sa.Integer()),
    ("commitment", "department_id", sa.Integer()),
    ("commitment", "office_id", sa.Integer()),
    ("commitment", "entered_at", sa.DateTime()),
    ("commitment", "withdrawn_at", sa.DateTime()),
)


def upgrade() -> None:
    for table, name, kind in _ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for table, name, _ in reversed(_ADDED):
        op.drop_column(table, name)
