"""The filter bar in a browser: by mouse and by keyboard, there and back, on all sizes; one choice is one redraw."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, Route, expect

from data_access.database import Database
from tests.app.browsing import (
    LAPTOP,
    PHONE,
    NewContext,
    Visit,
    drawn,
    is_redraw,
    is_waited_for,
    shifted,
    signed_in,
    until,
)
from tests.app.serving import server_over, serving
from tests.app.small import NEWEST, bring, event, make

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

LONG = "Authority for the Rehabilitation, Resettlement and Reconstruction of Earthquake-Affected Areas " * 2
CRUMBS = "[...document.querySelectorAll('#breadcrumb li > *')]"
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture
def address(common_address: str) -> str:
    return common_address


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A small database of its own, with very long names, which a test may add to."""
    database = make(f"duckdb:///{tmp_path_factory.mktemp('changing') / 'changing.duckdb'}")
    bring(database, {
        "department": [{"slug": "long", "name": LONG, "government": "federal"}],
        "office": [{"slug": "long-office", "name": LONG, "department": "long", "designation": "Director"}],
    })  # fmt: skip
    yield database
    database.close()


@pytest.fixture(scope="module")
def changing_address(changing: Database) -> Iterator[str]:
    with serving(server_over(changing)) as url:
        yield url


@pytest.fixture
def seen(new_context: NewContext, address: str) -> Visit:
    found = signed_in(new_context, address)
    drawn(found.page)
    settled(found.page)
    return found


def settled(page: Page) -> None:
    """Wait until the bar says what the address says."""
    expect(page.locator("#received")).not_to_be_empty()


def redraws(page: Page) -> list[str]:
    """From here on, what each request asks for that has panels drawn."""
    found: list[str] = []

    def note(request: Request) -> None:
        if is_redraw(request):
            found.append(request.url)

    page.on("request", note)
    return found


def choose(page: Page, name: str, option: str) -> None:
    """By mouse."""
    page.locator(f"#choose-{name}").click()
    page.locator(".dash-dropdown-option").get_by_text(option, exact=True).click()


def pick(page: Page, day: str) -> None:
    """A day of the month that the open calendar shows."""
    inside = page.locator(".dash-datepicker-calendar td:not(.dash-datepicker-calendar-date-outside)")
    inside.get_by_text(day, exact=True).first.click()


def shows(page: Page, name: str, text: str) -> None:
    expect(page.locator(f"#choose-{name} .dash-dropdown-value")).to_have_text(text)


def test_a_choice_by_mouse_is_one_redraw(seen: Visit) -> None:
    page, asked = seen.page, redraws(seen.page)
    choose(page, "government", "Sindh")
    seen.first_figure("10")
    expect(page).to_have_url(f"{seen.address}/?government=sindh")
    expect(page.locator(".jd-chip")).to_have_text("Government: Sindh ×")
    expect(page.locator("#breadcrumb li")).to_have_text(["Pakistan", "Sindh"])
    assert len(asked) == 1
    page.locator("#breadcrumb").get_by_role("link", name="Pakistan").click()
    seen.first_figure("35")
    shows(page, "government", "All governments")
    page.wait_for_timeout(700)  # none of the two is asked again a little later
    assert len(asked) == 2
    seen.check()


def test_a_choice_by_keyboard_alone(seen: Visit) -> None:
    page, asked = seen.page, redraws(seen.page)
    page.locator(".jd-received summary").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#choose-government")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".dash-dropdown-search")).to_be_focused()
    page.keyboard.type("pun", delay=60)  # as fast as people type: the list hears each letter by way of the page
    expect(page.locator(".dash-dropdown-option")).to_have_text("Punjab")
    page.keyboard.press("Enter")
    seen.first_figure("5")
    expect(page).to_have_url(f"{seen.address}/?government=punjab")
    expect(page.locator("#choose-government")).to_be_focused()
    page.keyboard.press("Delete")
    seen.first_figure("35")
    expect(page).to_have_url(f"{seen.address}/")
    page.keyboard.press("Enter")
    expect(page.locator(".dash-dropdown-search")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".dash-dropdown-content")).to_have_count(0)
    expect(page.locator("#choose-government")).to_be_focused()
    page.wait_for_timeout(500)
    assert len(asked) == 2
    seen.check()


def test_the_menu_of_the_others_by_keyboard(seen: Visit) -> None:
    page = seen.page
    page.locator(".jd-more > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#choose-division")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#choose-division")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".dash-dropdown-search")).to_be_focused()
    page.keyboard.type("جنوبی")
    expect(page.locator(".dash-dropdown-option")).to_have_text(["Karachi South", "South Waziristan"])
    page.keyboard.press("Escape")  # closes the list,
    expect(page.locator(".dash-dropdown-content")).to_have_count(0)
    expect(page.locator("#choose-division")).to_be_visible()
    page.keyboard.press("Escape")  # and then the menu
    expect(page.locator("#choose-division")).to_be_hidden()
    expect(page.locator(".jd-more > summary")).to_be_focused()
    seen.check()


def test_back_and_forward_and_links_set_the_controls(seen: Visit) -> None:
    page = seen.page
    page.locator(".jd-league").get_by_role("link", name="Sindh").click()
    shows(page, "government", "Sindh")
    choose(page, "department", "Works")
    shows(page, "department", "Works")
    expect(page).to_have_url(f"{seen.address}/?government=sindh&department=sindh-works")
    page.go_back()
    shows(page, "department", "All departments")
    page.go_back()
    shows(page, "government", "All governments")
    page.go_forward()
    page.go_forward()
    shows(page, "department", "Works")
    seen.first_figure("10")
    seen.check()


def test_another_government_drops_what_was_of_the_old_one(new_context: NewContext, address: str) -> None:
    path = "/?government=sindh&district=karachi-south&department=sindh-works&office=sindh-desk&channel=app"
    seen = signed_in(new_context, address, path=path)
    page = seen.page
    shows(page, "government", "Sindh")
    choose(page, "government", "Punjab")
    expect(page.locator(".jd-chip")).to_have_text(["Government: Punjab ×", "Channel: app ×"])
    expect(page).to_have_url(f"{seen.address}/?government=punjab&channel=app")
    seen.check()


def test_a_period_by_name_and_a_range(seen: Visit) -> None:
    page, asked = seen.page, redraws(seen.page)
    page.locator(".jd-received summary").click()
    page.get_by_role("link", name="last month").click()
    expect(page.locator("#received")).to_have_text("last month")
    expect(page).to_have_url(f"{seen.address}/?from=2019-08-01&to=2019-08-31")
    expect(page.locator(".jd-received")).not_to_have_attribute("open", "")
    page.locator(".jd-received summary").press("Enter")
    page.locator("#received-range").click()
    pick(page, "6")
    pick(page, "14")
    expect(page.locator("#received")).to_have_text("6 Aug to 14 Aug 2019")
    expect(page).to_have_url(f"{seen.address}/?from=2019-08-06&to=2019-08-14")
    page.wait_for_timeout(500)
    assert len(asked) == 2
    seen.check()


def test_an_earlier_day_takes_the_period_along(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/?from=2019-09-24")
    page = seen.page
    expect(page.locator("#received")).to_have_text("last 7 days")
    page.locator("#as-of").click()
    pick(page, "20")
    expect(page.locator("#stamp")).to_contain_text("as of 20 Sep 2019")
    expect(page.locator("#received")).to_have_text("last 7 days")
    expect(page).to_have_url(f"{seen.address}/?as_of=2019-09-20&from=2019-09-14")
    seen.check()


def held_up(page: Page, milliseconds: int) -> None:
    """From here on, the answer to what is chosen in the bar is late by so much."""

    def late(route: Route) -> None:
        answer = route.fetch()
        if '"written.data"' in (route.request.post_data or ""):
            page.wait_for_timeout(milliseconds)
        route.fulfill(response=answer)

    page.route("**/_dash-update-component", late)


def test_what_is_chosen_while_a_choice_is_being_answered_is_not_lost(seen: Visit) -> None:
    page = seen.page
    held_up(page, 1500)
    choose(page, "government", "Sindh")
    page.locator("#as-of").click()
    pick(page, "20")
    expect(page).to_have_url(f"{seen.address}/?as_of=2019-09-20&government=sindh")
    shows(page, "government", "Sindh")
    expect(page.locator("#stamp")).to_contain_text("as of 20 Sep 2019")
    page.unroute_all(behavior="wait")
    seen.check()


def test_the_same_is_chosen_again_after_going_back(seen: Visit) -> None:
    page = seen.page
    for _ in range(2):
        choose(page, "government", "Sindh")
        expect(page).to_have_url(f"{seen.address}/?government=sindh")
        seen.first_figure("10")
        page.go_back()
        shows(page, "government", "All governments")
        seen.first_figure("35")
    seen.check()


def test_offices_are_found_as_one_types(seen: Visit) -> None:
    page, asked = seen.page, redraws(seen.page)
    page.locator(".jd-more > summary").click()
    page.locator("#choose-office").click()
    expect(page.locator(".dash-dropdown-search")).to_be_focused()
    page.keyboard.type("nobody")
    expect(page.locator(".dash-dropdown-content")).to_contain_text("Nothing is called like that")
    page.locator(".dash-dropdown-search").fill("sin")
    page.keyboard.type("dh")
    expect(page.locator(".dash-dropdown-option")).to_have_text(["Works desk", "Works office"])
    page.keyboard.press("Enter")
    shows(page, "office", "Works desk")
    expect(page).to_have_url(f"{seen.address}/?office=sindh-desk")
    shows(page, "department", "Works")
    seen.first_figure("2")
    page.wait_for_timeout(500)
    shows(page, "office", "Works desk")
    assert len(asked) == 1
    seen.check()


def test_two_tabs_keep_their_own_filters(seen: Visit) -> None:
    other = seen.page.context.new_page()
    other.goto(f"{seen.address}/?government=punjab")
    drawn(other)
    settled(other)
    choose(seen.page, "government", "Sindh")
    seen.first_figure("10")
    shows(other, "government", "Punjab")
    choose(other, "government", "Federal")
    expect(other.locator(".jd-strip .jd-size").first).to_have_text("20")
    shows(seen.page, "government", "Sindh")
    seen.check()


def test_a_choice_without_complaints_is_drawn_too(seen: Visit) -> None:
    page = seen.page
    page.locator(".jd-more > summary").click()
    choose(page, "channel", "Letter")
    seen.first_figure("0")
    expect(page.locator("#notice")).to_be_empty()
    expect(page.locator('[data-state="failed"]')).to_have_count(0)
    seen.check()


def test_a_choice_mends_a_wrong_address(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/?bogus=1&channel=app")
    page = seen.page
    expect(page.locator("#notice")).to_contain_text("bogus")
    choose(page, "government", "Sindh")
    seen.first_figure("10")
    expect(page).to_have_url(f"{seen.address}/?government=sindh&channel=app")
    expect(page.locator("#notice")).to_be_empty()


def test_on_a_phone_all_but_the_day_is_folded(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, size=PHONE, theme="dark")
    page = seen.page
    drawn(page)
    expect(page.locator("#choose-government")).to_be_hidden()
    unfold = page.get_by_role("button", name="Filters")
    expect(unfold).to_have_attribute("aria-expanded", "false")
    unfold.press("Enter")
    expect(unfold).to_have_attribute("aria-expanded", "true")
    choose(page, "government", "Sindh")
    seen.first_figure("10")
    page.locator(".jd-more > summary").click()
    page.locator("#choose-district").click()
    expect(page.locator(".dash-dropdown-option").first).to_be_visible()
    assert page.evaluate(WIDTH) <= PHONE[0]
    page.keyboard.press("Escape")
    unfold.click()
    expect(page.locator("#choose-government")).to_be_hidden()
    seen.check()


@pytest.mark.parametrize("theme", ["dark", pytest.param("light", marks=pytest.mark.long)])
def test_the_bar_has_the_colours_of_the_theme(new_context: NewContext, address: str, theme: str) -> None:
    seen = signed_in(new_context, address, theme=theme)  # type: ignore[arg-type]
    page = seen.page
    drawn(page)
    page.locator("#choose-government").click()
    expect(page.locator(".dash-dropdown-content")).to_be_visible()
    paper = page.evaluate("getComputedStyle(document.querySelector('.jd-panel')).backgroundColor")
    for part in ("#choose-government", ".dash-dropdown-content", ".jd-received > summary", "#as-of"):
        found = page.locator(part).evaluate("one => getComputedStyle(one).backgroundColor")
        assert found in {paper, "rgba(0, 0, 0, 0)"}, part


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_the_bar_is_one_line_and_nothing_moves(new_context: NewContext, address: str, size: tuple[int, int]) -> None:
    deep = "government=sindh&district=karachi-south&department=sindh-works&office=sindh-desk"
    for path in ("/", f"/?as_of=2019-09-10&{deep}&channel=app&gender=female"):
        page = signed_in(new_context, address, size=size, path=path).page
        drawn(page)
        settled(page)
        expect(page.locator("#breadcrumb li").last).to_be_in_viewport()
        if size == LAPTOP and path != "/":  # a long way has a line of its own, and is told whole
            assert page.evaluate(f"{CRUMBS}.every(one => one.scrollWidth <= one.clientWidth)")
        elif size == LAPTOP:
            tops = page.evaluate("[...document.querySelectorAll('.jd-where > *')].map(one => one.offsetTop)")
            assert max(tops) - min(tops) < 20
        assert page.evaluate("document.querySelector('#breadcrumb').offsetHeight") < 30
        assert shifted(page) < 0.1
        assert page.evaluate(WIDTH) <= size[0]


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_very_long_names_have_room(new_context: NewContext, changing_address: str, size: tuple[int, int]) -> None:
    path = "/?office=long-office&district=karachi-south"
    seen = signed_in(new_context, changing_address, size=size, path=path)
    page = seen.page
    drawn(page)
    expect(page.locator("#breadcrumb li")).to_have_text(
        ["Pakistan", "Federal", "Karachi division", "Karachi South", LONG.strip(), LONG.strip(), "Director"]
    )
    assert page.evaluate(WIDTH) <= size[0]
    if size == PHONE:
        page.get_by_role("button", name="Filters").click()
    page.locator("#choose-department").click()
    expect(page.locator(".dash-dropdown-option").first).to_be_visible()
    assert page.evaluate(WIDTH) <= size[0]
    seen.check()


def test_what_an_account_is_pinned_to_is_fixed(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, "cs-sindh", path="/")
    page = seen.page
    drawn(page)
    settled(page)
    shows(page, "government", "Sindh")
    expect(page.locator("#choose-government")).to_be_disabled()
    expect(page.locator("#choose-government-room")).to_have_attribute("title", "Fixed for your account.")
    expect(page.locator("#breadcrumb li")).to_have_text(["Pakistan", "Sindh"])
    expect(page.locator("#breadcrumb a")).to_have_count(0)
    page.wait_for_timeout(700)
    expect(page).to_have_url(f"{address}/")
    expect(page.locator(".jd-league tbody tr")).to_have_count(8)  # what is public stays so
    choose(page, "department", "Works")
    expect(page.locator(".jd-chip")).to_have_text("Department: Works ×")
    expect(page).to_have_url(f"{address}/?department=sindh-works")
    seen.check()


def test_a_wall_screen_has_no_bar(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, "display")
    drawn(seen.page)
    expect(seen.page.locator("#filter-bar")).to_be_hidden()
    expect(seen.page.locator("#breadcrumb")).to_be_visible()
    seen.check()


def test_an_open_list_stays_while_the_data_go_on(
    new_context: NewContext, changing: Database, changing_address: str
) -> None:
    seen = signed_in(new_context, changing_address)
    page = seen.page
    drawn(page)
    settled(page)
    before = page.locator("#page").get_attribute("data-version")
    page.locator("#choose-government").click()
    expect(page.locator(".dash-dropdown-search")).to_be_focused()
    page.keyboard.type("sin")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if is_waited_for(request) else None)
    bring(changing, {"event": [event(110, NEWEST, "feedback", satisfied="true")]})
    until(page, lambda: page.locator("#page").get_attribute("data-version") != before)
    until(page, lambda: len(asked) > 1)
    page.wait_for_timeout(500)
    expect(page.locator(".dash-dropdown-search")).to_have_value("sin")
    expect(page.locator(".dash-dropdown-search")).to_be_focused()
    expect(page.locator(".dash-dropdown-option")).to_have_text("Sindh")
    # The panels, the bar, and nothing that only they set off: an idle page must not count as used.
    assert len(asked) == 2
    page.keyboard.press("Enter")
    seen.first_figure("10")
    seen.check()
