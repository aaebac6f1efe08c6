"""Each rule of each kind, and the sentence that says which was broken."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from data_access.intake.canonical import KINDS
from data_access.intake.validate import RawRows, check_rows
from tests.data_access.tiny import Row, complaint, event
from tests.worlds_in import table_of

NOW = datetime(2019, 10, 1, 12)
KNOWN = {
    "government": {"sindh": 4},
    "district": {"lahore": 31},
    "department": {"works": 1},
    "category": {"roads": 1, "power": 2},
    "office": {"here": 7, "there": 8},
    "officer": {"khan": 3},
}
Reject = tuple[int, str, str | None, str]


def checked(kind: str, rows: list[Row], first_line: int = 2) -> tuple[list[dict[str, Any]], list[Reject], list[int]]:
    """Good rows, rejects (line, column, value, reason), lines of the good rows."""
    kinds = {each.name: each for each in KINDS}
    lines = np.arange(first_line, first_line + len(rows))
    table, kept, rejects = check_rows(RawRows(kinds[kind], "f.csv", table_of(rows), lines), KNOWN, NOW)
    found: list[Reject] = []
    for part in rejects:
        assert set(part["file"]) <= {"f.csv"}
        for row in part.astype(object).where(part.notna(), None).to_dict("records"):
            found.append((row["line"], row["column"], row["value"], row["reason"]))
    return table.to_pylist(), found, kept.tolist()


EVENT = event(1, "2019-09-01", "received", office="here")
COMPLAINT = complaint(1, "2019-09-01")
OFFICE = {"slug": "x", "name": "X", "department": "works", "designation": "Head"}
OFFICER = {"slug": "x", "name": "X", "designation": "Head", "grade": "18"}
POSTING = {"office": "here", "officer": "khan", "from_on": "2019-01-01", "to_on": "2019-01-31"}
LIMIT = {"category": "roads", "from_on": "2019-01-01", "to_on": "", "days": "20"}
CITIZEN = {"id": "1", "registered_on": "2019-01-01"}
FLAG = {"id": "1", "citizen": "11", "office": "here", "kind": "abuse", "flagged_on": "2019-01-05"}
UPHELD = {**FLAG, "reviewed_on": "2019-01-09", "upheld": "true"}
EMPTY = "is empty, but every row must have it"
MOVES = "is empty, but this kind of event happens at an office"
KINDS_SAID = "is not one of received, assigned, transferred, closed, feedback, reopened"
TIME = "is not a time written like 2019-10-01T14:30:00, with or without +05:00"
DAY = "is not a day written like 2019-10-01"

FAULTS: list[tuple[str, Row, Row, str, str | None, str]] = [
    ("event", EVENT, {"complaint": ""}, "complaint", None, EMPTY),
    ("event", EVENT, {"complaint": "x1"}, "complaint", "x1", "is not a whole number of at most 18 digits"),
    ("event", EVENT, {"happened_at": ""}, "happened_at", None, EMPTY),
    ("event", EVENT, {"happened_at": "soon"}, "happened_at", "soon", TIME),
    (
        *("event", EVENT, {"happened_at": "2019-10-01T12:00:01"}),
        *("happened_at", "2019-10-01 12:00:01.000000", "lies in the future"),
    ),
    (
        *("event", EVENT, {"happened_at": "2019-10-01T07:00:01Z"}),
        *("happened_at", "2019-10-01 12:00:01.000000", "lies in the future"),
    ),
    ("event", EVENT, {"kind": ""}, "kind", None, EMPTY),
    ("event", EVENT, {"kind": "Closed"}, "kind", "Closed", KINDS_SAID),
    ("event", EVENT, {"kind": "clo\x00sed"}, "kind", "clo\x00sed", KINDS_SAID),
    ("event", EVENT, {"office": ""}, "office", None, MOVES),
    ("event", EVENT, {"kind": "assigned", "office": ""}, "office", None, MOVES),
    ("event", EVENT, {"kind": "transferred", "office": " "}, "office", None, MOVES),
    ("event", EVENT, {"office": "nowhere"}, "office", "nowhere", "names no office that is known"),
    (
        *("event", EVENT, {"office": "No Where"}),
        *("office", "No Where", "is not small letters, digits and single hyphens"),
    ),
    ("event", EVENT, {"kind": "closed"}, "outcome", None, "is empty on an event closed"),
    (
        *("event", EVENT, {"kind": "closed", "outcome": "done"}),
        *("outcome", "done", "is not one of relief, partial, refused, dropped, unstated"),
    ),
    ("event", EVENT, {"outcome": "relief"}, "outcome", "relief", "stands only on events closed"),
    ("event", EVENT, {"kind": "feedback"}, "satisfied", None, "is empty on an event feedback"),
    ("event", EVENT, {"kind": "feedback", "satisfied": "so-so"}, "satisfied", "so-so", "is not true or false"),
    ("event", EVENT, {"satisfied": "true"}, "satisfied", "true", "stands only on events feedback"),
    ("complaint", COMPLAINT, {"id": ""}, "id", None, EMPTY),
    ("complaint", COMPLAINT, {"category": ""}, "category", None, EMPTY),
    ("complaint", COMPLAINT, {"category": "sewers"}, "category", "sewers", "names no category that is known"),
    ("complaint", COMPLAINT, {"district": "atlantis"}, "district", "atlantis", "names no district that is known"),
    (
        *("complaint", COMPLAINT, {"channel": "fax"}),
        *("channel", "fax", "is not one of app, web, helpline, letter, walk-in"),
    ),
    ("complaint", COMPLAINT, {"received_at": ""}, "received_at", None, EMPTY),
    (
        *("complaint", COMPLAINT, {"received_at": "2019-10-02"}),
        *("received_at", "2019-10-02 00:00:00.000000", "lies in the future"),
    ),
    ("complaint", COMPLAINT, {"due_on": "later"}, "due_on", "later", DAY),
    (
        *("complaint", COMPLAINT, {"due_on": "2019-08-31"}),
        *("due_on", "2019-08-31", "lies before the day the complaint was received"),
    ),
    ("complaint", COMPLAINT, {"citizen": "a"}, "citizen", "a", "is not a whole number of at most 18 digits"),
    ("complaint", COMPLAINT, {"subject": "a\x00b"}, "subject", "a\x00b", "is not text without control characters"),
    ("flag", FLAG, {"citizen": ""}, "citizen", None, EMPTY),
    ("flag", FLAG, {"kind": " "}, "kind", None, EMPTY),
    ("flag", FLAG, {"office": "nowhere"}, "office", "nowhere", "names no office that is known"),
    ("flag", FLAG, {"id": "1234567890"}, "id", "1234567890", "is not a whole number of at most 9 digits"),
    ("flag", FLAG, {"flagged_on": "2019-10-02"}, "flagged_on", "2019-10-02", "lies in the future"),
    ("flag", UPHELD, {"reviewed_on": "2019-10-02"}, "reviewed_on", "2019-10-02", "lies in the future"),
    ("flag", UPHELD, {"reviewed_on": "2019-01-04"}, "reviewed_on", "2019-01-04", "lies before flagged_on"),
    ("flag", UPHELD, {"upheld": ""}, "upheld", None, "is empty, but the flag was reviewed"),
    ("flag", FLAG, {"upheld": "true"}, "upheld", "true", "stands on a flag that was not reviewed"),
    ("flag", FLAG, {"appeal": "lodged"}, "appeal", "lodged", "stands on a flag that was not upheld"),
    (
        *("flag", UPHELD, {"upheld": "false", "appeal": "allowed"}),
        *("appeal", "allowed", "stands on a flag that was not upheld"),
    ),
    ("flag", UPHELD, {"appeal": "won"}, "appeal", "won", "is not one of lodged, allowed, rejected"),
    (
        *("flag", UPHELD, {"appeal": "allowed", "appeal_decided_on": "2019-01-08"}),
        *("appeal_decided_on", "2019-01-08", "lies before reviewed_on"),
    ),
    (
        *("flag", UPHELD, {"appeal": "lodged", "appeal_decided_on": "2019-02-01"}),
        *("appeal_decided_on", "2019-02-01", "stands on an appeal that is neither allowed nor rejected"),
    ),
    ("posting", POSTING, {"to_on": "2018-12-31"}, "to_on", "2018-12-31", "lies before from_on"),
    ("posting", POSTING, {"officer": "nobody"}, "officer", "nobody", "names no officer that is known"),
    ("posting", POSTING, {"from_on": ""}, "from_on", None, EMPTY),
    ("time_limit", LIMIT, {"to_on": "2018-12-31"}, "to_on", "2018-12-31", "lies before from_on"),
    ("time_limit", LIMIT, {"days": "0"}, "days", "0", "is less than one day"),
    ("time_limit", LIMIT, {"days": "3651"}, "days", "3651", "is more than ten years"),
    ("time_limit", LIMIT, {"days": "9999999999"}, "days", "9999999999", "is not a whole number of at most 9 digits"),
    ("officer", OFFICER, {"grade": "0"}, "grade", "0", "is not a pay scale from 1 to 22"),
    ("officer", OFFICER, {"grade": "23"}, "grade", "23", "is not a pay scale from 1 to 22"),
    ("office", OFFICE, {"department": "gone"}, "department", "gone", "names no department that is known"),
    ("office", OFFICE, {"name": ""}, "name", None, EMPTY),
    ("citizen", CITIZEN, {"registered_on": "?"}, "registered_on", "?", DAY),
    ("citizen", CITIZEN, {"home": "bengal"}, "home", "bengal", "names no government that is known"),
    (
        *("citizen", CITIZEN, {"residency": "abroad"}),
        *("residency", "abroad", "is not one of inland, overseas, foreigner, unknown"),
    ),
    ("citizen", CITIZEN, {"gender": "f"}, "gender", "f", "is not one of female, male, other, unknown"),
    ("citizen", CITIZEN, {"special_person": "perhaps"}, "special_person", "perhaps", "is not true or false"),
]


@pytest.mark.parametrize(("kind", "good", "fault", "column", "value", "reason"), FAULTS)
def test_each_fault_is_named_and_the_rows_beside_it_pass(
    kind: str, good: Row, fault: Row, column: str, value: str | None, reason: str
) -> None:
    rows, rejects, lines = checked(kind, [good, {**good, **fault}, good])
    assert rejects == [(3, column, value, reason)]
    assert (len(rows), lines) == (2, [2, 4])


def test_a_row_is_rejected_once_for_its_first_fault() -> None:
    row = {"complaint": "x", "happened_at": "never", "kind": "gone", "office": "Q", "outcome": "?", "satisfied": "?"}
    rows, rejects, lines = checked("event", [row])
    assert (rows, lines) == ([], [])
    assert [(line, column) for line, column, _, _ in rejects] == [(2, "complaint")]


def test_columns_that_are_left_out_or_empty_take_their_default() -> None:
    [row], rejects, _ = checked("complaint", [{"id": "1", "category": "roads", "received_at": "2019-09-01"}])
    assert rejects == []
    assert row == {
        "id": 1,
        "citizen": None,
        "category": 1,
        "district": None,
        "channel": "web",
        "received_at": datetime(2019, 9, 1),
        "due_on": None,
        "subject": None,
    }
    [person], _, _ = checked("citizen", [{**CITIZEN, "gender": " ", "special_person": ""}])
    assert (person["gender"], person["residency"], person["special_person"]) == ("unknown", "unknown", False)


def test_what_stands_on_the_very_edge_is_good() -> None:
    rows = [
        event(1, "2019-10-01T12:00:00", "received", office="here"),
        event(1, "2019-10-01T11:00:00", "closed", outcome="dropped", office="there"),
        event(1, "2019-10-01T11:00:00", "reopened"),
        event(1, "2019-10-01T11:00:00", "feedback", satisfied="no", office="here"),
    ]
    good, rejects, _ = checked("event", rows)
    assert rejects == []
    assert [row["office"] for row in good] == [7, 8, None, 7]
    due, rejects, _ = checked("complaint", [{**COMPLAINT, "due_on": "2019-09-01", "subject": "سڑک"}])
    assert rejects == []
    assert (due[0]["due_on"], due[0]["subject"]) == (date(2019, 9, 1), "سڑک")
    one_day, rejects, _ = checked("posting", [{**POSTING, "to_on": "2019-01-01", "officer": ""}])
    assert (rejects, one_day[0]["officer"]) == ([], None)
    assert checked("time_limit", [{**LIMIT, "days": "1"}, {**LIMIT, "days": "3650"}])[1] == []
    assert checked("officer", [{**OFFICER, "grade": "1"}, {**OFFICER, "grade": "22"}])[1] == []


def test_no_rows_are_fine() -> None:
    for kind in KINDS:
        names = [column.name for column in kind.columns]
        raw = RawRows(kind, "f.csv", table_of([dict.fromkeys(names, "")]).slice(0, 0), np.arange(0))
        table, lines, rejects = check_rows(raw, KNOWN, NOW)
        assert (table.column_names, len(table), len(lines), rejects) == (names, 0, 0, [])
