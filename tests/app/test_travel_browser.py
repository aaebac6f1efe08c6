"""Through time in a browser: step by step, by slider and by menu; what comes next is there before it is asked for."""

import pytest
from playwright.sync_api import Page, Response, expect

from tests.app.browsing import LAPTOP, PHONE, NewContext, Visit, drawn, shifted, signed_in, until

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other


@pytest.fixture
def address(common_address: str) -> str:
    return common_address


@pytest.fixture
def entered(new_context: NewContext, address: str) -> Visit:
    return signed_in(new_context, address)


@pytest.fixture
def seen(entered: Visit) -> Visit:
    entered.open("/?as_of=2019-09-10")
    drawn(entered.page)
    return entered


def draws(page: Page) -> tuple[list[str], list[str]]:
    """From here on: bodies that draw the page and were asked for, and those that were fetched ahead and have come."""
    asked: list[str] = []
    ahead: list[str] = []

    def note(reply: Response) -> None:
        body = reply.request.post_data or ""
        if "page.data-version" in body:
            (ahead if reply.request.headers.get("x-ahead") else asked).append(body)

    page.on("response", note)
    return asked, ahead


def is_of(page: Page, day: str) -> None:
    expect(page.locator("#stamp")).to_contain_text(f"as of {day} Sep 2019")


def test_a_step_is_drawn_from_what_was_fetched_ahead(entered: Visit) -> None:
    seen, page = entered, entered.page
    asked, ahead = draws(page)  # from before the page is there: what comes next may come while it is still being drawn
    seen.open("/?as_of=2019-09-10")
    drawn(page)
    asked.clear()
    on = page.get_by_role("button", name="The day after")
    until(
        page, lambda: any("as_of=2019-09-12" in body for body in ahead), within=60
    )  # the day after is there before it
    on.focus()
    page.keyboard.press("Enter")
    is_of(page, "11")
    page.keyboard.press("Enter")
    is_of(page, "12")
    expect(on).to_be_focused()
    expect(page).to_have_url(f"{seen.address}/?as_of=2019-09-12")
    assert asked == []
    expect(page.locator("#as-of")).to_have_value("12 Sep 2019")
    page.go_back()
    is_of(page, "11")
    assert shifted(page) < 0.1
    seen.check()


def test_nothing_leads_past_the_newest_day(seen: Visit) -> None:
    page = seen.page
    seen.open("/?as_of=2019-09-29")
    drawn(page)
    on, back = (page.get_by_role("button", name=f"The day {way}") for way in ("after", "before"))
    expect(on).to_have_attribute("aria-disabled", "false")
    on.click()
    is_of(page, "30")
    expect(page).to_have_url(f"{seen.address}/")
    expect(on).to_have_attribute("aria-disabled", "true")
    on.press("Enter")
    back.press("Enter")
    is_of(page, "29")
    seen.check()


def test_longer_steps_and_the_slider(seen: Visit) -> None:
    page = seen.page
    page.get_by_label("Other days").click()
    page.get_by_role("link", name="A week earlier 3 Sep 2019").click()
    is_of(page, "3")
    expect(page.locator(".jd-travel")).not_to_have_attribute("open", "")
    page.get_by_label("Other days").press("Enter")
    slider = page.get_by_role("slider", name="Any day")
    expect(slider).to_have_attribute("aria-valuetext", "3 Sep 2019")
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(page.locator(".jd-slid")).to_have_text("5 Sep 2019")
    is_of(page, "5")
    expect(page).to_have_url(f"{seen.address}/?as_of=2019-09-05")
    seen.check()


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_the_menu_of_days_lies_on_the_screen(new_context: NewContext, address: str, size: tuple[int, int]) -> None:
    seen = signed_in(new_context, address, size=size, theme="dark")
    drawn(seen.page)
    seen.page.get_by_label("Other days").click()
    menu = seen.page.locator(".jd-travel > .jd-menu-body")
    expect(menu).to_be_visible()
    box = menu.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    seen.check()
