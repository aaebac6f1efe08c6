"""The daily flow: how much each count changed on each day. Sums over it answer as fast at any size.

Rows may lie after the newest data day: a complaint that is open today becomes overdue, or older than a limit, on a day
that is known already. Derived from `assignment` alone; `data_access.intake` writes it, questions read it.
"""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Column, Date, Index, Integer, String, Table, text

from data_access.measures import MEASURES, UNSTATED
from data_access.tables.base import metadata

_LATER: Final = (UNSTATED, f"undone_{UNSTATED}")
"""Measures that the first schema did not have: a database that grew has them behind all others, so every one does."""


def _counts(names: Iterable[str]) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names if name not in _LATER]


def _later_counts() -> list[Column[int]]:
    return [Column(name, Integer, nullable=False, server_default=text("0")) for name in _LATER]


# One row: a day, a government and one member of ONE dimension. member_id is the id in that dimension's table;
# 0 stands for complaints that are not placed in a district.
flow = Table(
    "flow",
    metadata,
    Column("dimension", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("government_id", Integer, nullable=False),
    Column("member_id", Integer, nullable=False),
    *_counts(MEASURES),
    *_later_counts(),
)

# One row: a day, a day of receipt, a government and the lag (days from receipt) of the closings made or undone;
# lag is -1 on rows for whatever else happened.
cohort_flow = Table(
    "cohort_flow",
    metadata,
    Column("day", Date, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("government_id", Integer, nullable=False),
    Column("lag", Integer, nullable=False),
    *_counts(MEASURES),
    # Sums of the counts above, kept because survival curves ask for these two alone, in the scan that costs the most.
    Column("resolved", Integer, nullable=False),
    Column("pending", Integer, nullable=False),
    *_later_counts(),
)

ROW_STORE_INDEXES = (
    Index(
        "uq_flow_dimension_government_id_member_id_day",
        flow.c.dimension,
        flow.c.government_id,
        flow.c.member_id,
        flow.c.day,
        unique=True,
    ),
    Index(
        "uq_cohort_flow_government_id_received_on_day_lag",
        cohort_flow.c.government_id,
        cohort_flow.c.received_on,
        cohort_flow.c.day,
        cohort_flow.c.lag,
        unique=True,
    ),
)
