"""Totals of the tiny world, number by number."""

import math

import pytest

from data_access.database import Database
from data_access.questions.figures import COLUMNS
from data_access.questions.totals import totals
from data_access.selection import view_of
from tests.data_access.tiny import asked, everything


def one_row(database: Database, query: str) -> dict[str, float]:
    """Totals under these filters."""
    with everything(database).snapshot() as snapshot:
        table = totals(snapshot, view_of(snapshot, asked(query)))
    assert list(table.columns) == list(COLUMNS)
    [row] = table.to_dict("records")
    return {str(name): float(value) for name, value in row.items()}


NEWEST = {
    "received": 7,
    "resolved": 3,
    "pending": 4,
    "pending_over_90": 3,
    "overdue": 3,
    "filed": 7,
    "moved_in": 0,
    "moved_out": 0,
    "closings": 4,
    "reopened": 1,
    "resolved_relief": 1,
    "resolved_partial": 1,
    "resolved_refused": 1,
    "resolved_dropped": 0,
    "resolved_unstated": 0,
    "resolved_stated": 3,
    "resolved_on_time": 2,
    "resolved_late": 1,
    "judged": 6,
    "answers": 3,
    "satisfied": 2,
    "confirmed": 1,
    "period_closings": 4,
    "period_arrivals": 8,
    "resolution_rate": 3 / 7,
    "on_time_rate": 2 / 6,
    "relief_rate": 1 / 3,
    "satisfaction": 2 / 3,
    "response_rate": 3 / 4,
    "confirmed_rate": 1 / 7,
    "reopen_rate": 1 / 4,
    "clearance_rate": 4 / 8,
    "median_days": 30,
    "p90_days": math.nan,
    # against 30 days before, 11 March
    "received_change": 1,
    "resolved_change": 0,
    "pending_change": 1,
    "pending_over_90_change": 3,
    "overdue_change": 0,
    "resolution_rate_change": 3 / 7 - 3 / 6,
    "on_time_rate_change": 0,
    "relief_rate_change": 0,
    "satisfaction_change": 0,
    "response_rate_change": 0,
    "confirmed_rate_change": 1 / 7 - 1 / 6,
    "reopen_rate_change": 0,
    "clearance_rate_change": 4 / 8 - 4 / 7,
    "median_days_change": 0,
    "p90_days_change": math.nan,
}


def test_every_figure_of_the_newest_day(shared: Database) -> None:
    assert one_row(shared, "") == pytest.approx(NEWEST, nan_ok=True)


@pytest.mark.parametrize(
    ("query", "received", "resolved", "pending"),
    [
        ("as_of=2019-01-03", 3, 0, 3),
        ("as_of=2019-01-16", 6, 3, 3),  # 5 is closed and not yet reopened
        ("as_of=2019-01-20", 6, 2, 4),
        ("government=sindh", 4, 2, 2),
        ("government=federal", 1, 0, 1),
        ("government=balochistan", 0, 0, 0),
        ("department=punjab-works", 2, 1, 1),
        ("district=karachi-south", 2, 2, 0),
        ("division=lahore", 3, 1, 2),
        ("district=lahore&government=sindh", 1, 0, 1),
        ("category=roads", 3, 2, 1),  # with the potholes below it
        ("category=potholes", 1, 1, 0),
        ("category=power&government=sindh", 1, 0, 1),
        ("gender=female", 1, 1, 0),
        ("residency=overseas&district=karachi-south", 1, 1, 0),
        ("residency=inland&category=roads", 1, 1, 0),
        ("channel=app", 1, 1, 0),
        ("channel=web&government=sindh", 3, 1, 2),
        ("from=2019-01-01&to=2019-01-03", 3, 2, 1),
        ("from=2019-01-04&to=2019-01-05&government=sindh", 1, 0, 1),
        ("from=2019-01-02&category=power", 4, 1, 3),
        ("to=2019-01-01", 1, 1, 0),
    ],
)
def test_what_is_selected_is_counted(tiny: Database, query: str, received: int, resolved: int, pending: int) -> None:
    row = one_row(tiny, query)
    assert (row["received"], row["resolved"], row["pending"]) == (received, resolved, pending)


def test_clearance_in_a_period_is_of_the_days_of_events(tiny: Database) -> None:
    """Closings and arrivals on those days, whenever the complaints were received: none was received then."""
    row = one_row(tiny, "from=2019-01-10&to=2019-01-20")
    assert (row["received"], row["period_closings"], row["period_arrivals"]) == (0, 3, 1)
    assert row["clearance_rate"] == 3.0
    assert math.isnan(row["resolution_rate"])
    sindh = one_row(tiny, "from=2019-01-10&to=2019-01-20&government=sindh")
    assert (sindh["period_closings"], sindh["period_arrivals"]) == (1, 1)  # what moved in is an arrival


def test_changes_are_unknown_before_launch(tiny: Database) -> None:
    row = one_row(tiny, "as_of=2019-01-10")
    changes = [value for name, value in row.items() if name.endswith("_change")]
    assert len(changes) == 15
    assert all(math.isnan(value) for value in changes)
    assert row["received"] == 6


def test_changes_of_a_period_are_against_the_period_before(tiny: Database) -> None:
    """4 to 6 January as of the 16th against 1 to 3 January as of the 13th."""
    row = one_row(tiny, "from=2019-01-04&to=2019-01-06&as_of=2019-01-16")
    assert (row["received"], row["resolved"], row["received_change"], row["resolved_change"]) == (3, 2, 0, 1)


def test_changes_against_a_day_that_was_asked_for(tiny: Database) -> None:
    row = one_row(tiny, "as_of=2019-01-20&compare=2019-01-05")
    assert (row["received_change"], row["resolved_change"], row["pending_change"]) == (1, 2, -1)


def test_an_empty_database_has_zeros_and_unknowns(ducks: Database) -> None:
    row = one_row(ducks, "")
    assert (row["received"], row["pending"], row["judged"], row["period_arrivals"]) == (0, 0, 0, 0)
    unknown = {name for name, value in row.items() if math.isnan(value)}
    assert {"resolution_rate", "median_days", "clearance_rate", "received_change"} <= unknown
