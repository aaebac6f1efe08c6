"""Ages of the tiny world, by row and over time."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_access.database import Database
from data_access.filters import FilterError
from data_access.questions.ageing import BUCKETS, ageing
from data_access.questions.ageing_trend import COLUMNS, ageing_trend
from data_access.questions.oldest import oldest
from data_access.reader import reader
from data_access.roles import ROLES
from data_access.scope import OutOfScope, Scope
from data_access.selection import view_of
from tests.data_access.tiny import WORLD, asked, bring_good, event, everything


def table(database: Database, query: str) -> pd.DataFrame:
    """The ages under these filters, by slug."""
    with everything(database).snapshot() as snapshot:
        return ageing(snapshot, view_of(snapshot, asked(query))).set_index("slug")


def held(database: Database, query: str) -> dict[str, list[int]]:
    """Pending and the counts by age of the rows that hold any."""
    rows = table(database, query)
    counts = dict(zip(rows.index, rows[["pending", *BUCKETS]].to_numpy().tolist(), strict=True))
    return {slug: row for slug, row in counts.items() if row[0]}


CASES: list[tuple[str, dict[str, list[int]]]] = [
    (
        "as_of=2019-04-10",
        {"federal": [1, 0, 0, 0, 0, 0, 1], "punjab": [1, 1, 0, 0, 0, 0, 0], "sindh": [2, 0, 0, 0, 0, 0, 2]},
    ),
    (
        "as_of=2019-01-13",
        {"federal": [1, 1, 0, 0, 0, 0, 0], "punjab": [1, 1, 0, 0, 0, 0, 0], "sindh": [3, 2, 1, *[0] * 4]},
    ),
    ("as_of=2019-02-12&government=federal", {"federal-works": [1, 0, 0, 1, 0, 0, 0]}),
    # Received on the 3rd and the 4th of January.
    (
        "as_of=2019-04-03&government=sindh",
        {"not-placed": [1, 0, 0, 0, 0, 1, 0], "placed-elsewhere": [1, *[0] * 4, 1, 0]},
    ),
    ("as_of=2019-04-04&government=sindh", {"not-placed": [1, *[0] * 5, 1], "placed-elsewhere": [1, *[0] * 4, 1, 0]}),
    ("as_of=2019-01-13&gender=female", {}),
    ("as_of=2019-01-13&gender=male", {"sindh": [1, 0, 1, 0, 0, 0, 0]}),
    ("as_of=2019-04-10&from=2019-01-04&to=2019-01-31", {"federal": [1, *[0] * 5, 1], "sindh": [1, *[0] * 5, 1]}),
    ("as_of=2019-04-10&by=categories", {"roads": [1, *[0] * 5, 1], "power": [3, 1, 0, 0, 0, 0, 2]}),
    ("as_of=2019-04-10&view=placed", {"punjab": [2, 1, 0, 0, 0, 0, 1], "not-placed": [2, *[0] * 5, 2]}),
]


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_the_ages_of_what_is_pending(filled: Database, query: str, expected: dict[str, list[int]]) -> None:
    assert held(filled, query) == expected


def test_shares_are_of_the_row_and_of_all_that_is_old(tiny: Database) -> None:
    rows = table(tiny, "as_of=2019-04-10&compare=2019-01-13")
    assert rows["over-90_share"][["federal", "punjab", "sindh"]].tolist() == [1.0, 0.0, 1.0]
    assert rows["over-90_of_all"][["federal", "punjab", "sindh"]].tolist() == [1 / 3, 0.0, 2 / 3]
    assert np.isnan(rows["0-10_share"]["islamabad"])
    assert [rows["pending_change"]["sindh"], rows["over-90_change"]["sindh"]] == [-1, 2]
    young = table(tiny, "as_of=2019-01-13")
    assert young["over-90_of_all"].isna().all()
    assert young["pending_change"].isna().all()  # thirty days before was before launch


def late(database: Database, query: str) -> dict[str, int]:
    """Who holds complaints that were old when they came."""
    rows = table(database, query)
    return {slug: count for slug, count in zip(rows.index, rows["arrived_over_90"].tolist(), strict=True) if count}


def test_what_was_old_when_it_came_is_told_apart(either: Database) -> None:
    """Complaint 3 of 3 January comes to Punjab on its 92nd day and goes on to another department there."""
    bring_good(either, WORLD)
    more = {
        "department": [{"slug": "punjab-roads", "name": "Roads", "government": "punjab"}],
        "office": [
            {"slug": "punjab-roads-office", "name": "Roads", "department": "punjab-roads", "designation": "Secretary"},
        ],
    }
    bring_good(either, more)
    moves = [
        event(3, "2019-04-05", "transferred", office="punjab-office"),
        event(3, "2019-04-07", "transferred", office="punjab-roads-office"),
        event(5, "2019-04-05", "transferred", office="sindh-office"),  # on its 90th day
        event(5, "2019-04-06", "closed", outcome="relief"),
        event(5, "2019-04-08", "reopened"),
    ]
    bring_good(either, {"event": moves})
    assert late(either, "as_of=2019-04-04") == {}
    assert late(either, "as_of=2019-04-05") == {"punjab": 1}
    assert late(either, "as_of=2019-04-10") == {"punjab": 1}
    assert late(either, "as_of=2019-04-10&government=punjab") == {"not-placed": 1}
    assert late(either, "as_of=2019-04-10&government=punjab&by=departments") == {"punjab-roads": 1}
    assert late(either, "as_of=2019-04-06&government=punjab&by=departments") == {"punjab-works": 1}
    assert late(either, "as_of=2019-04-10&department=punjab-roads") == {"punjab-roads-office": 1}
    assert late(either, "as_of=2019-04-10&by=districts") == {}  # nothing comes from beyond the country
    assert late(either, "as_of=2019-04-10&from=2019-01-04&to=2019-02-01") == {}


def test_all_offices_at_once_are_refused(tiny: Database) -> None:
    with pytest.raises(FilterError, match="give department="):
        table(tiny, "by=offices")


def course(database: Database, query: str) -> pd.DataFrame:
    """The ages over time."""
    with everything(database).snapshot() as snapshot:
        found = ageing_trend(snapshot, view_of(snapshot, asked(query)))
    assert list(found.columns) == list(COLUMNS)
    return found


def on(days: pd.DataFrame, day: date) -> list[int]:
    """What was counted on a day."""
    return [int(each) for each in days.loc[[day]].to_numpy()[0]]


@pytest.mark.parametrize("more", ["", "&gender=unknown"])  # by the flow, by the ledger
def test_ages_over_time(filled: Database, more: str) -> None:
    days = course(filled, f"as_of=2019-04-10&by=day{more}").set_index("day")
    assert (len(days), days.index[0], days.index[-1]) == (100, date(2019, 1, 1), date(2019, 4, 10))
    assert on(days, date(2019, 4, 10)) == [4, 1, 0, 0, 0, 0, 3, 3, 3, 3]
    assert on(days, date(2019, 4, 4)) == [3, 0, 0, 0, 0, 2, 1, 3, 3, 1]
    assert on(days, date(2019, 2, 13)) == [3, 0, 0, 2, 1, 0, 0, 3, 1, 0]
    weeks = course(filled, f"as_of=2019-04-10{more}").set_index("day")
    assert (len(weeks), weeks.index[0], weeks.index[-1]) == (15, date(2019, 1, 2), date(2019, 4, 10))
    assert weeks.equals(days.loc[weeks.index])


def test_a_period_is_one_of_events(tiny: Database) -> None:
    days = course(tiny, "from=2019-02-12&to=2019-02-13&by=day")
    assert days["day"].tolist() == [date(2019, 2, 12), date(2019, 2, 13)]
    assert days["pending"].tolist() == [3, 3]


def test_nothing_is_old_in_an_empty_database(ducks: Database) -> None:
    assert course(ducks, "").empty
    assert table(ducks, "").empty


def oldest_of(database: Database, query: str, **scope: Any) -> list[tuple[int, int, int, str]]:
    """id, age, days_held and office of the oldest."""
    seen = Scope("test", "pmo", abilities=ROLES["pmo"].abilities, **scope)
    with reader(database, seen).snapshot() as snapshot:
        found = oldest(snapshot, view_of(snapshot, asked(query)))
    return [tuple(row) for row in found[["id", "age", "days_held", "office_slug"]].to_numpy().tolist()]


def test_the_oldest_come_first_with_their_holders(filled: Database) -> None:
    assert oldest_of(filled, "as_of=2019-04-10") == [
        (3, 97, 97, "sindh-office"),
        (4, 96, 90, "sindh-office"),
        (5, 95, 80, "federal-office"),
        (7, 0, 0, "punjab-office"),
    ]
    assert oldest_of(filled, "as_of=2019-01-04") == [
        (n, 4 - n, 4 - n, f"{g}-office") for n, g in enumerate(["sindh"] * 3 + ["federal"], 1)
    ]
    assert oldest_of(filled, "as_of=2019-04-10&government=federal") == [(5, 95, 80, "federal-office")]


def test_who_sees_counts_only_is_shown_no_complaint(tiny: Database) -> None:
    with everything(tiny).snapshot() as snapshot, pytest.raises(OutOfScope):
        oldest(snapshot, view_of(snapshot, asked("")))
