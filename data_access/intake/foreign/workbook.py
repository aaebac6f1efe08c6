"""Workbooks (XLSX), a part at a time: the cells of one sheet as text, days and times among them as ISO 8601."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import openpyxl  # type: ignore[import-untyped]  # has no types of its own
import pyarrow as pa

from data_access.intake.files import FileProblem
from data_access.intake.foreign.parts import Layout, Part, Size, unique

ADVICE: Final = "open it in a spreadsheet program and save it as .xlsx again, or export it as CSV"
LAST_ROW: Final = 1_048_576
"""Of any sheet; a file that says more is broken, or meant to keep us busy."""
_MOST_WORDS: Final = 1 << 30
"""Bytes of the list of words that all sheets share, which must be held in memory."""
_MOST: Final = 16 << 30


def workbook_parts(path: Path, layout: Layout, size: Size) -> Iterator[Part]:
    """The rows of the first sheet, or of the one that the layout names; the header stands in the first filled row."""
    _weigh(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and the like, which are nothing to us
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        sheet = _sheet(path, book, layout.sheet)
        sheet.reset_dimensions()  # what programs write there is often wrong
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
        header: tuple[Any, ...] = ()
        for number, cells in rows:
            _within(path, number)
            if number == layout.header_line or (layout.header_line is None and any(_filled(cells))):
                header = cells
                break
        filled = [position for position, there in enumerate(_filled(header)) if there]
        if not filled:
            raise FileProblem(f"{path} has no row with names of columns; the mapping may name another sheet.")
        names = unique([_text(cell) for cell in header[: filled[-1] + 1]])
        yield _part(names, [], 0.0)
        while block := list(islice(rows, size.rows)):
            _within(path, block[-1][0])
            # The file says nowhere how many rows there are that one could trust.
            yield _part(names, block, block[-1][0] / LAST_ROW)
    finally:
        book.close()


def _weigh(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        held = packed.infolist()
    words = sum(one.file_size for one in held if one.filename.lower().endswith("sharedstrings.xml"))
    if words > _MOST_WORDS or sum(one.file_size for one in held) > _MOST:
        raise FileProblem(f"{path} unpacks to more than can be held in memory; export it as CSV.")


def _sheet(path: Path, book: Any, name: str | None) -> Any:
    names = [sheet.title for sheet in book.worksheets]
    if name is not None and name not in names:
        raise FileProblem(f"{path} has no sheet {name}; it has {', '.join(names)}.")
    if not names:
        raise FileProblem(f"{path} has no sheet with cells; export it anew.")
    return book[name] if name is not None else book.worksheets[0]


def _within(path: Path, number: int) -> None:
    if number > LAST_ROW:
        raise FileProblem(f"{path} says that it has more than {LAST_ROW:,} rows, which no workbook has; save it again.")


def _filled(cells: tuple[Any, ...]) -> Iterator[bool]:
    return (cell is not None and cell != "" for cell in cells)


def _part(names: list[str], block: list[tuple[int, tuple[Any, ...]]], share: float) -> Part:
    wide = len(names)
    rows = [(number, cells) for number, cells in block if any(_filled(cells[:wide]))]
    lines = np.array([number for number, _ in rows], dtype=np.int64)
    columns = {
        name: pa.array([_text(cells[at]) if at < len(cells) else "" for _, cells in rows], pa.string())
        for at, name in enumerate(names)
    }
    return Part(pa.table(columns), lines, None, min(share, 1.0))


def _text(cell: Any) -> str:
    """What stands in a cell: whole numbers without a point, days and times so that only ISO 8601 reads them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
