"""Accounts with pins, second factors, keys and single sign-on; an audit log that is chained."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _accounts()
    _audit()
    op.create_table(
        "api_token",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("abilities", sa.String(), nullable=False),
        sa.Column("pinned", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
    )
    op.create_table(
        "ended_session",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_ended_session")),
    )


def _accounts() -> None:
    """The table is made anew with its rows: not every engine can drop a column, or make one nullable."""
    connection = op.get_bind()
    old = connection.execute(
        sa.text(
            "SELECT username, password_hash, role, demo, disabled, government.slug FROM account "
            "LEFT JOIN government ON government.id = account.government_id"
        )
    ).all()
    op.drop_table("account")
    op.create_table(
        "account",
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("pinned", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("second_factor", sa.String(), nullable=True),
        sa.Column("second_factor_step", sa.BigInteger(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_account")),
    )
    for row in old:
        connection.execute(
            sa.text(
                "INSERT INTO account (username, password_hash, role, pinned, demo, disabled, epoch, made_at) "
                "VALUES (:username, :password_hash, :role, :pinned, :demo, :disabled, 1, :made_at)"
            ),
            {
                "username": row.username,
                "password_hash": row.password_hash,
                "role": row.role,
                "pinned": f"government={row.slug}" if row.slug else "",
                "demo": row.demo,
                # Without its pin it would see everything.
                "disabled": row.disabled or (row.role == "chief_secretary" and not row.slug),
                "made_at": datetime.now(UTC).replace(tzinfo=None),
            },
        )


def _audit() -> None:
    """Nothing was ever written to the log of the first schema."""
    op.drop_table("audit_entry")
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_table(
        "audit_head",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_audit_head")),
    )


def downgrade() -> None:
    raise NotImplementedError("Accounts of the new kind do not fit the old table; go back to a copy of the database.")
