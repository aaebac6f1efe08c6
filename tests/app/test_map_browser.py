"""The map in a browser: a click descends, back widens, tiles stand for it when an administrator says so."""

import pytest
from playwright.sync_api import Page, expect

from data_access.database import Database
from data_access.map_style import choose_map_style
from tests.app.browsing import LAPTOP, PHONE, NewContext, Theme, shifted, signed_in, until

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

SHAPES = "document.querySelectorAll('.choroplethlocation').length"
PROVINCES, SINDH = 8, 29  # shapes: with what is disputed, and the districts of Sindh
PLACE = """slug => { const found = [...document.querySelectorAll('.choroplethlocation')].find(
    one => one.__data__.loc === slug).getBoundingClientRect();
    return [found.x + found.width / 2, found.y + found.height / 2]; }"""
SCALE = "[...document.querySelectorAll('.jd-legend .jd-swatch')].map(one => getComputedStyle(one).backgroundColor)"
FILLS = "[...document.querySelectorAll('.choroplethlocation')].map(one => getComputedStyle(one).fill)"


@pytest.fixture
def address(common_address: str) -> str:
    return common_address


def shapes(page: Page, number: int) -> None:
    """Wait until so many places are drawn, and nothing is waited for."""
    until(page, lambda: page.evaluate(SHAPES) == number, within=30)
    expect(page.locator(".jd-waiting, .dash-graph--pending")).to_have_count(0)


def test_a_click_on_the_map_descends_and_back_widens(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/map?channel=app")
    for _ in range(2):  # what stood there before is forgotten each time
        shapes(seen.page, PROVINCES)
        expect(seen.page.locator(".jd-landless a")).to_have_text("Federal90.0%")
        seen.page.mouse.click(*seen.page.evaluate(PLACE, "sindh"))
        shapes(seen.page, SINDH)
        expect(seen.page).to_have_url(f"{address}/map?government=sindh&channel=app")
        expect(seen.page.locator(".jd-ranked").first).to_contain_text("Karachi South")
        seen.page.go_back()
    shapes(seen.page, PROVINCES)
    expect(seen.page).to_have_url(f"{address}/map?channel=app")
    fetched = [url for url in seen.requests if "districts.geojson" in url]
    assert len(fetched) == 1, "the browser has the shapes of the next level ready, and fetches them once"
    seen.check()


def test_the_same_way_is_a_link_for_the_keyboard(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/map?metric=pending")
    shapes(seen.page, PROVINCES)
    seen.page.locator(".jd-ranked th a", has_text="Sindh").focus()
    seen.page.keyboard.press("Enter")
    shapes(seen.page, SINDH)
    expect(seen.page).to_have_url(f"{address}/map?government=sindh&metric=pending")
    seen.check()


@pytest.mark.parametrize(("size", "theme"), [(LAPTOP, "dark"), (PHONE, "light")], ids=["laptop", "phone"])
def test_the_map_fits_has_the_colours_of_its_legend_and_nothing_moves(
    new_context: NewContext, address: str, size: tuple[int, int], theme: Theme
) -> None:
    seen = signed_in(new_context, address, size=size, theme=theme, path="/map")
    shapes(seen.page, PROVINCES)
    expect(seen.page.locator("#lead")).to_have_text("Sindh holds 67% of the 9 complaints pending.")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert shifted(seen.page) < 0.05
    scale = seen.page.evaluate(SCALE)
    scored = {fill for fill in seen.page.evaluate(FILLS) if fill in scale} - {"rgba(0, 0, 0, 0)"}
    assert len(scored) == 2, "Sindh and Punjab; the others received nothing, and have outlines"
    seen.check()


def test_tiles_stand_for_the_map_from_the_next_drawing_on(
    new_context: NewContext, address: str, common: Database
) -> None:
    seen = signed_in(new_context, address, path="/map")
    page = seen.page
    shapes(page, PROVINCES)
    assert choose_map_style(common, "tiles", "admin")
    try:
        page.get_by_role("link", name="Where they are about").click()
        expect(page.locator(".jd-tiles li")).to_have_count(8)  # without the federal one, which has no place
        expect(page.locator(".js-plotly-plot")).to_have_count(0)
        page.get_by_role("link", name="Who holds them").click()
        expect(page.locator(".jd-tiles li")).to_have_count(9)
        sindh = page.locator("a.jd-tile", has_text="Sindh")
        sindh.hover()
        expect(sindh.locator(".jd-tip")).to_be_visible()
        expect(sindh.locator(".jd-tip")).to_contain_text("Resolution rate 40.0% (4 of 10)")
        sindh.click()
        expect(page.locator(".jd-tiles li")).to_have_count(SINDH)
        expect(page).to_have_url(f"{address}/map?government=sindh")
        expect(page.locator("a.jd-tile[tabindex='-1']")).to_have_count(SINDH)
    finally:
        choose_map_style(common, "shapes", "admin")
    page.go_back()
    shapes(page, PROVINCES)
    seen.check()
