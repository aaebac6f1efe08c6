"""Whose versions these are: an identity by chance, so that nobody takes another database's for them."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("dataset", sa.Column("identity", sa.String(), nullable=True))
    dataset = sa.table("dataset", sa.column("identity"))
    op.execute(sa.update(dataset).values(identity=secrets.token_hex(8)))


def downgrade() -> None:
    op.drop_column("dataset", "identity")
