"""One's own account in a browser, with scripts and without: two steps to sign in, forms that fit and can be read."""

import re
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page, expect

from data_access.accounts.register import Register
from data_access.database import Database
from tests.app.browsing import LAPTOP, NewContext, Theme, Visit, every_look
from tests.app.serving import server_over, serving
from tests.app.test_admin_browser import CONTRAST
from tests.app.visiting import MINUTE, Hands

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

PASSWORD = "four unlikely words together"


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def address(own: Database, hands: Hands) -> Iterator[str]:
    Register(own, "admin").add("nadia", PASSWORD, "chief_secretary", {"government": "sindh"})
    with serving(server_over(own, hands)) as url:
        yield url


def first_step(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in?next=/account")
    page.get_by_label("Username").fill("nadia")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def fits(seen: Visit, width: int) -> None:
    """Nothing is wider than the screen, all can be read, and every field has a name."""
    seen.page.wait_for_load_state()  # its style is there
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate(CONTRAST) == []
    for field in seen.page.locator("main :is(input, select):not([type=hidden], [hidden])").all():
        assert field.evaluate("one => one.labels.length") == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_steps(new_context: NewContext, address: str, hands: Hands, scripts: bool) -> None:
    context = new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, java_script_enabled=scripts)
    page = context.new_page()
    seen = Visit(page, address)
    first_step(page, address)
    expect(page.locator("h1")).to_have_text("My account")
    page.get_by_role("link", name="Turn a second factor on").click()
    telephone = pyotp.TOTP((page.locator(".jd-secret").text_content() or "").replace(" ", ""))
    expect(page.locator(".jd-picture svg")).to_be_visible()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("Code of six digits").fill(telephone.at(hands.seconds))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("status")).to_contain_text("The second factor is on")
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("status")).to_have_text("You are signed out everywhere.")
    hands.seconds += MINUTE
    first_step(page, address)
    expect(page.locator("h1")).to_have_text("Sign in: code")
    page.get_by_label("Code").fill("000000x")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    page.get_by_label("Code").fill(telephone.at(hands.seconds))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("My account")
    refused = [words for words in seen.trouble if "401" not in words]  # a wrong code is one, and browsers say so
    assert refused == []


def test_a_token_is_made_and_revoked(new_context: NewContext, address: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    first_step(page, address)
    page.get_by_label("What it is for").fill("nightly report")
    page.get_by_label("It ends after").select_option("7")
    page.get_by_label("District").select_option("karachi-south")
    page.get_by_label("see officers by name").uncheck()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Make the token").click()
    expect(page.locator(".jd-secret")).to_have_text(re.compile("^jd_[0-9a-f]{16}_"))
    page.get_by_role("link", name="Go to my account").click()
    row = page.get_by_role("row", name="nightly report")
    expect(row).to_contain_text("Karachi South")
    expect(row).not_to_contain_text("officers")
    row.get_by_role("button", name="Revoke nightly report").click()
    expect(page.get_by_role("status")).to_contain_text("it opens nothing any more")
    expect(page.get_by_role("row", name="nightly report")).to_have_count(0)


@every_look
def test_every_page_fits_and_can_be_read(
    new_context: NewContext, address: str, hands: Hands, size: tuple[int, int], theme: Theme
) -> None:
    context = new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
    page = context.new_page()
    seen = Visit(page, address)
    first_step(page, address)
    for label in ("nightly report", "x" * 80):
        page.get_by_label("What it is for").fill(label)
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Make the token").click()
        expect(page.locator(".jd-secret")).to_be_visible()
        fits(seen, size[0])
        page.get_by_role("link", name="Go to my account").click()
        expect(page.locator(".jd-secret")).to_have_count(0)
        expect(page.get_by_label("What it is for")).to_be_visible()
    fits(seen, size[0])
    page.get_by_role("link", name="Turn a second factor on").click()
    expect(page.locator(".jd-picture svg")).to_be_visible()
    fits(seen, size[0])
    seen.check()
