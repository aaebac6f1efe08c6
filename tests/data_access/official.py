"""Official boundaries as a folder of files: every province and district a square, but for what a test changes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data_access.boundary_names import Names

Change = Callable[[list[dict[str, Any]]], object]
"""Changes the features of a file in place."""


def square(west: float, south: float, side: float = 0.5) -> list[list[float]]:
    """A ring as the GeoJSON standard wants it: counter-clockwise."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(name: str, place: int = 0, /, **said: Any) -> dict[str, Any]:
    """A feature of that name, on a square of its own."""
    ring = square(60 + place % 20, 22 + place // 20)
    return {
        "type": "Feature",
        "properties": {"name": name, **said},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def official(folder: Path, provinces: Change | None = None, districts: Change | None = None, **members: Any) -> Path:
    """The folder with both files in it; `members` stand beside the features in both."""
    folder.mkdir(exist_ok=True)
    drawn = {
        "provinces": [feature(name, place) for place, name in enumerate(Names("provinces").titles.values())],
        "districts": [feature(name, place) for place, name in enumerate(Names("districts").titles.values())],
    }
    drawn["provinces"].append(feature("IIOJK", 300))
    for level, change in (("provinces", provinces), ("districts", districts)):
        if change is not None:
            change(drawn[level])
        held = {"type": "FeatureCollection", **members, "features": drawn[level]}
        (folder / f"{level}.geojson").write_text(json.dumps(held), encoding="utf-8")
    return folder
