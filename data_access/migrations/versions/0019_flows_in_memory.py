"""No index for survival curves: they come from memory, and the cohort flow is read whole, once per data version."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_cohort_flow_closed", "cohort_flow")
        op.drop_index("ix_cohort_flow_waiting", "cohort_flow")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.create_index(
        "ix_cohort_flow_closed",
        "cohort_flow",
        ["day", "government_id", "received_on", "lag"],
        postgresql_include=["resolved"],
        postgresql_where=sa.text("lag >= 0"),
    )
    op.create_index(
        "ix_cohort_flow_waiting",
        "cohort_flow",
        ["day", "government_id", "received_on"],
        postgresql_include=["pending"],
        postgresql_where=sa.text("pending <> 0"),
    )
