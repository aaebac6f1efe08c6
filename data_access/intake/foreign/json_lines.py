"""JSON lines, a part at a time: one object a line, its plain values as text."""

import codecs
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa

from data_access.intake.files import FileProblem
from data_access.intake.foreign.parts import Part, Refusal, Size, refused

ADVICE: Final = "it must be UTF-8 with one JSON object a line"
LONGEST: Final = 16 << 20
"""Bytes of one line."""
_LOOKED_AT: Final = 1_000
"""Rows whose keys are the columns, whatever the size of a part."""

Object = Mapping[str, str | None]


def json_parts(path: Path, wanted: frozenset[str], size: Size) -> Iterator[Part]:
    """The rows of the file. Its columns are the keys of the first thousand rows, and those wanted.

    Without any wanted, a later row with a key of its own is refused: nobody would notice that it is left out.
    """
    with path.open("rb") as file:
        lines = enumerate(_lines(path, file), start=1)
        first = list(islice(lines, _LOOKED_AT))
        names = list(dict.fromkeys(key for _, line in first for key in _keys(line)))
        if not first or not names:
            raise FileProblem(f"{path} has no JSON object on its first lines; export it anew, one object a line.")
        names += sorted(wanted - set(names))
        whole = path.stat().st_size
        yield _part(path.name, [], names, bool(wanted), 0.0)
        for start in range(0, len(first), size.rows):
            yield _part(path.name, first[start : start + size.rows], names, bool(wanted), file.tell() / whole)
        while block := list(islice(lines, size.rows)):
            yield _part(path.name, block, names, bool(wanted), file.tell() / whole)


def _lines(path: Path, file: BinaryIO) -> Iterator[bytes]:
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise FileProblem(f"{path} has more than {LONGEST >> 20} MB on line {number}; write one object a line.")
        yield line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _keys(line: bytes) -> list[str]:
    row, _ = _read(line)
    return list(row or ())


def _part(source: str, block: list[tuple[int, bytes]], names: list[str], only_wanted: bool, share: float) -> Part:
    rows: list[Object] = []
    lines: list[int] = []
    refusals: list[Refusal] = []
    known = set(names)
    for number, line in block:
        row, fault = _read(line)
        if row is not None and not only_wanted and not row.keys() <= known:
            strange = min(row.keys() - known)
            row, fault = None, (strange, f"is a key that none of the first {_LOOKED_AT:,} rows has")
        if row is not None:
            rows.append(row)
            lines.append(number)
        elif line.strip():
            text = line.decode("utf-8", "replace").strip()
            refusals.append((number, fault[0], text if not fault[0] else None, fault[1], text))
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    return Part(pa.table(columns), np.array(lines, dtype=np.int64), refused(source, refusals), min(share, 1.0), None)


def _read(line: bytes) -> tuple[Object | None, tuple[str, str]]:
    """The object on the line with all values as text; else which key is at fault, if any, and why."""
    try:
        found = json.loads(line.decode(), parse_float=_same, parse_int=_same, parse_constant=_same)
    except (ValueError, RecursionError):
        return None, ("", "is no JSON that can be read")
    if not isinstance(found, dict):
        return None, ("", "is no JSON object with names and values")
    if b"\\" in line and _is_broken(found):
        return None, ("", "holds half of a character, which is no text")
    for key, value in found.items():
        if isinstance(value, bool):
            found[key] = "true" if value else "false"
        elif value is not None and not isinstance(value, str):
            return None, (key, "holds a list or an object; give plain values, or one row for each of them")
    return found, ("", "")


def _same(number: str) -> str:
    """Numbers stay as they were written."""
    return number


def _is_broken(found: dict[str, Any]) -> bool:
    """Whether a text holds a surrogate alone, which JSON can write and no file can hold."""
    try:
        "".join(text for pair in found.items() for text in pair if isinstance(text, str)).encode()
    except UnicodeEncodeError:
        return True
    return False
