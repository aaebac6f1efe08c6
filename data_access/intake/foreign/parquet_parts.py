"""Parquet, a part at a time: columns as typed, without any text's bytes in disguise."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from data_access.intake.files import FileProblem
from data_access.intake.foreign.parts import Part, Size, unique

ADVICE: Final = "write it again, or export it as CSV"


def parquet_parts(path: Path, size: Size) -> Iterator[Part]:
    """The rows of the file, numbered from 1."""
    # Not buffered ahead: of a row group only what the next rows need is held.
    with pyarrow.parquet.ParquetFile(path, pre_buffer=False) as file:
        schema, total = file.schema_arrow, file.metadata.num_rows
        for field in schema:
            if pa.types.is_nested(field.type):
                raise FileProblem(f"The column {field.name} of {path} holds lists or structures; give plain values.")
        names = unique(schema.names)
        yield Part(_plain(schema.empty_table(), names), np.zeros(0, dtype=np.int64), None, 0.0)
        done = 0
        for batch in file.iter_batches(batch_size=size.rows):
            table = _plain(pa.Table.from_batches([batch]), names)
            table.validate(full=True)  # a broken file may hold text that is none
            lines = np.arange(done + 1, done + len(table) + 1)
            done += len(table)
            yield Part(table, lines, None, done / max(total, 1))


def _plain(table: pa.Table, names: list[str]) -> pa.Table:
    columns = {}
    for name, column in zip(names, table.columns, strict=True):
        kind = column.type
        binary = pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
        # Some writers mark no text as text.
        columns[name] = column.cast(pa.string()) if binary or pa.types.is_large_string(kind) else column
    return pa.table(columns)
