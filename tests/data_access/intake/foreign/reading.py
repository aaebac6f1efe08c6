"""What the tests of foreign files share: reading all of a file, and what is known by name."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from data_access.intake.foreign.chunks import chunks
from data_access.intake.foreign.mapping_file import parse_mapping
from data_access.intake.foreign.names import Names
from data_access.intake.foreign.opening import parts_of
from data_access.intake.foreign.parts import Layout, Size
from data_access.intake.validate import RawRows
from tools.measure_exports import known

Refused = tuple[int, str, str | None, str, str]


def put(folder: Path, content: str | bytes, name: str = "rows.csv") -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(
    path: Path, layout: Layout | None = None, size: Size | None = None, wanted: Sequence[str] = ()
) -> tuple[list[tuple[int, dict[str, Any]]], list[Refused]]:
    """Line and cells of each row, and what was refused."""
    rows: list[tuple[int, dict[str, Any]]] = []
    bad: list[Refused] = []
    for part in parts_of(path, layout, wanted=frozenset(wanted), size=size):
        rows += zip(part.lines.tolist(), part.table.to_pylist(), strict=True)
        bad += refusals(part.unreadable)
    return rows, bad


def refusals(frame: pd.DataFrame | None) -> list[Refused]:
    """Line, column, value, reason and the row as it stood."""
    if frame is None:
        return []
    texts = frame.astype(object).where(frame.notna(), None)
    return [tuple(row)[1:] for row in texts.itertuples(index=False, name=None)]


HEAD = "rows: case\nnamespace: test\nmake: [government, district, department, office, category]\ncolumns:\n"
BASE = {
    "id": "{column: No, id: text}",
    "received_at": "Received",
    "government": "{constant: Sindh}",
    "department": "Department",
    "category": "{constant: Roads}",
}


def mapped(path: Path, head: str = HEAD, **fields: str) -> list[RawRows]:
    """All chunks of a file by a mapping of the basic fields and these."""
    lines = [f"  {key}: {words}\n" for key, words in {**BASE, **fields}.items() if words]
    return list(chunks(path, parse_mapping(head + "".join(lines), "test.yaml"), Names(known())))


def cells(found: Sequence[RawRows], column: str) -> list[Any]:
    """A column of the rows that are not made."""
    return [value for one in found if not one.made for value in one.table.column(column).to_pylist()]


def bad(found: Sequence[RawRows]) -> list[tuple[int, str, str | None, str]]:
    """Line, column, value and reason of what was refused."""
    return [row[:4] for one in found for row in refusals(one.unreadable)]


def made(found: Sequence[RawRows]) -> Iterator[tuple[str, str, str]]:
    """Kind, slug and name of what was made."""
    for one in found:
        if one.made:
            for row in one.table.to_pylist():
                yield one.kind.name, row["slug"], row["name"]
