"""A briefing in a browser: from the foot of a page, its panels dragged and moved by keys, to its page and a file."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.app.browsing import LAPTOP, PHONE, NewContext, drawn, signed_in, until
from tests.app.serving import server_over, serving
from tests.app.small import make

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = make(f"duckdb:///{tmp_path_factory.mktemp('frozen') / 'frozen.duckdb'}")
    with serving(server_over(database)) as url:
        yield url
    database.close()


def order(page: Page) -> list[str]:
    """The slides as they stand, once there are some: a click on a link does not wait for the page that it leads to."""
    slides = page.locator("[name=panel]")
    expect(slides).not_to_have_count(0)
    return [str(one.get_attribute("value")) for one in slides.all()]


def drag(page: Page, place: int, to: int) -> None:
    """Take the panel by its handle to the middle of the one that stands there."""
    expect(page.locator("[data-handle]").nth(max(place, to))).to_be_visible()  # its script is there
    boxes = [page.locator("[data-handle]").nth(one).bounding_box() for one in (place, to)]
    (x, y), (to_x, to_y) = [(box["x"] + 5, box["y"] + 8) for box in boxes if box is not None]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 12, steps=3)
    page.mouse.move(to_x, to_y + 40, steps=8)
    page.mouse.up()


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_a_briefing_is_made_of_a_page(new_context: NewContext, address: str, size: tuple[int, int]) -> None:
    seen = signed_in(new_context, address, "pmo", size)
    page = seen.page
    drawn(page)
    page.get_by_role("link", name="Make a briefing of this page").click()
    names = order(page)
    assert len(names) > 2
    page.get_by_label("Title").fill("سندھ کا جائزہ")
    page.get_by_label("Note").first.fill("Begin here.")
    drag(page, 0, 1)
    expect(page.locator("[data-order-said]")).to_contain_text("is slide 2 of")
    assert order(page) == [names[1], names[0], *names[2:]]
    expect(page.get_by_label("Note").nth(1)).to_have_value("Begin here.")  # it goes with its panel
    down = page.get_by_role("button", name="Move up:").nth(1)
    down.press("Enter")
    until(page, lambda: order(page) == names)
    expect(page.locator(":focus")).to_have_attribute(
        "aria-label", re.compile("^Move down:")
    )  # where it can be pressed no more, the focus goes to the other one
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("button", name="Freeze the figures").last.click()
    page.wait_for_url("**/briefings/*?done=made")
    expect(page.get_by_role("heading", level=1)).to_have_text("سندھ کا جائزہ")
    expect(page.get_by_role("note")).to_have_text("Begin here.")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download: Workbook").click()
    assert coming.value.suggested_filename.endswith(".xlsx")
    expect(page.locator("[data-fetched-said]")).to_contain_text("The file was made in")
    page.get_by_role("link", name="What the ledger says now").click()
    expect(page.get_by_role("status").last).to_contain_text("every figure is what it was")
    page.wait_for_load_state()  # its style is there
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    seen.check()
