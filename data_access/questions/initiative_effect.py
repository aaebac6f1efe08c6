"""Did an initiative change anything in its categories that did not change everywhere?

Differences in differences: what changed there from before to after, less what changed in all other categories in the
same weeks, so that a general trend is not claimed (D. Card, A. B. Krueger, American Economic Review 84, 1994, 772-793).
Of counts the ratio of ratios, with quasi-Poisson variance from the weekly counts (P. McCullagh, J. A. Nelder,
"Generalized Linear Models", 2nd ed. 1989, chapter 6); of shares the difference in points, with binomial variance.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Integer, and_, cast, func, or_, select

from data_access.measures import OUTCOMES
from data_access.questions.daily import sums_at
from data_access.questions.initiatives import initiatives, looked_at
from data_access.questions.ledger_counts import ledger_conditions
from data_access.reader import Snapshot
from data_access.selection import Selection, View, Window
from data_access.tables.facts import assignment
from data_access.wilson import Z

MOST, FEWEST_WEEKS, FEWEST = 13, 4, 30
"""Weeks on either side at most and at least; counts under which nothing is said."""
LIMIT: Final = 20
"""Days within which a complaint is to be resolved."""
MEASURES: Final = ("volume", "resolution", "satisfaction")
COLUMNS: Final = (
    *("slug", "name", "weeks", "started_on", "from_on", "to_on", "own_before_of", "own_before", "own_after_of"),
    *("own_after", "own_change", "others_before", "others_after", "others_change", "effect", "low", "high", "verdict"),
)
COURSE: Final = ("week_ending", "started_on", "filed", "expected")
_A: Final = assignment.c


@dataclass(frozen=True)
class Span:
    """So many weeks before an initiative began, and as many from that day on."""

    started_on: date
    weeks: int

    @property
    def ends(self) -> list[date]:
        """The day before the first week, and the last day of each week."""
        first = self.started_on - timedelta(days=7 * self.weeks + 1)
        return [first + timedelta(days=7 * week) for week in range(2 * self.weeks + 1)]


def span_of(started_on: date, first_day: date, as_of: date) -> Span:
    """As many whole weeks as lie in the data on both sides, MOST at most; none where one side has no whole week."""
    before, after = (started_on - first_day).days // 7, ((as_of - started_on).days + 1) // 7
    return Span(started_on, max(0, min(MOST, before, after)))


def initiative_effect(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per measure of the policy that `id` asks for, else of the newest that answers a category: COLUMNS.

    volume: complaints filed, a week; its changes and the effect are factors less 1. resolution: the share of complaints
    received that were resolved within LIMIT days and were so at the end of them; received late enough that these days
    are over. satisfaction: satisfied ÷ answers of those days; changes and effects of both are in points. low and high:
    the 95% interval of the effect. verdict: `more` or `less` than elsewhere, `none`: chance explains it, `early`: fewer
    than FEWEST_WEEKS weeks, `few`: fewer than FEWEST counts on a side. No row where there is no such initiative.
    """
    found = _asked(snapshot, view)
    if found is None:
        return pd.DataFrame(columns=list(COLUMNS))
    own, span = found
    weekly = _weekly(snapshot, view.selection, own, span)
    rows = [_volume(weekly, span), _share("resolution", _resolved(snapshot, own, span, view), span)]
    rows.append(_share("satisfaction", _halves(weekly, "answers", "satisfied"), span))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def initiative_course(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per week around the day the initiative began: COURSE.

    filed: complaints filed in its categories; expected: as many as before it, had they moved as all others did.
    """
    found = _asked(snapshot, view)
    if found is None or not found[1].weeks:
        return pd.DataFrame(columns=list(COURSE))
    own, span = found
    weekly = _weekly(snapshot, view.selection, own, span)
    mine, others = weekly["own"]["filed"], weekly["others"]["filed"]
    before = others[: span.weeks].sum()
    expected = others * mine[: span.weeks].sum() / (before or np.nan)
    return pd.DataFrame(
        {"week_ending": span.ends[1:], "started_on": span.started_on, "filed": mine, "expected": expected}
    )


def _asked(snapshot: Snapshot, view: View) -> tuple[tuple[int, ...], Span] | None:
    one = looked_at(initiatives(snapshot, view), view.filters.complaint)
    first = snapshot.state.first_day
    if one is None or one["category_slugs"] is None or view.as_of is None or first is None:
        return None
    directory = snapshot.directory
    keys = {directory.id_of("category", slug) for slug in one["category_slugs"].split()}
    below = {member.id for member in directory.members["category"].values() if member.parent in keys}
    return tuple(sorted(keys | below)), span_of(one["started_on"], first, view.as_of)


def _weekly(snapshot: Snapshot, whole: Selection, own: tuple[int, ...], span: Span) -> dict[str, dict[str, np.ndarray]]:
    """Week by week, in the initiative's categories and in all others: filed, answers, satisfied."""
    names = ("filed", "answers", "satisfied")
    ends = span.ends
    mine, every = (
        {name: np.diff(sums) for name, sums in sums_at(snapshot, selection, ends, names).items()}
        for selection in (replace(whole, categories=own), whole)
    )
    return {"own": mine, "others": {name: every[name] - mine[name] for name in names}}


Halves = dict[str, tuple[tuple[int, int], tuple[int, int]]]
"""own and others -> (whole, part) before, and after."""


def _halves(weekly: dict[str, dict[str, np.ndarray]], whole: str, part: str) -> Halves:
    def half(counts: dict[str, np.ndarray], rows: slice) -> tuple[int, int]:
        return int(counts[whole][rows].sum()), int(counts[part][rows].sum())

    weeks = len(weekly["own"][whole]) // 2
    return {who: (half(one, slice(0, weeks)), half(one, slice(weeks, None))) for who, one in weekly.items()}


def _resolved(snapshot: Snapshot, own: tuple[int, ...], span: Span, view: View) -> Halves:
    """Complaints received whose LIMIT days are over, and how many were resolved in them, on either side."""
    ends = span.ends
    last = min(ends[-1], (view.as_of or ends[-1]) - timedelta(days=LIMIT))
    window = Window(view.as_of or ends[-1])
    is_own, is_after = _A.category_id.in_(own), _A.received_on >= span.started_on
    limit = _A.received_on + cast(LIMIT, Integer)
    stood = or_(_A.reopened_on.is_(None), _A.reopened_on > limit)
    in_time = and_(_A.outcome.in_(OUTCOMES), _A.closed_on <= limit, stood)
    keys = (cast(is_own, Integer).label("own"), cast(is_after, Integer).label("after"))
    counts = [
        cast(func.sum(cast(condition, Integer)), BigInteger).label(name)
        for name, condition in (("whole", _A.seq == 1), ("part", func.coalesce(in_time, False)))
    ]
    where = (*ledger_conditions(view.selection, window), _A.received_on > ends[0], _A.received_on <= last)
    rows = snapshot.connection.execute(select(*keys, *counts).where(*where).group_by(*keys)).all()
    found = {(row.own, row.after): (int(row.whole), int(row.part)) for row in rows}
    return {
        who: (found.get((flag, 0), (0, 0)), found.get((flag, 1), (0, 0))) for who, flag in (("own", 1), ("others", 0))
    }


def _volume(weekly: dict[str, dict[str, np.ndarray]], span: Span) -> dict[str, Any]:
    weeks = span.weeks
    filed = {who: one["filed"].astype(float) for who, one in weekly.items()}
    sums = {who: (one[:weeks].sum(), one[weeks:].sum()) for who, one in filed.items()}
    changes = {who: after / before - 1 if before else np.nan for who, (before, after) in sums.items()}
    effect = low = high = np.nan
    if weeks and all(min(both) > 0 for both in sums.values()):
        logs = np.log(sums["own"][1] / sums["own"][0]) - np.log(sums["others"][1] / sums["others"][0])
        spread = sum(_dispersion(filed[who], weeks) * (1 / before + 1 / after) for who, (before, after) in sums.items())
        half = Z * np.sqrt(spread)
        effect, low, high = (float(np.exp(one)) - 1 for one in (logs, logs - half, logs + half))
    row = {
        **_about("volume", span),
        "own_before_of": int(sums["own"][0]),
        "own_after_of": int(sums["own"][1]),
        **{f"{who}_before": both[0] / weeks if weeks else np.nan for who, both in sums.items()},
        **{f"{who}_after": both[1] / weeks if weeks else np.nan for who, both in sums.items()},
        **{f"{who}_change": change for who, change in changes.items()},
        "effect": effect,
        "low": low,
        "high": high,
    }
    return {**row, "verdict": _verdict(span, min(sums["own"]), low, high)}


def _dispersion(filed: np.ndarray, weeks: int) -> float:
    """How much more weekly counts vary about the means of both sides than Poisson's do; 1 at least."""
    means = np.repeat([filed[:weeks].mean(), filed[weeks:].mean()], weeks)
    if weeks < 2 or not means.all():
        return 1.0
    return max(1.0, float(((filed - means) ** 2 / means).sum() / (2 * weeks - 2)))


def _share(name: str, halves: Halves, span: Span) -> dict[str, Any]:
    shares = {who: [part / whole if whole else np.nan for whole, part in both] for who, both in halves.items()}
    counts = [whole for both in halves.values() for whole, _ in both]
    variance = sum(
        share * (1 - share) / whole if whole else np.nan
        for who, both in halves.items()
        for share, (whole, _) in zip(shares[who], both, strict=True)
    )
    changes = {who: after - before for who, (before, after) in shares.items()}
    effect, half = changes["own"] - changes["others"], Z * np.sqrt(variance)
    low, high = effect - half, effect + half
    row = {
        **_about(name, span),
        "own_before_of": halves["own"][0][0],
        "own_after_of": halves["own"][1][0],
        **{f"{who}_before": before for who, (before, _) in shares.items()},
        **{f"{who}_after": after for who, (_, after) in shares.items()},
        **{f"{who}_change": change for who, change in changes.items()},
        "effect": effect,
        "low": low,
        "high": high,
    }
    return {**row, "verdict": _verdict(span, min(counts), low, high)}


def _about(name: str, span: Span) -> dict[str, Any]:
    ends = span.ends
    first = ends[0] + timedelta(days=1)
    return {
        "slug": name,
        "name": name.capitalize(),
        "weeks": span.weeks,
        "started_on": span.started_on,
        "from_on": first,
        "to_on": ends[-1],
    }


def _verdict(span: Span, count: float, low: float, high: float) -> str:
    if span.weeks < FEWEST_WEEKS:
        return "early"
    if count < FEWEST or np.isnan(low):
        return "few"
    return "more" if low > 0 else "less" if high < 0 else "none"
