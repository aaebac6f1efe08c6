"""The result of a statement as NumPy arrays."""

from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, Executable, Integer, LargeBinary, Select, cast, func, literal, select

_PACKED: Final = np.dtype(">i4")
"""How PostgreSQL sends a whole number."""


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


def many_of(connection: Connection, statement: Select[Any]) -> dict[str, np.ndarray]:
    """As `arrays_of`, for very many rows of whole numbers below two thousand million, or truths; in any order.

    Raises ValueError for a null. PostgreSQL hands rows over one by one, whichever way they are read; so it is asked for
    one row, in which each column is its numbers side by side.
    """
    if connection.dialect.name == "duckdb":
        return arrays_of(connection, statement)
    rows = statement.subquery()
    nothing = literal(b"", LargeBinary)
    packed = [func.string_agg(func.int4send(cast(column, Integer)), nothing) for column in rows.c]
    many, *columns = connection.execute(select(func.count(), *packed)).one()
    found = {
        name: np.frombuffer(column or b"", _PACKED).astype(np.int32)
        for name, column in zip(rows.c.keys(), columns, strict=True)
    }
    for name, column in found.items():
        if len(column) != many:
            raise ValueError(f"{name} has nulls, of which numbers side by side would tell nothing")
    return found
