"""The map as tiles, as SVG, each tile with its words and the place of what it leads to."""

from collections.abc import Mapping
from typing import Final

from dashboard.files.report.description import Section
from dashboard.files.report.tiles import Words, tile_size, value_of, words_on
from dashboard.files.report.widths import LEADING, wrapped
from dashboard.files.stage.sheet import Content, place_of
from dashboard.panels.tiled import tiles_of
from dashboard.words.text import say

_SMALLER: Final = 3.6
"""Sizes of words on tiles are those of a sheet that is so many times as large."""
_ALIKE: Final = 1.4
"""How many times as large as the smallest words others may be."""
_INSET: Final = 0.7
_GAP: Final = 0.5


def tiles_content(section: Section, wide: float, high: float) -> Content | None:
    """The tiles, as large as so much room allows; None where there are none."""
    answer = section.answer
    grid = tiles_of(answer)
    if not grid.marks:
        return None
    across, tall = tile_size(grid, wide, high)
    room = ((across - _GAP - 2 * _INSET) * _SMALLER, (tall - _GAP - 2 * _INSET) * _SMALLER)
    words = _alike(words_on(grid, room, answer.language))
    ways = dict(zip((row.get("slug") for row in answer.rows), section.leads_to(answer.rows), strict=True))
    marks = []
    for mark in grid.marks:
        text, size = words[mark.slug]
        lines, size = wrapped(text, room[0], size), size / _SMALLER
        top = mark.row * tall + tall / 2 - (len(lines) - 1) * size * LEADING / 2 + size * 0.34
        marks.append(
            {
                "x": round(mark.column * across + _GAP / 2, 2),
                "y": round(mark.row * tall + _GAP / 2, 2),
                "middle": round((mark.column + 0.5) * across, 2),
                "lines": [(line, round(top + number * size * LEADING, 2)) for number, line in enumerate(lines)],
                "size": round(size, 2),
                "fill": grid.fill(mark),
                "ink": grid.ink(mark),
                "disputed": mark.disputed,
                "about": f"{mark.name}: {value_of(mark, answer.language)}",
                "way": place_of(ways.get(mark.slug)),
            }
        )
    return {
        "kind": "tiles",
        "about": say(answer.measured.label, answer.language),
        "wide": round(across * grid.columns, 2),
        "high": round(tall * grid.rows, 2),
        "tile": (round(across - _GAP, 2), round(tall - _GAP, 2)),
        "marks": marks,
    }


def _alike(words: Mapping[str, Words]) -> Mapping[str, Words]:
    """The same words, those of short names not many times as large as those of long ones."""
    least = min((size for text, size in words.values() if "\n" in text), default=None)
    if least is None:
        return words
    return {slug: (text, min(size, least * _ALIKE)) for slug, (text, size) in words.items()}
