"""Which governments redress complaints? One row each."""

from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import func, select

from data_access.measures import OUTCOMES
from data_access.questions.figures import figures
from data_access.reader import Snapshot
from data_access.selection import View
from data_access.tables.flow import flow


def scorecard(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per government: slug, name, rank, ranked, note, latest_event_day, then `figures.COLUMNS`.

    Ranked by resolution rate, best first, equal rates sharing a rank; governments whose figures are not published, or
    that received nothing, come after them without a rank.
    """
    governments = snapshot.directory.members["government"]
    only = view.selection.government
    members = [key for key in governments if only in (None, key)]
    table = figures(snapshot, view, members)
    about = [governments[key] for key in members]
    days = _latest_event_days(snapshot, view)
    ranked = np.array([member.ranked for member in about], dtype=bool) & (table["received"].to_numpy() > 0)
    leading = pd.DataFrame(
        {
            "slug": [member.slug for member in about],
            "name": [member.name for member in about],
            "rank": table["resolution_rate"].where(ranked).rank(method="min", ascending=False).astype("Int64"),
            "ranked": ranked,
            "note": pd.Series([member.note for member in about], dtype=object),
            "latest_event_day": pd.Series([days.get(key) for key in members], dtype=object),
        }
    )
    whole = pd.concat([leading, table], axis=1)
    return whole.sort_values("rank", na_position="last", kind="stable").reset_index(drop=True)


def _latest_event_days(snapshot: Snapshot, view: View) -> dict[int, date]:
    """By government id: the newest day, until the as-of day, on which anything happened there."""
    if view.as_of is None:
        return {}
    happened = sum((flow.c[name] + flow.c[f"undone_{name}"] for name in OUTCOMES), flow.c.stays + flow.c.answers)
    newest = select(flow.c.government_id, func.max(flow.c.day).label("day")).where(
        flow.c.dimension == "government", flow.c.day <= view.as_of, happened + flow.c.transfers > 0
    )
    rows = snapshot.connection.execute(newest.group_by(flow.c.government_id))
    return {row.government_id: row.day for row in rows}
