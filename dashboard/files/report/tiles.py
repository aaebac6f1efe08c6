"""The tiles of the map: how large they are, and what stands on them, in one size for all that have room for it."""

from collections.abc import Mapping
from typing import Final

from dashboard.charts.tile_grid import TileGrid, TileMark
from dashboard.files.report.widths import fits
from dashboard.words.text import say

_SIZES: Final = (13, 12, 11, 10, 9, 8, 7)
_SMALL: Final = (*_SIZES, 6, 5, 4)

_SQUARE: Final = 1.5  # how many times as wide as high a tile may be

Words = tuple[str, float]


def tile_size(grid: TileGrid, wide: float, high: float) -> tuple[float, float]:
    """How wide and how high a tile is, so that all of them have room."""
    tall = min(high / grid.rows, wide / grid.columns)
    return min(wide / grid.columns, tall * _SQUARE), tall


def value_of(mark: TileMark, language: str) -> str:
    """The figure of a tile as it is read; of what is disputed, that it has none."""
    return say("disputed, not scored", language) if mark.disputed else mark.value


def words_on(grid: TileGrid, room: tuple[float, float], language: str) -> Mapping[str, Words]:
    """By the slug of its place: the text of a tile that has so much room inside, and its size."""
    found = {mark.slug: _words(mark, value_of(mark, language), room) for mark in grid.marks}
    told = [found[mark.slug] for mark in grid.marks if not mark.disputed]
    named = [size for text, size in told if "\n" in text]
    if len(named) < len(told):
        return found
    least = min(named, default=_SIZES[-1])
    return {slug: (text, min(size, least)) for slug, (text, size) in found.items()}


def _words(mark: TileMark, value: str, room: tuple[float, float]) -> Words:
    """Name and figure where there is room for both, else the name, else the letters that stand for it."""
    for text in (f"{mark.name}\n{value}".strip(), mark.name):
        size = next((one for one in _SIZES if fits(text, room, one)), None)
        if size is not None:
            return text, size
    return mark.code, next((one for one in _SMALL if fits(mark.code, room, one)), 3)
