"""Files of canonical rows: CSV and Parquet, one kind a file, recognised by its header."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from data_access.intake.canonical import KINDS, ONLY_MADE, Kind
from data_access.intake.validate import REJECT_COLUMNS, RawRows


class FileProblem(ValueError):
    """A file that cannot be read at all; the message is one sentence that names it and says how to mend it."""


def read_file(path: Path) -> RawRows:
    """The rows of a file with the line each stands on (in Parquet: its number, from 1). Raises FileProblem."""
    if not path.is_file():
        raise FileProblem(f"There is no file {path}.")
    try:
        if path.suffix.lower() == ".parquet":
            return _read_parquet(path)
        if path.suffix.lower() == ".csv":
            return _read_csv(path)
    except (pa.ArrowInvalid, UnicodeDecodeError, OSError) as error:
        reason = str(error).splitlines()[0]
        advice = "CSV must be UTF-8 with commas and a header" if path.suffix.lower() == ".csv" else "write it again"
        raise FileProblem(f"{path} cannot be read ({reason}); {advice}.") from error
    raise FileProblem(f"{path} is neither .csv nor .parquet.")


def kind_of(path: Path, header: list[str]) -> Kind:
    """The kind whose columns stand in the header. Raises FileProblem when there is none, or a column too many."""
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise FileProblem(f"The header of {path} has {', '.join(twice)} twice; keep one of each.")
    found = [kind for kind in KINDS if kind.required <= set(header) and kind.name not in ONLY_MADE]
    # An officer's columns are all an office has but its department, so the kind with the most columns matched is meant.
    fitting = [kind for kind in found if set(header) <= {column.name for column in kind.columns}]
    if len(fitting) == 1:
        return fitting[0]
    known = found or [kind for kind in KINDS if kind.name not in ONLY_MADE]
    wanted = "; ".join(f"{kind.name}: {', '.join(c.name for c in kind.columns)}" for kind in known)
    raise FileProblem(
        f"The header of {path} ({', '.join(header)}) is not that of one kind of rows. Known are {wanted}."
    )


def _read_parquet(path: Path) -> RawRows:
    table = pyarrow.parquet.read_table(path)
    for position, field in enumerate(table.schema):
        if pa.types.is_nested(field.type):
            raise FileProblem(f"The column {field.name} of {path} holds lists or structures; give plain values.")
        if pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):  # some writers mark no text as text
            table = table.set_column(position, field.name, table.column(position).cast(pa.string()))
    return RawRows(kind_of(path, table.column_names), path.name, table, np.arange(1, len(table) + 1))


def _read_csv(path: Path) -> RawRows:
    skipped: list[tuple[int, str]] = []

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        skipped.append((row.number, row.text))
        return "skip"

    header = _header(path)
    kind = kind_of(path, header)
    table = pyarrow.csv.read_csv(
        path,
        # One thread, because only then does the parser know the number of a row it refuses.
        read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=1 << 24),
        parse_options=pyarrow.csv.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
        ),
    )
    lines, skipped_lines = _lines(table, skipped)
    bad = [(line, text) for line, (_, text) in zip(skipped_lines, skipped, strict=True) if text.strip()]
    unreadable = pd.DataFrame(
        [(path.name, line, "", text, f"has not the {len(header)} columns of the header", text) for line, text in bad],
        columns=list(REJECT_COLUMNS),
    )
    filled = _filled(table)
    return RawRows(
        kind, path.name, table.filter(pa.array(filled)), lines[filled], unreadable if len(unreadable) else None
    )


def _header(path: Path) -> list[str]:
    """The names on the first line; bad rows below it are not looked at yet."""
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda _: "skip")
    with pyarrow.csv.open_csv(path, parse_options=parse) as opened:
        names: list[str] = opened.schema.names
    return names


def _filled(table: pa.Table) -> np.ndarray:
    """A mask of the rows in which anything stands: blank lines are no rows, but count as lines."""
    filled = np.zeros(len(table), dtype=bool)
    for column in table.columns:
        filled |= pc.not_equal(column, "").to_numpy()
        if filled.all():
            break
    return filled


def _lines(table: pa.Table, skipped: list[tuple[int, str]]) -> tuple[np.ndarray, list[int]]:
    """The line on which each row, and each skipped one, begins: line breaks inside values push it down."""
    total = len(table) + len(skipped)
    numbers = [number for number, _ in skipped]
    rows = np.setdiff1d(np.arange(2, total + 2), numbers)  # the header is row 1
    breaks = np.zeros(total + 2, dtype=np.int64)
    for column in table.columns:
        breaks[rows] += pc.count_substring(column, "\n").to_numpy()
    breaks[numbers] = [text.count("\n") for _, text in skipped]
    line = np.arange(total + 2) + np.cumsum(breaks) - breaks
    return line[rows], line[numbers].tolist()


def write_rejects(path: Path, rejects: pd.DataFrame) -> None:
    """One line per refused row. Text that a spreadsheet would take for a formula is made harmless."""
    shown = rejects.assign(**{name: rejects[name].map(_harmless) for name in ("file", "column", "value", "original")})
    try:
        shown.to_csv(path, index=False, encoding="utf-8")
    except OSError as error:
        message = f"The rejected rows cannot be written to {path} ({error.strerror or error}); the good ones are in."
        raise FileProblem(message) from error


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value
