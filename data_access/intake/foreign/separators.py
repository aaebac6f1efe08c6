"""How a text file of cells is laid out: what stands between its cells, and where its header is."""

import csv
import itertools
from dataclasses import dataclass
from typing import Final

SEPARATORS: Final = (",", ";", "\t", "|")
_RECORDS: Final = 30
"""As many rows are looked at."""


@dataclass(frozen=True)
class Shape:
    """The separator; what is passed over before the header: so many bytes of UTF-8, and so many lines."""

    separator: str
    lead: int
    lead_lines: int


def shape_of(sample: str, separator: str | None, header_line: int | None) -> Shape:
    """Of a file that begins with this text."""
    lines = sample.splitlines(keepends=True)
    passed = (header_line or 1) - 1
    told = None
    if header_line is None:
        while passed < len(lines) and not lines[passed].strip():
            passed += 1
        if passed < len(lines) and lines[passed].lower().startswith("sep=") and len(lines[passed].strip("\r\n")) == 5:
            told = lines[passed][4]  # spreadsheets write and read this line
            passed += 1
    lead = sum(len(line.encode("utf-8", "replace")) for line in lines[:passed])
    return Shape(separator or told or _guessed(lines[passed:]), lead, passed)


def _guessed(lines: list[str]) -> str:
    """The separator by which most rows have as many cells as the header, and more than one."""
    best, found = (0.0, 0), ","
    for candidate in SEPARATORS:
        counts = _cells(lines, candidate)
        if not counts or counts[0] < 2:
            continue
        alike = sum(count == counts[0] for count in counts) / len(counts)
        if (alike, counts[0]) > best:
            best, found = (alike, counts[0]), candidate
    return found


def _cells(lines: list[str], separator: str) -> list[int]:
    """How many cells each of the first rows has."""
    try:
        rows = csv.reader(lines[: _RECORDS * 20], delimiter=separator)
        return [len(row) for row in itertools.islice(rows, _RECORDS) if row]
    except csv.Error:
        return []
