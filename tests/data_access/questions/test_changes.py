"""What changed between two days, counted by hand."""

from datetime import date

import pandas as pd
import pytest

from data_access.database import Database
from data_access.questions.changes import COLUMNS, changes
from data_access.selection import view_of
from tests.data_access.tiny import asked, everything

JANUARY, APRIL = date(2019, 1, 31), date(2019, 4, 10)


def told(database: Database, query: str) -> pd.DataFrame:
    """The answer under these filters."""
    with everything(database).snapshot() as snapshot:
        return changes(snapshot, view_of(snapshot, asked(query)))


def test_who_moved_the_rate_and_the_backlog(tiny: Database) -> None:
    table = told(tiny, "compare=2019-01-31")
    whole, governments = table.iloc[0], table[table["dimension"] == "government"].set_index("slug")
    assert list(table.columns) == list(COLUMNS)
    assert (whole["slug"], whole["since"], whole["until"]) == ("whole", JANUARY, APRIL)
    assert (whole["resolved_before"], whole["received_before"], whole["resolved"], whole["received"]) == (2, 6, 3, 7)
    assert whole["rate_contribution"] == pytest.approx(3 / 7 - 2 / 6)
    assert whole["resolution_rate_change"] == pytest.approx(3 / 7 - 2 / 6)
    # Sindh holds 4, of which 1 was resolved and now 2 are; at the old rate of a third it would be four thirds.
    assert governments["rate_contribution"]["sindh"] == pytest.approx((2 - 4 / 3) / 7 - (1 - 4 / 3) / 6)
    assert governments["rate_contribution"]["federal"] == pytest.approx((0 - 1 / 3) / 7 - (0 - 1 / 3) / 6)
    assert governments["rate_contribution"]["punjab"] == pytest.approx((1 - 2 / 3) / 7 - (1 - 1 / 3) / 6)
    assert governments["pending_contribution"].loc[["federal", "punjab", "sindh"]].tolist() == [0, 1, -1]
    assert governments["pending_before"]["sindh"] == 3


def test_every_dimension_adds_up(tiny: Database) -> None:
    table = told(tiny, "compare=2019-01-31")
    sums = table.groupby("dimension")[["rate_contribution", "pending_contribution", "received", "pending_before"]].sum()
    assert set(sums.index) == {"whole", "government", "district", "department", "category"}
    for name in sums:
        assert sums[name].tolist() == pytest.approx([sums[name]["whole"]] * 5)


def test_rows_below_what_is_looked_at(tiny: Database) -> None:
    table = told(tiny, "compare=2019-01-31&government=sindh")
    assert table["dimension"].value_counts().to_dict() == {
        "whole": 1,
        "government": 1,
        "district": 31,
        "department": 1,
        "category": 2,
    }
    assert table.set_index("slug")["parent_name"]["sindh-works"] == "Sindh"


def test_a_period_is_read_as_days_of_events(tiny: Database) -> None:
    table = told(tiny, "from=2019-01-20&to=2019-02-01")
    whole = table.iloc[0]
    assert (whole["since"], whole["until"]) == (date(2019, 1, 19), date(2019, 2, 1))
    assert (whole["resolved_before"], whole["resolved"]) == (
        3,
        3,
    )  # one undone, one closed
    assert (whole["received_before"], whole["received"]) == (6, 6)


def test_a_period_from_the_first_day_begins_with_nothing(tiny: Database) -> None:
    whole = told(tiny, "from=2019-01-01&to=2019-01-31").iloc[0]
    assert (whole["received_before"], whole["pending_before"], whole["pending_contribution"]) == (0, 0, 4)
    assert pd.isna(whole["resolution_rate_before"])
    assert pd.isna(whole["rate_contribution"])


def test_before_launch_there_is_nothing_to_compare_with(tiny: Database) -> None:
    assert told(tiny, "as_of=2019-01-20").empty
