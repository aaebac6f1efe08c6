"""The result of a statement as NumPy arrays."""

import numpy as np
from sqlalchemy import Connection, Executable


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
