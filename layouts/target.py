"""What a government has promised: beside its figures, and as a tick on its bar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.words.dates import day, short_day
from dashboard.words.numbers import shown
from dashboard.words.text import say
from data_access.metrics import METRICS
from layouts.aria import data

Row = Mapping[str, Any]


def target_cell(row: Row, as_of: date | None, language: str) -> Component:
    """The promised value and its day; empty where nothing was promised. Bad is what was not reached by its day."""
    if row["target"] is None:
        return html.Td("", className="jd-target jd-lesser")
    metric = METRICS[row["target_metric"]]
    words: list[Component | str] = [
        html.Span(_value(row, language), className="jd-promise"),
        f" {short_day(row['target_by'], language)}",
    ]
    if metric.name != "resolution_rate":  # the column stands beside the bar of that rate
        words.append(html.Span(say(metric.label, language), className="jd-of-metric"))
    broken = as_of is not None and row["target_by"] <= as_of
    tone = "jd-good" if row["target_met"] else "jd-bad" if broken else ""
    return html.Td(
        words,
        title=reached(row, language),
        className=f"jd-target jd-lesser {tone}".strip(),
        **data(figure=f"{row['slug']} target"),
    )


def reached(row: Row, language: str) -> str:
    """The promise in a sentence, and whether it is kept; empty where nothing was promised."""
    if row["target"] is None:
        return ""
    sentence = (
        "Promised: {metric} {value} by {day} ({source}); kept."
        if row["target_met"]
        else "Promised: {metric} {value} by {day} ({source}); not reached."
    )
    return say(
        sentence,
        language,
        metric=say(METRICS[row["target_metric"]].label, language),
        value=_value(row, language),
        day=day(row["target_by"], language),
        source=row["target_source"],
    )


def tick(row: Row, barred: str) -> list[Component]:
    """A mark on the bar at the promised rate, where the bar shows the promised metric."""
    if row["target"] is None or row["target_metric"] != barred:
        return []
    return [
        html.Span(style={"insetInlineStart": f"{min(max(row['target'], 0.0), 1.0) * 100:.2f}%"}, className="jd-tick")
    ]


def _value(row: Row, language: str) -> str:
    """The value with its sign: at least, or at most."""
    metric = METRICS[row["target_metric"]]
    sign = "≤" if metric.good < 0 else "≥"
    kept = "✓ " if row["target_met"] else ""
    return f"{kept}{sign} {shown(row['target'], metric.unit, language)}"
