"""Polygons from GeoJSON files that others made, checked: what cannot be drawn is told in one sentence."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from data_access.settings import SettingsProblem

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = tuple[Point, ...]
"""Closed: the last point is the first."""
Polygon = tuple[Ring, ...]
"""The exterior ring, then the holes."""

LARGEST: Final = 20_000_000
"""Bytes of a file. Some hundred thousand are drawn at once, some million with a pause."""
_DEGREES: Final = re.compile(r"(CRS84|EPSG:+(\d[\d.]*:)?4326)$", re.IGNORECASE)
_WEST, _SOUTH, _EAST, _NORTH = 55.0, 18.0, 90.0, 42.0
"""Where Pakistan lies, widely: metres, or latitude before longitude, fall outside."""


@dataclass(frozen=True)
class Feature:
    """One feature as it stands in its file; its exterior rings run clockwise."""

    said: Mapping[str, object]  # its properties by their names in small letters, and its id as "id"
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True)
class Collection:
    """The features of a file, and what the file says of itself."""

    features: tuple[Feature, ...]
    said: Mapping[str, object]


def read_collection(path: Path) -> Collection:
    """What a file holds. Raises SettingsProblem, which names the file, when that is no polygons in degrees."""
    try:
        size = path.stat().st_size
        held = json.loads(path.read_bytes()) if size <= LARGEST else {}
    except OSError as error:
        raise SettingsProblem(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise SettingsProblem(f"{path} is not JSON in UTF-8.") from error
    if size > LARGEST:
        raise SettingsProblem(
            f"{path} has {size / 1e6:,.0f} MB, and every browser would fetch them; simplify the shapes to "
            f"{LARGEST / 1e6:,.0f} MB at most."
        )
    features = held.get("features") if isinstance(held, dict) else None
    if not isinstance(features, list) or held.get("type") != "FeatureCollection":
        raise SettingsProblem(f"{path} is not a GeoJSON FeatureCollection.")
    if not features:
        raise SettingsProblem(f"{path} holds no features.")
    _check_reference(held.get("crs"), path)
    said = {name: value for name, value in held.items() if name != "features"}
    return Collection(tuple(_feature(each, number, path) for number, each in enumerate(features, start=1)), said)


def _check_reference(reference: object, path: Path) -> None:
    """Without a reference system GeoJSON is in degrees of WGS 84, longitude first."""
    if reference is None:
        return
    properties = reference.get("properties") if isinstance(reference, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not _DEGREES.search(name):
        raise SettingsProblem(f"{path} is in {name or 'an unknown reference system'}; write it in EPSG:4326 (degrees).")


def _feature(held: object, number: int, path: Path) -> Feature:
    where = f"feature {number} of {path}"
    geometry = held.get("geometry") if isinstance(held, dict) else None
    if not isinstance(held, dict) or not isinstance(geometry, dict):
        raise SettingsProblem(f"The {where} has no geometry; leave it out or draw it.")
    kind = geometry.get("type")
    parts: Any = geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise SettingsProblem(f"The {where} is a {kind}; maps are drawn from Polygon and MultiPolygon.")
    try:
        polygons = tuple(polygon(part) for part in ([parts] if kind == "Polygon" else parts))
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        raise SettingsProblem(
            f"The {where} cannot be drawn: closed rings of longitude and latitude in degrees (EPSG:4326) are wanted."
        ) from error
    if not polygons:
        raise SettingsProblem(f"The {where} is empty; leave it out or draw it.")
    properties = held.get("properties")
    said = {str(name).lower(): value for name, value in (properties if isinstance(properties, dict) else {}).items()}
    return Feature({"id": held.get("id"), **said}, polygons)


def polygon(rings: Sequence[Any]) -> Polygon:
    """A polygon with its exterior clockwise and its holes the other way.

    The standard says the reverse, and plotly draws that as the whole globe but for the shape. Raises ValueError,
    TypeError or IndexError for what is no polygon in degrees.
    """
    turned = [_turned(_ring(ring), clockwise=place == 0) for place, ring in enumerate(rings)]
    if not turned:
        raise ValueError("no rings")
    return tuple(turned)


def _ring(points: Sequence[Any]) -> Ring:
    ring = tuple((_degrees(point[0], _WEST, _EAST), _degrees(point[1], _SOUTH, _NORTH)) for point in points)
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("not closed")
    return ring


def _degrees(value: object, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError("not in degrees")
    return float(value)


def _turned(ring: Ring, *, clockwise: bool) -> Ring:
    around = area(ring)
    if around == 0:
        raise ValueError("flat")
    return ring if (around < 0) == clockwise else ring[::-1]


def area(ring: Ring) -> float:
    """The area inside a ring in square degrees, negative where it runs clockwise."""
    west, south = ring[0]  # near zero, sums of products keep their digits
    moved = [(x - west, y - south) for x, y in ring]
    return math.fsum(x * b - a * y for (x, y), (a, b) in pairwise(moved)) / 2
