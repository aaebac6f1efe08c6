"""Audits and signals in a browser: tables sorted by headings, draws chosen from their list, all in the address."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from data_access.audits.audits import Audits, Wanted
from data_access.database import Database
from data_access.questions.listing import Over, cursor_of
from tests.app.browsing import NewContext, Visit, signed_in, whole
from tests.app.serving import server_over, serving
from tests.app.small import make, reads_all

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two draws: 1 of all governments, 2 of Sindh, of which one citizen has answered."""
    database = make(f"duckdb:///{tmp_path_factory.mktemp('drawn') / 'drawn.duckdb'}")
    audits = Audits(database, reads_all(database).scope)
    audits.draw(Wanted(7, 12))
    number = audits.draw(Wanted(8, 10, government="sindh"))
    audits.enter(number, 200, "denied")
    yield database
    database.close()


@pytest.fixture(scope="module")
def address(drawn: Database) -> Iterator[str]:
    with serving(server_over(drawn)) as url:
        yield url


def opened(new_context: NewContext, address: str, path: str, account: str = "pmo") -> Visit:
    seen = signed_in(new_context, address, account, path=path)
    whole(seen.page)
    return seen


def closed(page: Page) -> list[str]:
    """The governments of the closings that are shown, in their order."""
    return page.locator(".jd-panel-audit-sample tbody td:nth-child(3)").all_inner_texts()


def test_closings_are_sorted_by_a_heading_reached_by_keyboard(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, f"/audits?as_of=2019-09-30&id=1&cursor={cursor_of(Over(5))}")
    page, table = seen.page, seen.page.locator(".jd-panel-audit-sample .jd-roster")
    expect(page.locator(".jd-panel-audit-sample .jd-pager")).to_contain_text("6 to ")
    expect(table.locator("th[aria-sort]")).to_have_text("Complaint ▲")
    heading = table.locator("thead").get_by_role("link", name="Government")
    heading.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/audits?as_of=2019-09-30&id=1&sort=government")
    expect(table.locator("th[aria-sort=ascending]")).to_have_text("Government ▲")
    expect(page.locator(".jd-panel-audit-sample .jd-pager")).to_contain_text("1 to ")
    assert len(set(closed(page))) > 1
    assert closed(page) == sorted(closed(page))
    table.locator("thead").get_by_role("link", name="Government").click()
    expect(table.locator("th[aria-sort=descending]")).to_have_text("Government ▼")
    assert closed(page) == sorted(closed(page), reverse=True)
    seen.check()


def test_closings_are_searched_for_and_the_address_stays(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, "/audits?id=1&sort=-id")
    form = seen.page.locator(".jd-panel-audit-sample .jd-search-form")
    form.locator(".jd-search").fill("punjab")
    form.get_by_role("button", name="Search").click()
    expect(seen.page).to_have_url(f"{address}/audits?id=1&sort=-id&search=punjab")
    expect(seen.page.locator(".jd-panel-audit-sample .jd-headline")).to_contain_text("Draw 1: ")
    seen.check()


def test_a_draw_is_chosen_from_the_list_of_all(new_context: NewContext, address: str) -> None:
    seen = opened(new_context, address, "/audits")
    page, rows = seen.page, seen.page.locator(".jd-draws tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("n/a: fewer than 30 answers")
    expect(rows.nth(1)).to_contain_text("n/a: no result was entered yet")
    expect(page.locator(".jd-draws th[aria-current]")).to_have_text("Draw 2")
    expect(page.locator(".jd-panel-audit-result .jd-headline")).to_contain_text("Draw 2: 1 of 4 citizens")
    rows.nth(1).get_by_role("link", name="Draw 1").click()
    expect(page).to_have_url(f"{address}/audits?id=1")
    expect(page.locator(".jd-draws th[aria-current]")).to_have_text("Draw 1")
    expect(page.locator(".jd-panel-audit-result .jd-headline")).to_contain_text("Draw 1: 0 of ")
    expect(page.locator(".jd-panel-audit-sample .jd-headline")).to_contain_text("Draw 1: ")
    page.go_back()
    expect(page.locator(".jd-draws th[aria-current]")).to_have_text("Draw 2")
    seen.check()


def test_a_draw_that_is_not_there_or_not_ones_own_is_said(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/audits?government=sindh&id=77")
    notice = seen.page.locator(".jd-notice")
    expect(notice).to_contain_text("There is no draw 77; leave id out for the newest.")
    notice.get_by_role("link", name="Show the page without id").click()
    expect(seen.page).to_have_url(f"{address}/audits?government=sindh")
    expect(seen.page.locator(".jd-draws tbody tr")).to_have_count(1)
    seen.open("/audits?id=x")
    expect(notice).to_contain_text("id=x is not a whole number")
    own = signed_in(new_context, address, "cs-sindh", path="/audits?id=1")
    expect(own.page.locator(".jd-notice")).to_contain_text("Your account may not see draw 1")
    own.open("/audits")
    expect(own.page.locator(".jd-draws tbody th")).to_have_text(["Draw 2"])


def test_another_choice_leaves_behind_how_the_complaints_of_a_signal_were_sorted(
    new_context: NewContext, address: str
) -> None:
    seen = opened(new_context, address, "/signals?office=sindh-office&by=praise-burst&sort=-received_on")
    page = seen.page
    expect(page.locator(".jd-panel-signal-complaints .jd-pager")).to_have_count(0)
    expect(page.locator(".jd-panel-signal-complaints .jd-headline")).to_contain_text("0 complaints")
    page.locator("#choose-government").click()
    page.locator(".dash-dropdown-option").get_by_text("Punjab", exact=True).click()
    expect(page).to_have_url(f"{address}/signals?government=punjab&by=praise-burst")
    expect(page.locator(".jd-panel-signals .jd-headline")).to_contain_text("Nothing stands out")
    seen.check()


def test_figures_that_come_before_the_script_that_puts_them_in_place_are_shown(
    new_context: NewContext, address: str
) -> None:
    seen = signed_in(new_context, address)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    seen.page.route("**/still*.js*", hold)
    seen.page.goto(f"{address}/audits", wait_until="commit")
    expect(seen.page.locator(".jd-panel-audit-draws .jd-body [data-html]")).to_have_count(1)
    expect(seen.page.locator(".jd-draws")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(seen.page.locator(".jd-draws tbody tr")).to_have_count(2)
