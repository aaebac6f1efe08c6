"""The backlog by age in a browser: it fits, a cell leads to its complaints, levels and steps are chosen in place."""

import re

import pytest
from playwright.sync_api import expect

from tests.app.browsing import LAPTOP, PHONE, NewContext, Theme, drawn, is_redraw, shifted, signed_in, until

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

DAYS = "document.querySelector('.jd-panel-ageing-trend .js-plotly-plot').data[0].x.length"


@pytest.fixture
def address(common_address: str) -> str:
    return common_address


@pytest.mark.parametrize(("size", "theme"), [(LAPTOP, "dark"), (PHONE, "light")], ids=["laptop", "phone"])
def test_the_page_fits_and_nothing_moves(
    new_context: NewContext, address: str, size: tuple[int, int], theme: Theme
) -> None:
    seen = signed_in(new_context, address, size=size, theme=theme, path="/ageing")
    drawn(seen.page)
    expect(seen.page.locator("#lead")).to_have_text("Sindh holds 67% of the 9 complaints pending over 90 days.")
    expect(seen.page.locator("section h2:visible")).to_have_count(3)
    expect(seen.page.locator('.jd-ages [data-figure="sindh over-90"]')).to_have_text(re.compile("^6"))
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert shifted(seen.page) < 0.1
    seen.check()


def test_a_cell_leads_to_its_complaints(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/ageing?channel=app")
    drawn(seen.page)
    seen.page.locator('.jd-ages [data-figure="sindh over-90"] a').click()
    expect(seen.page.locator(".jd-listed .ag-pinned-left-cols-container .ag-row")).to_have_count(6)
    expect(seen.page).to_have_url(f"{address}/complaints?government=sindh&channel=app&status=pending&age=over-90")
    seen.page.go_back()
    drawn(seen.page)
    seen.page.locator(".jd-ages tbody tr").last.locator("a").last.click()  # of all rows
    expect(seen.page.locator(".jd-listed .ag-pinned-left-cols-container .ag-row")).to_have_count(9)
    seen.check()


def test_levels_and_steps_are_chosen_in_place_each_by_one_redraw(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/ageing")
    page = seen.page
    drawn(page)
    weeks = page.evaluate(DAYS)
    redraws: list[str] = []
    page.on("request", lambda request: redraws.append(request.url) if is_redraw(request) else None)
    page.locator(".jd-panel-ageing").get_by_role("link", name="Category").click()
    expect(page.locator(".jd-ages tbody th").first).to_have_text("Roads")
    expect(page).to_have_url(f"{address}/ageing?by=categories")
    page.go_back()
    expect(page.locator(".jd-ages tbody th").first).to_have_text("Sindh")
    page.locator(".jd-panel-ageing-trend").get_by_role("link", name="Day", exact=True).click()
    expect(page.locator(".jd-panel-ageing-trend [aria-current]")).to_have_text("Day")
    until(page, lambda: page.evaluate(DAYS) > 6 * weeks)
    expect(page).to_have_url(f"{address}/ageing?by=day")
    assert len(redraws) == 3
    page.locator(".jd-ages").get_by_role("link", name="Sindh").click()
    expect(page.locator(".jd-ages tbody th").first).to_have_text("Not placed")  # of its districts
    seen.check()


def test_who_lists_no_complaint_is_shown_counts_alone(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, "presenter", path="/ageing")
    drawn(seen.page)
    expect(seen.page.locator("section h2:visible")).to_have_count(2)
    expect(seen.page.locator(".jd-ages .jd-count")).to_have_count(0)
    seen.check()
