"""Closings of which the data do not say how they ended: they count, and no rate of relief is made of them."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from data_access.database import Database
from data_access.intake.check import check
from data_access.questions import flat
from data_access.questions.ladder import ladder
from data_access.questions.offices import all_offices
from data_access.questions.peers import peers
from data_access.questions.scorecard import scorecard
from data_access.questions.totals import totals
from data_access.selection import view_of
from tests.data_access.conftest import OnlyRead
from tests.data_access.tiny import Row, asked, bring_good, complaint, event, everything

PARTLY: list[Row] = [
    complaint(21, "2019-02-01", "roads"),
    complaint(22, "2019-02-01", "roads"),
    event(21, "2019-02-01", "received", office="sindh-office"),
    event(22, "2019-02-01", "received", office="sindh-office"),
    event(21, "2019-02-03", "closed", outcome="unstated"),
    event(22, "2019-02-04", "closed", outcome="unstated"),
    event(22, "2019-02-05", "feedback", satisfied="true"),
    event(22, "2019-02-06", "reopened"),
]
"""In the tiny world Sindh closed one with relief and refused one. Two more, of which nobody says how; one reopened."""
ONLY = "government=punjab&from=2019-03-01"
NOWHERE: list[Row] = [
    complaint(31, "2019-03-01", "roads"),
    event(31, "2019-03-01", "received", office="punjab-office"),
    event(31, "2019-03-11", "closed", outcome="unstated"),
    event(31, "2019-03-12", "feedback", satisfied="true"),
]
"""All that Punjab closed of what it received from March on: one, of which nobody says how it ended."""


@pytest.fixture(scope="module")
def some(copied: Database) -> Database:
    """The tiny world with closings that are not stated, on each engine."""
    rows = [*PARTLY, *NOWHERE]
    complaints = [row for row in rows if "kind" not in row]
    bring_good(copied, {"complaint": complaints, "event": [row for row in rows if "kind" in row]})
    return OnlyRead(copied.engine)


def told(database: Database, question: Any, query: str) -> pd.DataFrame:
    """The answer to a question."""
    with everything(database).snapshot() as snapshot:
        found = question(snapshot, view_of(snapshot, asked(query)))
        return found if isinstance(found, pd.DataFrame) else pd.concat(list(found))


def values(row: Any, names: Sequence[str]) -> list[float]:
    return [float(row[name]) for name in names]


def test_relief_is_a_share_of_what_is_stated(some: Database) -> None:
    """Of Sindh's three standing closings two are stated; one of these brought relief."""
    row = told(some, totals, "government=sindh").iloc[0]
    counts = ["resolved", "resolved_stated", "resolved_unstated", "resolved_relief", "closings", "reopened"]
    assert values(row, counts) == [3, 2, 1, 1, 4, 1]
    assert row["relief_rate"] == 1 / 2
    assert row["reopen_rate"] == 1 / 4
    lines = told(some, scorecard, "").set_index("slug")
    assert lines["relief_rate"]["sindh"] == 1 / 2
    office = told(some, all_offices, "").set_index("slug").loc["sindh-office"]
    assert values(office, [*counts[:2], "resolved_relief", "relief_rate"]) == [3, 2, 1, 1 / 2]


def test_where_nothing_is_stated_there_is_no_rate_of_relief(some: Database) -> None:
    row = told(some, totals, ONLY).iloc[0]
    names = ["received", "resolved", "resolved_stated", "resolution_rate", "satisfaction", "median_days"]
    assert values(row, names) == [2, 1, 0, 1 / 2, 1, 10]
    assert math.isnan(row["relief_rate"])
    [line] = told(some, scorecard, ONLY).to_dict("records")
    assert math.isnan(line["relief_rate"])
    offices = told(some, all_offices, ONLY).set_index("slug")
    assert offices["relief_rate"]["punjab-office"] is None
    assert offices["confirmed_rate"]["punjab-office"] is None
    assert math.isnan(row["confirmed_rate"])
    [channel] = told(some, flat.channels, f"{ONLY}&channel=web").query("received > 0").to_dict("records")
    assert (channel["resolved"], channel["resolved_stated"]) == (1, 0)
    assert math.isnan(channel["relief_rate"])


def test_a_change_to_nothing_stated_is_unknown(some: Database) -> None:
    row = told(some, totals, "government=punjab&category=roads&as_of=2019-03-31&compare=2019-03-05").iloc[0]
    assert values(row, ["resolved", "resolved_change"]) == [1, 1]
    assert math.isnan(row["relief_rate"])
    assert math.isnan(row["relief_rate_change"])


def test_peers_are_held_against_what_is_stated(some: Database) -> None:
    with everything(some).snapshot() as snapshot:
        office = next(key for key, one in snapshot.directory.members["office"].items() if one.slug == "sindh-office")
    rows = told(some, peers, f"id={office}&metric=relief-rate").set_index("slug")
    assert values(rows.loc["sindh-office"], ["part", "whole", "value"]) == [1, 2, 1 / 2]


def test_the_ladder_says_of_how_many_it_is_known(some: Database) -> None:
    found = told(some, ladder, "government=sindh")
    assert found["slug"].tolist() == ["received", "resolved", "stated", "relief", "confirmed"]
    assert found["complaints"].tolist() == [6, 3, 2, 1, 1]
    assert found["of_previous"].tolist()[1:] == [3 / 6, 2 / 3, 1 / 2, 1]
    nothing = told(some, ladder, ONLY).set_index("slug")
    assert nothing["complaints"].tolist() == [2, 1, 0, 0, 0]
    assert math.isnan(nothing["share"]["relief"])
    assert math.isnan(nothing["of_previous"]["relief"])
    assert math.isnan(nothing["share"]["confirmed"])


def test_outcomes_have_the_row_only_where_there_is_one(some: Database) -> None:
    before = told(some, flat.outcomes, "as_of=2019-01-31")
    assert before["slug"].tolist() == ["relief", "partial", "refused", "dropped", "not-ended"]
    after = told(some, flat.outcomes, "").set_index("slug")
    assert after.index.tolist() == ["relief", "partial", "refused", "dropped", "unstated", "not-ended"]
    assert (after["name"]["unstated"], after["resolved"]["unstated"], after["is_member"]["unstated"]) == (
        "Not stated",
        2,
        True,
    )
    assert math.isnan(after["relief_rate"]["unstated"])
    assert after["relief_rate"]["relief"] == 1


def test_all_figures_stand_on_the_events(some: Database) -> None:
    assert [finding.difference for finding in check(some)] == [None] * 5
