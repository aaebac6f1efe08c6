"""The maps' shapes as the browser gets them: from here alone, kept for good, official ones for those who are in."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from app import assemble
from dashboard.web.assets import Assets, fingerprint
from data_access.database import Database
from data_access.settings import SettingsProblem
from tests.app.browsing import NewContext, Visit, drawn, signed_in
from tests.app.serving import SETTINGS, Caller, server_over, serving
from tests.data_access.official import official

OURS = Path(__file__).parents[2] / "assets"
LEVELS = ("provinces", "districts")
FOR_GOOD = "max-age=31536000, immutable"

DRAW = """async ([url, ids, disputed]) => {
  const room = document.createElement("div");
  room.id = "map";
  room.style.cssText = "position: fixed; inset: 0; z-index: 9; background: white";
  document.body.append(room);
  const shape = { type: "choropleth", geojson: url, locationmode: "geojson-id", showscale: false };
  await Plotly.newPlot(room, [
    { ...shape, locations: ids, z: ids.map((_, place) => place % 7) },
    { ...shape, locations: disputed, z: disputed.map(() => 0) },
  ], { width: 800, height: 600, margin: { l: 0, r: 0, t: 0, b: 0 },
       geo: { visible: false, fitbounds: "locations", projection: { type: "mercator" } } });
}"""
SIZES = """() => [...document.querySelectorAll("#map .choroplethlocation")]
  .map((path) => path.getBBox()).map((box) => [box.width, box.height])"""


@pytest.fixture(scope="module")
def pmo(small: Database) -> Caller:
    return Caller(server_over(small).test_client())


@pytest.fixture
def theirs(small: Database, tmp_path: Path) -> Caller:
    """Asks a server with official boundaries."""
    folder = official(tmp_path / "maps", note="Survey of Pakistan, 2020")
    return Caller(assemble(replace(SETTINGS, boundaries_dir=folder), small).server.test_client())


@pytest.mark.parametrize("level", LEVELS)
def test_ours_are_small_on_the_wire_and_kept_for_good(pmo: Caller, level: str) -> None:
    url = Assets(OURS).url_of(f"boundaries/{level}.geojson")
    reply = pmo.get(url, Accept_Encoding="br")
    assert reply.status_code == 200
    assert reply.mimetype == "application/geo+json"
    assert reply.headers["Cache-Control"] == f"public, {FOR_GOOD}"
    assert reply.headers["Content-Encoding"] == "br"
    assert len(reply.data) < {"provinces": 14_000, "districts": 55_000}[level]
    assert "ODbL" in pmo.get(url).get_json(force=True)["attribution"]


@pytest.mark.parametrize("level", LEVELS)
def test_official_ones_are_served_at_one_address_and_kept_for_good(theirs: Caller, level: str) -> None:
    path = f"/boundaries/{level}.geojson"
    plain = theirs.get(path)
    assert plain.headers["Cache-Control"] == "private, no-cache"
    assert plain.get_json(force=True)["note"] == "Survey of Pakistan, 2020"
    reply = theirs.get(f"{path}?v={fingerprint(plain.data)}", Accept_Encoding="gzip")
    assert (reply.status_code, reply.mimetype) == (200, "application/geo+json")
    assert reply.headers["Cache-Control"] == f"private, {FOR_GOOD}"
    assert reply.headers["Content-Encoding"] == "gzip"
    assert "Cookie" not in reply.headers["Vary"]
    again = theirs.get(path, Accept_Encoding="gzip", If_None_Match=reply.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/boundaries/", "/boundaries/tehsils.geojson", "/boundaries/../app.py"])
def test_nothing_else_is_served_there(theirs: Caller, path: str) -> None:
    assert theirs.get(path).status_code == 404


def test_without_official_ones_there_is_nothing(pmo: Caller) -> None:
    assert pmo.get("/boundaries/districts.geojson").status_code == 404


def test_official_ones_are_for_those_who_are_in(theirs: Caller) -> None:
    assert Caller(theirs.client, None).get("/boundaries/districts.geojson", Sec_Fetch_Mode="cors").status_code == 401


def test_boundaries_that_do_not_fit_stop_the_start(small: Database, tmp_path: Path) -> None:
    folder = official(tmp_path / "maps", provinces=lambda features: features.pop(0))
    with pytest.raises(SettingsProblem, match=r"^BOUNDARIES_DIR=.*provinces\.geojson has no shape for Punjab"):
        assemble(replace(SETTINGS, boundaries_dir=folder), small)


def drawn_map(visit: Visit, path: str, url: str) -> list[list[float]]:
    """Draw the shapes at that address over the page, as the map does; width and height of each."""
    visit.open(path)
    drawn(visit.page)
    held: dict[str, Any] = visit.page.evaluate("async (url) => (await fetch(url)).json()", url)
    said = [each["properties"] for each in held["features"]]
    ids = [one["slug"] for one in said if not one.get("disputed")]
    visit.page.evaluate(DRAW, [url, ids, [one["slug"] for one in said if one.get("disputed")]])
    expect(visit.page.locator("#map .choroplethlocation")).to_have_count(len(said))
    sizes: list[list[float]] = visit.page.evaluate(SIZES)
    return sizes


@pytest.mark.parametrize("level", ["districts", pytest.param("provinces", marks=pytest.mark.long)])
def test_our_shapes_are_drawn_without_asking_anybody_else(small: Database, new_context: NewContext, level: str) -> None:
    with serving(server_over(small)) as address:
        visit = signed_in(new_context, address)
        sizes = drawn_map(visit, "/", Assets(OURS).url_of(f"boundaries/{level}.geojson"))
        visit.check()
    wide, high = max(width for width, _ in sizes), max(height for _, height in sizes)
    assert wide < 400  # a shape that is the wrong way round would be as wide as the frame
    assert high < 400
    assert min(min(size) for size in sizes) > 1


def test_official_shapes_are_drawn_whichever_way_they_run(
    small: Database, new_context: NewContext, tmp_path: Path
) -> None:
    folder = official(tmp_path / "maps")
    with serving(assemble(replace(SETTINGS, boundaries_dir=folder), small).server) as address:
        visit = signed_in(new_context, address)
        sizes = drawn_map(visit, "/", "/boundaries/provinces.geojson")
        visit.check()
    assert max(max(size) for size in sizes) < 100
