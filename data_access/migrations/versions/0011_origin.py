"""Of which place the data are, and what they were registered in: null stands for Pakistan's."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for name in ("place", "source"):
        op.add_column("dataset", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    for name in ("place", "source"):
        op.drop_column("dataset", name)
