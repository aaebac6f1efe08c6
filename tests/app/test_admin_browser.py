"""The pages of administrators in a browser: no error, no violation, nothing wider than the screen, and usable."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from data_access.accounts.audit import Entry, note
from data_access.database import Database
from tests.app.browsing import LAPTOP, NewContext, Theme, Visit, every_look, sign_in
from tests.app.serving import server_over, serving
from tests.app.test_admin_accounts import at

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

PATHS = ("/admin", "/admin/accounts", at("cs-sindh"), "/admin/audit")
CONTRAST = """() => {
    const levels = color => color.match(/[\\d.]+/g).slice(0, 3).map(Number).map(
        part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const light = color => levels(color).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = one => { while (one && getComputedStyle(one).backgroundColor == 'rgba(0, 0, 0, 0)') {
        one = one.parentElement; } return light(getComputedStyle(one || document.body).backgroundColor); };
    const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const shown = [...document.querySelectorAll('main :is(p, td, th, dt, dd, a, label, small, code, button, span)')];
    return shown.filter(one => one.checkVisibility() && one.textContent.trim())
        .map(one => [ratio(light(getComputedStyle(one).color), ground(one)), one.textContent.trim().slice(0, 40)])
        .filter(pair => pair[0] < 4.5);
}"""


@pytest.fixture(scope="module")
def address(small: Database) -> Iterator[str]:
    note(small, Entry("sign-in-failed", None, "x" * 400, {"why": "y" * 400}))
    with serving(server_over(small)) as url:
        yield url


def administrator(new_context: NewContext, address: str, size: tuple[int, int], theme: Theme = "light") -> Visit:
    """A visit by the administrator, at the first of the pages."""
    context = new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
    return sign_in(context, address, "admin", "/sign-in?next=/admin")


@every_look
def test_every_page_fits_and_can_be_read(
    new_context: NewContext, address: str, size: tuple[int, int], theme: Theme
) -> None:
    seen = administrator(new_context, address, size, theme)
    for path in PATHS:
        seen.open(path)
        expect(seen.page.locator("h1")).to_be_visible()
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        assert seen.page.evaluate(CONTRAST) == [], path
        # A person who cannot see the form hears what each field is.
        for field in seen.page.locator("main :is(input, select):not([type=hidden])").all():
            assert field.evaluate("one => one.labels.length") == 1
    seen.check()


def test_an_account_is_added_looked_at_and_found_in_the_log(new_context: NewContext, address: str) -> None:
    seen = administrator(new_context, address, LAPTOP)
    page = seen.page
    page.get_by_role("link", name="Accounts", exact=True).click()
    page.get_by_label("Username").fill("dc-lahore")
    page.get_by_label("Role").select_option("chief_secretary")
    page.get_by_label("Government").select_option("punjab")
    page.get_by_label("District").select_option("karachi-south")
    page.get_by_role("button", name="Add the account").click()
    expect(page.get_by_role("alert")).to_contain_text("district=karachi-south lies in government=sindh")
    expect(page.get_by_label("Username")).to_have_value("dc-lahore")
    page.get_by_label("District").select_option("lahore")
    page.get_by_role("button", name="Add the account").click()
    expect(page.locator(".jd-secret")).to_have_text(re.compile("^[a-z0-9]{5}(-[a-z0-9]{5}){3}$"))
    page.get_by_role("link", name="Go to the account").click()
    expect(page.locator("h1")).to_have_text("dc-lahore")
    expect(page.locator(".jd-facts")).to_contain_text("Lahore and Punjab")
    page.get_by_role("button", name="Disable the account").click()
    expect(page.get_by_role("status")).to_contain_text("disabled, signed out everywhere")
    page.get_by_role("link", name="Audit log").click()
    page.get_by_label("To what: contains").fill("lahore")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_role("status")).to_contain_text("The chain holds")
    with page.expect_download() as taken:
        page.get_by_role("link", name="All of these as CSV").click()
    assert taken.value.suggested_filename == "jawabdeh-audit.csv"
    # A browser notes a reply of 400 on its console; nothing else may stand there.
    seen.trouble = [text for text in seen.trouble if "status of 400" not in text]
    seen.check()
