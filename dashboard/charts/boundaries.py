"""What a chart must know of the shapes it draws, which themselves stay in the file that the browser fetches.

A figure names a shape by the id of its feature; the file's address, labels, the frame and the hatching stand here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from data_access.boundaries import Layer, Shape
from data_access.geojson import Point, Polygon, area

Line = tuple[Point, Point]

HATCHING: Final = 0.7  # degrees between two lines
_MARGIN: Final = 0.04  # of a frame's width and height
_LEVELS: Final = 15  # heights at which a place for the label is looked for


@dataclass(frozen=True)
class Frame:
    """A part of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class MapShape:
    """One shape."""

    slug: str  # the id of its feature
    name: str
    members: tuple[str, ...]  # slugs of those it shows: most often one, none where it is disputed
    label: Point  # where there is room for a name
    frame: Frame


@dataclass(frozen=True)
class MapLayer:
    """One level of the map."""

    url: str  # the file with the shapes, the same for everybody
    shapes: Mapping[str, MapShape]  # by slug, those that are scored
    disputed: Mapping[str, MapShape]  # by slug, those that are hatched, labelled and never scored
    hatching: tuple[Line, ...]  # lines across the disputed shapes
    shape_of: Mapping[str, str]  # slug of a member -> slug of the shape that shows it
    attribution: str
    note: str

    def frame_of(self, slugs: Iterable[str] = ()) -> Frame:
        """The part of the map that holds these shapes, or all of them, with a margin. KeyError for an unknown one."""
        every = {**self.shapes, **self.disputed}
        frames = [every[slug].frame for slug in slugs] or [shape.frame for shape in every.values()]
        west, south = min(one.west for one in frames), min(one.south for one in frames)
        east, north = max(one.east for one in frames), max(one.north for one in frames)
        wide, high = (east - west) * _MARGIN, (north - south) * _MARGIN
        return Frame(west - wide, south - high, east + wide, north + high)


def map_layer(layer: Layer, url: str) -> MapLayer:
    """The layer without its shapes, which lie at `url`."""
    scored, disputed, hatching = _drawn(layer)
    return MapLayer(
        url=url,
        shapes=scored,
        disputed=disputed,
        hatching=hatching,
        shape_of=layer.shape_of,
        attribution=layer.attribution,
        note=layer.note,
    )


@lru_cache(maxsize=2)
def _drawn(layer: Layer) -> tuple[Mapping[str, MapShape], Mapping[str, MapShape], tuple[Line, ...]]:
    """Its shapes that are scored, those that are disputed, and the lines across these.

    Reckoned once for both our layers, however many applications a process makes.
    """
    shapes = [(shape, _map_shape(shape)) for shape in layer.shapes]
    disputed = [shape for shape in layer.shapes if shape.disputed]
    return (
        {shape.slug: drawn for shape, drawn in shapes if not shape.disputed},
        {shape.slug: drawn for shape, drawn in shapes if shape.disputed},
        tuple(line for shape in disputed for polygon in shape.polygons for line in hatched(polygon, HATCHING)),
    )


def _map_shape(shape: Shape) -> MapShape:
    points = [point for polygon in shape.polygons for point in polygon[0]]
    frame = Frame(
        min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)
    )
    largest = max(shape.polygons, key=lambda polygon: abs(area(polygon[0])))
    return MapShape(shape.slug, shape.name, shape.members, label_point(largest), frame)


def hatched(polygon: Polygon, distance: float) -> Iterator[Line]:
    """Lines across a polygon, rising to the east, this far from each other along the parallels.

    They lie on a grid of the whole map, so that those of neighbours meet.
    """
    # Along one of these lines x − y stays the same, and x + y says how far along it a point lies.
    slanted = tuple(tuple((x - y, x + y) for x, y in ring) for ring in polygon)
    at = [across for across, _ in slanted[0]]
    for number in range(int(min(at) // distance) + 1, int(-(-max(at) // distance))):
        across = number * distance
        for start, end in chords(slanted, across):
            yield ((across + start) / 2, (start - across) / 2), ((across + end) / 2, (end - across) / 2)


def label_point(polygon: Polygon) -> Point:
    """A point inside where there is room for words: the middle of the longest line from west to east."""
    heights = [y for _, y in polygon[0]]
    low, high = min(heights), max(heights)
    turned = tuple(tuple((y, x) for x, y in ring) for ring in polygon)
    best = (0.0, polygon[0][0])
    for level in range(1, _LEVELS):
        height = low + (high - low) * level / _LEVELS
        for west, east in chords(turned, height):
            best = max(best, (east - west, ((west + east) / 2, height)))
    return best[1]


def chords(polygon: Sequence[Sequence[Point]], at: float) -> list[tuple[float, float]]:
    """Where the line of points whose first coordinate is `at` runs inside a polygon: from and to, by the second one."""
    crossings = sorted(
        b + (d - b) * (at - a) / (c - a)
        for ring in polygon
        for (a, b), (c, d) in pairwise(ring)
        if (a <= at) != (c <= at)  # a corner on the line counts once where it is crossed, else never or twice
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))
