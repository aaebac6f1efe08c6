"""The shapes that maps are drawn from: ours, or official ones in BOUNDARIES_DIR. Read and checked once, at the start.

docs/boundaries.md says what such files hold.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from data_access.boundary_names import Level, Names
from data_access.geojson import Collection, Feature, Polygon, read_collection
from data_access.intake.ground import slug_of
from data_access.settings import SettingsProblem

FILES: Final[Mapping[Level, str]] = {"provinces": "provinces.geojson", "districts": "districts.geojson"}


@dataclass(frozen=True)
class Shape:
    """One shape of a map. Exterior rings run clockwise, as plotly wants them."""

    slug: str  # the id of the feature
    name: str
    members: tuple[str, ...]  # slugs of those it shows: most often one, none where it is disputed
    disputed: bool  # hatched, labelled, never scored
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, eq=False)
class Layer:
    """All shapes of one level: every government with a territory, or every district, is in exactly one of them.

    A layer equals only itself, so that what is made of it can be kept by it: its points are too many to compare.
    """

    level: Level
    shapes: tuple[Shape, ...]
    attribution: str
    note: str

    @property
    def shape_of(self) -> Mapping[str, str]:
        """The slug of the shape that shows a member, by the member's slug."""
        return {member: shape.slug for shape in self.shapes for member in shape.members}

    def geojson(self) -> bytes:
        """The layer as a file for the browser."""
        features = [
            {
                "type": "Feature",
                "id": shape.slug,
                "properties": {"slug": shape.slug, "name": shape.name, "disputed": shape.disputed},
                "geometry": {"type": "MultiPolygon", "coordinates": shape.polygons},
            }
            for shape in self.shapes
        ]
        said = {"attribution": self.attribution, "note": self.note}
        whole = {"type": "FeatureCollection", **said, "features": features}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Boundaries:
    """Both levels of the map."""

    provinces: Layer
    districts: Layer


def boundaries_for(official: Path | None, own: Path) -> Boundaries:
    """The layers in the folder that BOUNDARIES_DIR names, or else in ours.

    Raises SettingsProblem for a file that cannot be drawn, and one for all names, of both files, that do not match.
    """
    if official is None:
        return _ours(own)
    try:
        return read_boundaries(official)
    except SettingsProblem as problem:
        raise SettingsProblem(f"BOUNDARIES_DIR={official}: {problem}") from None


@cache
def _ours(folder: Path) -> Boundaries:
    """Our own, read once however many applications a process makes: they are part of the program."""
    return read_boundaries(folder)


def read_boundaries(folder: Path) -> Boundaries:
    """The layers in the files of a folder. Raises SettingsProblem (see `boundaries_for`)."""
    provinces, wrong_provinces = _layer("provinces", read_collection(folder / FILES["provinces"]))
    disputed = [shape for shape in provinces.shapes if shape.disputed]
    districts, wrong_districts = _layer("districts", read_collection(folder / FILES["districts"]), disputed)
    if not disputed:
        wrong_provinces.append("has no shape for IIOJK (give it the property disputed: true)")
    wrong = [
        f"{FILES[layer.level]} {'; '.join(found)}"
        for layer, found in ((provinces, wrong_provinces), (districts, wrong_districts))
        if found
    ]
    if wrong:
        raise SettingsProblem(f"{'. '.join(wrong)}. docs/boundaries.md says how shapes are named.")
    return Boundaries(provinces, districts)


def _layer(level: Level, held: Collection, disputed: Sequence[Shape] = ()) -> tuple[Layer, list[str]]:
    """The layer, and what is wrong with it. `disputed` are the shapes that it lends where it has none of its own."""
    names = Names(level)
    shapes = [_shape(feature, names) for feature in held.features]
    unmatched = [shape.name or f"feature {place}" for place, shape in enumerate(shapes, 1) if not _is_matched(shape)]
    if not any(shape.disputed for shape in shapes):
        shapes.extend(disputed)
    drawn = [member for shape in shapes for member in shape.members]
    missing = [title for slug, title in names.titles.items() if slug not in drawn]
    times = Counter(shape.slug for shape in shapes if _is_matched(shape))
    twice = [names.titles[slug] for slug, count in Counter(drawn).items() if count > 1]
    twice += [shape.name for shape in shapes if times[shape.slug] > 1]
    wrong = {"has unknown names": unmatched, "has no shape for": missing, "has more than one shape for": twice}
    said = {name: str(held.said.get(name) or "") for name in ("attribution", "note")}
    layer = Layer(level, tuple(shapes), said["attribution"], said["note"])
    return layer, [f"{what} {_listed(found)}" for what, found in wrong.items() if found]


def _is_matched(shape: Shape) -> bool:
    return shape.disputed or bool(shape.members)


def _shape(feature: Feature, names: Names) -> Shape:
    title = names.title_of(feature.said)
    if names.is_disputed(feature.said):
        given: Any = feature.said.get("slug")
        return Shape(slug_of(str(given or title)) or "disputed", title, (), True, feature.polygons)
    members = names.members_of(feature.said)
    name = " and ".join(names.titles[slug] for slug in members) or title
    return Shape("-".join(members), name, members, False, feature.polygons)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names)))
