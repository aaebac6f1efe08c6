"""Drawings as plain shares of a width and a height, and in words: what hands need that have no plotly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby
from math import ceil, floor, log10
from typing import Any, Final

from dashboard.charts.plain_series import Drawn, Strand
from dashboard.words.dates import day
from dashboard.words.numbers import percent, shown

_TICKS: Final = 4
_DAYS: Final = 5
_DASHED: Final = "plain"
Content = dict[str, Any]


def shares(drawn: Drawn, language: str) -> Content:
    """The drawing. `about` says the same in words, for who cannot see it."""
    legend = [[strand.emphasis, strand.label] for strand in drawn.strands] if len(drawn.strands) > 1 else []
    common = {"label": drawn.label, "legend": legend, "about": about_of(drawn, language)}
    if drawn.shape in {"bars", "stacked bars"}:
        return {**common, "kind": "bars", "rows": _bars(drawn, language)}
    return {**common, "kind": "plot", "newest": newest_of(drawn, language), **_plot(drawn, language)}


def about_of(drawn: Drawn, language: str) -> str:
    """What the drawing shows, in words."""
    if drawn.shape in {"lines", "areas"}:
        return f"{drawn.label}. {newest_of(drawn, language)}"
    told = []
    for place, name in enumerate(drawn.names):
        values = [shown(strand.values[place], drawn.unit, language) for strand in drawn.strands]
        parts = [f"{strand.label} {value}" for strand, value in zip(drawn.strands, values, strict=True)]
        told.append(f"{name}: {values[0] if len(values) == 1 else ', '.join(parts)}")
    return f"{drawn.label}. {'; '.join(told)}"


@dataclass(frozen=True)
class Newest:
    """The last figure that is known of a line, and its day; both empty where none is."""

    label: str
    ink: str
    value: str
    when: str


def newest(drawn: Drawn, language: str) -> list[Newest]:
    """The last figure of each line."""
    return [_last(drawn, strand, language) for strand in drawn.strands]


def _last(drawn: Drawn, strand: Strand, language: str) -> Newest:
    place = max((place for place, value in enumerate(strand.values) if value is not None), default=None)
    if place is None:
        return Newest(strand.label, strand.emphasis, "", "")
    name = drawn.names[place]
    when = day(name, language) if isinstance(name, date) else name
    return Newest(strand.label, strand.emphasis, shown(strand.values[place], drawn.unit, language), when)


def newest_of(drawn: Drawn, language: str) -> str:
    """The same in words: 1 Oct 2019: filed 1,234, closed 1,180."""
    known = [one for one in newest(drawn, language) if one.value]
    said: dict[str, list[str]] = {}
    for one in known:
        said.setdefault(one.when, []).append(f"{one.label} {one.value}")
    return "; ".join(f"{when}: {', '.join(figures)}" for when, figures in said.items())


def _bars(drawn: Drawn, language: str) -> list[Content]:
    """A row for each name: parts of the longest bar, and its figure where it is one figure."""
    sums = [sum(strand.values[place] or 0 for strand in drawn.strands) for place in range(len(drawn.names))]
    most = max(sums, default=0) or 1
    return [
        {
            "name": name,
            "parts": [[max(strand.values[place] or 0, 0) / most, strand.emphasis] for strand in drawn.strands],
            "said": shown(drawn.strands[0].values[place] if len(drawn.strands) == 1 else whole, drawn.unit, language),
        }
        for place, (name, whole) in enumerate(zip(drawn.names, sums, strict=True))
    ]


def _plot(drawn: Drawn, language: str) -> Content:
    """Ticks of both axes, and lines or areas over them."""
    days = [name for name in drawn.names if isinstance(name, date)]
    span = max((days[-1] - days[0]).days, 1)
    across = [(one - days[0]).days / span for one in days]
    stacked = drawn.shape == "areas"
    known = [[value or 0.0 for value in strand.values] for strand in drawn.strands]
    tops = list(accumulate(known, _added)) if stacked else known
    ticks = _ticks(max((max(line) for line in tops), default=0.0))
    high = ticks[-1] or 1.0
    found: Content = {
        "ticks": [[tick / high, _said(tick, drawn.unit, language)] for tick in ticks],
        "days": [[(one - days[0]).days / span, day(one, language)] for one in _some(days)],
        "areas": [],
        "lines": [],
    }
    if stacked:
        floors = [[0.0] * len(days), *tops[:-1]]
        for strand, low, top in zip(drawn.strands, floors, tops, strict=True):
            edge = [[x, y / high] for x, y in zip(across, top, strict=True)]
            back = [[x, y / high] for x, y in zip(across, low, strict=True)]
            found["areas"].append({"ink": strand.emphasis, "points": edge + back[::-1]})
    else:
        found["lines"] = [_line(strand, across, high, len(drawn.strands)) for strand in drawn.strands]
    return found


def _added(low: Sequence[float], own: Sequence[float]) -> list[float]:
    return [below + value for below, value in zip(low, own, strict=True)]


def _line(strand: Strand, across: Sequence[float], high: float, lines: int) -> Content:
    """Runs of points; where nothing is known the line is broken."""
    points = [None if y is None else [x, y / high] for x, y in zip(across, strand.values, strict=True)]
    runs = [list(run) for known, run in groupby(points, lambda point: point is not None) if known]
    return {"ink": strand.emphasis, "dashed": strand.emphasis == _DASHED and lines > 1, "runs": runs}


def _ticks(most: float) -> list[float]:
    """From zero in round steps to the first one that is not below the most."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / _TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * 0.999)
    return [step * number for number in range(ceil(most / step - 1e-9) + 1)]


def _said(tick: float, unit: str, language: str) -> str:
    if unit == "fraction":
        return percent(tick, language, digits=0 if abs(tick * 100 - round(tick * 100)) < 1e-9 else 1)
    return shown(tick, "decimal" if tick % 1 else "whole", language)


def _some(days: Sequence[date]) -> Iterable[date]:
    """A few days from the first on, so many whole weeks from each other that they fit beside each other."""
    step = timedelta(weeks=max(1, ceil((days[-1] - days[0]).days / 7 / _DAYS)))
    return [days[0] + step * number for number in range(_DAYS + 1) if days[0] + step * number <= days[-1]]
