"""A briefing as it is presented: from a file, without any network, by keys, by clicks and in two windows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.files.report_html import report_html
from data_access.database import Database
from tests.app.browsing import LAPTOP, NewContext, Visit, sign_in, until
from tests.app.serving import server_over, serving
from tests.app.test_admin_browser import CONTRAST
from tests.app.test_frozen import AT, send
from tests.dashboard.files.reports import of_all

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other
SIZES = [LAPTOP, (1920, 1080), (1280, 720), (1024, 768)]
WISH: dict[str, Any] = {
    "title": "Cabinet, پاکستان </script>",
    "query": "as_of=2019-09-30",
    "panels": [
        {"name": "scorecard", "note": "Begin with Sindh.\nپھر پنجاب"},
        {"name": "provinces"},
        {"name": "trend"},
        {"name": "totals"},
    ],
}
LAST = len(WISH["panels"]) + 2
FITS = """() => {
  const slide = document.querySelector('main .slide.on'), trouble = [];
  const body = slide.querySelector('.body'), keys = document.querySelector('.keys').getBoundingClientRect();
  for (const box of [slide, body])
    if (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1) trouble.push(box.className);
  for (const one of slide.querySelectorAll('h2, th, td, text, .notes, .legend, .cards *, footer p')) {
    const box = one.getBoundingClientRect();
    if (box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1) trouble.push(one.textContent);
    if (one.localName != 'text' && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display != 'inline')
      trouble.push('cut: ' + one.textContent);
  }
  for (const line of slide.querySelectorAll('footer bdi')) {
    const box = line.getBoundingClientRect();
    if (box.right > keys.left && box.bottom > keys.top) trouble.push('under what one presses: ' + line.textContent);
  }
  const words = [...slide.querySelectorAll('g')].flatMap(tile => {
    const room = tile.querySelector('rect').getBoundingClientRect();
    return [...tile.querySelectorAll('text')].filter(text => text.getBoundingClientRect().width > room.width);
  });
  return [...trouble, ...words.map(text => 'beside its tile: ' + text.textContent)];
}"""
"""What is cut off, out of sight or under something else on the slide that is shown."""


@dataclass
class Talk:
    """A talk from a disk, under watch."""

    page: Page
    file: Path
    requests: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.on("request", lambda request: self.requests.append(request.url))
        self.page.context.on("console", lambda message: self.trouble.append(message.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.goto(self.file.as_uri())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def at(self, place: str) -> None:
        """The slide that is shown, as the address says it, is the only one."""
        until(self.page, lambda: self.page.url.partition("#")[2] == place)
        shown = self.page.locator("main .slide:visible")
        expect(shown).to_have_count(1)
        expect(shown).to_have_id("s" + place.replace(".", "-"))

    def check(self) -> None:
        """Nothing but the file was asked for, and the console is empty."""
        assert [url for url in self.requests if not url.startswith((self.file.as_uri(), "data:"))] == []
        assert self.trouble == []


@pytest.fixture(scope="module")
def file(small: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft of a briefing, as it is saved."""
    server = server_over(small)
    number = send(server, WISH).get_json()["id"]
    reply = server.test_client().get(f"{AT}/{number}.html", auth=("pmo", "demo"))
    path = tmp_path_factory.mktemp("talk") / "talk.html"
    path.write_bytes(reply.data)
    return path


def opened(new_context: NewContext, file: Path, size: tuple[int, int] = LAPTOP, **more: Any) -> Talk:
    context = new_context(viewport={"width": size[0], "height": size[1]}, **more)
    context.set_offline(True)
    return Talk(context.new_page(), file)


@pytest.fixture
def talk(new_context: NewContext, file: Path) -> Iterator[Talk]:
    found = opened(new_context, file)
    yield found
    found.page.close()


def test_keys_and_remotes_lead_through_it(talk: Talk) -> None:
    talk.at("1")
    expect(talk.page.locator("h2:visible")).to_have_text(WISH["title"])
    for key, place in (
        *(("ArrowRight", "2"), ("PageDown", "3"), ("Space", "4"), ("Enter", "5"), ("ArrowDown", "6"), ("n", "6")),
        *(("ArrowLeft", "5"), ("PageUp", "4"), ("Backspace", "3"), ("ArrowUp", "2"), ("End", str(LAST)), ("Home", "1")),
    ):
        talk.press(key)
        talk.at(place)
    talk.press("4", "Enter")
    talk.at("4")
    expect(talk.page.locator(".keys .n")).to_have_text(f"4 / {LAST}")
    expect(talk.page.get_by_role("progressbar")).to_have_js_property("value", 4)
    expect(talk.page.get_by_role("status")).to_contain_text(f"Slide 4 of {LAST}: The backlog")
    talk.press("9", "9", "Enter")
    expect(talk.page.get_by_role("alert")).to_have_text("There is no slide 99.")
    talk.page.reload()
    talk.at("4")
    talk.check()


def test_the_screen_goes_blank_and_comes_back_where_it_was(talk: Talk) -> None:
    talk.press("PageDown")
    blank = talk.page.locator(".blank")
    for key, colour in (("b", "rgb(0, 0, 0)"), (".", "rgb(0, 0, 0)"), ("w", "rgb(255, 255, 255)")):
        talk.press(key)
        expect(blank).to_be_visible()
        expect(blank).to_have_css("background-color", colour)
        talk.press("PageDown")  # only brings it back
        expect(blank).to_be_hidden()
        talk.at("2")
    talk.check()


def test_one_level_deeper_by_click_by_key_and_up_again(talk: Talk) -> None:
    page = talk.page
    talk.press("2", "Enter")
    page.locator("main .on tr", has_text="Sindh").locator("td").last.click()
    until(page, lambda: "#2." in page.url)
    expect(page.locator("main .on .small")).to_contain_text("Sindh · ")
    page.go_back()
    talk.at("2")
    page.get_by_role("button", name="One level deeper").first.click()
    page.get_by_role("dialog").get_by_role("button", name="All figures of this slide").click()
    talk.at("2.0.1")
    page.locator("main .on").get_by_role("button", name="Federal").click()  # the table leads on as the slide does
    expect(page.locator("main .on .small")).to_contain_text("Federal · ")
    talk.press("Escape")
    talk.at("2")
    talk.press("d")
    page.get_by_role("dialog").get_by_role("button", name="Punjab").click()
    talk.press("u", "Escape", "u")  # one too many stays where it is
    talk.at("2")
    talk.press("3", "Enter")
    tile = page.locator("main .on g.way", has_text="Punjab")
    tile.focus()
    talk.press("Enter")
    until(page, lambda: "#3." in page.url)
    expect(page.locator("main .on .small")).to_contain_text("Punjab · ")
    talk.press("u")
    talk.at("3")
    tile.hover()
    talk.press("1", "Enter", "d")
    expect(page.get_by_role("alert")).to_have_text("There is nothing one level deeper than this slide.")
    talk.check()


@pytest.mark.long
def test_the_end_of_what_is_deeper_leads_back(talk: Talk) -> None:
    talk.press("4", "Enter", "d")
    talk.at("4.0.1")
    pages = talk.page.locator("[id^='s4-0-']").count()
    for number in range(2, pages + 1):
        talk.press("PageDown")
        talk.at(f"4.0.{number}")
    talk.press("PageDown")
    talk.at("4")
    talk.check()


def test_the_speaker_has_a_window_with_notes_and_clock(talk: Talk) -> None:
    talk.press("PageDown")
    with talk.page.expect_popup() as popup:
        talk.press("s")
    desk = popup.value
    expect(desk.locator(".notes-of .said")).to_have_text("Begin with Sindh.\nپھر پنجاب")
    expect(desk.locator(".then .title")).to_have_text(talk.page.locator("#s3 h2").text_content() or "")
    expect(desk.locator(".elapsed")).not_to_have_text("0:00:00")
    desk.keyboard.press("PageDown")
    talk.at("3")
    expect(desk.locator(".notes-of .none")).to_be_visible()
    expect(desk.locator(".times .n")).to_have_text(f"3 / {LAST}")
    desk.get_by_role("button", name="Stop").click()
    stopped = desk.locator(".elapsed").inner_text()
    desk.get_by_role("button", name="Next").click()
    talk.at("4")
    talk.page.wait_for_timeout(1100)
    assert desk.locator(".elapsed").inner_text() == stopped
    desk.get_by_role("button", name="Reset").click()
    expect(desk.locator(".elapsed")).to_have_text("0:00:00")
    assert "Begin with Sindh." not in talk.page.locator("main").inner_text()
    talk.check()


def test_keys_in_the_window_of_the_speaker_first_close_what_stands_over_the_slide(talk: Talk) -> None:
    with talk.page.expect_popup() as popup:
        talk.press("s")
    desk, dialog = popup.value, talk.page.get_by_role("dialog")
    for key, place in (("Shift", "1"), ("PageDown", "2"), ("Escape", "2")):
        talk.page.evaluate(
            "document.querySelector('dialog.overview').open || document.querySelector('[data-do=menu]').click()"
        )
        expect(dialog).to_be_visible()
        desk.keyboard.press(key)
        expect(dialog).to_have_count(1 if key == "Shift" else 0)
        talk.at(place)
        if key == "Shift":
            talk.press("Escape")
    talk.press("o")
    desk.get_by_role("button", name="Next").click()
    expect(dialog).to_have_count(0)
    talk.at("3")
    talk.check()


def test_a_window_of_the_speaker_that_was_closed_is_noticed(talk: Talk) -> None:
    with talk.page.expect_popup() as popup:
        talk.press("s")
    popup.value.close()
    talk.press("t", "PageDown")
    talk.at("2")
    expect(talk.page.locator("html")).to_have_attribute("data-theme", "dark")
    with talk.page.expect_popup() as popup:
        talk.press("s")
    expect(popup.value.locator(".times .n")).to_have_text(f"2 / {LAST}")
    popup.value.reload()  # what was drawn in it is gone
    talk.press("t", "PageDown")
    talk.at("3")
    with talk.page.expect_popup() as popup:
        talk.press("s")
    expect(popup.value.locator(".times .n")).to_have_text(f"3 / {LAST}")
    assert len(talk.page.context.pages) == 2
    talk.check()


def test_every_slide_is_a_group_with_a_name(talk: Talk) -> None:
    talk.press("2", "Enter")
    shown = talk.page.get_by_role("group", name=f"2 of {LAST}: ")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("aria-roledescription", "slide")


@pytest.mark.long
def test_a_window_that_may_not_open_is_said(talk: Talk) -> None:
    talk.page.evaluate("window.open = () => null")
    talk.press("s")
    expect(talk.page.get_by_role("alert")).to_contain_text("let this page open windows")


@pytest.mark.long
def test_all_slides_are_listed_and_words_in_them_found(talk: Talk) -> None:
    page = talk.page
    talk.press("o")
    expect(page.locator(".overview > ol > li")).to_have_count(LAST)
    page.get_by_label("Find").fill("latest event")
    expect(page.locator(".overview > ol > li")).not_to_have_count(LAST)
    page.locator(".overview > ol > li > button").first.click()
    until(page, lambda: "#2." in page.url)
    talk.press("u")
    talk.at("2")
    talk.press("h")
    expect(page.get_by_role("dialog", name="How this is computed")).to_contain_text("Resolution rate")
    talk.press("Escape", "?")
    menu = page.get_by_role("dialog", name="What can be done, and by which key")
    menu.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("main .on")).to_have_css("background-color", "rgb(24, 32, 28)")
    talk.press("+", "+")
    assert page.evaluate("document.documentElement.scrollHeight > innerHeight")
    talk.check()


@pytest.mark.long
def test_full_screen_by_the_key_of_a_remote(talk: Talk) -> None:
    talk.press("F5")
    until(talk.page, lambda: talk.page.evaluate("document.fullscreenElement !== null"))
    talk.press("f")
    until(talk.page, lambda: talk.page.evaluate("document.fullscreenElement === null"))
    talk.at("1")
    talk.check()


SMALL = (360, 740)


def swipe(page: Page, to: int, over: str = "body") -> None:
    """A finger goes from the middle to there, over what that selector finds."""
    page.locator(over).first.evaluate(
        """(over, to) => {
        const touch = x => new Touch({identifier: 1, target: over, clientX: x, clientY: 9});
        over.dispatchEvent(new TouchEvent('touchstart', {bubbles: true, touches: [touch(500)]}));
        over.dispatchEvent(new TouchEvent('touchend', {bubbles: true, changedTouches: [touch(to)]})); }""",
        to,
    )


def test_a_finger_turns_the_slides_but_not_where_it_does_something_else(new_context: NewContext, file: Path) -> None:
    talk = opened(new_context, file, SMALL, has_touch=True)
    for to, place in ((100, "2"), (900, "1"), (100, "2")):
        swipe(talk.page, to)
        talk.at(place)
    table = talk.page.locator("main .on .table")
    assert table.evaluate("box => box.scrollWidth > box.clientWidth")
    swipe(talk.page, 100, "main .on td")
    talk.at("2")
    talk.page.get_by_role("button", name="Menu").click()
    swipe(talk.page, 100, "dialog[open] li")
    talk.press("Escape", "b")
    swipe(talk.page, 100, ".blank")
    talk.at("2")
    talk.press("b")
    swipe(talk.page, 100, "main .on h2")
    talk.at("3")
    talk.check()


ASIDE = """() => [document.documentElement, ...document.querySelectorAll('main .on, main .on .body')]
    .filter(box => box.scrollWidth > box.clientWidth + 1)
    .map(box => `${box.className}: ${box.scrollWidth} in ${box.clientWidth}`)"""
"""What goes on beyond the right edge of the slide."""


def test_a_phone_shows_every_slide_without_going_aside(new_context: NewContext, file: Path) -> None:
    talk = opened(new_context, file, SMALL)
    for place in range(1, LAST + 1):
        talk.press(str(place), "Enter")
        talk.at(str(place))
        assert talk.page.evaluate(ASIDE) == [], place
    talk.check()


@pytest.mark.long
def test_it_is_printed_a_slide_a_page_and_read_without_scripts(new_context: NewContext, file: Path) -> None:
    talk = opened(new_context, file)
    assert talk.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == LAST
    bare = opened(new_context, file, java_script_enabled=False)
    assert bare.page.locator("main .slide:visible").count() == bare.page.locator("main .slide").count() > LAST


def fits_everywhere(talk: Talk) -> None:
    """Each slide of the talk, those one level deeper too, has room and can be read."""
    places = talk.page.locator("main .slide").evaluate_all(
        "all => all.map(one => one.id.slice(1).replaceAll('-', '.'))"
    )
    assert len(places) > LAST
    for place in places:
        talk.page.evaluate("place => { location.hash = '#' + place; }", place)
        talk.at(place)
        assert talk.page.evaluate(FITS) == [], place
        assert talk.page.evaluate(CONTRAST) == [], place


def test_everything_fits(talk: Talk) -> None:
    for place in range(1, LAST + 1):
        talk.press(str(place), "Enter")
        talk.at(str(place))
        assert talk.page.evaluate(FITS) == [], place


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_slide_fits_every_screen(new_context: NewContext, file: Path, size: tuple[int, int], scheme: str) -> None:
    talk = opened(new_context, file, size, color_scheme=scheme)
    fits_everywhere(talk)
    talk.check()


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
def test_every_panel_fits_every_screen(
    new_context: NewContext, small: Database, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = tmp_path / "all.html"
    file.write_bytes(report_html(of_all(small)))
    talk = opened(new_context, file, size)
    fits_everywhere(talk)
    talk.check()


@pytest.mark.long
def test_it_is_presented_from_the_page_of_the_briefing(new_context: NewContext, own: Database) -> None:
    server = server_over(own)
    number = send(server, WISH).get_json()["id"]
    with serving(server) as address:
        context = new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]})
        visit: Visit = sign_in(context, address, "pmo", f"/sign-in?next=/briefings/{number}")
        page = visit.page
        page.get_by_role("link", name="Present", exact=True).click()
        expect(page.locator("main .slide:visible h2")).to_have_text(WISH["title"])
        context.set_offline(True)  # the network fails
        page.keyboard.press("PageDown")
        with page.expect_popup() as popup:
            page.keyboard.press("s")
        expect(popup.value.locator(".notes-of .said")).to_contain_text("Begin with Sindh.")
        page.keyboard.press("d")
        expect(page.get_by_role("dialog")).to_be_visible()
        visit.check()
        page.close()
