"""Which governments redress complaints? One row each."""

from dataclasses import replace
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
    that received nothing, come after them without a rank. A government looked at alone keeps its rank among all, but
    has none under further filters: that would tell of the others what was not asked.
    """
    only = view.selection.government
    everyone = replace(view, selection=replace(view.selection, government=None))
    lines = _all_lines(snapshot, everyone)
    if only is None:
        return lines
    own = lines[lines["slug"] == snapshot.directory.member("government", only).slug].reset_index(drop=True)
    return own.assign(rank=pd.array([None], dtype="Int64")) if everyone.selection.crossed else own


def _all_lines(snapshot: Snapshot, view: View) -> pd.DataFrame:
    governments = snapshot.directory.members["government"]
    members, about = list(governments), list(governments.values())
    table = figures(snapshot, view, members)
    days = _latest_event_days(snapshot, view)
    ranked = np.array([member.ranked for member in about], dtype=bool) & (table["received"] > 0)
    rank = _ranks(table["resolution_rate"], ranked)
    lines = {
        "slug": np.array([member.slug for member in about], dtype=object),
        "name": np.array([member.name for member in about], dtype=object),
        "rank": rank,
        "ranked": ranked,
        "note": np.array([member.note for member in about], dtype=object),
        "latest_event_day": np.array([days.get(key) for key in members], dtype=object),
        **table,
    }
    order = np.argsort([len(members) + 1 if place is None else place for place in rank], kind="stable")
    ordered = pd.DataFrame({name: values[order] for name, values in lines.items()})
    ordered["rank"] = pd.array(ordered["rank"].tolist(), dtype="Int64")
    return ordered


def _ranks(rates: np.ndarray, ranked: np.ndarray) -> np.ndarray:
    """1 for the highest rate; equal rates share the better rank; None where not ranked."""
    better = [
        int((ranked & (rates > rate)).sum()) + 1 if own else None for rate, own in zip(rates, ranked, strict=True)
    ]
    return np.array(better, dtype=object)


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
