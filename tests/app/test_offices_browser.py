"""The tables of offices and officers in a browser: sorted, searched and cut by links, all of it in the address."""

import pytest
from playwright.sync_api import Page, expect

from tests.app.browsing import PHONE, NewContext, Visit, signed_in

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other


@pytest.fixture
def address(common_address: str) -> str:
    return common_address


def rows(page: Page) -> list[str]:
    """The names of the rows, in their order."""
    expect(page.locator(".jd-roster tbody tr").first).to_be_visible()
    return page.locator(".jd-roster tbody th").all_inner_texts()


def opened(new_context: NewContext, address: str, path: str, account: str = "pmo") -> Visit:
    seen = signed_in(new_context, address, account, path=path)
    expect(seen.page.locator(".jd-roster tbody tr").first).to_be_visible(timeout=30_000)
    return seen


def test_a_heading_sorts_and_again_the_other_way(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, "/offices?columns=pending,closings")
    page = seen.page
    assert len(rows(page)) == 8
    page.locator(".jd-roster thead").get_by_role("link", name="Closings").click()
    expect(page).to_have_url(f"{address}/offices?columns=pending%2Cclosings&sort=-closings")
    expect(page.locator(".jd-roster th[aria-sort]")).to_have_text("Closings ▼")
    falling = [int(text) for text in page.locator(".jd-roster tbody td:nth-child(3)").all_inner_texts()]
    assert falling == sorted(falling, reverse=True)
    assert falling[0] > 0
    page.locator(".jd-roster thead").get_by_role("link", name="Closings").click()
    expect(page.locator(".jd-roster th[aria-sort]")).to_have_text("Closings ▲")
    page.go_back()
    expect(page.locator(".jd-roster th[aria-sort]")).to_have_text("Closings ▼")
    seen.check()


def test_words_are_searched_for_and_columns_chosen(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, "/offices?government=sindh")
    page = seen.page
    page.locator(".jd-search-form .jd-search").fill("desk")
    page.locator(".jd-search-form").get_by_role("button", name="Search").click()
    expect(page.locator(".jd-pager")).to_contain_text("1 to 1 of 1")
    assert rows(page) == ["Works desk"]
    expect(page.locator(".jd-chip").first).to_have_text("Government: Sindh ×")
    page.locator(".jd-roster-tools summary").click()
    page.locator(".jd-columns").get_by_role("link", name="Days held", exact=True).click()
    expect(page.locator(".jd-roster thead")).to_contain_text("Days held")
    seen.check()


def test_an_office_leads_to_its_own_page(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, "/offices?search=desk&government=federal")
    page = seen.page
    page.locator(".jd-roster tbody").get_by_role("link", name="Works desk").click()
    expect(page).to_have_url(f"{address}/offices?government=federal&office=federal-desk")
    expect(page.locator(".jd-stints tbody tr")).to_have_count(2)
    expect(page.locator(".jd-stints tbody th").first).to_have_text("vacant")
    page.locator(".jd-stints").get_by_role("link", name="Zeb of Desk").click()
    expect(page.locator(".jd-panel-officer .jd-headline")).to_contain_text("Zeb of Desk")
    seen.check()


def test_who_may_not_see_names_sees_posts(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, "/offices?office=federal-desk", "viewer")
    page = seen.page
    expect(page.locator(".jd-stints tbody th").last).to_have_text("an officer")
    assert "Zeb" not in page.content()
    assert page.locator(".jd-nav a", has_text="Officers").count() == 0
    seen.open("/officers")
    expect(page.locator("body")).to_contain_text("may not see")
    assert "Zeb" not in page.content()


def test_a_table_scrolls_in_its_own_room_on_a_telephone(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, size=PHONE, path="/officers")
    expect(seen.page.locator(".jd-roster tbody tr").first).to_be_visible(timeout=30_000)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    seen.check()
