"""A promise in few words: ✓ Resolution rate ≥ 55.0%, 31 Oct."""

from collections.abc import Mapping
from typing import Any

from dashboard.words.dates import short_day
from dashboard.words.numbers import shown
from dashboard.words.text import say
from data_access.metrics import METRICS


def promise_of(row: Mapping[str, Any], language: str) -> str:
    """What a row names in target_metric, target, target_by and target_met; empty where nothing was promised."""
    if row["target"] is None:
        return ""
    metric = METRICS[row["target_metric"]]
    sign = "≤" if metric.good < 0 else "≥"
    kept = "✓ " if row["target_met"] else ""
    value = shown(row["target"], metric.unit, language)
    return f"{kept}{say(metric.label, language)} {sign} {value}, {short_day(row['target_by'], language)}"
