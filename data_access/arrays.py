"""The result of a statement as NumPy arrays."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from sqlalchemy import Connection, Executable, Select

from data_access.packed import packed_of


def arrays_of(connection: Connection, statement: Executable) -> dict[str, np.ndarray]:
    """One array per column, by label; for numbers and days, none of them null."""
    result = connection.execute(statement)
    names = list(result.keys())
    if connection.dialect.name == "duckdb":
        # Column by column: a thousand rows cost what ten do, where tuples cost a microsecond a value.
        arrays = result.cursor.fetchnumpy()  # DuckDB's cursor has it
        result.close()
        return {name: np.asarray(array) for name, array in zip(names, arrays.values(), strict=True)}
    rows = result.fetchall()
    return {name: np.array([row[position] for row in rows]) for position, name in enumerate(names)}


def many_of(
    connection: Connection, statement: Select[Any], bits: Mapping[str, int] = MappingProxyType({})
) -> dict[str, np.ndarray]:
    """As `arrays_of`, for very many rows of whole numbers below two thousand million, or truths; in any order.

    `bits`: of columns whose numbers are small, none below 0, which are read in half the time: 8 for codes that the
    statement itself makes, 16 for what should fit, and is read as any other where it does not. Raises ValueError for a
    null.
    """
    if connection.dialect.name == "duckdb":
        return arrays_of(connection, statement)
    return packed_of(connection, statement, bits)


def among(column: np.ndarray, values: Collection[int]) -> np.ndarray:
    """Which whole numbers of the column are among these; by a table, since they are small."""
    found: np.ndarray = np.isin(column, np.fromiter(values, dtype=np.int64), kind="table")
    return found
