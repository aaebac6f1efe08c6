"""Very many rows come as few do, whatever their numbers, also where PostgreSQL packs them into words."""

from collections.abc import Mapping
from contextlib import closing
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Integer, Select, case, column, literal, null, select, values
from sqlalchemy import cast as sql_cast

from data_access.arrays import among, arrays_of, many_of
from data_access.database import Database
from data_access.tables.reference import government
from tests.data_access.tiny import prepared

KEY = government.c.id.label("key")


def sorted_rows(found: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Whatever the kinds of their numbers."""
    return sorted(zip(*(values.tolist() for values in found.values()), strict=True))


def both(database: Database, statement: Select[Any], bits: Mapping[str, int]) -> list[Any]:
    with database.snapshot() as connection:
        ways = (many_of(connection, statement, bits), many_of(connection, statement), arrays_of(connection, statement))
    assert [list(found) for found in ways] == [list(ways[0])] * 3
    return [sorted_rows(found) for found in ways]


def test_many_rows_come_as_rows_do(filled: Database) -> None:
    statement = select(KEY, (KEY < 3).label("small"), (-KEY).label("less"), (KEY * 1000).label("far"))
    packed, wide, rows = both(filled, statement, {"key": 16, "small": 8, "far": 16})
    assert len(rows) > 3
    assert packed == wide == rows
    assert both(filled, statement.where(KEY < 0), {"key": 16, "small": 8}) == [[], [], []]


def numbers(kind: int, edge: int) -> st.SearchStrategy[int]:
    """Of so many bits; `edge`: at that end one more."""
    return st.integers(min(edge, 0), (1 << min(kind, 31)) - 1 + max(edge, 0))


@given(rows=st.data())
def test_whatever_the_numbers_are(filled: Database, rows: st.DataObject) -> None:
    """Of every kind of column, more than fill a word; short ones among them that are not as short as was said."""
    kinds = rows.draw(st.lists(st.sampled_from([8, 16, 32]), min_size=1, max_size=14))
    edge = rows.draw(st.sampled_from([0, 0, 1, -1]))
    sizes = [numbers(kind, edge if kind == 16 else 0) for kind in kinds]
    drawn = rows.draw(st.lists(st.tuples(*sizes), min_size=1, max_size=4))
    names = [f"c{place}" for place in range(len(kinds))]
    table = values(*(column(name, Integer) for name in names), name="drawn").data(drawn)
    bits = {name: kind for name, kind in zip(names, kinds, strict=True) if kind < 32}
    columns: list[Any] = [sql_cast(table.c[name], Integer).label(name) for name in names]
    packed, wide, plain = both(filled, select(*columns), bits)
    assert packed == wide == plain == sorted(drawn)


@pytest.mark.parametrize("bits", [{}, {"missing": 8}, {"missing": 16, "key": 8}])
def test_nulls_are_refused_where_they_would_shift_what_follows(postgres_database: str, bits: dict[str, int]) -> None:
    """On PostgreSQL, where numbers stand side by side; on DuckDB each has its place."""
    missing = sql_cast(case((government.c.id == 2, null()), else_=literal(1)), Integer).label("missing")
    with (
        closing(prepared(postgres_database)) as database,
        database.snapshot() as connection,
        pytest.raises(ValueError, match="missing"),
    ):
        many_of(connection, select(KEY, missing), bits)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int32])
def test_what_is_among_some(kind: type) -> None:
    column: np.ndarray = np.array([0, 3, 200, 3], dtype=kind)
    for some, expected in (((3,), [1, 3]), ((), []), ((70_000, 0, -5), [0]), ((256, 259), [])):
        assert np.flatnonzero(among(column, some)).tolist() == expected
    assert among(column[:0], (3,)).tolist() == []
