"""Promises: which is in force, which is shown, and whether it is kept."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, update

from data_access.database import Database
from data_access.questions.scorecard import scorecard
from data_access.questions.targets import COLUMNS, Promise, first_of
from data_access.selection import view_of
from data_access.tables.records import commitment
from tests.data_access.tiny import asked, everything

JAN, FEB, MAR, APR = (date(2019, month, 28) for month in (1, 2, 3, 4))
DUE = date(2019, 3, 28)


def promise(database: Database, slug: str, metric: str, value: float, set_on: str, due_by: str = "2019-03-28") -> None:
    """One commitment more."""
    with everything(database).snapshot() as snapshot:
        holder = snapshot.directory.ids["government"][slug]
    days = {"set_on": date.fromisoformat(set_on), "due_by": date.fromisoformat(due_by)}
    with database.writer() as connection:
        number = connection.execute(commitment.select()).all()
        row = {
            "id": len(number) + 1,
            "holder_id": holder,
            "metric": metric,
            "value": value,
            "source": f"{metric} {value}",
        }
        connection.execute(insert(commitment).values(**row, **days))


def shown(database: Database, query: str = "") -> dict[str, tuple[Any, ...]]:
    """By government the target columns, where there is a target; all must be null where there is none."""
    with everything(database).snapshot() as snapshot:
        table = scorecard(snapshot, view_of(snapshot, asked(query)))
    found = table.set_index("slug")[list(COLUMNS)].astype(object)
    rows = {str(slug): tuple(row) for slug, row in found.where(found.notna(), None).iterrows()}
    assert all(row == (None,) * 5 for row in rows.values() if row[0] is None)
    return {slug: row for slug, row in rows.items() if row[0] is not None}


@pytest.mark.parametrize(
    ("metric", "value", "met"),
    [
        ("resolution_rate", 0.5, True),  # Sindh has resolved two of four
        ("resolution_rate", 0.51, False),
        ("pending", 2, True),  # less is good
        ("pending", 1, False),
        ("received", 4, None),  # neither is
        ("transfer_rate", 0.1, None),
        ("p90_days", 10, None),  # nine in ten have not been reached
    ],
)
def test_a_target_is_met_in_the_good_direction(filled: Database, metric: str, value: float, met: bool | None) -> None:
    promise(filled, "sindh", metric, value, "2019-01-20")
    found = shown(filled)
    assert found == {"sindh": (metric, value, DUE, met, f"{metric} {value}")}
    assert found["sindh"][3] is met


def test_without_complaints_nothing_is_reached_or_missed(own: Database) -> None:
    promise(own, "balochistan", "resolution_rate", 0.9, "2019-01-20")
    assert shown(own)["balochistan"][3] is None


def test_a_newer_promise_replaces_the_older_from_its_day_on(filled: Database) -> None:
    promise(filled, "punjab", "resolution_rate", 0.8, "2019-03-01")
    promise(filled, "punjab", "resolution_rate", 0.4, "2019-01-10")
    promise(filled, "punjab", "resolution_rate", 0.6, "2019-03-01")  # the same day: the one written down later
    promise(filled, "punjab", "no_such_metric", 1, "2019-03-02")
    assert shown(filled, "as_of=2019-01-09") == {}
    assert shown(filled, "as_of=2019-01-10")["punjab"][1:4] == (0.4, DUE, False)
    assert shown(filled, "as_of=2019-01-20")["punjab"][1:4] == (0.4, DUE, True)
    assert shown(filled, "as_of=2019-03-01")["punjab"][1] == 0.6


@pytest.mark.parametrize(
    "query", ["from=2019-01-01", "gender=male", "category=power", "district=lahore&government=sindh"]
)
def test_promises_are_about_all_complaints_since_launch(own: Database, query: str) -> None:
    promise(own, "sindh", "resolution_rate", 0.5, "2019-01-20")
    assert shown(own, query) == {}
    assert list(shown(own, "government=sindh")) == ["sindh"]


@pytest.mark.parametrize(
    ("promises", "expected"),
    [
        ([("pending", MAR), ("resolution_rate", JAN)], "resolution_rate"),  # though it was due long ago
        ([("pending", MAR), ("overdue", FEB)], "overdue"),  # due next
        ([("pending", MAR), ("overdue", JAN)], "pending"),  # the other was due before
        ([("pending", JAN), ("overdue", date(2019, 1, 27))], "pending"),  # both were: the last
        ([("overdue", FEB), ("pending", APR), ("resolved", JAN)], "overdue"),
    ],
)
def test_which_of_several_promises_is_shown(promises: list[tuple[str, date]], expected: str) -> None:
    found = first_of([Promise(1, metric, 1.0, due_by, "") for metric, due_by in promises], FEB)
    assert found.metric == expected


def test_what_was_withdrawn_or_promised_for_a_part_is_no_target(filled: Database) -> None:
    promise(filled, "punjab", "resolution_rate", 0.4, "2019-01-10")
    promise(filled, "punjab", "resolution_rate", 0.9, "2019-01-12")
    promise(filled, "punjab", "pending", 0, "2019-01-13")
    with filled.writer() as connection:
        of_office = update(commitment).where(commitment.c.id == 3).values(office_id=1)
        connection.execute(update(commitment).where(commitment.c.id == 2).values(withdrawn_at=datetime(2026, 1, 1)))
        connection.execute(of_office)
    assert shown(filled) == {"punjab": ("resolution_rate", 0.4, DUE, True, "resolution_rate 0.4")}
