"""The totals as large numbers side by side, each with its change, its counts and its small trend."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.charts.spark import spark
from dashboard.panels.answer import Answer
from dashboard.words.dates import day
from dashboard.words.numbers import changed, shown
from dashboard.words.text import say
from data_access.metrics import METRICS, Metric
from layouts.aria import aria, data
from layouts.listed import number
from layouts.tables import counts_with_ways

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


def strip(answer: Answer, course: Answer | None = None) -> Component:
    """The totals that open a page; `course` holds the same figures week by week."""
    row: Mapping[str, Any] = answer.rows[0] if answer.rows else {}
    return html.Dl([_figure(METRICS[name], answer, row, course) for name in SHOWN], className="jd-strip")


def _figure(metric: Metric, answer: Answer, row: Mapping[str, Any], course: Answer | None) -> Component:
    language = answer.language
    value, change = row.get(metric.name), row.get(f"{metric.name}_change")
    counts = counts_with_ways(answer, row, metric.name) if metric.denominator else ""
    bad = " jd-bad" if metric.name in _ALARMING and value else ""
    return html.Div(
        [
            html.Dt(say(metric.label, language), title=say(metric.formula, language)),
            html.Dd(
                number(answer, row, metric.name, shown(value, metric.unit, language)),
                className=f"jd-size{bad}",
                **data(figure=metric.name),
            ),
            html.Dd(
                [] if change is None else changed(change, metric.unit, language),
                className=f"jd-change {tone(change, metric.good)}",
                **data(figure=f"{metric.name} change"),
            ),
            html.Dd(counts, className="jd-counts"),
            html.Dd(_trend(metric, course, language), className="jd-small-trend"),
        ]
    )


def _trend(metric: Metric, course: Answer | None, language: str) -> list[Component]:
    """The last weeks as a line; nothing where they are not known."""
    if course is None or not any(column.name == metric.name for column in course.columns):
        return []
    weeks = [row for row in course.rows if row[metric.name] is not None]
    picture = spark([row[metric.name] for row in course.rows])
    if not picture:
        return []
    said = say(
        "{label} from {before} on {first} to {now} on {last}",
        language,
        label=say(metric.label, language),
        before=shown(weeks[0][metric.name], metric.unit, language),
        first=day(weeks[0]["week_ending"], language),
        now=shown(weeks[-1][metric.name], metric.unit, language),
        last=day(weeks[-1]["week_ending"], language),
    )
    mask = f'url("{picture}")'
    return [html.Span(role="img", title=said, style={"maskImage": mask}, className="jd-spark", **aria(label=said))]


def tone(change: float | None, good: int) -> str:
    """The class that colours a change: good, bad or neither. The sign says it too."""
    if not change or not good:
        return ""
    return "jd-good" if (change > 0) == (good > 0) else "jd-bad"
