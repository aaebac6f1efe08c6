"""The one door in: what becomes of rows, batch by batch."""

from datetime import date
from typing import Any

import pytest

from data_access.database import Database
from data_access.intake.check import check
from data_access.tables.facts import assignment, citizen, complaint, event
from data_access.tables.reference import category
from data_access.tables.system import data_version, import_batch, import_reject, restatement
from tests.data_access import tiny as t
from tests.data_access.tiny import COMPLAINTS, EVENTS, REFERENCES, WORLD, Row, all_of, bring, bring_good


def stays(database: Database, number: int) -> list[dict[str, Any]]:
    """The ledger rows of a complaint."""
    return [row for row in all_of(database, assignment, "complaint_id", "seq") if row["complaint_id"] == number]


def holds(database: Database) -> bool:
    """Whether all proofs hold."""
    return all(finding.difference is None for finding in check(database))


def versions(database: Database) -> list[tuple[int, int, date | None, date | None]]:
    """version, batch, first and newest day of each."""
    rows = all_of(database, data_version, "version")
    return [(row["version"], row["batch_id"], row["first_day"], row["newest_day"]) for row in rows]


def test_the_tiny_world_in_one_batch(filled: Database) -> None:
    assert versions(filled) == [(1, 1, date(2019, 1, 1), date(2019, 4, 10))]
    [batch] = all_of(filled, import_batch)
    assert (batch["source"], batch["read"], batch["accepted"], batch["rejected"]) == ("batch", 34, 34, 0)
    assert [row["outcome"] for row in stays(filled, 4)] == ["transferred", None]
    assert all_of(filled, restatement) == []
    assert holds(filled)


def test_the_same_again_changes_nothing_and_makes_no_version(filled: Database) -> None:
    before = all_of(filled, assignment, "complaint_id", "seq")
    again = bring_good(filled, WORLD)
    assert (again.read, again.accepted, again.unchanged, again.version) == (34, 0, 34, 1)
    assert len(all_of(filled, import_batch)) == 1
    assert all_of(filled, assignment, "complaint_id", "seq") == before
    assert len(all_of(filled, event)) == len(EVENTS)


BAD_EVENT = t.event(1, "2019-02-01", "closed")
BAD_COMPLAINT = t.complaint(20, "2019-02-01", "nothing")
NEW_EVENT = t.event(3, "2019-02-01", "closed", outcome="dropped")
EARLY = t.event(3, "2019-01-02", "closed", outcome="dropped")
WAITING = t.event(99, "2019-02-01", "received", office="sindh-office")


@pytest.mark.parametrize(
    ("rows", "accepted", "rejected", "unchanged", "waiting"),
    [
        ({}, 0, 0, 0, 0),
        ({"event": []}, 0, 0, 0, 0),
        ({"event": [NEW_EVENT]}, 1, 0, 0, 0),
        ({"event": [NEW_EVENT, NEW_EVENT, EVENTS[0]]}, 1, 0, 2, 0),
        ({"event": [NEW_EVENT, BAD_EVENT, EARLY, WAITING, *EVENTS]}, 1, 2, 16, 1),
        ({"event": [BAD_EVENT, EARLY]}, 0, 2, 0, 0),
        ({"complaint": [COMPLAINTS[0], BAD_COMPLAINT, t.complaint(21, "2019-03-01")]}, 1, 1, 1, 0),
        ({"complaint": [t.complaint(21, "2019-03-01"), t.complaint(21, "2019-03-02")]}, 1, 0, 1, 0),
        ({"complaint": [BAD_COMPLAINT]}, 0, 1, 0, 0),
        ({"citizen": [*t.PEOPLE, {"id": "13", "registered_on": "2019-01-01"}, {"id": "x"}]}, 1, 1, 2, 0),
    ],
)
def test_accepted_and_rejected_and_unchanged_are_all_that_was_read(
    own: Database, rows: dict[str, list[Row]], accepted: int, rejected: int, unchanged: int, waiting: int
) -> None:
    given = {kind: found for kind, found in rows.items() if found}
    report = bring(own, given)
    assert (report.accepted, report.rejected, report.unchanged) == (accepted, rejected, unchanged)
    assert report.read == sum(map(len, given.values())) == accepted + rejected + waiting + unchanged
    assert (report.waiting, report.version) == (waiting, 2 if accepted else 1)
    assert len(all_of(own, import_batch)) == (2 if accepted or rejected else 1)
    assert len(all_of(own, import_reject)) == rejected == len(report.reject_rows())


MIXED: dict[str, list[Row]] = {
    "event": [t.event(30, "2019-03-02", "received", office="new-office"), BAD_EVENT],
    "complaint": [t.complaint(30, "2019-03-01", "bridges", citizen="31"), BAD_COMPLAINT],
    "citizen": [{"id": "31", "registered_on": "2019-03-01"}],
    "office": [{**REFERENCES["office"][2], "slug": "new-office"}, REFERENCES["office"][0]],
    "category": [{"slug": "bridges", "name": "Bridges"}],
}


def test_one_batch_of_every_kind_in_any_order(filled: Database) -> None:
    report = bring(filled, MIXED)
    assert (report.read, report.accepted, report.rejected, report.unchanged) == (8, 5, 2, 1)
    assert [stay["opened_on"] for stay in stays(filled, 30)] == [date(2019, 3, 1)]
    assert holds(filled)


def test_rejects_are_kept_with_line_and_reason(filled: Database) -> None:
    rows = [{**COMPLAINTS[0], "subject": "a\x00b"}, {**COMPLAINTS[1], "citizen": "77"}, t.complaint(9, "2030-01-01")]
    report = bring(filled, {"complaint": rows, "event": [EARLY]})
    kept = [
        (row["number"], row["file"], row["line"], row["column"], row["value"], row["reason"])
        for row in all_of(filled, import_reject, "number")
    ]
    assert kept == [
        (1, "batch", 1, "subject", "a\N{REPLACEMENT CHARACTER}b", "is not text without control characters"),
        (2, "batch", 1, "happened_at", "2019-01-02 10:00:00.000000", "lies before the complaint was received"),
        (3, "batch", 2, "citizen", "77", "names no citizen that is known"),
        (4, "batch", 3, "received_at", "2030-01-01 09:00:00.000000", "lies in the future"),
    ]
    assert len(report.reject_rows()) == 4
    assert versions(filled) == [(1, 1, date(2019, 1, 1), date(2019, 4, 10))]


def test_every_row_of_a_kind_may_be_bad(filled: Database) -> None:
    report = bring(
        filled, {"category": [{"slug": "?", "name": ""}], "citizen": [{"id": ""}], "complaint": [{"id": "x"}]}
    )
    assert (report.read, report.rejected, report.accepted) == (3, 3, 0)


def test_a_changed_complaint_changes_the_ledger(filled: Database) -> None:
    [before] = stays(filled, 1)
    assert before["due_on"] == date(2019, 1, 21)
    limit = {"category": "power", "from_on": "2019-01-01", "days": "5"}
    report = bring_good(filled, {"time_limit": [limit], "complaint": [{**COMPLAINTS[0], "district": "lahore"}]})
    assert (report.accepted, report.touched) == (2, 1)
    [moved] = stays(filled, 1)
    assert moved["district_id"] not in (None, before["district_id"])
    assert moved["due_on"] == date(2019, 1, 21)
    bring_good(filled, {"complaint": [{**COMPLAINTS[0], "category": "power", "district": "", "channel": "letter"}]})
    [after] = stays(filled, 1)
    power = next(row["id"] for row in all_of(filled, category) if row["slug"] == "power")
    assert (after["category_id"], after["district_id"], after["channel"]) == (power, None, "letter")
    assert after["due_on"] == date(2019, 1, 6)  # a new category has a new limit
    assert after["closed_on"] == date(2019, 1, 11)
    assert holds(filled)


def test_a_due_day_once_reckoned_stays_when_limits_change(filled: Database) -> None:
    limit = {"category": "roads", "from_on": "2019-01-01", "days": "5"}
    again = bring_good(filled, {"time_limit": [limit], "complaint": COMPLAINTS})
    assert (again.accepted, again.unchanged) == (1, 7)
    bring_good(filled, {"complaint": [{**COMPLAINTS[2], "channel": "app"}, t.complaint(8, "2019-01-03", "potholes")]})
    due = {row["id"]: row["due_on"] for row in all_of(filled, complaint)}
    assert (due[3], due[8]) == (date(2019, 1, 23), date(2019, 1, 8))  # potholes take the limit of roads
    bring_good(filled, {"complaint": [{**COMPLAINTS[2], "due_on": "2019-03-01"}]})
    assert stays(filled, 3)[0]["due_on"] == date(2019, 3, 1)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2018-12-31", date(2019, 1, 20)),  # before every limit: 20 days
        ("2019-01-01", date(2019, 1, 11)),  # the parent's
        ("2019-02-01", date(2019, 2, 4)),  # its own wins
        ("2019-02-10", date(2019, 2, 13)),  # the last day of its own
        ("2019-02-11", date(2019, 2, 21)),  # the parent's again
        ("2019-01-31T20:00:00Z", date(2019, 2, 4)),  # in Karachi it was February
    ],
)
def test_the_limit_of_the_day_of_receipt_counts(ducks: Database, day: str, due: date) -> None:
    limits = [
        {"category": "roads", "from_on": "2019-01-01", "days": "10"},
        {"category": "potholes", "from_on": "2019-02-01", "to_on": "2019-02-10", "days": "3"},
    ]
    bring_good(ducks, {**REFERENCES, "time_limit": limits, "complaint": [t.complaint(1, day, "potholes")]})
    assert [row["due_on"] for row in all_of(ducks, complaint)] == [due]


def test_events_wait_for_their_complaint(filled: Database) -> None:
    rows = [WAITING, t.event(99, "2019-02-05", "closed", outcome="relief"), t.event(99, "2019-01-01", "reopened")]
    first = bring_good(filled, {"event": rows})
    assert (first.accepted, first.waiting, first.touched) == (0, 3, 1)
    assert stays(filled, 99) == []
    assert holds(filled)
    second = bring_good(filled, {"complaint": [t.complaint(99, "2019-01-31")]})
    assert (second.accepted, second.waiting) == (1, 0)
    [stay] = stays(filled, 99)
    assert (stay["opened_on"], stay["closed_on"], stay["outcome"]) == (date(2019, 1, 31), date(2019, 2, 5), "relief")
    assert stay["reopened_on"] is None  # what lies before the receipt has no effect
    assert holds(filled)


def test_a_changed_citizen_changes_the_ledger(filled: Database) -> None:
    assert [(row["residency"], row["gender"]) for row in stays(filled, 1)] == [("overseas", "female")]
    report = bring_good(filled, {"citizen": [{**t.PEOPLE[0], "residency": "foreigner"}, t.PEOPLE[1]]})
    assert (report.accepted, report.unchanged, report.touched) == (1, 1, 1)
    assert [(row["residency"], row["gender"]) for row in stays(filled, 1)] == [("foreigner", "female")]
    assert [row["residency"] for row in all_of(filled, citizen, "id")] == ["foreigner", "inland"]
    assert holds(filled)


def test_what_lands_on_earlier_days_is_told(filled: Database) -> None:
    rows = [
        t.event(3, "2019-02-01", "assigned", office="sindh-office"),
        t.event(3, "2019-02-01T15:00:00", "closed", outcome="relief"),
        t.event(3, "2019-03-01", "feedback", satisfied="true"),
        t.event(
            7, "2019-04-10T11:00:00", "assigned", office="punjab-office"
        ),  # the newest day itself is no earlier day
        t.event(7, "2019-04-12", "assigned", office="punjab-office"),
        EVENTS[0],  # known
    ]
    report = bring_good(filled, {"event": rows})
    assert (report.restated_days, report.restated_events) == (2, 3)
    found = [(row["batch_id"], row["day"], row["events"]) for row in all_of(filled, restatement, "day")]
    assert found == [(2, date(2019, 2, 1), 2), (2, date(2019, 3, 1), 1)]


def test_each_batch_is_one_version(ducks: Database) -> None:
    bring_good(ducks, REFERENCES)
    bring_good(ducks, {"complaint": COMPLAINTS[2:3]})
    bring(ducks, {"complaint": [BAD_COMPLAINT]})
    bring_good(ducks, {"event": EVENTS[2:3]})
    bring_good(ducks, {"event": EVENTS[2:3]})
    assert versions(ducks) == [
        (1, 1, None, None),
        (2, 2, None, None),  # held by nobody yet
        (3, 4, date(2019, 1, 3), date(2019, 1, 3)),  # batch 3 was rejected whole
    ]
