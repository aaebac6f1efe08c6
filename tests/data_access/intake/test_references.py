"""Departments, categories, offices, officers, postings and time limits through the door."""

from datetime import date
from itertools import pairwise

import pytest

from data_access.database import Database
from data_access.tables.reference import category, department, office, officer, posting, time_limit
from tests.data_access.tiny import Row, all_of, bring, bring_good, reasons

DEPARTMENTS: list[Row] = [
    {"slug": "works", "name": "Works", "government": "sindh"},
    {"slug": "health", "name": "Health", "government": "sindh"},
]
OFFICE: Row = {"slug": "a", "name": "A", "department": "works", "designation": "Head", "district": "karachi-south"}
OFFICERS: list[Row] = [
    {"slug": "khan", "name": "A. Khan", "designation": "Engineer", "grade": "18"},
    {"slug": "bibi", "name": "B. Bibi", "designation": "Secretary", "grade": "20"},
]
BASE = {"department": DEPARTMENTS, "office": [OFFICE, {**OFFICE, "slug": "b"}], "officer": OFFICERS}
MOVED = "would move this office to another department; make a new office with its own slug"


def span(start: str, end: str = "", officer_: str = "khan", office_: str = "a") -> Row:
    """A posting."""
    return {"office": office_, "officer": officer_, "from_on": start, "to_on": end}


def spans(database: Database) -> list[tuple[int, date, date | None]]:
    """The postings of the first office."""
    rows = all_of(database, posting, "office_id", "from_on")
    return [(row["officer_id"], row["from_on"], row["to_on"]) for row in rows if row["office_id"] == 1]


def test_new_known_and_changed_rows(either: Database) -> None:
    limits = [{"category": "roads", "from_on": "2019-01-01", "to_on": "", "days": "10"}]
    whole = {**BASE, "category": [{"slug": "roads", "name": "Roads"}], "posting": [span("2019-01-01")]}
    whole["time_limit"] = limits
    first = bring_good(either, whole)
    assert (first.read, first.accepted, first.unchanged, first.version) == (9, 9, 0, 1)
    again = bring_good(either, whole)
    assert (again.read, again.accepted, again.unchanged, again.version) == (9, 0, 9, 1)
    changed = bring_good(
        either,
        {
            "office": [{**OFFICE, "name": "سڑک کا دفتر", "district": ""}],
            "officer": [{**OFFICERS[0], "grade": "19"}, OFFICERS[1]],
            "posting": [span("2019-01-01", "2019-06-30"), span("2019-07-01", officer_="")],
            "time_limit": [{**limits[0], "days": "15"}],
        },
    )
    assert (changed.accepted, changed.unchanged, changed.version) == (5, 1, 2)
    [first_office, _] = all_of(either, office, "id")
    assert (first_office["id"], first_office["name"], first_office["district_id"]) == (1, "سڑک کا دفتر", None)
    assert (first_office["department_id"], first_office["government_id"]) == (1, 4)
    assert [row["grade"] for row in all_of(either, officer, "id")] == [19, 20]
    assert [row["days"] for row in all_of(either, time_limit)] == [15]
    assert spans(either) == [(1, date(2019, 1, 1), date(2019, 6, 30)), (None, date(2019, 7, 1), None)]


def test_the_last_row_of_a_key_counts_and_coming_back_changes_nothing(either: Database) -> None:
    rows = {"department": [DEPARTMENTS[0], {**DEPARTMENTS[0], "name": "Works and Roads"}]}
    first = bring_good(either, rows)
    assert (first.accepted, first.unchanged) == (1, 1)
    assert [row["name"] for row in all_of(either, department)] == ["Works and Roads"]
    again = bring_good(either, rows)
    assert (again.accepted, again.unchanged, again.version) == (0, 2, 1)


def test_what_the_ledger_stands_on_may_not_move(either: Database) -> None:
    bring_good(either, BASE)
    report = bring(
        either,
        {
            "office": [OFFICE, {**OFFICE, "slug": "b", "department": "health"}],
            "department": [{**DEPARTMENTS[0], "government": "punjab"}, {**DEPARTMENTS[1], "name": "Care"}],
        },
    )
    assert (report.accepted, report.unchanged, report.rejected, report.read) == (1, 1, 2, 4)
    government = "would move this department to another government; make a new department with its own slug"
    assert reasons(report) == [(1, "slug", None, government), (2, "slug", None, MOVED)]
    assert [row["department_id"] for row in all_of(either, office, "id")] == [1, 1]
    assert [(row["name"], row["government_id"]) for row in all_of(either, department, "id")] == [
        ("Works", 4),
        ("Care", 4),
    ]


@pytest.mark.parametrize(
    ("held", "arriving", "refused"),
    [
        ([], [span("2019-01-01", "2019-01-31"), span("2019-02-01")], []),
        ([], [span("2019-02-01"), span("2019-01-01", "2019-01-31")], []),
        ([], [span("2019-01-01"), span("2019-02-01")], [2]),
        ([], [span("2019-01-01", "2019-02-01"), span("2019-02-01")], [2]),
        ([], [span("2019-01-01", "2019-12-31"), span("2019-02-01", "2019-02-02"), span("2019-03-01")], [2, 3]),
        ([], [span("2019-01-01"), span("2019-02-01", office_="b")], []),
        ([span("2019-01-01")], [span("2019-02-01")], [1]),
        ([span("2019-03-01")], [span("2019-01-01")], [1]),
        ([span("2019-03-01")], [span("2019-01-01", "2019-03-01")], [1]),
        ([span("2019-03-01")], [span("2019-01-01", "2019-02-28")], []),
        ([span("2019-01-01")], [span("2019-01-01", "2019-01-31"), span("2019-02-01", officer_="bibi")], []),
        ([span("2019-01-01", "2019-01-31"), span("2019-03-01")], [span("2019-01-01", "2019-03-05")], [1]),
        ([span("2019-03-01")], [span("2019-01-01", "9999-12-31")], [1]),
        ([], [span("2019-01-01", "9999-12-31")], []),
    ],
)
def test_an_office_has_one_officer_at_a_time(
    ducks: Database, held: list[Row], arriving: list[Row], refused: list[int]
) -> None:
    bring_good(ducks, {**BASE, "posting": held} if held else BASE)
    report = bring(ducks, {"posting": arriving})
    assert [line for line, _, _, _ in reasons(report)] == refused
    assert {reason for _, _, _, reason in reasons(report)} <= {"overlaps another posting at the same office"}
    assert report.accepted == len(arriving) - len(refused)
    found = spans(ducks)
    for (_, _, end), (_, start, _) in pairwise(found):
        assert end is not None
        assert end < start


def test_a_refused_posting_leaves_what_is_held(ducks: Database) -> None:
    bring_good(ducks, {**BASE, "posting": [span("2019-01-01", "2019-01-31"), span("2019-03-01")]})
    rows = [span("2019-01-01", "2019-04-01"), span("2019-01-20", "2019-02-10", "bibi")]
    report = bring(ducks, {"posting": rows})
    assert report.rejected == 2
    assert spans(ducks) == [(1, date(2019, 1, 1), date(2019, 1, 31)), (1, date(2019, 3, 1), None)]


def test_a_parent_may_stand_anywhere_in_the_same_file(either: Database) -> None:
    rows = [{"slug": "holes", "name": "Holes", "parent": "roads"}, {"slug": "roads", "name": "Roads"}]
    bring_good(either, {"category": rows})
    found = {row["slug"]: (row["id"], row["parent_id"]) for row in all_of(either, category)}
    assert found == {"holes": (1, 2), "roads": (2, None)}


def test_who_refers_to_a_rejected_row_is_rejected_too(either: Database) -> None:
    rows = [
        {"slug": "deep", "name": "Deep", "parent": "holes"},
        {"slug": "holes", "name": "Holes", "parent": "roads"},
        {"slug": "roads", "name": ""},
        {"slug": "Bad Slug", "name": "Bad"},
        {"slug": "power", "name": "Power"},
    ]
    report = bring(
        either, {"category": rows, "department": [{**DEPARTMENTS[0], "government": "x"}], "office": [OFFICE]}
    )
    unknown = "names no category that is known"
    assert sorted(reasons(report)) == [
        (1, "department", "works", "names no department that is known"),
        (1, "government", "x", "names no government that is known"),
        (1, "parent", "holes", unknown),
        (2, "parent", "roads", unknown),
        (3, "name", None, "is empty, but every row must have it"),
        (4, "slug", "Bad Slug", "is not small letters, digits and single hyphens"),
    ]
    assert (report.read, report.accepted, report.rejected) == (7, 1, 6)
    assert [row["slug"] for row in all_of(either, category)] == ["power"]
    assert all_of(either, office) == []


def test_categories_have_two_levels(either: Database) -> None:
    known: list[Row] = [{"slug": "roads", "name": "Roads"}, {"slug": "holes", "name": "Holes", "parent": "roads"}]
    bring_good(either, {"category": known})
    report = bring(
        either,
        {
            "category": [
                {"slug": "deep", "name": "Deep", "parent": "holes"},
                {"slug": "self", "name": "Self", "parent": "self"},
                {"slug": "signs", "name": "Signs", "parent": "roads"},
            ]
        },
    )
    assert (report.accepted, report.rejected) == (1, 2)
    assert {reason for *_, reason in reasons(report)} == {"has a parent that is not a main category"}
    assert {row["slug"] for row in all_of(either, category)} == {"roads", "holes", "signs"}
