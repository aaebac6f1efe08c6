"""The page in a browser: nothing from outside, no error, no violation, usable at every size, theme and by keyboard."""

import pytest
from playwright.sync_api import expect

from data_access.database import Database
from tests.app.browsing import (
    LAPTOP,
    PHONE,
    SIZES,
    WALL,
    NewContext,
    Theme,
    drawn,
    every_look,
    shifted,
    sign_in,
    signed_in,
    until,
)
from tests.app.serving import server_over, serving
from tests.app.small import LABEL

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

GROUND = "getComputedStyle(document.body).backgroundColor"
INK_OF_CHARTS = "[...document.querySelectorAll('.main-svg text')].map(one => getComputedStyle(one).fill)"


@pytest.fixture
def address(common_address: str) -> str:
    return common_address


LOOKS = [(LAPTOP, "light"), (WALL, "dark"), (PHONE, "dark")]
OTHER_LOOKS = [(size, theme) for size in SIZES for theme in ("light", "dark") if (size, theme) not in LOOKS]


@pytest.mark.parametrize(
    ("size", "theme"), [*LOOKS, *(pytest.param(*look, marks=pytest.mark.long) for look in OTHER_LOOKS)], ids=str
)
def test_the_page_is_whole_at_every_size(
    new_context: NewContext, address: str, size: tuple[int, int], theme: Theme
) -> None:
    seen = signed_in(new_context, address, size=size, theme=theme, path="/")
    page = seen.page
    drawn(page)
    expect(page.locator("#lead")).to_have_text("Sindh holds 67% of the 9 complaints pending over 90 days.")
    expect(page.locator("#stamp")).to_have_text(f"as of 30 Sep 2019{LABEL}")
    expect(page.locator("section h2:visible")).to_have_count(5)
    expect(page.locator("#lamp")).to_contain_text("live")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert shifted(page) < 0.1
    seen.check()


def test_the_first_answer_needs_no_scrolling(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address)
    drawn(seen.page)
    league = seen.page.locator(".jd-league").bounding_box()
    assert league is not None
    assert league["y"] + league["height"] <= LAPTOP[1]
    assert seen.page.evaluate("(box => box.scrollWidth <= box.clientWidth)(document.querySelector('.jd-scroll'))")


ON_LINES = """names => names.map(name => {
    const mark = document.createElement("span");  // stands on the line of the words before it
    mark.style.display = "inline-block";
    document.querySelector(name).append(mark);
    const line = mark.getBoundingClientRect().bottom;
    mark.remove();
    return line;
})"""


@every_look
def test_who_is_signed_in_stands_on_the_line_of_the_lamp(
    new_context: NewContext, address: str, size: tuple[int, int], theme: Theme
) -> None:
    page = signed_in(new_context, address, size=size, theme=theme).page
    drawn(page)
    expect(page.locator("#lamp")).to_contain_text("live")
    lamp, account = page.evaluate(ON_LINES, ["#lamp", ".jd-account > summary"])
    assert account == pytest.approx(lamp, abs=0.5)


def test_dark_is_dark_from_the_first_paint_and_charts_with_it(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, theme="dark")
    page = seen.page
    drawn(page)
    dark, inks = page.evaluate(GROUND), set(page.evaluate(INK_OF_CHARTS))
    page.get_by_role("button", name="Light or dark").click()
    until(page, lambda: page.evaluate(GROUND) != dark)
    light, other_inks = page.evaluate(GROUND), set(page.evaluate(INK_OF_CHARTS))
    assert not inks & other_inks
    page.route("**/_dash-*", lambda route: route.abort())  # what is chosen holds before any script of Dash has run
    page.reload(wait_until="domcontentloaded")
    assert page.evaluate(GROUND) == light
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(GROUND) == "rgba(0, 0, 0, 0)"


def test_before_the_scripts_the_page_has_its_shape(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address)
    page = seen.page
    page.route("**/_dash-layout", lambda _: None)  # never answers
    page.reload(wait_until="domcontentloaded")
    expect(page.locator(".jd-skeleton section:visible")).to_have_count(5)
    expect(page.locator(".jd-skeleton h2").first).to_be_visible()
    words = page.locator(".jd-skeleton .jd-wait")
    expect(words).to_be_hidden()
    coming = words.evaluate("one => one.getAnimations().map(each => each.effect.getComputedTiming().endTime)")
    assert coming == [4000]  # it says what it waits for before people give up, and not at once
    words.evaluate("one => one.getAnimations().forEach(each => each.finish())")
    expect(words).to_be_visible()


def test_a_name_descends_a_chip_and_back_widen(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address)
    page = seen.page
    drawn(page)
    page.locator(".jd-league").get_by_role("link", name="Sindh").click()
    seen.first_figure("10")
    expect(page).to_have_url(f"{address}/?government=sindh")
    expect(page.locator(".jd-chip")).to_have_text("Government: Sindh ×")
    page.locator(".jd-chip").click()
    seen.first_figure("35")
    expect(page).to_have_url(f"{address}/")
    page.go_back()
    seen.first_figure("10")
    seen.check()


def test_another_day_is_chosen_in_the_calendar(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/?government=federal")
    page = seen.page
    drawn(page)
    page.locator("#as-of").click()
    page.locator(".dash-datepicker-calendar td", has_text="29").last.click()  # the first is of August
    expect(page.locator("#stamp")).to_contain_text("as of 29 Sep 2019")
    expect(page).to_have_url(f"{address}/?as_of=2019-09-29&government=federal")
    page.locator(".jd-chip", has_text="29 Sep 2019").click()
    expect(page.locator("#stamp")).to_contain_text("as of 30 Sep 2019")
    expect(page).to_have_url(f"{address}/?government=federal")
    seen.check()


def test_the_same_data_is_in_the_table(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address)
    drawn(seen.page)
    panel = seen.page.locator("section", has_text="Are resolved ones really so?")
    panel.get_by_text("Table", exact=True).click()
    expect(panel.locator("tbody tr").first).to_contain_text("Received35100.0%")
    panel.get_by_text("How this is computed").click()
    expect(panel.locator("dl")).to_contain_text("complaints that reached the step")
    with seen.page.expect_download() as download:
        panel.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "jawabdeh-ladder-2019-09-30-v1.csv"


def test_an_open_table_follows_the_filters(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address)
    drawn(seen.page)
    panel = seen.page.locator("section", has_text="Are resolved ones really so?")
    panel.get_by_text("Table", exact=True).press("Enter")
    expect(panel.locator("tbody tr").first).to_contain_text("Received35100.0%")
    seen.page.locator(".jd-league").get_by_role("link", name="Sindh").click()
    expect(panel.locator("tbody tr").first).to_contain_text("Received10100.0%")
    panel.get_by_text("Table", exact=True).press("Enter")
    expect(panel.locator("tbody")).to_be_hidden()


@pytest.mark.parametrize(
    ("search", "named", "left"),
    [
        ("government=sind&channel=app", "sind", "/?channel=app"),
        ("government=%D8%B3%D9%86%D8%AF%DA%BE", "سندھ", "/"),
        *(
            pytest.param(*one, marks=pytest.mark.long)
            for one in (
                ("as_of=2019-02-30", "as_of=2019-02-30", "/"),
                ("bogus=1&gender=female", "bogus", "/?gender=female"),
                ("as_of=2019-09-01&as_of=2019-09-02", "as_of is given twice", "/"),
            )
        ),
    ],
)
def test_a_wrong_address_names_the_value_and_leads_back(
    new_context: NewContext, address: str, search: str, named: str, left: str
) -> None:
    seen = signed_in(new_context, address, path=f"/?{search}")
    notice = seen.page.locator("#notice")
    expect(notice).to_contain_text(named)
    notice.get_by_role("link").click()
    expect(seen.page).to_have_url(address + left)
    drawn(seen.page)
    expect(notice).to_be_empty()
    seen.check()


def test_an_unknown_page_is_designed(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, path="/nowhere")
    expect(seen.page.get_by_role("heading", name="Page not found")).to_be_visible()
    seen.page.get_by_role("link", name="Go to the scorecard").click()
    drawn(seen.page)


def test_a_chief_secretary_sees_his_own_figures(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address, "cs-sindh")
    expect(seen.page).to_have_url(f"{address}/review")
    seen.open("/")
    drawn(seen.page)
    seen.first_figure("10")
    expect(seen.page.locator(".jd-league tbody tr")).to_have_count(8)
    seen.page.locator("#account").click()
    expect(seen.page.locator("#role")).to_have_text("Chief secretary, Sindh")
    seen.page.keyboard.press("Escape")
    expect(seen.page.locator("#role")).to_be_hidden()
    seen.check()


def test_signing_out_closes_the_door(new_context: NewContext, address: str) -> None:
    seen = sign_in(new_context(), address, "pmo")
    drawn(seen.page)
    seen.page.locator("#account").click()
    seen.page.get_by_role("button", name="Sign out").click()
    expect(seen.page.get_by_label("Password")).to_be_visible()
    seen.page.go_back()
    expect(seen.page.get_by_label("Password")).to_be_visible()


def test_the_keyboard_reaches_the_drill(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address)
    drawn(seen.page)
    seen.page.keyboard.press("Tab")
    focused = seen.page.locator(":focus")
    expect(focused).to_have_text("Skip to the figures")
    expect(focused).to_have_css("outline-style", "solid")
    link = seen.page.locator(".jd-league").get_by_role("link", name="Federal")
    link.focus()
    seen.page.keyboard.press("Enter")
    seen.first_figure("20")


def test_an_empty_database_says_so(new_context: NewContext, bare: Database) -> None:
    with serving(server_over(bare)) as url:
        seen = signed_in(new_context, url)
        expect(seen.page.locator("#notice")).to_contain_text("holds no complaints yet")
        seen.check()


def test_it_prints(new_context: NewContext, address: str) -> None:
    seen = signed_in(new_context, address)
    drawn(seen.page)
    seen.page.emulate_media(media="print")
    for gone in (".jd-nav", "#lamp", "#account", ".jd-as-of"):
        expect(seen.page.locator(gone)).to_be_hidden()
    expect(seen.page.locator(".jd-league")).to_be_visible()
    expect(seen.page.locator("#stamp")).to_be_visible()


def test_a_phone_scrolls_over_charts(new_context: NewContext, address: str) -> None:
    context = new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True)
    seen = signed_in(new_context, address, path="/healthz")
    context.add_cookies(seen.page.context.cookies())  # type: ignore[arg-type]  # its own cookies
    page = context.new_page()
    page.goto(address)
    drawn(page)
    assert page.evaluate("getComputedStyle(document.querySelector('.draglayer')).pointerEvents") == "none"
