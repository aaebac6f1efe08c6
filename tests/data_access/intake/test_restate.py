"""By how much a batch changed what had been told of earlier days."""

from datetime import date
from typing import Any

import pytest

from data_access.database import Database
from data_access.tables.system import restated_figure, restatement
from tests.data_access import tiny as t
from tests.data_access.tiny import COMPLAINTS, EVENTS, PEOPLE, Row, all_of, bring_good
from tests.worlds_in import slugs

Told = dict[tuple[str, str], dict[str, int]]


def told(database: Database) -> Told:
    """(day, government) -> the counts that the second batch changed, and by how much."""
    governments = slugs(database)["government"]
    found: Told = {}
    for row in all_of(database, restated_figure, "day", "government_id"):
        assert row.pop("batch_id") == 2
        key = (str(row.pop("day")), governments[row.pop("government_id")])
        found[key] = {name: count for name, count in row.items() if count}
    return found


HANDED_ON = [t.event(6, "2019-01-08", "transferred", office="sindh-office")]
CASES: dict[str, tuple[dict[str, list[Row]], Told]] = {
    "a closing": (
        {"event": [t.event(3, "2019-02-01", "closed", outcome="relief")]},
        {("2019-02-01", "sindh"): {"closings": 1, "pending": -1}},
    ),
    "a closing that was reopened a week later, and answered": (
        {
            "event": [
                t.event(3, "2019-02-01", "closed", outcome="relief"),
                t.event(3, "2019-02-05", "feedback", satisfied="false"),
                t.event(3, "2019-02-08", "reopened"),
            ]
        },
        {
            ("2019-02-01", "sindh"): {"closings": 1, "pending": -1},
            ("2019-02-05", "sindh"): {"answers": 1, "pending": -1},
            ("2019-02-08", "sindh"): {"reopened": 1},
        },
    ),
    "a transfer to another government, which then closed": (
        {"event": HANDED_ON},
        {
            ("2019-01-08", "punjab"): {"moved_out": 1, "transfers": 1, "pending": -1},
            ("2019-01-08", "sindh"): {"moved_in": 1, "pending": 1},
            ("2019-01-16", "punjab"): {"closings": -1},
            ("2019-01-16", "sindh"): {"closings": 1},
        },
    ),
    "a complaint received long ago, of which the first news is new": (
        {
            "complaint": [t.complaint(8, "2019-03-01")],
            "event": [t.event(8, "2019-04-11", "assigned", office="sindh-office")],
        },
        {("2019-03-01", "sindh"): {"filed": 1, "pending": 1}},
    ),
    "a complaint that was received on another day": (
        {"complaint": [{**COMPLAINTS[2], "received_at": "2019-01-02T09:00:00"}]},
        {
            ("2019-01-02", "sindh"): {"filed": 1, "pending": 1},
            ("2019-01-03", "sindh"): {"filed": -1, "described": 1},
        },
    ),
    "a complaint that is about something else": (
        {"complaint": [{**COMPLAINTS[0], "category": "power"}]},
        {("2019-01-01", "sindh"): {"described": 1}},
    ),
    "a citizen who lives elsewhere": (
        {"citizen": [{**PEOPLE[0], "residency": "foreigner"}]},
        {("2019-01-01", "sindh"): {"described": 1}},
    ),
    "news of the newest day, and of those that follow": (
        {
            "event": [
                t.event(7, "2019-04-10T11:00:00", "closed", outcome="relief"),
                t.event(3, "2019-04-12", "closed", outcome="relief"),
            ]
        },
        {},
    ),
    "what is known": ({"event": EVENTS, "complaint": COMPLAINTS}, {}),
    "an event without effect": ({"event": [t.event(1, "2019-02-01", "closed", outcome="relief")]}, {}),
}


@pytest.mark.parametrize("case", CASES)
def test_each_day_is_told_by_how_much_it_changed(own: Database, case: str) -> None:
    rows, expected = CASES[case]
    bring_good(own, rows)
    assert told(own) == expected


def test_it_is_kept_on_each_engine(filled: Database) -> None:
    rows, expected = CASES["a transfer to another government, which then closed"]
    bring_good(filled, {**rows, "complaint": [{**COMPLAINTS[0], "category": "power"}]})
    assert told(filled) == {("2019-01-01", "sindh"): {"described": 1}, **expected}
    kept = all_of(filled, restatement)
    assert kept == [{"batch_id": 2, "day": date(2019, 1, 8), "events": 1, "measured": True}]


def test_the_first_batch_restates_nothing(own: Database) -> None:
    found: list[Any] = [*all_of(own, restatement), *all_of(own, restated_figure)]
    assert found == []
