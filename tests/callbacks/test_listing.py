"""What the table of complaints asks and is answered, and the addresses that its controls and headings write."""

from typing import Any

import pytest

from callbacks.listing import Rows, asked_for, chosen, sorted_by
from dashboard.panels.answers import Answers
from data_access.database import Database
from data_access.questions.listing import FARTHEST
from data_access.reader import reader
from data_access.scope import Scope
from tests.app.small import reads_all

ROWS = Rows(Answers())


def between(database: Database, search: str, start: int, end: int, **sort: str) -> Any:
    asked = {"startRow": start, "endRow": end, "sortModel": [sort] if sort else [], "filterModel": {}}
    return ROWS.between(asked, search, reads_all(database))


def numbers(found: Any) -> list[int]:
    return [int(row["id"]) for row in found["rowData"]]


def test_rows_are_those_asked_for_and_lead_to_their_complaints(small: Database) -> None:
    found = between(small, "?government=punjab&status=resolved&metric=pending", 1, 3)
    assert (numbers(found), found["rowCount"]) == ([302, 303], 4)
    assert found["rowData"][0] == {
        "id": "302",
        "href": "/complaints/302?government=punjab&status=resolved",
        "subject": "",
        "received_on": "20 May 2019",
        "status": "resolved, partial relief",
        "age": "10",
        "days_held": "10",
        "office": "Works office",
        "department": "Works",
        "government": "Punjab",
        "district": "not placed",
        "category": "Roads",
    }


def test_the_heading_that_is_shown_sorts(small: Database) -> None:
    assert numbers(between(small, "?government=punjab&sort=id", 0, 2, colId="id", sort="desc")) == [304, 303]
    assert numbers(between(small, "?government=punjab&sort=-id", 0, 2)) == [304, 303]
    assert numbers(between(small, "?government=punjab&sort=-id", 0, 2, colId="colour", sort="asc")) == [304, 303]


def test_no_row_lies_beyond_the_farthest(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert between(small, "", FARTHEST, FARTHEST + 100) == {"rowData": [], "rowCount": 0}
    monkeypatch.setattr("callbacks.listing.FARTHEST", 20)
    found = between(small, "?sort=id", 15, 30)
    assert (len(found["rowData"]), found["rowCount"]) == (5, 20)
    note = asked_for("", None, ROWS, reads_all(small)).note
    assert note == "The table shows the first 20 of 35: narrow the list, or take all of it as CSV."


@pytest.mark.parametrize("search", ["?status=nonsense", "?government=nowhere", "?sort=colour", "?as_of=2031-01-01"])
def test_an_address_that_cannot_be_taken_has_no_rows(small: Database, search: str) -> None:
    assert between(small, search, 0, 10) == {"rowData": [], "rowCount": 0}
    assert ROWS.first(search, reads_all(small)) is None


def test_rows_are_ones_own(small: Database) -> None:
    minister = reader(small, Scope("cs", "chief_secretary", {"government": "sindh"}, frozenset({"complaints"})))
    asked = {"startRow": 0, "endRow": 50, "sortModel": []}
    assert {row["government"] for row in ROWS.between(asked, "", minister)["rowData"]} == {"Sindh"}
    assert ROWS.between(asked, "?government=punjab", minister)["rowData"] == []
    assert ROWS.between(asked, "", reader(small, Scope("v", "viewer")))["rowData"] == []


def test_the_page_shows_what_its_address_says(small: Database) -> None:
    found = asked_for("?government=sindh&status=pending&sort=-age&search=2", "5 1", ROWS, reads_all(small))
    assert (found.asked, found.sort) == ("5 1 government=sindh&status=pending&search=2", "-age")
    assert found.chosen == {"status": "pending", "age": None, "outcome": None, "search": "2"}
    assert found.note == ""
    nothing = asked_for("?search=nothing+like+it", None, ROWS, reads_all(small))
    assert nothing.note == "No complaint is like this; remove a filter, or look at another day."
    assert asked_for("?status=nonsense", None, ROWS, reads_all(small)).asked == ""


@pytest.mark.parametrize(
    ("search", "sort", "expected"),
    [
        ("", "-age", "?sort=-age"),
        ("?government=sindh&sort=id", "office", "?government=sindh&sort=office"),
        ("?sort=id", "received_on", ""),
        ("?sort=id", "id", None),
        ("", "received_on", None),
        ("", "colour", None),
        ("", None, None),
        ("?status=nonsense", "id", None),
    ],
)
def test_a_heading_is_the_address(search: str, sort: str | None, expected: str | None) -> None:
    assert sorted_by(search, sort) == expected


@pytest.mark.parametrize(
    ("search", "wanted", "expected"),
    [
        ("?sort=id", {"status": "late"}, "?status=late&sort=id"),
        ("?status=late", {"status": None}, ""),
        ("?status=late", {"status": "late"}, None),
        ("", {"search": "  no water "}, "?search=no+water"),
        ("", {"search": "پانی"}, "?search=%D9%BE%D8%A7%D9%86%DB%8C"),
        ("?search=x", {"search": "   "}, ""),
        ("", {"search": "a\0b"}, None),
        ("", {"search": "a" * 101}, None),
        ("", {"government": "sindh"}, None),
        ("?bogus=1", {"status": "late"}, None),
    ],
)
def test_a_control_is_the_address(search: str, wanted: dict[str, str | None], expected: str | None) -> None:
    assert chosen(search, wanted) == expected
