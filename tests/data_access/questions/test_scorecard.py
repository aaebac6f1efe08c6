"""The scorecard of the tiny world."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import update

from data_access.database import Database
from data_access.questions import figures, targets
from data_access.questions.scorecard import STANDING, scorecard
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
    table = lines(filled, "as_of=2019-01-16")
    assert cells(table, "slug", "rank", "received", "resolved", "pending") == [
        ("federal", 1, 1, 1, 0),
        ("punjab", 1, 1, 1, 0),
        ("sindh", 3, 4, 1, 3),
        ("khyber-pakhtunkhwa", None, 0, 0, 0),
        ("islamabad", None, 0, 0, 0),
        ("balochistan", None, 0, 0, 0),
        ("azad-jammu-kashmir", None, 0, 0, 0),
        ("gilgit-baltistan", None, 0, 0, 0),
    ]
    assert list(table["ranked"]) == [True, True, True, False, False, False, False, False]
    assert not table["stale"].any()
    assert table["name"].iloc[0] == "Federal"


@pytest.mark.parametrize(
    ("query", "moves"),
    [
        ("compare=2019-01-16&as_of=2019-01-24", {"punjab": 0, "sindh": 1, "federal": -2}),  # federal's was reopened
        (
            "compare=2019-01-13&as_of=2019-01-24",
            {"punjab": 1, "sindh": -1, "federal": -1},
        ),  # then punjab had resolved 0
        ("compare=2019-01-05&as_of=2019-01-24", {"punjab": None, "sindh": -1, "federal": -2}),  # then it had none yet
        ("as_of=2019-01-24", {"punjab": None, "sindh": None, "federal": None}),  # thirty days before was before launch
        # The first to the third as of the 13th against the fourth to the sixth as of the 16th.
        ("from=2019-01-04&to=2019-01-06&as_of=2019-01-16", {"punjab": None, "sindh": -2, "federal": None}),
    ],
)
def test_places_gained_and_lost(filled: Database, query: str, moves: dict[str, int | None]) -> None:
    found = dict(cells(lines(filled, query), "slug", "rank_change"))
    assert {slug: found[slug] for slug in moves} == moves
    assert found["balochistan"] is None


def test_a_stale_government_is_marked_and_has_no_rank(filled: Database) -> None:
    """On 10 April nothing had been heard of two for months; thirty days before of none, so nobody has moved."""
    table = lines(filled)
    found = {row[0]: row[1:] for row in cells(table, "slug", "rank", "ranked", "stale", "rank_change", "received")}
    assert table["slug"].iloc[0] == "punjab"
    assert found["punjab"] == (1, True, False, None, 2)
    assert found["federal"] == (None, False, True, None, 1)
    assert found["sindh"] == (None, False, True, None, 4)
    assert found["balochistan"] == (None, False, False, None, 0)  # nothing came, so nothing is old


@pytest.mark.parametrize(
    ("query", "stale", "moves"),
    [
        ("as_of=2019-02-16&compare=2019-01-26", ["federal", "punjab"], {"sindh": 1, "federal": None, "punjab": None}),
        ("as_of=2019-02-17&compare=2019-02-16", ["federal", "punjab", "sindh"], {"sindh": None}),
    ],
)
def test_staleness_is_of_the_day_asked_about(
    tiny: Database, query: str, stale: list[str], moves: dict[str, int | None]
) -> None:
    """Sindh's newest event is of 2 February: fourteen days are not too long, fifteen are.

    On 26 January the newest was of the twelfth, and Sindh second of three.
    """
    table = lines(tiny, query)
    assert sorted(table["slug"][table["stale"]]) == stale
    found = dict(cells(table, "slug", "rank_change"))
    assert {slug: found[slug] for slug in moves} == moves


def test_rates_and_days_of_each_government(tiny: Database) -> None:
    columns = ("slug", "on_time_rate", "clearance_rate", "moved_in", "moved_out", "median_days")
    found = [row for row in cells(lines(tiny), *columns) if row[0] in {"punjab", "sindh", "federal"}]
    assert found == [
        ("punjab", 1.0, 0.5, 0, 0, 10),
        ("federal", 0.0, pytest.approx(1 / 3), 0, 1, None),
        ("sindh", 0.25, 0.5, 1, 0, 30),
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
    table = lines(ducks, "as_of=2019-01-24")
    assert cells(table.head(3), "slug", "rank", "ranked", "note", "rank_change") == [
        ("sindh", 1, True, None, None),
        ("federal", 2, True, None, None),
        ("punjab", None, False, "not published", None),
    ]


def test_one_government_is_one_row(tiny: Database) -> None:
    """With its rank among all; none where only part of its complaints are looked at."""
    columns = ("slug", "rank", "rank_change", "received")
    days = "as_of=2019-01-24&compare=2019-01-16"
    assert cells(lines(tiny, f"{days}&government=sindh"), *columns) == [("sindh", 2, 1, 4)]
    assert cells(lines(tiny, f"{days}&government=federal"), *columns) == [("federal", 3, -2, 1)]
    assert cells(lines(tiny, f"{days}&government=sindh&gender=male"), *columns) == [("sindh", None, None, 1)]


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
    columns = (
        "slug",
        "rank",
        "received",
        "resolution_rate",
        "latest_event_day",
        "stale",
        "target_metric",
        "target_met",
    )
    assert cells(table.head(2), *columns) == [
        ("federal", None, 0, None, None, False, None, None),
        ("punjab", None, 0, None, None, False, None, None),
    ]
    assert len(table) == 8


def test_the_columns_in_their_order(tiny: Database) -> None:
    assert list(lines(tiny).columns) == [*STANDING, *targets.COLUMNS, *figures.COLUMNS]
