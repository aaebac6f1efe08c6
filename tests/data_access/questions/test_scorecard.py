"""The scorecard of the tiny world."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import update

from data_access.database import Database
from data_access.questions.scorecard import scorecard
from data_access.questions.totals import totals
from data_access.selection import view_of
from data_access.tables.reference import government
from tests.data_access.tiny import WORLD, asked, bring_good, everything


def lines(database: Database, query: str = "") -> pd.DataFrame:
    """The scorecard under these filters."""
    with everything(database).snapshot() as snapshot:
        return scorecard(snapshot, view_of(snapshot, asked(query)))


def cells(table: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """These columns as plain rows; None for null."""
    found = table[list(columns)].astype(object)
    return [tuple(row) for row in found.where(found.notna(), None).to_numpy().tolist()]


def test_equal_rates_share_a_rank_and_who_received_nothing_has_none(filled: Database) -> None:
    table = lines(filled)
    assert cells(table, "slug", "rank", "received", "resolved", "pending") == [
        ("punjab", 1, 2, 1, 1),
        ("sindh", 1, 4, 2, 2),
        ("federal", 3, 1, 0, 1),
        ("khyber-pakhtunkhwa", None, 0, 0, 0),
        ("islamabad", None, 0, 0, 0),
        ("balochistan", None, 0, 0, 0),
        ("azad-jammu-kashmir", None, 0, 0, 0),
        ("gilgit-baltistan", None, 0, 0, 0),
    ]
    assert list(table["ranked"]) == [True, True, True, False, False, False, False, False]
    assert table["name"].iloc[0] == "Punjab"


def test_rates_and_days_of_each_government(tiny: Database) -> None:
    found = cells(lines(tiny).head(3), "slug", "on_time_rate", "clearance_rate", "moved_in", "moved_out", "median_days")
    assert found == [
        ("punjab", 1.0, 0.5, 0, 0, 10),
        ("sindh", 0.25, 0.5, 1, 0, 30),
        ("federal", 0.0, pytest.approx(1 / 3), 0, 1, None),
    ]


@pytest.mark.parametrize(
    ("as_of", "days"),
    [
        ("2019-04-10", {"federal": date(2019, 1, 20), "sindh": date(2019, 2, 2), "punjab": date(2019, 4, 10)}),
        ("2019-01-13", {"federal": date(2019, 1, 10), "sindh": date(2019, 1, 12), "punjab": date(2019, 1, 6)}),
        ("2019-01-04", {"federal": date(2019, 1, 4), "sindh": date(2019, 1, 3), "punjab": None}),
    ],
)
def test_the_latest_event_day_is_that_of_the_day_asked_about(
    tiny: Database, as_of: str, days: dict[str, date | None]
) -> None:
    found = dict(cells(lines(tiny, f"as_of={as_of}"), "slug", "latest_event_day"))
    assert {slug: found[slug] for slug in days} == days


def test_a_government_whose_figures_are_not_published_comes_last(ducks: Database) -> None:
    with ducks.writer() as connection:
        unranked = {"ranked": False, "note": "not published"}
        connection.execute(update(government).where(government.c.slug == "punjab").values(unranked))
    bring_good(ducks, WORLD)
    table = lines(ducks)
    assert cells(table.head(3), "slug", "rank", "ranked", "note") == [
        ("sindh", 1, True, None),
        ("federal", 2, True, None),
        ("punjab", None, False, "not published"),
    ]


def test_one_government_is_one_row(tiny: Database) -> None:
    """With its rank among all; none where only part of its complaints are looked at."""
    assert cells(lines(tiny, "government=sindh"), "slug", "rank", "received") == [("sindh", 1, 4)]
    assert cells(lines(tiny, "government=federal"), "slug", "rank", "received") == [("federal", 3, 1)]
    assert cells(lines(tiny, "government=sindh&gender=male"), "slug", "rank", "received") == [("sindh", None, 1)]


ADDING = ("received", "resolved", "pending", "pending_over_90", "overdue", "closings", "reopened", "answers", "judged")


@pytest.mark.parametrize(
    "query",
    ["", "as_of=2019-01-16", "from=2019-01-02&to=2019-01-05", "category=power", "gender=unknown", "district=lahore"],
)
def test_rows_add_up_to_totals(tiny: Database, query: str) -> None:
    with everything(tiny).snapshot() as snapshot:
        view = view_of(snapshot, asked(query))
        whole, rows = totals(snapshot, view), scorecard(snapshot, view)
    for name in ADDING:
        assert rows[name].sum() == whole[name].iloc[0], name
    assert whole["received"].iloc[0] > 0


def test_an_empty_database_has_eight_empty_rows(ducks: Database) -> None:
    table = lines(ducks)
    assert cells(table.head(2), "slug", "rank", "received", "resolution_rate", "latest_event_day") == [
        ("federal", None, 0, None, None),
        ("punjab", None, 0, None, None),
    ]
    assert len(table) == 8
