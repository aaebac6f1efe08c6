"""The register of actions: what an order says, who proposed and who approved it, and which complaints led to it.

Kinds are those of one list from now on. The table is made anew with its rows: DuckDB does not change the rows of a
table and its columns in one transaction.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TABLE = "accountability_action"
_BEFORE = (
    ("id", sa.Integer(), False),
    ("government_id", sa.Integer(), False),
    ("office_id", sa.Integer(), True),
    ("post", sa.String(), False),
    ("kind", sa.String(), False),
    ("posts", sa.Integer(), False),
    ("acted_on", sa.Date(), False),
    ("reason", sa.String(), True),
    ("source", sa.String(), False),
)
_ADDED = (
    ("authority", sa.String(), True),
    ("order_number", sa.String(), True),
    ("reply_due", sa.Date(), True),
    ("outcome", sa.String(), True),
    ("state", sa.String(), True),
    ("referral_id", sa.Integer(), True),
    ("proposed_by", sa.String(), True),
    ("proposed_at", sa.DateTime(), True),
    ("decided_by", sa.String(), True),
    ("decided_at", sa.DateTime(), True),
    ("decision_note", sa.String(), True),
    ("steps", sa.Integer(), True),
)
_CALLED = {
    "show-caused": "show-cause",
    "warned": "warning",
    "officer on special duty": "osd",
    "explanation called": "explanation",
}
"""What kinds were called before there was a list of them."""


def upgrade() -> None:
    _anew((*_BEFORE, *_ADDED), _CALLED)
    op.create_table(
        "action_complaint",
        sa.Column("action_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("complaint_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("action_id", "complaint_id", name=op.f("pk_action_complaint")),
    )


def downgrade() -> None:
    op.drop_table("action_complaint")
    _anew(_BEFORE, {new: old for old, new in _CALLED.items()})


def _anew(columns: tuple[tuple[str, Any, bool], ...], called: dict[str, str]) -> None:
    """The table with these columns, and the rows it had, their kinds by the new names."""
    connection = op.get_bind()
    plain = sa.table(_TABLE, *(sa.column(name, kind) for name, kind, _ in _BEFORE))
    rows = [dict(row._mapping) for row in connection.execute(sa.select(plain).order_by(plain.c.id))]
    op.drop_table(_TABLE)
    op.create_table(
        _TABLE,
        *(sa.Column(name, kind, autoincrement=False, nullable=nullable) for name, kind, nullable in columns),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountability_action")),
    )
    if rows:
        connection.execute(sa.insert(plain), [{**row, "kind": called.get(row["kind"], row["kind"])} for row in rows])
