"""From the scorecard to one late complaint in Karachi and back: by clicks alone, and by keyboard alone.

On the way each step is one redraw, keeps what was chosen before it, and the number that is clicked is the number that
stands on top.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, Request, expect

from data_access.database import Database
from tests.app.browsing import LAPTOP, NewContext, Visit, is_redraw, signed_in, until, whole
from tests.app.serving import server_over, serving
from tests.app.small import FIRST, bring, event, filed, make

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other

SHAPE = """(slug) => {
    for (const path of document.querySelectorAll('.jd-map .choroplethlayer path')) {
        if (path.__data__?.loc !== slug) continue;
        const box = path.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    }
    return null;
}"""
"""The middle of a place's shape on the screen."""
FIGURES = "[...document.querySelectorAll('main [data-figure], #lead, .jd-chip')].map(one => one.textContent)"
OVERDUE = "#page .jd-panel-desks td a[href*='status=overdue']"
LATE = 402
"""The complaint at the end: received in May, due long ago, held by the office of Works in Karachi South."""


@pytest.fixture(scope="module")
def karachi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The small database, with complaints that are placed, by app and by letter."""
    database = make(f"duckdb:///{tmp_path_factory.mktemp('karachi') / 'karachi.duckdb'}")
    complaints, events = [], []
    for n in range(8):
        office = "sindh-office" if n < 6 else "punjab-office"
        day = FIRST + timedelta(days=n)
        complaint, first = filed(400 + n, day, office)
        district = ("karachi-south", "karachi-south", "karachi-south", "hyderabad", "karachi-south", "malir")
        channel = "app" if n != 4 else "letter"
        complaints.append({**complaint, "channel": channel, "district": district[n] if n < 6 else "lahore"})
        events.append(first)
        if n < 2:
            events.append(event(400 + n, day + timedelta(days=5), "closed", outcome="relief"))
    events.append(event(401, date(2019, 9, 1), "feedback", satisfied="false"))
    bring(database, {"complaint": complaints, "event": events})
    yield database
    database.close()


@pytest.fixture(scope="module")
def address(karachi: Database) -> Iterator[str]:
    with serving(server_over(karachi)) as url:
        yield url


@dataclass
class Journey:
    """Steps down, each looked at when it is drawn, so that the way back can be held against it."""

    seen: Visit
    redraws: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    steps: list[tuple[str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._note(request, self.redraws))
        self.page.on("requestfinished", lambda request: self._note(request, self.answered))

    @property
    def page(self) -> Page:
        return self.seen.page

    def _note(self, request: Request, among: list[str]) -> None:
        if is_redraw(request):
            among.append(request.url)

    def begin(self, address: str, crumb: str = "Pakistan") -> None:
        """Open the page at this address, the first one."""
        self.seen.open(address)
        self.arrived(address, crumb)

    def arrived(self, address: str, crumb: str) -> None:
        """Wait until the page at this address is drawn, by one redraw, and remember its figures."""
        expect(self.page).to_have_url(f"{self.seen.address}{address}")
        expect(self.page.locator("#breadcrumb li").last).to_have_text(crumb)
        until(self.page, lambda: self.answered)
        whole(self.page)
        self.page.wait_for_timeout(150)
        assert len(self.redraws) == 1, address
        self.forget()
        self.steps.append((address, self.figures()))

    def back(self) -> None:
        """One step, by the browser's button: the same figures as before."""
        self.steps.pop()
        address, figures = self.steps[-1]
        self.page.go_back()
        expect(self.page).to_have_url(f"{self.seen.address}{address}")
        whole(self.page)
        until(self.page, lambda: self.figures() == figures)

    def figures(self) -> list[str]:
        found: list[str] = self.page.evaluate(FIGURES)
        return found

    def forget(self) -> None:
        """What was asked until now was not asked for the next step."""
        self.redraws.clear()
        self.answered.clear()

    def to_shape(self, slug: str) -> None:
        """Click the shape of a place on the map."""
        until(self.page, lambda: self.page.evaluate(SHAPE, slug))
        self.page.locator(".jd-map").scroll_into_view_if_needed()
        self.page.mouse.click(*self.page.evaluate(SHAPE, slug))

    def point_at(self, chart: str, shown: str) -> None:
        """Hold the mouse over the middle of a chart until it says what is there."""
        self.page.locator(chart).first.hover()
        box = self.page.locator(chart).first.bounding_box()
        assert box is not None
        x, y, steps = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, count()

        def says() -> int:
            """A chart hears of the mouse where it has moved, and not of each move."""
            self.page.mouse.move(x + next(steps) % 2, y)
            self.page.wait_for_timeout(60)
            return self.page.locator(shown).count()

        until(self.page, says)

    def tab_to(self, wanted: str, most: int = 120) -> None:
        """Press Tab until what this selector finds has the focus."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                return
        raise AssertionError(f"{wanted} cannot be reached by Tab")


@pytest.fixture
def journey(new_context: NewContext, address: str) -> Journey:
    """Nothing has been looked at yet."""
    return Journey(signed_in(new_context, address, size=LAPTOP, path="/healthz"))


def test_by_clicks_alone_and_back(journey: Journey) -> None:
    page = journey.page
    journey.begin("/")
    page.locator(".jd-more > summary").click()
    page.locator("#choose-channel").click()
    page.locator(".dash-dropdown-option").get_by_text("App", exact=True).click()
    journey.arrived("/?channel=app", "Pakistan")
    page.locator(".jd-league tr", has_text="Sindh").locator(".jd-track").click()  # its bar, as its name
    journey.arrived("/?government=sindh&channel=app", "Sindh")
    page.locator("#navigation").get_by_role("link", name="Map").click()
    journey.arrived("/map?government=sindh&channel=app", "Sindh")
    journey.to_shape("karachi-south")
    journey.arrived("/map?government=sindh&district=karachi-south&channel=app", "Karachi South")
    page.locator(".jd-panel-departments").get_by_role("link", name="Works").click()
    place = "government=sindh&district=karachi-south&department=sindh-works"
    journey.arrived(f"/map?{place}&channel=app", "Works")
    page.locator(".jd-panel-desks").get_by_role("link", name="Works office").click()
    place = f"{place}&office=sindh-office"
    journey.arrived(f"/map?{place}&channel=app", "Secretary")
    page.locator(".jd-panel-desks").get_by_text("Table", exact=True).click()
    number = page.locator(OVERDUE)
    clicked = number.text_content()
    number.click()
    journey.arrived(f"/complaints?{place}&channel=app&status=overdue", "Secretary")
    expect(page.locator("#lead")).to_contain_text(f"{clicked} complaint overdue, held by Works office")
    page.locator(".jd-listed").get_by_role("link", name=str(LATE)).click()
    journey.arrived(f"/complaints/{LATE}?{place}&channel=app&status=overdue", f"Complaint {LATE}")
    expect(page.locator(".jd-custody")).to_contain_text("past the limit")
    while len(journey.steps) > 1:
        journey.back()
    expect(page).to_have_url(f"{journey.seen.address}/")
    journey.seen.first_figure("43")
    journey.seen.check()


def test_by_keyboard_alone(journey: Journey) -> None:
    page = journey.page
    journey.begin("/")
    journey.tab_to(".jd-league a[href*=sindh]")
    page.keyboard.press("Enter")
    journey.arrived("/?government=sindh", "Sindh")
    journey.tab_to(".jd-nav a[href^='/map']")
    page.keyboard.press("Enter")
    journey.arrived("/map?government=sindh", "Sindh")
    journey.tab_to(".jd-ranked a[href*=karachi-south]")  # shapes cannot be focused: beside them each place is a link
    page.keyboard.press("Enter")
    journey.arrived("/map?government=sindh&district=karachi-south", "Karachi South")
    journey.tab_to(".jd-panel-departments a")
    page.keyboard.press("Enter")
    place = "government=sindh&district=karachi-south&department=sindh-works"
    journey.arrived(f"/map?{place}", "Works")
    journey.tab_to(".jd-panel-desks a[href*=sindh-office]")
    page.keyboard.press("Enter")
    journey.arrived(f"/map?{place}&office=sindh-office", "Secretary")
    journey.tab_to(".jd-panel-desks summary")
    page.keyboard.press("Enter")
    expect(page.locator(OVERDUE)).to_be_visible()
    clicked = page.locator(OVERDUE).text_content() or ""
    journey.tab_to(OVERDUE)
    page.keyboard.press("Enter")
    journey.arrived(f"/complaints?{place}&office=sindh-office&status=overdue", "Secretary")
    expect(page.locator("#lead")).to_contain_text(f"{clicked} complaints overdue")
    expect(page.locator(".jd-listed").get_by_role("link", name=str(LATE))).to_be_visible()
    journey.tab_to(".jd-listed .ag-header-cell[col-id=id]")  # the heading of the table: its rows are walked by arrows
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ag-row[row-index='0'] .ag-cell:focus")).to_be_attached()
    page.keyboard.press("Enter")
    journey.arrived(f"/complaints/{LATE}?{place}&office=sindh-office&status=overdue", f"Complaint {LATE}")
    while len(journey.steps) > 1:
        journey.back()
    journey.seen.check()


def test_every_other_kind_of_mark_descends_and_keeps_what_was_chosen(journey: Journey) -> None:
    page = journey.page
    journey.begin("/?channel=app")
    journey.point_at(".jd-panel-trend .nsewdrag", ".jd-panel-trend .hoverlayer > *")
    page.mouse.down()  # a point of the trend: its day becomes the day of all figures
    page.mouse.up()
    until(page, lambda: "as_of=" in page.url)
    day = page.url.partition("as_of=")[2][:10]
    journey.arrived(f"/?as_of={day}&channel=app", "Pakistan")
    assert page.locator(".jd-panel-trend .infolayer .legend, .jd-legend a").count() == 0  # legends lead nowhere
    page.locator(".jd-nav a[href^='/map']").click()
    journey.arrived(f"/map?as_of={day}&channel=app", "Pakistan")
    cell = page.locator(".jd-heat td a[href*='district=karachi-south']")  # who holds them, and where they are about
    held = cell.text_content()
    cell.click()
    place = "district=karachi-south&department=sindh-works"
    journey.arrived(f"/complaints?as_of={day}&{place}&channel=app&status=pending", "Works")
    expect(page.locator("#lead")).to_contain_text(f"{held} complaint")
    page.locator(".jd-nav a[href^='/citizens']").click()
    journey.arrived(f"/citizens?as_of={day}&{place}&channel=app", "Works")


def test_a_bar_without_levels_below_it_is_chosen_and_left_again(journey: Journey) -> None:
    page = journey.page
    journey.begin("/citizens?government=sindh", "Sindh")
    letters = page.locator(".jd-panel-channels tbody tr", has_text="Letter")
    letters.locator(".jd-track").click()
    journey.arrived("/citizens?government=sindh&channel=letter", "Sindh")
    expect(letters).to_have_attribute("aria-current", "true")
    expect(page.locator(".jd-panel-channels tbody tr")).to_have_count(5)  # the others stay, to be compared with
    expect(page.locator(".jd-panel-channels .jd-left-out")).to_be_empty()
    expect(page.locator(".jd-panel-genders tbody tr", has_text="Unknown").locator(".jd-rate")).to_have_text("1")
    letters.locator(".jd-track").click()
    journey.arrived("/citizens?government=sindh", "Sindh")
    table = page.locator(".jd-panel-outcomes")
    table.get_by_text("Table", exact=True).press("Enter")
    table.locator(".jd-folded").get_by_role("link", name="Relief", exact=True).press("Enter")
    journey.arrived("/citizens?government=sindh&outcome=relief", "Sindh")
    table.locator(".jd-folded").get_by_role("link", name="Relief", exact=True).press("Enter")
    journey.arrived("/citizens?government=sindh", "Sindh")
    journey.seen.check()
