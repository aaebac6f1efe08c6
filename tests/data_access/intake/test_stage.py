"""Rows on their way into a table."""

from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy import BigInteger, Column, MetaData, String, Table, func, select
from sqlalchemy.exc import DBAPIError

from data_access.database import Database
from data_access.intake.stage import fill, stage
from data_access.tables.reference import category

ROWS = 50_000


def rows(first: int, count: int = ROWS) -> pa.Table:
    numbers = range(first, first + count)
    return pa.table({"word": [f"word {number}" for number in numbers], "number": pa.array(numbers, pa.int64())})


def test_columns_are_matched_by_name_and_what_is_not_given_is_null(either: Database) -> None:
    columns: list[Column[Any]] = [Column("number", BigInteger), Column("other", String), Column("word", String)]
    table = Table("some_rows", MetaData(), *columns, prefixes=["TEMPORARY"])
    with either.writer() as connection:
        table.create(connection)
        fill(connection, table, rows(7, 2))
        assert connection.execute(select(table)).all() == [(7, None, "word 7"), (8, None, "word 8")]


def test_few_values_that_come_again_and_again_are_words_too(either: Database) -> None:
    words = pa.array(["roads", "water", None, "roads"]).dictionary_encode()
    with either.writer() as connection:
        staged = stage(connection, "staged_words", pa.table({"word": words}))
        assert connection.execute(select(staged.c.word)).scalars().all() == ["roads", "water", None, "roads"]


def test_what_the_driver_refuses_is_told_as_of_any_statement(either: Database) -> None:
    """Whoever waits for DBAPIError, as for a full disk, hears of rows on their way too; no value stands in it."""
    bad = pa.table({"id": [7, 7], "slug": ["roads-of-somebody", None], "name": ["Roads", "Roads"]})
    with pytest.raises(DBAPIError) as problem, either.writer() as connection:
        fill(connection, category, bad)
    assert "roads-of-somebody" not in str(problem.value.statement) + str(problem.value.params)


def test_rows_that_are_in_stay_no_longer_in_memory(own: Database) -> None:
    """A batch is one transaction, and its rows are many: a name that they were registered under would hold them all."""
    with own.writer() as connection:
        stage(connection, "staged_rows", rows(0))
        before = pa.total_allocated_bytes()
        for turn in range(1, 6):
            staged = stage(connection, "staged_rows", rows(turn * ROWS))
        assert connection.execute(select(func.min(staged.c.number))).scalar_one() == 5 * ROWS
        assert pa.total_allocated_bytes() - before == pytest.approx(0, abs=ROWS)
