"""What the colours of a map stand for; who has a figure and no place on the map; why some have none."""

from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.classes import NO_VALUE, Classes
from dashboard.panels.answer import Answer
from dashboard.panels.measured import Row, classes, members
from dashboard.panels.panel import Column
from dashboard.words.numbers import shown
from dashboard.words.text import marked, say
from data_access.boundary_names import DISPUTED
from data_access.metrics import METRICS
from layouts.aria import aria
from layouts.parts import Here

HATCHED: Final = "hatched"
_BETTER: Final = marked("more is better")
_WORSE: Final = marked("more is worse")
_DISPUTED: Final = marked("{name}: disputed, not scored")
_NONE: Final = marked("n/a")
_WHY_NONE: Final = {
    "per_100k": marked("n/a: not all people were counted"),
    "per_1000": marked("n/a: not all people were counted"),
    "median_days": marked("n/a: less than half are closed"),
    "p90_days": marked("n/a: less than nine in ten are closed"),
    "received": marked("n/a: nothing was received"),
    "judged": marked("n/a: nothing was closed, or is overdue"),
    "resolved_stated": marked("n/a: of nothing resolved is it stated how"),
    "closings": marked("n/a: nothing was closed"),
    "answers": marked("n/a: no citizen has answered"),
    "period_arrivals": marked("n/a: nothing arrived in the period"),
}
"""A figure, or the count that it is divided by -> why there may be none."""


def legend(answer: Answer, *, whole: bool) -> Component:
    """The range of each colour, in the unit of the figure; `whole`: what is disputed is shown too."""
    column, language = answer.measured, answer.language
    items = [_item(f"jd-shade-{shade}", words) for shade, words in _ranges(classes(answer), column, language)]
    if any(row[column.name] is None for row in members(answer)):
        items.append(_item(f"jd-shade-{NO_VALUE}", say(_why_none(column), language)))
    if whole:
        items.append(_item(f"jd-{HATCHED}", say(_DISPUTED, language, name=DISPUTED["name"])))
    title = [html.Span(say(column.label, language), className="jd-legend-title")]
    if column.good:
        title.append(html.Span(say(_BETTER if column.good > 0 else _WORSE, language), className="jd-direction"))
    return html.Div([*title, html.Ul(items)], className=f"jd-legend {alarming(column)}".strip())


def alarming(column: Column) -> str:
    """The class under which shades are those of what is bad; empty where more is not worse."""
    return "jd-alarming" if column.good < 0 else ""


def beside_the_map(answer: Answer, here: Here, row: Row) -> Component:
    """Somebody without a territory, as a tile: the name, the figure, and the way to the page for it alone."""
    column, language = answer.measured, answer.language
    found, drill = classes(answer), answer.drill_of(row)
    shade = NO_VALUE if found is None else found.shade(row[column.name])
    words = [
        html.Span(row["name"], className="jd-tile-name"),
        html.Span(shown(row[column.name], column.unit, language), className="jd-tile-value"),
    ]
    style = f"jd-tile jd-shade-{shade}"
    return dcc.Link(words, href=here.to(**drill), className=style) if drill else html.Span(words, className=style)


def _why_none(column: Column) -> str:
    """Why there may be no figure."""
    metric = METRICS.get(column.name)
    divided_by = metric.denominator if metric is not None else None
    return _WHY_NONE.get(divided_by or column.name, _NONE)


def _ranges(found: Classes | None, column: Column, language: str) -> list[tuple[int, str]]:
    """The shade of each class, and its range in words."""
    if found is None:
        return []
    ranges = found.ranges
    last = len(ranges) - 1
    return [
        (
            found.shade(low) if place else found.shade(found.ends[0]),
            _range(low, high, column, last=place == last, language=language),
        )
        for place, (low, high) in enumerate(ranges)
    ]


def _range(low: float, high: float, column: Column, *, last: bool, language: str) -> str:
    """The ends of a class; the upper one belongs to it only in the last."""
    ends = {"low": shown(low, column.unit, language), "high": shown(high, column.unit, language)}
    if low == high:
        return ends["low"]
    return say("{low} to {high}", language, **ends) if last else say("{low} to under {high}", language, **ends)


def _item(style: str, words: str) -> Component:
    return html.Li([html.Span(className=f"jd-swatch {style}", **aria(hidden="true")), words])
