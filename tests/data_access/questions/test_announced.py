"""What was told in public, beside the ledger of a world that can be counted by hand."""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import insert, update

from data_access.database import Database
from data_access.questions.announced import announced
from data_access.selection import view_of
from data_access.tables.records import announcement
from data_access.tables.system import import_batch
from tests.data_access import tiny as t
from tests.data_access.tiny import asked, bring_good, everything

# day, metric, government, value, note -> what the ledger says, and why if it says nothing
CASES: list[tuple[str, str, str | None, float, str | None, float | None, str | None]] = [
    ("2019-01-16", "received", None, 6, None, 6, None),
    ("2019-01-16", "resolved", "federal", 1, None, 1, None),
    ("2019-01-20", "resolved", "federal", 1, None, 0, None),  # reopened since
    ("2019-04-10", "pending_over_90", "sindh", 2, None, 2, None),
    ("2019-04-10", "share_of_pending_over_90", "sindh", 0.7, None, 2 / 3, None),
    ("2019-01-16", "share_of_pending_over_90", "sindh", 0.7, None, None, "over nothing"),
    ("2019-04-10", "share_of_pending_over_90", None, 1, None, None, "not in the ledger"),
    ("2019-04-10", "resolution_rate", "sindh", 0.5, None, 0.5, None),
    ("2019-04-10", "resolution_rate", "balochistan", 0.5, None, None, "over nothing"),
    ("2019-04-10", "median_days", "punjab", 12, None, 10, None),
    ("2018-12-31", "received", None, 5, None, None, "before the data"),
    ("2019-05-01", "received", None, 5, None, None, "after the data"),
    ("2019-04-10", "calls_answered", None, 5, None, None, "not in the ledger"),
    ("2019-04-10", "registered_citizens", "sindh", 2, None, 1, None),
    ("2019-04-10", "registered_citizens", None, 1, "overseas", 1, None),
    ("2019-04-10", "registered_citizens", None, 1, "foreigner", 0, None),
    ("2019-04-10", "registered_citizens", None, 4, "province not known", 1, None),
    ("2019-04-10", "registered_citizens", None, 4, "all", 3, None),
    ("2019-01-16", "registered_citizens", None, 4, None, 2, None),
    ("2019-04-10", "registered_citizens", None, 4, "of age", None, "not in the ledger"),
]


def tell(database: Database) -> None:
    """All that was told in public."""
    with everything(database).snapshot() as snapshot:
        ids = snapshot.directory.ids["government"]
    rows = [
        {
            "id": number,
            "announced_on": date(2019, 5, 2),
            "as_of": date.fromisoformat(day),
            "source": "Report",
            "metric": metric,
            "government_id": None if government is None else ids[government],
            "value": value,
            "note": note,
        }
        for number, (day, metric, government, value, note, *_) in enumerate(CASES, start=1)
    ]
    with database.writer() as connection:
        connection.execute(insert(announcement), rows)


@pytest.fixture
def public(filled: Database) -> Database:
    """The tiny world with announcements, and a citizen who lives in Sindh, on each engine."""
    bring_good(
        filled, {"citizen": [{"id": "13", "registered_on": "2019-02-01", "home": "sindh", "residency": "inland"}]}
    )
    tell(filled)
    return filled


def lines(database: Database, query: str = "") -> list[dict[str, Any]]:
    """The rows, None for what is not known."""
    with everything(database).snapshot() as snapshot:
        table = announced(snapshot, view_of(snapshot, asked(query)))
    return [{str(k): None if pd.isna(v) else v for k, v in row.items()} for row in table.to_dict("records")]


def test_each_figure_stands_beside_the_ledger(public: Database) -> None:
    found = {(str(row["of_day"]), row["metric"], row["slug"], row["note"]): row for row in lines(public)}
    assert len(found) == len(CASES)
    for day, metric, government, value, note, ledger, missing in CASES:
        row = found[day, metric, government or "pakistan", note]
        assert row["announced"] == value
        assert row["ledger"] == pytest.approx(ledger) if ledger is not None else row["ledger"] is None, row
        assert row["difference"] == (None if ledger is None else pytest.approx(ledger - value))
        assert row["missing"] == missing
    [residence] = [row for row in lines(public) if row["note"] == "province not known"]
    assert residence["name"] == "Pakistan"


def test_news_that_came_after_it_was_told(public: Database) -> None:
    late = [
        t.event(3, "2019-01-15", "closed", outcome="relief"),
        t.event(3, "2019-01-25", "closed", outcome="relief"),  # closed already
        t.event(6, "2019-01-12", "transferred", office="federal-office"),
    ]
    bring_good(public, {"event": late})
    found = {(str(row["of_day"]), row["metric"], row["slug"]): row["restated"] for row in lines(public)}
    assert found["2019-01-16", "received", "pakistan"] == 0  # moved from one government to another
    assert found["2019-01-16", "resolved", "federal"] == 1
    assert found["2019-01-20", "resolved", "federal"] == 1
    assert found["2019-04-10", "resolution_rate", "sindh"] is None
    assert found["2019-04-10", "resolution_rate", "balochistan"] == 0
    with public.writer() as connection:
        connection.execute(update(import_batch).values(landed_at=datetime(2019, 5, 2, 23)))  # on the day it was told
    assert {row["restated"] for row in lines(public)} == {0}


def test_days_and_governments_that_are_looked_at(public: Database) -> None:
    assert {str(row["of_day"]) for row in lines(public)} >= {"2018-12-31", "2019-05-01"}
    assert {str(row["of_day"]) for row in lines(public, "as_of=2019-01-16")} == {"2018-12-31", "2019-01-16"}
    assert {str(row["of_day"]) for row in lines(public, "from=2019-01-17&to=2019-01-31")} == {"2019-01-20"}
    assert {row["slug"] for row in lines(public, "government=sindh&category=power")} == {"sindh"}
    [resolved] = lines(public, "government=federal&as_of=2019-01-16")
    assert resolved["ledger"] == 1


def test_nothing_announced_has_no_rows(tiny: Database) -> None:
    assert lines(tiny) == []
