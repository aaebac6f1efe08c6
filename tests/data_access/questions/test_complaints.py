"""The complaints behind a figure, on a world that can be counted by hand."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data_access.database import Database, open_database
from data_access.filters import FilterError
from data_access.questions import complaints as questions
from data_access.questions.complaints import COLUMNS, SORTS, all_complaints, complaints
from data_access.questions.listing import Over, Part, cursor_of
from data_access.reader import Reader, reader
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from data_access.selection import view_of
from tests.data_access.tiny import asked


def of(database: Database, role: str = "pmo", **pinned: str) -> Reader:
    return reader(database, Scope("test", role, pinned, ROLES[role].abilities))


def ask(database: Database, query: str, role: str = "pmo", **pinned: str) -> Part:
    with of(database, role, **pinned).snapshot() as snapshot:
        return complaints(snapshot, view_of(snapshot, asked(query)))


def ids(database: Database, query: str, **pinned: str) -> list[int]:
    """The numbers listed, in order."""
    part = ask(database, query, "chief_secretary" if pinned else "pmo", **pinned)
    assert part.count == len(part.rows)
    return [int(number) for number in part.rows["id"]]


LISTED = [
    ("", [1, 2, 3, 4, 5, 6, 7]),
    ("status=received&government=sindh", [1, 2, 3, 4]),
    ("status=filed&government=sindh", [1, 2, 3]),
    ("status=filed&government=federal", [4, 5]),
    ("status=pending", [3, 4, 5, 7]),
    ("status=pending&government=federal", [5]),
    ("status=pending&age=over-90", [3, 4, 5]),
    ("status=pending&age=0-10", [7]),
    ("status=pending&as_of=2019-01-14", [2, 3, 4, 5, 6]),
    ("status=pending&as_of=2019-01-14&age=11-20", [2, 3]),
    ("status=pending&as_of=2019-01-09&government=federal", [4, 5]),
    ("status=resolved", [1, 2, 6]),
    ("status=resolved&as_of=2019-01-19", [1, 5, 6]),
    ("status=resolved&outcome=refused", [2]),
    ("outcome=relief", [1]),
    ("status=on-time", [1, 6]),
    ("status=late", [2]),
    ("status=overdue", [3, 4, 5]),
    ("status=confirmed", [1]),
    ("status=confirmed&as_of=2019-01-11", []),
    ("status=confirmed&as_of=2019-01-16", [1, 5]),
    ("from=2019-01-04&to=2019-01-06", [4, 5, 6]),
    ("district=lahore", [4, 6, 7]),
    ("view=placed&government=punjab", [4, 6, 7]),
    ("category=roads", [1, 2, 3]),
    ("office=sindh-office&gender=unknown", [3, 4]),
    ("search=4", [4]),
    ("search=8", []),
    ("sort=-id&status=pending", [7, 5, 4, 3]),
    ("sort=government&limit=1000", [4 + 1, 6, 7, 1, 2, 3, 4]),
    ("sort=-age", [3, 4, 5, 2, 1, 6, 7]),
    ("sort=outcome&status=resolved", [6, 2, 1]),
    ("sort=subject&status=pending", [3, 4, 5, 7]),
    ("search=4&sort=-subject", [4]),
]


@pytest.mark.parametrize(("query", "expected"), LISTED, ids=[query for query, _ in LISTED])
def test_what_is_listed(tiny: Database, query: str, expected: list[int]) -> None:
    assert ids(tiny, query) == expected


def row(database: Database, query: str) -> dict[str, Any]:
    part = ask(database, query)
    assert list(part.rows.columns) == list(COLUMNS)
    return {str(name): value for name, value in part.rows.iloc[0].items()}


def test_a_row_tells_where_the_complaint_stands(shared: Database) -> None:
    found = row(shared, "search=2")
    assert (found["received_on"], found["due_on"]) == (date(2019, 1, 2), date(2019, 1, 22))
    assert (found["status"], found["outcome"], found["late"], found["satisfied"]) == (
        "resolved",
        "refused",
        True,
        False,
    )
    assert (found["age"], found["days_held"]) == (30, 30)
    assert (found["category_slug"], found["category"]) == ("potholes", "Potholes")
    assert (found["district_slug"], found["district"]) == ("karachi-south", "Karachi South")
    assert (found["government"], found["department_slug"], found["office"]) == ("Sindh", "sindh-works", "Works Office")
    assert (found["channel"], found["residency"], found["gender"]) == ("web", "inland", "male")
    moved = row(shared, "search=4")
    assert (moved["status"], moved["outcome"], moved["late"], moved["satisfied"]) == ("pending", None, True, None)
    assert (moved["age"], moved["days_held"], moved["government_slug"]) == (96, 90, "sindh")
    assert row(shared, "status=filed&search=4")["status"] == "moved"
    assert row(shared, "status=filed&search=5")["status"] == "reopened"
    assert row(shared, "search=3")["district"] is None


def test_nothing_of_citizens_or_officers_is_told() -> None:
    assert not {name for name in COLUMNS if "citizen" in name or "officer" in name}


def test_rows_can_be_passed_over_by_their_number(shared: Database) -> None:
    part = ask(shared, f"limit=2&cursor={cursor_of(Over(5))}")
    assert ([int(number) for number in part.rows["id"]], part.count, part.next) == ([6, 7], 7, None)


@pytest.mark.parametrize("sort", ["colour", "-citizen_id", "complaint_id"])
def test_a_sort_that_cannot_be_had_is_named(tiny: Database, sort: str) -> None:
    with pytest.raises(FilterError, match=f"sort={sort} cannot be had; sort by one of id, received_on") as problem:
        ask(tiny, f"sort={sort}")
    assert problem.value.parameter == "sort"


def test_a_cursor_of_another_sort_is_named(shared: Database) -> None:
    cursor = ask(shared, "sort=office&limit=2").next
    assert cursor is not None
    for name in SORTS:
        if name != "office":
            with pytest.raises(FilterError, match="cursor is none"):
                ask(shared, f"sort={name}&cursor={cursor}")


@pytest.mark.parametrize("words", ["%", "_", "/", "\\", "'", "*", "[a]", "a' or '1'='1", "پانی"])
def test_words_are_looked_for_as_they_are(shared: Database, words: str) -> None:
    with of(shared).snapshot() as snapshot:
        view = view_of(snapshot, asked("").but(search=words))
        assert complaints(snapshot, view).count == 0


def test_an_empty_database_lists_nothing(either: Database) -> None:
    part = ask(either, "status=pending")
    assert (len(part.rows), part.count, part.next) == (0, 0, None)
    assert list(part.rows.columns) == list(COLUMNS)
    with of(either).snapshot() as snapshot:
        assert list(all_complaints(snapshot, view_of(snapshot, asked("")))) == []


def test_a_whole_list_is_given_however_slowly_it_is_taken(
    duckdb_copies: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes the rows is waited for: each part of them has the time of a question."""
    monkeypatch.setattr(questions, "_AT_ONCE", 2)
    database = open_database(duckdb_copies("filled"), query_seconds=1)
    with of(database).snapshot() as snapshot:
        found = []
        for frame in all_complaints(snapshot, view_of(snapshot, asked(""))):
            time.sleep(0.4)
            found.append([int(number) for number in frame["id"]])
    database.close()
    assert found == [[1, 2], [3, 4], [5, 6], [7]]


@pytest.mark.parametrize("query", ["limit=5", "cursor=Wzld"])
def test_a_file_is_whole(tiny: Database, query: str) -> None:
    with of(tiny).snapshot() as snapshot, pytest.raises(FilterError, match="A file holds the whole list") as problem:
        all_complaints(snapshot, view_of(snapshot, asked(query)))
    assert problem.value.parameter == query.partition("=")[0]


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"pmo", "chief_secretary"}))
def test_who_sees_figures_only_sees_no_list(tiny: Database, role: str) -> None:
    with of(tiny, role).snapshot() as snapshot:
        view = view_of(snapshot, asked(""))
        for question in (complaints, all_complaints):
            with pytest.raises(OutOfScope, match="may not see single complaints, only figures"):
                question(snapshot, view)


def test_a_pinned_account_lists_what_it_holds(tiny: Database) -> None:
    assert ids(tiny, "", government="sindh") == [1, 2, 3, 4]
    assert ids(tiny, "", government="sindh", district="karachi-south") == [1, 2]
    assert ids(tiny, "district=lahore", government="federal") == []
    assert ids(tiny, "status=filed", government="federal") == [4, 5]
    with pytest.raises(OutOfScope, match="may not ask for the government Punjab"):
        ids(tiny, "government=punjab", government="sindh")


def test_what_is_placed_with_a_pinned_account_is_counted_and_not_listed(tiny: Database) -> None:
    with pytest.raises(OutOfScope, match="counts only, no lists") as problem:
        ids(tiny, "view=placed", government="punjab")
    assert problem.value.parameter == "view"
    assert ids(tiny, "view=held", government="punjab") == [6, 7]


def test_a_view_that_was_not_confined_is_refused(tiny: Database) -> None:
    """Whatever way a view was come by, the pins of the account hold in it or nothing is listed."""
    with of(tiny).snapshot() as free:
        everything = view_of(free, asked(""))
    with of(tiny, "chief_secretary", government="sindh").snapshot() as snapshot:
        for question in (complaints, all_complaints):
            with pytest.raises(OutOfScope, match="only the complaints that it answers for"):
                question(snapshot, everything)
