"""Who entered a review day or a commitment: he or she may withdraw it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for table in ("review", "commitment"):
        op.add_column(table, sa.Column("entered_by", sa.String(), nullable=True))


def downgrade() -> None:
    for table in ("review", "commitment"):
        op.drop_column(table, "entered_by")
