"""An answer as CSV: a plain table with one header line, which every tool reads, and no figure without its as-of day.

The file's name says what it holds, and so do the last columns of every row: rows get copied out of files.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any, Final

from dashboard.panels.answer import Answer
from data_access.filters import Filters
from data_access.harmless import harmless

MIME: Final = "text/csv; charset=utf-8"
PROVENANCE: Final = ("as_of", "compare", "data_version", "filters", "label")
"""Columns that follow those of the panel."""

Rows = Sequence[Mapping[str, Any]]
_UNNAMED: Final = frozenset({"as_of", "compare", "columns", "sort", "search", "limit", "cursor", "lang"})


def to_csv(answer: Answer) -> str:
    """The rows, then what they stand on."""
    return "".join(in_parts(answer, [answer.rows]))


def in_parts(answer: Answer, parts: Iterable[Rows]) -> Iterator[str]:
    """The same file for rows that come some at a time: its head, then a text for each part."""
    names = [column.name for column in answer.columns]
    yield _lines([[*names, *PROVENANCE]])
    provenance = [cell(value) for value in _provenance(answer).values()]
    for rows in parts:
        yield _lines([*(cell(row[name]) for name in names), *provenance] for row in rows)


def _lines(rows: Iterable[Sequence[object]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def file_name(answer: Answer, kind: str = "csv") -> str:
    """jawabdeh-scorecard-2019-10-01-v12.csv; filters that narrow it stand before the day, but no free text."""
    return named(answer.panel.name, answer.filters, answer.as_of, answer.data_version, kind)


def named(name: str, filters: Filters, as_of: date | None, version: int, kind: str) -> str:
    """The same of anything that has a name of its own."""
    given = [value for parameter, value in filters.given().items() if parameter not in _UNNAMED]
    day = as_of.isoformat() if as_of else "empty"
    return "-".join(["jawabdeh", name, *given, day, f"v{version}"]) + f".{kind}"


def _provenance(answer: Answer) -> Mapping[str, Any]:
    values = (answer.as_of, answer.compare, answer.data_version, answer.filters.query(), answer.label)
    return dict(zip(PROVENANCE, values, strict=True))


def cell(value: object) -> object:
    """The value as it stands in a file: ISO days, no text that a spreadsheet would run."""
    if isinstance(value, str):  # first, because most values are
        return harmless(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value
