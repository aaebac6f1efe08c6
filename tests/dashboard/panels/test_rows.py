"""Frames as plain rows."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard.panels.panel import Column
from dashboard.panels.rows import plain_rows

COLUMNS = (
    Column("name", "", "text"),
    Column("count", "", "complaints"),
    Column("rank", "", "rank"),
    Column("rate", "", "fraction"),
    Column("on", "", "day"),
    Column("flag", "", "flag"),
)


def test_everything_becomes_what_json_knows() -> None:
    frame = pd.DataFrame(
        {
            "rate": [0.5, np.nan],
            "name": ["a", None],
            "count": [3.0, np.nan],
            "rank": pd.array([1, None], dtype="Int64"),
            "on": [date(2019, 10, 1), None],
            "flag": [True, False],
            "extra": [1, 2],
        }
    )
    assert plain_rows(frame, COLUMNS) == (
        {"name": "a", "count": 3, "rank": 1, "rate": 0.5, "on": date(2019, 10, 1), "flag": True},
        {"name": None, "count": None, "rank": None, "rate": None, "on": None, "flag": False},
    )
    types = [type(value) for value in plain_rows(frame, COLUMNS)[0].values()]
    assert types == [str, int, int, float, date, bool]


def test_what_is_not_known_is_neither_yes_nor_no() -> None:
    frame = pd.DataFrame({"flag": np.array([True, None, np.False_], dtype=object)})
    assert [row["flag"] for row in plain_rows(frame, COLUMNS[5:6])] == [True, None, False]


def test_a_value_in_the_unit_of_a_metric_stays_as_it_is() -> None:
    frame = pd.DataFrame({"target": [0.55, 2500.0, np.nan]})
    assert [row["target"] for row in plain_rows(frame, (Column("target", "", "of_metric"),))] == [0.55, 2500.0, None]


def test_timestamps_become_days() -> None:
    frame = pd.DataFrame({"on": [pd.Timestamp("2019-10-01"), pd.NaT]})
    assert [row["on"] for row in plain_rows(frame, COLUMNS[4:5])] == [date(2019, 10, 1), None]


def test_a_missing_column_is_an_error_not_a_gap() -> None:
    with pytest.raises(KeyError):
        plain_rows(pd.DataFrame({"name": ["a"]}), COLUMNS)
