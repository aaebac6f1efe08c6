"""Who is ranked on a day, and how: by what, and not while no news of a government comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from sqlalchemy import case, func, select

from data_access.directory import Member
from data_access.measures import OUTCOMES
from data_access.reader import Snapshot
from data_access.tables.flow import flow

STALE_AFTER_DAYS: Final = 14
"""A government whose newest event lies longer ago is stale: its figures tell of that day, not of the one asked for."""


@dataclass(frozen=True)
class Standing:
    """How governments stand on a day, one value for each: `latest` a day or None, `rank` a whole number or None."""

    latest: np.ndarray
    stale: np.ndarray
    ranked: np.ndarray
    rank: np.ndarray


def standing(
    governments: Sequence[Member], day: date | None, latest: Mapping[int, date], counts: Mapping[str, np.ndarray]
) -> Standing:
    """The ranks by resolution rate at the end of the day, best first; equal rates share the better rank.

    `latest` are the days of the newest events until then, by id; `counts` hold received and resolved as of then. Not
    ranked: whose figures are not published, who received nothing, and the stale. Who has no event yet is not stale.
    """
    newest = np.array([latest.get(member.id) for member in governments], dtype=object)
    oldest = day - timedelta(days=STALE_AFTER_DAYS) if day else date.min
    stale = np.array([found is not None and found < oldest for found in newest], dtype=bool)
    received, resolved = counts["received"], counts["resolved"]
    published = np.array([member.ranked for member in governments], dtype=bool)
    ranked = published & (received > 0) & ~stale
    rates = np.divide(resolved, received, out=np.full(len(governments), np.nan), where=ranked)
    rank = [int((rates > rate).sum()) + 1 if own else None for rate, own in zip(rates, ranked, strict=True)]
    return Standing(newest, stale, ranked, np.array(rank, dtype=object))


def places_gained(now: Standing, before: Standing | None) -> np.ndarray:
    """Places gained, less than 0 where they were lost; None where a government is not ranked on both days."""
    earlier = before.rank if before else np.full(len(now.rank), None)
    pairs = zip(earlier, now.rank, strict=True)
    return np.array([None if None in pair else pair[0] - pair[1] for pair in pairs], dtype=object)


def latest_event_days(snapshot: Snapshot, days: Sequence[date]) -> list[dict[int, date]]:
    """For each of the days, by government id, the newest day until then on which anything happened there."""
    if not days:
        return []
    happened = sum((flow.c[name] + flow.c[f"undone_{name}"] for name in OUTCOMES), flow.c.stays + flow.c.answers)
    newest: list[Any] = [
        func.max(case((flow.c.day <= day, flow.c.day))).label(f"newest_{place}") for place, day in enumerate(days)
    ]
    statement = select(flow.c.government_id, *newest).where(
        flow.c.dimension == "government", flow.c.day <= max(days), happened + flow.c.transfers > 0
    )
    rows = snapshot.connection.execute(statement.group_by(flow.c.government_id)).all()
    return [{row[0]: row[1 + place] for row in rows if row[1 + place]} for place in range(len(days))]
