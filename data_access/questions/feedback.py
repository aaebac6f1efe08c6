"""Are citizens satisfied with what they were told? Always with how many answered, and how sure that makes it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, ColumnElement, Integer, and_, cast, func, not_, or_, select

from data_access.filters import CHOICES
from data_access.measures import OUTCOMES, UNSTATED
from data_access.questions.counts import measures
from data_access.questions.current_level import ROWS, current_level
from data_access.questions.daily import sums_at
from data_access.questions.ledger_counts import ledger_conditions
from data_access.questions.trend import week_ends
from data_access.reader import Snapshot
from data_access.selection import View, Window
from data_access.tables.facts import assignment
from data_access.wilson import wilson

FEWEST: Final = 30
"""Who has fewer answers has no rank."""
TOLD: Final = ("closings", "answers", "response_rate", "satisfied", "satisfaction", "low", "high")
"""closings, also those reopened since; answers and satisfied of them; low and high: the 95% interval of Wilson."""
SEGMENTS: Final = ("channel", "residency", "gender")
_COUNTS: Final = ("closings", "answers", "satisfied")
_A: Final = assignment.c


def feedback(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per member of the current level: `current_level.ROWS`, rank, TOLD.

    rank: 1 is the highest satisfaction; null under FEWEST answers, for what is no member, and for governments that are
    not ranked at all.
    """
    level = current_level(snapshot.directory, view)
    if view.window is None:
        return pd.DataFrame(columns=[*ROWS, "rank", *TOLD])
    [found] = measures(snapshot, view.selection, [view.window], level.level, ("answers", "satisfied", *OUTCOMES))
    closings = np.sum([found[outcome] for outcome in OUTCOMES], axis=0)
    table = pd.DataFrame({**level.about(), **told(closings, found["answers"], found["satisfied"])})
    governments = snapshot.directory.members["government"].values() if level.name == "governments" else ()
    unranked = table["slug"].isin([one.slug for one in governments if not one.ranked])
    ranked = table["satisfaction"].where(table["is_member"] & ~unranked & (table["answers"] >= FEWEST))
    table.insert(len(ROWS), "rank", ranked.rank(ascending=False, method="min").astype("Int64"))
    return table


def feedback_segments(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per channel, residency and gender: slug, name, dimension (its parameter), is_member, TOLD."""
    names = ("slug", "name", "dimension", "is_member")
    if view.window is None:
        return pd.DataFrame(columns=[*names, *TOLD])
    counted = _counted(snapshot, view, view.window, SEGMENTS)
    keys = [(dimension, slug) for dimension in SEGMENTS for slug in CHOICES[dimension]]
    sums = [
        [sum(row[name] for row in counted if row[dimension] == slug) for dimension, slug in keys] for name in _COUNTS
    ]
    about = {
        "slug": [slug for _, slug in keys],
        "name": [slug.replace("-", " ").capitalize() for _, slug in keys],
        "dimension": [dimension for dimension, _ in keys],
        "is_member": [True] * len(keys),
    }
    return pd.DataFrame({**about, **told(*(np.array(column, dtype=np.int64) for column in sums))})


def feedback_outcomes(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per outcome of closings: slug, name, is_member, TOLD, dissatisfied, and its share of all who are.

    denied_standing: closings with relief that the citizen denies and that still stand; null for other outcomes.
    The dissatisfied whose closing says relief deny it. What the data do not state has a row only where there is any.
    """
    names = ("slug", "name", "is_member")
    if view.window is None:
        return pd.DataFrame(columns=[*names, *TOLD, "dissatisfied", "share", "denied_standing"])
    by = {row["outcome"]: row for row in _counted(snapshot, view, view.window, ("outcome",))}
    slugs = [outcome for outcome in OUTCOMES if outcome != UNSTATED or outcome in by]
    sums = [np.array([by.get(slug, {}).get(name, 0) for slug in slugs], dtype=np.int64) for name in _COUNTS]
    dissatisfied = sums[1] - sums[2]
    called = {"partial": "Partial relief", UNSTATED: "Not stated"}
    about = {
        "slug": slugs,
        "name": [called.get(slug, slug.capitalize()) for slug in slugs],
        "is_member": [True] * len(slugs),
    }
    standing = pd.array([by.get(s, {}).get("standing", 0) if s == "relief" else None for s in slugs], dtype="Int64")
    share = dissatisfied / (dissatisfied.sum() or np.nan)
    return pd.DataFrame(
        {**about, **told(*sums), "dissatisfied": dissatisfied, "share": share, "denied_standing": standing}
    )


def feedback_course(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per week, oldest first: week_ending, days, TOLD of what was closed and answered on these days.

    An answer counts on its own day, whenever the closing was: so the response rate of a week may exceed 1.
    Weeks end on the weekday of the as-of day; a period is one of such days.
    """
    if view.window is None or snapshot.state.first_day is None:
        return pd.DataFrame(columns=["week_ending", "days", *TOLD])
    first = view.window.from_on or snapshot.state.first_day
    ends = week_ends(first, view.window.to_on or view.window.as_of)
    days = [first - timedelta(days=1), *ends]
    sums = sums_at(snapshot, view.selection, days, ("answers", "satisfied", *OUTCOMES))
    closings = np.diff(np.sum([sums[outcome] for outcome in OUTCOMES], axis=0))
    counted = told(closings, np.diff(sums["answers"]), np.diff(sums["satisfied"]))
    lengths = [(end - start).days for start, end in zip(days, ends, strict=False)]
    return pd.DataFrame({"week_ending": ends, "days": lengths, **counted})


def told(closings: np.ndarray, answers: np.ndarray, satisfied: np.ndarray) -> dict[str, np.ndarray]:
    """TOLD, one value for each row; rates are fractions, NaN over 0."""
    satisfaction = satisfied / np.where(answers == 0, np.nan, answers)
    low, high = wilson(satisfaction, answers)
    rates = (closings, answers, answers / np.where(closings == 0, np.nan, closings), satisfied, satisfaction, low, high)
    return dict(zip(TOLD, rates, strict=True))


def _counted(snapshot: Snapshot, view: View, window: Window, by: Sequence[str]) -> list[Mapping[str, Any]]:
    """One row per combination of these columns of the ledger: they, _COUNTS, standing; of closings to the as-of day.

    standing: those that are answered not satisfied and were not reopened.
    """
    answered = _A.feedback_on <= window.as_of
    conditions: dict[str, ColumnElement[bool]] = {"answers": answered, "satisfied": and_(answered, _A.satisfied)}
    stands = or_(_A.reopened_on.is_(None), _A.reopened_on > window.as_of)
    conditions["standing"] = and_(answered, not_(_A.satisfied), stands)
    sums = [
        func.coalesce(cast(func.sum(cast(told_by, Integer)), BigInteger), 0).label(name)
        for name, told_by in conditions.items()
    ]
    keys = [_A[name] for name in by]
    where = [*ledger_conditions(view.selection, window), _A.closed_on <= window.as_of, _A.outcome.in_(OUTCOMES)]
    statement = select(*keys, func.count().label("closings"), *sums).where(*where).group_by(*keys)
    return [dict(row) for row in snapshot.connection.execute(statement).mappings()]
