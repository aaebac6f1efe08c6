"""Lines and areas over days as SVG: plain shapes and real text, in the colours of the theme."""

from dataclasses import asdict, replace
from itertools import pairwise
from math import ceil
from typing import Any, Final

from dashboard.charts.plain_series import Drawn
from dashboard.files.report.drawn import about_of, newest, shares
from dashboard.files.report.widths import LEADING, height_of, width
from dashboard.files.stage.sheet import GAP, INSIDE, LEAST, Content

_CAPTION: Final = 2.8
_ACROSS: Final = 2
_AXIS: Final = 4.6  # under the drawing, for the days
_TOP: Final = 1.6
_SIGN: Final = 3.2  # a sign of a legend and what is between two of them


def plots_content(drawings: list[Drawn], high: float, language: str) -> Content:
    """The drawings, two in a line; each under its label, with its newest figures as its legend."""
    across = min(len(drawings), _ACROSS)
    down = ceil(len(drawings) / across)
    wide = (INSIDE - GAP * (across - 1)) / across
    tall = (high - GAP * (down - 1) * 0.5) / down
    label = len(drawings) > 1
    return {"kind": "plots", "plots": [_plot(drawn, wide, tall, language, label=label) for drawn in drawings]}


def _plot(drawn: Drawn, wide: float, high: float, language: str, *, label: bool) -> Content:
    content, legend = shares(drawn, language), _legend(drawn, language)
    said = "  ".join(f"{one['label']} {one['value']}" for one in legend["items"])
    taken = height_of(f"{legend['when']}  {said}", wide - _SIGN * (len(legend["items"]) + 1), LEAST, bold=True)
    taken += LEAST * 0.6 + (_CAPTION * LEADING if label else 0.0)
    room = max(high - taken - 1, 16.0)
    return {
        "label": drawn.label if label else "",
        "about": about_of(drawn, language),
        "legend": legend,
        "wide": round(wide, 2),
        "high": round(room, 2),
        **_shapes(content, wide, room),
    }


def _legend(drawn: Drawn, language: str) -> Content:
    """Each line's name and newest figure; the day once, where all have the same."""
    items = newest(drawn, language)
    days = {item.when for item in items}
    one = days.pop() if len(days) == 1 else ""
    return {"items": [asdict(replace(item, when="" if one else item.when)) for item in items], "when": one}


def _shapes(content: Content, wide: float, high: float) -> Content:
    """Ticks, days and paths at their places; `size` is that of the text."""
    left = max((width(said, LEAST) for _, said in content["ticks"]), default=0.0) + 1.2
    right, bottom = wide - 1.5, high - _AXIS

    def at(point: list[float]) -> tuple[float, float]:
        return round(left + point[0] * (right - left), 2), round(bottom - point[1] * (bottom - _TOP), 2)

    def path(points: list[list[float]]) -> str:
        return "M" + "L".join(f"{x} {y}" for x, y in map(at, points))

    return {
        "left": round(left, 2),
        "right": right,
        "bottom": round(bottom, 2),
        "size": LEAST,
        "ticks": [{"y": at([0, share])[1], "text": said, "first": share == 0} for share, said in content["ticks"]],
        "days": _days(content["days"], at, right),
        "areas": [{"ink": area["ink"], "d": path(area["points"]) + "Z"} for area in content["areas"]],
        "lines": [
            {"ink": line["ink"], "dashed": line["dashed"], "d": "".join(path(run) for run in line["runs"])}
            for line in content["lines"]
        ],
    }


def _days(days: list[list[Any]], at: Any, right: float) -> list[Content]:
    """As many days as stand beside each other, each under its place; the outer ones end with the drawing."""
    placed = [(at([share, 0])[0], said) for share, said in days]
    need = max((width(said, LEAST) for _, said in placed), default=0.0) + 2
    space = min((later - sooner for (sooner, _), (later, _) in pairwise(placed)), default=need)
    step = max(1, ceil(need / space)) if space > 0 else 1
    return [
        {
            "x": x,
            "text": said,
            "anchor": "end" if x + need / 2 > right + 1.5 else "start" if x == placed[0][0] else "middle",
        }
        for x, said in placed[::step]
    ]
