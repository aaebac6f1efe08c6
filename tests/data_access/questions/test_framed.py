"""A table in memory: searched, sorted and cut."""

import pandas as pd
import pytest

from data_access.filters import FilterError, Filters
from data_access.questions.framed import Framed

ROWS = pd.DataFrame({"name": ["Lahore", "Kasur", "Multan"], "count": pd.Series([2, None, 3], dtype=object)})
TABLE = Framed(ROWS, ("name", "count"), ("name",))


def names(filters: Filters) -> list[str]:
    """The names that are found."""
    return TABLE.part(filters).rows["name"].tolist()


def test_rows_stand_as_they_are_or_as_they_are_sorted() -> None:
    assert names(Filters()) == ["Lahore", "Kasur", "Multan"]
    assert names(Filters(sort="name")) == ["Kasur", "Lahore", "Multan"]
    assert names(Filters(sort="count")) == ["Lahore", "Multan", "Kasur"]  # what is not known comes last
    assert names(Filters(sort="-count")) == ["Multan", "Lahore", "Kasur"]
    with pytest.raises(FilterError, match="sort=age cannot be had; sort by one of name, count"):
        TABLE.part(Filters(sort="age"))


def test_rows_are_searched_and_cut() -> None:
    assert names(Filters(search="A UR")) == ["Kasur"]
    assert names(Filters(search="nowhere")) == []
    first = TABLE.part(Filters(limit=2))
    assert (first.rows["name"].tolist(), first.count) == (["Lahore", "Kasur"], 3)
    rest = TABLE.part(Filters(limit=2, cursor=first.next))
    assert (rest.rows["name"].tolist(), rest.next) == (["Multan"], None)
    with pytest.raises(FilterError, match="takes no limit"):
        TABLE.whole(Filters(limit=2))
    assert [len(frame) for frame in TABLE.whole(Filters(search="l"))] == [2]
