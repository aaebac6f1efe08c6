"""Which governments redress complaints? One row each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from data_access.questions.figures import figures
from data_access.questions.grids import Level
from data_access.questions.ranking import Standing, latest_event_days, places_gained, standing
from data_access.questions.targets import targets
from data_access.reader import Snapshot
from data_access.selection import View

STANDING: Final = ("slug", "name", "rank", "ranked", "note", "latest_event_day", "rank_change", "stale")


def scorecard(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per government: STANDING, then `targets.COLUMNS`, then `figures.COLUMNS`.

    rank_change is in places gained since the day changes are measured against; null where not ranked on both days.
    Ranked by resolution rate, best first, equal rates sharing a rank; governments whose figures are not published, or
    that received nothing, or that are stale, come after them without a rank. A government looked at alone keeps its
    rank among all, but has none under further filters: that would tell of the others what was not asked.
    """
    only = view.selection.government
    everyone = replace(view, selection=replace(view.selection, government=None))
    lines = _all_lines(snapshot, everyone)
    if only is None:
        return lines
    own = lines[lines["slug"] == snapshot.directory.member("government", only).slug].reset_index(drop=True)
    unknown = pd.array([None], dtype="Int64")
    return own.assign(rank=unknown, rank_change=unknown) if everyone.selection.crossed else own


def _all_lines(snapshot: Snapshot, view: View) -> pd.DataFrame:
    governments = snapshot.directory.members["government"]
    members, about = list(governments), list(governments.values())
    table = figures(snapshot, view, Level.each("government", members))
    now, before = _standings(snapshot, view, table)
    lines = {
        "slug": np.array([member.slug for member in about], dtype=object),
        "name": np.array([member.name for member in about], dtype=object),
        "rank": now.rank,
        "ranked": now.ranked,
        "note": np.array([member.note for member in about], dtype=object),
        "latest_event_day": now.latest,
        "rank_change": places_gained(now, before),
        "stale": now.stale,
        **targets(snapshot, view, members, table),
        **table,
    }
    order = np.argsort([len(members) + 1 if place is None else place for place in now.rank], kind="stable")
    ordered = pd.DataFrame({name: values[order] for name, values in lines.items()})
    whole = {name: pd.array(ordered[name].tolist(), dtype="Int64") for name in ("rank", "rank_change")}
    return ordered.assign(**whole)


def _standings(snapshot: Snapshot, view: View, table: Mapping[str, np.ndarray]) -> tuple[Standing, Standing | None]:
    """On the as-of day, and on the day changes are measured against: each by the counts and events of its own day."""
    about = list(snapshot.directory.members["government"].values())
    days = [day for day in (view.as_of, view.compare) if day is not None]
    latest = latest_event_days(snapshot, days)
    now = standing(about, view.as_of, latest[0] if latest else {}, table)
    if view.compare is None:
        return now, None
    earlier = {name: table[name] - table[f"{name}_change"] for name in ("received", "resolved")}
    return now, standing(about, view.compare, latest[1], earlier)
