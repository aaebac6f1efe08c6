"""Every metric, defined once: headers, tooltips, the Methods page, API and files read it here.

Ratios are computed from counts at every level, never averaged; where the denominator is 0 they are null, never 0%.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from data_access.measures import OUTCOMES, UNSTATED

Unit = Literal["complaints", "closings", "answers", "citizens", "fraction", "days"]


@dataclass(frozen=True)
class Metric:
    """One metric. Ratios name their numerator and denominator, which are columns of the same row.

    `good` says which direction is good: 1 up, -1 down, 0 neither. `stated`: it is null where complaints are resolved
    and the data do not say of one of them how it ended.
    """

    name: str
    label: str
    formula: str
    unit: Unit
    good: Literal[-1, 0, 1] = 0
    numerator: str | None = None
    denominator: str | None = None
    stated: bool = False

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns that a ratio is worked out from."""
        told = ("resolved", "resolved_stated") if self.stated else ()
        return (self.numerator or "", self.denominator or "", *told)


_ALL = (
    Metric("filed", "Filed", "complaints first filed here", "complaints"),
    Metric("received", "Received", "filed + moved in − moved out", "complaints"),
    Metric(
        "resolved",
        "Resolved",
        "closings that stand: relief + partial + refused + dropped + unstated, not reopened",
        "complaints",
        1,
    ),
    Metric("pending", "Pending", "received − resolved", "complaints", -1),
    Metric(
        "pending_over_90", "Pending over 90 days", "open complaints received more than 90 days ago", "complaints", -1
    ),
    Metric("overdue", "Overdue", "open complaints past the day they were due", "complaints", -1),
    Metric("resolution_rate", "Resolution rate", "resolved ÷ received", "fraction", 1, "resolved", "received"),
    Metric(
        "on_time_rate",
        "On-time rate",
        "standing closings on time ÷ (those on time + those late + open overdue), by the original due day",
        "fraction",
        1,
        "resolved_on_time",
        "judged",
    ),
    Metric(
        "relief_rate",
        "Relief rate",
        "standing closings with relief ÷ standing closings whose outcome is stated",
        "fraction",
        1,
        "resolved_relief",
        "resolved_stated",
    ),
    Metric(
        "satisfaction", "Satisfaction", "satisfied ÷ answers, over all closings", "fraction", 1, "satisfied", "answers"
    ),
    Metric("response_rate", "Response rate", "answers ÷ closings", "fraction", 0, "answers", "closings"),
    Metric(
        "confirmed_rate",
        "Confirmed rate",
        "standing closings with relief whose citizen is satisfied ÷ received; n/a where no closing says how it ended",
        "fraction",
        1,
        "confirmed",
        "received",
        stated=True,
    ),
    Metric("reopen_rate", "Reopen rate", "closings since reopened ÷ closings", "fraction", -1, "reopened", "closings"),
    Metric(
        "clearance_rate",
        "Clearance rate",
        "closings in the period ÷ (filed + moved in + reopened in the period); may exceed 100%",
        "fraction",
        1,
        "period_closings",
        "period_arrivals",
    ),
    Metric("transfer_rate", "Transfer rate", "stays ended by transfer ÷ stays", "fraction", 0, "transfers", "stays"),
    Metric(
        "median_days",
        "Median days",
        "days from receipt to the standing closing that half have reached (Kaplan–Meier, open ones censored)",
        "days",
        -1,
    ),
    Metric(
        "p90_days",
        "90th percentile days",
        "days from receipt to the standing closing that nine in ten have reached (Kaplan–Meier, open ones censored)",
        "days",
        -1,
    ),
)
METRICS: Final[Mapping[str, Metric]] = {metric.name: metric for metric in _ALL}
RATIOS: Final = tuple(metric for metric in _ALL if metric.denominator is not None)


Arrays = Mapping[str, np.ndarray]
"""Columns by name, all of the same length: one value per row."""


def standing(measures: Arrays) -> dict[str, np.ndarray]:
    """How complaints stand: received, closings, reopened, resolved, pending, from the measures of each row."""
    m = measures
    closings = np.asarray(sum((m[outcome] for outcome in OUTCOMES), start=np.int64(0)))
    reopened = np.asarray(sum((m[f"undone_{outcome}"] for outcome in OUTCOMES), start=np.int64(0)))
    received, resolved = m["filed"] + m["moved_in"] - m["moved_out"], closings - reopened
    return {
        "received": received,
        "closings": closings,
        "reopened": reopened,
        "resolved": resolved,
        "pending": received - resolved,
    }


def with_counts(measures: Arrays) -> dict[str, np.ndarray]:
    """The counts that metrics divide, besides the measures of each row (see `data_access.measures`)."""
    m = measures
    counts = standing(m)
    on_time = m["on_time"] - m["undone_on_time"]
    ended = {f"resolved_{outcome}": m[outcome] - m[f"undone_{outcome}"] for outcome in OUTCOMES}
    return {
        **m,
        **counts,
        "pending_over_90": m["over_90"],
        "resolved_on_time": on_time,
        "resolved_late": counts["resolved"] - on_time,
        "judged": counts["resolved"] + m["overdue"],
        **ended,
        "resolved_stated": counts["resolved"] - ended[f"resolved_{UNSTATED}"],
    }


def with_ratios(counts: Arrays) -> dict[str, np.ndarray]:
    """The same columns with every ratio whose counts are there; NaN where the denominator is 0, or nothing stated."""
    found = dict(counts)
    for metric in RATIOS:
        if counts.keys() >= set(metric.counts):
            above, below, *told = (counts[name] for name in metric.counts)
            known = below != 0
            if told:
                resolved, stated = told
                known = known & ((resolved == 0) | (stated != 0))
            found[metric.name] = np.divide(above, below, out=np.full(len(below), np.nan), where=known)
    return found
