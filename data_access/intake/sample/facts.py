"""Static facts about government, read from the CSV files in `data_access/facts`."""

from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

import pandas as pd


@cache
def fact(name: str) -> pd.DataFrame:
    """The rows of one file of facts; empty fields are missing. Callers must not change it."""
    text = (files("data_access") / "facts" / f"{name}.csv").read_text(encoding="utf-8")
    return pd.read_csv(StringIO(text))


def lines(name: str) -> list[Any]:
    """The same as named tuples."""
    return list(fact(name).itertuples())
