"""Flags on citizens' conduct by the door: taken once, replaced, refused where nobody is meant, rolled back."""

from datetime import date
from typing import Any

import pytest

from data_access.database import Database
from data_access.intake.rollback import roll_back
from data_access.tables.records import conduct_flag
from data_access.tables.undo import was_conduct_flag
from tests.data_access.tiny import Row, all_of, bring, bring_good, reasons

ABUSE = "abusive language"
FLAG: Row = {"id": "7", "citizen": "11", "office": "sindh-office", "kind": ABUSE, "flagged_on": "2019-01-05"}
REVIEWED = {**FLAG, "reviewed_on": "2019-01-20", "upheld": "true"}


def held(database: Database) -> list[tuple[Any, ...]]:
    """id, citizen, complaint, reviewed_on, upheld, appeal of all flags."""
    names = ("id", "citizen_id", "complaint_id", "reviewed_on", "upheld", "appeal")
    return [tuple(row[name] for name in names) for row in all_of(database, conduct_flag, "id")]


def test_a_flag_is_taken_once_and_its_review_replaces_it(filled: Database) -> None:
    first = bring_good(filled, {"flag": [FLAG, {**FLAG, "id": "8", "complaint": "1"}]})
    assert (first.accepted, first.unchanged) == (2, 0)
    again = bring_good(filled, {"flag": [FLAG]})
    assert (again.accepted, again.unchanged) == (0, 1)
    bring_good(filled, {"flag": [FLAG, REVIEWED]})  # the last row of an id counts
    assert held(filled) == [(7, 11, None, date(2019, 1, 20), True, None), (8, 11, 1, None, None, None)]


@pytest.mark.parametrize(
    ("changed", "column", "value", "reason"),
    [
        ({"citizen": "99"}, "citizen", "99", "names no citizen that is known"),
        ({"complaint": "99"}, "complaint", "99", "names no complaint that is known"),
        ({"office": "nowhere"}, "office", "nowhere", "names no office that is known"),
    ],
)
def test_a_flag_means_somebody(filled: Database, changed: Row, column: str, value: str, reason: str) -> None:
    report = bring(filled, {"flag": [{**FLAG, **changed}, {**FLAG, "id": "9"}]})
    assert reasons(report) == [(1, column, value, reason)]
    assert [row[0] for row in held(filled)] == [9]


def test_a_citizen_and_the_flag_may_come_together(filled: Database) -> None:
    people = [{"id": "20", "registered_on": "2019-01-01"}]
    bring_good(filled, {"flag": [{**FLAG, "citizen": "20"}], "citizen": people})
    assert [row[1] for row in held(filled)] == [20]


def test_what_a_batch_said_of_flags_is_rolled_back(filled: Database) -> None:
    bring_good(filled, {"flag": [FLAG]})
    batch = bring_good(filled, {"flag": [REVIEWED, {**FLAG, "id": "8"}]}).batch
    assert [row[3:5] for row in held(filled)] == [(date(2019, 1, 20), True), (None, None)]
    roll_back(filled, batch)
    assert held(filled) == [(7, 11, None, None, None, None)]
    bring_good(filled, {"flag": [REVIEWED]})
    bring_good(filled, {"citizen": [{"id": "20", "registered_on": "2019-01-01"}]})
    assert {row["by_batch"] for row in all_of(filled, was_conduct_flag, "id")} == set()  # of older batches nothing
