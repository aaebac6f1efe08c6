"""How old complaints were when they came to where they are: an index, so that the few that came late are found."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_assignment_days_before", "assignment", [sa.text("(opened_on - received_on)")])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_assignment_days_before", "assignment")
