"""Temporary tables that a batch is prepared in, filled whole: Arrow on DuckDB, COPY on PostgreSQL."""

import io
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.csv
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Insert,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    insert,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

_TYPES: tuple[tuple[pa.DataType, type[TypeEngine]], ...] = (  # type: ignore[type-arg]
    (pa.int32(), Integer),
    (pa.int64(), BigInteger),
    (pa.date32(), Date),
    (pa.timestamp("us"), DateTime),
    (pa.bool_(), Boolean),
    (pa.string(), String),
)


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def stage(connection: Connection, name: str, rows: pa.Table) -> Table:
    """A temporary table of that name holding the rows; one that was left there goes first."""
    types = dict(_TYPES)
    columns = [Column(field.name, types[_plain(field.type)]()) for field in rows.schema]
    table = _handle(name, columns)
    drop(connection, name)
    table.create(connection, checkfirst=False)
    fill(connection, table, rows)
    return table


_HANDLES: dict[tuple[str, str], Table] = {}


def _handle(name: str, columns: list[Column[Any]]) -> Table:
    """The same Table for the same name and columns, so that statements on it are compiled once, not for each batch."""
    shape = ", ".join(f"{column.name} {column.type!r}" for column in columns)
    if (name, shape) not in _HANDLES:
        _HANDLES[name, shape] = Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])
    return _HANDLES[name, shape]


def fill(connection: Connection, table: Table, rows: pa.Table) -> None:
    """Add Arrow rows to a table; the columns are matched by name.

    Raises DBAPIError, as statements do, though the driver itself is asked.
    """
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101  # nosec B101  # an open connection always has one; mypy wants to hear it
    own = connection.dialect.loaded_dbapi.Error
    try:
        (_insert if connection.dialect.name == "duckdb" else _copy)(raw, table.name, rows)
    except own as error:
        raise DBAPIError.instance(None, None, error, own, hide_parameters=True) from error


def _insert(raw: Any, name: str, rows: pa.Table) -> None:
    # Registered under a name, the rows would stay in memory until the transaction ends.
    given = {field.name for field in rows.schema}
    columns = (f'"{column}"' if column in given else "NULL" for column in raw.table(name).columns)
    raw.from_arrow(rows).project(", ".join(columns)).insert_into(name)


def _copy(raw: Any, name: str, rows: pa.Table) -> None:
    names = ", ".join(f'"{field.name}"' for field in rows.schema)
    with raw.cursor() as cursor, cursor.copy(f'COPY "{name}" ({names}) FROM STDIN (FORMAT csv)') as copy:
        for batch in rows.to_batches(max_chunksize=50_000):
            buffer = io.BytesIO()
            plain = pa.Table.from_batches([batch])
            pyarrow.csv.write_csv(_decoded(plain), buffer, pyarrow.csv.WriteOptions(include_header=False))
            copy.write(buffer.getvalue())


def keep(connection: Connection, name: str, rows: Select[Any]) -> Table:
    """A temporary table of that name with the result of a query, for queries that build on it.

    Engines plan better from a table that is there than from windows nested in windows.
    """
    table, filled = _kept(name, rows)
    drop(connection, name)
    table.create(connection, checkfirst=False)
    connection.execute(filled)
    return table


@lru_cache(maxsize=64)
def _kept(name: str, rows: Select[Any]) -> tuple[Table, Insert]:
    """The table, and the statement that fills it: the same for a query that is the same object."""
    columns = [
        Column(column.name, column.type) for column in rows.selected_columns if isinstance(column, ColumnElement)
    ]
    table = _handle(name, columns)
    return table, insert(table).from_select([column.name for column in table.columns], rows)


def drop(connection: Connection, name: str) -> None:
    """Remove a temporary table if it is there."""
    connection.execute(text(f'DROP TABLE IF EXISTS "{name}"'))


def _decoded(rows: pa.Table) -> pa.Table:
    for position, field in enumerate(rows.schema):
        if pa.types.is_dictionary(field.type):
            rows = rows.set_column(position, field.name, rows.column(position).cast(field.type.value_type))
    return rows
