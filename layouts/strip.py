"""The totals as large numbers side by side."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.panels.answer import Answer
from dashboard.words.numbers import changed, shown
from dashboard.words.text import say
from data_access.metrics import METRICS, Metric
from layouts.tables import counts_of

SHOWN: Final = (
    "received",
    "resolution_rate",
    "confirmed_rate",
    "pending",
    "pending_over_90",
    "on_time_rate",
    "satisfaction",
    "median_days",
)
_ALARMING: Final = frozenset({"pending_over_90"})


def strip(answer: Answer) -> Component:
    """The totals that open a page; each with its change, and a ratio with its counts."""
    row: Mapping[str, Any] = answer.rows[0] if answer.rows else {}
    return html.Dl([_figure(METRICS[name], row, answer.language) for name in SHOWN], className="jd-strip")


def _figure(metric: Metric, row: Mapping[str, Any], language: str) -> Component:
    value, change = row.get(metric.name), row.get(f"{metric.name}_change")
    below = [counts_of(row, metric.name, language)] if metric.denominator else []
    size = "jd-size jd-bad" if metric.name in _ALARMING and value else "jd-size"
    return html.Div(
        [
            html.Dt(say(metric.label, language), title=say(metric.formula, language)),
            html.Dd(shown(value, metric.unit, language), className=size),
            html.Dd(changed(change, metric.unit, language), className=f"jd-change {tone(change, metric.good)}")
            if change is not None
            else None,
            *(html.Dd(text, className="jd-counts") for text in below if text),
        ]
    )


def tone(change: float | None, good: int) -> str:
    """The class that colours a change: good, bad or neither. The sign says it too."""
    if not change or not good:
        return ""
    return "jd-good" if (change > 0) == (good > 0) else "jd-bad"
