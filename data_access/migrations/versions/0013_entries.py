"""Initiatives answer several categories or are campaigns; people enter them, stories and announcements, and withdraw.

The tables are made anew with their rows: DuckDB does not change the rows of a table and its columns in one transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

Columns = Sequence[tuple[str, Any, bool]]
"""Name, type, and whether it may be null."""
_INITIATIVE: Columns = (
    ("id", sa.Integer(), False),
    ("slug", sa.String(), False),
    ("title", sa.String(), False),
    ("owner", sa.String(), False),
    ("started_on", sa.Date(), False),
    ("summary", sa.String(), False),
    ("source", sa.String(), False),
)
_STORY: Columns = (
    ("id", sa.Integer(), False),
    ("slug", sa.String(), False),
    ("kind", sa.String(), False),
    ("title", sa.String(), False),
    ("category_id", sa.Integer(), True),
    ("district_id", sa.Integer(), True),
    ("complaint_id", sa.BigInteger(), True),
    ("told_on", sa.Date(), False),
    ("summary", sa.String(), False),
    ("source", sa.String(), False),
)
_ANNOUNCEMENT: Columns = (
    ("id", sa.Integer(), False),
    ("announced_on", sa.Date(), False),
    ("as_of", sa.Date(), False),
    ("source", sa.String(), False),
    ("metric", sa.String(), False),
    ("government_id", sa.Integer(), True),
    ("value", sa.Float(), False),
    ("note", sa.String(), True),
)
_CATEGORY: Columns = (("category_id", sa.Integer(), True),)
_KIND: Columns = (("kind", sa.String(), False),)
_ENTERED: Columns = (
    ("entered_at", sa.DateTime(), True),
    ("entered_by", sa.String(), True),
    ("withdrawn_at", sa.DateTime(), True),
)
_STEPS: Columns = (("steps", sa.Integer(), True),)
_OTHERS = (("success_story", _STORY, (*_ENTERED, *_STEPS)), ("announcement", _ANNOUNCEMENT, _ENTERED))


def upgrade() -> None:
    old = _rows("initiative", (*_INITIATIVE, *_CATEGORY))
    answered = [{"initiative_id": row["id"], "category_id": row.pop("category_id")} for row in old]
    _anew("initiative", (*_INITIATIVE, *_KIND, *_ENTERED, *_STEPS), [{**row, "kind": "policy"} for row in old])
    op.create_table(
        "initiative_category",
        sa.Column("initiative_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("initiative_id", "category_id", name=op.f("pk_initiative_category")),
    )
    _fill("initiative_category", [row for row in answered if row["category_id"] is not None])
    for table, before, added in _OTHERS:
        _anew(table, (*before, *added), _rows(table, before))


def downgrade() -> None:
    """What was withdrawn does not come back; of several categories the first stays, and a campaign is an initiative."""
    first: dict[int, int] = {}
    pairs = _rows("initiative_category", (("initiative_id", sa.Integer(), False), *_CATEGORY))
    for pair in sorted(pairs, key=lambda one: (one["initiative_id"], one["category_id"])):
        first.setdefault(pair["initiative_id"], pair["category_id"])
    op.drop_table("initiative_category")
    kept = _standing("initiative", _INITIATIVE)
    _anew("initiative", (*_INITIATIVE, *_CATEGORY), [{**row, "category_id": first.get(row["id"])} for row in kept])
    for table, before, _ in _OTHERS:
        _anew(table, before, _standing(table, before))


def _rows(table: str, columns: Columns) -> list[dict[str, Any]]:
    plain = sa.table(table, *(sa.column(name, kind) for name, kind, _ in columns))
    return [dict(row._mapping) for row in op.get_bind().execute(sa.select(plain))]


def _standing(table: str, columns: Columns) -> list[dict[str, Any]]:
    """Without those that were withdrawn."""
    withdrawn = ("withdrawn_at", sa.DateTime(), True)
    return [row for row in _rows(table, (*columns, withdrawn)) if row.pop("withdrawn_at") is None]


def _anew(table: str, columns: Columns, rows: Sequence[Mapping[str, Any]]) -> None:
    """The table with these columns and rows."""
    op.drop_table(table)
    op.create_table(
        table,
        *(sa.Column(name, kind, autoincrement=False, nullable=nullable) for name, kind, nullable in columns),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    _fill(table, rows, {name: kind for name, kind, _ in columns})


def _fill(table: str, rows: Iterable[Mapping[str, Any]], kinds: Mapping[str, Any] | None = None) -> None:
    for row in rows:
        plain = sa.table(table, *(sa.column(name, (kinds or {}).get(name)) for name in row))
        op.get_bind().execute(sa.insert(plain).values(**row))
