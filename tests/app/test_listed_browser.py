"""A list of complaints in a browser: scrolled, sorted, narrowed, left and come back to, while the data change."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.exc import OperationalError

from data_access.database import Database
from tests.app.browsing import PHONE, NewContext, Visit, signed_in, until
from tests.app.serving import server_over, serving
from tests.app.small import NEWEST, bring, filed, make

pytestmark = pytest.mark.xdist_group("browser")  # two browsers at once starve each other
MANY = 350
"""Complaints of Punjab more than there were: four blocks of rows."""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A small database with a long list in it, which tests may add to."""
    database = make(f"duckdb:///{tmp_path_factory.mktemp('listed') / 'listed.duckdb'}")
    rows = [filed(1000 + number, NEWEST, "punjab-office") for number in range(MANY)]
    bring(database, {"complaint": [{**one, "subject": subject(one)} for one, _ in rows], "event": [e for _, e in rows]})
    yield database
    database.close()


def subject(row: dict[str, str]) -> str:
    return "پانی نہیں آتا" if row["id"] == "1234" else f"Road {row['id']}"


@pytest.fixture(scope="module")
def address(crowded: Database) -> Iterator[str]:
    server: Flask = server_over(crowded)
    with serving(server) as url:
        yield url


@pytest.fixture
def seen(new_context: NewContext, address: str) -> Iterator[Visit]:
    visit = signed_in(new_context, address)
    yield visit
    visit.page.close()


def first(page: Page) -> str:
    """The number of the row at the top of what is shown."""
    found = page.evaluate(
        """() => {
          const view = document.querySelector('.ag-body-viewport')?.getBoundingClientRect().top;
          const rows = [...document.querySelectorAll('.jd-listed .ag-pinned-left-cols-container .ag-row')];
          const shown = rows.filter((row) => row.getBoundingClientRect().bottom > view + 10);
          shown.sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top);
          return shown[0]?.querySelector('a')?.textContent ?? '';
        }"""
    )
    return str(found)


def stands_at(page: Page, number: str) -> bool:
    return first(page) == number


def scroll(page: Page, pixels: int) -> str:
    """Down by so much; the row that is then at the top."""
    page.locator(".jd-listed .ag-body").hover()
    page.evaluate("pixels => { document.querySelector('.jd-listed .ag-body-viewport').scrollTop = pixels; }", pixels)
    until(page, lambda: page.evaluate("history.state?.listed?.row"))  # the table tells when one has come to rest
    until(page, lambda: int(first(page) or 0) > 1050)
    return first(page)


def listed(seen: Visit, query: str = "?government=punjab&sort=-received_on") -> Page:
    seen.open(f"/complaints{query}")
    seen.page.locator(".jd-listed[data-sort]:not([data-sort=''])").wait_for()  # the address has been read
    expect(seen.page.locator(".jd-listed .ag-row a").first).to_be_visible(timeout=30_000)
    return seen.page


def test_who_comes_back_finds_the_list_where_it_was(seen: Visit) -> None:
    page = listed(seen)
    there = scroll(page, 6000)
    page.locator(f".jd-listed a:text-is('{int(there) + 2}')").click()
    expect(page.locator(".jd-custody")).to_be_visible()
    page.go_back()
    until(page, lambda: first(page) == there, within=30)
    page.locator(f".jd-listed a:text-is('{int(there) + 1}')").click()
    page.get_by_role("link", name="Back to the list").click()
    until(page, lambda: first(page) == there, within=30)
    page.get_by_role("link", name="Scorecard").click()
    expect(page.locator(".jd-strip")).to_be_visible()
    page.get_by_role("link", name="Complaints", exact=True).click()
    expect(page.locator(".jd-listed .ag-row a").first).to_be_visible(timeout=30_000)
    until(page, lambda: first(page) not in {"", there})
    seen.check()


def test_newer_data_leave_the_list_where_it_is(seen: Visit, crowded: Database) -> None:
    page = listed(seen, "?government=punjab&sort=id")
    there = int(scroll(page, 6000))
    for number in (1, 2):  # the first time, and once the page has been drawn for newer data
        complaint, event = filed(900 + number, NEWEST, "punjab-office")
        bring(crowded, {"complaint": [complaint], "event": [event]})
        expect(page.locator("#page")).to_have_attribute("data-version", re.compile(rf"^{2 + number}\b"))
        above = str(there - number)  # so many more have come in above it
        expect(page.locator(f".jd-listed a:text-is('{above}')")).to_be_visible()
        until(page, partial(stands_at, page, above))
    seen.check()


def test_sorting_and_words_are_the_address(seen: Visit) -> None:
    page = listed(seen, "?government=punjab")
    page.locator(".ag-header-cell[col-id=id]").click()
    page.wait_for_url(re.compile("sort=id"))
    page.locator(".ag-header-cell[col-id=id]").click()
    page.wait_for_url(re.compile("sort=-id"))
    until(page, lambda: first(page) == str(999 + MANY))
    page.get_by_label("Subject or number").fill("پانی")
    page.get_by_label("Subject or number").press("Enter")
    expect(page.locator("#lead")).to_have_text(re.compile("^1 complaint received"))
    until(page, lambda: first(page) == "1234")
    page.get_by_label("Subject or number").fill("no such thing")
    page.get_by_label("Subject or number").press("Enter")
    expect(page.get_by_text("No complaint is like this; remove a filter, or look at another day.")).to_be_visible()
    page.go_back()
    until(page, lambda: first(page) == "1234")
    seen.check()


def test_every_row_is_reached_by_keyboard(seen: Visit) -> None:
    page = listed(seen, "?government=punjab&sort=id")
    page.locator(".ag-header-cell[col-id=id]").focus()
    for number in range(4):
        page.keyboard.press("ArrowDown")
        expect(page.locator(f".ag-row[row-index='{number}'] .ag-cell:focus")).to_be_attached()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ag-row[row-index='3'] .ag-cell:focus:not([col-id=id])")).to_be_attached()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/complaints/\d+\?government=punjab&sort=id"))
    expect(page.locator(".jd-custody")).to_be_visible()
    seen.check()


def test_a_table_whose_rows_could_not_be_had_asks_again(
    seen: Visit, crowded: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = listed(seen, "?government=punjab&sort=id")
    whole = Database.snapshot

    def gone(self: Database) -> Any:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(Database, "snapshot", gone)
    page.evaluate("document.querySelector('.jd-listed .ag-body-viewport').scrollTop = 6000")
    expect(page.locator("#lamp")).to_contain_text("reconnecting")
    monkeypatch.setattr(Database, "snapshot", whole)
    until(page, lambda: int(first(page) or 0) > 1100, within=30)


def test_on_a_telephone_the_table_is_on_the_screen(new_context: NewContext, address: str) -> None:
    visit = signed_in(new_context, address, size=PHONE)
    page = listed(visit)
    box = page.locator(".jd-listed").bounding_box()
    assert box is not None
    assert box["y"] < PHONE[1] - 150
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.close()
