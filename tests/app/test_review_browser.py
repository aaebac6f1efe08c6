"""The review in a browser: where a chief secretary lands, what he promises there, and the sheets he takes along."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.app.browsing import LAPTOP, PHONE, NewContext, Theme, shifted, signed_in
from tests.app.serving import server_over, serving
from tests.app.small import FIRST, bring, filed, make

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = make(f"duckdb:///{tmp_path_factory.mktemp('review') / 'review.duckdb'}")
    placed = [filed(400 + n, FIRST, "sindh-office") for n in range(3)]
    bring(
        database,
        {
            "complaint": [{**complaint, "district": "karachi-south"} for complaint, _ in placed],
            "event": [received for _, received in placed],
        },
    )
    with serving(server_over(database)) as url:
        yield url
    database.close()


def drawn(page: Page) -> None:
    """Wait until every panel of the review is on the screen."""
    expect(page.locator("section h2:visible")).to_have_count(4)
    expect(page.locator('main section[data-state="waiting"]')).to_have_count(0)
    expect(page.locator(".jd-worklist tbody tr").first).to_be_visible()


@pytest.mark.parametrize(("size", "theme"), [(LAPTOP, "dark"), (PHONE, "light")], ids=["laptop", "phone"])
def test_a_chief_secretary_lands_on_what_is_to_be_done(
    new_context: NewContext, address: str, size: tuple[int, int], theme: Theme
) -> None:
    seen = signed_in(new_context, address, "cs-sindh", size=size, theme=theme)
    expect(seen.page).to_have_url(f"{address}/review")
    seen.open("/review")
    drawn(seen.page)
    expect(seen.page.locator("#lead")).to_contain_text("9")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert shifted(seen.page) < 0.1
    seen.check()


def test_a_number_of_the_worklist_leads_to_its_complaints(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, "cs-sindh")
    drawn(seen.page)
    seen.page.locator('.jd-worklist [data-figure="sindh-office karachi-south pending_over_90"] a').click()
    expect(seen.page.locator(".jd-listed .ag-pinned-left-cols-container .ag-row")).to_have_count(3)
    expect(seen.page).to_have_url(re.compile("district=karachi-south.*office=sindh-office.*age=over-90"))
    seen.page.go_back()
    drawn(seen.page)
    seen.check()


def test_another_review_day_is_looked_ahead_to_and_kept(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, "cs-sindh", path="/review?by=2019-10-02")
    drawn(seen.page)
    expect(seen.page.locator(".jd-panel-worklist .jd-ways").first).to_contain_text("until 2 Oct 2019")
    seen.page.locator(".jd-worklist").get_by_role("link", name="Works office").first.click()
    expect(seen.page).to_have_url(f"{address}/review?office=sindh-office&by=2019-10-02")
    seen.open("/review?by=2018-01-01")
    expect(seen.page.locator("#notice")).to_contain_text("by=2018-01-01 is no day to look ahead to")
    seen.check()


def test_a_promise_is_made_by_form_and_stands_on_the_pages(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, "pmo", path="/review")
    page = seen.page
    drawn(page)
    page.get_by_role("link", name="Enter a promise").click()
    expect(page.get_by_role("button", name="Enter the promise")).to_be_visible()  # the page before has a Government too
    page.get_by_label("Government").select_option("punjab")
    page.get_by_label("What is promised").select_option("resolution_rate")
    page.get_by_label("Value").fill("ninety")
    page.get_by_label("By", exact=True).fill("2019-10-31")
    page.get_by_label("Promised on").fill("2019-09-30")
    page.get_by_label("Promised at").fill("وزیر اعظم کا اجلاس")
    page.get_by_role("button", name="Enter the promise").click()
    expect(page.get_by_text("ninety is no number")).to_be_visible()
    expect(page.get_by_label("Promised at")).to_have_value("وزیر اعظم کا اجلاس")  # what was typed stays
    seen.trouble.clear()  # the browser notes the answer 400
    page.get_by_label("Value").fill("95")
    page.get_by_role("button", name="Enter the promise").click()
    expect(page.get_by_role("row", name="Punjab")).to_contain_text("Resolution rate ≥ 95.0%")
    page.get_by_role("link", name="Back to the review").click()
    drawn(page)
    expect(page.locator(".jd-panel-commitments tr", has_text="Punjab")).to_contain_text("Resolution rate ≥ 95.0%")
    page.get_by_role("link", name="Enter a promise").click()
    page.get_by_role("button", name="Withdraw the promise of Punjab").click()
    expect(page.get_by_role("row", name="Punjab")).to_contain_text("withdrawn")
    seen.check()


def test_sheets_are_printed_without_what_is_for_screens_and_the_workbook_is_had(
    new_context: NewContext, address: str
) -> None:
    seen = signed_in(new_context, address, "cs-sindh")
    page = seen.page
    drawn(page)
    with page.expect_download() as download:
        page.locator(".jd-panel-worklist").get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename.startswith("jawabdeh-worklist-sindh-")
    page.get_by_role("link", name="Sheets to print").click()
    expect(page.get_by_role("heading", name="All districts")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Back to the review")).to_be_hidden()
    expect(page.locator(".jd-sheet tbody tr").first).to_be_visible()
    page.wait_for_load_state()  # its style is there
    breaks = page.locator(".jd-sheet").evaluate_all("all => all.map(one => getComputedStyle(one).breakBefore)")
    assert set(breaks) == {"page"}
    seen.check()
