"""The day on which an appeal against a flag was decided: from then on a flag counts no longer where it was allowed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("conduct_flag", sa.Column("appeal_decided_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("conduct_flag", "appeal_decided_on")
