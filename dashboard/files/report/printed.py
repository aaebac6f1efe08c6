"""What slides and paper show of an answer: some columns, in their order, and the rows as its chart sorts them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dashboard.charts.description import Band, Chart, Series
from dashboard.panels.answer import Answer
from dashboard.panels.measured import ordered
from dashboard.panels.panel import Column
from data_access.metrics import METRICS, Unit

_RATES: Final = ("received", "resolved", "resolution_rate", "pending", "pending_over_90", "overdue")
_HELD: Final = ("held", "closings", "pending", "pending_over_90", "overdue", "median_days", "on_time_rate")
_ASKED: Final = ("closings", "answers", "response_rate", "satisfied", "satisfaction", "low", "high")
_TO_DO: Final = ("pending", "pending_over_90", "overdue", "crosses_20", "crosses_40", "crosses_90", "clear_per_day")
_FLAT: Final = ("name", "received", "share", "resolution_rate", "pending", "pending_over_90", "confirmed_rate")
PRINTED: Final[Mapping[str, tuple[str, ...]]] = {
    "course": (
        *("week_ending", "received", "resolved", "resolution_rate", "confirmed_rate", "pending", "pending_over_90"),
        *("on_time_rate", "satisfaction", "median_days"),
    ),
    "scorecard": (
        *("rank", "name", *_RATES[:3], "resolution_rate_change", *_RATES[3:5], "confirmed_rate", "on_time_rate"),
        *("satisfaction", "target", "latest_event_day"),
    ),
    "provinces": ("name", *_RATES, "confirmed_rate", "satisfaction", "per_100k"),
    "districts": ("name", "parent_name", *_RATES, "confirmed_rate", "per_100k"),
    "departments": ("name", "parent_name", *_RATES, "on_time_rate", "median_days"),
    "desks": ("name", "post", *_RATES, "on_time_rate", "median_days"),
    "categories": ("name", *_RATES, "on_time_rate", "relief_rate", "median_days"),
    "hotspots": ("name", "district_name", "government_name", "pending", "pending_over_90", "overdue"),
    "ageing": (
        *("name", "pending", "0-10", "11-20", "21-40", "41-60", "61-90", "over-90", "over-90_share"),
        *("pending_change", "over-90_change"),
    ),
    "oldest": ("id", "subject", "received_on", "due_on", "age", "days_held", "office", "government", "district"),
    "citizens": (
        *("name", "registered", "share", "registered_change", "per_1000", "share_women", "share_special", "complaints"),
        *("per_citizen", "repeat_share"),
    ),
    **dict.fromkeys(("channels", "residencies", "genders"), _FLAT),
    "outcomes": ("name", "received", "share", "confirmed"),
    "feedback": ("rank", "name", *_ASKED),
    "feedback-outcomes": ("name", *_ASKED, "dissatisfied", "denied_standing"),
    "feedback-segments": ("dimension", "name", *_ASKED),
    "feedback-course": ("week_ending", *_ASKED),
    "false-flags": (
        *("name", "government", "flags", "reviewed", "false_flags", "false_rate_low", "false_rate_high", "not_upheld"),
        *("with_relief", "per_1000", "peers_per_1000", "score"),
    ),
    "changes": (
        *("dimension", "name", "parent_name", "resolution_rate", "resolution_rate_change", "rate_contribution"),
        *("pending", "pending_before", "pending_contribution"),
    ),
    "reconciliation": (
        *("name", "opening", "filed", "moved_in", "reopened", "closings", "moved_out", "closing", "remainder"),
    ),
    "restatements": (
        *("day", "batch", "events", "filed_change", "closings_change", "reopened_change", "pending_change"),
        "described_change",
    ),
    "announced": ("of_day", "name", "label", "announced", "ledger", "difference", "why", "source"),
    "worklist": ("name", "district_name", *_TO_DO, "pending_change"),
    "crossings": ("name", *_TO_DO, "hold_per_day"),
    "commitments": (
        *("government_name", "name", "target_metric", "target", "target_by", "reached", "reached_change", "state"),
        "target_source",
    ),
    "offices": ("name", "government", *_HELD, "confirmed_rate", "satisfaction"),
    "officers": ("name", "post", "office", *_HELD),
    "office": ("since", "ended", "officer", *_HELD),
    "officer": ("since", "ended", "post", "office", *_HELD),
    "peers": ("name", "government", "closings", "part", "whole", "value", "group_value", "lower", "higher", "stands"),
    "actions": ("acted_on", "kind_label", "kind_urdu", "government", "post", "posts", "reason", "source"),
    "action-totals": ("government", "kind_label", "kind_urdu", "month", "actions", "posts"),
    "complaints": (
        *("id", "subject", "received_on", "due_on", "status", "outcome", "age", "government", "department", "district"),
    ),
    "complaint": (
        *("government", "department", "office", "designation", "officer", "opened_on", "opened_by", "closed_on"),
        *("days_held", "outcome"),
    ),
    "signals": (
        *(
            "label",
            "name",
            "government",
            "count",
            "of",
            "share",
            "peers_share",
            "score",
            "first_on",
            "last_on",
            "reply",
        ),
    ),
    "audit-draws": (
        *("draw", "government", "drawn_as_of", "drawn_on", "size", "called", "answered", "confirmed", "share", "low"),
        *("high", "reason"),
    ),
    "audit-result": (
        *("government", "outcome", "population", "sampled", "called", "answered", "confirmed", "share", "low", "high"),
    ),
    "initiatives": ("title", "kind", "owner", "started_on", "categories", "summary"),
    "initiative-effect": ("name", "own_before", "own_after", "own_change", "others_change", "effect", "low", "high"),
    "stories": ("title", "told_on", "category", "district", "summary"),
}
"""The columns of panels that have more than fit, as they are read; of the others all but those that only addresses
need. Where even these do not fit, those at the end are left out, and that is said."""
_TECHNICAL: Final = frozenset({"slug", "is_member", "level", "latitude", "longitude", "stint", "holder", "own"})
_MOVERS: Final = 4
_SORTED: Final = frozenset({"pareto", "map"})


def columns_of(answer: Answer) -> tuple[Column, ...]:
    """The printed columns; of `figures`, which stand upright, the metrics alone: their counts stand beside them.

    What is frozen says them itself.
    """
    wanted = answer.panel.printed or PRINTED.get(answer.panel.name)
    if not answer.panel.printed and answer.panel.chart.kind == "figures":
        return tuple(column for column in answer.columns if column.name in METRICS)
    if wanted is None:
        return tuple(column for column in answer.columns if not _is_technical(column.name))
    return tuple(column for name in wanted for column in answer.columns if column.name == name)


def _is_technical(name: str) -> bool:
    return name in _TECHNICAL or name.endswith(("_slug", "_slugs"))


def rows_of(answer: Answer) -> Sequence[Mapping[str, Any]]:
    """The rows: of maps and of what few hold the highest first, of changes who moved most; others as they come."""
    if answer.panel.chart.kind == "changes":
        return _movers(answer)
    return ordered(answer) if answer.panel.chart.kind in _SORTED else answer.rows


def _movers(answer: Answer) -> Sequence[Mapping[str, Any]]:
    """Of each kind of part those that moved one of the figures most."""
    drawn = [series.column for band in answer.panel.chart.bands for series in band.series]
    kept: set[int] = set()
    for kind in {row["dimension"] for row in answer.rows}:
        own = [place for place, row in enumerate(answer.rows) if row["dimension"] == kind]
        for name in drawn:
            kept.update(sorted(own, key=lambda place: -abs(answer.rows[place][name] or 0))[:_MOVERS])
    return [answer.rows[place] for place in sorted(kept)]


def chart_of(answer: Answer) -> Chart:
    """The chart; of the figure that the filters choose, where they choose one."""
    chart, column = answer.panel.chart, answer.measured if answer.panel.chart.bands else None
    if answer.filters.metric is None or column is None or chart.kind not in _SORTED or column.name not in METRICS:
        return chart
    unit: Unit = METRICS[column.name].unit
    return replace(chart, bands=(Band(column.label, unit, (Series(column.name, "", "accent"),)),))
