"""A small trend beside a number: one line without axes.

It is a picture of shape only; the values stand in the table of the panel. Drawn as a mask, so that the page's styles
give it its colour in light, dark and print.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

WIDTH: Final = 100.0
HEIGHT: Final = 24.0
_LEAST: Final = 0.1  # of the largest value: less than this never fills the height
_EDGE: Final = 3.0  # keeps line and dot inside the picture


def spark(values: Sequence[float | None]) -> str:
    """An SVG picture as a data address; empty when fewer than two values are known. An unknown one breaks the line."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = _scale(known)
    step = (WIDTH - 2 * _EDGE) / (len(values) - 1)
    points = [
        None if value is None else (_EDGE + step * place, _height(value, low, high))
        for place, value in enumerate(values)
    ]
    end = next(point for point in reversed(points) if point is not None)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none">'
        f'<path d="{_path(points)}" fill="none" stroke="black" stroke-width="1.5" vector-effect="non-scaling-stroke"/>'
        f'<path d="M{end[0]:.1f} {end[1]:.1f}h0" stroke="black" stroke-width="5" stroke-linecap="round" '
        'vector-effect="non-scaling-stroke"/></svg>'
    )
    return f"data:image/svg+xml,{quote(picture)}"


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """From the lowest to the highest value; further apart where that would make a mountain of next to nothing."""
    low, high = min(values), max(values)
    missing = max(_LEAST * max(abs(low), abs(high)) - (high - low), 0.0)
    return low - missing / 2, high + missing / 2


def _height(value: float, low: float, high: float) -> float:
    if high == low:
        return HEIGHT / 2
    return HEIGHT - _EDGE - (value - low) / (high - low) * (HEIGHT - 2 * _EDGE)


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    parts: list[str] = []
    pen_is_down = False
    for point in points:
        if point is not None:
            parts.append(f"{'L' if pen_is_down else 'M'}{point[0]:.1f} {point[1]:.1f}")
        pen_is_down = point is not None
    return "".join(parts)
