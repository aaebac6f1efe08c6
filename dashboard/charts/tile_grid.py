"""Places as tiles of one size, about where they lie: said once, drawn by the page, by slides and by documents.

No borders are shown. Every hand that draws it needs no more than what stands here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from dashboard.charts.classes import CLASSES, NO_VALUE
from data_access.boundary_names import DISPUTED, Level
from data_access.tiles import Tile, read_codes, read_tiles, trimmed

_DISPUTED: Final = str(DISPUTED["slug"])
_LANDLESS: Final = "federal"
_DARK: Final = CLASSES - 2
"""From this shade on letters are as light as the paper."""


@dataclass(frozen=True)
class Scored:
    """A place with its figure: the figure's shade (see `classes`), and the figure as it is read."""

    slug: str
    name: str
    shade: int
    value: str


@dataclass(frozen=True)
class TileMark:
    """One tile: the cell it lies in, and what it shows. `code` stands for the name where there is no room for that.

    `disputed`: hatched, labelled, without a figure, and a click on it leads nowhere.
    """

    slug: str
    name: str
    code: str
    column: int
    row: int
    shade: int
    value: str
    disputed: bool = False


@dataclass(frozen=True)
class TileGrid:
    """All tiles; columns go east, rows go south, both from 0. `shades` are tokens of colours, from little to much."""

    columns: int
    rows: int
    marks: tuple[TileMark, ...]
    shades: tuple[str, ...]

    def fill(self, mark: TileMark) -> str | None:
        """The token of a tile's colour; None: no figure, only an outline."""
        if mark.disputed:
            return "no-value"
        return None if mark.shade == NO_VALUE else self.shades[mark.shade]

    def ink(self, mark: TileMark) -> str:
        """The token that letters on the tile have."""
        return "paper" if mark.shade >= _DARK else "ink"


def tile_grid(level: Level, places: Sequence[Scored], shades: tuple[str, ...]) -> TileGrid:
    """The tiles of these places alone; what is disputed is with them where they are the whole country."""
    tiles, codes = _tiles()[level], _codes()[level]
    shown = {place.slug: tiles[place.slug] for place in places if place.slug in tiles}
    whole = tiles.keys() - {_DISPUTED, _LANDLESS} <= shown.keys()
    if whole:
        shown[_DISPUTED] = tiles[_DISPUTED]
    else:
        shown = dict(trimmed(shown))
    marks = [
        TileMark(place.slug, place.name, codes[place.slug], *shown[place.slug], place.shade, place.value)
        for place in places
        if place.slug in shown
    ]
    if whole:
        at = shown[_DISPUTED]
        marks.append(
            TileMark(_DISPUTED, str(DISPUTED["name"]), codes[_DISPUTED], *at, NO_VALUE, value="", disputed=True)
        )
    return TileGrid(
        max((mark.column for mark in marks), default=-1) + 1,
        max((mark.row for mark in marks), default=-1) + 1,
        tuple(sorted(marks, key=lambda mark: (mark.row, mark.column))),
        shades,
    )


@cache
def _tiles() -> Mapping[Level, Mapping[str, Tile]]:
    return read_tiles()


@cache
def _codes() -> Mapping[Level, Mapping[str, str]]:
    return read_codes()
