"""Rows that were refused, and the file of them that people mend and send again."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Final

from data_access.harmless import harmless

COLUMNS: Final = ("file", "line", "column", "value", "reason", "original")
"""The columns of such a file. `original` is the row as it stood, so that it can be mended."""
_AT_ONCE: Final = 1_000


@dataclass(frozen=True)
class Reject:
    """One row that was refused, as files have it: what was wrong, and the row as it stood."""

    number: int
    file: str
    line: int
    column: str
    value: str | None
    reason: str
    original: str | None


def rejects_csv(rejects: Iterable[Reject]) -> Iterator[str]:
    """The header line, then a line each, in parts. Nothing of it is run by a spreadsheet."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for place, one in enumerate(rejects, 1):
        writer.writerow([_cell(getattr(one, name)) for name in COLUMNS])
        if place % _AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def _cell(value: str | int | None) -> str | int | None:
    return harmless(value) if isinstance(value, str) else value


def _taken(out: StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text
