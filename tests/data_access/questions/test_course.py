"""The totals week by week."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from data_access.database import Database
from data_access.questions.course import COLUMNS, WEEKS, course
from data_access.questions.totals import totals
from data_access.selection import view_of
from tests.data_access.tiny import NEWEST, asked, bring_good, complaint, event, everything

NAN = float("nan")


def weeks(database: Database, query: str) -> pd.DataFrame:
    """The course under these filters."""
    with everything(database).snapshot() as snapshot:
        table = course(snapshot, view_of(snapshot, asked(query)))
    assert list(table.columns) == ["week_ending", *COLUMNS]
    return table


def rows(database: Database, query: str, *columns: str) -> list[list[float]]:
    """These columns, row by row."""
    found: list[list[float]] = weeks(database, query)[list(columns)].astype(float).to_numpy().tolist()
    return found


def test_every_figure_of_three_weeks(shared: Database) -> None:
    table = weeks(shared, "as_of=2019-01-16")
    assert table["week_ending"].tolist() == [date(2019, 1, 2), date(2019, 1, 9), date(2019, 1, 16)]
    expected = {
        "received": [2, 6, 6],
        "resolved": [0, 0, 3],
        "resolution_rate": [0, 0, 1 / 2],
        "confirmed": [0, 0, 2],
        "confirmed_rate": [0, 0, 2 / 6],
        "pending": [2, 6, 3],
        "pending_over_90": [0, 0, 0],
        "resolved_on_time": [0, 0, 3],
        "judged": [0, 0, 3],
        "on_time_rate": [NAN, NAN, 1],
        "answers": [0, 0, 2],
        "satisfied": [0, 0, 2],
        "satisfaction": [NAN, NAN, 1],
        "median_days": [NAN, NAN, 10],
    }
    for name, values in expected.items():
        assert table[name].astype(float).tolist() == pytest.approx(values, nan_ok=True), name


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # The period is of receipt: what is received after it is not looked at, what happens after it is.
        ("from=2019-01-01&to=2019-01-03&as_of=2019-02-03", [(3, 0), (3, 1), (3, 1), (3, 1), (3, 2)]),
        ("from=2019-01-04&to=2019-01-06&as_of=2019-01-18", [(1, 0), (3, 0), (3, 2)]),
        ("from=2019-01-04&to=2019-01-06&as_of=2019-01-23", [(3, 0), (3, 2), (3, 1)]),  # one was closed and reopened
        ("from=2019-01-06&as_of=2019-01-16", [(1, 0), (1, 1)]),
        ("gender=male&as_of=2019-02-04", [(1, 0), (1, 0), (1, 0), (1, 0), (1, 1)]),
        ("gender=unknown&as_of=2019-01-16", [(0, 0), (4, 0), (4, 2)]),
        ("district=lahore&as_of=2019-01-16", [(0, 0), (2, 0), (2, 1)]),
        ("government=sindh&as_of=2019-01-16", [(2, 0), (3, 0), (4, 1)]),  # the fourth moved in
        ("government=federal&channel=web&as_of=2019-01-16", [(0, 0), (2, 0), (1, 1)]),
        ("as_of=2019-01-01", [(1, 0)]),
    ],
)
def test_received_and_resolved_week_by_week(shared: Database, query: str, expected: list[tuple[int, int]]) -> None:
    assert rows(shared, query, "received", "resolved") == [list(row) for row in expected]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "as_of=2019-01-16",
        "government=sindh",
        "government=federal&as_of=2019-01-18",
        "from=2019-01-02&to=2019-01-05",
        "from=2019-01-02&to=2019-01-05&government=federal",
        "district=lahore",
        "department=sindh-works",
        "category=power&from=2019-01-05",
        "gender=unknown",
        "gender=unknown&from=2019-01-01&to=2019-01-05",
        "channel=web&government=sindh",
        "residency=overseas&district=karachi-south",
    ],
)
def test_the_last_row_is_what_totals_say(shared: Database, query: str) -> None:
    with everything(shared).snapshot() as snapshot:
        view = view_of(snapshot, asked(query))
        whole, last = totals(snapshot, view).iloc[0], course(snapshot, view).iloc[-1]
    crossed = bool(view.selection.crossed)
    for name in COLUMNS:
        if not (crossed and name == "median_days"):
            assert last[name] == pytest.approx(whole[name], nan_ok=True), name
    assert last["week_ending"] == view.as_of
    assert pd.isna(last["median_days"]) or not crossed


def test_weeks_begin_with_the_data_and_are_no_more_than_half_a_year(own: Database) -> None:
    ends = weeks(own, "")["week_ending"].tolist()
    assert (len(ends), ends[0], ends[-1]) == (15, date(2019, 1, 2), NEWEST)
    office = event(8, "2019-12-01", "received", office="sindh-office")
    bring_good(own, {"complaint": [complaint(8, "2019-12-01")], "event": [office]})
    ends = weeks(own, "")["week_ending"].tolist()
    assert (len(ends), ends[0], ends[-1]) == (WEEKS, date(2019, 6, 9), date(2019, 12, 1))
    assert {(later - sooner).days for sooner, later in pairwise(ends)} == {7}
    assert rows(own, "", "received")[0] == [7]  # with all that happened before


def test_nothing_there_is_no_row(ducks: Database) -> None:
    assert weeks(ducks, "").empty
