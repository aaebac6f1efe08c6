"""Briefings: the scope that each was frozen under, what one must be able to do to see it, and who cleared it.

Nothing could write a briefing before, so the table is made anew; backwards, what the older table has no place for goes.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_FIRST = (
    ("id", sa.Integer(), False),
    ("title", sa.String(), False),
    ("as_of", sa.Date(), False),
    ("made_at", sa.DateTime(), False),
    ("made_by", sa.String(), False),
    ("state", sa.String(), False),
    ("data_version", sa.BigInteger(), False),
    ("content", sa.String(), False),
    ("digest", sa.String(), False),
)
_MORE = (
    ("seal", sa.String(), False),
    ("pinned", sa.String(), False),
    ("needs", sa.String(), False),
    ("cleared_by", sa.String(), True),
    ("cleared_at", sa.DateTime(), True),
    ("withdrawn_at", sa.DateTime(), True),
)


def upgrade() -> None:
    op.drop_table("briefing")
    _make((*_FIRST, *_MORE))


def downgrade() -> None:
    table = sa.table("briefing", *(sa.column(name, kind) for name, kind, _ in _FIRST))
    rows = [dict(row._mapping) for row in op.get_bind().execute(sa.select(table))]
    op.drop_table("briefing")
    _make(_FIRST)
    for row in rows:
        op.get_bind().execute(sa.insert(table).values(**row))


def _make(columns: tuple[tuple[str, Any, bool], ...]) -> None:
    op.create_table(
        "briefing",
        *(sa.Column(name, kind, autoincrement=False, nullable=nullable) for name, kind, nullable in columns),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
    )
