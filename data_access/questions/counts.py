"""The measures as of a day, from whichever table answers fastest: the flow, the cohort flow, or the ledger itself.

All three give the same numbers (tests/test_properties.py). Which one is asked follows from the question alone:
- all since launch, at most one dimension besides the government: `flow`;
- a period of receipt, no other dimension: `cohort_flow`;
- anything else: one scan of `assignment`.
"""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from sqlalchemy import BigInteger, ColumnElement, FromClause, Integer, case, cast, func, literal, select

from data_access.measures import MEASURES
from data_access.questions.ledger_counts import ledger_sums
from data_access.reader import Snapshot
from data_access.selection import Selection, Window
from data_access.tables.flow import cohort_flow, flow

NATION: Final = 0
"""The member that stands for the whole when nothing is grouped."""


def measures(
    snapshot: Snapshot, selection: Selection, windows: Sequence[Window], *, by_government: bool
) -> list[pd.DataFrame]:
    """For each window the measures as of its day: one row per government id (or one row, NATION), int64 columns.

    Governments with nothing to count are missing. Moves across borders that the level does not have are 0.
    """
    if windows and all(window.from_on is None for window in windows) and in_flow(selection):
        frames = _from_flow(snapshot, selection, [window.as_of for window in windows], by_government=by_government)
    else:
        frames = [_one_window(snapshot, selection, window, by_government=by_government) for window in windows]
    if not by_government and selection.government is None and selection.department is None:
        frames = [frame.assign(moved_in=0, moved_out=0) for frame in frames]
    return frames


def in_flow(selection: Selection) -> bool:
    """Whether the flow can answer: at most one of its dimensions besides the government."""
    return len(selection.crossed) <= 1 and selection.crossed <= {"district", "department", "category"}


def _one_window(snapshot: Snapshot, selection: Selection, window: Window, *, by_government: bool) -> pd.DataFrame:
    if not selection.crossed:
        return _from_cohort(snapshot, selection, window, by_government=by_government)
    return _indexed(snapshot.frame(ledger_sums(selection, window, by_government=by_government)))


def flow_conditions(selection: Selection) -> list[ColumnElement[bool]]:
    """What of the flow belongs to the selection, which crosses at most one dimension."""
    dimension = next(iter(selection.crossed), "government")
    members = {
        "district": selection.districts,
        "department": None if selection.department is None else (selection.department,),
        "category": selection.categories,
    }.get(dimension)
    found = [flow.c.dimension == dimension]
    if members is not None:
        found.append(flow.c.member_id.in_(members))
    if selection.government is not None:
        found.append(flow.c.government_id == selection.government)
    return found


def _from_flow(
    snapshot: Snapshot, selection: Selection, days: Sequence[Any], *, by_government: bool
) -> list[pd.DataFrame]:
    """One scan for all days: changes are summed per segment between them, the segments then added up."""
    ordered = sorted(set(days))
    segment = case(*((flow.c.day <= day, position) for position, day in enumerate(ordered))).label("segment")
    member = flow.c.government_id if by_government else literal(NATION)
    rows = (
        select(cast(member, Integer).label("member"), segment, *(flow.c[name] for name in MEASURES))
        .where(*flow_conditions(selection), flow.c.day <= ordered[-1])
        .subquery()
    )
    frame = snapshot.frame(_sums(rows, rows.c.member, rows.c.segment)).set_index(["segment", "member"]).sort_index()
    found: dict[Any, pd.DataFrame] = {}
    running: pd.DataFrame | None = None
    for position, day in enumerate(ordered):
        part = frame.xs(position, level="segment") if position in frame.index.levels[0] else frame.iloc[:0].droplevel(0)
        running = part if running is None else running.add(part, fill_value=0).astype("int64")
        found[day] = running
    return [found[day] for day in days]


def _from_cohort(snapshot: Snapshot, selection: Selection, window: Window, *, by_government: bool) -> pd.DataFrame:
    member = cohort_flow.c.government_id if by_government else literal(NATION)
    rows = (
        select(cast(member, Integer).label("member"), *(cohort_flow.c[name] for name in MEASURES))
        .where(*cohort_conditions(selection, window), cohort_flow.c.day <= window.as_of)
        .subquery()
    )
    return _indexed(snapshot.frame(_sums(rows, rows.c.member)))


def cohort_conditions(selection: Selection, window: Window) -> list[ColumnElement[bool]]:
    """What of the cohort flow belongs to the selection and was received in the window's period."""
    found: list[ColumnElement[bool]] = []
    if window.from_on is not None and window.to_on is not None:
        found.append(cohort_flow.c.received_on.between(window.from_on, window.to_on))
    if selection.government is not None:
        found.append(cohort_flow.c.government_id == selection.government)
    return found


def _sums(rows: FromClause, *keys: ColumnElement[Any]) -> Any:  # noqa: ANN401  a select of these keys and all measures
    totals = [cast(func.sum(rows.c[name]), BigInteger).label(name) for name in MEASURES]
    return select(*keys, *totals).group_by(*keys)


def _indexed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_index("member").astype("int64")
