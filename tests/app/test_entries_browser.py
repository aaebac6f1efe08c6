"""Initiatives in a browser: from the page to the form and back, and what two tabs do to each other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.app.browsing import LAPTOP, PHONE, NewContext, Theme, signed_in
from tests.app.serving import server_over, serving
from tests.app.small import bring, make

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = make(f"duckdb:///{tmp_path_factory.mktemp('entries') / 'entries.duckdb'}")
    bring(database, {"category": [{"slug": "bridges", "name": "Bridges", "parent": "roads"}]})
    with serving(server_over(database)) as url:
        yield url
    database.close()


def drawn(page: Page) -> None:
    """Wait until every panel of the page of initiatives is on the screen."""
    expect(page.locator("main section h2:visible")).to_have_count(5)
    expect(page.locator('main section[data-state="waiting"]')).to_have_count(0)


def fill(page: Page) -> None:
    """The form of an initiative, but for its day."""
    page.get_by_label("Title").fill("سڑکوں کی مرمت")
    page.get_by_label("Kind").select_option("policy")
    page.get_by_label("Owner").fill("Works")
    page.get_by_label("In short").fill("Potholes are filled\nwithin a week.")
    page.get_by_label("Source").fill("Report of July")
    for name in ("Bridges", "Roads"):
        page.get_by_role("checkbox", name=name, exact=True).check()


def test_an_initiative_is_entered_by_form_and_stands_on_the_page(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, "pmo", path="/initiatives")
    page = seen.page
    drawn(page)
    expect(page.locator(".jd-panel-awareness")).to_contain_text("There is no campaign to show")
    page.get_by_role("link", name="Add or change initiatives").click()
    fill(page)
    page.get_by_label("Begun").fill("1019-07-01")
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("alert")).to_contain_text("check the year")
    expect(page.get_by_label("Title")).to_have_value("سڑکوں کی مرمت")  # what was typed stays
    expect(page.get_by_label("In short")).to_have_value("Potholes are filled\nwithin a week.")
    expect(page.get_by_role("checkbox", name="Bridges")).to_be_checked()
    expect(page.locator('[aria-invalid="true"]')).to_have_attribute("name", "started_on")
    seen.trouble.clear()  # the browser notes the answer 400
    page.get_by_label("Begun").fill("2019-07-01")
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("row", name="سڑکوں کی مرمت")).to_contain_text("Bridges; Roads")
    page.get_by_role("link", name="Back to the initiatives").click()
    drawn(page)
    told = page.locator(".jd-told-one", has_text="سڑکوں کی مرمت")
    expect(told).to_have_attribute("aria-current", "true")
    expect(page.locator(".jd-effect tbody tr")).to_have_count(3)
    told.get_by_role("link", name="Bridges").click()
    expect(page).to_have_url(f"{address}/?category=bridges")
    seen.check()


def test_the_later_of_two_tabs_is_told_what_stands_there(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, "admin", path="/initiatives/entries")
    page = seen.page
    fill(page)
    page.get_by_label("Title").fill("Two tabs")
    page.get_by_label("Begun").fill("2019-07-02")
    page.get_by_role("button", name="Enter").click()
    page.get_by_role("link", name="Change Two tabs").click()
    expect(page.get_by_role("button", name="Save the changes")).to_be_visible()  # the address is that of the form
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Owner").fill("Roads Authority")
    other.get_by_role("button", name="Save the changes").click()
    expect(other.get_by_role("status")).to_contain_text("It is changed")
    page.get_by_label("Source").fill("Report of August")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody has changed this entry")
    expect(page.get_by_role("note")).to_contain_text("Roads Authority")
    expect(page.get_by_label("Source")).to_have_value("Report of August")
    seen.trouble.clear()  # the browser notes the answer 409
    page.get_by_label("Owner").fill("Roads Authority")
    page.get_by_role("button", name="Save the changes").click()
    row = page.get_by_role("row", name="Two tabs")
    expect(row).to_contain_text("Report of August")
    row.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("row", name="Two tabs")).to_contain_text("withdrawn")
    seen.check()


@pytest.mark.parametrize(("size", "theme"), [(LAPTOP, "dark"), (PHONE, "light")], ids=["laptop", "phone"])
@pytest.mark.parametrize("path", ["/initiatives/entries", "/initiatives/stories", "/methods/announcements"])
def test_the_forms_fit_the_screen(
    new_context: NewContext, address: str, path: str, size: tuple[int, int], theme: Theme
) -> None:
    seen = signed_in(new_context, address, "pmo", size=size, theme=theme, path=path)
    expect(seen.page.get_by_role("button", name="Enter", exact=True)).to_be_visible()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    seen.check()
