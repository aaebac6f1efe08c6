"""Which governments redress complaints? One row each."""

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
    table = figures(snapshot, view, members, by_government=True)
    about = [governments[key] for key in members]
    table.insert(0, "slug", [member.slug for member in about])
    table.insert(1, "name", [member.name for member in about])
    ranked = pd.Series([member.ranked for member in about], index=table.index) & (table["received"] > 0)
    rank = table["resolution_rate"].where(ranked).rank(method="min", ascending=False).astype("Int64")
    table.insert(2, "rank", rank)
    table.insert(3, "ranked", ranked)
    table.insert(4, "note", pd.Series([member.note for member in about], index=table.index, dtype=object))
    table.insert(5, "latest_event_day", _latest_event_days(snapshot, view).reindex(members).astype(object))
    return table.sort_values("rank", na_position="last", kind="stable").reset_index(drop=True)


def _latest_event_days(snapshot: Snapshot, view: View) -> pd.Series:
    """By government id: the newest day, until the as-of day, on which anything happened there."""
    if view.as_of is None:
        return pd.Series(dtype=object)
    happened = sum((flow.c[name] + flow.c[f"undone_{name}"] for name in OUTCOMES), flow.c.stays + flow.c.answers)
    newest = select(flow.c.government_id, func.max(flow.c.day).label("day")).where(
        flow.c.dimension == "government", flow.c.day <= view.as_of, happened + flow.c.transfers > 0
    )
    rows = snapshot.connection.execute(newest.group_by(flow.c.government_id))
    return pd.Series({row.government_id: row.day for row in rows}, dtype=object)
